"""A small panel over the desk that asks for the number on the paper: typed, scanned, or the next of the known line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.desk.by_label import words_of
from ui.desk.model import Proposal
from ui.desk.over_panel import OverPanel, choice_button
from ui.theme.fonts import set_face
from ui.theme.tokens import SM, XL, XS
from ui.widgets.basics import Card, clear, key_hints, label, row

WIDTH, LINE, SHOWN = 460, 40, 5


class NumberPanel(OverPanel):
    """Covers `over` while it is shown. Signals: given(what was typed, or a number of the known line)."""

    given = Signal(str)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, "Gọi theo số trên phiếu")
        self._known: tuple[Proposal, ...] = ()
        self._at = 0
        card = Card(pad=XL, gap=SM)
        card.setFixedWidth(WIDTH)
        self.edit = QLineEdit()
        self.edit.setPlaceholderText("Ví dụ A012")
        self.edit.setAccessibleName("Số trên phiếu")
        # Without an input method, which would rewrite letters and hide the burst of a reader.
        self.edit.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.edit.setFixedHeight(52)
        set_face(self.edit, 26, 700)
        self.edit.installEventFilter(self)
        self.edit.textChanged.connect(lambda _text: self._draw())
        self.as_of = label("", "label", "muted")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(XS)
        card.body.addWidget(label("Số trên phiếu của người đến quầy", "title"))
        card.body.addWidget(label("Gõ số, hoặc quét mã trên phiếu", "body", "muted"))
        card.body.addWidget(self.edit)
        card.body.addSpacing(XS)
        card.body.addWidget(self.as_of)
        card.body.addLayout(self._lines)
        card.body.addSpacing(XS)
        foot = row(gap=SM)
        key_hints(foot, ("↑ ↓", "chọn"), ("Enter", "gọi số này"), ("Esc", "thôi"))
        foot.addStretch(1)
        card.body.addLayout(foot)
        self.place(card)

    def ask(self, proposals: Sequence[Proposal], as_of: str) -> None:
        """as_of: "10:42", "" when no line is known."""
        self._known, self._at = tuple(proposals)[:SHOWN], 0
        more = len(proposals) - len(self._known)
        rest = f", còn {more} số sau" if more > 0 else ""
        self.as_of.setText(f"Hàng chờ biết lần cuối lúc {as_of}{rest}" if self._known else "")
        self.as_of.setVisible(bool(self._known))
        self.edit.clear()
        self._draw()
        self.stand(self.edit)

    def _draw(self) -> None:
        clear(self._lines)
        for place, words in enumerate(words_of(self._known)):
            on = place == self._at and not self.edit.text()
            button = choice_button(words, on=on)
            button.setFixedHeight(LINE)
            button.clicked.connect(lambda _=False, n=place: self._give(self._known[n].label))
            self._lines.addWidget(button)

    def _give(self, text: str) -> None:
        self.close_panel()
        self.given.emit(text)

    def close_panel(self) -> None:
        if self.isVisible():
            super().close_panel()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Escape:
            self.close_panel()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            text = self.edit.text().strip()
            if text or self._known:
                self._give(text or self._known[self._at].label)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._known:
            self._at = (self._at + (1 if key == Qt.Key.Key_Down else -1)) % len(self._known)
            self._draw()
        else:
            return False
        return True

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self.close_panel()
