"""Wrong input as people make it, on the command line and at the desk, and the page that tells the answers.

`python tests/wrong_inputs.py` writes docs/wrong-input.md anew; tests/integration/test_wrong_input.py holds it.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from office_commands import received_now
from samples import BIRTH
from ui_fakes import LANES, FakeClock, FakeIntakes, Remember

from kiosk.clock import office_now
from kiosk.domain.term_words import parse_term
from kiosk.services.term_clock import extend
from ui.app import open_office
from ui.cli import main
from ui.desk.intake_presenter import IntakePresenter

PAGE = Path(__file__).parents[1] / "docs" / "wrong-input.md"
HEAD = """# Ghi sai thì máy nói gì

Mỗi dòng là một cách ghi sai có thật ở dòng lệnh, lời máy báo và việc cần làm tiếp theo.
Lệnh kết thúc bằng mã khác 0 (2: ghi sai; 1: quy định không cho), không hồ sơ nào mất hay đổi.
Bảng do kiểm thử sinh ra bằng cách chạy từng lệnh trên một cơ quan thật:
`tests/integration/test_wrong_input.py` giữ cho nó đúng, `python tests/wrong_inputs.py` viết lại.
Lời báo ở quầy dùng chung bảng lời này (`ui/i18n/failures`).

| # | Ghi sai | Lệnh | Mã | Máy báo | Làm gì tiếp |
| --- | --- | --- | --- | --- | --- |
"""
DESK_HEAD = """
## Ở quầy

Không hồ sơ nào được lập; con trỏ nhảy đến chỗ thiếu.

