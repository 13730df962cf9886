"""The list of papers: one line each, its state by one letter, pages by number keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kiosk.domain.dossier import PaperState
from ui.desk.actions import GATE_LETTERS, LETTERS
from ui.desk.model import PaperRow
from ui.theme.fonts import font, role
from ui.theme.look import colours, px, type_px
from ui.theme.tokens import SM

ROW, CHIP = 36, 124
WORDS = {
    PaperState.MISSING: ("Thiếu", "bad"),
    PaperState.ORIGINAL: ("Bản chính", "good"),
    PaperState.COPY: ("Bản sao", "good"),
    PaperState.CERTIFIED: ("Chứng thực", "good"),
    PaperState.FROM_DATABASE: ("Khai thác CSDL", "info"),
    PaperState.HELD: ("Đã có", "info"),
    PaperState.NOT_NEEDED: ("Không cần", ""),
}
STATE_OF_LETTER = {letter: PaperState(state) for letter, state, _words in LETTERS}
FLAW_LETTER = "B"
GATE_ACTS = {letter: act for letter, act, _words in GATE_LETTERS}


def state_words(row: PaperRow) -> tuple[str, str]:
    """Words and tone of a line's chip."""
    if row.note:
        return "Cần sửa", "warn"
    if row.state is PaperState.MISSING and row.source:
        return "Có sẵn: phím G", "info"
    if row.state is PaperState.MISSING and not row.required:
        return "Nếu có", ""
    return WORDS[row.state]


def spoken(row: PaperRow) -> str:
    """The line as a screen reader says it."""
    pages = f", {row.pages} trang" if row.pages else ""
    source = f". {row.source}" if row.source else ""
    return f"{row.number or ''}. {row.name}: {state_words(row)[0]}{pages}{source}"


def tones(tone: str) -> tuple[QColor, QColor]:
    """Ground and text of a chip."""
    if not tone:
        return QColor(colours().sunken), QColor(colours().ink_2)
    return QColor(str(getattr(colours(), f"{tone}_soft"))), QColor(str(getattr(colours(), tone)))


def paint_chip(painter: QPainter, box: QRect, words: str, tone: str) -> None:
    ground, ink = tones(tone)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 6, 6)
    painter.setPen(ink)
    painter.setFont(role("label"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


class _Line(QStyledItemDelegate):
    """Draws a `PaperRow`."""

    def sizeHint(  # noqa: N802 - Qt's name
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002
    ) -> QSize:
        return QSize(200, px(ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: PaperRow = index.data(Qt.ItemDataRole.UserRole)
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            chosen = colours().accent_soft if state & QStyle.StateFlag.State_HasFocus else colours().ground
            painter.setBrush(QColor(chosen))
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 8, 8)
        inner = rect.adjusted(SM, 0, -SM, 0)
        self._number(painter, inner, row)
        words, tone = state_words(row)
        high, wide, air = px(ROW), type_px(CHIP), px(6)
        chip = QRect(inner.right() - wide, inner.top() + air, wide, high - 2 * air)
        paint_chip(painter, chip, words, tone)
        pages = QRect(chip.left() - type_px(74), inner.top(), type_px(66), high)
        if row.pages:
            painter.setPen(QColor(colours().ink_2))
            painter.setFont(role("caption"))
            painter.drawText(pages, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{row.pages} trang")
        left = inner.left() + type_px(36)
        name = QRect(left, inner.top(), pages.left() - left - SM, high)
        painter.setFont(font(15, 600 if row.required else 400))
        painter.setPen(QColor(colours().ink if row.required else colours().ink_2))
        if row.source:
            name.setHeight(high * 5 // 9)
        self._text(painter, name, row.name)
        if row.source:
            painter.setFont(role("caption"))
            painter.setPen(QColor(colours().ink_2))
            self._text(painter, QRect(left, name.bottom(), name.width(), inner.bottom() - name.bottom()), row.source)
        painter.restore()

    @staticmethod
    def _text(painter: QPainter, box: QRect, words: str) -> None:
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _number(self, painter: QPainter, inner: QRect, row: PaperRow) -> None:
        air = px(6)
        cap = QRect(inner.left(), inner.top() + air, type_px(26), px(ROW) - 2 * air)
        painter.setPen(QColor(colours().line))
        painter.setBrush(QColor(colours().surface))
        painter.drawRoundedRect(cap, 5, 5)
        painter.setPen(QColor(colours().ink_2))
        painter.setFont(role("label"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, str(row.number) if row.number else "·")


class PaperList(QListWidget):
    """Signals: state_typed(code, state value), flaw_typed(code), digit_typed(n), step_typed(±1), discard_typed,
    gate_typed(act)."""

    state_typed = Signal(str, str)
    flaw_typed = Signal(str)
    digit_typed = Signal(int)
    step_typed = Signal(int)
    discard_typed = Signal()
    gate_typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self.setItemDelegate(_Line(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Danh sách giấy tờ")
        self.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText)
        self.setUniformItemSizes(True)
        self.setMinimumHeight(ROW + 8)  # below a long notice one line stays, and the list scrolls

    def show_rows(self, rows: Sequence[PaperRow]) -> None:
        """Keeps the chosen line; a change of procedure starts at the first."""
        codes = [r.code for r in rows]
        before = [self.item(i).data(Qt.ItemDataRole.UserRole).code for i in range(self.count())]
        if codes != before:
            self.clear()
            for _row in rows:
                self.addItem(QListWidgetItem())
        for place, row in enumerate(rows):
            item = self.item(place)
            item.setData(Qt.ItemDataRole.UserRole, row)
            item.setText(spoken(row))
            item.setToolTip("\n".join(part for part in (row.name, row.source) if part))
        if codes != before and rows:
            self.setCurrentRow(0)
        self.viewport().update()

    def choose(self, code: str) -> None:
        """The line of a paper is the current one."""
        for place in range(self.count()):
            if self.item(place).data(Qt.ItemDataRole.UserRole).code == code:
                self.setCurrentRow(place)

    def _code(self) -> str:
        item = self.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole).code) if item is not None else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        beside = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier  # a capital is the same letter
        plain = not event.modifiers() & ~beside
        text = event.text().upper()
        if plain and text in STATE_OF_LETTER and self._code():
            self.state_typed.emit(self._code(), STATE_OF_LETTER[text].value)
        elif plain and text == FLAW_LETTER and self._code():
            self.flaw_typed.emit(self._code())
        elif plain and text in GATE_ACTS:
            self.gate_typed.emit(GATE_ACTS[text])
        elif plain and text.isdigit() and text != "0":
            self.digit_typed.emit(int(text))
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.step_typed.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() == Qt.Key.Key_Delete:
            self.discard_typed.emit()
        else:
            super().keyPressEvent(event)
