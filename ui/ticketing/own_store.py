"""Puts together what a kiosk with a store of its own needs: door, line to the office, paper. No Qt."""

from __future__ import annotations

from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from typing import Protocol

from kiosk.clock import Clock, office_now
from kiosk.domain.event import Actor
from kiosk.machine import this_machine
from kiosk.services.comers import LineByLine
from kiosk.services.membership import membership_of, standing
from kiosk.services.office_round import settle_papers
from kiosk.services.reporting import Reporter
from kiosk.services.station_clock import StationClock
from ui.app import OpenedOffice
from ui.ticketing.comer_lane import ComerLane
from ui.ticketing.link import Ends, OfficeLink
from ui.ticketing.local import LocalTicketing
from ui.ticketing.mark import StoreMark, mark_of
from ui.ticketing.office import LiveTicketing
from ui.ticketing.paper_lane import PaperLane
from ui.workers import lasting_owner, print_worker

SETTLE_BACK = timedelta(days=1)


class OwnStoreKiosk:
    """door: for the presenter. Start it when the window shows; close it before the office."""

    def __init__(
        self, office: OpenedOffice, *, clock: Clock = office_now, machine: str = "", mark: StoreMark | None = None
    ) -> None:
        assert office.open_far is not None
        machine, mark = machine or this_machine(), mark or mark_of(office.paths.root)
        with office.reads() as look:
            known, seq = membership_of(look), look.events.last_seq()
        steady = StationClock(clock, first=seq)
        lost = known.series.epoch if known and mark.is_longer(known.series.epoch, seq) else None
        name = known.name if known else office.config.station.name

        def may_speak() -> bool:
            with office.reads() as look:
                stop = standing(look, machine, lost)[1]
            return stop is None or not stop.is_silent

        self.link = OfficeLink(
            Ends(office, office.facts, office.open_far, Reporter(office, steady, program_version()), may_speak)
        )
        self.door = LocalTicketing(
            office, name, steady, self.link.comers,
            link=self.link, machine=machine, mark=mark, lost_epoch=lost,
        )  # fmt: skip
        owner = lasting_owner(office.paths.root, f"kiosk-{name}")
        with office.units() as uow:
            uow.jobs.reclaim(owner, office_now())  # what this kiosk's former process held
            uow.commit()
        worker, actor = print_worker(office, owner, self.door.told), Actor("", name)

        def settle() -> object:
            return settle_papers(office.reads, office.units, actor=actor, now=steady(), back=SETTLE_BACK)

        self._paper = PaperLane(office.feed, worker.drain, settle)

    def start(self) -> None:
        self.link.start()
        self._paper.start()

    def close(self) -> None:
        self._paper.close()
        self.link.close()


class Lane(Protocol):
    """Runs beside a kiosk's window."""

    def start(self) -> None: ...

    def close(self) -> None: ...


def kiosk_door(office: OpenedOffice, clock: Clock = office_now) -> tuple[LiveTicketing, list[Lane]]:
    """The door of whatever kind of kiosk was opened, and what must be started and closed with its window."""
    if office.open_far is not None:
        own = OwnStoreKiosk(office, clock=clock)
        return own.door, [own]
    station = office.config.station
    door = LiveTicketing(office, station.name if station.kind == "kiosk" else "kiosk-1", clock)
    return door, [ComerLane(LineByLine(office.facts, door.comers), lambda: office.waits, clock)]


def program_version() -> str:
    try:
        return version("motcua")
    except PackageNotFoundError:
        return ""
