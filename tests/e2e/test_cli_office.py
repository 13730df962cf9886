from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ui.cli import main

OWNER = {"full_name": "Nguyễn Thị Ánh", "id_number": "001195000007", "phone": "0912000111"}


@dataclass
class Desk:
    """Runs commands on a throw-away office and reads their JSON."""

    data: Path
    capture: pytest.CaptureFixture[str]

    def run(self, *words: str) -> tuple[int, dict[str, Any]]:
        code = main([*words, "--data", str(self.data), "--json"])
        out = self.capture.readouterr().out
        return code, json.loads(out)

    def done(self, *words: str) -> dict[str, Any]:
        code, answer = self.run(*words)
        assert code == 0, answer
        return answer

    def refused(self, *words: str) -> tuple[int, str]:
        code, answer = self.run(*words)
        return code, answer["error"]["code"]

    def file(self, name: str = "ho-so.json", **entry: object) -> str:
        path = self.data.parent / name
        content = {"procedure": "1.001193", "owner": OWNER, "papers": "all", **entry}
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return str(path)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path / "office", capsys)


def test_a_number_is_taken_called_parked_called_again_and_finished(desk: Desk) -> None:
    assert desk.done("ticket", "issue", "--touch", "t")["number"] == "A001"
    assert desk.done("ticket", "issue", "--touch", "t")["number"] == "A001"
    assert desk.done("ticket", "issue")["ahead"] == 1
    assert desk.done("ticket", "call")["number"] == "A001"
    assert desk.refused("ticket", "call") == (1, "ticket.counter_busy")
    desk.done("ticket", "park", "A001")
    assert desk.done("ticket", "call", "--number", "a001")["counter"] == "1"
    desk.done("ticket", "serve", "A001")
    assert desk.done("ticket", "finish", "A001")["state"] == "finished"
    assert [t["state"] for t in desk.done("ticket", "list")["tickets"]] == ["finished", "waiting"]
    assert desk.done("events", "verify")["ok"] is True


def test_a_complete_dossier_is_received_printed_found_and_returned_with_its_result(desk: Desk) -> None:
    received = desk.done("dossier", "receive", desk.file())
    assert received["state"] == "received"
    assert received["missing"] == []
    assert [Path(p).read_bytes()[:5] for p in received["slips"]] == [b"%PDF-"]
    assert desk.done("dossier", "search", "nguyen anh")["dossiers"][0]["key"] == received["key"]
    assert desk.refused("dossier", "return", received["key"]) == (1, "dossier.no_result")
    assert desk.refused("dossier", "result", received["key"]) == (1, "dossier.no_result")
    desk.done("dossier", "result", received["key"], "--number", "12/KS")
    assert desk.refused("dossier", "return", received["key"]) == (1, "dossier.no_result_copy")
    why = ("--without-copy", "Chỉ có bản giấy")
    assert desk.done("dossier", "return", received["key"], *why)["state"] == "returned"
    status = desk.done("sync", "status")
    assert status["waiting"] == 6


def test_an_incomplete_dossier_gets_one_supplement_and_is_received_when_complete(desk: Desk) -> None:
    half = desk.file("half.json", papers={}, draft="d-1")
    assert desk.refused("dossier", "receive", half) == (1, "dossier.incomplete")
    assert desk.refused("dossier", "supplement", half) == (1, "dossier.reason_required")
    asked = desk.done("dossier", "supplement", half, "--reason", "Chưa có giấy chứng sinh")
    assert asked["state"] == "waiting_supplement"
    assert asked["missing"]
    full = desk.done("dossier", "receive", desk.file("full.json", draft="d-1"))
    assert full["key"] == asked["key"]
    assert len(full["slips"]) == 2


def test_a_refusal_needs_its_reason(desk: Desk) -> None:
    file = desk.file(papers={})
    assert desk.refused("dossier", "refuse", file) == (1, "dossier.reason_required")
    assert desk.done("dossier", "refuse", file, "--reason", "Không thuộc thẩm quyền")["state"] == "refused"


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"procedure": "9.999999"}, "input.not_found"),
        ({"papers": {"không-có": "original"}}, "dossier.invalid"),
        ({"owner": {"full_name": "A", "ho_ten": "B"}}, "dossier.invalid"),
        ({"papers": {"x": "maybe"}}, "dossier.invalid"),
        ({"channel": "9"}, "dossier.invalid"),
    ],
)
def test_a_wrong_dossier_file_is_refused_and_nothing_is_changed(desk: Desk, entry: dict[str, Any], code: str) -> None:
    desk.done("ticket", "issue")
    before = desk.done("events", "verify")["events"]
    assert desk.refused("dossier", "receive", desk.file(**entry)) == (2, code)
    assert desk.done("events", "verify")["events"] == before


def test_files_that_are_no_dossier_are_refused(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "text.json").write_text("không phải JSON", encoding="utf-8")
    (tmp_path / "empty.json").write_bytes(b"")
    for name in ("text.json", "empty.json", "absent.json"):
        assert desk.refused("dossier", "receive", str(tmp_path / name)) == (2, "dossier.invalid")


@pytest.mark.parametrize(
    "words",
    [["ticket", "recall"], ["ticket", "issue", "--nope"], ["nonsense"], ["ticket", "list", "--lang", "fr"], ["--data"]],
)
def test_wrong_use_is_told_with_exit_code_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words]) == 2
    assert "--help" in capsys.readouterr().err


def test_a_wrong_setting_is_named(desk: Desk) -> None:
    desk.data.mkdir()
    (desk.data / "config.toml").write_text('[station]\nkind = "toaster"\n', encoding="utf-8")
    code, answer = desk.run("ticket", "list")
    assert code == 2
    assert "station.kind" in answer["error"]["message"]
