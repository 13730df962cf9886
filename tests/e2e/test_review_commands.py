"""Commands as a stranger types them: wrong files, wrong values, signals; each is told in words and changes nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog
from PIL import Image

from kiosk.domain.ticket import TicketState
from ui.cli import AREAS, main
from ui.cli.usage import LINES
from ui.logs import set_up_logs
from ui.words import TICKET_STATES

OWNER = {"full_name": "Nguyễn Thị Ánh", "id_number": "001195000007"}
PROGRAM = [sys.executable, "-c", "import sys; from ui.cli import main; sys.exit(main())"]


@dataclass
class Commands:
    """Runs commands on a throw-away office."""

    data: Path
    capture: pytest.CaptureFixture[str]

    def json(self, *words: str) -> tuple[int, dict[str, Any]]:
        code = main([*words, "--data", str(self.data), "--json"])
        return code, json.loads(self.capture.readouterr().out)

    def text(self, *words: str) -> tuple[int, str, str]:
        code = main([*words, "--data", str(self.data)])
        said = self.capture.readouterr()
        return code, said.out, said.err

    def events(self) -> int:
        return int(self.json("events", "verify")[1]["events"])

    def file(self, **entry: object) -> str:
        path = self.data.parent / "ho-so.json"
        whole = {"procedure": "1.001193", "owner": OWNER, "papers": "all", **entry}
        path.write_bytes(json.dumps(whole, ensure_ascii=False).encode())
        return str(path)


@pytest.fixture
def commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(tmp_path / "office", capsys)


WRONG_ENTRIES: tuple[tuple[dict[str, object], str], ...] = (
    ({"fee": -5}, "“fee” phải từ 0 đến 10.000.000.000"),
    ({"fee": 10**30}, "“fee” phải từ 0"),
    ({"fee": "8000đ"}, "“fee” sai kiểu"),
    ({"papers": {"to-khai": {"state": "original", "count": -3}}}, "“papers.to-khai.count” phải từ 0 đến 999"),
    ({"papers": {"to-khai": "lost"}}, "“papers.to-khai” chỉ nhận"),
    ({"papers": {"la": "original"}}, "không có thành phần la"),
    ({"summary": "x" * 100_000}, "“summary” dài quá 2000"),
    ({"owner": OWNER | {"full_name": "A" * 100_000}}, "“owner.full_name” dài quá 200"),
    ({"owner": OWNER | {"full_name": "Ánh\x00\x1b[31m"}}, "“owner.full_name” chưa đúng: có ký tự điều khiển"),
    ({"owner": OWNER | {"full_name": "Ánh \u202eniV"}}, "có ký tự điều khiển"),
    ({"owner": OWNER | {"born_on": "2025-02-30"}}, "không phải ngày sinh có thật"),
    ({"owner": OWNER | {"born_on": "2990"}}, "không phải ngày sinh có thật"),
    ({"owner": OWNER | {"id_number": "0011 95;"}}, "“owner.id_number”"),
    ({"owner": OWNER | {"phone": "không có"}}, "“owner.phone”"),
    ({"owner": OWNER | {"sex": "male"}}, "“owner.sex” chỉ nhận"),
    ({"owner": "Ánh"}, "“owner” sai kiểu"),
    ({"submitter": {"full_name": " "}}, "họ tên người nộp"),
    ({"case": "không có"}, "không có trường hợp"),
    ({"draft": "x" * 5000}, "“draft” dài quá"),
    ({"draft": "a\x00b"}, "“draft” chưa đúng"),
    ({"scans": {"to-khai": ["a\x00b.png"]}}, "“scans.to-khai.0” chưa đúng"),
    ({"extra": 1}, "“extra” là khóa lạ"),
)


@pytest.mark.parametrize(("entry", "words"), WRONG_ENTRIES, ids=[w for _, w in WRONG_ENTRIES])
def test_a_dossier_file_with_a_wrong_value_is_refused_by_the_key(
    commands: Commands, entry: dict[str, object], words: str
) -> None:
    before = commands.events()
    code, answer = commands.json("dossier", "receive", commands.file(**entry))
    assert (code, answer["error"]["code"]) == (2, "dossier.invalid")
    assert words in answer["error"]["message"]
    assert commands.events() == before


def test_a_dossier_file_from_notepad_and_a_name_in_another_form_are_taken(commands: Commands) -> None:
    file = Path(commands.file(owner={"full_name": "A\u0301nh"}))
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert commands.json("dossier", "receive", str(file))[0] == 0


def test_the_log_of_a_fault_names_places_but_no_person(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs()
    try:
        try:
            raise ValueError("Nguyễn Thị Ánh")
        except ValueError:
            raise RuntimeError("001195000007") from None
    except RuntimeError:
        structlog.get_logger().exception("unexpected fault")
    logged = capsys.readouterr().err
    assert "RuntimeError" in logged
    assert "test_review_commands.py" in logged
    assert "Ánh" not in logged
    assert "001195000007" not in logged


def test_a_data_directory_that_is_a_file_is_told_and_left_alone(tmp_path: Path, commands: Commands) -> None:
    commands.data = tmp_path / "ghi-chu.txt"
    commands.data.write_text("của người khác")
    code, answer = commands.json("ticket", "issue")
    assert (code, answer["error"]["code"]) == (2, "storage.read_only")
    assert "ghi-chu.txt" in answer["error"]["message"]
    assert commands.data.read_text() == "của người khác"


def test_a_database_cut_to_nothing_is_not_made_anew(commands: Commands) -> None:
    assert commands.json("ticket", "issue")[0] == 0
    database = commands.data / "office.db"
    database.write_bytes(b"")
    code, answer = commands.json("ticket", "issue")
    assert (code, answer["error"]["code"]) == (2, "storage.foreign")
    assert database.stat().st_size == 0


SLIPS_OF_THE_HAND = (
    (("tickt",), "không có lệnh “tickt”; có phải “ticket” không?"),
    (("ticket",), "còn thiếu tên việc; chọn một trong: issue, call"),
    (("ticket", "isue"), "có phải “issue” không?"),
    (("ticket", "recall"), "còn thiếu “Số thứ tự, ví dụ A012”"),
    (("ticket", "call", "--counter"), "--counter"),
    (("ticket", "recall", "A001", "A002"), "thừa"),
    (("digitise", "a.png"), "còn thiếu --out (Thư mục ghi kết quả)"),
    (("digitise", "a.png", "--out", "b", "--jobs", "0"), "cần số từ 1 đến 64"),
    (("sync", "resend", "x"), "không hợp lệ"),
    (("due", "--mau"), "không có tùy chọn --mau"),
)


@pytest.mark.parametrize(("words", "told"), SLIPS_OF_THE_HAND, ids=[" ".join(w) for w, _ in SLIPS_OF_THE_HAND])
def test_a_slip_of_the_hand_is_told_by_what_is_missing_or_wrong(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(list(words)) == 2
    assert told in capsys.readouterr().err
    assert main([*words, "--lang", "en"]) == 2
    assert capsys.readouterr().err.isascii()


@pytest.mark.parametrize("area", sorted(AREAS))
def test_help_speaks_vietnamese_and_english_on_request(area: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([area, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "Cách dùng: " in shown
    for english in (
        "Usage",
        "Options",
        "Commands",
        "Arguments",
        "Show this",
        "required",
        "default",
        "COMMAND",
        "<str>",
    ):
        assert english not in shown
    assert main([area, "--help", "--lang", "en"]) == 0
    assert "Usage: " in capsys.readouterr().out


def test_the_list_of_commands_names_each_and_loads_none() -> None:
    assert set(AREAS) - set(LINES) == set()
    code = "import sys; from ui.cli import main; main(['--help']); print('sqlalchemy' in sys.modules, file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stderr.strip() == "False"
    assert all(f"\n  {area} " in ran.stdout for area in AREAS)


WRONG_SETTINGS = (
    ("config.toml", b"[station]\nkind = [\n", "sai cú pháp TOML"),
    ("config.toml", b"\xff\xfe", "không phải chữ UTF-8"),
    ("config.toml", b'[station]\nkind = "tv"\n', " hoặc '"),
    ("config.toml", b'database = "mysql://a/b"\n', "postgresql://"),
    ("office.toml", b"[office]\nname = \n", "sai cú pháp TOML ở dòng 2"),
)


@pytest.mark.parametrize(("name", "content", "words"), WRONG_SETTINGS, ids=[w for *_, w in WRONG_SETTINGS])
def test_wrong_settings_are_told_by_place_before_an_office_is_made(
    commands: Commands, name: str, content: bytes, words: str
) -> None:
    commands.data.mkdir()
    (commands.data / name).write_bytes(content)
    code, answer = commands.json("ticket", "issue")
    assert code == 2
    assert words in answer["error"]["message"]
    assert "Invalid" not in answer["error"]["message"]
    assert [p.name for p in commands.data.iterdir()] == [name]


def test_a_folder_in_the_place_of_the_settings_is_told(commands: Commands) -> None:
    (commands.data / "config.toml").mkdir(parents=True)
    assert commands.json("ticket", "issue")[1]["error"]["code"] == "config.invalid"


def test_settings_from_notepad_are_read(commands: Commands) -> None:
    commands.data.mkdir()
    (commands.data / "config.toml").write_bytes(b'\xef\xbb\xbf[station]\nkind = "kiosk"\n')
    assert commands.json("ticket", "issue")[0] == 0


def test_the_result_of_a_dossier_must_be_a_pdf_that_opens(tmp_path: Path, commands: Commands) -> None:
    key = commands.json("dossier", "receive", commands.file())[1]["key"]
    before = commands.events()
    wrong = {"zip.pdf": (b"PK\x03\x04" + b"x" * 99, "scan.format"), "cut.pdf": (b"%PDF-1.4\n", "scan.damaged")}
    wrong |= {"empty.pdf": (b"", "scan.empty"), "photo.pdf": (b"\x89PNG\r\n\x1a\n" + b"x" * 99, "dossier.result_file")}
    for name, (content, told) in wrong.items():
        (tmp_path / name).write_bytes(content)
        words = ("dossier", "result", key, "--number", "12", "--file", str(tmp_path / name))
        code, answer = commands.json(*words)
        assert (code, answer["error"]["code"]) == (2, told)
    assert commands.events() == before


def test_a_supplement_for_a_paper_that_the_procedure_does_not_have_is_refused(commands: Commands) -> None:
    key = commands.json("dossier", "receive", commands.file())[1]["key"]
    words = ("dossier", "supplement", key, "--missing", "la", "--reason", "Thiếu", "--legal-basis", "Luật")
    code, answer = commands.json(*words)
    assert (code, answer["error"]["code"]) == (2, "input.not_found")
    assert "thành phần hồ sơ “la”" in answer["error"]["message"]


def test_a_channel_that_does_not_exist_is_refused_with_any_term(commands: Commands) -> None:
    code, _, told = commands.text("due", "--received", "2026-02-13", "--term", "3 ngày", "--channel", "9")
    assert code == 2
    assert "kênh “9”" in told
    code, _, told = commands.text(
        "due", "--received", "2026-02-13", "--term", "3 ngày", "--channel", "9", "--lang", "en"
    )
    assert told.replace("“9”", "").isascii()


@pytest.mark.parametrize("words", [("dossier", "show", "\udcff"), ("appointment", "cancel", "12\udcff456")])
def test_signs_that_are_no_text_are_a_wrong_command(commands: Commands, words: tuple[str, ...]) -> None:
    code, told = commands.json(*words)
    assert (code, told["error"]["code"]) == (2, "usage")


def test_the_states_of_numbers_are_told_in_vietnamese(commands: Commands) -> None:
    commands.json("ticket", "issue")
    assert commands.text("ticket", "call")[0] == 0
    assert commands.text("ticket", "serve", "A001")[1].strip() == "Số A001: đang phục vụ"
    assert "đang phục vụ" in commands.text("ticket", "list")[1]
    assert set(TICKET_STATES) == set(TicketState)


def test_results_go_to_no_place_that_cannot_be_written(tmp_path: Path, commands: Commands) -> None:
    Image.new("L", (900, 400), 255).save(tmp_path / "trang.png")
    taken = tmp_path / "tep.txt"
    taken.write_text("của người khác")
    code, answer = commands.json("digitise", str(tmp_path / "trang.png"), "--out", str(taken))
    assert (code, answer["error"]["code"]) == (2, "scan.folder")
    assert taken.read_text() == "của người khác"


def test_a_window_without_a_screen_is_told_in_words(tmp_path: Path) -> None:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    bare = {name: value for name, value in os.environ.items() if name not in hidden}
    words = [*PROGRAM, "desk", "--data", str(tmp_path / "office"), "--json"]
    ran = subprocess.run(words, env=bare, capture_output=True, text=True, check=False)
    assert (ran.returncode, json.loads(ran.stdout)["error"]["code"]) == (1, "window.no_screen")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_province_told_to_stop_ends_well(tmp_path: Path, name: str) -> None:
    words = [*PROGRAM, "province", "serve", "--port", "0", "--data", str(tmp_path / "province"), "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, env=os.environ, text=True) as province:
        assert province.stdout is not None
        assert json.loads(province.stdout.readline())["ready"] is True
        time.sleep(0.2)
        province.send_signal(getattr(signal, name))
        assert province.wait(20) == 0
