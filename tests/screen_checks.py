"""What can be seen and reached on a window: texts that are cut, things that cannot be named, widgets out of reach."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from ui.widgets.basics import Elided

EDGE = 2  # px of a text field around its letters
FRAME_AND_PADDING = 20  # px at 100 % of a text field, left and right together


def cut_texts(root: QWidget) -> list[str]:
    """Words that are wider or higher than the widget that shows them. What ends in "…" on purpose is left out."""
    return [f"{type(w).__name__}: {words}" for w in root.findChildren(QWidget) if (words := _cut(w))]


def _cut(widget: QWidget) -> str:
    if not widget.isVisible() or isinstance(widget, Elided):
        return ""
    metrics, room = widget.fontMetrics(), widget.contentsRect()
    if isinstance(widget, QLabel) and widget.text() and not widget.pixmap().width():
        if widget.wordWrap():
            flags = int(Qt.TextFlag.TextWordWrap)
            needed = metrics.boundingRect(0, 0, room.width(), 0, flags, widget.text()).size()
        else:
            needed = metrics.size(0, widget.text())
        cut = needed.width() > room.width() + EDGE or needed.height() > room.height() + EDGE
        return widget.text() if cut else ""
    if isinstance(widget, QPushButton) and widget.text():
        return widget.text() if metrics.horizontalAdvance(widget.text()) > widget.width() - EDGE else ""
    if isinstance(widget, QLineEdit) and widget.isVisible():
        words = widget.text() or widget.placeholderText()
        return words if metrics.horizontalAdvance(words) + FRAME_AND_PADDING > widget.width() else ""
    if isinstance(widget, QComboBox):
        return widget.currentText() if metrics.horizontalAdvance(widget.currentText()) > widget.width() else ""
    return ""


def unreachable(root: QWidget) -> list[str]:
    """Visible parts that stand beyond their parent's edges where nothing scrolls."""
    found = []
    for widget in root.findChildren(QWidget):
        parent = widget.parentWidget()
        if not widget.isVisible() or parent is None or widget.isWindow() or not parent.isVisible():
            continue
        above = parent.parentWidget()
        if isinstance(above, QAbstractScrollArea) and above.viewport() is parent:
            continue  # scrolls
        if not parent.rect().contains(widget.geometry()) and not isinstance(parent, QScrollArea):
            found.append(f"{type(widget).__name__} in {type(parent).__name__}: {widget.geometry()} / {parent.rect()}")
    return found


def unnamed(root: QWidget) -> list[str]:
    """Parts that can have the focus and that a screen reader could not name."""
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or _belongs_to_a_box(widget):
            continue
        seen = QAccessible.queryAccessibleInterface(widget)
        name = seen.text(QAccessible.Text.Name) if seen is not None else ""
        if not name.strip() and not (isinstance(widget, QLabel | QPushButton) and not widget.text()):
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def _belongs_to_a_box(widget: QWidget) -> bool:
    """The parts that Qt itself makes inside a list or a combination box."""
    above = widget.parentWidget()
    boxes = (QComboBox, QAbstractScrollArea)
    return (
        widget.objectName().startswith("qt_")
        or isinstance(above, boxes)
        or (above is not None and above.inherits("QComboBoxPrivateContainer"))
    )


def settle(ms_steps: int = 5) -> None:
    for _ in range(ms_steps):
        QApplication.processEvents()
