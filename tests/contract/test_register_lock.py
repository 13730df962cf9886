"""A year's register is closed after its last reception, and opened again by the head with a reason and a mark."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from samples import BIRTH, OFFICER, a_desk, an_intake

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.life import NotYourActError, Role
from kiosk.errors import KioskError
from kiosk.services.ports import Units
from kiosk.services.reception import receive_dossier
from kiosk.services.register_lock import (
    RegisterClosedError,
    RegisterOpenError,
    ReopenReasonError,
    StillReceivingError,
    close_year,
    closing_of,
    reopen_year,
    reopenings_of,
)

HOURS = [WorkingCalendar()]
HEAD = replace(OFFICER, roles=frozenset({Role.HEAD}))


def at(hour: int, minute: int = 0, *, day: int = 31, month: int = 12, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=OFFICE_ZONE)


@pytest.fixture(autouse=True)
def catalogue(units: Units) -> None:
    with units() as uow:
        uow.procedures.add(BIRTH)
        uow.commit()


def receive(units: Units, draft: str, now: datetime) -> int:
    slip = receive_dossier(units(), a_desk(), an_intake(draft=draft), actor=OFFICER, now=now).slip
    assert slip is not None
    return slip.number


def test_the_morning_of_the_last_day_is_too_early_and_its_reception_goes_on(units: Units) -> None:
    receive(units, "d-1", at(8))
    for hour in (8, 12, 16):
        with pytest.raises(StillReceivingError) as caught:
            close_year(units(), 2026, actor=HEAD, now=at(hour), calendars=HOURS)
        assert caught.value.details["until"] == "17:00"
    assert receive(units, "d-2", at(16, 30)) == 2
    assert close_year(units(), 2026, actor=HEAD, now=at(17), calendars=HOURS).last == 2


def test_the_longest_open_field_ends_the_years_reception(units: Units) -> None:
    late = replace(HOURS[0], hours={3: ((datetime.min.time().replace(hour=8), datetime.min.time().replace(hour=19)),)})
    with pytest.raises(StillReceivingError):
        close_year(units(), 2026, actor=HEAD, now=at(18), calendars=[*HOURS, late])


def test_on_a_last_day_off_the_book_may_be_closed_at_once(units: Units) -> None:
    """31/12/2028 is a Sunday."""
    receive(units, "d-1", at(9, year=2028, day=29))
    assert close_year(units(), 2028, actor=HEAD, now=at(9, year=2028), calendars=HOURS).count == 1


def test_the_head_opens_it_again_with_a_reason_and_the_book_keeps_the_mark(units: Units) -> None:
    receive(units, "d-1", at(8))
    close_year(units(), 2026, actor=HEAD, now=at(17), calendars=HOURS)
    with pytest.raises(RegisterClosedError):
        receive(units, "d-2", at(18))
    mark = reopen_year(units(), 2026, "Người dân đến muộn", actor=HEAD, now=at(18))
    assert (mark.last, mark.reason, mark.officer) == (1, "Người dân đến muộn", HEAD.officer)
    assert receive(units, "d-2", at(18, 5)) == 2
    again = close_year(units(), 2026, actor=HEAD, now=at(18, 10), calendars=HOURS)
    with units() as look:
        assert closing_of(look, 2026) == again
        assert reopenings_of(look, 2026) == (mark,)
    assert (again.count, again.last) == (2, 2)


def test_every_opening_is_kept(units: Units) -> None:
    for n in range(3):
        close_year(units(), 2026, actor=HEAD, now=at(17, n), calendars=HOURS)
        reopen_year(units(), 2026, f"Lần {n}", actor=HEAD, now=at(18, n))
    with units() as look:
        assert closing_of(look, 2026) is None
        assert [one.reason for one in reopenings_of(look, 2026)] == ["Lần 0", "Lần 1", "Lần 2"]
        assert reopenings_of(look, 2025) == ()


def test_only_the_head_opens_only_what_is_closed_and_only_with_a_reason(units: Units) -> None:
    def refused(failure: type[KioskError], reason: str = "Khóa nhầm", role: Role = Role.HEAD) -> None:
        with pytest.raises(failure):
            reopen_year(units(), 2026, reason, actor=replace(OFFICER, roles=frozenset({role})), now=at(18))

    refused(RegisterOpenError)
    close_year(units(), 2026, actor=HEAD, now=at(17), calendars=HOURS)
    refused(ReopenReasonError, " ")
    refused(NotYourActError, role=Role.RECEPTION)
    with units() as look:
        assert closing_of(look, 2026) is not None
