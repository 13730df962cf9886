"""Pictures and PDFs as a device: every file is judged by its content, whatever its name says."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kiosk.errors import CancelledError, NotFoundError
from scanner.devices.unpacking import check, unpacked
from scanner.errors import NothingToReadError
from scanner.limits import JPEG, PNG, SUFFIXES, content_of, kind_of
from scanner.page import Page
from scanner.pictures import picture_page


@dataclass
class FileCaptureDevice:
    """Pages of the files, in the order given. photo: they were taken with a camera, whatever they say themselves."""

    paths: Sequence[Path]
    photo: bool = False
    _cancelled: threading.Event = field(default_factory=threading.Event, init=False, repr=False)

    def capture(self) -> Iterator[Page]:
        """Raises: NotFoundError and the InputErrors of `scanner.errors`; pages already given stay good."""
        self._cancelled.clear()
        for path in self.paths:
            for page in pages_of(path):
                if self._cancelled.is_set():
                    raise CancelledError(device=path.name)
                yield replace(page, photo=page.photo or self.photo)

    def cancel(self) -> None:
        """Ends a running capture before its next page, with CancelledError."""
        self._cancelled.set()


def pages_of(path: Path) -> Iterator[Page]:
    """Pages of one PNG, JPEG, TIFF or PDF. Raises: InputError (see `FileCaptureDevice.capture`)."""
    content = content_of(path)
    kind = kind_of(content, path.name)
    if kind in (PNG, JPEG):
        yield picture_page(content, path.name)
    else:
        del content
        yield from unpacked(path, kind)


def check_file(path: Path) -> int:
    """Make sure that every page of a file can be opened; returns how many there are. Raises: InputError."""
    content = content_of(path)
    kind = kind_of(content, path.name)
    if kind in (PNG, JPEG):
        picture_page(content, path.name)
        return 1
    return check(path, kind)


def readable_files(inputs: Sequence[Path]) -> list[Path]:
    """Files and, for folders, the pictures and PDFs directly inside, by name.

    Raises: NotFoundError; NothingToReadError for a folder without any.
    """
    found: list[Path] = []
    for path in inputs:
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES and p.is_file())
            if not inside:
                raise NothingToReadError(file=path.name)
            found += inside
        elif path.exists():
            found.append(path)
        else:
            raise NotFoundError(what="tệp", key=str(path))
    return found
