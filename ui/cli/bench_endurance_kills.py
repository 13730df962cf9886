"""When the endurance bench kills its worker: in the midst of a page, at a moment that nobody chose."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

import psutil

from kiosk.domain.job import JobState, Wing
from kiosk.storage import Store

START_S, PAGE_S = 60.0, 0.15  # of waiting for a worker's first page; of a page on its way
LOOK_EACH_S, GLANCE_EACH_S = 0.02, 0.005
ENGINE = "scanner.loaded_child"


@dataclass(frozen=True)
class Struck:
    """A kill. page: one was under way; letters: Tesseract was reading it."""

    page: bool
    letters: bool


@dataclass
class Aim:
    """When a worker is killed. within: pages, of which a chance number is read before the kill. at_letters: while
    Tesseract reads. before: done while the worker works, before the kill. struck: the kill, once it fell; a worker that
    has nothing left to do is not killed."""

    store: Store
    chance: random.Random
    within: int
    at_letters: bool
    before: Callable[[], None] | None = None
    struck: list[Struck] = field(default_factory=list)

    def take(self, worker: subprocess.Popen[str]) -> None:
        """Wait for the moment, and kill the worker with all its processes."""
        (self.before or partial(_progress, self.store))()
        enough = store_counts(self.store)[JobState.DONE] + self.chance.randrange(self.within)
        while worker.poll() is None and store_counts(self.store)[JobState.DONE] < enough:
            time.sleep(GLANCE_EACH_S)
        while worker.poll() is None:
            # The beginning of a page is seen at once, so its end may come before the kill: then it is the next one's.
            if self._holds(worker):
                time.sleep(self.chance.uniform(0, PAGE_S))
                if self._holds(worker):
                    break
            time.sleep(GLANCE_EACH_S)
        else:
            return
        reading = _engine_reads(worker)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        # What it held is still in its name.
        on_page = store_counts(self.store)[JobState.LEASED] > 0
        self.struck.append(Struck(on_page, on_page and reading))

    def _holds(self, worker: subprocess.Popen[str]) -> bool:
        if self.at_letters:
            return _engine_reads(worker)
        return store_counts(self.store)[JobState.LEASED] > 0


def _engine_reads(worker: subprocess.Popen[str]) -> bool:
    """Whether Tesseract's process is at work rather than waiting for a page."""
    with suppress(psutil.Error):
        for process in psutil.Process(worker.pid).children(recursive=True):
            with suppress(psutil.Error):
                if ENGINE in process.cmdline() and process.status() == psutil.STATUS_RUNNING:
                    return True
    return False


def _progress(store: Store) -> None:
    """Until the worker that was just started has finished a page, so that the kill meets it at work."""
    before, ends = store_counts(store), time.monotonic() + START_S
    while (now := store_counts(store))[JobState.DONE] == before[JobState.DONE] and time.monotonic() < ends:
        if not now[JobState.WAITING] + now[JobState.LEASED]:
            return
        time.sleep(LOOK_EACH_S)


def store_counts(store: Store) -> Mapping[JobState, int]:
    with store.reads() as look:
        return look.jobs.counts(Wing.DIGITISE)
