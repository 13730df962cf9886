"""How long a number waits: learnt from the office's own cases, told as a range, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from fakes import FakeOffice
from hypothesis import given
from hypothesis import strategies as st
from samples import KIOSK, NOON, OFFICE, OFFICER

from kiosk.domain.closed_form import closed_form
from kiosk.domain.day_pace import STEADY_CASES
from kiosk.domain.experience import Experience, Past, learn, remember, stay_minutes
from kiosk.domain.order import serving_order
from kiosk.domain.roll_out import roll_out
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.domain.waiting import Calibration, CounterNow, Hall, come_back_at, steadied, told_range
from kiosk.errors import DiskFullError
from kiosk.services import queueing
from kiosk.services.waiting import ESTIMATED, WaitingTimes, hall_of, told_before
from kiosk.services.waiting_error import Told, accuracy, live_error

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def a_ticket(n: int, at: datetime = NOON, group: str = "ho-tich", state: TicketState = TicketState.WAITING) -> Ticket:
    return Ticket(f"k{n}", f"A{n:03d}", "A", n, 1, NOON.date(), group, "", at, at, f"t{n}", state)


def served(n: int, begun: datetime, minutes: float, group: str = "ho-tich", counter: str = "1") -> Ticket:
    ticket = a_ticket(n, begun - 30 * MINUTE, group, TicketState.FINISHED)
    ticket.first_called_at = ticket.last_called_at = begun
    ticket.serving_at, ticket.counter = begun, counter
    ticket.ended_at = begun + minutes * MINUTE
    return ticket


def an_experience(minutes: float = 10, cases: int = 40) -> Experience:
    return learn(remember([served(n, NOON - timedelta(days=1), minutes) for n in range(cases)], 1), [], NOON)


def a_hall(waiting: Sequence[Ticket], *counters: CounterNow, **more: object) -> Hall:
    def order(tickets: Sequence[Ticket], at: datetime) -> list[Ticket]:
        return serving_order(tickets, at, OFFICE.order_rule)

    places = counters or (CounterNow("1", frozenset({"ho-tich"})),)
    return replace(Hall(NOON, tuple(waiting), places, order), **more)  # type: ignore[arg-type]


def mean(draws: Sequence[float]) -> float:
    return sum(draws) / len(draws)


def test_nobody_waits_while_their_counter_is_free() -> None:
    mine = a_ticket(1)
    assert closed_form(a_hall([mine]), an_experience(), mine) == 0
    assert set(roll_out(a_hall([mine]), an_experience(), mine)) == {0.0}


def test_each_person_ahead_costs_one_case_of_the_counter() -> None:
    line = [a_ticket(n, NOON + n * timedelta(seconds=1)) for n in range(5)]
    waits = roll_out(a_hall(line), an_experience(10), line[-1])
    assert mean(waits) == pytest.approx(40, rel=0.25)
    told = closed_form(a_hall(line), an_experience(10), line[-1])
    assert told == pytest.approx(40, rel=0.25)


def test_only_counters_that_serve_the_line_count() -> None:
    line = [a_ticket(n, NOON + n * timedelta(seconds=1)) for n in range(4)]
    alone = a_hall(line, CounterNow("1", frozenset({"ho-tich"})), CounterNow("2", frozenset({"chung-thuc"})))
    shared = a_hall(line, CounterNow("1", frozenset({"ho-tich"})), CounterNow("2", frozenset({"ho-tich"})))
    known, mine = an_experience(), line[-1]
    assert mean(roll_out(alone, known, mine)) > 1.6 * mean(roll_out(shared, known, mine))
    assert (closed_form(alone, known, mine) or 0) > 1.6 * (closed_form(shared, known, mine) or 99)


def test_the_formula_keeps_lines_apart_that_share_no_counter() -> None:
    mine = a_ticket(1)
    crowd = [a_ticket(n, NOON - n * MINUTE, "chung-thuc") for n in range(2, 30)]
    busy = CounterNow("1", frozenset({"ho-tich"}), "ho-tich", NOON)
    apart = a_hall([mine, *crowd], busy, CounterNow("2", frozenset({"chung-thuc"})))
    assert closed_form(apart, an_experience(10), mine) == pytest.approx(5, rel=0.2)
    together = a_hall([mine, *crowd], replace(busy, groups=frozenset({"ho-tich", "chung-thuc"})))
    assert (closed_form(together, an_experience(10), mine) or 0) > 250


def test_a_line_that_no_counter_serves_has_no_estimate() -> None:
    lost = a_ticket(1, group="chung-thuc")
    assert roll_out(a_hall([lost]), an_experience(), lost) == ()
    assert closed_form(a_hall([lost]), an_experience(), lost) is None


def test_an_announced_pause_and_lunch_are_waited_for() -> None:
    mine = a_ticket(1)
    paused = CounterNow("1", frozenset({"ho-tich"}), away_until=NOON + 12 * MINUTE)
    assert mean(roll_out(a_hall([mine], paused), an_experience(), mine)) == pytest.approx(12)
    lunch = a_hall([mine], closed=((NOON - MINUTE, NOON + 90 * MINUTE),))
    assert mean(roll_out(lunch, an_experience(), mine)) == pytest.approx(90)


def test_a_case_that_runs_long_is_not_expected_to_end_at_the_mean() -> None:
    past = [served(n, NOON - timedelta(days=1), 5 if n % 4 else 45) for n in range(80)]
    known, mine = learn(remember(past, 1), [], NOON), a_ticket(1)
    busy = CounterNow("1", frozenset({"ho-tich"}), "ho-tich", NOON - 20 * MINUTE)
    assert mean(roll_out(a_hall([mine], busy), known, mine)) == pytest.approx(25, abs=4)


def test_people_with_priority_who_may_still_come_are_counted_in() -> None:
    line = [a_ticket(n, NOON + n * timedelta(seconds=1)) for n in range(4)]
    quiet = an_experience()
    lively = replace(quiet, priority_per_min={NOON.hour: 0.2}, mix=(("ho-tich", "cao-tuoi"),))
    with_classes = a_hall(line, head_starts={"cao-tuoi": 20 * MINUTE})
    assert mean(roll_out(with_classes, lively, line[-1])) > mean(roll_out(with_classes, quiet, line[-1])) + 10


def test_a_ticket_meant_for_one_counter_waits_for_that_one() -> None:
    mine = replace(a_ticket(1), for_counter="2")
    counters = (
        CounterNow("1", frozenset({"ho-tich"})),
        CounterNow("2", frozenset({"chung-thuc"}), away_until=NOON + 7 * MINUTE),
    )
    assert mean(roll_out(a_hall([mine], *counters), an_experience(), mine)) == pytest.approx(7)


@given(st.integers(0, 12), st.integers(1, 4), st.integers(0, 3))
def test_a_longer_line_never_waits_less(ahead: int, counters: int, more: int) -> None:
    places = [CounterNow(str(n), frozenset({"ho-tich"})) for n in range(counters)]
    line = [a_ticket(n, NOON + n * timedelta(seconds=1)) for n in range(ahead + more + 1)]
    known = an_experience()
    shorter = closed_form(a_hall(line[: ahead + 1], *places), known, line[ahead])
    longer = closed_form(a_hall(line, *places), known, line[-1])
    assert shorter is not None
    assert longer is not None
    assert longer >= shorter
    waits = roll_out(a_hall(line, *places), known, line[-1], 5)
    assert len(waits) == 5
    assert min(waits) >= 0


def test_a_new_line_borrows_from_the_office_until_it_has_cases_of_its_own() -> None:
    past = [served(n, NOON - timedelta(days=1), 10) for n in range(60)]
    few = [served(100 + n, NOON - timedelta(days=1), 40, "chung-thuc") for n in range(2)]
    known = learn(remember([*past, *few], 1), [], NOON)
    assert known.durations("ho-tich").mean == pytest.approx(10, abs=0.3)
    assert 14 < known.durations("chung-thuc").mean < 22
    assert known.durations("never seen").mean == pytest.approx(11, abs=0.5)


def test_a_slow_day_is_noticed_carefully() -> None:
    past = remember([served(n, NOON - timedelta(days=1), 10) for n in range(60)], 1)
    assert learn(past, [], NOON).day_factor == 1
    slow = learn(past, [served(200 + n, NOON, 20) for n in range(20)], NOON + 2 * HOUR)
    assert slow.day_factor == pytest.approx((20 * 20 + past.steady * 10) / (20 * 10 + past.steady * 10))


def test_the_first_hour_is_not_judged_by_its_short_cases_alone() -> None:
    """Of every two cases one takes 2 minutes and one 30; ten minutes after the doors open only the short ones ended."""
    lengths = (2, 30)
    past = remember([served(n, NOON - timedelta(days=1), lengths[n % 2]) for n in range(100)], 1)
    ended = [served(200 + n, NOON, 2) for n in range(5)]
    lasting = [replace(served(300 + n, NOON, 30), state=TicketState.SERVING, ended_at=None) for n in range(5)]
    assert learn(past, [*ended, *lasting], NOON + 10 * MINUTE).day_factor == pytest.approx(1)
    assert learn(past, ended, NOON + HOUR).day_factor < 0.9  # a fast day, once an hour has gone by
    overdue = learn(past, [*ended, *lasting], NOON + 50 * MINUTE)
    assert overdue.day_factor > 1.1  # they should have ended twenty minutes ago


def days_of(paces: Sequence[float]) -> list[Ticket]:
    """Thirty cases of 5 or 15 minutes a day, times the day's pace."""
    found: list[Ticket] = []
    for day, pace in enumerate(paces):
        begun = NOON - timedelta(days=1 + day)
        cases = (served(100 * day + n, begun, (5, 15)[n % 2] * pace) for n in range(30))
        found += (replace(one, business_day=begun.date(), serve_day=begun.date()) for one in cases)
    return found


