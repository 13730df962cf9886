"""Draws the lines of a list in columns, the last one a state on its colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.desk.paper_list import paint_chip
from ui.theme.fonts import role
from ui.theme.look import colours, px, type_px
from ui.theme.tokens import SM, XS
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
        return QSize(type_px(self._width), px(LINE))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        cells = self._cells(index.data(Qt.ItemDataRole.UserRole))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours().accent_soft))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)
        painter.setPen(QColor(colours().ink_2 if cells.is_over else colours().ink))
        for text, step, (start, end) in zip(cells.texts, self._steps, pairwise(self._starts), strict=True):
            painter.setFont(role(step))
            cell = QRect(rect.left() + type_px(start), rect.top(), type_px(end - start) - SM, rect.height())
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, cell.width())
            painter.drawText(cell, Qt.AlignmentFlag.AlignVCenter, shown)
        if cells.state:
            self._paint_state(painter, rect, cells)
        painter.restore()

    def _paint_state(self, painter: QPainter, rect: QRect, cells: Cells) -> None:
        painter.setFont(role("label"))
        start = type_px(self._starts[-1])
        room = rect.width() - start - SM
        width = min(painter.fontMetrics().horizontalAdvance(cells.state) + type_px(18), room)
        state = painter.fontMetrics().elidedText(cells.state, Qt.TextElideMode.ElideRight, width - type_px(12))
        box = QRect(rect.left() + start, rect.top() + (px(LINE) - type_px(CHIP)) // 2, width, type_px(CHIP))
        paint_chip(painter, box, state, cells.tone)


class _Heads(QWidget):
    """heads: words and their px from the left at 100 %."""

    def __init__(self) -> None:
        super().__init__()
        self.heads: list[tuple[QLabel, int]] = []

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        for head, start in self.heads:
            head.move(type_px(start), 0)
            head.adjustSize()


def column_heads(names: Sequence[str], starts: Sequence[int]) -> QWidget:
    heads = _Heads()
    heads.setFixedHeight(20)
    for words, start in zip(names, starts, strict=True):
        head = label(words, "label", "muted")
        head.setParent(heads)
        heads.heads.append((head, start))
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
