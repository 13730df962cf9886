"""What is accepted from outside: kinds of files by their first bytes, and how large they may be."""

from __future__ import annotations

from pathlib import Path

from kiosk.errors import NotFoundError
from scanner.errors import (
    DamagedInputError,
    EmptyFileError,
    FileTooLargeError,
    TooManyPixelsError,
    UnknownFormatError,
    UnreadableFileError,
)

MAX_BYTES = 100 * 1024 * 1024
MAX_PIXELS = 50_000_000
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


def content_of(path: Path) -> bytes:
    """The bytes of a file within the limits.

    Raises: NotFoundError, UnreadableFileError, EmptyFileError, FileTooLargeError.
    """
    try:
        size = path.stat().st_size
        if size == 0:
            raise EmptyFileError(file=path.name)
        if size > MAX_BYTES:
            raise FileTooLargeError(file=path.name, megabytes=size // 2**20, limit=MAX_BYTES // 2**20)
        return path.read_bytes()
    except FileNotFoundError:
        raise NotFoundError(what="tệp", key=path.name) from None
    except OSError as e:
        raise UnreadableFileError(file=path.name) from e


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
    """Raises: TooManyPixelsError."""
    if width * height > MAX_PIXELS:
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