def test_an_office_whose_days_differ_believes_its_morning_sooner() -> None:
    even, uneven = remember(days_of([1.0] * 14), 14), remember(days_of([0.6, 1.4] * 7), 14)
    assert uneven.steady < even.steady / 3
    assert remember(days_of([1.0])[:10], 1).steady == STEADY_CASES  # ten cases say nothing of days


def test_pauses_between_cases_are_learnt_but_a_quiet_counter_is_no_pause() -> None:
    waited_for = [served(1, NOON, 5), served(2, NOON + 6 * MINUTE, 5)]
    quiet = served(3, NOON + 40 * MINUTE, 5)
    quiet.issued_at = NOON + 39 * MINUTE
    assert learn(Past(), [*waited_for, quiet], NOON + HOUR).gaps == (1.0,)


def gone(n: int, waited: float, state: TicketState) -> Ticket:
    """Left, or called in vain, after so many minutes of waiting."""
    ticket = a_ticket(n, NOON - timedelta(days=1), state=state)
    ticket.ended_at = ticket.issued_at + waited * MINUTE
    if state is TicketState.NO_SHOW:
        ticket.first_called_at = ticket.last_called_at = ticket.ended_at
        ticket.counter, ticket.ended_at = "1", ticket.ended_at + MINUTE
    return ticket


