"""The small parts that every window is made of: texts, cards, chips, key caps, buttons, the notice bar, the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kiosk.clock import Clock
from ui.theme.fonts import role, set_face
from ui.theme.icons import icon
from ui.theme.look import colours, type_px
from ui.theme.tokens import MD, SM, XS, Palette


def restyle(widget: QWidget) -> None:
    """Make the style sheet look again at a widget whose properties changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set a styling property; the sheet is consulted only when it changed."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        restyle(widget)


def label(text: str = "", step: str = "body", tone: str = "", *, wrap: bool = False) -> QLabel:
    """A text of a step of the type scale. Plain text always: nothing that a person typed is ever markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(role(step))
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    return made


class Elided(QLabel):
    """One line that ends in "…" when it does not fit; the whole text is in the tool tip and the accessible name."""

    def __init__(self, text: str = "", step: str = "body", tone: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(role(step))
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(24, self.fontMetrics().height() + 2)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, self.fontMetrics().height() + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)


class Chip(QLabel):
    """A state in words on its colour."""

    def __init__(self, text: str = "", tone: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(role("label"))
        self.setProperty("kind", "chip")
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, text: str, tone: str) -> None:
        self.setText(text)
        mark(self, "tone", tone)


def keycap(text: str, tone: str = "") -> QLabel:
    made = QLabel(text)
    made.setFont(role("label"))
    made.setProperty("kind", "keycap")
    made.setMinimumHeight(22)
    made.setProperty("tone", tone)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


class Act(QPushButton):
    """A button with its words on the left and its key on the right."""

    def __init__(self, text: str, key: str = "", kind: str = "", height: int = 44, step: str = "strong") -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.setAccessibleName(text)
        self.setFixedHeight(height)
        tone = "on" if kind == "primary" else ""
        self.words = label(text, step, tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(MD, 0, SM if key else MD, 0)
        row.setSpacing(SM)
        row.addWidget(self.words, 1)
        self.words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if key:
            cap = keycap(key, tone)
            cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(cap)
        else:
            self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        layout = self.layout()
        return QSize(layout.sizeHint().width() + XS, self.height()) if layout else super().sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()

    def setEnabled(self, enabled: bool) -> None:  # noqa: N802 - Qt's name
        super().setEnabled(enabled)
        on = "on" if self.property("kind") == "primary" else ""
        for part in self.findChildren(QLabel):
            mark(part, "tone", on if enabled else "muted")


class Card(QFrame):
    """A white surface; `body` is its vertical layout."""

    def __init__(self, kind: str = "card", pad: int = MD, gap: int = SM) -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(pad, pad, pad, pad)
        self.body.setSpacing(gap)


def row(*parts: QWidget | int | None, gap: int = SM) -> QHBoxLayout:
    """Widgets side by side; an int is a fixed space, None a stretch."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(gap)
    for part in parts:
        if part is None:
            made.addStretch(1)
        elif isinstance(part, int):
            made.addSpacing(part)
        else:
            made.addWidget(part)
    return made


def key_hints(line: QHBoxLayout, *keys: tuple[str, str]) -> None:
    """Which key does what, in small words, after what the row has already."""
    for key, words in keys:
        line.addWidget(keycap(key))
        line.addWidget(label(words, "caption", "muted"))
        line.addSpacing(MD)


def stacked(*parts: QWidget) -> QStackedWidget:
    """One place for several parts, one at a time: never both for a moment, which would make the window grow."""
    made = QStackedWidget()
    for part in parts:
        made.addWidget(part)
    return made


def rule() -> QFrame:
    made = QFrame()
    made.setProperty("kind", "rule")
    made.setFixedHeight(1)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete the widgets."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


ICON_OF_TONE = {"good": "check", "warn": "warn", "bad": "warn", "info": "info"}


class Notice(QFrame):
    """The inline bar: what happened and what to do. Never a dialog. dismissed: the reader closed it."""

    dismissed = Signal()

    def __init__(self, palette: Palette | None = None, *, closable: bool = True, icon_px: int = 22) -> None:
        """palette: of a window with colours of its own; None: as the program looks now."""
        super().__init__()
        self.setProperty("kind", "notice")
        self._palette, self._icon_px, self._tone = palette, icon_px, ""
        self._icon, self.message, self.fix = QLabel(), label("", "strong", wrap=True), label("", "body", wrap=True)
        self._close = QPushButton("Đóng")
        self._close.setProperty("kind", "quiet")
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close.setAccessibleName("Đóng thông báo")
        self._close.setVisible(closable)
        self._close.clicked.connect(self.hide)
        self._close.clicked.connect(self.dismissed)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self.message)
        words.addWidget(self.fix)
        words.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MD, SM, SM, SM)
        layout.setSpacing(MD)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop if closable else Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(words, 1)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def say(self, tone: str, message: str, fix: str = "") -> None:
        self._tone = tone
        self._draw_icon()
        self.message.setText(message)
        self.fix.setText(fix)
        self.fix.setVisible(bool(fix))
        self.setAccessibleName(f"{message} {fix}".strip())
        mark(self, "tone", tone)
        self.show()

    def _draw_icon(self) -> None:
        colour = str(getattr(self._palette or colours(), self._tone))
        self._icon.setPixmap(icon(ICON_OF_TONE[self._tone], type_px(self._icon_px), colour))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and self._tone:
            self._draw_icon()  # another look was chosen


DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def long_date(at: datetime, days: Sequence[str] = DAYS) -> str:
    """ "Thứ Bảy, 21/11/2026". days: seven names, Monday first."""
    return f"{days[at.weekday()]}, {at:%d/%m/%Y}"


class ClockLabel(QWidget):
    """Hours and minutes large, the day beside or below; ticks each second."""

    def __init__(
        self, clock: Clock, px: int, date_px: int, *, stacked: bool = True, days: Sequence[str] = DAYS
    ) -> None:
        super().__init__()
        self._clock, self._days = clock, days
        self.time, self.date = label(), label("", tone="muted")
        set_face(self.time, px, 700, tabular=True)
        set_face(self.date, date_px, 500)
        layout: QVBoxLayout | QHBoxLayout = QVBoxLayout(self) if stacked else QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0 if stacked else MD)
        for part in (self.time, self.date) if stacked else (self.date, self.time):
            part.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            layout.addWidget(part)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)
        self._timer.start(1000)
        self.tick()

    def tick(self) -> None:
        now = self._clock()
        self.time.setText(f"{now:%H:%M}")
        self.date.setText(long_date(now, self._days))
