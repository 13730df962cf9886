"""The first page: the lines of people, the priority classes, and the keys to everything else."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.theme.fonts import set_face
from ui.ticketing.look import Look
from ui.ticketing.model import PriorityTile, Tile
from ui.ticketing.tiles import GroupTile, OnlyTile, PriorityButton, TouchButton
from ui.widgets.basics import clear, label

LOOKUP, PAPERS, CARD, LANGUAGE, CONTRAST = "lookup", "papers", "card", "language", "contrast"
LOW, BACK = "low", "back"


class StartPage(QWidget):
    """next_language: its own name. Signals: group(code), priority(code), tool(one of the names above), and on a small
    glass priorities_stand(whether they do).

    On a small glass the tools lie behind the last key of the priority row: a number never takes more than two touches.
    """

    group = Signal(str)
    priority = Signal(str)
    tool = Signal(str)
    priorities_stand = Signal(bool)

    def __init__(self, look: Look, next_language: str) -> None:
        super().__init__()
        self._look, self._next_language = look, next_language
        self.tiles: dict[str, GroupTile | OnlyTile] = {}
        self.priorities: dict[str, PriorityButton] = {}
        self.choosing = False
        roomy = look.roomy
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.mm(4 if roomy else 3))
        self._hint = label(look.words.touch, tone="muted")
        set_face(self._hint, look.cap(4.8), 500)
        self._hint.setVisible(roomy)
        column.addWidget(self._hint)
        self._tile_grid = QGridLayout()
        self._tile_grid.setSpacing(look.mm(4 if roomy else 3))
        column.addLayout(self._tile_grid, 1)
        self._priority_title = label(look.words.priority_first, tone="muted")
        set_face(self._priority_title, look.cap(4.8), 600)
        column.addWidget(self._priority_title)
        self._priority_row, self._priority_grid = QWidget(), QGridLayout()
        self._priority_row.setLayout(self._priority_grid)
        self._priority_grid.setContentsMargins(0, 0, 0, 0)
        self._priority_grid.setSpacing(look.mm(3))
        tools = self._tools()
        if look.small:
            self._rows = QStackedWidget()
            self._rows.addWidget(self._priority_row)
            self._rows.addWidget(tools)
            self._rows.setFixedHeight(look.mm(2 * 20.5 + 3 if look.narrow else 20.5))
            self._rows.currentChanged.connect(lambda _row: self.priorities_stand.emit(self.offers_priority()))
            column.addWidget(self._rows)
        else:
            column.addWidget(self._priority_row)
            column.addWidget(tools)

    def _tools(self) -> QWidget:
        look, words = self._look, self._look.words
        row = QWidget()
        line = QGridLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.mm(3))
        self._home = self._tool(BACK, words.back, "")
        line.addWidget(self._home, 0, 0)
        self._home.hide()
        self.choices = [self._tool(LOOKUP, words.lookup, "search"), self._tool(PAPERS, words.papers, "paper")]
        self.choices.append(self._tool(CARD, words.card_key, "card"))
        self.choices.append(self._tool(LANGUAGE, self._next_language, ""))
        self.choices.append(self._tool(CONTRAST, words.plain if look.mode.contrast else words.contrast, "info"))
        if look.has_low:
            self.choices.append(self._tool(LOW, words.high if look.low else words.low, "wheelchair"))
        if look.small:
            fewer = TouchButton(words.fewer, look)
            fewer.clicked.connect(lambda: self._rows.setCurrentIndex(0))
            self.choices.append(fewer)
        columns = 3 if look.roomy else 4 if look.narrow else len(self.choices)
        for place, key in enumerate(self.choices):
            line.addWidget(key, place // columns, place % columns)
        return row

    def _tool(self, name: str, text: str, icon_name: str) -> TouchButton:
        key = TouchButton(text, self._look, icon_name="" if self._look.small or self._look.low else icon_name)
        key.setSizePolicy(key.sizePolicy().horizontalPolicy(), key.sizePolicy().Policy.Fixed)
        key.clicked.connect(lambda: self.tool.emit(name))
        return key

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        if list(self.tiles) == [t.code for t in tiles]:
            for tile in tiles:
                self.tiles[tile.code].show_tile(tile)
            return
        clear(self._tile_grid)
        columns = self._columns(len(tiles))
        self.tiles = {t.code: self._tile(t, len(tiles), columns) for t in tiles}
        for place, button in enumerate(self.tiles.values()):
            button.count_people(not self.choosing)
            button.clicked.connect(lambda _=False, code=button.code: self.group.emit(code))
            self._tile_grid.addWidget(button, place // columns, place % columns)

    def _tile(self, tile: Tile, count: int, columns: int) -> GroupTile | OnlyTile:
        if count == 1:
            return OnlyTile(tile, self._look)
        is_slight = self._look.narrow and columns == 3
        return GroupTile(tile, self._look, stacked=is_slight and count <= 6, bare=is_slight and count > 6)

    def _columns(self, count: int) -> int:
        if self._look.roomy and not self._look.slim:
            return 1 if count <= 7 else 2
        if self._look.slim:
            return 2
        return 2 if count <= 4 else 3

    def show_priorities(self, priorities: Sequence[PriorityTile]) -> None:
        look = self._look
        clear(self._priority_grid)
        self._priority_title.setVisible(bool(priorities) and not look.small)
        self._has_priorities = bool(priorities)
        columns = min(len(priorities), 3) if look.portrait or look.narrow else len(priorities)
        self.priorities = {p.code: PriorityButton(p, look) for p in priorities}
        for place, button in enumerate(self.priorities.values()):
            button.clicked.connect(lambda _=False, code=button.code: self.priority.emit(code))
            self._priority_grid.addWidget(button, place // columns, place % columns)
        if look.small:
            more = TouchButton(look.words.more, look)
            more.clicked.connect(lambda: self._rows.setCurrentIndex(1))
            place = len(priorities)
            self._priority_grid.addWidget(more, *(divmod(place, 3) if look.narrow else (0, place)))
            self._rows.setCurrentIndex(0)

    def offers_priority(self) -> bool:
        """On a small glass: the last row is the priority classes now."""
        return self._look.small and bool(self.priorities) and self._rows.currentIndex() == 0

    def choose_field(self, choosing: bool) -> None:
        """Whether a tile names a field whose papers are wanted; then only the way back stands beside the tiles."""
        self.choosing = choosing
        words = self._look.words
        self._hint.setText(words.papers_touch if choosing else words.touch)
        self._home.setVisible(choosing)
        for key in self.choices:
            key.setVisible(not choosing)
        for tile in self.tiles.values():
            tile.count_people(not choosing)
        if self._look.small:
            self._rows.setCurrentIndex(1 if choosing else 0)
        else:
            self._priority_row.setVisible(not choosing)
            self._priority_title.setVisible(not choosing and bool(self.priorities))
