"""Scan to a folder: each side is on disk before the next one is asked for."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from PIL import Image

from kiosk.errors import DiskFullError, KioskError, StorageError
from scanner.errors import UnwritableFolderError
from scanner.page import PNG_KEY, CaptureDevice, png_bytes

NUMBERED = re.compile(r"(\d{4,})\.png")


def keep_pages(device: CaptureDevice, folder: Path) -> Iterator[Path]:
    """Write the sides as 0001.png … and yield each file once it is durable; numbering goes on where it stopped.

    A side whose key is in the folder already is not written again: a hot folder repeats a file after a crash.

    Raises: DeviceError, InputError; UnwritableFolderError, DiskFullError, StorageError: earlier files are whole and no
    half file remains.
    """
    make_folder(folder)
    number = _last_number(folder)
    known: set[str] | None = None
    for page in device.capture():
        if page.key:
            known = _keys(folder) if known is None else known
            if page.key in known:
                continue
        number += 1
        path = folder / f"{number:04d}.png"
        write_durably(path, png_bytes(page))
        yield path


def write_durably(path: Path, content: bytes) -> None:
    """Temporary file, fsync, rename, fsync of the folder: the file is there whole or not at all.

    Raises: UnwritableFolderError, DiskFullError, StorageError.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync_folder(path.parent)
    except OSError as e:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise _in_our_words(e, path.parent) from e


def make_folder(folder: Path) -> None:
    """The folder and its parents. Raises: UnwritableFolderError, DiskFullError, StorageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as e:
        raise _in_our_words(e, folder) from e


def _last_number(folder: Path) -> int:
    return max((int(m.group(1)) for p in folder.iterdir() if (m := NUMBERED.fullmatch(p.name))), default=0)


def _keys(folder: Path) -> set[str]:
    """Keys of the sides that are there; only the heads of the files are read."""
    found = set()
    for path in folder.glob("[0-9]*.png"):
        with suppress(OSError, SyntaxError), Image.open(path) as picture:
            found.add(str(picture.info.get(PNG_KEY, "")))
    return found


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder, and writes its entries through
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _in_our_words(error: OSError, folder: Path) -> KioskError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFullError()
    return StorageError() if error.errno == errno.EIO else UnwritableFolderError(folder=str(folder))