| Ghi sai | Phím | Máy báo | Làm gì tiếp |
| --- | --- | --- | --- |
"""
OWNER = {"full_name": "Nguyễn Thị Ánh", "id_number": "001195000007"}
MARRIAGE_STATUS = "1.004873"
FILES: Mapping[str, Any] = {
    "khong-phai-json.json": "{ họ tên: Ánh",
    "khoa-la.json": {"procedure": MARRIAGE_STATUS, "owner": OWNER, "papers": "all", "ghi_chu": "x"},
    "khong-ten.json": {"procedure": "2.000635", "owner": {"full_name": " "}, "papers": "all"},
    "ma-sai.json": {"procedure": "9.999999", "owner": OWNER, "papers": "all"},
    "thieu.json": {"procedure": "1.001193", "owner": OWNER, "papers": {"to-khai": "original"}},
    "ngay-sinh.json": {"procedure": "1.001193", "owner": {**OWNER, "born_on": "31/02/1990"}, "papers": "all"},
    "so-dinh-danh.json": {"procedure": "1.001193", "owner": {**OWNER, "id_number": "00119@"}, "papers": "all"},
    "dien-thoai.json": {"procedure": "1.001193", "owner": {**OWNER, "phone": "không có"}, "papers": "all"},
    "thu.json": {"procedure": "1.001193", "owner": {**OWNER, "email": "anh.example.vn"}, "papers": "all"},
    "giay-la.json": {"procedure": "1.001193", "owner": OWNER, "papers": {"so-ho-khau": "original"}},
    "ngoai-danh-muc.json": {
        "procedure": "1.001193",
        "owner": OWNER,
        "papers": "all",
        "extra_papers": [{"name": "Giấy xác nhận của trưởng thôn"}],
    },
    "truc-tuyen.json": {
        "procedure": "1.001193",
        "owner": OWNER,
        "papers": "all",
        "submitted_at": "2026-11-20T08:00:00+07:00",
    },
    "truong-hop.json": {"procedure": "1.001193", "owner": OWNER, "papers": "all", "case": "Người nước ngoài"},
    "khai-sinh.json": {"procedure": "1.001193", "owner": OWNER, "papers": "all"},
    "ket-qua.pdf": "không phải PDF",
}


@dataclass(frozen=True)
class Wrong:
    """what: the mistake in a person's words; words: the command, with {k} for a received dossier, {x} for one that has
    had its new date, {d} for the folder; code: of the failure."""

    what: str
    words: tuple[str, ...]
    code: str

    @property
    def id(self) -> str:
        return f"{self.code}: {self.what}"


def _w(what: str, code: str, *words: str) -> Wrong:
    return Wrong(what, words, code)


CASES = (
    _w("tệp hồ sơ không có", "dossier.invalid", "dossier", "receive", "{d}/khong-co.json"),
    _w("tệp không phải JSON", "dossier.invalid", "dossier", "receive", "{d}/khong-phai-json.json"),
    _w("khóa lạ trong tệp", "dossier.invalid", "dossier", "receive", "{d}/khoa-la.json"),
    _w("bỏ trống họ tên", "dossier.no_applicant", "dossier", "receive", "{d}/khong-ten.json"),
    _w("mã thủ tục không có", "input.not_found", "dossier", "receive", "{d}/ma-sai.json"),
    _w("thiếu giấy tờ bắt buộc", "dossier.incomplete", "dossier", "receive", "{d}/thieu.json"),
    _w("ngày sinh không có thật", "dossier.invalid", "dossier", "receive", "{d}/ngay-sinh.json"),
    _w("số định danh có ký tự lạ", "dossier.invalid", "dossier", "receive", "{d}/so-dinh-danh.json"),
    _w("số điện thoại là chữ", "dossier.invalid", "dossier", "receive", "{d}/dien-thoai.json"),
    _w("thư điện tử thiếu @", "dossier.invalid", "dossier", "receive", "{d}/thu.json"),
    _w("giấy tờ không thuộc thủ tục", "dossier.invalid", "dossier", "receive", "{d}/giay-la.json"),
    _w("giấy tờ ngoài danh mục không căn cứ", "dossier.extra_paper", "dossier", "receive", "{d}/ngoai-danh-muc.json"),
    _w("giờ nộp trực tuyến ở hồ sơ nộp tại quầy", "dossier.invalid", "dossier", "receive", "{d}/truc-tuyen.json"),
    _w("trường hợp không có", "dossier.invalid", "dossier", "receive", "{d}/truong-hop.json"),
    _w("giải quyết ngay thủ tục phải có giấy hẹn", "dossier.not_on_the_spot", "dossier", "solve", "{d}/khai-sinh.json"),
    _w("bổ sung không lý do", "dossier.reason_required", "dossier", "supplement", "{d}/thieu.json"),
    _w("bổ sung khi không thiếu gì", "dossier.nothing_missing", "dossier", "supplement", "{k}", "--reason", "x"),
    _w(
        "bổ sung giấy tờ không có",
        "input.not_found",
        "dossier",
        "supplement",
        "{k}",
        "--missing",
        "so-do",
        "--reason",
        "x",
    ),
    _w("từ chối không lý do", "dossier.reason_required", "dossier", "refuse", "{k}"),
    _w("mã hồ sơ không có", "input.not_found", "dossier", "show", "000000000000"),
    _w("kết quả không số", "dossier.no_result", "dossier", "result", "{k}"),
    _w(
        "tệp kết quả không phải PDF",
        "scan.format",
        "dossier",
        "result",
        "{k}",
        "--number",
        "1",
        "--file",
        "{d}/ket-qua.pdf",
    ),
    _w("trả khi chưa có kết quả", "dossier.no_result", "dossier", "return", "{k}"),
    _w("báo người dân khi chưa có kết quả", "dossier.illegal_step", "dossier", "notify", "{k}", "--by", "điện thoại"),
    _w("hẹn lại không lý do", "dossier.reason_required", "dossier", "extend", "{k}", "--by", "2 ngày làm việc"),
    _w("hẹn lại “trong ngày”", "term.extension", "dossier", "extend", "{k}", "--by", "trong ngày", "--reason", "x"),
    _w("hẹn lại “sớm”", "due.term", "dossier", "extend", "{k}", "--by", "sớm", "--reason", "x"),
    _w("hẹn lại lần hai", "term.extend_once", "dossier", "extend", "{x}", "--by", "1 ngày làm việc", "--reason", "x"),
    _w("hỏi ý kiến không ghi cơ quan", "dossier.missing_words", "dossier", "consult", "{k}", "--until", "2030-01-02"),
    _w("hạn trả lời không có thật", "due.date", "dossier", "consult", "{k}", "--until", "30/02/2027"),
    _w("trả lời khi không hỏi ai", "dossier.illegal", "dossier", "answer", "{k}", "--text", "Đúng"),
    _w("lúc nhận ở tương lai", "term.still_to_come", "dossier", "competent", "{k}", "--at", "2090-01-01T08:00"),
    _w("chờ nộp tiền không số văn bản", "term.evidence_required", "dossier", "pause", "{k}"),
    _w("hết chờ khi không chờ", "dossier.illegal", "dossier", "resume", "{k}"),
    _w("dừng không lý do", "dossier.reason_required", "dossier", "stop", "{k}"),
    _w("chuyển không ghi cơ quan", "dossier.missing_words", "dossier", "transfer", "{k}", "--reason", "x"),
    _w("sửa mà không ghi sửa gì", "usage", "dossier", "correct", "{k}"),
    _w("bước liên thông của hồ sơ thường", "input.not_found", "dossier", "step", "{k}", "khai-sinh", "--start"),
    _w("một bước vừa giao vừa từ chối", "usage", "dossier", "step", "{k}", "khai-sinh", "--start", "--refuse", "x"),
    _w("ngày nhận không có thật", "due.date", "due", "--received", "2026-02-30T08:00", "--term", "3 ngày"),
    _w("không ghi thời hạn", "due.no_term", "due", "--received", "2026-11-20T08:00"),
    _w("kênh không có", "input.not_found", "due", "--term", "3 ngày", "--channel", "9"),
    _w("tên mẫu không có", "print.form", "print", "form", "bien-nhan", "--dossier", "{k}", "--out", "{d}/a.pdf"),
    _w("in ra tệp lạ", "print.file_kind", "print", "form", "receipt", "--dossier", "{k}", "--out", "{d}/a.docx"),
    _w("khóa sổ không ghi năm", "usage", "print", "register", "--lock", "--out", "{d}/so.pdf"),
    _w(
        "khóa sổ năm chưa hết",
        "register.year_not_over",
        "print",
        "register",
        "--year",
        "2999",
        "--lock",
        "--out",
        "{d}/s.pdf",
    ),
    _w(
        "sổ của hai năm",
        "register.two_books",
        "print",
        "register",
        "--from",
        "2026-12-01",
        "--to",
        "2027-01-31",
        "--out",
        "{d}/s.pdf",
    ),
    _w("lệnh gõ sai", "usage", "dossier", "recieve", "{d}/khai-sinh.json"),
    _w("tùy chọn không có", "usage", "dossier", "show", "{k}", "--tat-ca"),
    _w("số ngoài khoảng", "usage", "dossier", "search", "Ánh", "--limit", "0"),
)


@dataclass(frozen=True)
class AtDesk:
    """A slip of the hand at the desk. acts: names of the presenter's acts, "act:argument" where it takes one."""

    what: str
    keys: str
    acts: tuple[str, ...]

    def answer(self) -> tuple[str, str, bool]:
        """What the officer reads, what to do next, and whether anything was received or declined."""
        view, office = Remember(), FakeIntakes()
        presenter = IntakePresenter(view, office, LANES, FakeClock())
        presenter.open()
        for act in self.acts:
            name, _, argument = act.partition(":")
            getattr(presenter, name)(*([argument] if argument or act.endswith(":") else []))
        said = [call for call in view.calls if call[0] in ("say", "ask")]
        name, given = said[-1]
        if name == "say":
            return given[1], given[2], bool(office.received)
        return (
            given[1],
            "Chọn việc trong danh sách: " + " ".join(choice.words for choice in given[2]),
            bool(office.received),
        )


