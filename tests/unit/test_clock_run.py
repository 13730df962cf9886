"""The simulated days of `motcua simulate clock`, small: nothing is violated, and what is broken on purpose is seen."""

from __future__ import annotations

from datetime import date, timedelta

from fakes import FakeOffice
from samples import OFFICE

from kiosk.domain.calendar import WorkingCalendar
from kiosk.services.office_round import Hours
from kiosk.services.ports import Units
from kiosk.simulation import clock
from kiosk.simulation.clock import ClockRun

TET = {date(2027, 2, 4) + timedelta(days=n): "Tết Nguyên đán" for n in range(7)}
CALENDAR = WorkingCalendar(days_off=TET)


def a_run(units: Units) -> ClockRun:
    return ClockRun(units, units, OFFICE, Hours([CALENDAR], CALENDAR), timedelta(minutes=30))


def test_days_and_numbers_are_right_whatever_the_clock_does() -> None:
    report = a_run(FakeOffice().units).run()
    assert report.violations == []
    assert len(report.scenes) == 8
    assert report.closed["2028-02-29"] == 1
    assert report.closed["2027-02-03"] == 1
    assert "2027-02-05" not in report.closed, "nothing ends at Tết"


def test_a_number_that_is_given_twice_is_found_out() -> None:
    office = FakeOffice()
    run = a_run(office.units)
    run._switch_on(OFFICE)
    run._issue(clock.MONDAY)
    kept = next(iter(office.shelf.tickets.values()))
    run._issue(clock.MONDAY)
    twin = list(office.shelf.tickets.values())[-1]
    twin.label, twin.n, twin.series = kept.label, kept.n, kept.series
    run._check()
    assert any("given twice" in one for one in run.report.violations)


def test_a_number_that_is_lost_is_found_out() -> None:
    office = FakeOffice()
    run = a_run(office.units)
    run._switch_on(OFFICE)
    run._issue(clock.MONDAY)
    office.shelf.tickets.clear()
    run._issue(clock.MONDAY)
    run._check()
    assert any("1 of 2 numbers" in one for one in run.report.violations)
