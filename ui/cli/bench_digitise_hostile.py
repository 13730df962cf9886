"""Hostile and broken files through a desk's hot folder and a worker: what becomes of each, its time and memory."""

from __future__ import annotations

import hashlib
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil

from kiosk.errors import InputError
from kiosk.services.jobs import BugInJobError
from scanner.apart import LostReaderError, ReaderApart
from scanner.devices.inbox import Claim, Inbox
from scanner.errors import DamagedInputError
from scanner.page import Page, png_bytes
from ui.cli.bench_memory import Children
from ui.cli.bench_quick_engine import QuickEngine
from ui.cli.console import tell
from ui.cli.hostile.corpus import hostile_files
from ui.cli.hostile.item import Item, Outcome
from ui.i18n.errors import explain

MOST_S, MOST_MB = 20.0, 1024.0
PAGES_READ = 3  # of a file with very many: what comes of the others is the same


@dataclass(frozen=True)
class Fate:
    """What became of one file. message: what the officer is told, "" of a file that is simply read; kept: its bytes are
    where they should be; open_s: until its pages are here or it lies in `bad`; page_s: the longest of a page in the
    worker; cpu_s: of all processes for it. The clock means little on a busy machine, so that is what is judged."""

    group: str
    name: str
    outcome: str
    message: str
    open_s: float
    page_s: float
    cpu_s: float
    mb: float
    kept: bool
    allowed: bool

    @property
    def ok(self) -> bool:
        is_told = bool(self.message) or self.outcome == Outcome.READ
        return self.allowed and self.kept and is_told and self.cpu_s <= MOST_S and self.mb <= MOST_MB


@dataclass(frozen=True)
class HostileOutcome:
    """grown_mb: of this process itself over the whole run; skipped: what this system could not hold."""

    fates: tuple[Fate, ...]
    grown_mb: float
    skipped: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return all(fate.ok for fate in self.fates)

    def data(self) -> dict[str, Any]:
        slow, heavy = self._most()
        return {
            "files": len(self.fates),
            "outcomes": dict(Counter(f.outcome for f in self.fates)),
            "by_group": {group: dict(found) for group, found in self._by_group().items()},
            "slowest": asdict(slow),
            "biggest": asdict(heavy),
            "grown_mb": round(self.grown_mb, 1),
            "wrong": [asdict(f) for f in self.fates if not f.ok],
            "skipped": list(self.skipped),
            "ok": self.ok,
        }

    def text(self) -> str:
        slow, heavy = self._most()
        counts = Counter(f.outcome for f in self.fates)
        wrong = "; ".join(f"{f.name!r} ({f.outcome}, {f.cpu_s:.1f} s, {f.mb:.0f} MB)" for f in self.fates if not f.ok)
        return (
            f"Tệp hỏng và tệp độc: {len(self.fates)} tệp; từ chối {counts[Outcome.REFUSED]}, "
            f"đọc lại và báo {counts[Outcome.MENDED]}, đọc bình thường {counts[Outcome.READ]}.\n"
            f"  lâu nhất {slow.cpu_s:.1f} giây CPU ({slow.name!r}, {slow.open_s:.1f} giây để mở), "
            f"nhiều bộ nhớ nhất {heavy.mb:.0f} MB ({heavy.name!r}), "
            f"chương trình chính lớn thêm {self.grown_mb:.0f} MB\n  sai: {wrong or 'không có'}"
        )

    def _most(self) -> tuple[Fate, Fate]:
        return max(self.fates, key=lambda f: f.cpu_s), max(self.fates, key=lambda f: f.mb)

    def _by_group(self) -> dict[str, Counter[str]]:
        found: dict[str, Counter[str]] = {}
        for fate in self.fates:
            found.setdefault(fate.group, Counter())[fate.outcome] += 1
        return found


def measure_hostile() -> HostileOutcome:
    return through_the_desk(hostile_files())


