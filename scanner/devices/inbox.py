"""The folder of a scanner's "scan to folder", shared by several desks perhaps, on another machine perhaps.

A file's way, each step one rename on the same disk, so that a power cut leaves it in exactly one place:
`scan.pdf` -> `taken/<desk>/<owner>/scan.pdf` (nobody else's now) -> `done/scan.pdf`, or `bad/scan.pdf` with the reason.
What lies in `taken` when the desk starts was interrupted: it is given again, and its pages have the same keys.
"""

from __future__ import annotations

import errno
import itertools
import os
import re
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from kiosk.errors import DiskFullError, InputError
from scanner.devices.files import check_file, pages_of
from scanner.errors import FolderAwayError, NotAFileError, UnwritableFolderError
from scanner.limits import SUFFIXES, content_of, shown_name
from scanner.page import Page

TAKEN, DONE, BAD = "taken", "done", "bad"
NOBODY = "_"
REASON = ".txt"
LONGEST_NAME = 255 - len(REASON)  # bytes, as most file systems have it
DIGITS = re.compile(r"\d+")
Seen = dict[Path, tuple[int, int]]


@dataclass(frozen=True)
class Claim:
    """A file that is this desk's. owner: whose papers these are, as given when it was taken; "" for nobody's."""

    path: Path
    owner: str = ""


@dataclass
class Inbox:
    """desk: this taker's name in the folder. settle_s: a file must keep its size and time for so long; patience_s: one
    that cannot be opened may still be growing slowly until it is so old, and only then is it set aside as bad.
    words: of a reason, for whoever opens the note beside a bad file."""

    folder: Path
    desk: str = "quay"
    settle_s: float = 1.0
    patience_s: float = 60.0
    now: Callable[[], float] = time.time
    pause: Callable[[float], None] = time.sleep
    words: Callable[[InputError], str] = lambda _reason: ""
    set_aside: list[InputError] = field(default_factory=list)  # why files never came, for whoever tells a person

    def arrived(self) -> list[Path]:
        """Complete files that nobody took, in the order of their scans; blocks for `settle_s` if there are any.

        Raises: FolderAwayError: the folder, or the machine that it is on, is away.
        """
        before = self._seen()
        self._refuse_strange()
        if not before:
            return []
        self.pause(self.settle_s)
        after = self._seen()
        still = {p: state for p, state in before.items() if after.get(p) == state}
        return [p for p in in_order(still) if not _is_locked(p) and self._is_good(p)]

    def interrupted(self) -> list[Claim]:
        """Files that this desk took and did not finish, in order. Raises: FolderAwayError."""
        mine = self.folder / TAKEN / self.desk
        claims = []
        with self._folder_is_there():
            for owner in sorted(p for p in mine.iterdir() if p.is_dir()) if mine.is_dir() else []:
                files = _states(owner)
                for path in in_order(files):
                    if files[path][0]:
                        claims.append(Claim(path, "" if owner.name == NOBODY else owner.name))
                    else:  # a name that was kept free when the power went; the file itself is where it was
                        path.unlink()
        return claims

    def take(self, path: Path, owner: str = "") -> Claim | None:
        """Make a file this desk's; None when another desk was faster or its writer still holds it.

        Raises: FolderAwayError, UnwritableFolderError.
        """
        try:
            return Claim(self._move(path, TAKEN, self.desk, owner or NOBODY), owner)
        except FileNotFoundError:
            if self.folder.is_dir():
                return None
            raise FolderAwayError(device=str(self.folder)) from None
        except PermissionError:
            if sys.platform == "win32":
                return None
            raise UnwritableFolderError(folder=str(self.folder)) from None
        except OSError as e:
            raise FolderAwayError(device=str(self.folder)) from e

    def pages(self, claim: Claim) -> Generator[Page, None, None]:
        """Its pages, from a copy on this machine, so that a line that breaks is not taken for a broken file.

        Raises: FolderAwayError, DiskFullError (of this machine); InputError for a file that is bad.
        """
        with tempfile.TemporaryDirectory(prefix="motcua-inbox-") as scratch, self._folder_is_there():
            copy = Path(scratch) / claim.path.name
            shutil.copy2(claim.path, copy)
            if copy.stat().st_size != claim.path.stat().st_size:
                raise FolderAwayError(device=str(self.folder))
            key = _key(copy, claim.owner)
            for number, page in enumerate(pages_of(copy)):
                yield replace(page, key=f"{key}-{number}")

    def finish(self, claim: Claim) -> None:
        """All its pages are safe elsewhere: into `done`. Raises: FolderAwayError; the file is then given again."""
        with self._folder_is_there():
            self._move(claim.path, DONE)
            _drop_empty(claim.path.parent)

    def refuse(self, claim: Claim, reason: InputError) -> None:
        """It cannot be used: into `bad`, with the reason beside it. Raises: FolderAwayError."""
        with self._folder_is_there():
            self._set_aside(claim.path, reason)
            _drop_empty(claim.path.parent)

    def _is_good(self, path: Path) -> bool:
        try:
            check_file(path)
        except InputError as e:
            with suppress(OSError):  # gone meanwhile: somebody else's
                if self.now() - path.stat().st_mtime >= self.patience_s:
                    self._set_aside(path, e)
                    self.set_aside.append(e)
            return False
        return True

    def _refuse_strange(self) -> None:
        """Links could name any file of this machine, and a pipe would be waited for without end. Raises:
        FolderAwayError."""
        with self._folder_is_there():
            strange = [p for p in self.folder.iterdir() if _is_candidate(p) and _is_strange(p)]
            for path in strange:
                reason = NotAFileError(file=shown_name(path))
                self._set_aside(path, reason)
                self.set_aside.append(reason)

    def _set_aside(self, path: Path, reason: InputError) -> None:
        moved = self._move(path, BAD)
        note = f"{self.words(reason)}\n{reason.code}\n".lstrip()
        moved.with_name(moved.name + REASON).write_text(note, encoding="utf-8")

    def _move(self, path: Path, *into: str) -> Path:
        """Move within the same disk; an equal name gets a number. Returns the new place. Raises: OSError.

        Only folders inside are made: where the share is away, nothing is made in its place.
        """
        folder = self.folder
        for name in into:
            folder = folder / name
            folder.mkdir(exist_ok=True)
        target = _free_name(path, folder)
        try:
            path.replace(target)
        except OSError:
            target.unlink(missing_ok=True)
            raise
        _sync(folder)
        return target

    def _seen(self) -> Seen:
        with self._folder_is_there():
            return _states(self.folder)

    @contextmanager
    def _folder_is_there(self) -> Generator[None, None, None]:
        try:
            yield
        except OSError as e:
            if e.errno == errno.ENOSPC:
                raise DiskFullError from e
            raise FolderAwayError(device=str(self.folder)) from e


