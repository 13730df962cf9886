"""Looking up a dossier: the keypad, and how far the dossier is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kiosk.services.lookup import Progress
from ui.theme.fonts import set_face
from ui.theme.icons import icon
from ui.ticketing.look import Look
from ui.ticketing.lookup import ERASE, SEARCH
from ui.ticketing.tiles import TouchButton
from ui.widgets.basics import Card, label, mark

KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", ERASE, "0", SEARCH)


def grouped(digits: str) -> str:
    """Digits in fours, as they stand on the receipt."""
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))


class KeypadPage(QWidget):
    """Signals: key(a digit, ERASE or SEARCH), back. Keys are 20 to 25 mm.

    how: what to type, "" for a receipt's code; enter: what stands on the last key, "" to look it up.
    """

    key = Signal(str)
    back = Signal()

    def __init__(self, look: Look, how: str = "", enter: str = "") -> None:
        super().__init__()
        self._look, self._how = look, how or look.words.lookup_how
        self._enter = enter or look.words.search
        across = not look.roomy
        direction = QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom
        layout = QBoxLayout(direction, self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.mm(5))
        layout.addLayout(self._asked(across), 1 if across else 0)
        if not across:
            layout.addSpacing(look.mm(10))
        layout.addLayout(self._pad(), 0)
        if not across:
            layout.addStretch(1)
            layout.addWidget(self._back())
        self.show_digits("")

    def _asked(self, across: bool) -> QVBoxLayout:
        look = self._look
        how = label(self._how, wrap=True)
        set_face(how, look.main, 500)
        field = Card(pad=look.mm(3))
        self.digits = label()
        set_face(self.digits, look.cap(7.3 if across else 9), 700, tabular=True)
        self.digits.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.digits.setMinimumHeight(look.mm(14))
        field.body.addWidget(self.digits)
        asked = QVBoxLayout()
        asked.setSpacing(look.mm(4))
        asked.addWidget(how)
        asked.addWidget(field)
        if across:
            asked.addStretch(1)
            asked.addWidget(self._back())
        return asked

    def _back(self) -> TouchButton:
        back = TouchButton(self._look.words.back, self._look, cap_mm=4.8, width_mm=60)
        back.setSizePolicy(back.sizePolicy().horizontalPolicy(), back.sizePolicy().Policy.Fixed)
        back.clicked.connect(self.back)
        return back

    def _pad(self) -> QHBoxLayout:
        look = self._look
        side = 20.5 if look.small else 25
        grid = QGridLayout()
        grid.setSpacing(look.mm(3))
        names = {ERASE: look.words.erase, SEARCH: self._enter}
        for place, name in enumerate(KEYS):
            kind = "primary" if name == SEARCH else ""
            cap = 4.8 if name in names else 7.3
            button = TouchButton(names.get(name, name), look, kind=kind, cap_mm=cap, width_mm=side, height_mm=side)
            button.setFixedSize(button.minimumSize())
            button.clicked.connect(lambda _=False, name=name: self.key.emit(name))
            grid.addWidget(button, place // 3, place % 3)
        tall = QVBoxLayout()
        tall.addLayout(grid)
        tall.addStretch(1)
        pad = QHBoxLayout()
        pad.addStretch(1)
        pad.addLayout(tall)
        pad.addStretch(1)
        return pad

    def show_digits(self, digits: str) -> None:
        self.digits.setText(grouped(digits) or "·  ·  ·  ·")

    def show_count(self, digits: int) -> None:
        """For a code that nobody beside may read."""
        self.digits.setText("•  " * digits or "·  ·  ·  ·")


class ProgressPage(QWidget):
    """Signals: back. Four steps, the promised time, the name with stars."""

    back = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.mm(4 if look.roomy else 2))
        small = look.small
        card = Card(pad=look.mm(7 if look.roomy else 2.5 if small else 5), gap=look.mm(1 if small else 3))
        self.code, self.procedure = self._line(4.8, 600), self._line(4.8 if small else 7.3, 700)
        self.owner = self._line(4.8 if small else 6, 500)
        self._due_title, self.due = self._line(4.8, 600), self._line(7.3 if small else 9, 800)
        for muted in (self.code, self._due_title):
            mark(muted, "tone", "muted")
        mark(self.due, "tone", "accent")
        card.body.addWidget(self.code)
        card.body.addWidget(self.procedure)
        card.body.addWidget(self.owner)
        card.body.addSpacing(look.mm(4 if look.roomy else 0))
        card.body.addWidget(self._due_title)
        card.body.addWidget(self.due)
        card.body.addSpacing(look.mm(8 if look.roomy else 1 if small else 5))
        card.body.addLayout(self._steps())
        card.body.addStretch(1)
        column.addWidget(card, 1)
        self._box = Card(kind="notice", pad=look.mm(2.5 if look.roomy else 1), gap=look.mm(1 if look.roomy else 0))
        self._box.body.setContentsMargins(look.mm(4), look.mm(1.5), look.mm(4), look.mm(1.5))
        self._told, self._fix = self._line(4.8 if small else 6, 700), self._line(4.8, 500)
        self._box.body.addWidget(self._told)
        self._box.body.addWidget(self._fix)
        back = TouchButton(look.words.done, look, kind="primary", cap_mm=7.3)
        back.setSizePolicy(back.sizePolicy().horizontalPolicy(), back.sizePolicy().Policy.Fixed)
        back.clicked.connect(self.back)
        foot = QVBoxLayout() if look.portrait else QHBoxLayout()
        foot.setSpacing(look.mm(3))
        foot.addWidget(self._box, 2)
        foot.addWidget(back, 1)
        column.addLayout(foot)

    def _line(self, cap_mm: float, weight: int) -> QLabel:
        made = label("", wrap=True)
        set_face(made, self._look.cap(cap_mm), weight)
        return made

    def _steps(self) -> QBoxLayout:
        look = self._look
        roomy = look.roomy
        line = QBoxLayout(QBoxLayout.Direction.TopToBottom if roomy else QBoxLayout.Direction.LeftToRight)
        line.setSpacing(look.mm(4 if roomy else 2))
        self._marks: list[tuple[QFrame, QLabel, QLabel]] = []
        for place, name in enumerate(look.words.steps.split("|"), 1):
            box = Card(kind="sunken", pad=look.mm(5 if roomy else 1.5 if look.small else 3))
            sign, words = label(str(place)), label(name, wrap=True)
            side = look.mm(14 if roomy else 8)
            sign.setFixedSize(side, side)
            sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
            set_face(sign, look.cap(6 if roomy else 4.8), 700)
            set_face(words, look.cap(6.1 if roomy else 4.8), 600)
            inner = QHBoxLayout()
            inner.setSpacing(look.mm(4 if roomy else 1.5))
            inner.addWidget(sign)
            inner.addWidget(words, 1)
            box.body.addLayout(inner)
            line.addWidget(box, 1)
            self._marks.append((box, sign, words))
        return line

    def show_progress(self, progress: Progress) -> None:
        look, words = self._look, self._look.words
        self.code.setText(words.dossier.format(code=progress.code))
        self.procedure.setText(progress.procedure)
        self.owner.setText(words.owner.format(name=progress.owner))
        printed = progress.printed_at
        self._due_title.setText(words.due_moved.format(date=f"{printed:%d/%m/%Y}") if printed else words.due)
        self.due.setText(words.opens_at(progress.due_at) if progress.due_at else words.no_due)
        for place, (box, sign, name) in enumerate(self._marks, 1):
            here, passed = place == progress.step, place < progress.step
            mark(box, "kind", "accent" if here else "sunken")
            for part in (sign, name):
                mark(part, "tone", "on" if here else "" if passed else "muted")
            if passed:
                sign.setPixmap(icon("check", sign.width(), look.palette.good, 2.4))
            else:
                sign.setText(str(place))
        self._tell(progress)

    def _tell(self, progress: Progress) -> None:
        words = self._look.words
        told = {0: ("warn", words.ended, words.ended_fix), 3: ("good", words.ready, words.ready_fix)}.get(progress.step)
        if progress.needs_supplement:
            told = ("warn", words.supplement, words.supplement_fix)
        self._box.setVisible(told is not None)
        if told is not None:
            mark(self._box, "tone", told[0])
            self._told.setText(told[1])
            self._fix.setText(told[2])

    def wipe(self) -> None:
        for part in (self.code, self.procedure, self.owner, self.due):
            part.clear()
