"""The calendar of an office: package, shipped pack, province's pack; faults of a pack are named."""

from datetime import date
from pathlib import Path

import pytest

from kiosk.catalogue.calendar_files import CalendarFiles
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


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ('[hours]\nweekdays = ["07:30-11:30"]\ncut_off = "25:00"', "hours.cut_off", "dòng 3"),
        ('[pack]\nname = "x"\n[[day]]\ndate = 2026-01-02\nkind = "holiday"', "day[1].kind", "dòng 5"),
        ('[[day]]\ndate = 2026-01-02\nkind = "off"\nreason = "x"\nbasis = "y"\n\n[[day]]\nkind = "off"', "day[2]", "7"),
        ('[pack]\nscope = "xã"', "pack.scope", "dòng 2"),
        ('[[day]]\ndate = 2026-01-02\nuntil = 2026-01-01\nkind = "off"\nreason = "x"\nbasis = "y"', "until", "dòng 3"),
        ('[[day]]\ndate = 2026-01-02\nkind = "off"\nnature = "x"\nreason = "x"\nbasis = "y"', "nature", "dòng 4"),
        ('[[season]]\nname = "hè"\nbasis = "y"\nfrom_month = 4', "season[1].weekdays", "dòng 1"),
        ('[online]\naccept = "tám giờ"', "online.accept", "dòng 2"),
        ("[hours]\nexact_hours = 24", "hours.exact_hours", "dòng 2"),
    ],
)
def test_a_fault_of_a_pack_names_its_line(tmp_path: Path, text: str, key: str, line: str) -> None:
    with pytest.raises(PackError) as caught:
        load_calendar_pack(overlay(tmp_path, text))
    assert key in str(caught.value.details["key"])
    assert line in str(caught.value.details["problem"])


def test_a_pack_may_be_written_in_json(tmp_path: Path) -> None:
    path = tmp_path / "calendar-bao.json"
    line = '{"date": "2026-05-19", "kind": "off", "reason": "Mất điện toàn xã", "basis": "TB 2/UBND"}'
    path.write_text(f'{{"pack": {{"scope": "office"}}, "day": [{line}]}}', encoding="utf-8")
    assert load_calendar_pack(path).calendar().reason_off(date(2026, 5, 19)) == "Mất điện toàn xã"
    for broken in ('{"day": [\n{"date": }]}', "[]", '{"day": [{"date": "2026-02-30", "kind": "off"}]}'):
        path.write_text(broken, encoding="utf-8")
        with pytest.raises(PackError):
            load_calendar_pack(path)


def test_the_province_lies_under_the_office_and_the_newer_on_the_older(tmp_path: Path) -> None:
    def pack(name: str, head: str, kind: str) -> Path:
        path = tmp_path / name
        day = f'[[day]]\ndate = 2026-05-19\nkind = "{kind}"\nreason = "{name}"\nbasis = "y"'
        path.write_text(f"[pack]\n{head}\n{day}", encoding="utf-8")
        return path

    province = pack("z.toml", 'scope = "province"\nissued_on = 2026-05-01', "off")
    office = pack("a.toml", 'scope = "office"\nissued_on = 2026-01-01', "work")
    newer = pack("b.toml", 'scope = "province"\nissued_on = 2026-05-02', "work")
    assert not load_calendar_pack(province).calendar().is_working(date(2026, 5, 19))
    assert load_calendar_pack(office, province).calendar().is_working(date(2026, 5, 19))
    assert load_calendar_pack(newer, province).calendar().is_working(date(2026, 5, 19))


def test_a_yearly_holiday_at_the_year_s_end_is_made_up_for_in_january(tmp_path: Path) -> None:
    text = '[[yearly]]\nmonth = 12\nday = 31\nsince = 2028\nuntil = 2030\nreason = "Ngày hội"\nbasis = "y"'
    calendar = load_calendar_pack(overlay(tmp_path, text)).calendar()
    assert "nghỉ bù" in calendar.reason_off(date(2029, 1, 2))  # 31/12/2028 is a Sunday, 1/1 a holiday
    assert calendar.is_working(date(2030, 12, 31))


def test_packs_are_read_again_when_one_of_them_changes(tmp_path: Path) -> None:
    files = CalendarFiles(tmp_path)
    day, before = date(2026, 5, 19), files.fingerprint
    assert files.of_field("").is_working(day)
    path = tmp_path / "calendar-mat-dien.toml"
    path.write_text('[[day]]\ndate = 2026-05-19\nkind = "off"\nreason = "Mất điện"\nbasis = "TB"', encoding="utf-8")
    assert not files.of_field("").is_working(day)
    assert files.fingerprint != before
    path.write_text("[[day]]\ndate = hôm nay", encoding="utf-8")
    assert not files.of_field("").is_working(day), "the last good packs go on"
    assert files.fault
    path.unlink()
    assert files.of_field("").is_working(day)
    assert files.fingerprint == before
    assert not files.fault
    assert CalendarFiles(tmp_path, ("Hộ tịch",)).fingerprint != before, "who is open on Saturday counts too"


@pytest.mark.parametrize("name", ["calendar.json", "calendar.toml"])
def test_a_pack_of_endless_brackets_is_a_faulty_pack(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("day = " * name.endswith("toml") + "[" * 100_000, encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_calendar_pack(path)
    assert "lồng nhau" in str(caught.value.details["problem"])
