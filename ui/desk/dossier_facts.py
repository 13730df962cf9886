"""The parts of the panel of a dossier that change with each dossier: sections of facts, history, acts with their keys.

Their widgets are used again from dossier to dossier: made anew, they were most of what opening one took.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from ui.desk.dossier_model import Fact, Line, Offer, Section
from ui.theme.fonts import role
from ui.theme.tokens import LG, MD, SM, XL, XS
from ui.widgets.basics import keycap, label, mark, row
from ui.widgets.pool import Pool

READY_SECTIONS, READY_FACTS, READY_LINES, READY_ACTS = 6, 4, 8, 12  # most dossiers need no more


class Facts(QWidget):
    """Sections on the left, what happened on the right, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        columns = row(gap=XL)
        self.setLayout(columns)
        left, right = QVBoxLayout(), QVBoxLayout()
        for part, share in ((left, 3), (right, 2)):
            part.setSpacing(XS)
            columns.addLayout(part, share)
        blocks, lines = QVBoxLayout(), QVBoxLayout()
        lines.setSpacing(XS)
        left.addLayout(blocks)
        right.addWidget(label(self.tr("Nhật ký"), "label", "accent"))
        right.addLayout(lines)
        for part in (left, right):
            part.addStretch(1)
        self._blocks, self._lines = Pool(blocks, _Block, READY_SECTIONS), Pool(lines, _history, READY_LINES)

    def show_facts(self, sections: Sequence[Section], history: Sequence[Line]) -> None:
        for block, section in zip(self._blocks.show(len(sections)), sections, strict=True):
            block.show_section(section)
        for words, line in zip(self._lines.show(len(history)), history, strict=True):
            _say(words, f"{line.at} · {line.words} · {line.who}")
        for block in self._blocks.spare():
            block.forget()
        for words in self._lines.spare():
            words.clear()


class _Block(QWidget):
    """One section: its title and its facts."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SM)
        column.setSpacing(XS)
        self.title = label("", "label", "accent")
        column.addWidget(self.title)
        self.facts = Pool(column, _Row, READY_FACTS)

    def show_section(self, section: Section) -> None:
        _say(self.title, section.title)
        for line, fact in zip(self.facts.show(len(section.facts)), section.facts, strict=True):
            line.show_fact(fact)
        for line in self.facts.spare():
            line.forget()

    def forget(self) -> None:
        """Nothing of one citizen stays behind the dossier of the next."""
        for line in self.facts.show(0) or self.facts.spare():
            line.forget()


class _Row(QWidget):
    """A fact: its name, and what it says, which the mouse can copy."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.words = label("", "body", "muted", wrap=True), label("", "body", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = row(gap=MD)
        inner.addWidget(self.name, 2, Qt.AlignmentFlag.AlignTop)
        inner.addWidget(self.words, 3, Qt.AlignmentFlag.AlignTop)
        self.setLayout(inner)

    def show_fact(self, fact: Fact) -> None:
        _say(self.name, fact.name)
        _say(self.words, fact.words)
        if self.words.property("tone") != fact.tone:
            self.words.setFont(role("strong" if fact.tone else "body"))
            mark(self.words, "tone", fact.tone)

    def forget(self) -> None:
        _say(self.name, "")
        _say(self.words, "")


class Acts(QWidget):
    """What can be done now, each with its letter."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(LG)
        self._grid.setVerticalSpacing(XS)
        self._none = label(self.tr("Hồ sơ đã kết thúc: không còn việc nào để làm."), "body", "muted")
        self._grid.addWidget(self._none, 0, 0)
        self._made: list[_Act] = []
        self._columns = 0
        self._place(READY_ACTS, columns=1)

    def show_acts(self, offers: Sequence[Offer], columns: int) -> None:
        can = [offer for offer in offers if not offer.why_not]
        self._place(len(can), columns)
        for act, offer in zip(self._made, can, strict=False):
            _say(act.cap, offer.key)
            _say(act.words, offer.words)
        for at, act in enumerate(self._made):
            act.setVisible(at < len(can))
        self._none.setVisible(not can)

    def _place(self, count: int, columns: int) -> None:
        if columns != self._columns:
            placed, self._columns = 0, columns
        else:
            placed = len(self._made)
        while len(self._made) < count:
            self._made.append(_Act(self))
        for place, act in enumerate(self._made[placed:], placed):
            self._grid.addWidget(act, place // columns, place % columns)


class _Act(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cap, self.words = keycap(""), label("", "body")
        line = row(self.cap, self.words, gap=SM)
        line.addStretch(1)
        self.setLayout(line)
        self.hide()


def _history() -> QLabel:
    return label("", "caption", wrap=True)


def _say(words: QLabel, text: str) -> None:
    """A text that stays costs nothing: no line is laid out anew for it."""
    if words.text() != text:
        words.setText(text)
