"""The right side: the promise and the fee, the three ends, what was saved, the reason panel, the last dossiers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.desk.actions import BY_ID
from ui.desk.model import Promised, Recent, Saved
from ui.desk.paper_list import paint_chip
from ui.theme.fonts import role
from ui.theme.look import colours, px, type_px
from ui.theme.tokens import MD, SM, XS
from ui.widgets.basics import Act, Card, Chip, Elided, label, mark, row, rule, stacked

WIDTH = 348
LINE = 54
CHIP_SHARE = 0.56  # of a line: a long state of the province must leave room for the name


class PromiseCard(Card):
    """When the result is due and why, and what it costs."""

    def __init__(self) -> None:
        super().__init__(gap=XS)
        self.when = label("", "figure")
        self.day = label("", "lead")
        self.reason = label("", "caption", "muted", wrap=True)
        self.fee = label("", "lead")
        self.body.addWidget(label("Hẹn trả kết quả", "label", "muted"))
        self.body.addWidget(self.when)
        self.body.addWidget(self.day)
        self.body.addWidget(self.reason)
        self.body.addStretch(1)
        self.body.addWidget(rule())
        self.body.addLayout(row(label("Lệ phí", "label", "muted"), None, self.fee))

    def show_promise(self, promised: Promised | None) -> None:
        self.when.setText(promised.when if promised else "")
        self.day.setText(promised.day if promised else "Chọn thủ tục để xem ngày hẹn")
        self.reason.setText(promised.reason if promised else "")
        self.fee.setText(promised.fee if promised else "")
        self.when.setVisible(promised is not None)
        mark(self.day, "tone", "" if promised else "muted")
        mark(self.when, "tone", "" if promised is None or promised.known else "warn")


class SavedCard(Card):
    """What was just saved: key, the province's code when it is there, due date, and the paper."""

    def __init__(self) -> None:
        super().__init__(gap=XS)
        self.title = label("", "lead", "good")
        self.key = label("", "figure")
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.key.setAccessibleName("Mã hồ sơ")
        self.applicant = Elided("", "strong")
        self.code = label("", "caption", "muted")
        self.due = label("", "body", wrap=True)
        self.printing = Chip()
        for part in (self.title, self.key, self.applicant, self.due, self.code):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.body.addLayout(row(self.printing, None))

    def show_saved(self, saved: Saved) -> None:
        self.title.setText(saved.title)
        self.key.setText(spaced(saved.key))
        self.applicant.setText(saved.applicant)
        self.code.setText("Mã của tỉnh: đang chờ tỉnh cấp" if saved.to_province else "")
        self.show_code(saved.key, saved.code)
        self.due.setText(saved.due)
        self.due.setVisible(bool(saved.due))
        self.show_printing("", "")

    def show_code(self, key: str, code: str) -> None:
        if code and spaced(key) == self.key.text():
            self.code.setText(f"Mã của tỉnh: {code}")

    def show_printing(self, tone: str, words: str) -> None:
        self.printing.setVisible(bool(words))
        self.printing.say(words, tone)
        self.printing.setToolTip(words)


def spaced(key: str) -> str:
    """ "261123100078" -> "261123 1000 78"-like groups that are easy to read out."""
    return " ".join(key[i : i + 4] for i in range(0, len(key), 4))


REASON_WORDS = {
    "supplement": (
        "Yêu cầu bổ sung", "Phiếu ghi đủ mọi giấy tờ còn thiếu. Chỉ được yêu cầu một lần.", "In phiếu bổ sung",
    ),
    "refuse": ("Từ chối tiếp nhận", "Phiếu ghi rõ lý do.", "In phiếu từ chối"),
    "held": ("Vì sao vẫn nhận giấy này?", "Cơ quan đã có hoặc tra được. Bấm Esc rồi G để dùng lại.", "Ghi lý do"),
}  # fmt: skip


class ReasonPanel(Card):
    """Choose a reason or write one. Signals: confirmed(text), closed."""

    confirmed = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(gap=SM)
        self.title = label("", "title")
        self.hint = label("", "body", "muted", wrap=True)
        self.reasons = QListWidget()
        self.reasons.setWordWrap(True)
        self.reasons.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reasons.setResizeMode(QListView.ResizeMode.Adjust)
        self.reasons.setSpacing(2)
        self.reasons.setFont(role("body"))
        self.reasons.setAccessibleName("Lý do có sẵn")
        self.text = QPlainTextEdit()
        self.text.setFont(role("body"))
        self.text.setAccessibleName("Ghi thêm lý do")
        self.text.setPlaceholderText("Ghi thêm nếu cần…")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(92)
        self.ok = Act("In phiếu", "Ctrl+Enter", "primary", 52, "lead")
        self.back = Act("Quay lại", "Esc", "quiet", 38)
        self.ok.clicked.connect(self.confirm)
        self.back.clicked.connect(self.closed)
        for part in (self.title, self.hint):
            self.body.addWidget(part)
        self.body.addWidget(self.reasons, 1)
        self.body.addWidget(self.text)
        self.body.addWidget(self.ok)
        self.body.addWidget(self.back)

    def open(self, act: str, reasons: Sequence[str]) -> None:
        title, hint, words = REASON_WORDS[act]
        self.title.setText(title)
        self.hint.setText(hint)
        self.ok.words.setText(words)
        self.ok.setAccessibleName(words)
        self.reasons.clear()
        self.reasons.addItems(list(reasons))
        self.reasons.setCurrentRow(0)
        self.text.clear()
        self.reasons.setFocus()

    def reason(self) -> str:
        """The marked reason with the officer's own words after it."""
        item = self.reasons.currentItem()
        parts = [item.text() if item else "", self.text.toPlainText().strip()]
        return ". ".join(p for p in parts if p)

    def confirm(self) -> None:
        self.confirmed.emit(self.reason())


