"""The three workers of an office and its clock, each in threads of one process; the feed wakes the workers."""

from __future__ import annotations

import hashlib
import os
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from filelock import FileLock, Timeout

from kiosk.clock import office_now
from kiosk.domain.event import Actor
from kiosk.domain.separator import Separator, separator_code
from kiosk.errors import KioskError, RuleError
from kiosk.machine import this_machine
from ui.app import OpenedOffice
from ui.office_clock import LOOK_EACH_S, OfficeClock
from ui.results import checked_result

if TYPE_CHECKING:
    from kiosk.services.printing import Tell
    from printing.worker import PrintWorker
    from scanner.worker import DigitiseWorker
    from sync.worker import SyncWorker

log = structlog.get_logger()

OFFLINE = "storage.offline"  # and its kinds
LOOK_AGAIN_S = 1.0  # a job may fall due without any news: a retry, a lease that ran out
MESSAGES_EACH_S = 10.0
READERS = 2  # recognition runs in processes of its own, one a core

Round = Callable[[], object]


class AlreadyWorkingError(RuleError):
    """Another process does this office's background work already."""

    code = "work.already"


def lease_owner(wing: str) -> str:
    """Who holds a job during one command: this machine, this process, this wing."""
    return f"{socket.gethostname()}:{os.getpid()}:{wing}"


def lasting_owner(root: Path, wing: str) -> str:
    """Who holds a job in a program that runs on: the same name after a restart, so that it can take back what it held.

    root: its data directory. Two of them on one computer are two programs; two computers that were set up from one
    image have the same name and the same directory, but are not the same machine.
    """
    place = hashlib.sha256(f"{this_machine()}\n{root.resolve()}".encode()).hexdigest()[:12]
    return f"{socket.gethostname()}:{place}:{wing}"


def print_worker(office: OpenedOffice, owner: str = "", tell: Tell | None = None) -> PrintWorker:
    """tell: who knows the line, for a kiosk with a store of its own."""
    from printing.devices import PrinterSettings, open_printers
    from printing.training import in_training
    from printing.worker import PrintWorker

    own = (p for p in office.config.printers if p.kind != "station")
    settings = [PrinterSettings(tuple(p.papers), p.kind, p.address, p.width_dots) for p in own]
    printers = open_printers(settings, office.paths.papers)
    printers = in_training(printers) if office.config.training else printers
    station = office.config.station.name
    owner = owner or lease_owner("print")
    waits = office.waits if tell is None else None
    actor = Actor("", station)

    def signed(sheet: Separator) -> str:
        return separator_code(sheet, office.separator_key)

    return PrintWorker(office.units, office.facts, printers, actor, office_now, owner, waits, tell, station, signed)


def sync_worker(office: OpenedOffice, owner: str = "") -> SyncWorker:
    from sync.routes import routes_of
    from sync.upload_places import StorePlaces
    from sync.uploaders import Uploaders
    from sync.uploads import courtesy_of, settings_of
    from sync.worker import SyncWorker

    routes = routes_of(office.config.provinces, office.facts.agency_code)
    owner, check = owner or lease_owner("sync"), checked_result
    how = office.config.uploads
    uploaders = Uploaders(StorePlaces(office.units), settings_of(how), courtesy_of(how))
    return SyncWorker(
        office.units, office.vault, routes, office.facts.name, owner=owner, check=check, uploaders=uploaders
    )


def digitise_worker(office: OpenedOffice, owner: str) -> DigitiseWorker:
    from scanner.apart import ReaderApart
    from scanner.worker import DigitiseWorker

    actor = Actor("", office.config.station.name)
    gently, keeping = ReaderApart(gently=True), office.facts.keeping
    return DigitiseWorker(office.units, office.vault, actor, office_now, owner, gently, keeping)


@dataclass(frozen=True)
class Messaged:
    """One round of messages to citizens."""

    queued: int
    handed: int


def message_round(office: OpenedOffice, owner: str) -> Callable[[], Messaged]:
    """Makes messages of what happened and hands over those whose hour has come. An exercise messages nobody."""
    from kiosk.services import messages
    from sync.outbox_folder import OutboxFolder

    actor, carrier = Actor("", office.config.station.name), OutboxFolder(office.paths.messages)

    def once() -> Messaged:
        queued = messages.gather(office.units, office.notices, office.facts.name, actor=actor, now=office_now())
        if not office.notices.on:
            return Messaged(0, 0)
        return Messaged(queued, messages.send(office.units, carrier, owner, actor=actor, clock=office_now))

    return once


def run_workers(office: OpenedOffice, stop: threading.Event) -> None:
    """Work until `stop` is set; returns when every round under way has ended.

    One process an office and machine: what a killed one held is taken back at once instead of when its leases end.
    Raises: AlreadyWorkingError.
    """
    try:
        with FileLock(office.paths.root / ".work.lock", timeout=0):
            _run(office, stop)
    except Timeout:
        raise AlreadyWorkingError from None


