"""Processes that read pages, for many runs at once; the system may kill one of them for its memory."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from scanner.errors import HeavyFileError
from scanner.memory import give_back_large_blocks
from scanner.reader import start_engine

AHEAD = 1  # pages waiting beside those that are read: enough to keep workers busy, few enough to hold in memory
FED_BY_ONE = 8  # readers that one opener of files keeps busy: opening a page takes a tenth of reading it

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Readers:
    """opening: held while files are opened, for each opener is a process with memory of its own; places: for pages
    that are read or wait for it."""

    workers: int
    opening: threading.Semaphore
    places: threading.Semaphore
    _pool: ProcessPoolExecutor = field(repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def submit(self, work: Callable[P, R], *args: P.args, **named: P.kwargs) -> Future[R]:
        """A reader that was killed takes along what the others had in hand, and no more: who comes next finds new
        ones. `result_of` tells of the loss."""
        with self._lock:
            try:
                return self._pool.submit(work, *args, **named)
            except BrokenProcessPool:
                _let_go(self._pool)
                self._pool.shutdown(wait=False)
                self._pool = _pool(self.workers)
                return self._pool.submit(work, *args, **named)

    def close(self, *, at_once: bool = False) -> None:
        with self._lock:
            _let_go(self._pool)
            self._pool.shutdown(cancel_futures=at_once)


def result_of(made: Future[R], file: str) -> R:
    """Raises: HeavyFileError when this reader was killed, or another beside it."""
    try:
        return made.result()
    except BrokenProcessPool as e:
        raise HeavyFileError(file=file) from e


@contextmanager
def readers(workers: int) -> Iterator[Readers]:
    """Processes that read pages; started with the first one."""
    give_back_large_blocks()
    places = threading.Semaphore(workers + AHEAD)
    own = Readers(workers, threading.Semaphore(-(-workers // FED_BY_ONE)), places, _pool(workers))
    try:
        yield own
    except BaseException:
        own.close(at_once=True)
        raise
    own.close()


def _let_go(pool: ProcessPoolExecutor) -> None:
    """Of a page that was on its way to readers that are dead: before Python 3.11.5 its sender waits for ever, and the
    end of the program for it (python/cpython#94777)."""
    queue = getattr(pool, "_call_queue", None)
    if getattr(pool, "_broken", False) and queue is not None:
        queue._reader.close()


def _pool(workers: int) -> ProcessPoolExecutor:
    # spawn: a forked copy of a process with threads (a window, a driver) may hang.
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=start_engine)