def through_the_desk(items: Iterable[Item]) -> HostileOutcome:
    """Each file alone through a hot folder of its own, its first pages through a worker's reader."""
    fates, skipped = [], []
    reader = ReaderApart(QuickEngine)
    before = psutil.Process().memory_info().rss
    with tempfile.TemporaryDirectory(prefix="motcua-hostile-") as scratch:
        for number, item in enumerate(items):
            folder = Path(scratch) / f"{number}"
            folder.mkdir()
            try:
                path = item.write(folder)
            except OSError:
                skipped.append(item.name)
                continue
            fates.append(_fate(item, path, folder, reader))
            if not fates[-1].ok:
                tell(f"{item.name!r}: {json.dumps(asdict(fates[-1]), ensure_ascii=False)}")
            _clear(folder)
    reader.stop()
    grown = (psutil.Process().memory_info().rss - before) / 2**20
    return HostileOutcome(tuple(fates), grown, tuple(skipped))


def _fate(item: Item, path: Path, folder: Path, reader: ReaderApart) -> Fate:
    inbox = Inbox(folder, "quay", settle_s=0.0, patience_s=0.0, words=lambda e: explain(e).message)
    mark = _mark(path)
    started = time.monotonic()
    with Children() as children:
        outcome, message, page_s = _taken(inbox, reader)
        open_s = time.monotonic() - started - page_s
    places = [p for p in folder.rglob("*") if p.suffix != ".txt" and (p.is_symlink() or not p.is_dir())]
    kept = [_mark(p) for p in places] == [mark]
    allowed = outcome in item.allowed
    figures = (round(open_s, 2), round(page_s, 2), round(children.cpu_s, 2), round(children.mb, 1))
    return Fate(item.group, item.name, outcome, message, *figures, kept, allowed)


def _taken(inbox: Inbox, reader: ReaderApart) -> tuple[Outcome, str, float]:
    """Outcome, what is told, and the longest time of a page in the worker."""
    arrived = inbox.arrived()
    if not arrived:
        note = next((inbox.folder / "bad").glob("*.txt"), None) if (inbox.folder / "bad").exists() else None
        return Outcome.REFUSED, note.read_text(encoding="utf-8").partition("\n")[0] if note else "", 0.0
    claim = inbox.take(arrived[0])
    assert claim is not None
    try:
        is_mended, longest = _read(inbox, claim, reader)
    except InputError as e:
        inbox.refuse(claim, e)
        return Outcome.REFUSED, explain(e).message, 0.0
    inbox.finish(claim)
    if is_mended:
        return Outcome.MENDED, "Tệp bị hỏng một phần và đã được đọc lại.", longest
    return Outcome.READ, "", longest


def _read(inbox: Inbox, claim: Claim, reader: ReaderApart) -> tuple[bool, float]:
    """Whether the desk is told that it was broken, and the longest time of a page. Raises: InputError."""
    is_mended, longest = False, 0.0
    for number, page in enumerate(inbox.pages(claim)):
        is_mended |= page.mended
        if number < PAGES_READ:
            began = time.monotonic()
            with suppress(LostReaderError):  # then the time tells
                _read_one(reader, page)
            longest = max(longest, time.monotonic() - began)
    return is_mended, longest


def _read_one(reader: ReaderApart, page: Page) -> None:
    """Raises: InputError, LostReaderError; a bug is the worker's way to say that a page is not to be read."""
    try:
        reader.read(png_bytes(page), page.source, page.dpi)
    except BugInJobError as e:
        raise DamagedInputError(file=page.source) from e


def _mark(path: Path) -> str:
    """What tells a file from another: its bytes, or for no ordinary and for huge ones what the folder says of it."""
    state = path.lstat()
    if path.is_symlink():
        return f"link {path.readlink()}"
    if not path.is_file() or state.st_size > 2**28:
        return f"{state.st_mode} {state.st_size} {state.st_ino}"
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _clear(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink()
