"""Numbers of the law that are not verified are data with dates in force: how often, and within how many days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from fakes import FakeOffice
from samples import BIRTH, NOON, OFFICE, OFFICER, a_desk, an_intake

from kiosk.catalogue.errors import PackError
from kiosk.catalogue.office_pack import load_office
from kiosk.domain.dossier import SupplementOnceError
from kiosk.domain.limits import Limits, limits_on
from kiosk.services.alarms import AlarmKind, alarms
from kiosk.services.reception import Desk, receive_dossier, request_supplement

TODAY = NOON.date()
SHIPPED = Path("kiosk/catalogue/starter/office.toml")


def desk_with(*rows: Limits) -> Desk:
    return replace(a_desk(), office=replace(OFFICE, limits=rows))


@pytest.fixture
def office() -> FakeOffice:
    office = FakeOffice()
    office.shelf.procedures[BIRTH.code, 1] = BIRTH
    return office


def sent_back(office: FakeOffice, desk: Desk, now: datetime = NOON) -> None:
    receive_dossier(office.units(), desk, an_intake(), actor=OFFICER, now=NOON)
    request_supplement(office.units(), desk, an_intake("tp-1"), "Thiếu giấy", actor=OFFICER, now=now)


def test_the_newest_row_in_force_decides() -> None:
    later = Limits(2, 5, 2, date(2027, 1, 1), "NĐ mới")
    assert limits_on((), TODAY) == Limits() == limits_on((later,), date(2026, 12, 31))
    assert limits_on((later, replace(later, supplements=3, valid_from=date(2028, 1, 1))), date(2027, 6, 1)) == later


def test_one_supplement_is_allowed_unless_a_row_in_force_says_more(office: FakeOffice) -> None:
    sent_back(office, a_desk())
    with pytest.raises(SupplementOnceError):
        sent_back(office, a_desk())
    twice = desk_with(Limits(supplements=2, valid_from=TODAY, basis="NĐ mới"))
    sent_back(office, twice)
    with pytest.raises(SupplementOnceError) as caught:
        sent_back(office, twice)
    assert caught.value.details["most"] == 2


@pytest.mark.parametrize(("days", "late"), [(0, False), (3, False), (8, True)])
def test_the_log_tells_whether_a_wanting_dossier_went_back_within_three_working_days(
    office: FakeOffice, days: int, late: bool
) -> None:
    """NĐ 61/2018 Điều 19.4. NOON is Monday 23/11/2026."""
    sent_back(office, a_desk(), NOON + timedelta(days=days))
    told = next(e for e in office.shelf.events if e.kind == "dossier.supplement_asked").data
    assert str(told["return_by"]).startswith("2026-11-26T17:00")
    assert told["returned_in_time"] is not late


def test_a_dossier_that_was_never_received_has_no_day_to_go_back(office: FakeOffice) -> None:
    request_supplement(office.units(), a_desk(), an_intake("tp-1"), "Thiếu giấy", actor=OFFICER, now=NOON)
    assert "return_by" not in office.shelf.events[-1].data


def test_the_alarm_sounds_as_many_working_days_before_as_the_row_says(office: FakeOffice) -> None:
    due_at = receive_dossier(office.units(), a_desk(), an_intake(), actor=OFFICER, now=NOON).dossier.due_at
    assert due_at is not None
    now = due_at - timedelta(days=2)
    early = desk_with(Limits(alarm_days=2, valid_from=TODAY, basis="NĐ mới"))
    with office.units() as look:
        assert alarms(look, a_desk(), now) == []
        assert [a.kind for a in alarms(look, early, now)] == [AlarmKind.ENDS]


def test_rows_are_read_from_the_office_file(tmp_path: Path) -> None:
    shipped = SHIPPED.read_text("utf-8")
    path = tmp_path / "office.toml"
    row = '\n[[limits]]\nvalid_from = 2027-01-01\nsupplements = 2\nbasis = "NĐ 1/2027, Điều 5"\n'
    path.write_text(shipped + row, encoding="utf-8")
    assert load_office(path).limits == (Limits(2, 3, 1, date(2027, 1, 1), "NĐ 1/2027, Điều 5"),)
    assert load_office().limits == ()
    for wrong in (row.replace('"NĐ 1/2027, Điều 5"', '" "'), row.replace("= 2\n", "= 0\n"), row + row):
        path.write_text(shipped + wrong, encoding="utf-8")
        with pytest.raises(PackError):
            load_office(path)
