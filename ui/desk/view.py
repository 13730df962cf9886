"""The desk's window at 1366 x 768: queue, intake, promise. Widgets without decisions; the keyboard does everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kiosk.clock import Clock
from kiosk.domain.dossier import PaperState
from kiosk.domain.person import Person
from kiosk.domain.procedure import Procedure
from ui.desk.actions import ACTIONS, BY_ID
from ui.desk.appointments_panel import RegisterPanel
from ui.desk.choices import ChoicePanel, UndoKey
from ui.desk.dossier_model import Form
from ui.desk.edges import FootLine, HeadBar
from ui.desk.form_panel import FormPanel
from ui.desk.model import WAITING, Choice, Earlier, PageThumb, PaperRow, Promised, Proposal, Queue, Recent, Saved
from ui.desk.number_panel import NumberPanel
from ui.desk.over_panel import OverPanel
from ui.desk.page_strip import PageStrip
from ui.desk.palette_panel import PalettePanel
from ui.desk.paper_list import PaperList
from ui.desk.person_card import PersonCard
from ui.desk.procedure_box import ProcedureBox
from ui.desk.queue_rail import QueueRail
from ui.desk.reading_panel import ReadingPanel
from ui.desk.sheet import ShortcutSheet
from ui.desk.side import Side
from ui.desk.stations_panel import StationsPanel
from ui.desk.stopped_panel import StoppedPanel
from ui.desk.wedge import Wedge
from ui.tasks import Problem
from ui.theme.apply import dress
from ui.theme.look import Look
from ui.theme.tokens import LG, MD, SM, XS
from ui.theme.zoom import Zoom
from ui.widgets.basics import Act, Card, Chip, Notice, label, mark, row, stacked
from ui.widgets.reach import ARROWS, Reach
from ui.widgets.tab_order import in_eye_order, step

AUTOSAVE_MS = 700
SUFFIXES = "*.pdf *.jpg *.jpeg *.png *.tif *.tiff"


class DeskWindow(QWidget):
    """Signals: acted(action id), scanned(payload), files_given(paths), autosave_due,
    promise_shown(Promised or None), closing, stations_asked; parts add their own."""

    acted = Signal(str)
    scanned = Signal(str)
    files_given = Signal(list)
    autosave_due = Signal()
    promise_shown = Signal(object)
    closing = Signal()
    stations_asked = Signal()

    def __init__(self, office_name: str, place: str, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.tr("Một Cửa – {place}").format(place=place))
        self.setAcceptDrops(True)
        self.rail, self.side = QueueRail(), Side()
        self.person, self.papers, self.strip, self.notice = PersonCard(), PaperList(), PageStrip(), Notice()
        self.procedure = ProcedureBox(self)
        self._build(office_name, place, clock)
        self.sheet, self.choices, self.stations = ShortcutSheet(self), ChoicePanel(self), StationsPanel(self)
        self.numbers, self.register = NumberPanel(self), RegisterPanel(self)
        self.reading, self.stopped = ReadingPanel(self), StoppedPanel(self)
        words = self.tr("Quét thẻ của người nộp hộ bất cứ lúc nào. Để trống họ tên: chủ hồ sơ tự nộp.")
        self.submitter = FormPanel(self, self.tr("Người nộp hộ"), words)
        self.beyond = FormPanel(self, self.tr("Ghi thêm cho hồ sơ"))
        self.commands = PalettePanel(self)
        self._connect()
        self._undo_key, self._zoom = UndoKey(self), Zoom(self)
        self._wedge = Wedge(self)
        self._wedge.scanned.connect(self.scanned)
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._wedge.follow)
        self._autosave = QTimer(self)
        self._autosave.setInterval(AUTOSAVE_MS)
        self._autosave.timeout.connect(self.autosave_due)
        self._autosave.start()

    # --- building ------------------------------------------------------------------------------------------------

    def _build(self, office_name: str, place: str, clock: Clock) -> None:
        self.head, self.foot = HeadBar(office_name, place, clock), FootLine()
        content = QWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._reach = Reach(content)
        whole.addWidget(self._reach)
        outer = QVBoxLayout(content)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        body = QHBoxLayout()
        body.setContentsMargins(LG, MD, LG, MD)
        body.setSpacing(MD)
        body.addWidget(self.rail)
        body.addLayout(self._centre(), 1)
        body.addWidget(self.side)
        outer.addLayout(body, 1)
        outer.addWidget(self.foot)

    def _centre(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(MD)
        column.addWidget(self.notice)
        for part in (self.person, self.procedure):
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            column.addWidget(part)
        papers = Card(pad=SM, gap=XS)
        self.papers_title = label(self.tr("Giấy tờ"), "label", "muted")
        self.papers_state = Chip()
        self.papers_state.hide()
        self.all_button = Act(BY_ID["all"].words, BY_ID["all"].cap, "quiet", 30, "label")
        papers.body.addLayout(row(XS, self.papers_title, self.papers_state, None, self.all_button))
        self.papers_empty = label(self.tr("Chọn thủ tục để xem giấy tờ cần có"), "body", "muted")
        self.papers_empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.papers_place = stacked(self.papers_empty, self.papers)
        papers.body.addWidget(self.papers_place, 1)
        column.addWidget(papers, 1)
        column.addWidget(self._scan_card())
        return column

    def _scan_card(self) -> Card:
        card = Card(pad=SM, gap=XS)
        self.scan_state = Chip()
        self.scan_state.hide()
        self.files_button = Act(BY_ID["files"].words, BY_ID["files"].cap, "quiet", 30, "label")
        self.scan_button = Act(BY_ID["scan"].words, BY_ID["scan"].cap, "", 30, "label")
        head = row(XS, label(self.tr("Trang quét"), "label", "muted"), self.scan_state, None)
        head.addWidget(self.files_button)
        head.addWidget(self.scan_button)
        card.body.addLayout(head)
        self.strip_empty = label(self.tr("Đặt giấy vào máy quét rồi bấm F8, hoặc thả tệp vào đây"), "body", "muted")
        self.strip_empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.strip_place = stacked(self.strip_empty, self.strip)
        self.strip_place.setFixedHeight(self.strip.height())
        card.body.addWidget(self.strip_place)
        return card

    # --- connecting ----------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        for action in (a for a in ACTIONS if a.key):
            shortcut = QShortcut(QKeySequence(action.key), self)
            shortcut.activated.connect(lambda a=action.id: self.perform(a))
            if action.key == "Ctrl+Return":
                QShortcut(QKeySequence("Ctrl+Enter"), self).activated.connect(lambda a=action.id: self.perform(a))
        for key in ARROWS:
            QShortcut(QKeySequence(Qt.Modifier.ALT | key), self).activated.connect(lambda k=key: self._reach.roll(k))
        self.head.exchange_asked.connect(lambda: self.perform("exchange"))
        self.rail.acted.connect(self.perform)
        self.side.acted.connect(self.perform)
        self.all_button.clicked.connect(lambda: self.perform("all"))
        self.scan_button.clicked.connect(lambda: self.perform("scan"))
        self.files_button.clicked.connect(lambda: self.perform("files"))
        for button in (self.all_button, self.scan_button, self.files_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.side.reasons.closed.connect(lambda: self.perform("back"))

    def perform(self, name: str) -> None:
        """An act by its id. Acts of the window itself stay here; the rest goes to the presenters."""
        if name == "help":
            self.sheet.open()
        elif name == "palette":
            self.commands.open()
        elif name == "stations":
            self.stations_asked.emit()
        elif name == "stopped":
            self.stopped.asked.emit()
        elif name in ("card", "procedure", "case", "list", "recent"):
            self.focus({"list": "papers"}.get(name, name))
        elif name == "files":
            self._choose_files()
        elif name == "receive" and self.side.currentWidget() is self.side.reasons:
            self.side.reasons.confirm()
        else:
            self.acted.emit(name)

    def _choose_files(self) -> None:
        paths, _kind = QFileDialog.getOpenFileNames(
            self, self.tr("Chọn tệp giấy tờ"), "", self.tr("Giấy tờ ({suffixes})").format(suffixes=SUFFIXES)
        )
        if paths:
            self.files_given.emit([Path(p) for p in paths])

    # --- what the presenters show --------------------------------------------------------------------------------

    def show_queue(self, queue: Queue) -> None:
        self.rail.show_queue(queue)

    def ask(
        self, act: str, title: str, choices: Sequence[Choice], setting: str = "", settings: Sequence[Choice] = ()
    ) -> None:
        self.choices.ask(act, title, choices, setting, settings)

    def show_outage(self, words: str) -> None:
        self.head.show_outage(words)

    def ask_number(self, proposals: Sequence[Proposal], as_of: str) -> None:
        self.numbers.ask(proposals, as_of)

    def set_queue_busy(self, busy: bool) -> None:
        self.rail.set_busy(busy)

    def show_person(self, person: Person | None) -> None:
        self.person.show_person(person)

    def show_earlier(self, earlier: Sequence[Earlier]) -> None:
        self.person.show_earlier(earlier)

    def ask_submitter(self, form: Form) -> None:
        self.submitter.ask(form)

    def show_submitter_errors(self, errors: Mapping[str, str], words: str, fix: str) -> None:
        self.submitter.show_errors(errors, words, fix)

    def close_submitter(self) -> None:
        self.submitter.close_panel()

    def show_submitter(self, words: str) -> None:
        self.person.show_submitter(words)

    def ask_beyond(self, form: Form) -> None:
        self.beyond.ask(form)

    def show_beyond_errors(self, errors: Mapping[str, str], words: str, fix: str) -> None:
        self.beyond.show_errors(errors, words, fix)

    def close_beyond(self) -> None:
        self.beyond.close_panel()

    def show_agency(self, words: str) -> None:
        self.procedure.show_agency(words)

    def show_older(self, words: str) -> None:
        self.person.show_older(words)

    def show_choices(self, choices: Sequence[Procedure]) -> None:
        self.procedure.show_choices(choices)

    def show_procedure(self, procedure: Procedure | None) -> None:
        self.procedure.show_procedure(procedure)

    def show_cases(self, cases: Sequence[str], chosen: str, *, needed: bool) -> None:
        self.procedure.case.show_cases(cases, chosen, needed=needed)

    def show_papers(self, rows: Sequence[PaperRow]) -> None:
        self.papers.show_rows(rows)
        self.papers_place.setCurrentIndex(int(bool(rows)))
        missing = sum(1 for r in rows if r.required and not r.state.is_settled)
        self.papers_state.setVisible(bool(rows))
        spared = sum(1 for r in rows if r.state in (PaperState.HELD, PaperState.FROM_DATABASE))
        more = self.tr(", {n} không phải nộp").format(n=spared) if spared else ""
        if missing:
            self.papers_state.say(self.tr("Còn thiếu {n}").format(n=missing) + more, "bad")
        else:
            self.papers_state.say(self.tr("Đủ giấy tờ") + more, "good")

    def show_pages(self, pages: Sequence[PageThumb], current: int) -> None:
        self.strip.show_pages(pages, current)
        self.strip_place.setCurrentIndex(int(bool(pages)))
        loose = sum(1 for p in pages if not p.place and not p.discarded and not p.blank)
        flawed = sum(1 for p in pages if p.findings and not p.discarded)
        words = self.tr("{n} trang, {loose} chưa gắn") if loose else self.tr("{n} trang, đã gắn đủ")
        words += self.tr(", {flawed} cần xem (phím L)") if flawed else ""
        waiting = sum(1 for p in pages if p.reading == WAITING and not p.discarded)
        words += self.tr(", đã đọc {read}/{n}") if waiting else ""
        self.scan_state.setVisible(bool(pages))
        tone = "bad" if flawed else ("warn" if loose else "good")
        self.scan_state.say(words.format(n=len(pages), loose=loose, flawed=flawed, read=len(pages) - waiting), tone)

    def show_promise(self, promised: Promised | None) -> None:
        self.side.show_promise(promised)
        self.promise_shown.emit(promised)

    def show_saved(self, saved: Saved | None) -> None:
        self.side.show_saved(saved)

    def show_reasons(self, act: str, reasons: Sequence[str]) -> None:
        self.side.show_reasons(act, reasons)

    def show_recent(self, recent: Sequence[Recent]) -> None:
        self.side.show_recent(recent)

    def show_code(self, key: str, code: str) -> None:
        self.side.saved.show_code(key, code)

    def show_exchange(self, tone: str, words: str) -> None:
        self.head.show_state("exchange", tone, words)

    def show_stations_state(self, tone: str, words: str) -> None:
        self.head.show_state("stations", tone, words)

    def show_stopped_state(self, tone: str, words: str) -> None:
        self.head.show_state("stopped", tone, words)

    def show_printing(self, tone: str, words: str) -> None:
        self.side.saved.show_printing(tone, words)

    def show_problem(self, problem: Problem) -> None:
        self.notice.say("bad", problem.message, problem.fix)

    def say(self, tone: str, message: str, fix: str) -> None:
        self.notice.say(tone, message, fix)

    def show_look(self, chosen: Look) -> None:
        """Colours, zoom and density, at once."""
        dress(cast(QApplication, QApplication.instance()), chosen)
        self._zoom.follow()

    def hide_notice(self) -> None:
        self.notice.hide()

    def show_read(self, waiting: int, doubtful: int) -> None:
        self.foot.show_read(waiting, doubtful)

    def show_kept(self, words: str) -> None:
        self.foot.show_kept(words)

    def focus(self, part: str) -> None:
        parts: dict[str, QWidget] = {
            "card": self.person.card,
            "name": self.person.name,
            "procedure": self.procedure.edit,
            "case": self.procedure.case.choice,
            "papers": self.papers,
            "recent": self.side.recent,
        }
        parts[part].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_paper(self, code: str) -> None:
        self.papers.choose(code)
        self.focus("papers")

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Fields that hold something wrong are framed, and say why to who hears them."""
        fields = {"card": (self.person.card, self.person.name), "procedure": (self.procedure.edit,)}
        for part, edits in {**fields, "case": (self.procedure.case.choice,)}.items():
            for edit in edits:
                mark(edit, "tone", "bad" if part in faults else "")
                edit.setAccessibleDescription(faults.get(part, ""))

    def set_busy(self, act: str, busy: bool) -> None:
        if act == "scan":
            self.scan_button.setEnabled(not busy)
            self.scan_button.words.setText(self.tr("Đang quét…") if busy else BY_ID["scan"].words)
        else:
            for button in self.side.buttons.values():
                button.setEnabled(not busy)

    # --- Qt's own events -----------------------------------------------------------------------------------------

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name and way
        now = self.focusWidget()
        if any(panel.isAncestorOf(now) for panel in self.findChildren(OverPanel) if now is not None):
            return super().focusNextPrevChild(forward)
        return step(in_eye_order(self, self.rail, self.side), now, forward=forward)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_given.emit(paths)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self.autosave_due.emit()
        self.closing.emit()
        super().closeEvent(event)
