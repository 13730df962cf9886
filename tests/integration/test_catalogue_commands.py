"""`motcua catalogue`, `due` and `card` as scripts use them: JSON on stdout, codes for bad input, nothing changed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import segno
from catalogue_samples import answer, record, way

from ui.cli import main
from ui.cli.console import frame

Run = Callable[..., tuple[int, dict[str, Any]]]
CARD = "001099000001|012345678|Nguyễn Văn Mẫu|01011999|Nam|Số 1, Phường Mẫu, Hà Nội|15042021"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*words: str) -> tuple[int, dict[str, Any]]:
        frame.json, frame.data = False, None
        code = main([*words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return command


@pytest.fixture
def office(tmp_path: Path) -> list[str]:
    return ["--data", str(tmp_path / "office")]


def test_import_lists_what_an_officer_must_settle(run: Run, office: list[str], tmp_path: Path) -> None:
    file = tmp_path / "national.json"
    file.write_bytes(
        answer(record(), record("1.001193", "đăng ký khai sinh", CACHTHUCTHUCHIEN=[way(value="1", unit="")]))
    )
    code, report = run("catalogue", "import", str(file), *office)
    assert (code, report["procedures"], report["added"], report["changed"]) == (0, 2, ["1.999001"], ["1.001193"])
    assert [(u["code"], u["verbatim"]) for u in report["unclear"]] == [("1.001193", "1")]
    _, sheet = run("catalogue", "show", "1.001193", *office)
    assert (sheet["version"], sheet["versions"], sheet["mnemonic"]) == (2, [1, 2], "ks")
    code, failure = run("due", "--received", "2026-11-23T10:00", "--procedure", "1.001193", *office)
    assert (code, failure["error"]["code"]) == (2, "term.unknown")
    code, _ = run("catalogue", "settle", "1.001193", "--term", "trong ngày", *office)
    assert code == 0
    code, due = run("due", "--received", "2026-11-23T15:30", "--procedure", "1.001193", *office)
    assert (code, due["due_at"]) == (0, "2026-11-25T17:00:00+07:00")
    _, difference = run("catalogue", "diff", str(file), *office)
    assert (difference["changes"], difference["unchanged"]) == ([], 2)


def test_bad_catalogue_files_change_nothing(run: Run, office: list[str], tmp_path: Path) -> None:
    before = run("catalogue", "list", *office)[1]
    cases = {
        "text.json": (b"day la van ban", "catalogue.file"),
        "cut.json": (answer(record())[:100], "catalogue.truncated"),
        "shape.json": (b'{"result": 5}', "catalogue.shape"),
        "empty.json": (b"", "catalogue.file"),
        "pack.toml": (b"[[procedure]]", "pack.invalid"),
    }
    for name, (content, error) in cases.items():
        (tmp_path / name).write_bytes(content)
        code, failure = run("catalogue", "import", str(tmp_path / name), *office)
        assert (code, failure["error"]["code"]) == (2, error)
        assert failure["error"]["fix"]
    assert run("catalogue", "import", str(tmp_path / "none.json"), *office)[0] == 2
    assert run("catalogue", "show", "9.999999", *office)[1]["error"]["code"] == "input.not_found"
    assert run("catalogue", "list", *office)[1] == before
    assert len(before["procedures"]) >= 40


def test_due_works_without_an_office(run: Run) -> None:
    code, answer_ = run("due", "--received", "2026-02-13T15:30", "--term", "3 working days")
    assert code == 0
    assert answer_["received_at"] == answer_["starts_at"] == "2026-02-13T15:30:00+07:00"
    assert (answer_["due_at"], answer_["term"]) == ("2026-02-25T17:00:00+07:00", "3 working days")
    assert {"day": "2026-02-17", "reason": "Tết Nguyên Đán"} in answer_["skipped"]


def test_due_by_procedure_uses_its_term_and_its_field_s_calendar(run: Run) -> None:
    _, answer_ = run("due", "--received", "21/11/2026 09:00", "--procedure", "1.004194")
    assert answer_["starts_at"] == "2026-11-21T09:00:00+07:00", "the police take papers in on Saturday morning"
    assert answer_["due_at"] == "2026-11-26T17:00:00+07:00"


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["--received", "2026-02-30T10:00", "--term", "same day"], "due.date"),
        (["--received", "hôm qua", "--term", "same day"], "due.date"),
        (["--received", "31/04/2026", "--term", "same day"], "due.date"),
        (["--received", "2026-02-13T15:30", "--procedure", "9.999999"], "input.not_found"),
        (["--received", "2026-02-13T15:30", "--term", "sớm"], "due.term"),
        (["--received", "2026-02-13T15:30"], "due.no_term"),
        (["--received", "2026-02-13T15:30", "--procedure", "1.011606"], "term.unknown"),
        (["--received", "2026-02-13T15:30", "--procedure", "1.001193", "--channel", "7"], "input.not_found"),
        (["--received", "2026-02-13T15:30", "--procedure", "1.001193", "--case", "lạ"], "input.not_found"),
        (["--received", "2150-01-01T10:00", "--term", "same day"], "calendar.range"),
    ],
)
def test_due_refuses_what_does_not_exist(run: Run, words: list[str], error: str) -> None:
    code, failure = run("due", *words)
    assert (code, failure["error"]["code"]) == (2, error)


def test_card_read_of_a_payload_and_of_a_picture(run: Run, tmp_path: Path) -> None:
    code, reading = run("card", "read", CARD)
    assert (code, reading["kind"], reading["problems"]) == (0, "cccd-qr", [])
    picture = tmp_path / "card.png"
    segno.make(CARD, mode="byte", encoding="utf-8", eci=False).save(str(picture), scale=5)
    assert run("card", "read", str(picture)) == (0, reading)


@pytest.mark.parametrize(
    "payload",
    ["a|b|c", "001099000001|x", CARD.replace("01011999", "31021999"), "https://example.vn", "000201010211", ""],
)
def test_card_read_says_what_is_wrong_and_ends_with_two(run: Run, payload: str) -> None:
    code, reading = run("card", "read", payload)
    assert code == 2
    assert reading["error"]["code"] == "card.unusable"
    assert reading["problems"]
    assert set(reading["fields"]) >= {"id_number", "full_name", "born_on", "expires_on"}


def test_card_read_refuses_files_that_are_no_pictures(run: Run, tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("xin chào", encoding="utf-8")
    (tmp_path / "empty.png").touch()
    for name in ("text.png", "empty.png", "missing.png"):
        code, failure = run("card", "read", str(tmp_path / name))
        assert code == 2
        assert failure["error"]["fix"]
