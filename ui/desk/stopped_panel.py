"""The panel over the desk with pages and files that stopped: list, picture, reason; every act has its key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.desk.over_panel import OverPanel
from ui.desk.stopped_presenter import AGAIN, AS_IT_IS, LEAVE_OUT, REASONS, StoppedRow
from ui.theme.fonts import role
from ui.theme.tokens import MD, SM, XL, XS
from ui.widgets.basics import Card, Elided, Notice, key_hints, keycap, label, row

WIDTH, HEIGHT, LIST, SHEET = 1000, 620, 420, (176, 250)
KEYS = {"T": AGAIN, "A": AS_IT_IS}
ACTS = (("T", AGAIN, "Thử lại"), ("A", AS_IT_IS, "Giữ nguyên ảnh"), ("Del", LEAVE_OUT, "Bỏ, có lý do"))


class StoppedPanel(OverPanel):
    """Signals: asked (somebody wants to see it), acted(act, row, reason)."""

    asked = Signal()
    acted = Signal(str, object, str)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, "Trang, tệp bị dừng")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._rows: tuple[StoppedRow, ...] = ()
        card = Card(pad=XL, gap=MD)
        card.setFixedSize(WIDTH, HEIGHT)
        self.notice = Notice(closable=False)
        card.body.addWidget(label(self.tr("Trang, tệp bị dừng"), "title"))
        card.body.addWidget(self.notice)
        self.empty = label(self.tr("Không có trang hay tệp nào bị dừng."), "body", "muted")
        card.body.addWidget(self.empty)
        self.list = QListWidget()
        self.list.setFont(role("body"))
        self.list.setFixedWidth(LIST)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName("Danh sách trang, tệp bị dừng")
        self.list.currentRowChanged.connect(lambda _row: self._show_chosen())
        self.list.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        body = row(gap=XL)
        body.addWidget(self.list)
        body.addLayout(self._detail(), 1)
        card.body.addLayout(body, 1)
        self.foot = QStackedWidget()
        self.foot.addWidget(self._acts())
        self.foot.addWidget(self._reasons())
        self.foot.setFixedHeight(76)
        card.body.addWidget(self.foot)
        self.place(card)

    # --- building ------------------------------------------------------------------------------------------------

    def _detail(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(SM)
        self.picture = QLabel()
        self.picture.setFixedSize(*SHEET)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName("Ảnh của trang")
        self.title, self.where = Elided("", "strong"), label("", "caption", "muted")
        self.why = label("", "body", wrap=True)
        for part in (self.title, self.where, self.why):
            column.addWidget(part)
        # With a side to lie at: else its fixed width would be that of the words above it.
        column.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return column

    def _acts(self) -> QWidget:
        page = QWidget()
        foot = row(XS)
        self._act_parts: dict[str, tuple[QWidget, QWidget]] = {}
        for key, act, words in ACTS:
            self._act_parts[act] = (keycap(key), label(words, "body"))
            for part in self._act_parts[act]:
                foot.addWidget(part)
            foot.addSpacing(MD)
        key_hints(foot, ("↑ ↓", "chọn"), ("Esc", "đóng"))
        foot.addStretch(1)
        page.setLayout(foot)
        return page

    def _reasons(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(XS)
        line = row(XS)
        for number, words in enumerate(REASONS, 1):
            line.addWidget(keycap(str(number)))
            line.addWidget(label(words, "caption"))
            line.addSpacing(SM)
        line.addStretch(1)
        column.addLayout(line)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(self.tr("Gõ số của lý do ở trên, hoặc lý do khác, rồi Enter. Esc: thôi."))
        self.reason.setAccessibleName("Lý do bỏ trang")
        column.addWidget(self.reason)
        return page

    # --- what the presenter shows --------------------------------------------------------------------------------

    def open(self) -> None:
        self.notice.hide()
        self.foot.setCurrentIndex(0)
        self.stand(self)

    def show_rows(self, rows: Sequence[StoppedRow]) -> None:
        """Keeps the chosen line, or the one that took its place."""
        if tuple(rows) == self._rows:
            return
        at = max(0, min(self.list.currentRow(), len(rows) - 1))
        self._rows = tuple(rows)
        self.list.clear()
        for one in rows:
            item = QListWidgetItem(f"{one.title}\n{one.place}")
            item.setToolTip(one.why)
            self.list.addItem(item)
        self.list.setCurrentRow(at if rows else -1)
        self.empty.setVisible(not rows)
        self._show_chosen()

    def tell(self, tone: str, message: str, fix: str) -> None:
        self.notice.say(tone, message, fix)

    def chosen(self) -> StoppedRow | None:
        at = self.list.currentRow()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def _show_chosen(self) -> None:
        one = self.chosen()
        self.title.setText(one.title if one else "")
        self.where.setText(one.place if one else "")
        self.why.setText(one.why if one else "")
        picture = QPixmap()
        if one is not None and one.png:
            picture.loadFromData(QByteArray(one.png))
        if picture.isNull():
            self.picture.setText(self.tr("Không xem được ảnh") if one else "")
        else:
            smooth = Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(picture.scaled(*SHEET, Qt.AspectRatioMode.KeepAspectRatio, smooth))
        for act, parts in self._act_parts.items():
            for part in parts:
                part.setVisible(one is not None and act in one.acts)

    # --- keys ----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self.foot.currentIndex() == 1:
            self._reason_key(event)
            return
        one, key = self.chosen(), event.key()
        if key == Qt.Key.Key_Escape:
            self.close_panel()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._rows:
            step = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow((self.list.currentRow() + step) % len(self._rows))
        elif one is not None and key == Qt.Key.Key_Delete and LEAVE_OUT in one.acts:
            self.foot.setCurrentIndex(1)
            self.reason.clear()
            self.reason.setFocus()
        elif one is not None and (act := KEYS.get(event.text().upper())) in one.acts:
            self.acted.emit(act, one, "")

    def _reason_key(self, event: QKeyEvent) -> None:
        """Keys that the line of the reason left alone."""
        one, text = self.chosen(), self.reason.text().strip()
        if event.key() == Qt.Key.Key_Escape:
            self._back_to_list()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and one is not None and text:
            self._back_to_list()
            number = int(text) if text.isdigit() else 0
            self.acted.emit(LEAVE_OUT, one, REASONS[number - 1] if 1 <= number <= len(REASONS) else text)

    def _back_to_list(self) -> None:
        self.foot.setCurrentIndex(0)
        self.setFocus()
