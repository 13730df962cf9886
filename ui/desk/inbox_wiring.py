"""The hot folders of a desk: a timer, a lane of their own, and their presenter."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from kiosk.domain.event import Actor
from ui.app import OpenedOffice
from ui.desk.inbox_office import LiveInbox
from ui.desk.inbox_presenter import InboxPresenter
from ui.desk.pages_presenter import PagesPresenter
from ui.desk.view import DeskWindow
from ui.run import QtRun
from ui.scan_profiles import watched

LOOK_MS = 2000


class InboxWatch:
    """Does nothing, and starts no thread, where no hot folder is to be watched."""

    def __init__(self, office: OpenedOffice, window: DeskWindow, actor: Actor, pages: PagesPresenter) -> None:
        profiles = watched(office.config)
        self._timer = QTimer(window)
        self._timer.setInterval(LOOK_MS)
        self._lane = QtRun(window) if profiles else None
        if self._lane is not None:
            live = LiveInbox(office, actor, office.config.station.name, profiles)
            self._presenter = InboxPresenter(window, live, self._lane, pages)
            self._timer.timeout.connect(self._presenter.on_tick)

    def start(self) -> None:
        if self._lane is not None:
            self._timer.start()

    def close(self) -> None:
        self._timer.stop()
        if self._lane is not None:
            self._lane.close()
