"""Days: midnight, a clock that is wrong, the end of the morning and of the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from fakes import FakeOffice
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import KIOSK, NOON, OFFICE, OFFICER

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.office import Leftover, Office
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.services import counters, queueing
from kiosk.services.closing import DayNotOverError, close_day, close_morning

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
EVENING = NOON.replace(hour=17, minute=5)
FRIDAY_EVENING = datetime(2026, 11, 27, 17, 5, tzinfo=OFFICE_ZONE)
CALENDAR = WorkingCalendar()
CARRY = replace(OFFICE, day_end=Leftover.CARRY)


def issue(office: FakeOffice, touch: str, now: datetime, facts: Office = OFFICE) -> Ticket:
    return queueing.issue_ticket(office.units(), facts, "ho-tich", actor=KIOSK, now=now, touch=touch)


def call(office: FakeOffice, now: datetime, counter: str = "1", facts: Office = OFFICE) -> Ticket:
    return queueing.call_next(office.units(), facts, counter, actor=OFFICER, now=now)


def alarms(office: FakeOffice) -> list[tuple[str, str]]:
    return [(e.data["clock"], e.data["used"]) for e in office.shelf.events if e.kind == "clock.behind"]


def test_the_number_of_the_last_second_and_of_the_first_belong_to_their_days() -> None:
    office = FakeOffice()
    midnight = datetime(2026, 11, 24, 0, 0, tzinfo=OFFICE_ZONE)
    late = issue(office, "late", midnight - timedelta(microseconds=1))
    early = issue(office, "early", midnight)
    assert (late.business_day, early.business_day) == (date(2026, 11, 23), date(2026, 11, 24))
    assert (late.label, early.label) == ("A001", "A001")


def test_three_days_of_uptime_begin_each_day_at_one() -> None:
    office = FakeOffice()
    for hours in range(72):
        issue(office, f"t{hours}", NOON + hours * timedelta(hours=1))
    days: dict[date, list[int]] = {}
    for ticket in office.shelf.tickets.values():
        days.setdefault(ticket.business_day, []).append(ticket.n)
    assert [len(numbers) for numbers in days.values()] == [14, 24, 24, 10]
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in days.values())


@pytest.mark.parametrize("back", [10 * MINUTE, DAY, 400 * DAY])
def test_a_clock_set_back_never_uses_a_number_again_and_loses_nobody(back: timedelta) -> None:
    office = FakeOffice()
    first = issue(office, "before", NOON)
    second = issue(office, "after", NOON - back)
    third = issue(office, "later", NOON - back + MINUTE)
    assert [t.label for t in (first, second, third)] == ["A001", "A002", "A003"]
    assert {t.business_day for t in (first, second, third)} == {NOON.date()}
    called = call(office, NOON - back + 2 * MINUTE)
    queueing.finish(office.units(), called.key, actor=OFFICER, now=NOON - back + 3 * MINUTE)
    assert {call(office, NOON - back + 4 * MINUTE).key, called.key} < {first.key, second.key, third.key}
    expected = [] if back < DAY else [((NOON - back).date().isoformat(), NOON.date().isoformat())]
    assert alarms(office) == expected, "told once, not at every number"


def test_a_number_given_by_a_clock_that_ran_ahead_is_made_void_to_get_back_to_today() -> None:
    office = FakeOffice()
    today = issue(office, "today", NOON)
    ahead = issue(office, "ahead", NOON + 365 * DAY)
    queueing.void(office.units(), ahead.key, actor=OFFICER, now=NOON + MINUTE)
    assert call(office, NOON + 2 * MINUTE).label == today.label
    assert issue(office, "next", NOON + 3 * MINUTE).label == "A002"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-3 * 24 * 60, 3 * 24 * 60), max_size=40))
def test_however_the_clock_jumps_no_number_is_given_twice(jumps: list[int]) -> None:
    office, now = FakeOffice(), NOON
    for step, minutes in enumerate(jumps):
        now += minutes * MINUTE
        issue(office, f"t{step}", now)
    days = [t.business_day for t in office.shelf.tickets.values()]
    assert days == sorted(days)
    assert len({(t.business_day, t.label) for t in office.shelf.tickets.values()}) == len(jumps)


def test_the_day_is_not_closed_while_the_desk_is_open() -> None:
    office = FakeOffice()
    issue(office, "t", NOON)
    with pytest.raises(DayNotOverError) as refused:
        close_day(office.units(), OFFICE, CALENDAR, actor=OFFICER, now=NOON)
    assert refused.value.details["closes"] == "17:00"
    assert close_day(office.units(), OFFICE, CALENDAR, actor=OFFICER, now=NOON, early=True).expired == ("A001",)


def test_at_the_end_of_the_day_nobody_becomes_served() -> None:
    office = FakeOffice()
    for n in range(5):
        issue(office, f"t{n}", NOON + n * MINUTE)
    called, serving = call(office, EVENING), call(office, EVENING, "1b", _two_counters())
    queueing.serve(office.units(), serving.key, actor=OFFICER, now=EVENING)
    parked = call(office, EVENING, "1c", _two_counters())
    queueing.park(office.units(), parked.key, actor=OFFICER, now=EVENING)
    counters.pause_counter(office.units(), _two_counters(), "1c", actor=OFFICER, now=EVENING)
    closed = close_day(office.units(), OFFICE, CALENDAR, actor=OFFICER, now=EVENING)
    assert closed.forced == (called.label, serving.label)
    assert closed.expired == (parked.label, "A004", "A005")
    outcomes = [t.outcome for t in office.shelf.tickets.values()]
    assert outcomes == ["forced", "forced", "expired_day", "expired_day", "expired_day"]
    assert not any(e.kind == "ticket.finished" for e in office.shelf.events)
    assert office.shelf.pauses == {}
    again = close_day(office.units(), OFFICE, CALENDAR, actor=OFFICER, now=EVENING)
    assert (again.forced, again.expired) == ((), ())


def _two_counters() -> Office:
    more = (replace(OFFICE.counters[0], code="1b"), replace(OFFICE.counters[0], code="1c"))
    return replace(OFFICE, counters=(*OFFICE.counters, *more))


def test_who_waits_on_friday_evening_is_first_on_monday_with_the_same_number() -> None:
    office = FakeOffice()
    waited = issue(office, "friday", FRIDAY_EVENING - timedelta(hours=1), CARRY)
    closed = close_day(office.units(), CARRY, CALENDAR, actor=OFFICER, now=FRIDAY_EVENING)
    monday = datetime(2026, 11, 30, 7, 30, tzinfo=OFFICE_ZONE)
    assert (closed.carried, closed.to) == ((waited.label,), monday.date())
    new = issue(office, "monday", monday, CARRY)
    assert new.label == "A002", "the number that still waits is not given again"
    assert call(office, monday + MINUTE, facts=CARRY).key == waited.key
    with office.units() as look:
        assert look.tickets.by_label(monday.date(), "A001").key == waited.key
        assert look.tickets.get(waited.key).business_day == FRIDAY_EVENING.date()
    assert [e.data["outcome"] for e in office.shelf.events if e.kind == "ticket.carried"] == ["carried_over"]


def test_a_day_that_was_never_closed_is_closed_the_next_morning_into_that_morning() -> None:
    office = FakeOffice()
    waited = issue(office, "yesterday", NOON, CARRY)
    morning = (NOON + DAY).replace(hour=7, minute=20)
    closed = close_day(office.units(), CARRY, CALENDAR, actor=OFFICER, now=morning, day=NOON.date())
    assert (closed.carried, closed.to) == ((waited.label,), morning.date())


def test_lunch_keeps_the_line_unless_the_office_ends_it() -> None:
    office = FakeOffice()
    issue(office, "t", NOON)
    noon = NOON.replace(hour=11, minute=30)
    assert close_morning(office.units(), OFFICE, actor=OFFICER, now=noon).expired == ()
    ends = replace(OFFICE, lunch=Leftover.EXPIRE)
    assert close_morning(office.units(), ends, actor=OFFICER, now=noon).expired == ("A001",)
    ticket = next(iter(office.shelf.tickets.values()))
    assert (ticket.state, ticket.outcome) == (TicketState.EXPIRED, "expired_lunch")
