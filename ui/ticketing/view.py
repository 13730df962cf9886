"""The kiosk's window: choose a field, get the number. Widgets without decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from kiosk.clock import Clock
from kiosk.domain.opening import Opening
from kiosk.domain.ticket import PrintState
from kiosk.services.lookup import Progress
from ui.theme.fonts import set_face
from ui.theme.sheet import stylesheet
from ui.ticketing.card_page import CardPage
from ui.ticketing.dossier_pages import KeypadPage, ProgressPage
from ui.ticketing.guide_pages import PapersPage, ProceduresPage
from ui.ticketing.head import Head
from ui.ticketing.look import SLIM_GLASS_MM, SMALL_GLASS_MM, TALL_GLASS_MM, Look, Mode, Scale
from ui.ticketing.measure_page import MeasurePage
from ui.ticketing.model import Checklist, Issued, PriorityTile, ProcedureLine, Stopped, Tile
from ui.ticketing.number import NumberPage
from ui.ticketing.quiet_pages import ClosedPage, StillThere
from ui.ticketing.readers import KeyReader
from ui.ticketing.start_page import StartPage
from ui.ticketing.stopped_page import StoppedPage
from ui.ticketing.tiles import LEAST_MM
from ui.ticketing.words import LANGUAGES, Words
from ui.widgets.basics import Notice, label

HELD_MS, CORNER_MM = 5000, 15


class TicketingWindow(QWidget):
    """Signals: group_touched(code), priority_touched(code), help_touched, done_touched, back_touched, ticked (each
    second), touched (any finger), tool_touched(name), key_touched(key), procedure_touched(code), scanned(text),
    more_time_touched, listen_touched; of staff: corner_held, staff_key_touched(key), card_step_touched(px),
    measure_saved, spare_touched(letter).

    locked: the window cannot be closed by keys (kiosk mode); `release` opens it for a proper end. small: the glass is
    less than 170 mm tall; tall: it lies and is 240 mm tall or more; slim: it stands and is less than 400 mm tall.
    """

    group_touched = Signal(str)
    priority_touched = Signal(str)
    help_touched = Signal()
    listen_touched = Signal()
    done_touched = Signal()
    back_touched = Signal()
    ticked = Signal()
    touched = Signal()
    tool_touched = Signal(str)
    key_touched = Signal(str)
    procedure_touched = Signal(str)
    scanned = Signal(str)
    more_time_touched = Signal()
    corner_held = Signal()
    staff_key_touched = Signal(str)
    card_step_touched = Signal(int)
    measure_saved = Signal()
    spare_touched = Signal(str)

    def __init__(
        self,
        office_name: str,
        clock: Clock,
        scale: Scale,
        *,
        portrait: bool,
        locked: bool = False,
        small: bool = False,
        tall: bool = False,
        slim: bool = False,
        languages: Mapping[str, Words] = LANGUAGES,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Máy lấy số"))
        self.setWindowTitle(self.tr("Lấy số thứ tự"))
        self._office_name, self._clock, self._scale, self._languages = office_name, clock, scale, languages
        self._portrait, self._locked = portrait, locked
        self._small, self._tall, self._slim = small, tall, slim
        self._reader = KeyReader(self)
        self._reader.scanned.connect(self.scanned)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._body: QWidget | None = None
        self.dress(Mode())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.ticked)
        self._timer.start(1000)
        self._held = QTimer(self)
        self._held.setSingleShot(True)
        self._held.setInterval(HELD_MS)
        self._held.timeout.connect(self.corner_held)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def dress(self, mode: Mode) -> None:
        """Build everything again: texts, colours and reach are those of the parts when they are made."""
        words = self._languages[mode.language]
        self.look = self._look(words, mode)
        self.setStyleSheet(stylesheet(self.look.palette) if mode.contrast else "")
        if self._body is not None:
            self._outer.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
            self._note.deleteLater()
            self._still.deleteLater()
        self._body = self._build()
        self._outer.addWidget(self._body)
        self._body.show()
        self._keep_low()

    def _look(self, words: Words, mode: Mode) -> Look:
        if self._slim and mode.low:  # half of a slim upright glass is a small lying one
            return Look(self._scale, False, words, mode, small=True, tall=True, narrow=True)
        small = self._small or (self._tall and mode.low)  # so is half of a tall lying one
        return Look(self._scale, self._portrait, words, mode, small, self._tall, self._slim)

    def _keep_low(self) -> None:
        if self.look.low:
            gap = self.look.mm(3) if self.look.narrow else 0  # every millimetre below is taken
            self._upper.setFixedHeight(self.height() // 2 - gap)

    def _build(self) -> QWidget:
        look = self.look
        body = QWidget()
        margin = look.mm(7 if look.roomy else 3 if look.small else 4)
        column = QVBoxLayout(body)
        column.setContentsMargins(margin, look.mm(5 if look.roomy else 3), margin, margin)
        column.setSpacing(look.mm(4 if look.roomy else 3))
        if look.low:
            column.addWidget(self._upper_half(), 1)
        self.head = Head(look, self._office_name, self._clock)
        self.help_button, self.listen_button = self.head.help_key, self.head.listen_key
        column.addLayout(self.head)
        self._pages = QStackedWidget()
        codes = list(self._languages)
        following = codes[(codes.index(look.mode.language) + 1) % len(codes)]
        self.start = StartPage(look, self._languages[following].language)
        self.number, self.closed = NumberPage(look), ClosedPage(look)
        self.keypad, self.progress = KeypadPage(look), ProgressPage(look)
        self.procedures, self.papers, self.card = ProceduresPage(look), PapersPage(look), CardPage(look)
        self.staff_pad = KeypadPage(look, look.words.staff_code, look.words.staff_enter)
        self.measure = MeasurePage(look)
        self.stopped = StoppedPage(look)
        for page in self._all_pages():
            self._pages.addWidget(page)
        column.addWidget(self._pages, 1)
        # A page that is too long may neither push itself into the upper half nor make the window larger than the glass.
        self._pages.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._note = Notice(look.palette, closable=False, icon_px=look.mm(10))  # over the page: it must not jump
        self._note.setParent(self)
        set_face(self._note.message, look.main, 700)
        set_face(self._note.fix, look.cap(4.8), 500)
        self._still = StillThere(look)
        self._still.setParent(self)
        self._connect()
        return body

    def _all_pages(self) -> tuple[QWidget, ...]:
        dossier = (self.keypad, self.progress, self.procedures, self.papers, self.card)
        return (self.start, self.number, self.closed, *dossier, self.staff_pad, self.measure, self.stopped)

    def _connect(self) -> None:
        self.start.group.connect(self.group_touched)
        self.start.priority.connect(self.priority_touched)
        self.start.tool.connect(self.tool_touched)
        self.help_button.clicked.connect(self.help_touched)
        self.listen_button.clicked.connect(self.listen_touched)
        self.start.priorities_stand.connect(lambda _stand: self._tell_priority())
        self.number.done.clicked.connect(self.done_touched)
        self.keypad.key.connect(self.key_touched)
        self.progress.back.connect(self.done_touched)
        self.procedures.chosen.connect(self.procedure_touched)
        self.papers.number_wanted.connect(self.group_touched)
        self.staff_pad.key.connect(self.staff_key_touched)
        self.measure.step.connect(self.card_step_touched)
        self.measure.save.connect(self.measure_saved)
        self.stopped.spare.connect(self.spare_touched)
        self.stopped.back.connect(self.back_touched)
        for page in (self.keypad, self.procedures, self.papers, self.card, self.staff_pad, self.measure):
            page.back.connect(self.back_touched)
        self._still.more.connect(self.more_time_touched)
        self._still.end.connect(self.done_touched)

    def _upper_half(self) -> QWidget:
        """What stands out of reach in low mode: the office's name, for everybody else in the hall."""
        words = label(self._office_name, tone="accent", wrap=True)
        set_face(words, self.look.cap(9), 700)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._upper = words
        return words

    def _go(self, page: QWidget, title: str) -> None:
        self.head.title.setText(title)
        if page is not self.start:
            self._note.hide()  # what the start said would cover the keys of this page
        self._pages.setCurrentWidget(page)
        self._tell_priority()
        self.setFocus()  # no key looks chosen before somebody chose, and a scanner types into the window itself

    def _tell_priority(self) -> None:
        self.head.below.setVisible(self._pages.currentWidget() is self.start and self.start.offers_priority())

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        self.start.show_tiles(tiles)

    def show_priorities(self, priorities: Sequence[PriorityTile]) -> None:
        self.start.show_priorities(priorities)

    def show_start(self) -> None:
        self.start.choose_field(False)
        words = self.look.words
        self._go(self.start, words.what_one if len(self.start.tiles) == 1 else words.what)

    def show_closed(self, opening: Opening) -> None:
        self.closed.show_opening(opening)
        self._go(self.closed, self.look.words.closed)

    def mark_priority(self, code: str) -> None:
        for own, button in self.start.priorities.items():
            button.choose(own == code)

    def show_number(self, issued: Issued) -> None:
        self.number.show_number(issued)
        self._go(self.number, self.look.words.taken)

    def show_paper(self, state: PrintState, *, slow: bool) -> None:
        self.number.show_paper(state, slow=slow)

    def show_lookup(self, digits: str) -> None:
        self.keypad.show_digits(digits)
        if self._pages.currentWidget() is not self.keypad:
            self._go(self.keypad, self.look.words.lookup)

    def show_progress(self, progress: Progress) -> None:
        self.progress.show_progress(progress)
        self._go(self.progress, self.look.words.found)

    def show_fields(self) -> None:
        self.start.choose_field(True)
        self._go(self.start, self.look.words.papers_what)

    def show_procedures(self, lines: Sequence[ProcedureLine]) -> None:
        self.procedures.show_lines(lines)
        self._go(self.procedures, self.look.words.choose_procedure)

    def show_checklist(self, checklist: Checklist, group: Tile) -> None:
        self.papers.show_checklist(checklist, group)
        self._go(self.papers, self.look.words.papers)

    def show_card_help(self) -> None:
        self._go(self.card, self.look.words.card_title)

    def topic(self) -> str:
        here = self._pages.currentWidget()
        names: dict[QWidget | None, str] = {
            self.number: "no-paper" if self.number.without_paper else "number",
            self.start: "fields" if self.start.choosing else "start",
            **{self.closed: "closed", self.keypad: "lookup", self.progress: "progress", self.card: "card"},
            self.stopped: "staff",
            **{self.procedures: "procedures", self.papers: "papers", self.staff_pad: "staff", self.measure: "staff"},
        }
        return "still" if self._still.isVisible() else names[here]

    def show_staff_code(self, digits: int) -> None:
        self.staff_pad.show_count(digits)
        self._go(self.staff_pad, self.look.words.staff)

    def show_calibration(self, card_px: int) -> None:
        self.measure.show_card(card_px)
        self._go(self.measure, self.look.words.measure)

    def show_stopped(self, stopped: Stopped) -> None:
        self.stopped.show_stopped(stopped)
        self._go(self.stopped, self.look.words.staff)

    def px_per_mm(self) -> float:
        return self._scale.px_per_mm

    def rescale(self, px_per_mm: float) -> None:
        self._scale = Scale(px_per_mm)
        self._small = not self._portrait and self.height() / px_per_mm < SMALL_GLASS_MM
        self._tall = not self._portrait and self.height() / px_per_mm >= TALL_GLASS_MM
        self._slim = self._portrait and self.height() / px_per_mm < SLIM_GLASS_MM
        self.dress(self.look.mode)

    def show_warning(self, seconds: int, *, can_extend: bool) -> None:
        self._still.ask(seconds, self.size(), can_extend=can_extend)

    def hide_warning(self) -> None:
        self._still.hide()

    def wipe(self) -> None:
        self._reader.forget()
        self.number.wipe()
        self.keypad.show_digits("")
        self.progress.wipe()

    def show_note(self, tone: str, message: str, fix: str) -> None:
        self._note.say(tone, message, fix)
        self._place_note()
        self._note.raise_()

    def _place_note(self) -> None:
        look = self.look
        margin = look.mm(7 if look.roomy else 3 if look.small else 4)  # the page's own
        width = self.width() - 2 * margin
        # Over whole rows of keys: one that is cut through invites a finger.
        least = look.mm(2 * LEAST_MM + 3.5) if look.roomy else look.mm(LEAST_MM)
        height = max(least, self._note.heightForWidth(width))
        self._note.setGeometry(margin, self.height() - height - margin, width, height)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._keep_low()
        self._place_note()

    def hide_note(self) -> None:
        self._note.hide()

    def set_busy(self, busy: bool) -> None:
        """Touches are dropped by the presenter; the tiles only look pressed less."""
        for button in self.start.tiles.values():
            button.setEnabled(not busy)

    def on_screen(self) -> list[QLabel]:
        """Labels that a citizen can see now."""
        return [part for part in self.findChildren(QLabel) if part.isVisible()]

    def release(self) -> None:
        """Let the next close through: the station is being stopped by its keeper."""
        self._locked = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        pressed = (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin)
        if event.type() in pressed and isinstance(watched, QWidget) and watched.window() is self:
            self.touched.emit()
            if isinstance(event, QMouseEvent):
                self._watch_corner(event)
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._held.stop()
        return False

    def _watch_corner(self, event: QMouseEvent) -> None:
        at = self.mapFromGlobal(event.globalPosition())
        if max(at.x(), at.y()) < self.look.mm(CORNER_MM):
            self._held.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        self._reader.take(event)
        if self._locked:
            event.accept()  # Escape, F11, Alt+F4 as a key: nothing a citizen presses leaves the kiosk
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        if self._locked:
            event.ignore()
        else:
            super().closeEvent(event)
