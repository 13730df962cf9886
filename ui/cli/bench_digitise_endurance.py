"""Thousands of pages through one worker, which is killed with all its processes again and again: is every page read, is
none read twice, does memory stay flat.

Kills fall in the midst of a page: every second one while Tesseract is reading it, the others at any moment of its way.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from sqlalchemy import func, select

from kiosk.clock import office_now
from kiosk.domain.event import Actor
from kiosk.domain.job import Job, JobState, Wing
from kiosk.services.digitisation import AT_THE_DESK, FROM_THE_ARCHIVE, keep_page
from kiosk.storage import Store, open_store
from kiosk.storage.models import FileRow, table_of
from scanner.page import jpeg_bytes
from ui.cli.bench_endurance_kills import LOOK_EACH_S, Aim, Struck, store_counts
from ui.cli.console import tell

SEED, REAL_EVERY = 20261121, 4
PAGES_A_KILL, MOST_KILLS = 30, 40  # of the archive, so that enough is left for a long stretch
WIDE, HIGH, DPI = 413, 583, 100  # A6: what is measured is the way of a page, not its reading
WARM_PAGES = 200  # before memory counts: libraries fill their own stores first
MOST_GROWN, MOST_GROWN_MB = 0.10, 25.0
PAGES_EACH, ALL = 50, 1_000_000  # of a dossier
DESK_PAGE = -1


@dataclass(frozen=True)
class EnduranceOutcome:
    """read: pages with their reading; files: rows of files, three a page when none was read twice; again: leases beyond
    one for each page, at most one a kill; struck: kills that fell in the midst of a page, and those of them while
    Tesseract was reading it; desk_wait: pages read between the keeping of a desk's page, with the whole archive
    waiting, and its own turn; first_mb, last_mb: of the worker and of its reader, in the longest stretch."""

    pages: int
    read: int
    rejected: int
    files: int
    again: int
    kills: int
    struck: tuple[int, int]
    desk_wait: int
    first_mb: tuple[float, float]
    last_mb: tuple[float, float]
    stretch: int
    wall_s: float
    real_share: float

    @property
    def grown(self) -> float:
        """MB of both processes together, since they were warm."""
        return sum(self.last_mb) - sum(self.first_mb)

    @property
    def ok(self) -> bool:
        whole = self.read == self.pages and not self.rejected and self.files == 3 * self.pages
        flat = self.grown <= max(MOST_GROWN_MB, MOST_GROWN * sum(self.first_mb))
        again = self.again <= self.struck[0]
        return whole and flat and again and self.desk_wait <= 1 and (self.struck[0] > 0 or not self.kills)

    def data(self) -> dict[str, Any]:
        return {**asdict(self), "grown_mb": round(self.grown, 1), "ok": self.ok}

    def text(self) -> str:
        first, last = self.first_mb, self.last_mb
        return (
            f"Bền bỉ: {self.read} trên {self.pages} trang đã đọc trong {self.wall_s:.0f} giây, {self.real_share:.0%} "
            f"bằng Tesseract; bị ngắt đột ngột {self.kills} lần, {self.struck[0]} lần giữa một trang, "
            f"{self.struck[1]} lần khi đang đọc chữ; {self.rejected} trang bị từ chối, {self.files} tệp, "
            f"{self.again} lượt đọc lại\n"
            f"  trang của quầy chờ {self.desk_wait} trang lưu trữ; bộ nhớ {first[0]:.0f} + {first[1]:.0f} MB lúc đầu, "
            f"{last[0]:.0f} + {last[1]:.0f} MB sau {self.stretch} trang liền"
        )


def measure_endurance(pages: int, kills: int | None = None, real_every: int = REAL_EVERY) -> EnduranceOutcome:
    """pages: of the archive; one more comes from a desk in the middle. kills: None for as many as so many pages bear;
    real_every: one page in so many is read by Tesseract, 0 for none."""
    kills = min(MOST_KILLS, pages // PAGES_A_KILL) if kills is None else kills
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory(prefix="motcua-endurance-") as scratch:
        root = Path(scratch)
        with closing(open_store(root / "office.db", root)) as store:
            _fill(store, pages)
            started, told = time.monotonic(), []
            desk = DeskPage(store)
            struck: list[Struck] = []
            for number in range(kills):
                aim = Aim(store, chance, max(1, pages // (2 * kills)), bool(real_every) and number % 2 == 0)
                if number == 0:
                    aim.before = desk.come
                told.append(_run(root, real_every, aim))
                struck += aim.struck
                tell(f"  lần ngắt {number + 1}: còn {store_counts(store)[JobState.WAITING]} trang")
            told.append(_run(root, real_every))
            wall_s = time.monotonic() - started
            return _outcome(store, pages + bool(kills), struck, told, desk.waited, wall_s, real_every)


@dataclass
class DeskPage:
    """A page that comes from a desk while the archive is being read. waited: archive pages that were finished before
    it; the one under way may be."""

    store: Store
    waited: int = 0

    def come(self) -> None:
        while not store_counts(self.store)[JobState.DONE]:
            time.sleep(LOOK_EACH_S)
        page = _keep(self.store, DESK_PAGE, AT_THE_DESK)
        kept_at = office_now()
        while (job := self._job(page)).state is not JobState.DONE:
            time.sleep(LOOK_EACH_S)
        with self.store.reads() as look:
            done = look.jobs.listed(Wing.DIGITISE, [JobState.DONE], ALL)
        self.waited = sum(kept_at < j.done_at < job.done_at for j in done if j.done_at and job.done_at)

    def _job(self, page: str) -> Job:
        with self.store.reads() as look:
            found = look.jobs.by_key(Wing.DIGITISE, f"page:{page}")
        assert found is not None
        return found


def _fill(store: Store, pages: int) -> None:
    for number in range(pages):
        _keep(store, number, FROM_THE_ARCHIVE)
        if number % 1000 == 999:
            tell(f"  đã nhận {number + 1} trang")


def _keep(store: Store, number: int, priority: int) -> str:
    pixels = np.full((HIGH, WIDE, 3), 245, np.uint8)
    for line in range(8):
        cv2.putText(pixels, f"Trang so {number} dong {line}", (40, 80 + 50 * line), 0, 0.7, (30, 30, 30), 2)
    content, now = jpeg_bytes(pixels, 80), office_now()
    kept = (store.units, store.vault, _dossier(number), content, "image/jpeg")
    page = keep_page(*kept, source="bench", actor=Actor("", "bench"), now=now, dpi=DPI, priority=priority)
    return page.id


def _dossier(number: int) -> str:
    return f"bench-{number // PAGES_EACH}"


def _run(root: Path, real_every: int, aim: Aim | None = None) -> list[dict[str, Any]]:
    """The worker until nothing is left, or until it is killed with every process of its own; what it told."""
    command = [sys.executable, "-m", "ui.cli.bench_endurance_worker", str(root), str(real_every)]
    worker = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    told: list[dict[str, Any]] = []

    def listen() -> None:
        assert worker.stdout is not None
        told.extend(json.loads(line) for line in worker.stdout if line.endswith("\n"))

    listener = threading.Thread(target=listen)
    listener.start()
    if aim is not None:
        aim.take(worker)
    worker.wait()
    listener.join()
    assert worker.stdout is not None
    worker.stdout.close()
    return told


def _outcome(
    store: Store,
    pages: int,
    struck: Sequence[Struck],
    told: Sequence[Sequence[dict[str, Any]]],
    waited: int,
    wall_s: float,
    real_every: int,
) -> EnduranceOutcome:
    longest = max(told, key=lambda lines: lines[-1]["pages"] if lines else 0)
    warm = [line for line in longest if line["pages"] >= WARM_PAGES] or list(longest[-1:])
    with store.reads() as look:
        owners = {_dossier(number) for number in (DESK_PAGE, *range(pages))}
        kept = [page for owner in owners for page in look.papers.pages(owner)]
        jobs = look.jobs.listed(Wing.DIGITISE, limit=ALL)
    states = store_counts(store)
    return EnduranceOutcome(
        pages=pages,
        read=sum("words_file" in page.meta for page in kept),
        rejected=states[JobState.REJECTED],
        files=_files(store),
        again=sum(job.attempts for job in jobs) - pages,
        kills=len(struck),
        struck=(sum(kill.page for kill in struck), sum(kill.letters for kill in struck)),
        desk_wait=waited,
        first_mb=tuple(warm[0]["mb"]),
        last_mb=tuple(warm[-1]["mb"]),
        stretch=longest[-1]["pages"] if longest else 0,
        wall_s=round(wall_s, 1),
        real_share=1 / real_every if real_every else 0.0,
    )


def _files(store: Store) -> int:
    """Rows of files: a page that was read twice has left more of them."""
    with store.engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(table_of(FileRow))).scalar_one())
