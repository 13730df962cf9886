"""The later forms by command: letter of apology, control slip, stop notice and register, as files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from printing_samples import texts
from samples import MOTHER, OFFICER, marks

from kiosk.clock import office_now
from kiosk.services.reception import Intake, receive_dossier
from ui.app import open_office
from ui.cli import main

Run = Callable[..., tuple[int, dict[str, Any]]]
MARRIAGE_STATUS = "1.004873"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*words: str) -> tuple[int, dict[str, Any]]:
        code = main(["--data", str(tmp_path), "--json", *words])
        return code, json.loads(capsys.readouterr().out)

    return command


@pytest.fixture
def key(tmp_path: Path) -> str:
    with open_office(tmp_path) as office:
        with office.reads() as look:
            procedure = look.procedures.current(MARRIAGE_STATUS, office_now().date())
        assert procedure is not None
        papers = marks(*(c.code for c in procedure.components))
        intake = Intake("d-1", MARRIAGE_STATUS, MOTHER, papers, case=procedure.options[0].case)
        return receive_dossier(office.units(), office.desk, intake, actor=OFFICER, now=office_now()).dossier.key


def test_each_act_makes_its_form(tmp_path: Path, run: Run, key: str) -> None:
    started = run("dossier", "start", key)[1]
    assert any(Path(path).name.startswith("mau06-") for path in started["slips"])
    run("dossier", "extend", key, "--by", "2 ngày làm việc", "--reason", "Chờ ý kiến")
    run("dossier", "stop", key, "--reason", "Theo đề nghị của người nộp")
    for form, words in (("apology", "Chờ ý kiến"), ("control", "Bộ phận giải quyết"), ("stop", "Theo đề nghị")):
        out = tmp_path / f"{form}.pdf"
        code, told = run("print", "form", form, "--dossier", key, "--out", str(out))
        assert (code, told["number"]) == (0, 1)
        assert words in " ".join(texts(out.read_bytes()))


def test_the_register_of_today_goes_to_a_file(tmp_path: Path, run: Run, key: str) -> None:
    out = tmp_path / "so.pdf"
    code, told = run("print", "register", "--out", str(out))
    assert (code, told["dossiers"]) == (0, 1)
    assert key in texts(out.read_bytes())[0]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--from", "2026-12-31", "--to", "2027-01-01"), "register.two_books"),
        (("--from", "2026-12-31", "--to", "2026-12-01"), "usage"),
        (("--from", "hôm qua"), "usage"),
    ],
)
def test_a_wrong_range_of_the_register_is_told(tmp_path: Path, run: Run, words: tuple[str, ...], code: str) -> None:
    out = tmp_path / "so.pdf"
    exit_code, told = run("print", "register", "--out", str(out), *words)
    assert (exit_code, told["error"]["code"]) == (2, code)
    assert not out.exists()
