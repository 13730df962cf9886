"""Keeps the fixed sizes of a window's widgets, their layouts and their letters at the chosen zoom and density.

Widgets are written in px at 100 %. What is built while another zoom holds is sized when Qt polishes it, before it is
first seen. Letters are at the right size from the start (`ui.theme.fonts`) and only follow a change.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any, cast

from PySide6.QtCore import QEvent, QMargins, QObject, Qt
from PySide6.QtWidgets import QApplication, QBoxLayout, QGridLayout, QLayout, QWidget

from ui.theme.look import Look, look, type_px

LIMIT = 16777215  # QWIDGETSIZE_MAX: no limit
ROUNDING = 1e-9
LETTERS = "letters-fill-it"  # property: so high as its letters are, which density does not change
OWN_SIZE = "sizes-itself"  # property: it asks `px` whenever it fits itself into the window
KEPT = "size-at-100"  # property: (what was set by us, what it is at 100 %)

Numbers = tuple[int, ...]


class Zoom(QObject):
    """Watches the window's application; `follow` after each change of look."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._watching = window, False
        self._type = 1.0

    def follow(self) -> None:
        """Everything below the window, and everything that comes into it from now on."""
        chosen = look()
        if (chosen.size_factor, chosen.type_factor) != (1.0, 1.0) and not self._watching:
            self._watching = True
            cast(QApplication, QApplication.instance()).installEventFilter(self)
        below = (w for w in self._window.findChildren(QWidget) if w.window() is self._window)  # no pop-ups: Qt's own
        for widget in [self._window, *below]:
            self._letters(widget)
            _size(widget, chosen)
        self._type = chosen.type_factor

    def _letters(self, widget: QWidget) -> None:
        """Only letters that the widget was given itself; the others come down from its parent."""
        face = widget.font()
        if widget.testAttribute(Qt.WidgetAttribute.WA_SetFont) and face.pixelSize() > 0:
            face.setPixelSize(type_px(ceil(face.pixelSize() / self._type - ROUNDING)))
            widget.setFont(face)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Polish and isinstance(watched, QWidget) and watched.window() is self._window:
            _size(watched, look())
        return False


def _size(widget: QWidget, chosen: Look) -> None:
    across = chosen.type_factor
    down = across if widget.property(LETTERS) else chosen.size_factor
    least, most = widget.minimumSize(), widget.maximumSize()
    now = (least.width(), least.height(), most.width(), most.height())
    wanted = now if widget.property(OWN_SIZE) else _kept(widget, now, (across, down, across, down))
    if wanted != now:
        widget.setMinimumSize(wanted[0], wanted[1])
        widget.setMaximumSize(wanted[2], wanted[3])
    for layout in _layouts(widget.layout()):
        _spread(layout, chosen)


def _layouts(layout: QLayout | None) -> Iterator[QLayout]:
    if layout is None:
        return
    yield layout
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is not None and item.layout() is not None:
            yield from _layouts(item.layout())


def _spread(layout: QLayout, chosen: Look) -> None:
    margins = layout.contentsMargins()
    edges = (margins.left(), margins.top(), margins.right(), margins.bottom())
    gaps = _gaps(layout)
    factor = (chosen.type_factor, chosen.size_factor) * 2
    wanted = _kept(layout, (*edges, *gaps), (*factor, *((chosen.size_factor,) * len(gaps))))
    if wanted == (*edges, *gaps):
        return
    layout.setContentsMargins(QMargins(*wanted[:4]))
    if isinstance(layout, QGridLayout):
        layout.setHorizontalSpacing(wanted[4])
        layout.setVerticalSpacing(wanted[5])
    elif isinstance(layout, QBoxLayout):
        layout.setSpacing(wanted[4])


def _gaps(layout: QLayout) -> Numbers:
    if isinstance(layout, QGridLayout):
        return layout.horizontalSpacing(), layout.verticalSpacing()
    return (layout.spacing(),) if isinstance(layout, QBoxLayout) else ()


def _kept(holder: QObject, now: Numbers, factors: tuple[float, ...]) -> Numbers:
    """The sizes as they should be now. What is no longer as we set it was written anew, at 100 %."""
    kept: Any = holder.property(KEPT)
    written = kept[1] if kept is not None and tuple(kept[0]) == now else now
    wanted = tuple(
        size if size in (LIMIT, 0) or size < 0 else max(1, round(size * factor))
        for size, factor in zip(written, factors, strict=True)
    )
    if kept is not None or wanted != now:
        holder.setProperty(KEPT, (wanted, tuple(written)))
    return wanted
