"""The case (trường hợp) of a procedure whose term, fee or papers differ by case."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from ui.theme.fonts import font
from ui.theme.icons import icon
from ui.theme.look import colours, type_px
from ui.theme.tokens import MD
from ui.widgets.basics import label

ARROW_PX = 18


class Chooser(QComboBox):
    """Up and down choose, Enter goes on. Signals: entered."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        painter = QPainter(self)
        side = type_px(ARROW_PX)
        top = (self.height() - side) // 2
        painter.drawPixmap(self.width() - side - 8, top, icon("down", side, colours().ink_2))


class CaseBox(QWidget):
    """Signals: chosen(case), left, when the officer is done with it."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice = Chooser()
        self.choice.setFixedHeight(34)
        self.choice.setFont(font(15, 500))
        self.choice.setAccessibleName("Trường hợp")
        title = label("Trường hợp", "label", "muted")
        title.setBuddy(self.choice)
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 0, 0, 0)
        line.setSpacing(MD)
        line.addWidget(title)
        line.addWidget(self.choice, 1)
        self.choice.activated.connect(lambda _: self.chosen.emit(str(self.choice.currentData())))
        self.choice.entered.connect(self.left)
        self.hide()

    def show_cases(self, cases: Sequence[str], chosen: str, *, needed: bool) -> None:
        """needed: without a choice there is no date and no fee."""
        with QSignalBlocker(self.choice):
            self.choice.clear()
            self.choice.addItem("Chọn bằng phím ↓" if needed else "Trường hợp chung", "")
            for case in cases:
                self.choice.addItem(case, case)
            self.choice.setCurrentIndex(max(0, self.choice.findData(chosen)))
        self.setVisible(bool(cases))
