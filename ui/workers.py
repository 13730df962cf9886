"""The three workers of an office, each in its own threads of one process, woken by the change feed."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import structlog

from kiosk.clock import office_now
from kiosk.domain.event import Actor
from ui.app import OpenedOffice

if TYPE_CHECKING:
    from printing.worker import PrintWorker
    from scanner.worker import DigitiseWorker
    from sync.worker import SyncWorker

log = structlog.get_logger()

LOOK_AGAIN_S = 1.0  # a job may fall due without any news: a retry, a lease that ran out
READERS = 2  # recognition runs in processes of its own, one a core

Round = Callable[[], object]


def lease_owner(wing: str) -> str:
    """Who holds a job: this machine, this process, this wing."""
    return f"{socket.gethostname()}:{os.getpid()}:{wing}"


def print_worker(office: OpenedOffice) -> PrintWorker:
    from printing.devices import PrinterSettings, open_printers
    from printing.worker import PrintWorker

    settings = [PrinterSettings(tuple(p.papers), p.kind, p.address, p.width_dots) for p in office.config.printers]
    printers = open_printers(settings, office.paths.papers)
    actor = Actor("", office.config.station.name)
    return PrintWorker(office.units, office.facts, printers, actor, office_now, lease_owner("print"))


def sync_worker(office: OpenedOffice) -> SyncWorker:
    from sync.routes import routes_of
    from sync.worker import SyncWorker

    routes = routes_of(office.config.provinces, office.facts.agency_code)
    return SyncWorker(office.units, office.vault, routes, office.facts.name, owner=lease_owner("sync"))


def digitise_worker(office: OpenedOffice, place: int) -> DigitiseWorker:
    from scanner.worker import DigitiseWorker

    actor = Actor("", office.config.station.name)
    return DigitiseWorker(office.units, office.vault, actor, office_now, lease_owner(f"digitise-{place}"))


def run_workers(office: OpenedOffice, stop: threading.Event) -> None:
    """Work until `stop` is set; returns when every round under way has ended."""
    sync = sync_worker(office)
    rounds: list[Round] = [print_worker(office).drain, sync.once]
    rounds += [digitise_worker(office, place).drain for place in range(READERS)]
    wakes = [threading.Event() for _ in rounds]
    threads = [
        threading.Thread(target=_rounds, args=(once, wake, stop), name=f"wing-{n}")
        for n, (once, wake) in enumerate(zip(rounds, wakes, strict=True))
    ]
    for thread in threads:
        thread.start()
    try:
        _listen(office, wakes, stop)
    finally:
        stop.set()
        for wake in wakes:
            wake.set()
        for thread in threads:
            thread.join()
        sync.close()


def _listen(office: OpenedOffice, wakes: list[threading.Event], stop: threading.Event) -> None:
    """Pass every piece of news on to the wings."""
    seen = 0
    while not stop.is_set():
        last = office.feed.wait(seen, LOOK_AGAIN_S)
        if last != seen:
            seen = last
            for wake in wakes:
                wake.set()


def _rounds(once: Round, wake: threading.Event, stop: threading.Event) -> None:
    while not stop.is_set():
        wake.clear()
        try:
            once()
        except Exception:  # the end of a worker: one bad round must not end the others
            log.exception("round failed", thread=threading.current_thread().name)
        wake.wait(LOOK_AGAIN_S)
