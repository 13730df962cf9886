"""`motcua dossier …` and `motcua report reuse`: submitters, groups, corrections, held papers from JSON files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from office_commands import Run, commands_in

OWNER = {"full_name": "Nguyễn Thị Ánh", "id_number": "001195000007", "phone": "0912000111"}
BROTHER = {"full_name": "Nguyễn Văn Em", "id_number": "001099000012"}


@pytest.fixture
def command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return commands_in(tmp_path / "office", capsys)


def a_file(folder: Path, name: str, **entry: Any) -> str:
    path = folder / f"{name}.json"
    known = {"procedure": "1.001193", "owner": OWNER, "papers": "all", "draft": name}
    path.write_text(json.dumps(known | entry, ensure_ascii=False), encoding="utf-8")
    return str(path)


def test_a_submitter_needs_the_authority_that_the_rule_asks_for(command: Run, tmp_path: Path) -> None:
    nothing = BROTHER | {"standing": "authorised"}
    code, told = command("dossier", "receive", a_file(tmp_path, "a", submitter=nothing))
    assert (code, told["error"]["code"]) == (1, "dossier.missing_words")
    authorised = nothing | {"paper_number": "12", "paper_date": "2026-11-20"}
    code, told = command("dossier", "receive", a_file(tmp_path, "b", submitter=authorised))
    assert code == 0
    assert told["submitter"] == {
        "full_name": "Nguyễn Văn Em",
        "standing": "authorised",
        "paper_number": "12",
        "paper_date": "2026-11-20",
    }
    assert told["collectors"] == ["Nguyễn Thị Ánh", "Nguyễn Văn Em"]
    code, shown = command("dossier", "show", told["key"])
    authority = next(p for p in shown["papers"] if p["code"] == "van-ban-uy-quyen")
    assert (code, authority["state"]) == (0, "original")


@pytest.mark.parametrize(
    ("submitter", "problem"),
    [
        ({"standing": "neighbour"}, "standing"),
        ({"paper_date": "hôm qua"}, "paper_date"),
        ({"collects": "có lẽ"}, "collects"),
    ],
)
def test_a_submitter_that_is_written_wrong_is_told(
    command: Run, tmp_path: Path, submitter: dict[str, str], problem: str
) -> None:
    code, told = command("dossier", "receive", a_file(tmp_path, "a", submitter=BROTHER | submitter))
    assert (code, told["error"]["code"]) == (2, "dossier.invalid")
    assert problem in told["error"]["message"]


def test_dossiers_of_one_citizen_in_one_go(command: Run, tmp_path: Path) -> None:
    files = (a_file(tmp_path, "a"), a_file(tmp_path, "b", procedure="1.000656"))
    code, told = command("dossier", "group", *files, "--sheet")
    assert code == 0
    first, second = told["dossiers"]
    assert (first["group"], second["group"]) == ("", first["key"])
    assert first["key"] != second["key"]
    code, told = command("dossier", "group", *files)  # again is the same
    assert [d["key"] for d in told["dossiers"]] == [first["key"], second["key"]]
    other = a_file(tmp_path, "c", owner=OWNER | {"id_number": "001195000008"})
    code, told = command("dossier", "group", files[0], other)
    assert (code, told["error"]["code"]) == (1, "dossier.another_owner")


def test_a_correction_prints_the_receipt_anew(command: Run, tmp_path: Path) -> None:
    _code, received = command("dossier", "receive", a_file(tmp_path, "a"))
    code, told = command("dossier", "correct", received["key"], "--phone", "0912000222")
    assert (code, told["error"]["code"]) == (1, "dossier.reason_required")
    act = (
        "dossier",
        "correct",
        received["key"],
        "--phone",
        "0912000222",
        "--count",
        "to-khai=2",
        "--reason",
        "Ghi sai",
    )
    code, told = command(*act)
    assert (code, told["amendment"]) == (0, 1)
    code, told = command(*act)
    assert (code, told["error"]["code"]) == (1, "dossier.nothing_changed")
    code, told = command("dossier", "correct", received["key"], "--count", "to-khai=nhiều", "--reason", "Ghi sai")
    assert code == 2


def test_the_counter_of_papers_that_nobody_brought(command: Run, tmp_path: Path) -> None:
    command("dossier", "receive", a_file(tmp_path, "a", procedure="1.000894"))
    code, told = command("report", "reuse")
    assert code == 0
    assert (told["dossiers"], told["database"], told["held"], told["not_asked"]) == (1, 1, 0, 1)
