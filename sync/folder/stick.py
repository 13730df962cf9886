"""Writing on something that may be pulled out: whole files or none, and plain words for what went wrong."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from sync.folder.errors import StickFullError, StickGoneError, StickReadOnlyError

MB = 1024 * 1024
# Free space that is left alone: FAT tables, and the receipt that comes back.
RESERVE = 4 * MB
_LOCKED = (errno.EROFS, errno.EACCES, errno.EPERM)
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)
_READ_AT_ONCE = MB


@dataclass(frozen=True)
class Stick:
    """A folder on it. Names are relative; no name leaves the folder, for all are made or checked by this program."""

    folder: Path

    def free(self) -> int:
        """Bytes that may be written. Raises: StickGoneError."""
        try:
            return max(0, shutil.disk_usage(self.folder).free - RESERVE)
        except OSError:
            raise StickGoneError(folder=str(self.folder)) from None

    def prepare(self, needed: int) -> None:
        """Before the first byte. Raises: StickGoneError, StickReadOnlyError, StickFullError."""
        if not self.folder.is_dir():
            raise StickGoneError(folder=str(self.folder))
        if (free := self.free()) < needed:
            raise StickFullError(folder=str(self.folder), needed_mb=_mb(needed), free_mb=_mb(free))
        probe = f".motcua-thu-{os.getpid()}"
        self.write(probe, b"thu")
        self.remove(probe)

    def make_folder(self, name: str) -> None:
        try:
            (self.folder / name).mkdir(exist_ok=True)
        except OSError as error:
            raise self._problem(error, 0) from error

    def write(self, name: str, content: bytes) -> None:
        """Under another name first; on the stick itself when this returns. Raises: as `prepare`."""
        place = self.folder / name
        part = place.with_name(place.name + ".part")
        try:
            with part.open("wb") as handle:
                handle.write(content)
                handle.flush()
                os.fsync(handle.fileno())
            part.replace(place)
            _sync(place.parent)
        except OSError as error:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)  # half a file would fill the stick for the next try
            raise self._problem(error, len(content)) from error

    def rename(self, name: str, to: str) -> None:
        """A folder takes its last name only when everything is in it. Raises: as `prepare`."""
        try:
            (self.folder / name).rename(self.folder / to)
            _sync(self.folder)
        except OSError as error:
            raise self._problem(error, 0) from error

    def remove(self, name: str) -> None:
        with contextlib.suppress(OSError):
            (self.folder / name).unlink(missing_ok=True)

    def clear(self, pattern: str, keep: str) -> None:
        """Take away folders that a run left half written, but for one. What cannot be taken away may stay."""
        for left in self.folder.glob(pattern):
            if left.name != keep:
                shutil.rmtree(left, ignore_errors=True)

    def holds(self, name: str, size: int, sha256: str) -> bool:
        """Whether this very file is there, read from beginning to end: a stick that was pulled out may lie."""
        place = self.folder / name
        try:
            if place.stat().st_size != size:
                return False
            digest = hashlib.sha256()
            with place.open("rb") as handle:
                while chunk := handle.read(_READ_AT_ONCE):
                    digest.update(chunk)
        except OSError:
            return False
        return digest.hexdigest() == sha256

    def _problem(self, error: OSError, needed: int) -> StickGoneError | StickReadOnlyError | StickFullError:
        folder = str(self.folder)
        if error.errno in _FULL:
            with contextlib.suppress(StickGoneError):
                return StickFullError(folder=folder, needed_mb=_mb(needed), free_mb=_mb(self.free()))
        if error.errno in _LOCKED:
            return StickReadOnlyError(folder=folder)
        return StickGoneError(folder=folder)


def _mb(size: int) -> int:
    """Rounded up: "needs 0 MB" helps nobody."""
    return -(-size // MB)


def _sync(folder: Path) -> None:
    """FAT on some systems knows no fsync of a folder; the file itself is safe all the same."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
