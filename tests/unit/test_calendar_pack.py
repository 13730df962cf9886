"""The calendar of an office: package, shipped pack, province's pack; faults of a pack are named."""

from datetime import date
from pathlib import Path

import pytest

from kiosk.catalogue.calendar_pack import load_calendar_pack, public_holidays
from kiosk.catalogue.errors import CalendarRangeError, PackError


def overlay(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "province.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_swap_that_the_package_misses_is_in_the_shipped_pack() -> None:
    calendar = load_calendar_pack().calendar()
    assert not calendar.is_working(date(2026, 1, 2))
    assert calendar.is_working(date(2026, 1, 10))
    assert "10/01/2026" in calendar.reason_off(date(2026, 1, 2))


@pytest.mark.parametrize("day", [date(2025, 4, 26), date(2026, 8, 22)])
def test_make_up_saturdays_are_worked_a_full_day(day: date) -> None:
    calendar = load_calendar_pack().calendar()
    assert calendar.spans(day) == calendar.ordinary_day


def test_national_culture_day_begins_in_2026() -> None:
    calendar = load_calendar_pack().calendar()
    assert calendar.is_working(date(2025, 11, 24))
    assert not calendar.is_working(date(2026, 11, 24))
    assert not calendar.is_working(date(2030, 11, 25)), "a Sunday holiday is made up for on Monday"


def test_days_without_an_official_notice_say_so() -> None:
    assert "(dự kiến)" in load_calendar_pack().calendar().reason_off(date(2027, 2, 8))


def test_an_office_overlay_lies_on_top(tmp_path: Path) -> None:
    pack = load_calendar_pack(
        overlay(
            tmp_path,
            """
            [hours]
            weekdays = ["07:00-11:00", "13:00-17:00"]
            [[day]]
            date = 2026-01-02
            kind = "work"
            reason = "Tỉnh không hoán đổi"
            basis = "CV 1/UBND"
            [[day]]
            date = 2026-05-19
            kind = "off"
            reason = "Mất điện toàn xã"
            basis = "TB 2/UBND"
            """,
        )
    )
    calendar = pack.calendar()
    assert calendar.is_working(date(2026, 1, 2))
    assert calendar.spans(date(2026, 1, 5))[0][0].isoformat("minutes") == "07:00"
    assert calendar.reason_off(date(2026, 5, 19)) == "Mất điện toàn xã"
    assert not calendar.is_working(date(2026, 11, 24)), "the shipped lines below still hold"


def test_an_office_may_count_saturday_mornings(tmp_path: Path) -> None:
    calendar = load_calendar_pack(overlay(tmp_path, "[saturday]\ncounts = true")).calendar("Đăng ký, quản lý cư trú")
    assert calendar.is_working(date(2026, 11, 21))


def test_an_office_may_name_more_fields_for_saturday() -> None:
    pack = load_calendar_pack()
    assert not pack.calendar("Chứng thực").open_spans(date(2026, 11, 21))
    assert pack.calendar("Chứng thực", ("Chứng thực",)).open_spans(date(2026, 11, 21))


def test_a_stale_pack_is_told_from_november() -> None:
    pack = load_calendar_pack()
    assert pack.stale(date(2026, 10, 31)) is None
    assert "2027" in str(pack.stale(date(2026, 11, 1)))


def test_years_beyond_the_lunar_table_are_refused() -> None:
    with pytest.raises(CalendarRangeError):
        public_holidays(2101)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[[day]]\ndate = 2026-01-02\nkind = "holiday"\nreason = "x"\nbasis = "y"', "day[1].kind"),
        ('[[day]]\ndate = "2026-01-02"\nkind = "off"\nreason = "x"\nbasis = "y"', "day[1].date"),
        ('[[day]]\ndate = 2026-01-02\nkind = "off"\nreason = "x"', "day[1].basis"),
        ('[hours]\nweekdays = ["11:30-07:30"]', "hours.weekdays"),
        ('[hours]\nweekdays = ["7h-11h"]', "hours.weekdays"),
        ('[hours]\nweekday = ["07:30-11:30"]', "hours.weekday"),
        ('[hours]\ncut_off = "25:00"', "hours.cut_off"),
        ('[[yearly]]\nmonth = 2\nday = 30\nsince = 2026\nreason = "x"\nbasis = "y"', "yearly[1].day"),
        ("day = 5", "day"),
        ("[[day]]\ndate = 2026-02-30", "-"),
    ],
)
def test_a_fault_of_a_pack_is_named_by_its_key(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(PackError) as caught:
        load_calendar_pack(overlay(tmp_path, text))
    assert caught.value.details["key"] == key
    assert caught.value.exit_code == 2


def test_a_pack_that_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe\x00")
    for name in ("a.toml", "missing.toml"):
        with pytest.raises(PackError):
            load_calendar_pack(tmp_path / name)