def in_order(files: Seen) -> list[Path]:
    """Files of one numbered series (scan1, scan2, … scan10) by their numbers, whatever their times; series, and files
    without a number, by the time of their first one. files: path -> (bytes, time of last change in ns)."""
    series: dict[str, int] = {}
    for path, (_size, at) in files.items():
        name = _series(path)
        series[name] = min(at, series.get(name, at))
    return sorted(files, key=lambda p: (series[_series(p)], _series(p), _numbers(p), files[p][1], p.name))


def _series(path: Path) -> str:
    return DIGITS.sub("#", path.name.lower())


def _numbers(path: Path) -> Sequence[int]:
    return [int(n) for n in DIGITS.findall(path.name)]


def _states(folder: Path) -> Seen:
    """Candidate files with size and time of last change. Raises: OSError when the folder is away."""
    found: Seen = {}
    for path in folder.iterdir():
        if _is_candidate(path):
            with suppress(FileNotFoundError):  # taken by another desk a moment ago
                state = path.lstat()
                if stat.S_ISREG(state.st_mode):
                    found[path] = (state.st_size, state.st_mtime_ns)
    return found


def _is_candidate(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~"))


def _is_strange(path: Path) -> bool:
    """A link, pipe, socket or device; a folder is somebody's order, and stays."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _is_locked(path: Path) -> bool:
    """Whether its writer still holds it: a sharing violation on Windows, an advisory lock elsewhere."""
    try:
        with path.open("rb") as file:
            if sys.platform != "win32":
                import fcntl

                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError as e:
        # Some network file systems know no locks; what cannot be opened at all is not ours to take now.
        return isinstance(e, PermissionError | FileNotFoundError)
    return False


def _key(path: Path, owner: str) -> str:
    """The same for the same scan of the same owner however often it is read; another for an equal picture that was
    scanned at another time, or that is put into the folder again for somebody else."""
    beside = f"{owner}\0{path.name}\0{path.stat().st_mtime_ns}\0".encode(errors="surrogateescape")
    return sha256(beside + content_of(path)).hexdigest()[:32]


def _free_name(path: Path, folder: Path) -> Path:
    """A name kept free by an empty file: two desks that finish a "scan.pdf" each at once overwrite nothing."""
    for count in itertools.count(1):
        target = folder / _fitting(path, "" if count == 1 else f" ({count})")
        with suppress(FileExistsError):
            target.open("xb").close()
            return target
    raise AssertionError


def _fitting(path: Path, mark: str) -> str:
    """The name with a mark before its suffix, short enough for a file and the note beside it."""
    tail = os.fsencode(mark + path.suffix)
    return os.fsdecode(os.fsencode(path.stem)[: LONGEST_NAME - len(tail)] + tail)


def _sync(folder: Path) -> None:
    if os.name == "nt":
        return
    with suppress(OSError):  # some network file systems cannot
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _drop_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()