def test_who_gives_up_shortens_the_wait_of_those_behind() -> None:
    cases = [served(n, NOON - timedelta(days=1), 10) for n in range(40)]  # who each waited half an hour
    leavers = [gone(100 + n, 20, TicketState.LEFT) for n in range(20)]
    stay, go = learn(remember(cases, 1), [], NOON), learn(remember([*cases, *leavers], 1), [], NOON)
    assert stay.leave_per_min == 0
    assert go.leave_per_min == pytest.approx(20 / (40 * 30 + 20 * 20 + 120))
    ahead, mine = [a_ticket(n, NOON - MINUTE) for n in range(1, 9)], a_ticket(99)
    hall = a_hall([*ahead, mine])
    assert mean(roll_out(hall, go, mine, draws=200)) < 0.85 * mean(roll_out(hall, stay, mine, draws=200))


def test_who_waited_long_is_more_often_called_in_vain() -> None:
    soon = [gone(n, 5, TicketState.NO_SHOW) for n in range(5)]
    late = [gone(100 + n, 60, TicketState.NO_SHOW) for n in range(45)]
    came = [served(200 + n, NOON - timedelta(days=1), 10) for n in range(50)]
    known = learn(remember([*soon, *late, *came], 1), [], NOON)
    assert known.patience.slope > 0.003
    assert known.patience.more(known.patience.usual_min) == 0
    assert learn(remember(came, 1), [], NOON).patience.slope == 0
    long_ago = [a_ticket(n, NOON - 80 * MINUTE) for n in range(1, 9)]
    just_now = [a_ticket(n, NOON - MINUTE) for n in range(1, 9)]
    mine = a_ticket(99)
    waits = [mean(roll_out(a_hall([*ahead, mine]), known, mine, draws=200)) for ahead in (long_ago, just_now)]
    assert waits[0] < 0.8 * waits[1]


