"""The kiosk's large buttons. Sizes are millimetres on the glass, turned into pixels by the screen's own scale."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from ui.theme.fonts import set_face
from ui.theme.icons import icon
from ui.ticketing.look import LEAST_MM as LEAST_CAP_MM
from ui.ticketing.look import MAIN_MM, Look, Scale
from ui.ticketing.model import PriorityTile, Tile
from ui.widgets.basics import label, mark

__all__ = ["GroupTile", "OnlyTile", "PriorityButton", "Scale", "TouchButton"]

NAME_CAPS_MM = (MAIN_MM, 6.1, 5.2)
LONGEST_PART = 12  # letters of one half of a name that stay on one line of the smallest tile
LEAST_MM = 20.5  # of any target; half a millimetre more than the rule, for rounding


def in_parts(name: str) -> str:
    """A name of two halves is broken between them: "Cư trú - / căn cước", never inside a word of two syllables."""
    first, dash, second = name.partition(" - ")
    if not dash or max(len(first), len(second)) > LONGEST_PART:
        return name
    return " ".join(part.replace(" ", "\N{NO-BREAK SPACE}") for part in (f"{first} -", second))


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
    count stand in one row above the name. Where a key is no wider than it must be, they have no row in common: stacked
    has the count below the name, bare has no icon."""

    def __init__(self, tile: Tile, look: Look, *, stacked: bool = False, bare: bool = False) -> None:
        super().__init__("tile", look, 60, 30)
        self.code = tile.code
        roomy, small, palette = look.roomy, look.small, look.palette
        self._is_beside, self._is_stacked = roomy and not look.slim, stacked
        side = 0 if bare else look.mm(24 if self._is_beside else 9 if small else 16)
        self._icon, self._name, self._waiting = QLabel(), label("", wrap=True), label("", tone="muted")
        self._arrow, self._full, self._counts = QLabel(), tile.full, True
        self._said: tuple[str, ...] = ("",)
        self._plain = ""
        if side:
            self._icon.setPixmap(icon(tile.icon, round(side * 0.58), palette.accent, 1.6))
        self._icon.setVisible(not bare)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._icon.setFixedSize(QSize(side, side))
        self._icon.setStyleSheet(f"background: {palette.accent_soft}; border-radius: {side // 2}px;")
        set_face(self._name, look.main, 700)
        set_face(self._waiting, look.cap(LEAST_CAP_MM), 500)
        stays = self._waiting.sizePolicy()
        stays.setRetainSizeWhenHidden(not self._is_beside)  # beside the icon it keeps its place
        self._waiting.setSizePolicy(stays)
        if self._is_beside:
            self._beside()
        else:
            self._above()
        self.let_through()
        self.show_tile(tile)

    def count_people(self, on: bool) -> None:
        """Whether the line under the name is of use: not where papers are chosen, which nobody waits for."""
        self._waiting.setVisible(on)
        self._counts = on
        self._point()

    def _point(self) -> None:
        self._arrow.setVisible(self._is_beside and not (self._full and self._counts))  # no number lies behind it

    def _beside(self) -> None:
        look = self.look
        words = QVBoxLayout()
        words.setSpacing(look.mm(1))
        words.addStretch(1)
        words.addWidget(self._name)
        words.addWidget(self._waiting)
        words.addStretch(1)
        self._arrow.setPixmap(icon("arrow", look.mm(9), look.palette.edge, 1.8))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(look.mm(7), look.mm(2), look.mm(7), look.mm(2))
        layout.setSpacing(look.mm(7))
        layout.addWidget(self._icon)
        layout.addLayout(words, 1)
        layout.addWidget(self._arrow)

    def _above(self) -> None:
        look = self.look
        edge = look.mm(2 if look.small else 4)
        top = QHBoxLayout()
        top.setSpacing(look.mm(3))
        top.addWidget(self._icon)
        if self._is_stacked:
            top.addStretch(1)
        else:
            top.addWidget(self._waiting, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(edge, look.mm(1), edge, look.mm(1))
        layout.setSpacing(0 if look.small else look.mm(1))
        layout.addStretch(1)
        layout.addLayout(top)
        layout.addWidget(self._name)
        if self._is_stacked:
            layout.addWidget(self._waiting)
        layout.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._say_waiting()
        self._fit_name()

    def _fit_name(self) -> None:
        """A name of three lines takes smaller letters rather than losing one; before that it breaks where it must."""
        look = self.look
        beside_mm = 61 if self._is_beside else 4 if look.small else 8
        room = self.height() - self._taken()
        width = self.width() - look.mm(beside_mm)
        parted = in_parts(self._plain)
        tries = [(parted, MAIN_MM), (self._plain, MAIN_MM), *((parted, cap) for cap in NAME_CAPS_MM[1:])]
        name, cap = next((one for one in tries if self._name_stands(*one, width, room)), tries[-1])
        if (name, look.cap(cap)) != (self._name.text(), self._name.font().pixelSize()):
            self._name.setText(name)
            set_face(self._name, look.cap(cap), 700)
            self._name.updateGeometry()
            if (layout := self.layout()) is not None:
                layout.activate()

    def _taken(self) -> int:
        """Px of the height that are not the name's."""
        icon_px, line = self._icon.maximumHeight(), self._waiting.sizeHint().height()
        if self._is_beside:
            return self.look.mm(4)
        if self._is_stacked:
            return self.look.mm(4) + icon_px + line
        return self.look.mm(4) + icon_px if icon_px else self.look.mm(2) + line

    def _name_stands(self, name: str, cap_mm: float, width: int, height: int) -> bool:
        face = QFont(self._name.font())
        face.setPixelSize(self.look.cap(cap_mm))
        metrics = QFontMetrics(face)
        wrapped = metrics.boundingRect(QRect(0, 0, width, 10_000), Qt.TextFlag.TextWordWrap, name)
        return wrapped.height() <= height and max(map(metrics.horizontalAdvance, name.split(" "))) <= width

    def show_tile(self, tile: Tile) -> None:
        words = self.look.words
        name = self.look.pick(tile.name, tile.name_en)
        self._said = (words.full,) if tile.full else words.line_waiting(tile.waiting, tile.wait)
        self._plain = name
        self._fit_name()
        self._say_waiting()
        self._full = tile.full
        self._point()
        mark(self._waiting, "tone", "warn" if tile.full else "muted")
        mark(self, "full", "true" if tile.full else "false")
        self.setAccessibleName(words.take_number.format(group=name))
        self.setAccessibleDescription(self._said[0])

    def _say_waiting(self) -> None:
        """As much of it as stands in one line."""
        look = self.look
        beside = 0 if self._is_stacked else self._icon.maximumWidth() + look.mm(3)
        taken = look.mm(61) if self._is_beside else beside + look.mm(2 * (2 if look.small else 4))
        self._waiting.setText(longest_that_fits(self._said, self._waiting, self.width() - taken))


def longest_that_fits(texts: Sequence[str], place: QLabel, room: int) -> str:
    metrics = place.fontMetrics()
    return next((text for text in texts if metrics.horizontalAdvance(text) <= room), texts[-1])


class OnlyTile(_Target):
    """The one line of an office that has one: nothing to choose, the whole page is the key."""

    def __init__(self, tile: Tile, look: Look) -> None:
        super().__init__("tile", look, 60, 30)
        self.code = tile.code
        side = look.mm(60 if look.roomy else 22)
        self._icon, self._take = QLabel(), label("", tone="accent", wrap=True)
        self._name, self._waiting = label("", wrap=True), label("", tone="muted")
        self._icon.setPixmap(icon(tile.icon, side, look.palette.accent, 1.4))
        set_face(self._take, look.cap(14 if look.roomy else 11), 800)
        set_face(self._name, look.cap(10 if look.roomy else MAIN_MM), 700)
        set_face(self._waiting, look.main, 500)
        layout = QVBoxLayout(self)
        layout.setSpacing(look.mm(6 if look.roomy else 2))
        layout.addStretch(1)
        for part in (self._icon, self._take, self._name, self._waiting):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(part)
        layout.addStretch(1)
        self.let_through()
        self._said: tuple[str, ...] = ("",)
        self.show_tile(tile)

    def count_people(self, on: bool) -> None:
        self._waiting.setVisible(on)

    def show_tile(self, tile: Tile) -> None:
        words = self.look.words
        name = self.look.pick(tile.name, tile.name_en)
        self._take.setText(words.full if tile.full else words.take_one)
        self._name.setText(name)
        self._said = (" ",) if tile.full else words.line_waiting(tile.waiting, tile.wait)
        self._say_waiting()
        mark(self._take, "tone", "warn" if tile.full else "accent")
        mark(self, "full", "true" if tile.full else "false")
        self.setAccessibleName(words.take_number.format(group=name))
        self.setAccessibleDescription(self._said[0])

    def _say_waiting(self) -> None:
        self._waiting.setText(longest_that_fits(self._said, self._waiting, self.width() - self.look.mm(8)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._say_waiting()


class TouchButton(_Target):
    """Words, wrapped, with an icon before them. kind: "", "primary" or "tile". No capitals under 4.8 mm."""

    def __init__(
        self,
        text: str,
        look: Look,
        *,
        icon_name: str = "",
        kind: str = "",
        cap_mm: float = LEAST_CAP_MM,
        width_mm: float = 28,
        height_mm: float = LEAST_MM,
        left: bool = False,
    ) -> None:
        super().__init__(kind, look, width_mm, height_mm)
        self.words = label(text, tone="on" if kind == "primary" else "", wrap=True)
        set_face(self.words, look.cap(max(cap_mm, LEAST_CAP_MM)), 700 if kind == "primary" else 600)
        self._icon = QLabel()
        self._has_icon = bool(icon_name)
        self._icon.setVisible(self._has_icon)
        layout = QHBoxLayout(self)
        side = look.mm(1 if width_mm <= 25 or look.small else 2.5)
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
        self._keep_words_whole(layout.contentsMargins())

    def _keep_words_whole(self, margins: QMargins) -> None:
        """As wide as the words need to stand whole in the height of the button."""
        metrics, words = self.words.fontMetrics(), self.words.text().split(" ")
        room = self.minimumHeight() - margins.top() - margins.bottom()
        width = max((metrics.horizontalAdvance(word) for word in words), default=0) + 4
        longest = metrics.horizontalAdvance(self.words.text()) + 4
        while width < longest and self.words.heightForWidth(width) > room:
            width += 4
        beside = self.look.mm(8 + 2.5) if self._has_icon else 0
        self.setMinimumWidth(max(self.minimumWidth(), width + margins.left() + margins.right() + beside))

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
        short = look.pick(tile.short, tile.short_en)
        name = label((short if not look.portrait else "") or self._words, wrap=True)
        self._name = name
        self._pixmaps = [icon(tile.icon, side, look.palette.ink_2, 1.6), icon("check", side, look.palette.accent, 2.4)]
        set_face(name, look.cap(LEAST_CAP_MM), 600)
        sideways = Qt.AlignmentFlag.AlignHCenter if look.small else Qt.AlignmentFlag.AlignLeft
        name.setAlignment(sideways | Qt.AlignmentFlag.AlignVCenter)
        layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        side_mm = 1 if look.small else 2.5
        layout.setContentsMargins(look.mm(side_mm), look.mm(1), look.mm(side_mm), look.mm(1))
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
