"""A plain table of texts: the first column takes what room there is, figures stand right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.theme.tokens import LG, XS
from ui.widgets.basics import Elided, label


class Table(QWidget):
    """heads: of the columns, () for none; wide: columns that share the room and are read as words."""

    def __init__(self, heads: Sequence[str], wide: Sequence[int] = (0,)) -> None:
        super().__init__()
        self._heads, self._wide = tuple(heads), frozenset(wide)
        self._rows: list[list[QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(LG)
        self._grid.setVerticalSpacing(XS)
        for column, words in enumerate(self._heads):
            self._grid.addWidget(self._cell(column, words, "label", "muted"), 0, column)
        for column in self._wide:
            self._grid.setColumnStretch(column, 1)

    def _cell(self, column: int, words: str, step: str = "body", tone: str = "") -> QLabel:
        made: QLabel = Elided(words, step, tone) if column in self._wide else label(words, step, tone)
        side = Qt.AlignmentFlag.AlignLeft if column in self._wide else Qt.AlignmentFlag.AlignRight
        made.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        return made

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Cells stay where they are and change their words, so that the screen does not flicker."""
        for place, words in enumerate(rows):
            if place == len(self._rows):
                made = [self._cell(column, "") for column in range(len(words))]
                for column, cell in enumerate(made):
                    self._grid.addWidget(cell, place + 1, column)
                self._rows.append(made)
            for cell, text in zip(self._rows[place], words, strict=True):
                cell.setText(text)
                cell.show()
        for cells in self._rows[len(rows) :]:
            for cell in cells:
                cell.hide()

    def texts(self) -> list[list[str]]:
        return [[cell.text() for cell in cells] for cells in self._rows if not cells[0].isHidden()]
