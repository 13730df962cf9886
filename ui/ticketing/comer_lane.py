"""A thread that works out what each line would wait, for a kiosk on the office's own store. No Qt."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

from kiosk.services.comers import LineByLine
from kiosk.services.waiting import WaitingTimes
from ui.workers import in_rounds


class ComerLane:
    """Takes the turns of `lines`. times: of the office; now: its clock. While the office is away nothing is worked out:
    what stands is soon too old, and goes."""

    def __init__(self, lines: LineByLine, times: Callable[[], WaitingTimes], now: Callable[[], datetime]) -> None:
        self._stop = stop = threading.Event()
        turn = (lambda: lines.step(times(), now()), stop, stop, lines.pause_s)
        self._thread = threading.Thread(target=in_rounds, args=turn, name="comers", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
