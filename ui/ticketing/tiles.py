"""The kiosk's large buttons. Sizes are millimetres on the glass, turned into pixels by the screen's own scale."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from ui.theme.fonts import set_face
from ui.theme.icons import icon
from ui.theme.tokens import LIGHT
from ui.ticketing.presenter import PriorityTile, Tile
from ui.widgets.basics import label, mark

CAP = 0.727  # cap height of Inter, em


class Scale:
    """Pixels for millimetres on one screen. px_per_mm: measured; the default fits a 21.5" portrait 1080 x 1920."""

    def __init__(self, px_per_mm: float = 4.03) -> None:
        self.px_per_mm = px_per_mm

    def mm(self, millimetres: float) -> int:
        return round(millimetres * self.px_per_mm)

    def cap(self, millimetres: float) -> int:
        """Font px whose capitals are so many millimetres tall."""
        return round(millimetres * self.px_per_mm / CAP)


def people_waiting(count: int | None) -> str:
    if count is None:
        return " "
    return "Không phải chờ" if count == 0 else f"{count} người đang chờ"


class GroupTile(QPushButton):
    """A line of people: icon, name, how many wait. At least 30 x 60 mm. stacked: the icon above the words."""

    def __init__(self, tile: Tile, scale: Scale, *, compact: bool, stacked: bool = False) -> None:
        super().__init__()
        self.code = tile.code
        self.setProperty("kind", "tile")
        self.setMinimumSize(scale.mm(60), scale.mm(30))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        pad = scale.mm(4 if compact else 7)
        side = scale.mm(17 if compact and not stacked else 24)
        self._icon, self._name, self._waiting = QLabel(), label("", wrap=True), label("", tone="muted")
        self._icon.setPixmap(icon(tile.icon, round(side * 0.58), LIGHT.accent, 1.6))
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._icon.setFixedSize(QSize(side, side))
        self._icon.setStyleSheet(f"background: {LIGHT.accent_soft}; border-radius: {side // 2}px;")
        set_face(self._name, scale.cap((6.0 if stacked else 5.0) if compact else 7.3), 700)
        set_face(self._waiting, scale.cap((4.2 if stacked else 3.7) if compact else 4.8), 500)
        words = QVBoxLayout()
        words.setSpacing(scale.mm(1))
        words.addStretch(1)
        words.addWidget(self._name)
        words.addWidget(self._waiting)
        words.addStretch(1)
        layout = QBoxLayout(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight, self)
        edge = scale.mm(6) if stacked else scale.mm(2)
        layout.setContentsMargins(edge if stacked else pad, edge, pad, scale.mm(2))
        layout.setSpacing(scale.mm(2) if stacked else pad)
        layout.addWidget(self._icon)
        layout.addLayout(words, 1)
        arrow = QLabel()
        arrow.setPixmap(icon("arrow", scale.mm(9), LIGHT.edge, 1.8))
        arrow.setVisible(not compact)
        layout.addWidget(arrow)
        for part in (self._icon, self._name, self._waiting, arrow):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.show_tile(tile)

    def show_tile(self, tile: Tile) -> None:
        self._name.setText(tile.name)
        self._waiting.setText(people_waiting(tile.waiting))
        self.setAccessibleName(f"Lấy số: {tile.name}")
        self.setAccessibleDescription(people_waiting(tile.waiting))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.minimumSize()


class PriorityButton(QPushButton):
    """A priority class, on or off."""

    def __init__(self, tile: PriorityTile, scale: Scale) -> None:
        super().__init__()
        self.code = tile.code
        self.setProperty("kind", "tile")
        self.setMinimumSize(scale.mm(28), scale.mm(21))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        side = scale.mm(9)
        self._icon, name = QLabel(), label(tile.name, wrap=True)
        self._pixmaps = [icon(tile.icon, side, LIGHT.ink_2, 1.6), icon("check", side, LIGHT.accent, 2.4)]
        set_face(name, scale.cap(3.6), 600)
        name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(scale.mm(2.5), scale.mm(1.5), scale.mm(2), scale.mm(1.5))
        layout.setSpacing(scale.mm(2))
        layout.addWidget(self._icon)
        layout.addWidget(name, 1)
        for part in (self._icon, name):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words = tile.name
        self.choose(False)

    def choose(self, chosen: bool) -> None:
        mark(self, "current", "true" if chosen else "false")
        self._icon.setPixmap(self._pixmaps[chosen])
        self.setAccessibleName(f"Ưu tiên: {self._words}" + (" (đang chọn)" if chosen else ""))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.minimumSize()
