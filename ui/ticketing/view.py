"""The kiosk's window: choose a field, get the number. Widgets without decisions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kiosk.clock import Clock
from kiosk.domain.ticket import PrintState
from ui.theme.fonts import set_face
from ui.theme.icons import icon
from ui.theme.tokens import LIGHT
from ui.ticketing.number import NumberPage
from ui.ticketing.presenter import Issued, PriorityTile, Tile
from ui.ticketing.tiles import GroupTile, PriorityButton, Scale
from ui.widgets.basics import ClockLabel, Elided, Notice, clear, label


class TicketingWindow(QWidget):
    """Signals: group_touched(code), priority_touched(code), help_touched, done_touched, ticked (each second).

    locked: the window cannot be closed by keys (kiosk mode); `release` opens it for a proper end.
    """

    group_touched = Signal(str)
    priority_touched = Signal(str)
    help_touched = Signal()
    done_touched = Signal()
    ticked = Signal()

    def __init__(
        self,
        office_name: str,
        clock: Clock,
        scale: Scale,
        *,
        portrait: bool,
        locked: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Máy lấy số"))
        self.setWindowTitle(self.tr("Lấy số thứ tự"))
        self._scale, self._portrait, self._locked = scale, portrait, locked
        self._tiles: dict[str, GroupTile] = {}
        self._priorities: dict[str, PriorityButton] = {}
        self._build(office_name, clock)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.ticked)
        self._timer.start(1000)

    def _build(self, office_name: str, clock: Clock) -> None:
        scale = self._scale
        margin = scale.mm(7 if self._portrait else 4)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(margin, scale.mm(5 if self._portrait else 3), margin, margin)
        outer.setSpacing(scale.mm(4 if self._portrait else 3))
        outer.addLayout(self._head(office_name, clock))
        self._pages = QStackedWidget()
        self._number = NumberPage(scale, portrait=self._portrait)
        self._number.done.clicked.connect(self.done_touched)
        self._pages.addWidget(self._start_page())
        self._pages.addWidget(self._number)
        outer.addWidget(self._pages, 1)
        self._note = Notice(closable=False, icon_px=scale.mm(10))  # lies over the page: the page must not jump
        self._note.setParent(self)
        set_face(self._note.message, scale.cap(4.2), 700)
        set_face(self._note.fix, scale.cap(3.9), 500)

    def _head(self, office_name: str, clock: Clock) -> QVBoxLayout:
        scale = self._scale
        name = Elided(office_name, tone="accent")
        set_face(name, scale.cap(3.6 if self._portrait else 3.3), 700)
        self._title = label(self.tr("Ông/bà cần làm việc gì?"))
        set_face(self._title, scale.cap(8.5 if self._portrait else 6.4), 800)
        hands = QPushButton(self.tr("Gọi cán bộ"))
        hands.setIcon(icon("hand", scale.mm(8), LIGHT.ink))
        hands.setIconSize(icon("hand", scale.mm(8), LIGHT.ink).size())
        hands.setMinimumSize(scale.mm(46), scale.mm(20))
        hands.setAccessibleName(self.tr("Gọi cán bộ hỗ trợ"))
        hands.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_face(hands, scale.cap(3.8), 600)
        hands.clicked.connect(self.help_touched)
        self.help_button = hands
        words = QVBoxLayout()
        words.setSpacing(scale.mm(1))
        words.addWidget(name)
        aside = QHBoxLayout()
        aside.setSpacing(scale.mm(5))
        aside.addWidget(ClockLabel(clock, scale.cap(5.5), scale.cap(3.0)))
        aside.addWidget(hands)
        if not self._portrait:
            words.addWidget(self._title)
        top = QHBoxLayout()
        top.setSpacing(scale.mm(5))
        top.addLayout(words, 1)
        top.addLayout(aside)
        head = QVBoxLayout()
        head.setSpacing(scale.mm(6))
        head.addLayout(top)
        if self._portrait:
            head.addWidget(self._title)
        return head

    def _start_page(self) -> QWidget:
        scale = self._scale
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scale.mm(4 if self._portrait else 2.5))
        if self._portrait:
            hint = label(self.tr("Chạm vào một ô để lấy số"), tone="muted")
            set_face(hint, scale.cap(4.8), 500)
            column.addWidget(hint)
            column.addSpacing(scale.mm(1))
        self._tile_grid = QGridLayout()
        self._tile_grid.setSpacing(scale.mm(4 if self._portrait else 3))
        column.addLayout(self._tile_grid, 1)
        self._priority_title = label(self.tr("Thuộc diện ưu tiên? Chạm ô này trước"), tone="muted")
        set_face(self._priority_title, scale.cap(4.4 if self._portrait else 3.6), 600)
        if self._portrait:
            column.addSpacing(scale.mm(3))
        column.addWidget(self._priority_title)
        self._priority_grid = QGridLayout()
        self._priority_grid.setSpacing(scale.mm(3))
        column.addLayout(self._priority_grid)
        return page

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        if list(self._tiles) == [t.code for t in tiles]:
            for tile in tiles:
                self._tiles[tile.code].show_tile(tile)
            return
        clear(self._tile_grid)
        columns = self._columns(len(tiles))
        stacked = not self._portrait and len(tiles) <= 2 * columns
        self._tiles = {t.code: GroupTile(t, self._scale, compact=not self._portrait, stacked=stacked) for t in tiles}
        for place, button in enumerate(self._tiles.values()):
            button.clicked.connect(lambda _=False, code=button.code: self.group_touched.emit(code))
            self._tile_grid.addWidget(button, place // columns, place % columns)

    def _columns(self, count: int) -> int:
        if self._portrait:
            return 1 if count <= 7 else 2
        return 2 if count <= 4 else 3

    def show_priorities(self, priorities: Sequence[PriorityTile]) -> None:
        clear(self._priority_grid)
        self._priority_title.setVisible(bool(priorities))
        columns = min(len(priorities), 3) if self._portrait else len(priorities)
        self._priorities = {p.code: PriorityButton(p, self._scale) for p in priorities}
        for place, button in enumerate(self._priorities.values()):
            button.clicked.connect(lambda _=False, code=button.code: self.priority_touched.emit(code))
            self._priority_grid.addWidget(button, place // columns, place % columns)

    def show_start(self) -> None:
        self._title.setText(self.tr("Ông/bà cần làm việc gì?"))
        self._pages.setCurrentIndex(0)
        self.setFocus()  # no tile looks chosen before somebody chose

    def mark_priority(self, code: str) -> None:
        for own, button in self._priorities.items():
            button.choose(own == code)

    def show_number(self, issued: Issued) -> None:
        self._title.setText(self.tr("Đã lấy số"))
        self._number.show_number(issued)
        self._pages.setCurrentIndex(1)

    def show_paper(self, state: PrintState, *, slow: bool) -> None:
        self._number.show_paper(state, slow=slow)

    def show_note(self, tone: str, message: str, fix: str) -> None:
        self._note.say(tone, message, fix)
        self._place_note()
        self._note.raise_()

    def _place_note(self) -> None:
        margin = self._scale.mm(7 if self._portrait else 4)
        width, height = self.width() - 2 * margin, self._scale.mm(24)
        self._note.setGeometry(margin, self.height() - height - margin, width, height)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._place_note()

    def hide_note(self) -> None:
        self._note.hide()

    def set_busy(self, busy: bool) -> None:
        """Touches are dropped by the presenter; the tiles only look pressed less."""
        for button in self._tiles.values():
            button.setEnabled(not busy)

    def on_screen(self) -> list[QLabel]:
        """Labels that a citizen can see now."""
        return [part for part in self.findChildren(QLabel) if part.isVisible()]

    def release(self) -> None:
        """Let the next close through: the station is being stopped by its keeper."""
        self._locked = False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self._locked:
            event.accept()  # Escape, F11, Alt+F4 as a key: nothing a citizen presses leaves the kiosk
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        if self._locked:
            event.ignore()
        else:
            super().closeEvent(event)
