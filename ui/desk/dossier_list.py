"""The list that leads to a dossier: results that wait for their citizens, or what a name, a code or a card finds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidgetItem, QVBoxLayout, QWidget

from ui.desk.columns import Cells, Columns, column_heads, column_list, key_line, step_row
from ui.desk.dossier_model import Listed
from ui.desk.letter_keys import SETTLE_MS
from ui.theme.fonts import role
from ui.theme.look import type_px
from ui.theme.tokens import SM
from ui.widgets.basics import Notice, label, row

# px from the left: code, citizen, procedure, since, state; zoomed, without the procedure.
AT, WIDTH = (12, 180, 460, 900, 1040), 1240
NARROW_AT, NARROW = (12, 150, 350, 470), 590
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
SEARCH_MS = SETTLE_MS  # after the last letter: what a scanner types goes on


class DossierList(QWidget):
    """Signals: asked(text), untold_asked, opened(key), cancelled."""

    asked = Signal(str)
    untold_asked = Signal()
    opened = Signal(str)
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SEARCH_MS)
        self._wait.timeout.connect(self._typed)
        self._asked = self._typed_last = ""  # what is listed; what typing asked for, until something else is
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SM)
        self.title, self.count = label("", "title"), label("", "body", "muted")
        column.addLayout(row(self.title, None, self.count))
        self.edit: QLineEdit = QLineEdit()
        self.edit.setPlaceholderText(
            self.tr("Quét giấy hẹn hoặc thẻ, hoặc gõ mã, tên, điện thoại. Để trống: kết quả chờ trả.")
        )
        self.edit.setAccessibleName(self.tr("Tìm hồ sơ"))
        self.edit.setMinimumHeight(44)
        self.edit.setFont(role("strong"))
        self.edit.installEventFilter(self)
        self.edit.textEdited.connect(lambda _text: self._wait.start())
        self.notice = Notice(closable=False)
        self.empty = label("", "body", "muted")
        self.lines = column_list(self.tr("Danh sách hồ sơ"))
        steps = ("strong", "body", "body", "body")
        self._columns = (
            Columns(self.lines, AT, steps, _cells, WIDTH),
            Columns(self.lines, NARROW_AT, steps[1:], _narrow_cells, NARROW),
        )
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for part in (self.edit, self.notice):
            column.addWidget(part)
        self._heads = (
            column_heads(("Mã hồ sơ", "Chủ hồ sơ", "Thủ tục", "Chờ từ", "Tình trạng"), AT),
            column_heads(("Mã hồ sơ", "Chủ hồ sơ", "Chờ từ", "Tình trạng"), NARROW_AT),
        )
        for heads in self._heads:
            column.addWidget(heads)
        column.addWidget(self.empty)
        column.addWidget(self.lines, 1)
        column.addLayout(
            key_line(
                ("↑ ↓", "chọn"),
                ("Enter", "mở hồ sơ"),
                ("Ctrl+Y", "chỉ kết quả chưa báo, hoặc tất cả"),
                ("Esc", "đóng"),
            )
        )

    def show_lines(self, lines: Sequence[Listed], text: str, *, untold: bool) -> None:
        """Keeps the chosen line while it is there."""
        chosen, self._asked = self._chosen(), text
        if text != self._typed_last:  # an answer to one's own letters leaves those that came meanwhile
            self._wait.stop()
            self._typed_last = ""
        narrow = self.width() < type_px(WIDTH)
        self.lines.setItemDelegate(self._columns[narrow])
        for place, heads in enumerate(self._heads):
            heads.setVisible(place == narrow)
        if not self.edit.hasFocus() or not text:
            self.edit.setText(text if text.isascii() and not text.count("|") else "")
        self.notice.hide()
        waiting = self.tr("Kết quả chưa báo người dân") if untold else self.tr("Kết quả chờ trả")
        self.title.setText(self.tr("Tìm hồ sơ") if text else waiting)
        self.count.setText(self.tr("{n} hồ sơ").format(n=len(lines)))
        self.empty.setText(self.tr("Không có hồ sơ nào khớp.") if text else self.tr("Không có kết quả nào đang chờ."))
        self.empty.setVisible(not lines)
        self.lines.clear()
        for one in lines:
            item = QListWidgetItem(f"{one.key}, {one.who}, {one.what}, {one.since} {one.state}")
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.lines.addItem(item)
        keys = [one.key for one in lines]
        self.lines.setCurrentRow(keys.index(chosen) if chosen in keys else 0)

    def _typed(self) -> None:
        """What a scanner typed was put back: then nobody asks for anything."""
        if self.edit.text() != self._asked:
            self._asked = self._typed_last = self.edit.text()
            self.asked.emit(self._asked)

    def _chosen(self) -> str:
        item = self.lines.currentItem()
        return "" if item is None else str(item.data(Qt.ItemDataRole.UserRole).key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step_row(self.lines, 1 if key == Qt.Key.Key_Down else -1)
        elif key in ENTER:
            if self._wait.isActive():  # what was typed last is looked for first
                self._wait.stop()
                self._typed()
            elif chosen := self._chosen():
                self.opened.emit(chosen)
        elif key == Qt.Key.Key_Y and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.untold_asked.emit()
        else:
            return False
        return True


def _narrow_cells(one: Listed) -> Cells:
    return Cells((one.key, one.who, one.since), one.state, one.tone)


def _cells(one: Listed) -> Cells:
    return Cells((one.key, one.who, one.what, one.since), one.state, one.tone)
