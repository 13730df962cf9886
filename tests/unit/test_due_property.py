"""What holds for every return date, whatever the calendar, the term and the waiting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import permutations

import pytest
from due_packs import PACKS, a_pack, calendars
from due_slow import SlowCase
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue.calendar_pack import layered
from kiosk.catalogue.calendar_reading import read_calendar
from kiosk.catalogue.errors import PackError
from kiosk.catalogue.toml_reader import shipped_pack
from kiosk.clock import OFFICE_ZONE
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.due import ClockOrderError, Counting, Due, ExtensionTermError, StillWaitingError, Stop, StopKind, due
from kiosk.domain.procedure import Term, TermUnit
from kiosk.domain.term_words import parse_term

POLICE = "Đăng ký, quản lý cư trú"
CALENDARS = {(name, field): calendars(name).of_field(field) for name in ("", *PACKS) for field in ("Hộ tịch", POLICE)}
TERMS = ("same day", "1 hours", "8 hours", "1 working days", "5 working days", "3 calendar days", "15 calendar days")
NOON = datetime(2026, 11, 3, 10, tzinfo=OFFICE_ZONE)
MINUTE = timedelta(minutes=1)

places = st.sampled_from(sorted(CALENDARS))
minutes = st.datetimes(datetime(2025, 12, 1), datetime(2027, 2, 20)).map(
    lambda at: at.replace(second=0, microsecond=0, tzinfo=OFFICE_ZONE)
)
countings = st.sampled_from(list(Counting))
terms = st.sampled_from(TERMS)
spells = st.lists(st.tuples(minutes, st.integers(0, 12_000)), max_size=3)
units = st.sampled_from([TermUnit.HOURS, TermUnit.WORKING_DAYS, TermUnit.CALENDAR_DAYS])


def stops_of(spells: list[tuple[datetime, int]]) -> list[Stop]:
    return [Stop(StopKind.SUPPLEMENT, since, since + length * MINUTE) for since, length in spells]


def in_hours(calendar: WorkingCalendar, at: datetime) -> bool:
    return any(start <= at.time() <= end for start, end in calendar.spans(at.date()))


@settings(max_examples=150, deadline=None)
@given(places, minutes, terms, countings, spells)
def test_the_fast_count_is_the_slow_one(
    place: tuple[str, str], received: datetime, term: str, counting: Counting, spells: list[tuple[datetime, int]]
) -> None:
    stops = stops_of(spells)
    pauses = [(s.since, s.until) for s in stops if s.until is not None]
    slow = SlowCase(received, term, *place, counting.value, None, pauses)
    assert due(CALENDARS[place], received, parse_term(term), counting, stops=stops).due_at == slow.due()


@settings(max_examples=200, deadline=None)
@given(places, minutes, terms, countings, spells)
def test_a_return_date_is_never_on_a_day_off_nor_while_the_clock_stands_still(
    place: tuple[str, str], received: datetime, term: str, counting: Counting, spells: list[tuple[datetime, int]]
) -> None:
    calendar, stops = CALENDARS[place], stops_of(spells)
    answer = due(calendar, received, parse_term(term), counting, stops=stops)
    assert in_hours(calendar, answer.due_at)
    assert answer.due_at >= answer.starts_at >= received
    # A minute that was counted ends where a stop begins.
    assert not any(s.since < answer.due_at < (s.until or s.since) for s in stops)
    assert len({s.day for s in answer.skipped}) == len(answer.skipped)


@settings(max_examples=150, deadline=None)
@given(places, minutes, st.integers(1, 4000), terms, countings, spells)
def test_who_comes_later_is_never_served_earlier(
    place: tuple[str, str],
    received: datetime,
    later: int,
    term: str,
    counting: Counting,
    spells: list[tuple[datetime, int]],
) -> None:
    def of(at: datetime) -> datetime:
        return due(CALENDARS[place], at, parse_term(term), counting, stops=stops_of(spells)).due_at

    assert of(received) <= of(received + later * MINUTE)


@settings(max_examples=150, deadline=None)
@given(places, minutes, units, st.integers(1, 40), countings, spells)
def test_a_longer_term_never_ends_earlier(
    place: tuple[str, str],
    received: datetime,
    unit: TermUnit,
    value: int,
    counting: Counting,
    spells: list[tuple[datetime, int]],
) -> None:
    shorter, longer = (
        due(CALENDARS[place], received, Term(n, unit), counting, stops=stops_of(spells)).due_at
        for n in (value, value + 1)
    )
    assert shorter <= longer


@settings(max_examples=150, deadline=None)
@given(places, minutes, terms, countings, minutes, st.integers(0, 12_000))
def test_waiting_never_makes_the_date_earlier_and_no_time_of_it_changes_nothing(
    place: tuple[str, str], received: datetime, term: str, counting: Counting, since: datetime, length: int
) -> None:
    def of(*stops: Stop) -> Due:
        return due(CALENDARS[place], received, parse_term(term), counting, stops=stops)

    plain = of()
    assert plain.due_at <= of(Stop(StopKind.PAYMENT, since, since + length * MINUTE)).due_at
    nothing = of(Stop(StopKind.PAYMENT, since, since))
    assert replace(nothing, stops=()) == plain


@settings(max_examples=100, deadline=None)
@given(places, minutes, terms, countings, minutes, st.integers(0, 9000), st.integers(0, 9000))
def test_one_long_wait_is_two_that_meet(
    place: tuple[str, str], received: datetime, term: str, counting: Counting, since: datetime, first: int, then: int
) -> None:
    middle, until = since + first * MINUTE, since + (first + then) * MINUTE
    whole = [Stop(StopKind.SUPPLEMENT, since, until)]
    parts = [Stop(StopKind.SUPPLEMENT, middle, until), Stop(StopKind.SUPPLEMENT, since, middle)]
    calendar = CALENDARS[place]
    one, two = (due(calendar, received, parse_term(term), counting, stops=stops) for stops in (whole, parts))
    assert (one.due_at, one.skipped) == (two.due_at, two.skipped)


@settings(max_examples=100, deadline=None)
@given(places, minutes, st.integers(1, 20), st.integers(1, 20), countings)
def test_working_days_of_an_extension_are_added_to_the_term(
    place: tuple[str, str], received: datetime, value: int, more: int, counting: Counting
) -> None:
    def days(count: int) -> Term:
        return Term(count, TermUnit.WORKING_DAYS)

    calendar = CALENDARS[place]
    extended = due(calendar, received, days(value), counting, extension=days(more))
    assert extended.before_extension == due(calendar, received, days(value), counting).due_at
    assert extended.due_at == due(calendar, received, days(value + more), counting).due_at


@settings(max_examples=100, deadline=None)
@given(places, minutes, terms, countings, st.integers(0, 9000))
def test_a_dossier_of_another_agency_counts_as_received_there(
    place: tuple[str, str], received: datetime, term: str, counting: Counting, later: int
) -> None:
    competent_at = received + later * MINUTE
    there = due(CALENDARS[place], received, parse_term(term), counting, competent_at=competent_at)
    own = due(CALENDARS[place], competent_at, parse_term(term), counting)
    assert (there.starts_at, there.due_at, there.skipped) == (own.starts_at, own.due_at, own.skipped)


def test_the_order_of_the_packs_does_not_matter() -> None:
    files = [read_calendar(shipped_pack("calendar.toml")), *map(a_pack, ("no-swap", "tet-notice", "storm"))]
    for name in ("saturday-counts", "summer"):
        packs = [layered(order) for order in permutations([*files, a_pack(name)])]
        assert len({pack.fingerprint for pack in packs}) == 1
        days = [date(2026, 1, 1) + timedelta(days=n) for n in range(500)]
        seen = {tuple(pack.calendar(POLICE).spans(day) for day in days) for pack in packs[::40]}
        assert len(seen) == 1


def test_two_packs_of_one_rank_that_disagree_are_refused() -> None:
    storm = a_pack("storm")
    other = replace(storm, name="other.toml", days=tuple(replace(d, kind="work") for d in storm.days[:1]))
    with pytest.raises(PackError) as caught:
        layered([storm, other])
    assert caught.value.details["key"] == "day 2026-09-14"
    newer = replace(other, issued_on=date(2026, 9, 13))
    assert layered([storm, newer]).calendar().is_working(date(2026, 9, 14))


def test_what_cannot_be_counted_is_refused() -> None:
    calendar, term = CALENDARS["", "Hộ tịch"], parse_term("3 working days")
    with pytest.raises(StillWaitingError):
        due(calendar, NOON, term, stops=[Stop(StopKind.PAYMENT, NOON)])
    with pytest.raises(ClockOrderError):
        due(calendar, NOON, term, stops=[Stop(StopKind.PAYMENT, NOON, NOON - MINUTE)])
    with pytest.raises(ClockOrderError):
        due(calendar, NOON, term, competent_at=NOON - MINUTE)
    with pytest.raises(ExtensionTermError):
        due(calendar, NOON, term, extension=parse_term("same day"))
