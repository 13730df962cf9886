"""Linked steps, what is solved at once, alarms and the closed year by command, on a real office."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from office_commands import Run, commands_in, received_now

from kiosk.clock import office_now
from kiosk.domain.due import Counting
from ui.app import open_office

OWNER = {"full_name": "Nguyễn Thị Ánh", "id_number": "001195000007"}


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return commands_in(tmp_path / "office", capsys)


@pytest.fixture
def intake(tmp_path: Path) -> Callable[..., str]:
    def write(procedure: str, **more: object) -> str:
        file = tmp_path / f"{procedure}.json"
        file.write_text(json.dumps({"procedure": procedure, "owner": OWNER, "papers": "all", **more}), encoding="utf-8")
        return str(file)

    return write


def test_linked_steps_from_the_receipt_to_the_result(run: Run, intake: Callable[..., str], tmp_path: Path) -> None:
    _, received = run("dossier", "receive", intake("2.000986"))
    key = received["key"]
    _, shown = run("dossier", "show", key)
    assert [(s["code"], s["state"], s["here"]) for s in shown["steps"]] == [
        ("khai-sinh", "received", True),
        ("thuong-tru", "received", False),
        ("the-bhyt", "received", False),
    ]
    code, refused = run("dossier", "step", key, "the-bhyt", "--start")
    assert (code, refused["error"]["code"]) == (1, "dossier.step_too_early")
    assert "Đăng ký khai sinh" in refused["error"]["fix"]
    run("dossier", "step", key, "khai-sinh", "--result", "15/2026")
    _, begun = run("dossier", "step", key, "thuong-tru", "--start")
    assert begun["steps"][1]["due_at"] is not None
    run("dossier", "step", key, "thuong-tru", "--refuse", "Chủ hộ không đồng ý")
    _, done = run("dossier", "step", key, "the-bhyt", "--result", "B-1")
    assert done["state"] == "result_ready"
    _, asked = run("due", "--procedure", "2.000986", "--received", "2026-11-23T10:00")
    assert [s["due_at"][:10] for s in asked["steps"]] == ["2026-11-23", "2026-12-03", "2026-12-01"]
    assert (asked["due_at"][:10], asked["here_until"][:10]) == ("2026-12-03", "2026-11-23")


def test_what_is_solved_at_once_has_its_number_and_prints_when_asked(
    run: Run, intake: Callable[..., str], tmp_path: Path
) -> None:
    code, solved = run("dossier", "solve", intake("2.000884", fee=10000), "--number", "88/2026")
    assert (code, solved["state"], solved["result"]) == (0, "returned", "88/2026")
    assert solved["register"]["number"] == 1
    today = office_now().date().isoformat()
    _, book = run("print", "register", "--from", today, "--to", today, "--out", str(tmp_path / "so.pdf"))
    assert book["dossiers"] == 1
    code, _ = run("print", "form", "receipt", "--dossier", solved["key"], "--out", str(tmp_path / "giay.pdf"))
    assert code == 0, "unless the citizen asks for a receipt"


def test_another_agency_s_dossier_and_its_two_days(run: Run, intake: Callable[..., str], tmp_path: Path) -> None:
    _, received = run("dossier", "receive", intake("1.004873", competent_agency="UBND xã Hòa An"))
    code, told = run("dossier", "competent", received["key"])
    assert code == 0
    assert told["due"]["competent_at"] is not None
    assert run("dossier", "show", received["key"])[1]["competent_agency"] == "UBND xã Hòa An"


def test_the_alarm_lists_by_officer_what_ends_within_a_working_day(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "office"
    key = received_now(root).key
    assert run("due", "alarm")[1]["alarms"] == []
    with open_office(root) as office, office.units() as uow:
        dossier = uow.dossiers.get(key)
        dossier.due_at = office_now() - timedelta(minutes=1)
        uow.dossiers.save(dossier)
        uow.commit()
    _, told = run("due", "alarm")
    assert told["counts"]["late"] == 1
    assert [(a["dossier"], a["officer"]) for a in told["alarms"]] == [(key, "lan")]
    assert run("due", "alarm", "--officer", "mai")[1]["alarms"] == []


def test_last_year_s_register_is_closed_once(run: Run, tmp_path: Path) -> None:
    out, year = str(tmp_path / "so.pdf"), str(office_now().year - 1)
    _, closed = run("print", "register", "--year", year, "--lock", "--out", out)
    assert closed["closed"] == {"count": 0, "last": 0}
    assert (tmp_path / "so.pdf").read_bytes().startswith(b"%PDF")
    code, again = run("print", "register", "--year", year, "--lock", "--out", out)
    assert (code, again["error"]["code"]) == (1, "register.closed")
    assert run("print", "register", "--year", year, "--out", out)[1]["closed"] == {"count": 0, "last": 0}
    why = "Khóa nhầm năm"
    _, opened = run("print", "register", "--year", year, "--reopen", "--reason", why, "--out", out)
    assert (opened["closed"], [mark["reason"] for mark in opened["reopened"]]) == (None, [why])


def test_the_office_counts_by_its_packs(tmp_path: Path) -> None:
    """The desk of an opened office knows which packs its dates rest on, and the hours for what is sent online."""
    with open_office(tmp_path / "office") as office:
        assert office.desk.pack() == office.calendars.fingerprint != ""
        assert str(office.desk.online_accept()) == "8 hours"
        assert office.desk.counting in Counting
