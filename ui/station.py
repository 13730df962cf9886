"""What every station is: a window with its presenters, lanes of work and feed, and how it is shown and closed.

Each kind is built in a folder of its own: `ui.desk.station`, `ui.ticketing.station`, `ui.display.station`…
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from ui.app import OpenedOffice
from ui.screen import NoScreenError, has_screen
from ui.singletons import keep_singletons_alive
from ui.theme.apply import dress

DESK = QSize(1366, 768)
PLAUSIBLE_PX_PER_MM = (2.0, 9.0)
USUAL_PX_PER_MM = 4.0


class Closing(Protocol):
    def close(self) -> None: ...


@dataclass
class Station:
    """window: not shown yet. close: ends its threads; the office is closed by who opened it.

    at_right, at_foot: where it stands as one window among others. release: lets a window go that refuses to be closed.
    """

    window: QWidget
    size: QSize
    start: Callable[[], None]
    parts: list[Closing] = field(default_factory=list)
    at_right: bool = False
    at_foot: bool = False
    release: Callable[[], None] = lambda: None

    def show(self, *, windowed: bool = False) -> None:
        if windowed:
            self.window.resize(self.size)
            self._place()
            self.window.show()
        else:
            # Without a window manager, as in a kiosk's bare session, nobody else makes the window fill the screen.
            self.window.setGeometry(QGuiApplication.primaryScreen().geometry())
            self.window.showFullScreen()
        self.start()

    def _place(self) -> None:
        """Side by side as far as the screen allows: kiosk right, desk left below, display left above."""
        room = QGuiApplication.primaryScreen().availableGeometry()
        right = room.right() - self.size.width() + 1 if self.at_right else room.left()
        below = room.bottom() - self.size.height() + 1 if self.at_foot else room.top()
        self.window.move(max(right, room.left()), max(below, room.top()))

    def close(self) -> None:
        for part in self.parts:
            part.close()
        self.parts.clear()
        self.release()
        self.window.close()


def application() -> QApplication:
    """The process's one dressed QApplication. Raises: NoScreenError: Qt itself would end the process."""
    keep_singletons_alive()
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        if not has_screen(os.environ):
            raise NoScreenError
        app = QApplication([])
        app.setApplicationName("motcua")
        app.setApplicationDisplayName("Một Cửa")
        dress(app)
    return app


def screen_scale(configured: float | None) -> float:
    """Pixels per mm: as calibrated, else what the screen says of itself if that is believable, else the usual."""
    if configured is not None:
        return configured
    screen = QGuiApplication.primaryScreen()
    stated = screen.physicalDotsPerInch() / 25.4 if screen is not None else 0.0
    low, high = PLAUSIBLE_PX_PER_MM
    return stated if low <= stated <= high else USUAL_PX_PER_MM


def strong(slot: Callable[..., object]) -> Callable[..., object]:
    """A slot that keeps its object: PySide6 holds none for a method of a plain object, and would call into freed memory
    if the object went before the signal."""
    return lambda *args: slot(*args)


def counter_name(office: OpenedOffice, code: str) -> str:
    """Raises: UnknownCounterError."""
    from kiosk.services.queueing import UnknownCounterError

    known = {c.code: c.name for c in office.facts.counters}
    if code not in known:
        raise UnknownCounterError(counter=code, known=", ".join(known))
    return known[code]


def shrink(full: QSize, share: float) -> float:
    """The factor, 1 at most, by which a picture of `full` fits into a share of the screen's width and height."""
    room = QGuiApplication.primaryScreen().availableSize() * share
    return min(1.0, room.width() / full.width(), room.height() / full.height())
