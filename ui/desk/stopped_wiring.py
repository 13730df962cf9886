"""Puts the panel of stopped pages and files over a desk, and keeps its chip and the progress of pages up to date."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from kiosk.clock import Clock
from kiosk.domain.event import Actor
from ui.app import OpenedOffice
from ui.desk.pages_presenter import PagesPresenter
from ui.desk.stopped_office import LiveStopped
from ui.desk.stopped_presenter import StoppedPresenter
from ui.desk.view import DeskWindow
from ui.run import QtRun
from ui.scan_profiles import watched

LOOK_MS, PROGRESS_MS = 5000, 1500


class StoppedWatch:
    """The work of a reader leaves no word in the log, so somebody must look."""

    def __init__(
        self, office: OpenedOffice, window: DeskWindow, actor: Actor, clock: Clock, pages: PagesPresenter
    ) -> None:
        self._run = QtRun(window)  # of its own: a share that is away can keep it waiting
        live = LiveStopped(office, actor, watched(office.config), clock)
        presenter = StoppedPresenter(window.stopped, live, self._run, window.show_stopped_state)
        # A slot that is a method of a plain object would not keep the object.
        window.stopped.asked.connect(lambda: presenter.on_open())
        window.stopped.acted.connect(lambda act, row, reason: presenter.on_act(act, row, reason))
        self._timers = [QTimer(window), QTimer(window)]
        self._timers[0].setInterval(LOOK_MS)
        self._timers[0].timeout.connect(lambda: presenter.on_tick())
        self._timers[1].setInterval(PROGRESS_MS)
        self._timers[1].timeout.connect(lambda: pages.on_progress_due())
        self._presenter = presenter

    def start(self) -> None:
        for timer in self._timers:
            timer.start()
        self._presenter.on_tick()

    def close(self) -> None:
        for timer in self._timers:
            timer.stop()
        self._run.close()
