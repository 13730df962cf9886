"""When numbers are given, how many, and what a public screen may say of a dossier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from fakes import FakeOffice
from samples import BIRTH, KIOSK, NOON, OFFICE, OFFICER, a_desk, an_intake

from kiosk.catalogue.errors import PackError
from kiosk.catalogue.office_pack import load_office
from kiosk.clock import OFFICE_ZONE
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.opening import Opening, opening
from kiosk.services.lookup import NoReceiptCodeError, UnknownReceiptError, look_up, receipt_code
from kiosk.services.queueing import issue_ticket
from kiosk.services.quota import GroupFullError, full_groups, refuse_when_full
from kiosk.services.reception import receive_dossier

EARLY = timedelta(minutes=30)
WEEK = WorkingCalendar()


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=OFFICE_ZONE)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (at(23, 8), None),
        (at(23, 7), None),
        (at(23, 6, 59), at(23, 7, 30)),
        (at(23, 12), at(23, 13, 30)),
        (at(23, 13), None),
        (at(23, 17), at(24, 7, 30)),
        (at(27, 18), at(30, 7, 30)),  # Friday evening: Monday
        (at(28, 9), at(30, 7, 30)),
    ],
)
def test_outside_the_hours_the_next_start_of_work_is_told(now: datetime, opens: datetime | None) -> None:
    assert opening([WEEK], now, EARLY) == Opening(opens is None, opens)


def test_one_line_that_takes_papers_in_on_saturday_opens_the_kiosk() -> None:
    police = WorkingCalendar(reception={5: ((time(7, 30), time(11, 30)),)})
    assert opening([WEEK, police], at(28, 9), EARLY).is_open
    assert opening([WEEK, police], at(28, 12), EARLY).opens_at == at(30, 7, 30)


def test_a_holiday_is_closed_all_day() -> None:
    feast = WorkingCalendar(days_off={date(2026, 11, 24): "Ngày nghỉ"})
    assert opening([feast], at(24, 9), EARLY).opens_at == at(25, 7, 30)


def test_an_office_without_any_opening_in_sight_is_closed_without_a_date() -> None:
    assert opening([WorkingCalendar(hours={})], at(24, 9), EARLY) == Opening(False)


def test_a_quota_is_told_and_held_and_begins_anew_each_day() -> None:
    office = replace(OFFICE, groups=(replace(OFFICE.groups[0], daily_quota=2), OFFICE.groups[1]))
    store = FakeOffice()
    for touch in ("t1", "t2"):
        issue_ticket(store.units(), office, "ho-tich", actor=KIOSK, now=NOON, touch=touch)
    with store.units() as look:
        assert full_groups(look, office, NOON) == {"ho-tich"}
        refuse_when_full(look, office, "ho-tich", "t2", NOON)  # its number is given already
        refuse_when_full(look, office, "chung-thuc", "t3", NOON)
        with pytest.raises(GroupFullError):
            refuse_when_full(look, office, "ho-tich", "t3", NOON)
        assert full_groups(look, office, NOON + timedelta(days=1)) == set()


def test_quota_and_early_minutes_are_data_of_the_office(tmp_path: Path) -> None:
    shipped = Path(load_office.__code__.co_filename).parent / "starter" / "office.toml"
    text = shipped.read_text(encoding="utf-8").replace('series = "A"', 'series = "A"\ndaily_quota = 40')
    file = tmp_path / "office.toml"
    file.write_text(text, encoding="utf-8")
    office = load_office(file)
    assert (office.group("ho-tich").daily_quota, office.group("chung-thuc").daily_quota) == (40, 0)
    assert office.kiosk_early_min == 30
    file.write_text(text.replace("daily_quota = 40", "daily_quota = -1"), encoding="utf-8")
    with pytest.raises(PackError):
        load_office(file)


def a_dossier() -> tuple[FakeOffice, str]:
    store = FakeOffice()
    with store.units() as uow:
        uow.procedures.add(BIRTH)
        uow.commit()
    outcome = receive_dossier(store.units(), a_desk(), an_intake(), actor=OFFICER, now=NOON)
    return store, outcome.dossier.key


def test_a_look_up_says_the_step_and_the_date_and_masks_the_name() -> None:
    store, key = a_dossier()
    found = look_up(store.units(), f"https://tra-cuu.example.vn/?ma={key}&x=1")
    assert (found.step, found.owner, found.needs_supplement) == (1, "N***** T** Á**", False)
    assert found.due_at is not None
    for secret in ("Nguyễn", "Ánh", "001195000007", "0912000111", "Thôn 1"):
        assert secret not in repr(found)


def test_a_mistyped_digit_is_caught_before_anything_is_asked() -> None:
    store, key = a_dossier()
    wrong = key[:-1] + str((int(key[-1]) + 1) % 10)
    with pytest.raises(NoReceiptCodeError) as caught:
        look_up(store.units(), wrong)
    assert wrong not in str(caught.value)


def test_a_code_that_nobody_has_names_nobody() -> None:
    with pytest.raises(UnknownReceiptError) as caught:
        look_up(FakeOffice().units(), "261123100073")
    assert caught.value.details == {}


def test_the_official_code_is_read_as_well() -> None:
    assert receipt_code(" h26.107-261123-0001 ") == "H26.107-261123-0001"
