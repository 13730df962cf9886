"""Pictures and PDFs as a device: every file is judged by its content, whatever its name says."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kiosk.errors import CancelledError, NotFoundError
from scanner.devices.unpacking import check, unpacked
from scanner.errors import NothingToReadError
from scanner.limits import SUFFIXES, content_of, kind_of, shown_name
from scanner.page import Page


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
                    raise CancelledError(device=shown_name(path))
                yield replace(page, photo=page.photo or self.photo)

    def cancel(self) -> None:
        """Ends a running capture before its next page, with CancelledError."""
        self._cancelled.set()


def pages_of(path: Path, *, dpi: int = 0) -> Iterator[Page]:
    """Pages of one PNG, JPEG, TIFF or PDF, opened in a process of their own (`unpacking.unpacked`).

    dpi: of a PDF's pages as drawn, and of pictures that do not say theirs; 0 for the usual.
    Raises: InputError (see `FileCaptureDevice.capture`).
    """
    yield from unpacked(path, kind_of(content_of(path), shown_name(path)), dpi=dpi)


def check_file(path: Path) -> int:
    """Make sure that every page of a file can be opened; returns how many there are. Raises: InputError."""
    return check(path, kind_of(content_of(path), shown_name(path)))


def readable_files(inputs: Sequence[Path]) -> list[Path]:
    """Files and, for folders, the pictures and PDFs directly inside, by name.

    Raises: NotFoundError; NothingToReadError for a folder without any.
    """
    found: list[Path] = []
    for path in inputs:
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES and p.is_file())
            if not inside:
                raise NothingToReadError(file=shown_name(path))
            found += inside
        elif path.exists():
            found.append(path)
        else:
            raise NotFoundError(what="tệp", key=shown_name(path))
    return found
