"""What the inbox of online dossiers reads and does in an opened office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from kiosk.clock import OFFICE_ZONE, Clock
from kiosk.domain.days_left import left_words
from kiosk.domain.event import Actor
from kiosk.domain.incoming import OnlineDossier, SentFile
from kiosk.domain.person import masked_name
from kiosk.domain.procedure import Procedure
from kiosk.errors import KioskError
from kiosk.services import online_inbox
from kiosk.services.online_inbox import InLine
from kiosk.services.ports import UnitOfWork
from ui.app import OpenedOffice
from ui.desk.list_model import Line
from ui.desk.online_presenter import ACCEPT, LOOK, REFUSE, SUPPLEMENT, InboxLook
from ui.desk.thumbnails import thumbnail
from ui.i18n.errors import text_of
from ui.mended_words import masked_number
from ui.online_papers import keep_papers
from ui.words import vietnamese_time

SOON = timedelta(hours=1)
BIG = (500, 700)  # px of a page
PAGES = 40


@dataclass
class LiveOnline:
    """opened: what this officer has looked at since the desk began, with the files that could not be opened."""

    office: OpenedOffice
    actor: Actor
    clock: Clock
    _opened: dict[str, Mapping[str, str]] = field(default_factory=dict)
    _pictures: dict[str, bytes] = field(default_factory=dict)

    def count(self) -> InboxLook:
        waiting = self._in_line()
        soon = self.clock() + SOON
        return InboxLook(len(waiting), sum(row.until is not None and row.until <= soon for row in waiting))

    def lines(self) -> Sequence[Line]:
        waiting = self._in_line()
        with self.office.reads() as look:
            procedures = {row.dossier.key: self._procedure(look, row.dossier) for row in waiting}
        return [self._line(row, procedures[row.dossier.key]) for row in waiting]

    def look(self, line: Line) -> None:
        online_inbox.note_opened(self.office.units(), line.id, actor=self.actor, now=self.clock())
        self._opened.setdefault(line.id, {})

    def papers(self, line: Line) -> str:
        with self.office.reads() as look:
            online = look.online.get(line.id)
        self._opened[online.key] = keep_papers(self.office, online, self.actor)
        return "Đã mở. Xem giấy tờ bằng ← →, rồi bấm T, B hoặc X."

    def accept(self, line: Line) -> str:
        self.papers(line)  # a page that is not kept yet would be missing from the dossier
        units, desk = self.office.units(), self.office.desk
        dossier = online_inbox.accept(units, desk, line.id, actor=self.actor, now=self.clock()).dossier
        due = f", hẹn trả {vietnamese_time(dossier.due_at)}" if dossier.due_at else ""
        return f"Đã tiếp nhận hồ sơ {dossier.key}{due}. Cổng sẽ được báo."

    def supplement(self, line: Line, reason: str) -> str:
        units, desk = self.office.units(), self.office.desk
        online_inbox.ask_supplement(units, desk, line.id, reason, actor=self.actor, now=self.clock())
        return "Đã yêu cầu bổ sung; công dân được báo qua cổng."

    def refuse(self, line: Line, reason: str) -> str:
        units, desk = self.office.units(), self.office.desk
        online_inbox.refuse(units, desk, line.id, reason, actor=self.actor, now=self.clock())
        return "Đã từ chối; công dân được báo qua cổng."

    def _in_line(self) -> list[InLine]:
        with self.office.reads() as look:
            return online_inbox.in_line(look, self.office.desk, self.clock())

    def _procedure(self, look: UnitOfWork, online: OnlineDossier) -> Procedure | None:
        return look.procedures.current(online.procedure_code, self.clock().date())

    def _line(self, row: InLine, procedure: Procedure | None) -> Line:
        online = row.dossier
        left, tone = ("không rõ thủ tục", "bad")
        if procedure is not None and row.until is not None:
            left, tone = left_words(self.office.calendar(procedure.field_name), self.clock(), row.until)
        name = procedure.name if procedure else online.procedure_name or online.procedure_code
        title = f"{masked_name(online.owner.full_name)} · {name}"
        if online.key not in self._opened:
            why = f"{_hurry(row)} Bấm Enter để mở và xem giấy tờ; việc mở được ghi vào nhật ký."
            return Line(online.key, title, left, why, (LOOK,), _outside(online), tone)
        facts = (*_person(online), *_outside(online), *self._files(online, procedure))
        acts = (ACCEPT, SUPPLEMENT, REFUSE) if procedure is not None else ()
        return Line(online.key, title, left, _hurry(row), acts, facts, tone, self._pages(online))

    def _files(self, online: OnlineDossier, procedure: Procedure | None) -> tuple[tuple[str, str], ...]:
        failed = self._opened.get(online.key, {})
        names = {c.code: c.name for c in procedure.components} if procedure else {}
        facts = [(names.get(f.component, f.name or "Giấy tờ khác"), _file_words(f, failed)) for f in online.files]
        brought = {f.component for f in online.files if f.file_id}
        lacking = [c.name for c in procedure.papers(online.case) if c.required and not c.database] if procedure else []
        lacking = [n for n in lacking if n not in {names.get(code) for code in brought}]
        return (*facts, ("Còn thiếu", "; ".join(lacking))) if lacking else tuple(facts)

    def _pages(self, online: OnlineDossier) -> tuple[tuple[str, bytes], ...]:
        with self.office.reads() as look:
            pages = look.papers.pages(online.draft_key)[:PAGES]
            files = {p.id: look.papers.file(p.file_id) for p in pages if p.id not in self._pictures}
        for page_id, file in files.items():
            try:
                self._pictures[page_id] = thumbnail(self.office.vault.get(file), BIG)
            except KioskError:  # the file is what is wrong: told where files are listed
                self._pictures[page_id] = b""
        names = {f.component: f.name for f in online.files if f.component}
        return tuple((names.get(p.component, "Giấy tờ"), self._pictures[p.id]) for p in pages)


def _hurry(row: InLine) -> str:
    if row.until is None:
        return f"Thủ tục {row.dossier.procedure_code} chưa có trong danh mục: nhập thủ tục rồi mở lại."
    return f"Tiếp nhận hoặc trả lời trước {row.until.astimezone(OFFICE_ZONE):%H:%M %d/%m/%Y}."


def _outside(online: OnlineDossier) -> tuple[tuple[str, str], ...]:
    """What says nothing of the person."""
    coming = len(online.awaited)
    files = f"{len(online.files)} tệp" + (f", {coming} đang tải về" if coming else "")
    return (("Mã của cổng", online.key), ("Nộp lúc", vietnamese_time(online.submitted_at)), ("Giấy tờ", files))


def _person(online: OnlineDossier) -> tuple[tuple[str, str], ...]:
    owner = online.owner
    number = masked_number(owner.id_number) if owner.id_number else "không ghi"
    facts = [("Chủ hồ sơ", f"{owner.full_name} · {number}"), ("Điện thoại", owner.phone), ("Địa chỉ", owner.address)]
    facts += [("Nội dung", online.summary), ("Trường hợp", online.case)]
    return tuple((name, value) for name, value in facts if value)


def _file_words(file: SentFile, failed: Mapping[str, str]) -> str:
    if problem := file.problem or failed.get(file.id, ""):
        text = text_of(problem)
        words = defaultdict(lambda: "…", file=file.name or file.id)
        return f"không dùng được: {text.message.format_map(words)}"
    if not file.file_id:
        return "đang tải về"
    return f"{file.name or 'tệp'}, {max(1, file.size // 1024)} KB"