def test_time_set_aside_is_not_time_at_the_counter() -> None:
    ticket = served(1, NOON, 30)
    ticket.last_called_at = NOON + 25 * MINUTE
    ticket.serving_at = NOON + 26 * MINUTE
    assert stay_minutes(ticket) == pytest.approx(5)
    recalled = served(2, NOON, 9)
    recalled.last_called_at, recalled.serving_at = NOON + MINUTE, NOON + 2 * MINUTE
    assert stay_minutes(recalled) == pytest.approx(9)


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (0, 0, (0, 5)),
        (0, 4.9, (0, 5)),
        (1.4, 7.2, (1, 8)),
        (12, 18, (10, 20)),
        (9.7, 10.2, (9, 15)),
        (61, 83, (60, 85)),
    ],
)
def test_ranges_are_told_in_steps_and_never_narrower(low: float, high: float, told: tuple[int, int]) -> None:
    assert told_range(low, high) == told


@given(st.floats(0, 300), st.floats(0, 100))
def test_what_is_told_always_holds_the_range(low: float, width: float) -> None:
    first, last = told_range(low, low + width)
    assert first <= low
    assert last >= low + width
    assert first < last


def test_over_an_hour_is_told_as_a_time_to_be_back() -> None:
    assert come_back_at((15, 25), NOON) is None
    assert come_back_at((65, 90), NOON.replace(minute=3)) == NOON.replace(minute=50)


def test_a_screen_falls_at_once_and_rises_one_step_in_two_minutes() -> None:
    assert steadied((10, 20), (5, 8), MINUTE) == (5, 8)
    assert steadied((10, 20), (30, 60), MINUTE) == (10, 20)
    assert steadied((10, 20), (30, 60), 2 * MINUTE) == (15, 25)
    assert steadied((10, 20), (30, 60), 60 * MINUTE) == (30, 60)


def test_the_range_learns_from_its_own_misses() -> None:
    known = Calibration()
    for n in range(200):
        known.learn(14, 14 + (n % 21 - 10), priority=False)  # misses from -10 to +10, evenly
    made = known.range_of(14, priority=False)
    assert made.low == pytest.approx(6, abs=1.1)
    assert made.high == pytest.approx(22, abs=1.1)
    assert known.range_of(14, priority=True) == made  # too few of its own: borrows
    for n in range(200):
        known.learn(14, 14 + (n % 3 - 1), priority=True)
    assert known.range_of(14, priority=True).high < 16


# --- the service ---


def filled_office(finished: int) -> FakeOffice:
    office = FakeOffice()
    for n in range(finished):
        key = issue(office, f"past{n}", NOON - timedelta(days=1) + n * 6 * MINUTE).key
        now = NOON - timedelta(days=1) + n * 6 * MINUTE
        queueing.call_next(office.units(), OFFICE, "1", actor=OFFICER, now=now)
        queueing.finish(office.units(), key, actor=OFFICER, now=now + 5 * MINUTE)
    return office


def issue(office: FakeOffice, touch: str, now: datetime, priority: str = "") -> Ticket:
    return queueing.issue_ticket(
        office.units(), OFFICE, "ho-tich", actor=KIOSK, now=now, touch=touch, priority=priority
    )


def test_with_fewer_than_twenty_cases_no_minutes_are_told() -> None:
    office = filled_office(19)
    waits = WaitingTimes(OFFICE, office.units, office.units)
    mine = issue(office, "mine", NOON)
    assert waits.tell(mine, actor=KIOSK, now=NOON) is None
    assert all(e.kind != ESTIMATED for e in office.shelf.events)


def test_what_is_told_first_stays_on_screen_and_paper() -> None:
    office = filled_office(25)
    waits = WaitingTimes(OFFICE, office.units, office.units)
    for n in range(4):
        issue(office, f"before{n}", NOON)
    mine = issue(office, "mine", NOON)
    told = waits.tell(mine, actor=KIOSK, now=NOON)
    assert told is not None
    assert told[0] < 20 < told[1] + 5
    assert waits.tell(mine, actor=KIOSK, now=NOON + 15 * MINUTE) == told
    assert sum(e.kind == ESTIMATED for e in office.shelf.events) == 1
    with office.units() as look:
        assert told_before(look, mine.key) == told


