"""What is accepted from outside: kinds of files by their first bytes, and how large they may be."""

from __future__ import annotations

import os
import stat
import unicodedata
from pathlib import Path

from kiosk.errors import NotFoundError
from scanner.errors import (
    DamagedInputError,
    EmptyFileError,
    FileTooLargeError,
    NotAFileError,
    TooManyPixelsError,
    TooSmallError,
    UnknownFormatError,
    UnreadableFileError,
)

MAX_BYTES = 100 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_SIDE = 30_000  # px: a roll of 3.8 m at 200 dpi; OpenCV and JPEG cannot do more than about twice as much
LEAST_SIDE = 32  # px: less is no paper at any resolution
LONGEST_NAME = 120
MAX_PAGES = 500
PNG, JPEG, TIFF, PDF = "png", "jpeg", "tiff", "pdf"
MAGIC = (
    (PNG, b"\x89PNG\r\n\x1a\n"),
    (JPEG, b"\xff\xd8\xff"),
    (TIFF, b"II*\0"),
    (TIFF, b"MM\0*"),
    (PDF, b"%PDF-"),
)
SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".pdf"})
# JPEG markers that carry the size of the picture: all SOF but DHT, JPG and DAC.
SIZE_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def shown_name(path: Path) -> str:
    """A file's name as people, logs and the store may see it: line ends, turned writing and bytes that are no letters
    (a name may hold any) become "�"."""
    name = "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in path.name)
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 10]}…{name[-9:]}"


def content_of(path: Path) -> bytes:
    """The bytes of a file within the limits.

    Raises: NotFoundError, UnreadableFileError, EmptyFileError, FileTooLargeError; NotAFileError for a pipe or a device,
    which could be waited for without end.
    """
    name = shown_name(path)
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            state = os.fstat(handle)
            if not stat.S_ISREG(state.st_mode):
                raise NotAFileError(file=name)
            if state.st_size == 0:
                raise EmptyFileError(file=name)
            if state.st_size > MAX_BYTES:
                raise FileTooLargeError(file=name, megabytes=state.st_size // 2**20, limit=MAX_BYTES // 2**20)
            return file.read(MAX_BYTES)
    except FileNotFoundError:
        raise NotFoundError(what="tệp", key=name) from None
    except IsADirectoryError:
        raise NotAFileError(file=name) from None
    except OSError as e:
        raise UnreadableFileError(file=name) from e


def kind_of(content: bytes, name: str) -> str:
    """PNG, JPEG, TIFF or PDF, by content only. Raises: EmptyFileError, UnknownFormatError, DamagedInputError."""
    if not content:
        raise EmptyFileError(file=name)
    for kind, magic in MAGIC:
        if content.startswith(magic) or (kind == PDF and magic in content[:1024]):
            if kind == PDF and b"%%EOF" not in content[-2048:]:
                raise DamagedInputError(file=name)  # the end is missing: pages may be, too
            return kind
    raise UnknownFormatError(file=name)


def size_of(content: bytes, kind: str, name: str) -> tuple[int, int]:
    """Width and height of a PNG or JPEG from its header, without decoding. Raises: DamagedInputError."""
    found = _png_size(content) if kind == PNG else _jpeg_size(content)
    if found is None or 0 in found:
        raise DamagedInputError(file=name)
    return found


def check_pixels(width: int, height: int, name: str) -> None:
    """Raises: TooManyPixelsError, TooSmallError."""
    if min(width, height) < LEAST_SIDE:
        raise TooSmallError(file=name, width=width, height=height)
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise TooManyPixelsError(file=name, width=width, height=height, limit=MAX_PIXELS // 1_000_000)


def _png_size(content: bytes) -> tuple[int, int] | None:
    if len(content) < 33 or content[12:16] != b"IHDR":
        return None
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content):
        if content[at] != 0xFF:
            return None
        marker = content[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
        elif marker in SIZE_MARKERS:
            return int.from_bytes(content[at + 7 : at + 9], "big"), int.from_bytes(content[at + 5 : at + 7], "big")
        elif marker == 0x01 or 0xD0 <= marker <= 0xD8:
            at += 2
        else:
            at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None
