"""The heartbeat of a desk, a hall's screen or a rating screen: every ten seconds, in a thread of its process.

A kiosk with a store of its own has its own line to the office (`ui.ticketing.link`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import structlog
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kiosk.errors import KioskError
from kiosk.services.reporting import Reporter, is_refusal
from ui.app import OpenedOffice, is_paired, open_own
from ui.pairing.office import this_program
from ui.pairing.shut_out import ShutOut
from ui.retry import refused_pause_s
from ui.tasks import problem_of
from ui.theme.tokens import Palette

if TYPE_CHECKING:
    from ui.station import Station

BEAT_S = 10.0

log = structlog.get_logger()


class Beat(Protocol):
    def __call__(self) -> None:
        """One heartbeat. Raises: KioskError; a refusal (`is_refusal`) when the office does not take it."""

    def close(self) -> None: ...


class OwnBeat:
    """Opens this station's own store at the first beat, so that no window waits for it."""

    def __init__(self, office: OpenedOffice) -> None:
        self._office = office
        self._reporter: Reporter | None = None
        self._end: Callable[[], None] = lambda: None

    def __call__(self) -> None:
        if self._reporter is None:
            own = open_own(self._office.paths.root)
            self._end, self._reporter = own.close, Reporter(own, version=this_program().version)
        self._reporter.beat(self._office)

    def close(self) -> None:
        self._end()


class StationHeart(QObject):
    """refused: a Problem, once for each kind of refusal: the office does not take this machine any more. taken: it does
    again."""

    refused = Signal(object)
    taken = Signal()

    def __init__(self, beat: Beat, parent: QObject | None = None, every_s: float = BEAT_S) -> None:
        super().__init__(parent)
        self._beat, self._every_s = beat, every_s
        self._stop = threading.Event()
        self._told = ""
        self._is_refused, self._refusals = False, 0
        self._thread = threading.Thread(target=self._run, name="heart", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Ends the thread; a beat under way is waited for."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        self._beat.close()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._beat()
                self._told = ""
                self._let_in()
            except KioskError as error:
                if is_refusal(error):
                    self._tell(error)
                else:
                    self._note(error.code)
            except Exception as error:  # noqa: BLE001 - the end of a worker: the screen outlives it
                self._note(type(error).__name__)
            self._stop.wait(self.pause_s())

    def pause_s(self) -> float:
        """Until the next beat: a refused one is not repeated every ten seconds for ever."""
        return max(self._every_s, refused_pause_s(self._refusals)) if self._refusals else self._every_s

    def _tell(self, refusal: KioskError) -> None:
        self._refusals += 1
        if self._told != refusal.code and not self._stop.is_set():
            self._is_refused = True
            self.refused.emit(problem_of(refusal))
        self._note(refusal.code)

    def _let_in(self) -> None:
        self._refusals = 0
        if self._is_refused and not self._stop.is_set():
            self._is_refused = False
            self.taken.emit()

    def _note(self, why: str) -> None:
        if self._told != why:
            log.warning("heartbeat.failed", why=why)
        self._told = why


def heart_of(office: OpenedOffice, parent: QObject | None = None) -> StationHeart | None:
    """None for a machine that was never paired."""
    return StationHeart(OwnBeat(office), parent) if is_paired(office.paths.root) else None


def cover_when_refused(heart: StationHeart, window: QWidget, told: str, palette: Palette) -> None:
    cover = ShutOut(window, palette, told)
    heart.refused.connect(cover.tell)
    heart.taken.connect(cover.hide)


def with_heart(station: Station, office: OpenedOffice, told: str, palette: Palette) -> Station:
    """The same station, which tells the office that it lives from its start to its end, and covers itself when the
    office does not take it any more. told: what the public does then."""
    heart = heart_of(office, station.window)
    if heart is None:
        return station
    cover_when_refused(heart, station.window, told, palette)
    start = station.start

    def start_both() -> None:
        start()
        heart.start()

    return replace(station, start=start_both, parts=[heart, *station.parts])
