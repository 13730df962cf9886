"""The office's day by the clock alone: mornings and days end once, late where a PC was off, never by a wrong clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from fakes import FakeOffice
from samples import KIOSK, NOON, OFFICE, OFFICER

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.event import Actor
from kiosk.domain.job import Wing
from kiosk.domain.office import Leftover, Office
from kiosk.domain.office_day import DayEnds, day_ends
from kiosk.domain.ticket import PrintState, Ticket
from kiosk.services import counters, queueing
from kiosk.services.clock_trust import ClockTrust
from kiosk.services.closing import Closed, close_day
from kiosk.services.office_round import Hours, end_what_is_due, settle_papers

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
TET = {date(2027, 2, 4) + n * DAY: "Tết Nguyên đán" for n in range(7)}  # Thursday to Wednesday
CALENDAR = WorkingCalendar(days_off=TET)
HOURS = Hours([CALENDAR], CALENDAR)
PC, OTHER_PC = Actor("", "ban-1"), Actor("", "ban-2")
CARRY = replace(OFFICE, day_end=Leftover.CARRY)
EVENING = NOON.replace(hour=18, minute=0)  # an hour after the desk has closed


def issue(office: FakeOffice, touch: str, now: datetime) -> Ticket:
    return queueing.issue_ticket(office.units(), OFFICE, "ho-tich", actor=KIOSK, now=now, touch=touch)


def look(office: FakeOffice, now: datetime, facts: Office = OFFICE, pc: Actor = PC) -> tuple[Closed, ...]:
    return end_what_is_due(office.units, office.units, facts, HOURS, actor=pc, now=now)


def ends(office: FakeOffice, kind: str = "queue.day_closed") -> list[str]:
    return [e.data["day"] for e in office.shelf.events if e.kind == kind]


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), OFFICE_ZONE)


def test_hours_are_those_of_all_lines_together() -> None:
    through_lunch = WorkingCalendar(hours={0: ((time(11), time(14)),)})
    monday, saturday = NOON.date(), NOON.date() + 5 * DAY
    assert day_ends([CALENDAR], monday) == DayEnds(at(monday, 11, 30), at(monday, 13, 30), at(monday, 17))
    assert day_ends([CALENDAR, through_lunch], monday) == DayEnds(None, None, at(monday, 17))
    police = WorkingCalendar(reception={5: ((time(7, 30), time(11)),)})
    assert day_ends([CALENDAR, police], saturday) == DayEnds(None, None, at(saturday, 11))
    assert day_ends([CALENDAR], saturday) == DayEnds()


def test_the_day_ends_once_however_many_stations_look() -> None:
    office = FakeOffice()
    issue(office, "t", NOON)
    assert look(office, EVENING - MINUTE) == (), "who came in time is still being served"
    looks = [look(office, EVENING + n * MINUTE, pc=pc) for n in range(30) for pc in (PC, OTHER_PC)]
    assert [closed for each in looks for closed in each] == [Closed(NOON.date(), expired=("A001",))]
    assert ends(office) == ["2026-11-23"]


def test_a_day_without_numbers_leaves_nothing_in_the_log() -> None:
    office = FakeOffice()
    assert look(office, EVENING) == ()
    assert office.shelf.events == []


def test_the_day_goes_on_while_a_citizen_is_at_a_counter_until_midnight() -> None:
    office = FakeOffice()
    issue(office, "a", NOON)
    issue(office, "b", NOON)
    held = queueing.call_next(office.units(), OFFICE, "1", actor=OFFICER, now=EVENING)
    assert look(office, EVENING + MINUTE) == ()
    queueing.finish(office.units(), held.key, actor=OFFICER, now=EVENING + 2 * MINUTE)
    assert [c.expired for c in look(office, EVENING + 3 * MINUTE)] == [("A002",)]

    forgotten = FakeOffice()
    issue(forgotten, "a", NOON)
    queueing.call_next(forgotten.units(), OFFICE, "1", actor=OFFICER, now=EVENING)
    midnight = at(NOON.date() + DAY, 0)
    assert look(forgotten, midnight - MINUTE) == ()
    assert [(c.day, c.forced) for c in look(forgotten, midnight)] == [(NOON.date(), ("A001",))]


@pytest.mark.parametrize(("office_rule", "carried"), [(OFFICE, False), (CARRY, True)])
def test_a_pc_that_was_off_at_closing_time_ends_the_day_in_the_morning(office_rule: Office, carried: bool) -> None:
    office = FakeOffice()
    kept = issue(office, "t", NOON)
    counters.pause_counter(office.units(), OFFICE, "2", actor=OFFICER, now=NOON)
    morning = at(NOON.date() + DAY, 7, 10)
    [closed] = look(office, morning, office_rule)
    assert closed.day == NOON.date()
    assert (closed.carried, closed.expired) == ((("A001",), ()) if carried else ((), ("A001",)))
    assert office.shelf.tickets[kept.key].serve_day == (NOON.date() + DAY if carried else NOON.date())
    assert office.shelf.pauses == {}, "yesterday's pause does not hold today's counter"
    assert look(office, morning + MINUTE, office_rule) == ()


def test_three_days_of_uptime_end_three_days() -> None:
    office, now = FakeOffice(), NOON
    while now < NOON + 3 * DAY:
        if 8 <= now.hour < 17:
            issue(office, now.isoformat(), now)
        look(office, now)
        now += 30 * MINUTE
    assert ends(office) == ["2026-11-23", "2026-11-24", "2026-11-25"]


def test_before_tet_numbers_go_on_to_the_first_working_morning() -> None:
    office = FakeOffice()
    last = date(2027, 2, 3)
    kept = issue(office, "t", at(last, 16))
    [closed] = look(office, at(last, 18), CARRY)
    assert closed.to == date(2027, 2, 11)
    for n in range(1, 8):
        assert look(office, at(last + n * DAY, 9), CARRY) == (), "nothing ends on a day off"
    assert queueing.call_next(office.units(), CARRY, "1", actor=OFFICER, now=at(date(2027, 2, 11), 8)).key == kept.key


def test_the_29th_of_february_is_a_day_like_any_other() -> None:
    office, leap = FakeOffice(), date(2028, 2, 29)
    assert issue(office, "t", at(leap, 9)).business_day == leap
    assert [c.day for c in look(office, at(leap, 18))] == [leap]
    assert issue(office, "u", at(leap + DAY, 9)).label == "A001"


@pytest.mark.parametrize("back", [10 * MINUTE, DAY, 400 * DAY])
def test_a_clock_set_back_ends_nothing(back: timedelta) -> None:
    office = FakeOffice()
    issue(office, "t", NOON)
    for hours in range(24):
        now = NOON - back + timedelta(hours=hours)
        if now < at(NOON.date(), 18):
            look(office, now)
    assert ends(office) == []
    assert not any(t.state.is_final for t in office.shelf.tickets.values())


def test_at_lunch_the_line_stays_or_ends_by_the_rule_and_only_at_lunch() -> None:
    expire = replace(OFFICE, lunch=Leftover.EXPIRE)
    office = FakeOffice()
    issue(office, "t", NOON)
    assert look(office, at(NOON.date(), 11, 44), expire) == ()
    assert [c.expired for c in look(office, at(NOON.date(), 11, 45), expire)] == [("A001",)]
    issue(office, "early", at(NOON.date(), 13))
    assert look(office, at(NOON.date(), 13, 10), expire) == (), "who comes for the afternoon is not sent away"
    assert ends(office, "queue.morning_closed") == ["2026-11-23"]

    late = FakeOffice()
    issue(late, "t", NOON)
    assert look(late, at(NOON.date(), 13, 30), expire) == (), "a PC that was off at lunch ends nobody's afternoon"

    keep = FakeOffice()
    issue(keep, "t", NOON)
    assert [c.expired for c in look(keep, at(NOON.date(), 12))] == [()]


def test_an_officer_who_closed_the_day_by_hand_leaves_nothing_to_do() -> None:
    office = FakeOffice()
    issue(office, "t", NOON)
    close_day(office.units(), OFFICE, CALENDAR, actor=OFFICER, now=NOON.replace(hour=17, minute=5))
    assert look(office, EVENING) == ()
    again = FakeOffice()
    issue(again, "t", NOON)
    close_day(again.units(), OFFICE, CALENDAR, actor=OFFICER, now=NOON, early=True)
    issue(again, "later", NOON + MINUTE)
    assert [c.expired for c in look(again, EVENING)] == [("A002",)], "an early end is not the end"


def papers(office: FakeOffice, now: datetime, back: timedelta = timedelta(0)) -> tuple[str, ...]:
    return settle_papers(office.units, office.units, actor=PC, now=now, back=back)


def state(office: FakeOffice, ticket: Ticket) -> PrintState:
    return office.shelf.tickets[ticket.key].print_state


def test_a_paper_that_nobody_printed_does_not_stay_pending() -> None:
    office = FakeOffice()
    ticket = issue(office, "t", NOON)
    assert papers(office, NOON + MINUTE) == ()
    assert state(office, ticket) is PrintState.PENDING
    assert papers(office, NOON + 2 * MINUTE) == ("A001",)
    assert state(office, ticket) is PrintState.FAILED
    assert papers(office, NOON + 3 * MINUTE) == ()


def test_a_paper_whose_printing_vanished_is_uncertain_and_may_still_come() -> None:
    office = FakeOffice()
    ticket = issue(office, "t", NOON)
    with office.units() as uow:
        uow.jobs.lease(Wing.PRINT, "dead", NOON, MINUTE)
        uow.commit()
    assert papers(office, NOON + DAY) == (), "yesterday's are looked at only when a PC is switched on"
    assert papers(office, NOON + DAY, back=2 * DAY) == ("A001",)
    assert state(office, ticket) is PrintState.UNCERTAIN
    with office.units() as uow:
        queueing.mark_printed(uow, ticket.key, PrintState.PRINTED, PC, NOON + DAY)
        uow.commit()
    assert state(office, ticket) is PrintState.PRINTED


class Clocks:
    """A wall clock and the machine's own count of seconds, a look each minute."""

    def __init__(self, office: FakeOffice, now: datetime = NOON) -> None:
        self.office, self.now, self.running_s, self.trust = office, now, 0.0, ClockTrust("ban-1")

    def trusted(self, minutes: int = 1) -> bool:
        answer = False
        for _ in range(minutes):
            with self.office.units() as seen:
                answer = self.trust.looks_right(seen, self.now, self.running_s)
            self.now, self.running_s = self.now + MINUTE, self.running_s + 60
        return answer


def test_a_clock_is_believed_after_five_minutes() -> None:
    clocks = Clocks(FakeOffice())
    assert not clocks.trusted(5)
    assert clocks.trusted(1)


@pytest.mark.parametrize("jump", [DAY, -DAY, 6 * MINUTE])
def test_a_clock_that_was_just_set_is_not_believed_at_once(jump: timedelta) -> None:
    clocks = Clocks(FakeOffice())
    clocks.trusted(10)
    clocks.now += jump
    assert not clocks.trusted(5)
    assert clocks.trusted(1)


def test_a_clock_that_runs_ahead_of_the_other_stations_takes_nobodys_number_away() -> None:
    office = FakeOffice()
    clocks = Clocks(office, NOON + DAY)
    for n in range(60):
        issue(office, f"t{n}", NOON + n * MINUTE)  # the kiosk knows the true time
        assert not clocks.trusted(1)
    clocks.now -= DAY
    assert clocks.trusted(7)
