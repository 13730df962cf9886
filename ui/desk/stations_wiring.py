"""Puts the panel of the office's machines over a desk: presenter, a lane of work, and this desk's own heartbeat."""

from __future__ import annotations

from kiosk.clock import Clock
from kiosk.domain.event import Actor
from ui.app import OpenedOffice
from ui.desk.stations_presenter import StationsPresenter
from ui.desk.view import DeskWindow
from ui.pairing.heart import heart_of
from ui.pairing.office import LiveStations
from ui.run import QtRun
from ui.tasks import Problem


class DeskStations:
    """Start it when the window shows; close it before the office."""

    def __init__(self, office: OpenedOffice, window: DeskWindow, actor: Actor, clock: Clock) -> None:
        self._run = QtRun(window)
        self._heart = heart_of(office, window)
        panel = window.stations
        live, here = LiveStations(office, actor, clock), actor.counter or ""
        presenter = StationsPresenter(panel, window, live, self._run, clock, here)
        self._presenter = presenter
        # A slot that is a method of a plain object would not keep the object.
        panel.ticked.connect(lambda: presenter.on_tick())
        panel.new_asked.connect(lambda kind: presenter.on_new(kind))
        panel.again_asked.connect(lambda line: presenter.on_again(line))
        panel.revoke_asked.connect(lambda line: presenter.on_revoke(line))
        panel.stopped.connect(lambda: presenter.on_stop())
        window.choices.chosen.connect(lambda *chosen: presenter.on_chosen(*chosen))
        if self._heart is not None:
            self._heart.refused.connect(lambda problem: _tell(window, problem))

    def on_open(self) -> None:
        self._presenter.on_open()

    def start(self) -> None:
        if self._heart is not None:
            self._heart.start()

    def close(self) -> None:
        self._presenter.close()
        self._run.close()
        if self._heart is not None:
            self._heart.close()


def _tell(window: DeskWindow, problem: Problem) -> None:
    window.show_problem(problem)
