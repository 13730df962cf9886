"""The return date: golden days of 2025 to 2027, the 15:00 rule, hours, exact hours, Saturday at the police."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue.calendar_pack import CalendarPack, load_calendar_pack
from kiosk.clock import OFFICE_ZONE
from kiosk.domain.calendar import NoWorkingDayError, WorkingCalendar
from kiosk.domain.due import Counting, Due, due
from kiosk.domain.procedure import Term, TermUnit
from kiosk.domain.term_words import UnknownTermError, parse_term

PACK: CalendarPack = load_calendar_pack()
OFFICE = PACK.calendar("Hộ tịch")
POLICE = PACK.calendar("Đăng ký, quản lý cư trú")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


def promised(received: str, term: str, calendar: WorkingCalendar = OFFICE) -> Due:
    return due(calendar, at(received), parse_term(term))


@pytest.mark.parametrize(
    ("received", "term", "due_at"),
    [
        ("2025-12-31T09:00", "5 working days", "2026-01-09T17:00"),  # 1/1, and 2/1 swapped for Saturday 10/1
        ("2026-01-09T09:00", "1 working day", "2026-01-10T17:00"),  # the make-up Saturday counts
        ("2026-02-13T15:30", "3 working days", "2026-02-25T17:00"),  # Tết 16 to 20/2
        ("2026-02-12T09:00", "1 ngày làm việc", "2026-02-13T17:00"),
        ("2026-11-23T10:00", "1 working day", "2026-11-25T17:00"),  # 24/11 is a holiday from 2026
        ("2025-11-21T10:00", "2 working days", "2025-11-25T17:00"),  # and was none before
        ("2026-11-23T15:00", "same day", "2026-11-23T17:00"),
        ("2026-11-23T15:00:01", "same day", "2026-11-25T17:00"),
        ("2026-11-20T16:59", "same day", "2026-11-23T17:00"),
        ("2026-11-20T12:00", "same day", "2026-11-20T17:00"),
        ("2026-11-20T18:00", "same day", "2026-11-23T17:00"),  # after hours: Monday morning, so Monday
        ("2026-11-21T09:00", "3 working days", "2026-11-27T17:00"),  # Saturday: the clock starts on Monday
        ("2026-11-20T16:00", "8 hours", "2026-11-23T16:30"),
        ("2026-11-23T15:00", "8 giờ", "2026-11-25T15:30"),  # 2 h, then over 24/11
        ("2026-11-20T07:30", "4 hours", "2026-11-20T11:30"),  # a full morning ends in the morning
        ("2026-11-20T11:30", "1 hour", "2026-11-20T14:30"),
        ("2026-11-02T10:00", "15 ngày", "2026-11-17T17:00"),
        ("2026-11-09T10:00", "15 calendar days", "2026-11-25T17:00"),  # ends on 24/11
        ("2026-11-06T10:00", "15 calendar days", "2026-11-23T17:00"),  # ends on a Saturday
        ("2026-04-24T10:00", "1 working day", "2026-04-28T17:00"),  # Giỗ Tổ on Sunday, Monday in its stead
    ],
)
def test_golden_return_dates(received: str, term: str, due_at: str) -> None:
    assert promised(received, term).due_at == at(due_at)


def test_every_skipped_day_carries_its_reason() -> None:
    reasons = {s.day: s.reason for s in promised("2025-12-31T09:00", "5 working days").skipped}
    assert reasons == {
        date(2026, 1, 1): "Tết Dương lịch",
        date(2026, 1, 2): "Nghỉ hoán đổi với thứ Bảy 10/01/2026",
        date(2026, 1, 3): "Thứ Bảy",
        date(2026, 1, 4): "Chủ nhật",
    }


def test_received_after_hours_starts_at_the_next_opening() -> None:
    assert promised("2026-11-20T17:30", "3 working days").starts_at == at("2026-11-23T07:30")
    assert promised("2026-11-20T06:00", "3 working days").starts_at == at("2026-11-20T07:30")
    assert promised("2026-11-20T12:15", "3 working days").starts_at == at("2026-11-20T13:30")


def test_police_take_papers_in_on_saturday_morning_but_do_not_count_the_day() -> None:
    saturday = promised("2026-11-21T09:00", "3 working days", POLICE)
    assert saturday.starts_at == at("2026-11-21T09:00")
    assert saturday.due_at == at("2026-11-26T17:00")
    over_a_weekend = promised("2026-11-19T09:00", "2 working days", POLICE)
    assert over_a_weekend.due_at == at("2026-11-23T17:00")
    assert "chỉ tiếp nhận" in over_a_weekend.skipped[0].reason


def test_saturday_afternoon_at_the_police_starts_on_monday() -> None:
    assert promised("2026-11-21T14:00", "3 working days", POLICE).starts_at == at("2026-11-23T07:30")


def test_same_day_on_a_reception_only_saturday_is_due_on_monday() -> None:
    assert promised("2026-11-21T09:00", "same day", POLICE).due_at == at("2026-11-23T17:00")


def test_hours_never_run_on_a_reception_only_saturday() -> None:
    answer = promised("2026-11-21T09:00", "1 hour", POLICE)
    assert (answer.starts_at, answer.due_at) == (at("2026-11-23T07:30"), at("2026-11-23T08:30"))


def test_exact_hours_count_whole_days_from_the_minute() -> None:
    answer = due(OFFICE, at("2026-11-19T10:15"), parse_term("2 working days"), Counting.EXACT_HOURS)
    assert answer.due_at == at("2026-11-23T10:15")
    assert answer.counting is Counting.EXACT_HOURS


def test_exact_hours_change_nothing_for_calendar_days() -> None:
    term = parse_term("15 ngày")
    exact = due(OFFICE, at("2026-11-02T10:00"), term, Counting.EXACT_HOURS)
    assert exact.due_at == due(OFFICE, at("2026-11-02T10:00"), term).due_at


def test_another_zone_is_turned_into_the_office_s() -> None:
    late = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)  # 6:30 on the 20th here
    assert due(OFFICE, late, parse_term("same day")).due_at == at("2026-11-20T17:00")


def test_a_naive_instant_is_a_bug() -> None:
    with pytest.raises(ValueError):
        due(OFFICE, datetime(2026, 11, 20, 9), parse_term("same day"))


@pytest.mark.parametrize(
    "term",
    [
        Term(1, None, "1"),
        Term(None, TermUnit.WORKING_DAYS, "theo quy định"),
        Term(0, TermUnit.WORKING_DAYS),
        Term(-3, TermUnit.HOURS),
        Term(99999, TermUnit.CALENDAR_DAYS),
    ],
)
def test_a_term_that_is_not_understood_is_never_guessed(term: Term) -> None:
    with pytest.raises(UnknownTermError):
        due(OFFICE, at("2026-11-20T09:00"), term)


def test_a_calendar_without_working_days_is_told_instead_of_searched_for_ever() -> None:
    closed = WorkingCalendar(hours={})
    for term in ("same day", "1 working day", "1 hour", "1 calendar day"):
        with pytest.raises(NoWorkingDayError):
            due(closed, at("2026-11-20T09:00"), parse_term(term))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("3 working days", 3, TermUnit.WORKING_DAYS),
        ("1 working day", 1, TermUnit.WORKING_DAYS),
        ("03 ngày làm việc", 3, TermUnit.WORKING_DAYS),
        ("Không quá 03 (ba) ngày làm việc, kể từ ngày nhận đủ hồ sơ hợp lệ.", 3, TermUnit.WORKING_DAYS),
        ("8 hours", 8, TermUnit.HOURS),
        ("8 giờ làm việc", 8, TermUnit.HOURS),
        ("15 ngày", 15, TermUnit.CALENDAR_DAYS),
        ("15 calendar days", 15, TermUnit.CALENDAR_DAYS),
        ("same day", None, TermUnit.SAME_DAY),
        ("Ngay trong ngày làm việc", None, TermUnit.SAME_DAY),
        ("3 ngày làm việc", 3, TermUnit.WORKING_DAYS),
    ],
)
def test_terms_are_read_in_both_languages(text: str, value: int | None, unit: TermUnit) -> None:
    term = parse_term(text)
    assert (term.value, term.unit, term.verbatim) == (value, unit, text)


@pytest.mark.parametrize(
    "text",
    ["", "3", "ngày", "3-5 ngày", "1,5 ngày", "2 tháng", "-1 giờ", "0 ngày", "99999 ngày", "3 ngày hoặc 5 giờ", "soon"],
)
def test_other_words_are_no_term(text: str) -> None:
    with pytest.raises(UnknownTermError) as caught:
        parse_term(text)
    assert caught.value.details["verbatim"] == text


@settings(max_examples=150, deadline=None)
@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 6, 1)),
    st.integers(1, 60),
    st.sampled_from(list(TermUnit)),
    st.sampled_from(list(Counting)),
)
def test_a_promise_falls_into_working_hours_after_the_start(
    received: datetime, value: int, unit: TermUnit, counting: Counting
) -> None:
    answer = due(OFFICE, received.replace(tzinfo=OFFICE_ZONE), Term(value, unit), counting)
    assert answer.received_at <= answer.starts_at < answer.due_at or unit is TermUnit.SAME_DAY
    assert OFFICE.is_working(answer.due_at.date())
    assert any(start <= answer.due_at.time() <= end for start, end in OFFICE.spans(answer.due_at.date()))
    assert all(not OFFICE.is_working(s.day) for s in answer.skipped)
    assert len({s.day for s in answer.skipped}) == len(answer.skipped)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2025, 1, 1), date(2027, 1, 1)), st.integers(1, 30))
def test_a_longer_term_is_never_due_earlier(day: date, value: int) -> None:
    received = datetime.combine(day, time(9), OFFICE_ZONE)
    for unit in (TermUnit.WORKING_DAYS, TermUnit.CALENDAR_DAYS, TermUnit.HOURS):
        shorter, longer = (due(OFFICE, received, Term(n, unit)).due_at for n in (value, value + 1))
        assert shorter <= longer
        assert longer - shorter < timedelta(days=15)
