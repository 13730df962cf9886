"""The worker of the endurance bench, in a process (and a group of processes) of its own, to be killed at any moment.

Run as `python -m ui.cli.bench_endurance_worker ROOT REAL_EVERY`. It takes back what it held before, reads until nothing
is left, prints its own and its reader's resident memory after every `TELL_EACH` pages, and ends.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import psutil

from kiosk.clock import office_now
from kiosk.domain.event import Actor
from kiosk.storage import open_store
from scanner.apart import ReaderApart
from scanner.loaded import usual_engine
from scanner.ocr import AUTO, OcrEngine, Word
from scanner.page import Pixels
from scanner.worker import DigitiseWorker
from ui.cli.bench_quick_engine import QuickEngine

OWNER, TELL_EACH = "bench", 50


@dataclass
class SharedEngine:
    """Every so many pages are really read; 0 for none."""

    real_every: int
    quick: OcrEngine = field(default_factory=QuickEngine)
    real: OcrEngine = field(default_factory=usual_engine)
    pages: int = 0

    def recognise(self, pixels: Pixels, dpi: int, mode: int = AUTO) -> list[Word]:
        self.pages += 1
        is_real = self.real_every and self.pages % self.real_every == 0
        return (self.real if is_real else self.quick).recognise(pixels, dpi, mode)

    def turn_of(self, pixels: Pixels, dpi: int) -> int | None:
        return self.quick.turn_of(pixels, dpi)


def main(root: Path, real_every: int) -> None:
    with closing(open_store(root / "office.db", root)) as store:
        with store.units() as uow:
            uow.jobs.reclaim(OWNER, office_now())
            uow.commit()
        store.vault.sweep()
        reader = ReaderApart(partial(SharedEngine, real_every))
        worker = DigitiseWorker(store.units, store.vault, Actor("", "bench"), office_now, OWNER, reader)
        done = 0
        while count := worker.drain(limit=TELL_EACH):
            done += count
            line = {"pages": done, "reader": reader.pid, "mb": [round(mb, 1) for mb in _resident(reader)]}
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()
        reader.stop()


def _resident(reader: ReaderApart) -> Iterator[float]:
    for pid in (None, reader.pid):
        yield psutil.Process(pid).memory_info().rss / 2**20


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