class _Dossier(QStyledItemDelegate):
    """Draws a `Recent`: applicant and province state above, procedure or the reason below."""

    def sizeHint(  # noqa: N802 - Qt's name
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002
    ) -> QSize:
        return QSize(200, px(LINE))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        recent: Recent = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours().accent_soft))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)
        inner = rect.adjusted(6, 4, -6, -4)
        painter.setFont(role("label"))
        metrics = painter.fontMetrics()
        width = min(metrics.horizontalAdvance(recent.province) + type_px(18), round(inner.width() * CHIP_SHARE))
        province = metrics.elidedText(recent.province, Qt.TextElideMode.ElideRight, width - type_px(12))
        half = inner.height() // 2
        chip = QRect(inner.right() - width, inner.top() + 1, width, half - 1)
        paint_chip(painter, chip, province, recent.tone)
        painter.setFont(role("strong"))
        painter.setPen(QColor(colours().ink))
        name = QRect(inner.left(), inner.top(), chip.left() - inner.left() - SM, half)
        text = painter.fontMetrics().elidedText(recent.applicant, Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, text)
        painter.setFont(role("caption"))
        painter.setPen(QColor(colours().bad if recent.reason else colours().ink_2))
        below = QRect(inner.left(), inner.top() + half, inner.width(), half)
        words = recent.reason or f"{recent.procedure} · {recent.state}"
        text = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()


class RecentList(QListWidget):
    """Signals: resend_asked(job id), by Enter on a refused entry; opened(key), by Enter on any other;
    looked_at(Recent), when the mark goes to a line."""

    resend_asked = Signal(int)
    opened = Signal(str)
    looked_at = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self.setItemDelegate(_Dossier(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Hồ sơ gần đây")
        self.setUniformItemSizes(True)
        self.currentItemChanged.connect(self._looked_at)

    def show_recent(self, recent: Sequence[Recent]) -> None:
        chosen = self.currentRow()
        blocker = QSignalBlocker(self)  # a new reading is no look of the officer's
        self.clear()
        for known in recent:
            item = QListWidgetItem(f"{known.applicant}: {known.procedure}, {known.state}. {known.province}")
            item.setData(Qt.ItemDataRole.UserRole, known)
            tip = f"{known.key} {known.code}\n{known.procedure}\n{known.state} · {known.province}\n{known.reason}"
            item.setToolTip(tip.strip())
            self.addItem(item)
        if 0 <= chosen < self.count():
            self.setCurrentRow(chosen)
        blocker.unblock()

    def chosen(self) -> str:
        """Key of the marked dossier while the list has the focus, else ""."""
        item = self.currentItem() if self.hasFocus() else None
        return "" if item is None else str(item.data(Qt.ItemDataRole.UserRole).key)

    def _looked_at(self, item: QListWidgetItem | None) -> None:
        if item is not None and self.hasFocus():
            self.looked_at.emit(item.data(Qt.ItemDataRole.UserRole))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        if self.currentRow() < 0:
            self.setCurrentRow(0)
        else:
            self._looked_at(self.currentItem())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            known: Recent = item.data(Qt.ItemDataRole.UserRole)
            if known.job:
                self.resend_asked.emit(known.job)
            else:
                self.opened.emit(known.key)
        else:
            super().keyPressEvent(event)


class Side(QStackedWidget):
    """Signals: acted(action id)."""

    acted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.promise, self.saved, self.reasons, self.recent = PromiseCard(), SavedCard(), ReasonPanel(), RecentList()
        self.buttons: dict[str, Act] = {}
        self.addWidget(self._main())
        self.addWidget(self.reasons)

    def _main(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MD)
        self.top = QStackedWidget()
        self.top.addWidget(self.promise)
        self.top.addWidget(self.saved)
        self.top.setFixedHeight(208)
        column.addWidget(self.top)
        ends = QVBoxLayout()
        ends.setSpacing(SM)
        ends.addWidget(self._button("receive", "primary", 54, "lead"))
        pair = row(self._button("supplement", "", 40, "label"), self._button("refuse", "", 40, "label"))
        pair.setStretch(0, 3)
        pair.setStretch(1, 2)
        ends.addLayout(pair)
        column.addLayout(ends)
        card = Card(pad=SM, gap=XS)
        card.body.addLayout(row(XS, label("Hồ sơ gần đây", "label", "muted"), None))
        self.nothing = label("Chưa có hồ sơ nào", "body", "muted")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.recent_place = stacked(self.nothing, self.recent)
        card.body.addWidget(self.recent_place, 1)
        column.addWidget(card, 1)
        return page

    def _button(self, name: str, kind: str, height: int, step: str) -> Act:
        action = BY_ID[name]
        made = Act(action.words, action.cap, kind, height, step)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: self.acted.emit(name))
        self.buttons[name] = made
        return made

    def show_promise(self, promised: Promised | None) -> None:
        self.promise.show_promise(promised)
        if promised is not None:
            self.top.setCurrentWidget(self.promise)

    def show_saved(self, saved: Saved | None) -> None:
        if saved is None:
            self.top.setCurrentWidget(self.promise)
        else:
            self.saved.show_saved(saved)
            self.top.setCurrentWidget(self.saved)

    def show_recent(self, recent: Sequence[Recent]) -> None:
        self.recent.show_recent(recent)
        self.recent_place.setCurrentIndex(int(bool(recent)))

    def show_reasons(self, act: str, reasons: Sequence[str]) -> None:
        if act:
            self.setCurrentWidget(self.reasons)
            self.reasons.open(act, reasons)
        else:
            self.setCurrentIndex(0)
