"""Search a procedure as one types; Enter takes the marked one. The list lies over the window, not in a pop-up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMoveEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kiosk.domain.procedure import Procedure
from ui.desk.case_box import CaseBox
from ui.theme.fonts import font, role
from ui.theme.look import colours, px, type_px
from ui.theme.tokens import MD, SM
from ui.widgets.basics import Card, Chip, Elided, label, row

LINE = 44


class _Choice(QStyledItemDelegate):
    """Draws a procedure: short name, name, field."""

    def sizeHint(  # noqa: N802 - Qt's name
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002
    ) -> QSize:
        return QSize(200, px(LINE))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        procedure: Procedure = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours().accent_soft))
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 8, 8)
        inner = rect.adjusted(MD, 0, -MD, 0)
        high = px(LINE)
        short = QRect(inner.left(), inner.top(), type_px(44), high)
        painter.setPen(QColor(colours().accent))
        painter.setFont(role("strong"))
        painter.drawText(short, Qt.AlignmentFlag.AlignVCenter, procedure.mnemonic)
        field = QRect(inner.right() - type_px(150), inner.top(), type_px(150), high)
        name = QRect(short.right() + SM, inner.top(), field.left() - short.right() - 2 * SM, high)
        painter.setPen(QColor(colours().ink))
        painter.setFont(role("body"))
        text = painter.fontMetrics().elidedText(procedure.name, Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(QColor(colours().ink_2))
        painter.setFont(role("caption"))
        text = painter.fontMetrics().elidedText(procedure.field_name, Qt.TextElideMode.ElideRight, field.width())
        painter.drawText(field, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        painter.restore()


class ProcedureBox(Card):
    """Signals: searched(text), chosen(code). `over` is the window that the list lies on."""

    searched = Signal(str)
    chosen = Signal(str)

    def __init__(self, over: QWidget) -> None:
        super().__init__(pad=SM)
        self._over = over
        self._name = ""
        self.edit = QLineEdit()
        self.edit.setFixedHeight(40)
        self.edit.setFont(font(17, 500))
        self.edit.setPlaceholderText("Tên tắt (ks), mã, hoặc vài chữ không dấu")
        self.edit.setAccessibleName("Thủ tục")
        title = label("Thủ tục", "label", "muted")
        title.setBuddy(self.edit)
        self.code = Chip()
        self.code.hide()
        line = QHBoxLayout()
        line.setSpacing(MD)
        line.setContentsMargins(4, 0, 0, 0)
        line.addWidget(title)
        line.addWidget(self.edit, 1)
        line.addWidget(self.code)
        self.body.addLayout(line)
        self.case = CaseBox()
        self.body.addWidget(self.case)
        self.agency = Elided("", "strong", "warn")
        self.agency.hide()
        under = row(self.agency)
        under.setContentsMargins(4, 0, 0, 0)
        self.body.addLayout(under)
        self.choices = QListWidget(over)
        self.choices.setItemDelegate(_Choice(self.choices))
        self.choices.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.choices.setAccessibleName("Thủ tục tìm thấy")
        self.choices.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.choices.hide()
        self.choices.itemClicked.connect(lambda _: self._take())
        self.edit.textEdited.connect(self.searched)
        self.edit.installEventFilter(self)

    def show_choices(self, choices: Sequence[Procedure]) -> None:
        self.choices.clear()
        for procedure in choices:
            item = QListWidgetItem(f"{procedure.mnemonic} {procedure.name}")
            item.setData(Qt.ItemDataRole.UserRole, procedure)
            item.setToolTip(procedure.name)
            self.choices.addItem(item)
        if not choices or not self.edit.hasFocus():
            self.choices.hide()
            return
        self.choices.setCurrentRow(0)
        self._place()
        self.choices.raise_()
        self.choices.show()

    def _place(self) -> None:
        corner = self.edit.mapTo(self._over, QPoint(0, self.edit.height() + 4))
        self.choices.setGeometry(corner.x(), corner.y(), self.edit.width(), px(LINE) * self.choices.count() + 6)

    def moveEvent(self, event: QMoveEvent) -> None:  # noqa: N802 - Qt's name
        super().moveEvent(event)
        self._place()  # a notice above pushed the box down: the list goes with it

    def show_procedure(self, procedure: Procedure | None) -> None:
        self._name = procedure.name if procedure else ""
        self.edit.setText(self._name)
        self.edit.setCursorPosition(0)
        self.edit.setToolTip(self._name)
        self.code.setVisible(procedure is not None)
        if procedure is not None:
            self.code.say(procedure.code, "accent")

    def show_agency(self, words: str) -> None:
        """Who else solves it; "" for this office."""
        self.agency.setText(f"Cơ quan giải quyết: {words}" if words else "")
        self.agency.setVisible(bool(words))

    def _take(self) -> None:
        if (item := self.choices.currentItem()) is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole).code)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.FocusIn:
            self.edit.selectAll()
            self.searched.emit("" if self.edit.text() == self._name else self.edit.text())
        elif event.type() == QEvent.Type.FocusOut:
            self.choices.hide()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            if self.choices.isVisible():
                self._take()
            return True
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.choices.isVisible():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.choices.setCurrentRow((self.choices.currentRow() + step) % self.choices.count())
            return True
        return False
