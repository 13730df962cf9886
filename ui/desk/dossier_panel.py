"""The panel of one dossier over the desk: facts and history, acts by letter, the hand-over, the form of an act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ui.desk.actions import DOSSIER_KEYS
from ui.desk.dossier_facts import Acts, Facts
from ui.desk.dossier_form import ActForm
from ui.desk.dossier_list import DossierList
from ui.desk.dossier_model import Form, Listed, Sheet
from ui.desk.letter_keys import LetterKeys
from ui.desk.over_panel import OverPanel
from ui.desk.sheet import DOSSIER_COLUMNS, ShortcutSheet
from ui.desk.side import spaced
from ui.theme.look import px, type_px
from ui.theme.tokens import LG, MD, SM
from ui.theme.zoom import OWN_SIZE
from ui.widgets.basics import Card, Chip, Elided, Notice, key_hints, label, mark, row, rule
from ui.widgets.pool import polish
from ui.widgets.reach import Reach

WIDEST, HIGHEST, LOWEST = 1320, 940, 720  # px at 100 %; between the last two it is as high as its window
ACT_WIDTH, FEWEST = 300, 2  # px at 100 % of a column of acts; columns
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
SCROLL = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
BY_LETTER = {letter: act for letter, act, _words in DOSSIER_KEYS}
SHEET, FORM, LIST = range(3)
WARM_MS = 1500  # after the start: the desk itself comes first


class DossierPanel(OverPanel):
    """A `DossierView`. Signals: acted(act), confirmed, closed, form_given(values), list_asked(text), untold_asked,
    opened(key)."""

    acted = Signal(str)
    confirmed = Signal()
    closed = Signal()
    form_given = Signal(dict)
    list_asked = Signal(str)
    untold_asked = Signal()
    opened = Signal(str)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, "Hồ sơ")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.letters = LetterKeys(self)
        self.letters.pressed.connect(self._letter)
        self.card = Card(pad=LG, gap=SM)
        self.card.setProperty(OWN_SIZE, True)
        self.pages = QStackedWidget()
        self.form, self.list = ActForm(), DossierList()
        for page in (self._sheet_page(), self.form, self.list):
            self.pages.addWidget(page)
        self.card.body.addWidget(self.pages, 1)
        self.form.given.connect(self.form_given)
        self.form.cancelled.connect(self.closed)
        self.list.asked.connect(self.list_asked)
        self.list.untold_asked.connect(self.untold_asked)
        self.list.opened.connect(self.opened)
        self.list.cancelled.connect(self.closed)
        self.place(self.card)
        self.sheet = ShortcutSheet(over, DOSSIER_COLUMNS)
        self._warming = QTimer(self)
        self._warming.setSingleShot(True)
        self._warming.timeout.connect(self._warm)
        self._warming.start(WARM_MS)

    def _warm(self) -> None:
        """Before the first dossier is opened, so that it opens like every other."""
        polish(self.inside)
        polish(self.acts)

    # --- building ------------------------------------------------------------------------------------------------

    def _sheet_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SM)
        self.code, self.title = label("", "title"), Elided("", "lead")
        self.state, self.left = Chip(), Chip()
        head = row(self.code, self.state, self.left, gap=MD)
        head.addStretch(1)
        self.official = label("", "caption", "muted")
        head.addWidget(self.official)
        column.addLayout(head)
        column.addWidget(self.title)
        self.due, self.why = Elided("", "strong"), Elided("", "body", "muted")
        column.addWidget(self.due)
        column.addWidget(self.why)
        self.alarm = Notice(closable=False)
        self.notice = Notice(closable=False)
        column.addWidget(self.alarm)
        column.addWidget(self._hand_over_band())
        column.addWidget(self.notice)
        column.addWidget(self._body(), 1)
        column.addWidget(rule())
        self.acts = Acts()
        column.addWidget(self.acts)
        foot = row()
        key_hints(foot, ("F1", "mọi phím"), ("↑ ↓", "xem thêm"), ("Ctrl+Y", "danh sách"), ("Esc", "đóng"))
        foot.addStretch(1)
        column.addLayout(foot)
        return page

    def _hand_over_band(self) -> QFrame:
        self.band = QFrame()
        self.band.setProperty("kind", "notice")
        inner = QVBoxLayout(self.band)
        inner.setContentsMargins(MD, SM, MD, SM)
        inner.setSpacing(2)
        self.ready, self.taker = label("", "lead", wrap=True), label("", "strong", wrap=True)
        inner.addWidget(self.ready)
        inner.addWidget(self.taker)
        return self.band

    def _body(self) -> QScrollArea:
        self.inside = Facts()
        self.facts = QScrollArea()
        self.facts.setWidget(self.inside)
        self.facts.setWidgetResizable(True)
        self.facts.setFrameShape(QFrame.Shape.NoFrame)
        self.facts.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.facts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for ground in (self.inside, self.facts.viewport()):  # the card's own shows through
            ground.setAutoFillBackground(False)
        return self.facts

    # --- what the presenter shows --------------------------------------------------------------------------------

    def show_sheet(self, sheet: Sheet) -> None:
        self._fit()
        again = self.isVisible() and self.code.text() == spaced(sheet.key)
        self.code.setText(spaced(sheet.key))
        self.official.setText(self.tr("Mã của tỉnh: {code}").format(code=sheet.code) if sheet.code else "")
        self.title.setText(f"{sheet.title} · {sheet.people}")
        self._chips(sheet)
        self.due.setText(sheet.due)
        self.why.setText(sheet.due_why)
        self.why.setVisible(bool(sheet.due_why))
        self.alarm.hide()
        if sheet.alarms:
            self.alarm.say("bad", ". ".join(sheet.alarms))
        self.band.setVisible(sheet.hand_over is not None)
        if sheet.hand_over is not None:
            self.ready.setText(self.tr("Kết quả số {n} sẵn sàng trao").format(n=sheet.hand_over.result))
        self.inside.show_facts(sheet.sections, sheet.history)
        self.acts.show_acts(sheet.offers, max(FEWEST, self.card.width() // type_px(ACT_WIDTH)))
        if not again:
            self.notice.hide()
            self.facts.verticalScrollBar().setValue(0)
        self._show(SHEET, self)

    def show_list(self, lines: Sequence[Listed], text: str, *, untold: bool) -> None:
        self._fit()
        self.list.show_lines(lines, text, untold=untold)
        self._show(LIST, self.list.edit)

    def show_form(self, form: Form) -> None:
        self.form.ask(form)
        focus = self.form.focusWidget() or self.form
        self._show(FORM, focus)

    def show_errors(self, errors: Mapping[str, str], words: str, fix: str) -> None:
        self.form.show_errors(errors, words, fix)

    def show_taker(self, words: str, tone: str) -> None:
        if words != self.taker.text():
            self.notice.hide()  # what was told before somebody came belongs to no one here
        self.taker.setText(words)
        mark(self.band, "tone", tone)
        self.band.setAccessibleName(f"{self.ready.text()} {words}")

    def tell(self, tone: str, message: str, fix: str) -> None:
        (self.list.notice if self.pages.currentIndex() == LIST else self.notice).say(tone, message, fix)

    def leave(self) -> None:
        self.letters.forget()
        if self.isVisible():
            self.close_panel()

    def _show(self, page: int, focus: QWidget) -> None:
        self.letters.forget()
        self._fit()
        if self.isVisible() and page != self.pages.currentIndex():
            self.setFocus()  # else Qt looks through the desk for who gets it, as the page that has it goes
        self.pages.setCurrentIndex(page)
        self.stand(focus)

    def _fit(self) -> None:
        """As wide as the window lets it; zoomed, what is too high for it scrolls."""
        air, reach = 2 * type_px(LG), self.findChild(Reach)
        high = min(max(self._over.height() - air, px(LOWEST)), px(HIGHEST))
        bar = reach.verticalScrollBar().sizeHint().width() if reach and high + air > self._over.height() else 0
        self.card.setFixedSize(min(self._over.width() - air - bar, type_px(WIDEST)), high)

    def _chips(self, sheet: Sheet) -> None:
        self.state.say(sheet.state.words, sheet.state.tone)
        self.left.setVisible(sheet.left is not None)
        if sheet.left is not None:
            self.left.say(sheet.left.words, sheet.left.tone)

    # --- keys ----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self.pages.currentIndex() != SHEET:
            return
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.letters.forget()
            if key == Qt.Key.Key_Y:
                self.list_asked.emit("")
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key == Qt.Key.Key_F1:
            self.sheet.open()
        elif key in ENTER:
            self.letters.forget()
            if not event.isAutoRepeat():  # a key that is held gives one result only
                self.confirmed.emit()
        elif key in SCROLL:
            self._scroll(SCROLL[key])
        elif event.text().isprintable() and event.text():
            self.letters.type(event.text())

    def _scroll(self, steps: int) -> None:
        """The facts; at their end the panel, where it is higher than its window."""
        reach = self.findChild(Reach)
        for area in (self.facts, reach):
            bar = area.verticalScrollBar() if area is not None else None
            before = bar.value() if bar is not None else 0
            if bar is not None:
                bar.setValue(before + steps * bar.singleStep() * 2)
                if bar.value() != before:
                    return

    def _letter(self, letter: str) -> None:
        if self.isVisible() and self.pages.currentIndex() == SHEET and letter in BY_LETTER:
            self.acted.emit(BY_LETTER[letter])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()
