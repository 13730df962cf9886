"""Widgets that are used again: a new one has to be dressed by the style sheet, which costs far more than a new text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QBoxLayout, QWidget

W = TypeVar("W", bound=QWidget)


class Pool(Generic[W]):
    """One under the other (or beside) in a layout; those that are not needed now are hidden. make: another one;
    ready: how many there are from the start, before anybody waits for them."""

    def __init__(self, layout: QBoxLayout, make: Callable[[], W], ready: int = 0) -> None:
        self._layout, self._make = layout, make
        self._made: list[W] = []
        self._grow(ready)

    def show(self, count: int) -> list[W]:
        """The first so many, to be filled, in their order."""
        self._grow(count)
        for at, widget in enumerate(self._made):
            if widget.isHidden() is (at < count):
                widget.setVisible(at < count)
        return self._made[:count]

    def spare(self) -> list[W]:
        """Those that are hidden now."""
        return [widget for widget in self._made if widget.isHidden()]

    def _grow(self, count: int) -> None:
        while len(self._made) < count:
            widget = self._make()
            widget.hide()
            self._made.append(widget)
            self._layout.addWidget(widget)


def polish(widget: QWidget) -> None:
    """Dress it and its parts now; else Qt does it when they are shown for the first time."""
    widget.ensurePolished()
    for part in widget.findChildren(QWidget):
        part.ensurePolished()
