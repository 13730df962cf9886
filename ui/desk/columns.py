"""Draws the lines of a list in columns, the last one a state on its colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.desk.paper_list import paint_chip
from ui.theme.fonts import role
from ui.theme.tokens import LIGHT, SM, XS
from ui.widgets.basics import key_hints, label, row

LINE, CHIP = 44, 22


@dataclass(frozen=True)
class Cells:
    """texts: from the left, as many as there are columns before the state; is_over: drawn faintly."""

    texts: tuple[str, ...]
    state: str
    tone: str
    is_over: bool = False


class Columns(QStyledItemDelegate):
    """starts: px from the left, the last one the state's; steps: type of each text; cells: of what an item holds."""

    def __init__(
        self,
        parent: QListWidget,
        starts: Sequence[int],
        steps: Sequence[str],
        cells: Callable[[Any], Cells],
        width: int,
    ) -> None:
        super().__init__(parent)
        self._starts, self._steps, self._cells, self._width = tuple(starts), tuple(steps), cells, width

    def sizeHint(  # noqa: N802 - Qt's name
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002
    ) -> QSize:
        return QSize(self._width, LINE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        cells = self._cells(index.data(Qt.ItemDataRole.UserRole))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(LIGHT.accent_soft))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)
        painter.setPen(QColor(LIGHT.ink_2 if cells.is_over else LIGHT.ink))
        for text, step, (start, end) in zip(cells.texts, self._steps, pairwise(self._starts), strict=True):
            painter.setFont(role(step))
            cell = QRect(rect.left() + start, rect.top(), end - start - SM, rect.height())
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, cell.width())
            painter.drawText(cell, Qt.AlignmentFlag.AlignVCenter, shown)
        if cells.state:
            self._paint_state(painter, rect, cells)
        painter.restore()

    def _paint_state(self, painter: QPainter, rect: QRect, cells: Cells) -> None:
        painter.setFont(role("label"))
        start = self._starts[-1]
        room = rect.width() - start - SM
        width = min(painter.fontMetrics().horizontalAdvance(cells.state) + 18, room)
        state = painter.fontMetrics().elidedText(cells.state, Qt.TextElideMode.ElideRight, width - 12)
        box = QRect(rect.left() + start, rect.top() + (LINE - CHIP) // 2, width, CHIP)
        paint_chip(painter, box, state, cells.tone)


def column_heads(names: Sequence[str], starts: Sequence[int]) -> QWidget:
    heads = QWidget()
    heads.setFixedHeight(20)
    for words, start in zip(names, starts, strict=True):
        head = label(words, "label", "muted")
        head.setParent(heads)
        head.move(start, 0)
    return heads


def column_list(name: str) -> QListWidget:
    """name: for assistive technology. The panel around it has the focus and moves the choice."""
    made = QListWidget()
    made.setProperty("kind", "plain")
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setUniformItemSizes(True)
    made.setAccessibleName(name)
    return made


def step_row(lines: QListWidget, step: int) -> None:
    """The next line, or the one before; round the ends."""
    if lines.count():
        lines.setCurrentRow((lines.currentRow() + step) % lines.count())


def key_line(*keys: tuple[str, str]) -> QVBoxLayout:
    """At the foot of a panel: which key does what."""
    foot = row()
    key_hints(foot, *keys)
    foot.addStretch(1)
    place = QVBoxLayout()
    place.setContentsMargins(0, XS, 0, 0)
    place.addLayout(foot)
    return place
