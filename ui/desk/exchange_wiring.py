"""Puts the panel of the exchange over a desk: opened by its key or by the chip above, read again while it stands."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from kiosk.clock import Clock
from kiosk.domain.event import Actor
from ui.app import OpenedOffice
from ui.desk.dossier_mending import ACT
from ui.desk.dossier_presenter import DossierPresenter
from ui.desk.exchange_office import LiveExchange
from ui.desk.exchange_presenter import ACTS, EMPTY, NAME, ExchangePresenter
from ui.desk.list_panel import ListPanel
from ui.desk.view import DeskWindow
from ui.run import QtRun

LOOK_MS = 2000


class ExchangeDesk:
    def __init__(
        self, office: OpenedOffice, window: DeskWindow, actor: Actor, clock: Clock, dossiers: DossierPresenter
    ) -> None:
        self.panel = ListPanel(window, NAME, EMPTY, ACTS)
        self._run = QtRun(window)  # of its own: reading the queue of a long outage keeps no act waiting
        self.presenter = presenter = ExchangePresenter(
            self.panel, LiveExchange(office, actor, clock), self._run, dossiers.open, ACT
        )
        # A slot that is a method of a plain object would not keep the object.
        self.panel.acted.connect(lambda act, line, words: presenter.on_act(act, line, words))
        self._timer = QTimer(window)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(lambda: self._look())

    def start(self) -> None:
        self._timer.start()

    def _look(self) -> None:
        if self.panel.isVisible():
            self.presenter.on_tick()

    def close(self) -> None:
        self._timer.stop()
        self._run.close()
