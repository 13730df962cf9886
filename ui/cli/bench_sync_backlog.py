"""A large office after three days without a line: how long until the province sees all of 600 dossiers.

The office's own store and worker, messages and pages in threads of their own as in the program, on a line of
256 kbit/s, 600 ms and 5 % loss.
"""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, replace

from kiosk.domain.job import JobState, Wing
from kiosk.storage import Store, open_store
from sync.connection import Connection, Paths, Timeouts
from sync.routes import Routes
from sync.worker import SyncWorker
from ui.cli.bench_store import Which, fresh_office
from ui.cli.bench_sync_emulator import Weather
from ui.cli.bench_sync_hands import FEED, Officer
from ui.cli.bench_sync_namespaces import TwoEnds

WEAK = Weather(256e3, 600, 0.05)
LONGEST_S = 600.0


@dataclass(frozen=True)
class Manner:
    """How the envelopes go. compresses: the province reads gzip; at_once: dossiers in one call."""

    agency: str
    compresses: bool
    at_once: int

    @property
    def name(self) -> str:
        return f"{self.at_once} mỗi lượt gọi, {'gzip' if self.compresses else 'không nén'}"


MANNERS = (Manner("H26.107", True, 200), Manner("H26.108", True, 100), Manner("H26.109", False, 100))
BEST = MANNERS[0].name


@dataclass(frozen=True)
class Backlog:
    """visible_s: until the last of the dossiers was acknowledged."""

    manner: str
    dossiers: int
    visible_s: float | None
    files_by_then: int


def after_an_outage(ends: TwoEnds, url: str, manner: Manner, dossiers: int, seed: int) -> Backlog:
    with fresh_office(Which.SQLITE) as (address, folder):
        store = open_store(address, folder)
        officer = Officer(store, manner.agency, random.Random(seed))
        for number in range(dossiers):
            officer.receive(number)
        connection = Connection(
            url,
            manner.agency,
            FEED,
            paths=Paths(tus="/tus"),
            timeouts=Timeouts(10, 60, 5),
            compresses=manner.compresses,
            dossiers_at_once=manner.at_once,
        )
        ends.weather(replace(WEAK, seed=seed))
        try:
            visible_s, files = ends.in_office(lambda: _until_visible(store, connection))
        finally:
            store.close()
    return Backlog(manner.name, dossiers, visible_s, files)


def _until_visible(store: Store, connection: Connection) -> tuple[float | None, int]:
    worker = SyncWorker(store.units, store.vault, Routes((connection,)), "UBND xã Mẫu")
    stop = threading.Event()
    files: list[int] = []

    def messages() -> None:
        while not stop.is_set():
            worker.messages()
            stop.wait(0.2)

    def pages() -> None:
        while not stop.is_set():
            files.append(worker.files())
            stop.wait(0.2)

    threads = [threading.Thread(target=messages), threading.Thread(target=pages)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    while (hidden := _hidden(store)) and time.monotonic() - began < LONGEST_S:
        time.sleep(0.5)
    took = time.monotonic() - began
    done = _files_up(store)
    stop.set()
    worker.give_way()
    for thread in threads:
        thread.join()
    worker.close()
    return (None if hidden else round(took, 1)), done


def _hidden(store: Store) -> int:
    """Dossiers that the province has not acknowledged."""
    with store.reads() as look:
        jobs = look.jobs.listed(Wing.SYNC, (JobState.WAITING, JobState.LEASED), limit=100_000)
    # A picture that follows the files is of a dossier that has arrived.
    return sum(j.payload["stream"] == "dossier" and ":up:" not in j.key for j in jobs)


def _files_up(store: Store) -> int:
    with store.reads() as look:
        done = look.jobs.listed(Wing.SYNC, (JobState.DONE,), limit=100_000)
        return sum(j.payload["stream"] == "file" for j in done)