_FILLED = ("on_card:card", f"on_procedure:{BIRTH.code}")
DESK_CASES = (
    AtDesk("tiếp nhận khi màn hình còn trống", "Ctrl+Enter", ("on_receive",)),
    AtDesk("tiếp nhận khi chưa chọn thủ tục", "Ctrl+Enter", ("on_card:card", "on_receive")),
    AtDesk("tiếp nhận khi chưa có người nộp", "Ctrl+Enter", (f"on_procedure:{BIRTH.code}", "on_receive")),
    AtDesk("tiếp nhận khi thiếu giấy tờ", "Ctrl+Enter", (*_FILLED, "on_receive")),
    AtDesk("yêu cầu bổ sung không lý do", "F9, Enter", (*_FILLED, "on_supplement", "on_reason:")),
    AtDesk("từ chối không lý do", "F10, Enter", (*_FILLED, "on_refuse", "on_reason:")),
    AtDesk("yêu cầu bổ sung khi chưa có người nộp", "F9", (f"on_procedure:{BIRTH.code}", "on_supplement")),
)


@dataclass(frozen=True)
class Answer:
    exit_code: int
    code: str
    message: str
    fix: str


@dataclass(frozen=True)
class Scene:
    """An office with two dossiers, and a folder of files that people would write."""

    root: Path
    folder: Path
    received: str
    extended: str

    def run(self, wrong: Wrong) -> Answer:
        """What the command answers, without what changes from day to day."""
        given = {"k": self.received, "x": self.extended, "d": str(self.folder)}
        told = io.StringIO()
        with contextlib.redirect_stdout(told):
            exit_code = main(["--data", str(self.root), "--json", *(word.format(**given) for word in wrong.words)])
        error = json.loads(told.getvalue()).get("error", {})
        return Answer(
            exit_code, error.get("code", ""), self._still(error.get("message", "")), self._still(error.get("fix", ""))
        )

    def state(self) -> tuple[Any, ...]:
        """All that could be lost or changed."""
        with open_office(self.root) as office, office.reads() as look:
            dossiers = sorted((d.key, d.version, d.state) for d in look.dossiers.recent(100))
            slips = [s.id for d in dossiers for s in look.slips.of_dossier(d[0])]
            return dossiers, slips, look.events.last_seq()

    def _still(self, text: str) -> str:
        text = text.replace(str(self.folder), "THƯ-MỤC")
        for key in (self.received, self.extended):
            text = text.replace(key, "MÃ")
        return re.sub(r"\d\d/\d\d/\d{4}", "NGÀY", text)