def _run(office: OpenedOffice, stop: threading.Event) -> None:
    wings = ("print", "sync", *(f"digitise-{n}" for n in range(READERS)))
    owners = [lasting_owner(office.paths.root, wing) for wing in wings]
    if not _take_back(office, owners, stop):
        return
    sync = sync_worker(office, owners[1])
    rounds: list[Round] = [print_worker(office, owners[0]).drain, _exchange_round(office, sync), sync.files]
    rounds += [digitise_worker(office, owner).drain for owner in owners[2:]]
    wakes = [threading.Event() for _ in rounds]
    threads = [
        threading.Thread(target=in_rounds, args=(once, wake, stop), name=f"wing-{n}")
        for n, (once, wake) in enumerate(zip(rounds, wakes, strict=True))
    ]
    if not office.config.training:
        # Also where they are off, seldom: so that switching them on tells nobody of what was before.
        notify = message_round(office, lasting_owner(office.paths.root, "notify"))
        pause = MESSAGES_EACH_S if office.notices.on else LOOK_EACH_S
        threads.append(threading.Thread(target=in_rounds, args=(notify, stop, stop, pause), name="messages"))
    # No news wakes it: what the calendar makes due waits for nobody.
    calendar = OfficeClock(office)
    threads.append(
        threading.Thread(target=in_rounds, args=(calendar.look, stop, stop, LOOK_EACH_S), name="office-clock")
    )
    for thread in threads:
        thread.start()
    try:
        _listen(office, wakes, stop)
    finally:
        stop.set()
        sync.give_way()
        for wake in wakes:
            wake.set()
        for thread in threads:
            thread.join()
        sync.close()


def _take_back(office: OpenedOffice, owners: list[str], stop: threading.Event) -> bool:
    """What a killed process of this machine held. False when it was stopped while the office's server was away: after a
    power cut the server may be the last to start."""
    trouble = Trouble("office not reached")
    while not stop.is_set():
        try:
            with office.units() as uow:
                for owner in owners:
                    uow.jobs.reclaim(owner, office_now())
                uow.commit()
            office.store.vault.sweep()  # what writers that were killed left behind
        except KioskError as error:
            if not error.code.startswith(OFFLINE):
                raise
            trouble.note(error)
            stop.wait(LOOK_AGAIN_S)
        else:
            trouble.over()
            return True
    return False


def _exchange_round(office: OpenedOffice, sync: SyncWorker) -> Round:
    """A round of the exchange that leaves word of the line when its state turned."""
    from kiosk.services.exchange import note_line

    told: list[bool] = []

    def once() -> None:
        is_up = sync.messages().is_up
        if office.config.provinces and told[-1:] != [is_up]:
            note_line(office.units, is_up, office_now())
            told[:] = [is_up]

    return once


def _listen(office: OpenedOffice, wakes: list[threading.Event], stop: threading.Event) -> None:
    """Pass every piece of news on to the wings."""
    seen, trouble = 0, Trouble("feed failed")
    while not stop.is_set():
        try:
            last = office.feed.wait(seen, LOOK_AGAIN_S)
        except Exception as error:  # noqa: BLE001 - the wings look again by themselves, and outlive a server's restart
            trouble.note(error)
            stop.wait(LOOK_AGAIN_S)
            continue
        trouble.over()
        if last != seen:
            seen = last
            for wake in wakes:
                wake.set()


def in_rounds(once: Round, wake: threading.Event, stop: threading.Event, look_again_s: float = LOOK_AGAIN_S) -> None:
    """The body of a worker's thread, until `stop`. wake: news; `stop` itself where no news wakes it."""
    trouble = Trouble("round failed")
    while not stop.is_set():
        if wake is not stop:
            wake.clear()
        try:
            once()
            trouble.over()
        except Exception as error:  # noqa: BLE001 - the end of a worker: one bad round must not end the others
            trouble.note(error)
        wake.wait(look_again_s)


class Trouble:
    """Tells one trouble once, until it is over or another comes: a server that is away for a night, looked for every
    second by each thread, would fill the disk with its story."""

    def __init__(self, event: str) -> None:
        self._event, self._told = event, ""

    def note(self, error: Exception) -> None:
        why = error.code if isinstance(error, KioskError) else type(error).__name__
        if why != self._told:
            thread = threading.current_thread().name
            if why.startswith(OFFLINE):  # foreseen: where it happened tells nothing
                log.warning(self._event, thread=thread, why=why)
            else:
                log.error(self._event, thread=thread, why=why, exc_info=error)
        self._told = why

    def over(self) -> None:
        if self._told:
            log.info("well again", after=self._event, thread=threading.current_thread().name)
        self._told = ""
