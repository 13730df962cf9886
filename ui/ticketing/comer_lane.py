"""A thread that works out what each line would wait, for a kiosk on the office's own store. No Qt."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

import structlog

from kiosk.errors import KioskError
from kiosk.services.comers import LineByLine
from kiosk.services.waiting import WaitingTimes

log = structlog.get_logger()


class ComerLane:
    """Takes the turns of `lines`. times: of the office; now: its clock."""

    def __init__(self, lines: LineByLine, times: Callable[[], WaitingTimes], now: Callable[[], datetime]) -> None:
        self._lines, self._times, self._now = lines, times, now
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="comers", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._lines.step(self._times(), self._now())
            except KioskError:
                pass  # the office is away: what stands is soon too old, and goes
            except Exception:  # the end of a worker: the kiosk gives numbers without it
                log.exception("comers.failed")
            self._stop.wait(self._lines.pause_s)
