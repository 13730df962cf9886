"""A kiosk with a store of its own, and the office that it reports to, in memory or on a disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from fake_shelf import Shelf
from fakes import FakeOffice
from samples import NOON, OFFICE, OFFICER

from kiosk.domain.event import Actor
from kiosk.domain.membership import Membership
from kiosk.domain.station import Series, StationKind
from kiosk.domain.ticket import Ticket
from kiosk.services.membership import KEPT, join, standing
from kiosk.services.ports import UnitOfWork, Units
from kiosk.services.pushing import gap
from kiosk.services.queueing import issue_ticket
from kiosk.services.reporting import Reporter
from kiosk.services.station_clock import StationClock
from kiosk.services.stations import enrol

HERE = "may-1"


@dataclass
class Hands:
    """Two clocks that a test moves: the wall's and the seconds since the boot."""

    now: datetime = NOON
    seconds: float = 0.0

    def __call__(self) -> datetime:
        return self.now

    def pass_s(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.seconds += seconds


@dataclass
class OwnStore:
    """One side's store over any units of work."""

    units: Units
    clock: Hands = field(default_factory=Hands)

    def reads(self) -> UnitOfWork:
        return self.units()

    def now(self) -> datetime:
        return self.clock.now


@dataclass
class SampleKiosk:
    """A paired kiosk as its program sees it."""

    store: OwnStore
    hands: Hands = field(default_factory=Hands)
    name: str = "kiosk-1"
    made: int = 0
    reporter: Reporter = field(init=False)

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """A new process on the same store."""
        with self.store.units() as look:
            first = look.events.last_seq()
        self.reporter = Reporter(self.store, StationClock(self.hands, lambda: self.hands.seconds, first))

    def starts_at(self, wrong: datetime) -> None:
        """A new process on a machine whose clock says something else."""
        self.hands.now = wrong
        self.begin()

    @property
    def series(self) -> Series:
        with self.store.units() as look:
            known, stop = standing(look, HERE)
        assert known is not None
        assert stop is None
        return known.series

    def issue(self, priority: str = "", group: str = "") -> Ticket:
        self.made += 1
        return issue_ticket(
            self.store.units(),
            OFFICE,
            group or OFFICE.groups[0].code,
            actor=Actor("", self.name),
            now=self.reporter.clock(),
            touch=f"{self.name}/{id(self)}/{self.made}",
            priority=priority,
            under=self.series,
        )

    def knows_of_gap(self) -> bool:
        with self.store.units() as look:
            return gap(look) is not None


def copy_of(kiosk: SampleKiosk, *, empty: bool = False) -> SampleKiosk:
    """Another kiosk on a copy of a store in memory: as it is, or with its membership only."""
    office = kiosk.store.units.__self__  # type: ignore[attr-defined]
    assert isinstance(office, FakeOffice)
    shelf = Shelf(cursors={KEPT: office.shelf.cursors[KEPT]}) if empty else office.shelf.copy()
    return SampleKiosk(OwnStore(FakeOffice(shelf).units), kiosk.hands, kiosk.name)


def paired(units: Units, name: str = "kiosk-1", own: Units | None = None, now: datetime = NOON) -> SampleKiosk:
    """A kiosk with a letter of the office behind `units`; own: its store, a fresh one in memory by default."""
    station = enrol(units(), OFFICE, name, StationKind.KIOSK, HERE, "L0", actor=OFFICER, now=now)
    store = OwnStore(own or FakeOffice().units)
    join(store.units(), Membership(name, StationKind.KIOSK, station.series, "L0", machine=HERE), now=now)
    return SampleKiosk(store, Hands(now), name)
