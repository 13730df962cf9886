"""`motcua calendar …` and the dossier's clock by command, on an office with a data directory."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from office_commands import Run, commands_in, received_now
from samples import OFFICER

from kiosk.clock import OFFICE_ZONE, office_now
from kiosk.domain.event import Actor
from kiosk.services.recount import recount
from ui.app import open_office
from ui.cli import main
from ui.desk.calendar_watch import OLDER, OLDER_FIX, LiveCalendar
from ui.office_clock import OfficeClock

STORM = '[[day]]\ndate = {day}\nkind = "off"\nreason = "Phòng chống bão"\nbasis = "Công điện"\n'


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return commands_in(tmp_path, capsys)


def receive(root: Path, draft: str = "d-1") -> tuple[str, datetime]:
    """Its key and its date."""
    dossier = received_now(root, draft)
    assert dossier.due_at is not None
    return dossier.key, dossier.due_at


def storm_on(root: Path, day: date) -> None:
    (root / "calendar-bao.toml").write_text(STORM.format(day=day.isoformat()), "utf-8")


def test_a_pack_laid_into_the_folder_moves_the_dates_and_says_so(tmp_path: Path, run: Run) -> None:
    key, due_at = receive(tmp_path)
    assert run("calendar", "recount")[1]["moved"] == []
    storm_on(tmp_path, due_at.date())
    _, seen = run("calendar", "recount", "--dry-run")
    assert [m["key"] for m in seen["moved"]] == [key]
    assert run("calendar", "moved")[1]["dossiers"] == []
    _, done = run("calendar", "recount")
    assert done["moved"] == seen["moved"]
    assert "(Phòng chống bão)" in done["moved"][0]["why"]
    _, dossier = run("dossier", "show", key)
    assert (dossier["due_at"], dossier["printed_due_at"]) == (done["moved"][0]["to"], due_at.isoformat())
    assert dossier["events"][-1]["kind"] == "dossier.due_moved"
    (listed,) = run("calendar", "moved")[1]["dossiers"]
    assert (listed["key"], listed["printed"], listed["to"]) == (key, due_at.isoformat(), dossier["due_at"])
    assert "Phòng chống bão" in listed["why"]


def test_the_office_s_clock_counts_again_by_itself(tmp_path: Path) -> None:
    key, due_at = receive(tmp_path)
    with open_office(tmp_path) as office:
        clock = OfficeClock(office)
        clock.look()
        storm_on(tmp_path, due_at.date())
        clock.look()
        with office.reads() as look:
            dossier = look.dossiers.get(key)
            events = [e for e in look.events.all() if e.kind == "calendar.applied"]
    assert dossier.due_at is not None
    assert dossier.due_at > due_at
    assert dossier.original_due_at == due_at
    assert [(e.data["moved"], e.data["later"]) for e in events] == [(1, 1)]
    assert events[0].actor == Actor("", "tram-1")


def test_a_broken_pack_stops_nothing_while_the_office_works(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        clock = OfficeClock(office)
        clock.look()
        (tmp_path / "calendar.toml").write_text("[[day]]\ndate = hôm nay", "utf-8")
        clock.look()
        assert office.calendars.fault is not None
        assert office.calendar("").is_working(date(2026, 11, 25))


def test_a_desk_with_older_packs_than_the_office_says_so(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        desk = LiveCalendar(office)
        OfficeClock(office).look()
        assert desk.trouble() is None
        recount(office.units, office.desk, "newer", actor=OFFICER, now=office_now())
        assert desk.trouble() == ("warn", OLDER, OLDER_FIX)
        (tmp_path / "calendar.toml").write_text("ngày = ", "utf-8")
        told = desk.trouble()
        assert told is not None
        assert (told[0], "calendar.toml" in told[1]) == ("bad", True)


def test_a_pack_is_tried_before_it_is_used(tmp_path: Path, run: Run) -> None:
    new = tmp_path / "mat-dien.json"
    line = {"date": "2026-12-01", "kind": "off", "reason": "Mất điện", "basis": "TB 3"}
    new.write_text(json.dumps({"pack": {"scope": "office"}, "day": [line]}), "utf-8")
    _, told = run("calendar", "check", str(new))
    assert told["changed"] == [{"day": "2026-12-01", "was": "07:30–11:30, 13:30–17:00", "is": "nghỉ (Mất điện)"}]
    new.write_text('{"day": [{"date": "2026-12-01", "kind": "nghỉ"}]}', "utf-8")
    code, told = run("calendar", "check", str(new))
    assert (code, told["error"]["code"]) == (2, "pack.invalid")
    assert "day[1].kind" in told["error"]["message"]


def test_a_year_is_shown_with_its_bases(tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    _, told = run("calendar", "show", "--year", "2026")
    days = {d["day"]: d for d in told["days"]}
    assert days["2026-01-10"]["kind"] == "làm bù"
    assert days["2026-11-24"]["basis"] == "NQ 28/2026/QH16"
    assert "12729" in days["2026-01-02"]["basis"]
    assert main(["calendar", "show", "--year", "2027"]) == 0
    assert "(dự kiến)" in capsys.readouterr().out


def test_a_dossier_waits_goes_on_and_is_extended_once(tmp_path: Path, run: Run) -> None:
    key, due_at = receive(tmp_path)
    code, refused = run("dossier", "pause", key)
    assert (code, refused["error"]["code"]) == (1, "term.evidence_required")
    assert run("dossier", "pause", key, "--evidence", "TB 15", "--elsewhere")[1]["clock_stands"]
    _, resumed = run("dossier", "resume", key)
    assert (resumed["clock_stands"], resumed["due"]["pauses"][0]["kind"]) == (False, "payment")
    extend = ("dossier", "extend", key, "--by", "2 ngày làm việc", "--reason", "Chờ ý kiến")
    _, extended = run(*extend)
    assert datetime.fromisoformat(extended["due_at"]) > due_at
    assert extended["printed_due_at"] == due_at.isoformat()
    assert run(*extend)[1]["error"]["code"] == "term.extend_once"
    assert run("dossier", "apologise", *extend[2:])[1]["error"]["code"] == "term.extend_once"
    assert run("dossier", "extend", key, "--by", "sớm")[1]["error"]["code"] == "due.term"


def test_the_competent_agency_s_reception_starts_the_clock(tmp_path: Path, run: Run) -> None:
    key, _ = receive(tmp_path)
    tomorrow = (datetime.now(OFFICE_ZONE) + timedelta(days=1)).isoformat()
    assert run("dossier", "competent", key, "--at", tomorrow)[1]["error"]["code"] == "term.still_to_come"
    _, told = run("dossier", "competent", key)
    assert told["due"]["competent_at"] is not None
    assert "cơ quan có thẩm quyền" in told["due"]["reason"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--pause", "hôm nay"], "due.pause"),
        (["--pause", "tiền:2026-11-03T10:00/2026-11-04T10:00"], "due.pause"),
        (["--pause", "2026-11-04T10:00/2026-11-03T10:00"], "term.order"),
        (["--pause", "2026-11-03T10:00/"], "term.still_waiting"),
        (["--pause", "2026-11-31T10:00/2026-12-01T10:00"], "due.date"),
        (["--competent", "2026-11-01T10:00"], "term.order"),
        (["--extend", "trong ngày"], "term.extension"),
        (["--extend", "nhanh"], "due.term"),
    ],
)
def test_wrong_input_of_due_is_named(words: list[str], code: str, capsys: pytest.CaptureFixture[str]) -> None:
    base = ["--json", "due", "--received", "2026-11-02T10:00", "--term", "3 working days"]
    assert main([*base, *words]) in (1, 2)
    assert json.loads(capsys.readouterr().out)["error"]["code"] == code