def test_a_full_disk_costs_the_record_not_the_answer() -> None:
    office = filled_office(25)
    waits = WaitingTimes(OFFICE, office.units, office.units)
    mine = issue(office, "mine", NOON)
    office.fail_commit = DiskFullError()
    assert waits.tell(mine, actor=KIOSK, now=NOON) is not None


def test_a_number_that_waits_no_more_is_told_nothing() -> None:
    office = filled_office(25)
    mine = issue(office, "mine", NOON)
    queueing.call_next(office.units(), OFFICE, "1", actor=OFFICER, now=NOON)
    assert WaitingTimes(OFFICE, office.units, office.units).tell(mine, actor=KIOSK, now=NOON) is None


def test_an_officer_who_lets_people_wait_counts_as_away() -> None:
    office = filled_office(3)
    issue(office, "waits", NOON)
    with office.units() as look:
        today = look.tickets.of_day(NOON.date())
        fresh = hall_of(look, OFFICE, today, NOON + MINUTE)
        later = hall_of(look, OFFICE, today, NOON + 10 * MINUTE)
        much_later = hall_of(look, OFFICE, today, NOON + 50 * MINUTE)
    assert fresh.counters[0].is_free(fresh.now)
    assert later.counters[0].away_until == NOON + 18 * MINUTE
    assert (much_later.counters[0].away_until or NOON) > NOON + timedelta(hours=3)


def test_the_live_error_compares_what_was_told_with_what_happened() -> None:
    office = filled_office(25)
    waits = WaitingTimes(OFFICE, office.units, office.units)
    numbers = [issue(office, f"n{n}", NOON) for n in range(4)]
    for one in numbers:
        waits.tell(one, actor=KIOSK, now=NOON)
    for n in range(4):
        called = queueing.call_next(office.units(), OFFICE, "1", actor=OFFICER, now=NOON + n * 5 * MINUTE)
        queueing.finish(office.units(), called.key, actor=OFFICER, now=NOON + (n * 5 + 4.9) * MINUTE)
    found = live_error(office.units(), NOON.date(), NOON.date())
    assert found.numbers == 3  # the first was called at once
    assert found.mae is not None
    assert found.mae < 4
    assert found.covered == 1
    assert live_error(office.units(), NOON.date() + timedelta(days=1), NOON.date() + timedelta(days=9)).numbers == 0


def test_the_hall_is_told_what_a_number_taken_now_would_wait() -> None:
    office = filled_office(25)
    waits = WaitingTimes(OFFICE, office.units, office.units)
    assert waits.for_comers(NOON)["ho-tich"].told[0] == 0
    for n in range(8):
        issue(office, f"n{n}", NOON)
    made = waits.for_comers(NOON)
    assert set(made) == {"ho-tich", "chung-thuc"}
    assert 30 < made["ho-tich"].minutes < 50
    assert made["chung-thuc"].minutes < 5, "counter 2 serves that line alone"
    assert len(office.shelf.tickets) == 33, "nobody was given a number"
    assert all(e.kind != ESTIMATED for e in office.shelf.events)
    assert WaitingTimes(OFFICE, FakeOffice().units, FakeOffice().units).for_comers(NOON) == {}


def test_an_estimate_worse_than_the_plain_one_is_reported() -> None:
    assert accuracy([Told(20, 40, 30, 50, 22)] * 60).is_worse_than_plain
    assert not accuracy([Told(20, 40, 30, 50, 22)] * 10).is_worse_than_plain
    assert not accuracy([Told(20, 21, 15, 30, 28)] * 60).is_worse_than_plain
    assert accuracy([]).mae is None


def test_yesterdays_misses_shape_todays_range() -> None:
    office = filled_office(25)
    yesterday = NOON - timedelta(days=1) + timedelta(hours=4)
    waits = WaitingTimes(OFFICE, office.units, office.units)
    mine = issue(office, "y", yesterday)
    waits.tell(mine, actor=KIOSK, now=yesterday)
    queueing.call_next(office.units(), OFFICE, "1", actor=OFFICER, now=yesterday + 9 * MINUTE)
    queueing.finish(office.units(), mine.key, actor=OFFICER, now=yesterday + 12 * MINUTE)
    with office.units() as look:
        seen = waits.look(look, NOON)
    assert len(seen.calibration.lately[False]) == 1
    assert seen.calibration.lately[False][0] > 0
