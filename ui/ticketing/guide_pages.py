"""Which papers to bring: the procedures of a field, page by page, and the list of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.theme.fonts import set_face
from ui.ticketing.look import Look
from ui.ticketing.model import Checklist, PaperToBring, ProcedureLine, Tile
from ui.ticketing.tiles import TouchButton
from ui.widgets.basics import Card, clear, label

PAD_MM = 2.5
LONGEST_NAME = 300  # characters; some papers of the catalogue are named by a paragraph


class _Paged(QWidget):
    """Rows that fit, keys to the pages before and after, and the way back. Nothing scrolls.

    stretch: 1 for rows of one height, 0 for rows as tall as their words.
    """

    back = Signal()
    stretch = 1

    def __init__(self, look: Look, rows: int) -> None:
        super().__init__()
        self.look, self._rows, self._page = look, rows, 0
        self._pages: list[range] = [range(0)]
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(look.mm(3))
        self.body = QVBoxLayout()
        self.body.setSpacing(look.mm(3))
        self.column.addLayout(self.body, 1)
        self.column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        look = self.look
        foot = QHBoxLayout()
        foot.setSpacing(look.mm(3))
        self._before = TouchButton(look.words.earlier, look, cap_mm=4.8)
        self._after = TouchButton(look.words.later, look, cap_mm=4.8)
        self._where = label("", tone="muted")
        set_face(self._where, look.cap(4.8), 600)
        back = TouchButton(look.words.back, look, cap_mm=4.8)
        self._before.clicked.connect(lambda: self._turn(-1))
        self._after.clicked.connect(lambda: self._turn(1))
        back.clicked.connect(self.back)
        for part in (back, self._before, self._after):
            part.setSizePolicy(part.sizePolicy().horizontalPolicy(), part.sizePolicy().Policy.Fixed)
        self.foot = foot
        foot.addWidget(back, 2)
        foot.addWidget(self._before, 1)
        foot.addWidget(self._where)
        foot.addWidget(self._after, 1)
        return foot

    def start(self, count: int) -> None:
        self._pages, self._page = self.split(count) or [range(0)], 0
        self._turn(0)

    def split(self, count: int) -> list[range]:
        """Which rows stand on which page."""
        return [range(first, min(first + self._rows, count)) for first in range(0, count, self._rows)]

    def _turn(self, by: int) -> None:
        pages = len(self._pages)
        self._page = min(max(self._page + by, 0), pages - 1)
        for part in (self._before, self._after, self._where):
            part.setVisible(pages > 1)
        self._before.setEnabled(self._page > 0)
        self._after.setEnabled(self._page < pages - 1)
        self._where.setText(self.look.words.page.format(page=self._page + 1, pages=pages))
        clear(self.body)
        here = self._pages[self._page]
        for number in here:
            self.body.addWidget(self.row(number), self.stretch)
        self.body.addStretch(self._rows - len(here) if self.stretch else 1)

    def row(self, number: int) -> QWidget:
        raise LookupError(number)


class ProceduresPage(_Paged):
    """Signals: chosen(code), back."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, 9 if look.roomy else 3 if look.small else 5)
        self._lines: Sequence[ProcedureLine] = ()

    def show_lines(self, lines: Sequence[ProcedureLine]) -> None:
        self._lines = lines
        self.start(len(lines))

    def row(self, number: int) -> QWidget:
        line = self._lines[number]
        button = TouchButton(line.name, self.look, icon_name="paper", kind="tile", cap_mm=5)
        button.clicked.connect(lambda: self.chosen.emit(line.code))
        return button


class PapersPage(_Paged):
    """Signals: number_wanted(group code), back."""

    number_wanted = Signal(str)
    stretch = 0

    def __init__(self, look: Look) -> None:
        super().__init__(look, 1)
        self._papers: Sequence[PaperToBring] = ()
        self._group = ""
        self.name, self.note = self._line(7.3 if look.roomy else 4.8, 700), self._line(4.8, 500)
        self.column.insertWidget(0, self.name)
        self.column.insertWidget(2, self.note)
        self.number = TouchButton("", look, kind="primary", cap_mm=4.8)
        self.number.setSizePolicy(self.number.sizePolicy().horizontalPolicy(), self.number.sizePolicy().Policy.Fixed)
        self.number.clicked.connect(lambda: self.number_wanted.emit(self._group))
        if look.slim or look.narrow:
            self.column.insertWidget(self.column.count() - 1, self.number)  # no room beside four other keys
        else:
            self.foot.addWidget(self.number, 3)

    def _line(self, cap_mm: float, weight: int) -> QLabel:
        made = label("", wrap=True)
        set_face(made, self.look.cap(cap_mm), weight)
        return made

    def show_checklist(self, checklist: Checklist, group: Tile) -> None:
        words = self.look.words
        self._papers, self._group = checklist.papers, group.code
        self.name.setText(checklist.procedure)
        self.note.setText(words.no_papers if not checklist.papers else words.special_cases)
        self.note.setVisible(checklist.special or not checklist.papers)
        self.number.say(words.take_number.format(group=self.look.pick(group.name, group.name_en)))
        self.start(len(self._papers))

    def split(self, count: int) -> list[range]:
        """As many papers a page as their own words leave room for."""
        pages, first, left = [], 0, self._room()
        for number in range(count):
            height = self._height(number)
            if height > left and number > first:
                pages.append(range(first, number))
                first, left = number, self._room()
            left -= height
        return [*pages, range(first, count)]

    def _room(self) -> int:
        """Px of height for rows; the page may not have been laid out yet, the place it stands in has."""
        place = self.parentWidget() or self
        others = [part for part in (self.name, self.note) if not part.isHidden()]
        taken = sum(part.heightForWidth(place.width()) + self.look.mm(3) for part in others)
        rows_of_keys = 2 if self.look.slim or self.look.narrow else 1
        return place.height() - taken - rows_of_keys * self.look.mm(20.5 + 3) - self.look.mm(3)

    def _height(self, number: int) -> int:
        look, width = self.look, (self.parentWidget() or self).width() - 2 * self.look.mm(PAD_MM) - 4
        name, count = self._name(number), self._count(number)
        return name.heightForWidth(width) + count.heightForWidth(width) + look.mm(2 * PAD_MM + 1 + 3) + 4

    def row(self, number: int) -> QWidget:
        look = self.look
        card = Card(pad=look.mm(PAD_MM), gap=look.mm(1))
        card.body.addWidget(self._name(number))
        card.body.addWidget(self._count(number))
        return card

    def _name(self, number: int) -> QLabel:
        name = self._line(5 if self.look.roomy else 4.8, 600)
        name.setText(f"{number + 1}. {shorten(self._papers[number].name, LONGEST_NAME, placeholder=' …')}")
        return name

    def _count(self, number: int) -> QLabel:
        words, paper = self.look.words, self._papers[number]
        wanted = [words.original.format(count=paper.originals)] * bool(paper.originals)
        wanted += [words.copy.format(count=paper.copies)] * bool(paper.copies)
        count = self._line(4.8, 500)
        count.setProperty("tone", "muted")
        count.setText(" · ".join(wanted))
        return count