@contextlib.contextmanager
def scene(folder: Path) -> Iterator[Scene]:
    root, files = folder / "office", folder / "files"
    files.mkdir()
    for name, content in FILES.items():
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        (files / name).write_text(text, encoding="utf-8")
    first, second = received_now(root, "d-1").key, received_now(root, "d-2").key
    with open_office(root) as office:
        by = parse_term("1 ngày làm việc")
        extend(office.units(), office.desk, second, by, "Chờ xác minh", actor=office.actor, now=office_now())
    yield Scene(root, files, first, second)


def page(answers: list[tuple[Wrong, Answer]]) -> str:
    rows = []
    for number, (wrong, answer) in enumerate(answers, 1):
        command = " ".join(w.replace("{d}/", "").format(k="MÃ", x="MÃ") for w in wrong.words)
        cells = (str(number), wrong.what, f"`motcua {command}`", str(answer.exit_code), answer.message, answer.fix)
        rows.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |\n")
    return HEAD + "".join(rows) + DESK_HEAD + "".join(map(_desk_row, DESK_CASES))


def _desk_row(case: AtDesk) -> str:
    message, fix, _ended = case.answer()
    return f"| {case.what} | {case.keys} | {message} | {fix} |\n"


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    with TemporaryDirectory() as name, scene(Path(name)) as here:
        PAGE.write_text(page([(wrong, here.run(wrong)) for wrong in CASES]), encoding="utf-8")
