"""The count of a drawer over the desk: one field a note, sums that follow every key, Enter from field to field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from kiosk.domain.money import NOTES
from ui.desk.dossier_form import ENTER
from ui.desk.drawer_model import DrawerSheet
from ui.desk.drawer_presenter import MOST_NOTES, Filled, Reckoned, number_of
from ui.desk.over_panel import OverPanel
from ui.theme.fonts import role
from ui.theme.look import px, type_px
from ui.theme.tokens import LG, MD, SM, XL, XS
from ui.theme.zoom import OWN_SIZE
from ui.widgets.basics import Card, Chip, Notice, clear, key_hints, label, mark, row, rule
from ui.words import dong

LEAST, MOST = (900, 640), (1000, 700)  # px; a smaller window scrolls
FIELD, NOTE_WIDTH, REASON = 34, 110, 38
OTHER = Qt.Key.Key_F6


class DrawerPanel(OverPanel):
    """A `DrawerView`. Signals: typed(Filled), given(Filled), other_asked, closed."""

    typed = Signal(object)
    given = Signal(object)
    other_asked = Signal()
    closed = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, self.tr("Kiểm quỹ cuối ngày"))
        self.card = Card(pad=LG, gap=SM)
        self.card.setProperty(OWN_SIZE, True)
        self.whose, self.state = label("", "title"), Chip()
        head = row(label(self.tr("Kiểm quỹ"), "title", "accent"), self.whose, self.state, gap=MD)
        head.addStretch(1)
        self.card.body.addLayout(head)
        self.notice = Notice(closable=False)
        self.card.body.addWidget(self.notice)
        body = row(gap=XL)
        body.addLayout(self._notes(), 1)
        body.addLayout(self._sums(), 1)
        self.card.body.addLayout(body, 1)
        self.card.body.addWidget(rule())
        foot = row()
        key_hints(
            foot,
            ("Enter", self.tr("ô sau, xong")),
            ("Ctrl+Enter", self.tr("ghi và in biên bản")),
            ("F6", self.tr("ngăn của tôi, cả cơ quan")),
            ("Esc", self.tr("đóng")),
        )
        foot.addStretch(1)
        self.card.body.addLayout(foot)
        self.place(self.card)

    # --- building ------------------------------------------------------------------------------------------------

    def _notes(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(MD)
        grid.setVerticalSpacing(XS)
        self.fields: dict[int, QLineEdit] = {}
        self._worth: dict[int, QLabel] = {}
        for line, words in enumerate((self.tr("Loại tiền"), self.tr("Số tờ"), self.tr("Thành tiền"))):
            grid.addWidget(label(words, "label", "muted"), 0, line)
        for line, value in enumerate(NOTES, 1):
            name = dong(value)
            grid.addWidget(label(name, "body"), line, 0)
            field = self.fields[value] = self._field(self.tr("Số tờ {name}").format(name=name))
            field.setFixedWidth(type_px(NOTE_WIDTH))
            grid.addWidget(field, line, 1)
            self._worth[value] = label("", "body")
            grid.addWidget(self._worth[value], line, 2)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(len(NOTES) + 1, 1)
        return grid

    def _sums(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(XS)
        self._told = QVBoxLayout()
        column.addLayout(self._told)
        column.addSpacing(SM)
        column.addWidget(label(self.tr("Tiền lẻ có sẵn đầu ngày (đồng)"), "label", "muted"))
        self.opening = self._field(self.tr("Tiền lẻ có sẵn đầu ngày"))
        column.addWidget(self.opening)
        column.addSpacing(SM)
        self.expected, self.counted = label("", "strong"), label("", "figure")
        self.counted.setAccessibleName(self.tr("Đếm được"))
        self.difference = Chip()
        column.addWidget(self.expected)
        column.addWidget(label(self.tr("Đếm được"), "label", "muted"))
        column.addWidget(self.counted)
        column.addWidget(self.difference)
        column.addSpacing(SM)
        column.addWidget(label(self.tr("Lý do lệch"), "label", "muted"))
        self.reason = self._field(self.tr("Lý do lệch"))
        self.reason.setPlaceholderText(self.tr("Chỉ ghi khi đếm lệch với sổ"))
        column.addWidget(self.reason)
        column.addSpacing(SM)
        self._earlier = QVBoxLayout()
        column.addLayout(self._earlier)
        column.addStretch(1)
        return column

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setFont(role("body"))
        field.setMinimumHeight(FIELD)
        field.installEventFilter(self)
        field.textEdited.connect(self._changed)
        return field

    # --- what the presenter shows --------------------------------------------------------------------------------

    def show_drawer(self, sheet: DrawerSheet) -> None:
        self.notice.hide()
        self.whose.setText(f"{sheet.whose}, {sheet.day}")
        self.state.say(self.tr("đã đếm hôm nay") if sheet.before else self.tr("chưa đếm hôm nay"), "info")
        for field in (*self.fields.values(), self.reason):
            field.clear()
        self.opening.setText(str(sheet.opening or ""))
        self._list(self._told, sheet.told, "body")
        self._list(self._earlier, sheet.before, "caption")
        self._unmark()
        self._fit()
        self.stand(self.fields[NOTES[0]])

    def show_sums(self, reckoned: Reckoned, words: str, tone: str) -> None:
        self.expected.setText(self.tr("Phải có: {sum}").format(sum=dong(reckoned.expected)))
        self.counted.setText(dong(reckoned.counted))
        self.difference.say(words, tone)
        for value, field in self.fields.items():
            many = number_of(field.text(), MOST_NOTES)
            self._worth[value].setText(dong(value * many) if many else "")

    def show_errors(self, wrong: Reckoned, message: str, fix: str, *, reason: bool) -> None:
        self.notice.say("bad", message, fix)
        self._unmark()
        fields = [self.fields[value] for value in wrong.wrong]
        fields += [self.opening] if wrong.is_opening_wrong else []
        fields += [self.reason] if reason else []
        for field in fields:
            mark(field, "tone", "bad")
        if fields:
            fields[0].setFocus()

    def leave(self) -> None:
        if self.isVisible():
            self.close_panel()

    def _list(self, into: QVBoxLayout, lines: tuple[str, ...], step: str) -> None:
        clear(into)
        for words in lines:
            into.addWidget(label(words, step, wrap=True))

    def _unmark(self) -> None:
        for field in (*self.fields.values(), self.opening, self.reason):
            mark(field, "tone", "")

    def _fit(self) -> None:
        wide, high = self._over.width() - 2 * LG, self._over.height() - 2 * LG
        across, down = max(wide, type_px(LEAST[0])), max(high, px(LEAST[1]))
        self.card.setFixedSize(min(across, type_px(MOST[0])), min(down, px(MOST[1])))

    # --- keys ----------------------------------------------------------------------------------------------------

    def filled(self) -> Filled:
        notes = {value: field.text().strip() for value, field in self.fields.items()}
        return Filled(notes, self.opening.text().strip(), self.reason.text())

    def _changed(self) -> None:
        self.typed.emit(self.filled())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QLineEdit):
            return self._key(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, field: QLineEdit, event: QKeyEvent) -> bool:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key == OTHER:
            self.other_asked.emit()
        elif key in ENTER and event.isAutoRepeat():
            return True  # a key that is held passes one field only
        elif key in ENTER and (control or field is self.reason):
            self.given.emit(self.filled())
        elif key in (*ENTER, Qt.Key.Key_Down):
            self.focusNextChild()
        elif key == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            return False
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()
