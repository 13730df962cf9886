"""The page with the citizen's number, very large, and what became of its paper."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from kiosk.domain.ticket import PrintState
from ui.theme.fonts import set_face
from ui.theme.icons import icon
from ui.ticketing.fitted import FittedNumber
from ui.ticketing.look import Look
from ui.ticketing.model import Issued
from ui.ticketing.tiles import TouchButton
from ui.ticketing.words import Words
from ui.widgets.basics import Card, label, mark


def paper_words(words: Words, state: PrintState, *, slow: bool) -> tuple[str, str, str, str]:
    """Tone, icon, what became of the paper, what to do."""
    if state is PrintState.PRINTED:
        return "good", "check", words.take_paper, words.printed
    if state in (PrintState.FAILED, PrintState.UNCERTAIN) or slow:
        return "warn", "warn", words.no_paper, words.no_paper_fix
    return "info", "printer", words.take_paper, words.printing


class NumberPage(QWidget):
    """The number's digits are at least 40 mm tall, 22 mm on a small glass; they stand whatever the printer does."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.without_paper = False
        roomy, small = look.roomy, look.small
        across = not look.portrait  # a lying glass has no height to spare
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.mm(4 if roomy else 2.5))
        intro = self._line(look.words.your_number, 7.3, 600, "muted")
        self.number = FittedNumber(look.cap(58 if roomy else 22 if small else 42))
        self.group = self._line("", 8 if roomy else 7.3, 700, "")
        self.priority = self._line("", 5, 600, "muted")
        self.ahead = self._line("", 8 if roomy else 7.3, 600 if small else 700, "")
        card = Card(pad=look.mm(8 if roomy else 1 if small else 2), gap=look.mm(3 if roomy else 1))
        left = self._stacked(intro, self.number)
        right = self._stacked(self.group, self.priority, self.ahead)
        both = QHBoxLayout() if across else QVBoxLayout()
        both.setSpacing(look.mm(2 if small else 4))
        if across:
            both.addLayout(left, 2)
            both.addLayout(right, 3)
        else:  # one group in the middle: what belongs to the number stands under it
            both.addStretch(2)
            both.addLayout(left)
            both.addLayout(right)
            both.addStretch(3)
        card.body.addLayout(both, 1)
        column.addWidget(card, 1)
        cap_mm, height_mm = 7.3, 24 if roomy else 20.5
        self.done = TouchButton(look.words.done, look, kind="primary", cap_mm=cap_mm, height_mm=height_mm)
        foot = QHBoxLayout() if across else QVBoxLayout()
        foot.setSpacing(look.mm(4 if roomy else 3))
        foot.addWidget(self._paper(roomy), 2)
        foot.addWidget(self.done, 1)
        upright = QSizePolicy.Policy.Preferred if across else QSizePolicy.Policy.Fixed
        self.done.setSizePolicy(QSizePolicy.Policy.Expanding, upright)
        column.addLayout(foot)

    def _stacked(self, *parts: QLabel) -> QVBoxLayout:
        made = QVBoxLayout()
        made.setSpacing(self._look.mm(3 if self._look.roomy else 1))
        around = int(not self._look.portrait)
        made.addStretch(around)
        for part in parts:
            made.addWidget(part)
        made.addStretch(around)
        return made

    def _line(self, text: str, cap_mm: float, weight: int, tone: str) -> QLabel:
        made = label(text, tone=tone, wrap=cap_mm < 20)
        set_face(made, self._look.cap(cap_mm), weight)
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return made

    def _paper(self, roomy: bool) -> QWidget:
        look = self._look
        self._box = Card(kind="notice", pad=look.mm(5 if roomy else 2))
        self._icon = QLabel()
        self.paper, self.paper_fix = label("", wrap=True), label("", wrap=True)
        set_face(self.paper, look.main, 700)
        set_face(self.paper_fix, look.cap(4.8), 500)
        words = QVBoxLayout()
        words.setSpacing(look.mm(1))
        words.addWidget(self.paper)
        words.addWidget(self.paper_fix)
        line = QHBoxLayout()
        line.setSpacing(look.mm(5))
        line.addWidget(self._icon)
        line.addLayout(words, 1)
        self._box.body.addLayout(line)
        return self._box

    def show_number(self, issued: Issued) -> None:
        look = self._look
        self.number.setText(issued.label)
        self.group.setText(look.pick(issued.group, issued.group_en))
        who = look.pick(issued.priority, issued.priority_en)
        self.priority.setText(look.words.priority_is.format(who=who))
        self.priority.setVisible(bool(issued.priority) and not look.small)  # there it stands on the paper only
        told = look.words.wait_told(issued.wait_minutes, issued.back_at)
        ahead = look.words.people_ahead(issued.ahead, issued.many_at)
        apart = " · " if look.low and look.portrait else "\n"
        self.ahead.setText(apart.join(filter(None, (ahead, told))))

    def show_paper(self, state: PrintState, *, slow: bool) -> None:
        tone, picture, what, fix = paper_words(self._look.words, state, slow=slow)
        self.without_paper = tone == "warn"
        self._icon.setPixmap(icon(picture, self._look.mm(12), str(getattr(self._look.palette, tone))))
        self.paper.setText(what)
        self.paper_fix.setText(fix)
        mark(self._box, "tone", tone)

    def wipe(self) -> None:
        for part in (self.number, self.group, self.priority, self.ahead):
            part.clear()
