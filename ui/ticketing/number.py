"""The page with the citizen's number, very large, and what became of its paper."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kiosk.domain.ticket import PrintState
from ui.theme.fonts import set_face
from ui.theme.icons import icon
from ui.theme.tokens import LIGHT
from ui.ticketing.presenter import Issued
from ui.ticketing.tiles import Scale
from ui.widgets.basics import Card, label, mark

PAPER_WORDS = {
    PrintState.PENDING: ("info", "printer", "Mời ông/bà nhận phiếu", "Phiếu đang in ở khe bên dưới."),
    PrintState.PRINTED: ("good", "check", "Mời ông/bà nhận phiếu", "Giữ phiếu và chờ gọi số trên màn hình."),
    PrintState.FAILED: (
        "warn",
        "warn",
        "Không có phiếu: hãy giữ số này",
        "Số vẫn có hiệu lực. Hãy nhớ số hoặc chụp ảnh màn hình.",
    ),
}
NO_PAPER = PAPER_WORDS[PrintState.FAILED]


def people_ahead(count: int) -> str:
    return "Ông/bà là người tiếp theo" if count == 0 else f"Còn {count} người phía trước"


class NumberPage(QWidget):
    """The number's digits are at least 60 mm tall in portrait; they stand whatever the printer does."""

    def __init__(self, scale: Scale, *, portrait: bool) -> None:
        super().__init__()
        self._scale = scale
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scale.mm(4))
        card = Card(pad=scale.mm(8 if portrait else 4), gap=scale.mm(3 if portrait else 1))
        intro = self._line(self.tr("Số của ông/bà"), 5.5 if portrait else 4.5, 600, "muted")
        self.number = self._line("", 58 if portrait else 42, 800, "accent")
        self.group = self._line("", 8 if portrait else 5.5, 700, "")
        self.priority = self._line("", 5 if portrait else 4.2, 600, "muted")
        self.ahead = self._line("", 8 if portrait else 5.5, 700, "")
        card.body.addStretch(1)
        for part in (intro, self.number, self.group, self.priority):
            card.body.addWidget(part)
        card.body.addSpacing(scale.mm(4 if portrait else 1))
        card.body.addWidget(self.ahead)
        card.body.addStretch(1)
        column.addWidget(card, 1)
        column.addWidget(self._paper(portrait))
        self.done = QPushButton(self.tr("Xong"))
        self.done.setProperty("kind", "primary")
        self.done.setMinimumHeight(scale.mm(24 if portrait else 20))
        set_face(self.done, scale.cap(5.5), 700)
        self.done.setAccessibleName(self.tr("Xong, về màn hình đầu"))
        column.addWidget(self.done)

    def _line(self, text: str, cap_mm: float, weight: int, tone: str) -> QLabel:
        made = label(text, tone=tone, wrap=cap_mm < 20)
        set_face(made, self._scale.cap(cap_mm), weight)
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return made

    def _paper(self, portrait: bool) -> QWidget:
        scale = self._scale
        self._box = Card(kind="notice", pad=scale.mm(5 if portrait else 3))
        self._icon = QLabel()
        self.paper, self.paper_fix = label("", wrap=True), label("", wrap=True)
        set_face(self.paper, scale.cap(6 if portrait else 5), 700)
        set_face(self.paper_fix, scale.cap(4.4 if portrait else 3.8), 500)
        words = QVBoxLayout()
        words.setSpacing(scale.mm(1))
        words.addWidget(self.paper)
        words.addWidget(self.paper_fix)
        line = QHBoxLayout()
        line.setSpacing(scale.mm(5))
        line.addWidget(self._icon)
        line.addLayout(words, 1)
        self._box.body.addLayout(line)
        return self._box

    def show_number(self, issued: Issued) -> None:
        self.number.setText(issued.label)
        self.group.setText(issued.group)
        self.priority.setText(self.tr("Ưu tiên: {who}").format(who=issued.priority))
        self.priority.setVisible(bool(issued.priority))
        self.ahead.setText(people_ahead(issued.ahead))

    def show_paper(self, state: PrintState, *, slow: bool) -> None:
        tone, picture, words, fix = NO_PAPER if slow and state is PrintState.PENDING else PAPER_WORDS[state]
        self._icon.setPixmap(icon(picture, self._scale.mm(15), str(getattr(LIGHT, tone))))
        self.paper.setText(words)
        self.paper_fix.setText(fix)
        mark(self._box, "tone", tone)
