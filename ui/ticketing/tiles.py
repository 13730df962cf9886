"""The kiosk's large buttons. Sizes are millimetres on the glass, turned into pixels by the screen's own scale."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from ui.theme.fonts import set_face
from ui.theme.icons import icon
from ui.ticketing.look import Look, Scale
from ui.ticketing.model import PriorityTile, Tile
from ui.widgets.basics import label, mark

__all__ = ["GroupTile", "PriorityButton", "Scale", "TouchButton"]

LEAST_MM = 20.5  # of any target; half a millimetre more than the rule, for rounding


class _Target(QPushButton):
    """A button made of labels. A touch leaves no focus behind, so a scanner's keys never press it."""

    def __init__(self, kind: str, look: Look, width_mm: float, height_mm: float) -> None:
        super().__init__()
        self.look = look
        self.setProperty("kind", kind)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumSize(look.mm(width_mm), look.mm(height_mm))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def let_through(self) -> None:
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.minimumSize()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.minimumSize()


class GroupTile(_Target):
    """A line of people: icon, name, how many wait. At least 30 x 60 mm. On glasses that are not roomy the icon and the
    count stand in one row above the name."""

    def __init__(self, tile: Tile, look: Look) -> None:
        super().__init__("tile", look, 60, 30)
        self.code = tile.code
        roomy, small, palette = look.roomy, look.small, look.palette
        side = look.mm(24 if roomy else 11 if small else 16)
        self._icon, self._name, self._waiting = QLabel(), label("", wrap=True), label("", tone="muted")
        self._icon.setPixmap(icon(tile.icon, round(side * 0.58), palette.accent, 1.6))
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._icon.setFixedSize(QSize(side, side))
        self._icon.setStyleSheet(f"background: {palette.accent_soft}; border-radius: {side // 2}px;")
        set_face(self._name, look.main, 700)
        set_face(self._waiting, look.cap(4.8 if roomy else 4.2 if small else 4.8), 500)
        if roomy:
            self._beside()
        else:
            self._above()
        self.let_through()
        self.show_tile(tile)

    def _beside(self) -> None:
        look = self.look
        words = QVBoxLayout()
        words.setSpacing(look.mm(1))
        words.addStretch(1)
        words.addWidget(self._name)
        words.addWidget(self._waiting)
        words.addStretch(1)
        arrow = QLabel()
        arrow.setPixmap(icon("arrow", look.mm(9), look.palette.edge, 1.8))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(look.mm(7), look.mm(2), look.mm(7), look.mm(2))
        layout.setSpacing(look.mm(7))
        layout.addWidget(self._icon)
        layout.addLayout(words, 1)
        layout.addWidget(arrow)

    def _above(self) -> None:
        look = self.look
        edge = look.mm(2.5 if look.small else 4)
        top = QHBoxLayout()
        top.setSpacing(look.mm(3))
        top.addWidget(self._icon)
        top.addWidget(self._waiting, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(edge, look.mm(2), edge, look.mm(1.5))
        layout.setSpacing(look.mm(1))
        layout.addStretch(1)
        layout.addLayout(top)
        layout.addWidget(self._name)
        layout.addStretch(1)

    def show_tile(self, tile: Tile) -> None:
        words = self.look.words
        name = self.look.pick(tile.name, tile.name_en)
        waiting = words.full if tile.full else words.people_waiting(tile.waiting, short=not self.look.roomy)
        self._name.setText(name)
        self._waiting.setText(waiting)
        mark(self._waiting, "tone", "warn" if tile.full else "muted")
        mark(self, "full", "true" if tile.full else "false")
        self.setAccessibleName(words.take_number.format(group=name))
        self.setAccessibleDescription(waiting)


class TouchButton(_Target):
    """Words, wrapped, with an icon before or above them. kind: "", "primary" or "tile"."""

    def __init__(
        self,
        text: str,
        look: Look,
        *,
        icon_name: str = "",
        kind: str = "",
        cap_mm: float = 4.2,
        width_mm: float = 28,
        height_mm: float = LEAST_MM,
        left: bool = False,
    ) -> None:
        super().__init__(kind, look, width_mm, height_mm)
        self.words = label(text, tone="on" if kind == "primary" else "", wrap=True)
        set_face(self.words, look.cap(cap_mm), 700 if kind == "primary" else 600)
        self._icon = QLabel()
        self._icon.setVisible(bool(icon_name))
        layout = QHBoxLayout(self)
        side = look.mm(1 if width_mm <= 25 else 2.5)
        layout.setContentsMargins(side, look.mm(1), side, look.mm(1))
        layout.setSpacing(look.mm(2.5))
        if icon_name:
            self.draw(icon_name)
            layout.addWidget(self._icon)
        layout.addWidget(self.words, 1)
        sideways = Qt.AlignmentFlag.AlignLeft if left or icon_name else Qt.AlignmentFlag.AlignHCenter
        self.words.setAlignment(sideways | Qt.AlignmentFlag.AlignVCenter)
        self.let_through()
        self.setAccessibleName(text)

    def draw(self, icon_name: str) -> None:
        colour = self.look.palette.on_accent if self.property("kind") == "primary" else self.look.palette.ink_2
        self._icon.setPixmap(icon(icon_name, self.look.mm(8), colour, 1.7))

    def say(self, text: str) -> None:
        self.words.setText(text)
        self.setAccessibleName(text)


class PriorityButton(_Target):
    """A priority class, on or off. Small glasses have no room for the picture beside three lines of words."""

    def __init__(self, tile: PriorityTile, look: Look) -> None:
        super().__init__("tile", look, 28, LEAST_MM)
        self.code = tile.code
        side = look.mm(9)
        self._icon = QLabel()
        self._words = look.pick(tile.name, tile.name_en)
        name = label(self._words, wrap=True)
        self._name = name
        self._pixmaps = [icon(tile.icon, side, look.palette.ink_2, 1.6), icon("check", side, look.palette.accent, 2.4)]
        set_face(name, look.cap(3.0 if look.small else 3.8), 600)
        name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        layout.setContentsMargins(look.mm(2.5), look.mm(1), look.mm(2), look.mm(1))
        layout.setSpacing(look.mm(2))
        layout.addWidget(self._icon)
        layout.addWidget(name, 1)
        self._icon.setVisible(not look.small)
        self.let_through()
        self.choose(False)

    def choose(self, chosen: bool) -> None:
        mark(self, "current", "true" if chosen else "false")
        self._icon.setPixmap(self._pixmaps[chosen])
        name = self.look.words.priority_is.format(who=self._words)
        self.setAccessibleName(name + (" ✓" if chosen else ""))
