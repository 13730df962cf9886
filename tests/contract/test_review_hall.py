"""Days that nobody plans for: a clock that ran ahead once, words that come late, letters still in the line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from hall_samples import (
    CALENDAR,
    DAY,
    EVENING,
    HOURS,
    MINUTE,
    give,
    kept,
    push,
)
from samples import KIOSK, NOON, OFFICE, OFFICER
from station_samples import HERE, Hands, OwnStore, SampleKiosk, paired

from kiosk.domain.event import first_broken
from kiosk.domain.job import Wing
from kiosk.domain.membership import Membership, Stop
from kiosk.domain.office import Leftover
from kiosk.domain.station import RevokedStationError, StationKind
from kiosk.domain.ticket import TicketState
from kiosk.services import queueing
from kiosk.services.carried_numbers import carried_labels, keep_apart
from kiosk.services.closing import close_day
from kiosk.services.membership import join, next_lease, standing
from kiosk.services.moving import transfer, undo
from kiosk.services.office_round import end_what_is_due
from kiosk.services.ports import UnitOfWork, Units
from kiosk.services.pushing import full_here
from kiosk.services.quota import full_groups
from kiosk.services.stations import enrol, renew, revoke

YEAR = timedelta(days=365)


# --- clocks ----------------------------------------------------------------------------------------------------------


def test_a_year_ahead_once_the_rest_of_the_line_is_not_ended(units: Units) -> None:
    waiting = [give(units, f"t{n}") for n in range(3)]
    give(units, "ahead", NOON + YEAR)
    assert end_what_is_due(units, units, OFFICE, HOURS, actor=KIOSK, now=NOON + MINUTE) == ()
    assert {kept(units, t.key).state for t in waiting} == {TicketState.WAITING}


def test_an_office_clock_ahead_once_does_not_date_what_comes_later(units: Units) -> None:
    kiosk = paired(units)
    ahead = OwnStore(units, Hands(NOON + YEAR))
    kiosk.reporter.beat(ahead)
    kiosk.issue()
    kiosk.reporter.push(ahead)
    kiosk.hands.pass_s(600)
    right = OwnStore(units, kiosk.hands)
    kiosk.reporter.beat(right)
    ticket = kiosk.issue()
    kiosk.hands.pass_s(3600)
    kiosk.reporter.push(right)
    assert kept(units, ticket.key).issued_at == NOON + 10 * MINUTE


@pytest.mark.parametrize("own", [True, False])
def test_a_year_ahead_once_a_quota_is_for_a_day_all_the_same(units: Units, own: bool) -> None:
    facts = replace(OFFICE, groups=(replace(OFFICE.groups[0], daily_quota=3), *OFFICE.groups[1:]))
    give(units, "ahead", NOON + YEAR)
    for n in range(3):
        give(units, f"t{n}", NOON + n * MINUTE)

    def full(now: datetime) -> set[str]:
        with units() as look:
            return full_here(look, facts, None, now) if own else full_groups(look, facts, now)

    assert full(NOON + 5 * MINUTE) == {"ho-tich"}
    assert full(NOON + DAY) == set()


# --- letters ---------------------------------------------------------------------------------------------------------


def test_a_letter_of_numbers_that_still_wait_is_not_given(units: Units) -> None:
    carry = replace(OFFICE, day_end=Leftover.CARRY)
    friday = NOON + 4 * DAY
    kiosk = paired(units, now=friday)
    ticket = kiosk.issue()
    assert ticket.label == "A001"
    push(kiosk, units, friday)
    revoke(units(), "kiosk-1", actor=OFFICER, now=friday)
    close_day(units(), carry, CALENDAR, actor=OFFICER, now=friday.replace(hour=18))
    monday = friday + 3 * DAY
    assert kept(units, ticket.key).serve_day == monday.date()
    station = enrol(units(), carry, "kiosk-2", StationKind.KIOSK, "may-2", "L", actor=OFFICER, now=monday)
    assert station.letter != ""


def test_every_letter_in_play_on_one_day_gives_no_number_twice(units: Units) -> None:
    desk = [give(units, "d1").label]
    kiosks = [paired(units, f"kiosk-{n}") for n in range(3)]
    given = [k.issue(group=g.code).label for k in kiosks for g in OFFICE.groups for _ in range(2)]
    desk += [give(units, "d2").label]
    for kiosk in kiosks:
        push(kiosk, units, NOON)
    with units() as look:
        labels = [t.label for t in look.tickets.of_day(NOON.date())]
        twice = [e for e in look.events.all() if e.kind == "ticket.same_label"]
    assert sorted(labels) == sorted(desk + given)
    assert len(set(labels)) == len(labels)
    assert not twice


# --- numbers of a kiosk at the counters ------------------------------------------------------------------------------


def test_a_number_of_a_kiosk_is_sent_on_and_taken_back_like_any_other(units: Units) -> None:
    kiosk = paired(units)
    ticket = kiosk.issue()
    push(kiosk, units, NOON)
    before = kept(units, ticket.key)
    transfer(units(), OFFICE, ticket.key, group="chung-thuc", actor=OFFICER, now=NOON + MINUTE)
    undo(units(), ticket.key, actor=OFFICER, now=NOON + MINUTE)
    after = kept(units, ticket.key)
    assert (after.group, after.effective_at, after.label) == (before.group, before.effective_at, before.label)
    push(kiosk, units, NOON + 2 * MINUTE)
    assert queueing.call_next(units(), OFFICE, "1", actor=OFFICER, now=NOON + 3 * MINUTE).key == ticket.key


def test_the_office_prints_no_number_that_a_kiosk_gave(units: Units) -> None:
    kiosk = paired(units)
    ticket = kiosk.issue()
    push(kiosk, units, NOON)
    with units() as look:
        assert look.jobs.by_key(Wing.PRINT, f"ticket:{ticket.key}") is None
        assert not look.jobs.listed(Wing.PRINT)
    with kiosk.store.units() as look:
        assert len(look.jobs.listed(Wing.PRINT)) == 1


def test_a_number_told_after_its_day_was_closed_is_ended_with_that_day(units: Units) -> None:
    kiosk = paired(units)
    ticket = kiosk.issue()
    give(units, "other")
    close_day(units(), OFFICE, CALENDAR, actor=OFFICER, now=EVENING)
    kiosk.hands.pass_s(86400)
    push(kiosk, units, NOON + DAY)
    found = end_what_is_due(units, units, OFFICE, HOURS, actor=KIOSK, now=NOON + DAY + MINUTE)
    assert [c.expired for c in found] == [(ticket.label,)]
    assert kept(units, ticket.key).business_day == date(2026, 11, 23)


# --- stations that come and go ---------------------------------------------------------------------------------------


@dataclass
class Cutting:
    """The office, which revokes the kiosk after so many of its transactions."""

    units_of: Units
    clock: Hands
    after: int

    def units(self) -> UnitOfWork:
        self.after -= 1
        if self.after == 0:
            revoke(self.units_of(), "kiosk-1", actor=OFFICER, now=self.clock.now)
        return self.units_of()

    def reads(self) -> UnitOfWork:
        return self.units_of()

    def now(self) -> datetime:
        return self.clock.now


def test_who_is_shut_out_in_the_middle_of_telling_tells_the_rest_when_paired_again(units: Units) -> None:
    kiosk = paired(units)
    given = [kiosk.issue() for _ in range(150)]
    with pytest.raises(RevokedStationError):
        kiosk.reporter.push(Cutting(units, kiosk.hands, 2))
    with pytest.raises(RevokedStationError):
        kiosk.reporter.beat(OwnStore(units, kiosk.hands))
    with kiosk.store.units() as look:
        assert standing(look, HERE)[1] is Stop.REVOKED
    kiosk.hands.pass_s(60)
    station = enrol(units(), OFFICE, "kiosk-1", StationKind.KIOSK, HERE, "L9", actor=OFFICER, now=kiosk.hands.now)
    again = Membership("kiosk-1", StationKind.KIOSK, station.series, "L9", machine=HERE)
    join(kiosk.store.units(), again, now=kiosk.hands.now)
    last = kiosk.issue()
    kiosk.reporter.push(OwnStore(units, kiosk.hands))
    with units() as look:
        tickets = look.tickets.of_day(NOON.date())
        events = list(look.events.all())
    assert [t.label for t in tickets] == [t.label for t in (*given, last)]
    assert len({t.issued_at for t in tickets[:150]}) == 1, "each keeps its own time"
    assert first_broken(events) is None


def test_two_answers_lost_one_after_another_do_no_harm(units: Units) -> None:
    kiosk = paired(units)
    for _ in range(2):
        said = next_lease(kiosk.store.units(), _membership(kiosk))
        renew(units(), said.name, said.lease, said.following, now=NOON, station_clock=NOON)  # and no answer came
    ticket = kiosk.issue()
    assert push(kiosk, units, NOON) == 1
    assert kept(units, ticket.key).label == ticket.label
    kiosk.reporter.beat(OwnStore(units))
    assert _membership(kiosk).following == ""


def _membership(kiosk: SampleKiosk) -> Membership:
    with kiosk.store.units() as look:
        found, _ = standing(look, HERE)
    assert found is not None
    return found


def test_numbers_of_three_letters_that_went_on_are_given_to_nobody_else(units: Units) -> None:
    carry = replace(OFFICE, day_end=Leftover.CARRY)
    friday = NOON + 4 * DAY
    heard, unheard = paired(units, "kiosk-1", now=friday), paired(units, "kiosk-2", now=friday)
    old = [kiosk.issue(group=g.code).label for kiosk in (heard, unheard) for g in OFFICE.groups for _ in range(2)]
    for kiosk in (heard, unheard):
        push(kiosk, units, friday)
    old += [give(units, f"d{n}", friday).label for n in range(2)]
    close_day(units(), carry, CALENDAR, actor=OFFICER, now=friday.replace(hour=18))
    monday = friday + 3 * DAY
    for kiosk in (heard, unheard):
        kiosk.hands.pass_s(3 * 86400)
    with units() as look:
        told = carried_labels(look, carry, heard.series.letter, monday.date())
    own, other = heard.store.units, unheard.store.units
    assert keep_apart(own, own, carry, monday.date(), told) == 4
    assert keep_apart(other, other, carry, monday.date(), None) == 4
    new = [kiosk.issue(group=g.code).label for kiosk in (heard, unheard) for g in OFFICE.groups for _ in range(2)]
    new += [give(units, f"m{n}", monday).label for n in range(2)]
    for kiosk in (heard, unheard):
        push(kiosk, units, monday)
    with units() as look:
        labels = [t.label for t in look.tickets.waiting(monday.date())]
        assert not [e for e in look.events.all() if e.kind == "ticket.same_label"]
    assert sorted(labels) == sorted(old + new)
    assert len(set(labels)) == len(labels)


def test_a_kiosk_makes_no_number_void_that_an_officer_has_sent_on(units: Units) -> None:
    kiosk = paired(units)
    ticket = kiosk.issue()
    push(kiosk, units, NOON)
    queueing.call_next(units(), OFFICE, "1", actor=OFFICER, now=NOON)
    transfer(units(), OFFICE, ticket.key, group="chung-thuc", actor=OFFICER, now=NOON)
    queueing.void(kiosk.store.units(), ticket.key, actor=KIOSK, now=NOON + MINUTE)
    push(kiosk, units, NOON + MINUTE)
    assert kept(units, ticket.key).state is TicketState.WAITING
