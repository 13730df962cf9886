"""Random days of several kiosks: no number twice on one day, nothing lost or doubled at the office when it is back.

The machine plays what may happen: the office away, answers lost, programs killed between commit and push, clocks set
back and forth, disks copied, stores set back and noticed, officers who choose spare letters, new pairings.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

import pytest
from fake_hall import FakeTickets
from fake_shelf import Shelf
from fakes import FakeOffice, FakeUnitOfWork
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from samples import NOON, OFFICE, OFFICER

from kiosk.clock import business_day
from kiosk.domain.event import Actor
from kiosk.domain.membership import SPARE_LETTERS, Membership, SpareLetterError, Stop
from kiosk.domain.station import StationKind
from kiosk.domain.ticket import Ticket
from kiosk.errors import KioskError, StorageError
from kiosk.services.membership import approve_spare, join, membership_of, standing
from kiosk.services.ports import UnitOfWork
from kiosk.services.pushing import waits_to_be_told
from kiosk.services.queueing import issue_ticket
from kiosk.services.reporting import Reporter
from kiosk.services.station_clock import StationClock
from kiosk.services.stations import enrol

MOST_HOURS = 30  # of one run: letters that ended are not granted again in it
SKEWS = st.sampled_from([-400, -24, -3, -0.2, 0, 0.2, 5, 24, 400])


class AwayError(StorageError):
    """The office does not answer."""


@dataclass
class Server(FakeOffice):
    """The office; away: nobody reaches it; loses: commits, and the answer never arrives."""

    now_at: datetime = NOON
    away: bool = False
    loses: bool = False

    def units(self) -> FakeUnitOfWork:
        if self.away:
            raise AwayError
        return _Line(self)

    def reads(self) -> UnitOfWork:
        return self.units()

    def now(self) -> datetime:
        if self.away:
            raise AwayError
        return self.now_at


class _Line(FakeUnitOfWork):
    def commit(self) -> None:
        super().commit()
        server = self._office
        assert isinstance(server, Server)
        if server.loses:
            raise AwayError


class _Forgetful(FakeTickets):
    """The planted fault: a store without the date guard."""

    def last_day(self) -> date | None:
        return None


class _ForgetfulUnit(FakeUnitOfWork):
    def __enter__(self) -> Any:
        super().__enter__()
        self.tickets = _Forgetful(self._work)
        return self


@dataclass
class Disk(FakeOffice):
    guards_date: bool = True

    def units(self) -> FakeUnitOfWork:
        return FakeUnitOfWork(self) if self.guards_date else _ForgetfulUnit(self)

    def reads(self) -> UnitOfWork:
        return self.units()


@dataclass
class Machine:
    """One kiosk. mark: what lies beside its store; skew_h: its wall clock against the true time."""

    name: str
    here: str
    disk: Disk
    mark: dict[int, int] = field(default_factory=dict)
    skew_h: float = 0.0
    seconds: float = 0.0
    saved: Shelf | None = None
    made: int = 0
    lost: int | None = None
    reporter: Reporter = field(init=False)


class Kiosks(RuleBasedStateMachine):
    """true_now: what no kiosk sees; papers: (day on which it came out, label)."""

    guards_date: ClassVar[bool] = True
    notices_old_store: ClassVar[bool] = True
    most_kiosks: ClassVar[int] = 5

    def __init__(self) -> None:
        super().__init__()
        self.true_now = NOON
        self.server = Server()
        self.kiosks: list[Machine] = []
        self.papers: Counter[tuple[date, str]] = Counter()
        self.spares: set[str] = set()

    @initialize(count=st.integers(1, 3))
    def pair_first(self, count: int) -> None:
        for n in range(min(count, self.most_kiosks)):
            self._new(f"kiosk-{n}", f"may-{n}", Disk(guards_date=self.guards_date))

    def _new(self, name: str, here: str, disk: Disk) -> Machine:
        made = Machine(name, here, disk)
        self.kiosks.append(made)
        self._start(made)
        self._pair(made)
        return made

    def _start(self, kiosk: Machine) -> None:
        """A new process. A clock that is ahead now, or behind before the day's first number, is the case that nothing
        can tell from another day while the office is away (docs/decisions/0009): it is put right here."""
        with kiosk.disk.units() as look:
            known, seq = membership_of(look), look.events.last_seq()
        given_today = any(business_day(e.at) == business_day(self.true_now) for e in kiosk.disk.shelf.events)
        kiosk.skew_h = min(kiosk.skew_h, 0) if given_today else 0
        clock = StationClock(lambda: self.true_now + timedelta(hours=kiosk.skew_h), lambda: kiosk.seconds, seq)
        kiosk.reporter = Reporter(kiosk.disk, clock)
        epoch = known.series.epoch if known else 0
        kiosk.lost = epoch if self.notices_old_store and kiosk.mark.get(epoch, 0) > seq else None

    def _pair(self, kiosk: Machine) -> None:
        lease = f"lease-{kiosk.name}-{self.true_now}-{len(self.papers)}"
        station = enrol(
            self.server.units(), OFFICE, kiosk.name, StationKind.KIOSK, kiosk.here, lease,
            actor=OFFICER, now=self.true_now,
        )  # fmt: skip
        given = Membership(kiosk.name, StationKind.KIOSK, station.series, lease, machine=kiosk.here)
        join(kiosk.disk.units(), given, now=kiosk.reporter.clock())

    def _stop(self, kiosk: Machine) -> Stop | None:
        with kiosk.disk.units() as look:
            return standing(look, kiosk.here, kiosk.lost)[1]

    def _issue(self, kiosk: Machine, priority: str) -> Ticket | None:
        with kiosk.disk.units() as look:
            known, stop = standing(look, kiosk.here, kiosk.lost)
        if stop is not None or known is None:
            return None
        kiosk.made += 1
        ticket = issue_ticket(
            kiosk.disk.units(), OFFICE, OFFICE.groups[0].code,
            actor=Actor("", kiosk.name), now=kiosk.reporter.clock(), priority=priority, under=known.series,
            touch=f"{id(kiosk)}/{kiosk.made}",
        )  # fmt: skip
        with kiosk.disk.units() as look:
            kiosk.mark[known.series.epoch] = look.events.last_seq()
        self.papers[business_day(self.true_now), ticket.label] += 1
        return ticket

    def _round(self, kiosk: Machine) -> None:
        stop = self._stop(kiosk)
        if stop is None or not stop.is_silent:
            with suppress(KioskError):
                kiosk.reporter.beat(self.server)
            with suppress(KioskError):
                kiosk.reporter.push(self.server)

    def _one(self, n: int) -> Machine:
        return self.kiosks[n % len(self.kiosks)]

    @rule(n=st.integers(0, 9), times=st.integers(1, 3), priority=st.sampled_from(["", "", "cao-tuoi"]))
    def citizens_come(self, n: int, times: int, priority: str) -> None:
        for _ in range(times):
            self._issue(self._one(n), priority)

    @rule(n=st.integers(0, 9), loses=st.booleans())
    def the_kiosk_reports(self, n: int, loses: bool) -> None:
        self.server.loses = loses
        self._round(self._one(n))
        self.server.loses = False

    @rule()
    def the_office_goes_away_or_comes_back(self) -> None:
        self.server.away = not self.server.away

    @rule(hours=st.sampled_from([0.01, 0.5, 3, 9]))
    @precondition(lambda self: self.true_now < NOON + timedelta(hours=MOST_HOURS - 9))
    def time_passes(self, hours: float) -> None:
        self.true_now += timedelta(hours=hours)
        self.server.now_at = self.true_now
        for kiosk in self.kiosks:
            kiosk.seconds += hours * 3600

    @rule(n=st.integers(0, 9), skew=SKEWS)
    def somebody_sets_a_clock(self, n: int, skew: float) -> None:
        self._one(n).skew_h = skew

    @rule(n=st.integers(0, 9))
    def a_program_is_killed(self, n: int) -> None:
        self._start(self._one(n))

    @rule(n=st.integers(0, 9))
    def a_backup_is_made(self, n: int) -> None:
        kiosk = self._one(n)
        kiosk.saved = kiosk.disk.shelf.copy()

    @rule(n=st.integers(0, 9))
    def a_backup_is_put_back(self, n: int) -> None:
        kiosk = self._one(n)
        if kiosk.saved is not None:
            kiosk.disk.shelf = kiosk.saved.copy()
            self._start(kiosk)

    @rule(n=st.integers(0, 9))
    @precondition(lambda self: len(self.kiosks) < self.most_kiosks)
    def a_disk_is_copied_into_another_computer(self, n: int) -> None:
        kiosk = self._one(n)
        disk = Disk(kiosk.disk.shelf.copy(), guards_date=self.guards_date)
        copy = Machine(f"kiosk-{len(self.kiosks)}", f"may-{len(self.kiosks)}", disk)
        self.kiosks.append(copy)
        self._start(copy)
        assert self._stop(copy) is not None

    @rule(n=st.integers(0, 9), letter=st.sampled_from(SPARE_LETTERS))
    def an_officer_chooses_a_spare_letter(self, n: int, letter: str) -> None:
        """One that stands on none of the day's papers, as the screen asks."""
        kiosk = self._one(n)
        if letter not in self.spares:
            with suppress(SpareLetterError):
                now = kiosk.reporter.clock()
                approve_spare(kiosk.disk.units(), letter, kiosk.here, stop=self._stop(kiosk), actor=OFFICER, now=now)
                self.spares.add(letter)

    @rule(n=st.integers(0, 9))
    @precondition(lambda self: not self.server.away)
    def a_kiosk_is_paired_again(self, n: int) -> None:
        with suppress(KioskError):  # twenty letters a day, no more
            self._pair(self._one(n))

    @invariant()
    def no_number_came_out_twice_on_one_day(self) -> None:
        assert [paper for paper, times in self.papers.items() if times > 1] == []

    @invariant()
    def the_office_has_nothing_twice(self) -> None:
        issued = [e.subject for e in self.server.shelf.events if e.kind == "ticket.issued"]
        assert len(issued) == len(set(issued))
        assert set(issued) == set(self.server.shelf.tickets)

    def teardown(self) -> None:
        """Everybody is paired and the office answers: all that any store knows is there, and told apart."""
        self.server.away = self.server.loses = False
        for kiosk in self.kiosks:
            try:
                self._pair(kiosk)
            except KioskError:
                continue
            kiosk.reporter.push(self.server)
            assert set(kiosk.disk.shelf.tickets) <= set(self.server.shelf.tickets)
            with kiosk.disk.units() as look:
                assert waits_to_be_told(look) == 0
        self.the_office_has_nothing_twice()
        tickets = self.server.shelf.tickets.values()
        flagged = {e.subject for e in self.server.shelf.events if e.kind == "ticket.same_label"}
        labels = Counter((t.serve_day, t.label) for t in tickets)
        assert len(flagged) == sum(labels.values()) - len(labels)
        places = {(t.business_day, t.series, t.epoch, t.n) for t in tickets}
        assert len(places) == len(tickets)


class WithoutDateGuard(Kiosks):
    guards_date, most_kiosks = False, 1


class WithoutEpoch(Kiosks):
    """A store that was set back goes on under its former epoch and letter."""

    notices_old_store, most_kiosks = False, 1


def settings_of(examples: int, phases: tuple[Phase, ...] = (Phase.generate,)) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=40,
        deadline=None,
        database=None,
        derandomize=True,
        phases=phases,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )


def test_random_days_double_and_lose_nothing() -> None:
    run_state_machine_as_test(Kiosks, settings=settings_of(120))


@pytest.mark.parametrize("planted", [WithoutDateGuard, WithoutEpoch])
def test_the_machine_finds_what_it_is_made_to_find(planted: type[Kiosks]) -> None:
    with pytest.raises(AssertionError):
        run_state_machine_as_test(planted, settings=settings_of(2000))
