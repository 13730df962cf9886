"""Puts the inbox of online dossiers over a desk, and keeps its chip up to date."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from kiosk.clock import Clock
from kiosk.domain.event import Actor
from ui.app import OpenedOffice
from ui.desk.list_panel import ListPanel
from ui.desk.online_office import LiveOnline
from ui.desk.online_presenter import ACTS, EMPTY, NAME, OnlinePresenter
from ui.desk.view import DeskWindow
from ui.run import QtRun

LOOK_MS = 15_000


class OnlineDesk:
    def __init__(self, office: OpenedOffice, window: DeskWindow, actor: Actor, clock: Clock) -> None:
        self.panel = ListPanel(window, NAME, EMPTY, ACTS, pictures=True)
        self._run = QtRun(window)  # of its own: opening what a citizen sent may take seconds
        live = LiveOnline(office, actor, clock)
        self.presenter = presenter = OnlinePresenter(
            self.panel, live, self._run, lambda tone, words: window.head.show_state("online", tone, words)
        )
        # A slot that is a method of a plain object would not keep the object.
        self.panel.acted.connect(lambda act, line, words: presenter.on_act(act, line, words))
        self._timer = QTimer(window)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(lambda: presenter.on_tick())

    def start(self) -> None:
        self._timer.start()
        self.presenter.on_tick()

    def close(self) -> None:
        self._timer.stop()
        self._run.close()
