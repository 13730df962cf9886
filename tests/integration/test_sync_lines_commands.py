"""`motcua sync check`, `test` and `secret` on a real office."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from office_commands import MARRIAGE_STATUS, commands_in, received_now
from samples import MOTHER, OFFICER, marks
from sync_keyring import keyring_in_memory
from sync_tls import Authority, Heard, SmallProvince, said

from kiosk.clock import office_now
from kiosk.services.reception import Intake, receive_dossier
from ui.app import open_office
from ui.cli import main


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """With its starter catalogue, and one connection to nowhere."""
    write(tmp_path, 'url = "https://tinh.invalid"', 'field_codes = { "Hộ tịch" = "G15-HT" }')
    return tmp_path


def write(root: Path, *lines: str) -> None:
    (root / "config.toml").write_text("\n".join(["[[provinces]]", 'name = "tinh"', *lines, ""]), encoding="utf-8")


def without_number(root: Path) -> str:
    with open_office(root) as opened:
        with opened.reads() as look:
            procedure = look.procedures.current(MARRIAGE_STATUS, office_now().date())
        assert procedure is not None
        mother = replace(MOTHER, key="p-9", id_number="", old_id_number="")
        papers = marks(*(c.code for c in procedure.components))
        intake = Intake("d-9", MARRIAGE_STATUS, mother, papers, case=procedure.options[0].case)
        return receive_dossier(opened.units(), opened.desk, intake, actor=OFFICER, now=office_now()).dossier.key


def test_a_dossier_is_checked_before_it_is_sent(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    motcua = commands_in(office, capsys)
    key, bad = received_now(office).key, without_number(office)
    code, told = motcua("sync", "check", key)
    assert (code, told["ready"]) == (0, 1), told
    (one,) = told["dossiers"]
    assert (one["dossier"], one["connection"], one["problems"]) == (key, "tinh", [])
    assert "Chưa có thành phần hồ sơ nào được số hóa" in one["warnings"]
    code, told = motcua("sync", "check", "--all")
    assert (code, told["checked"], told["ready"]) == (1, 2, 1)
    assert {d["dossier"]: d["problems"] for d in told["dossiers"]} == {key: [], bad: ["Số định danh của chủ hồ sơ"]}


def test_checking_needs_one_dossier_or_all_and_a_connection(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    motcua = commands_in(office, capsys)
    assert motcua("sync", "check")[0] == 2
    assert motcua("sync", "check", "261123100078", "--all")[0] == 2
    assert motcua("sync", "check", "261123100078")[1]["error"]["code"] == "input.not_found"
    (office / "config.toml").write_text("")
    key = received_now(office).key
    assert motcua("sync", "check", key)[1]["error"]["code"] == "sync.no_province"


def test_a_connection_is_tried_and_the_failing_step_said(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    motcua = commands_in(office, capsys)
    code, told = motcua("sync", "test", "tinh")
    (tried,) = told["connections"]
    assert (code, told["ok"]) == (1, False)
    assert [(s["step"], s["ok"]) for s in tried["steps"]] == [("settings", True), ("host", False)]
    assert tried["steps"][-1]["error"] == "sync.unknown_host"
    assert motcua("sync", "test", "khac")[1]["error"]["code"] == "input.not_found"


def test_a_connection_in_order_is_said_to_be(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with SmallProvince() as province:
        write(office, f'url = "{province.url}"')
        assert main(["--data", str(office), "sync", "test"]) == 0
    told = capsys.readouterr().out
    assert "tinh: dùng được" in told
    assert "[lưu ý] Bảo mật đường truyền (TLS): không mã hóa" in told
    assert "[được] Hỏi thử một hồ sơ" in told


def test_words_say_what_to_do_about_a_failing_step(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def gate(request: Heard) -> tuple[int, str, str]:
        return said(-1, "Sai mật khẩu")

    (office / "token").write_text("x")
    with SmallProvince(gate) as province:
        write(office, f'url = "{province.url}"', 'auth = "session"', f'secret_file = "{office / "token"}"')
        assert main(["--data", str(office), "sync", "test", "tinh"]) == 1
    told = capsys.readouterr().out
    assert "[hỏng] Đăng nhập" in told
    assert "Báo cán bộ tin học kiểm tra tài khoản" in told


def test_a_setting_that_cannot_be_used_is_the_first_step(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    motcua = commands_in(office, capsys)
    write(office, 'url = "tinh.example"')
    code, told = motcua("sync", "test")
    (step,) = told["connections"][0]["steps"]
    assert (code, step["step"], step["error"]) == (1, "settings", "sync.bad_connection")
    assert "https://" in step["message"]


def test_a_secret_is_kept_used_and_forgotten(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    motcua = commands_in(office, capsys)
    write(office, 'url = "https://tinh.invalid"', 'auth = "bearer"')
    (office / "token").write_text("bi-mat\n")
    with keyring_in_memory() as backend:
        _, told = motcua("sync", "test")
        assert told["connections"][0]["steps"][0]["error"] == "sync.missing_secret"
        assert motcua("sync", "secret", "tinh", "--file", str(office / "token"))[1] == {"name": "tinh", "kept": True}
        assert list(backend.kept.values()) == ["bi-mat"]
        _, told = motcua("sync", "test")
        assert [s["ok"] for s in told["connections"][0]["steps"]] == [True, False]
        assert motcua("sync", "secret", "tinh", "--forget")[1] == {"name": "tinh", "kept": False}
        assert backend.kept == {}
    assert motcua("sync", "secret", "khac")[0] == 2
    assert motcua("sync", "secret", "tinh", "--file", str(office / "nowhere"))[0] == 2


def test_what_is_wrong_with_a_line_stands_at_the_dossiers_that_wait_for_it(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    motcua = commands_in(office, capsys)
    received_now(office)
    ours, theirs = Authority.made(tmp_path, "CA cua ta"), Authority.made(tmp_path, "CA khac")
    with SmallProvince(pem=theirs.issue(tmp_path, "127.0.0.1")) as province:
        write(office, f'url = "{province.url}"', f'ca_file = "{ours.file}"')
        motcua("sync", "once")
        _, told = motcua("sync", "status")
        assert province.heard == []
    assert told["line"] == "down"
    assert {p["error"] for p in told["problems"]} <= {"sync.certificate_ca"}
    write(office, 'url = "tinh.example"')
    _, told = motcua("sync", "status")
    assert [(b["connection"], b["error"]) for b in told["broken"]] == [("tinh", "sync.bad_connection")]
    assert motcua("sync", "once")[1]["error"]["code"] == "sync.bad_connection"
