"""Kiosks of a bench: processes that issue numbers, are killed at random and replaced; what they acknowledged is kept
outside the store, in files that a killed process cannot take back."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from multiprocessing.process import BaseProcess
from pathlib import Path

from kiosk.clock import office_now
from kiosk.domain.event import Actor
from kiosk.domain.ticket import Ticket
from kiosk.errors import KioskError
from kiosk.services.queueing import issue_ticket
from kiosk.storage import Store, open_store
from kiosk.storage.errors import BusyStoreError
from ui.cli.bench_store import OFFICE, processes

PATIENCE_S = 120  # until all processes have opened the store, and between two numbers
LOOK_S = 0.05
LINE = 56  # bytes of one acknowledgement


class WorkerDiedError(KioskError):
    """One of the measured processes ended with a fault; its own words are on stderr. details: code."""

    code = "bench.worker_died"


@dataclass(frozen=True)
class Acknowledged:
    """One number that a kiosk was given. seconds: from the touch to the durable commit."""

    series: str
    n: int
    key: str
    seconds: float


@dataclass(frozen=True)
class Post:
    """One kiosk: where it writes, and its pace. pause_s: mean pause before a touch; life: how often it was replaced."""

    address: str
    folder: Path
    name: str
    pause_s: float
    life: int = 0

    @property
    def acknowledgements(self) -> Path:
        return self.folder / f"{self.name}.{self.life}.acknowledged"


def work(post: Post) -> None:
    """Issue until told to stop: the life of one process."""
    store, chance, n = open_store(post.address, post.folder), random.Random(f"{post.name}/{post.life}"), 0
    with post.acknowledgements.open("ab", buffering=0) as told:
        while not (post.folder / "go").exists():
            time.sleep(0.01)
        while not (post.folder / "stop").exists():
            if post.pause_s:
                time.sleep(chance.expovariate(1 / post.pause_s))
            group, touch = OFFICE.groups[n % 2].code, f"{post.name}/{post.life}/{n}"
            began = time.perf_counter()
            ticket = _given(store, group, Actor("", post.name), touch)
            took = time.perf_counter() - began
            # One write: it is in the file whole or not at all, whenever the process is killed.
            told.write(f"{ticket.series:>2} {ticket.n:09d} {ticket.key} {int(took * 1e6):09d}\n".encode())
            n += 1
    store.close()


def _given(store: Store, group: str, actor: Actor, touch: str) -> Ticket:
    """As a kiosk does: a store that is busy for too long is asked again for the same touch."""
    while True:
        with contextlib.suppress(BusyStoreError):
            return issue_ticket(store.units(), OFFICE, group, actor=actor, now=office_now(), touch=touch)


def acknowledged(folder: Path) -> Iterator[Acknowledged]:
    """What all kiosks were told; half a line was not told."""
    for file in sorted(folder.glob("*.acknowledged")):
        content = file.read_bytes()
        for at in range(0, len(content) - LINE + 1, LINE):
            series, n, key, took = content[at : at + LINE].split()
            yield Acknowledged(series.decode(), int(n), key.decode(), int(took) / 1e6)


@dataclass
class Posts:
    """The kiosks of one run. kill_every_s: how often one of them, at random, is killed and replaced; 0 for never."""

    posts: list[Post]
    kill_every_s: float = 0
    kills: int = 0
    _running: dict[str, BaseProcess] = field(default_factory=dict)

    def run(self, wanted: int, seed: int) -> float:
        """Until `wanted` numbers are acknowledged; returns the seconds that it took. Raises: WorkerDiedError."""
        self._context, chance, folder = processes(), random.Random(seed), self.posts[0].folder
        try:
            for post in self.posts:
                self._start(post)
            self._until(lambda: all(post.acknowledgements.exists() for post in self.posts))
            (folder / "go").touch()
            began = self._killed_at = time.monotonic()
            self._until(lambda: self._told(folder) >= wanted, chance)
            took = time.monotonic() - began
            (folder / "stop").touch()
            for process in self._running.values():
                process.join(PATIENCE_S)
            self._look_for_dead()
            return took
        finally:
            for process in self._running.values():
                process.kill()
                process.join()

    def _start(self, post: Post) -> None:
        process = self._context.Process(target=work, args=(post,))
        process.start()
        self._running[post.name] = process

    def _until(self, is_done: Callable[[], bool], chance: random.Random | None = None) -> None:
        while not is_done():
            time.sleep(LOOK_S)
            self._look_for_dead()
            if chance and self.kill_every_s and time.monotonic() - self._killed_at >= self.kill_every_s:
                self._killed_at = time.monotonic()
                self._replace(chance.randrange(len(self.posts)))

    def _replace(self, place: int) -> None:
        post = self.posts[place]
        victim = self._running[post.name]
        victim.kill()
        victim.join()
        self.kills += 1
        self.posts[place] = replace(post, life=post.life + 1)
        self._start(self.posts[place])

    def _look_for_dead(self) -> None:
        if died := [process.exitcode for process in self._running.values() if process.exitcode]:
            raise WorkerDiedError(code=died[0])

    @staticmethod
    def _told(folder: Path) -> int:
        return sum(file.stat().st_size // LINE for file in folder.glob("*.acknowledged"))
