"""A scanner's "scan to folder": files are taken when they are complete, moved aside when used, never deleted."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import InputError, NotConnectedError
from scanner.devices.files import check_file, pages_of
from scanner.limits import SUFFIXES
from scanner.page import Page

DONE, BAD = "done", "bad"


@dataclass
class HotFolderDevice:
    """Gives the pages of every complete file in the folder, oldest first, and then ends; ask again for later files.

    settle_s: a file must keep its size and time for so long; patience_s: a file that does not open may still be
    growing slowly until it is so old, and only then counts as bad. A file is moved to `done` after its last page was
    taken over: a crash in between gives its pages again rather than losing them.
    """

    folder: Path
    settle_s: float = 1.0
    patience_s: float = 60.0
    now: Callable[[], float] = time.time
    pause: Callable[[float], None] = time.sleep

    def capture(self) -> Iterator[Page]:
        """Raises: NotConnectedError when the folder is not there. Bad files are set aside, not raised."""
        for path in self._settled():
            if self._is_good(path):
                yield from pages_of(path)
                _move(path, self.folder / DONE)

    def _settled(self) -> list[Path]:
        before = self._seen()
        if not before:
            return []
        self.pause(self.settle_s)
        after = self._seen()
        still = [p for p, state in before.items() if after.get(p) == state]
        return sorted(still, key=lambda p: (before[p][1], p.name))

    def _seen(self) -> dict[Path, tuple[int, int]]:
        """Candidate files with size and time of last change."""
        try:
            entries = [p for p in self.folder.iterdir() if p.suffix.lower() in SUFFIXES and not p.name.startswith(".")]
            return {p: (s.st_size, s.st_mtime_ns) for p in entries if p.is_file() for s in (p.stat(),)}
        except OSError as e:
            raise NotConnectedError(device=str(self.folder)) from e

    def _is_good(self, path: Path) -> bool:
        try:
            check_file(path)
        except InputError as e:
            if self.now() - path.stat().st_mtime >= self.patience_s:
                moved = _move(path, self.folder / BAD)
                moved.with_name(moved.name + ".txt").write_text(f"{e.code}\n", encoding="utf-8")
            return False
        return True


def _move(path: Path, folder: Path) -> Path:
    """Move within the same disk; an equal name gets a number. Returns the new place."""
    folder.mkdir(exist_ok=True)
    target, count = folder / path.name, 1
    while target.exists():
        count += 1
        target = folder / f"{path.stem} ({count}){path.suffix}"
    return path.rename(target)
