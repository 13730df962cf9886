"""The palette over the desk: a box to type in, the lines that fit, Enter does the marked one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QListWidgetItem, QWidget

from ui.desk.columns import Cells, Columns, column_list, key_line, step_row
from ui.desk.over_panel import OverPanel
from ui.desk.palette_presenter import SHOWN, Found
from ui.theme.fonts import font
from ui.theme.tokens import MD, SM, XL
from ui.widgets.basics import Card, label

WIDTH, LINE = 760, 44
STARTS = (MD, 100, 560)


class PalettePanel(OverPanel):
    """Covers `over` while it is shown. Signals: typed(text), chosen(Found)."""

    typed = Signal(str)
    chosen = Signal(object)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, "Tìm lệnh")
        card = Card(pad=XL, gap=SM)
        card.setFixedWidth(WIDTH)
        self.edit = QLineEdit()
        self.edit.setFixedHeight(46)
        self.edit.setFont(font(17, 500))
        self.edit.setPlaceholderText("Gõ vài chữ không dấu: in, goi, khai sinh, tên người nộp…")
        self.edit.setAccessibleName("Tìm lệnh, thủ tục, hồ sơ")
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText)
        self.edit.installEventFilter(self)
        self.edit.textEdited.connect(self.typed)
        self.list = column_list("Lệnh, thủ tục và hồ sơ tìm thấy")
        self.list.setItemDelegate(Columns(self.list, STARTS, ("caption", "body"), _cells, WIDTH - 3 * XL))
        self.list.setFixedHeight(SHOWN * LINE + SM)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(lambda _: self._take())
        self.nothing = label("Không thấy lệnh, thủ tục hay hồ sơ nào. Gõ ít chữ hơn.", "body", "muted")
        card.body.addWidget(label("Tìm lệnh", "title"))
        card.body.addWidget(self.edit)
        card.body.addWidget(self.nothing)
        card.body.addWidget(self.list)
        card.body.addLayout(key_line(("↑ ↓", "chọn"), ("Enter", "làm"), ("Esc", "thôi")))
        self.place(card)

    def open(self) -> None:
        self.edit.clear()
        self.typed.emit("")
        self.stand(self.edit)

    def show_found(self, found: Sequence[Found]) -> None:
        self.list.clear()
        for one in found:
            item = QListWidgetItem(f"{one.kind.value}: {one.words} {one.beside}".strip())
            item.setData(Qt.ItemDataRole.UserRole, one)
            item.setToolTip(one.words)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.nothing.setVisible(not found)
        self.edit.setAccessibleDescription(self.list.item(0).text() if found else self.nothing.text())

    def _take(self) -> None:
        if (item := self.list.currentItem()) is not None:
            self.close_panel()
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Escape:
            self.close_panel()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step_row(self.list, 1 if key == Qt.Key.Key_Down else -1)
            self.edit.setAccessibleDescription(item.text() if (item := self.list.currentItem()) else "")
        else:
            return False
        return True

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self.close_panel()


def _cells(found: Found) -> Cells:
    return Cells((found.kind.value, found.words), found.beside, "")
