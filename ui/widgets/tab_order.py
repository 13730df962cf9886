"""Tab goes where the eye goes: down a column, line by line, then to the next column; also to what came in later."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget


def in_eye_order(window: QWidget, left: QWidget, right: QWidget) -> list[QWidget]:
    """Parts of the window that Tab stops at. left, right: its outer columns; all the rest stands between them."""

    def place(part: QWidget) -> tuple[int, int, int]:
        at = part.mapTo(window, QPoint(0, 0))
        column = next((side for side, edge in ((0, left), (2, right)) if edge.isAncestorOf(part)), 1)
        return column, at.y(), at.x()

    return sorted((part for part in window.findChildren(QWidget) if _stops_at(window, part)), key=place)


def _stops_at(window: QWidget, part: QWidget) -> bool:
    takes = part.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    return bool(takes) and part.window() is window and part.isVisible() and part.isEnabled() and not part.focusProxy()


def step(parts: Sequence[QWidget], now: QWidget | None, *, forward: bool) -> bool:
    """The focus to the next part, round the ends; False where there is nowhere to go."""
    if not parts:
        return False
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    at = parts.index(now) + (1 if forward else -1) if now in parts else 0
    parts[at % len(parts)].setFocus(reason)
    return True
