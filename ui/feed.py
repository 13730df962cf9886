"""The change feed as a signal: "something after event N". Only a hint; presenters pull the gap themselves."""

from __future__ import annotations

import threading

import structlog
from PySide6.QtCore import QObject, Signal

from kiosk.errors import KioskError
from kiosk.services.ports import ChangeFeed
from kiosk.services.reporting import is_refusal
from ui.retry import refused_pause_s

WAIT_S = 1.0
PAUSE_S = 1.0


class FeedThread(QObject):
    """Waits on the feed in its own thread. news: last seq, also without change (a heartbeat).

    lost: it failed twice in a row; told each second while it lasts, more rarely by a station that was shut out.
    """

    news = Signal(int)
    lost = Signal()

    def __init__(self, feed: ChangeFeed, after: int = 0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._feed, self._after = feed, after
        self._stop, self._refusals = threading.Event(), 0
        self._thread = threading.Thread(target=self._listen, name="feed", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def _listen(self) -> None:
        failures = 0
        while not self._stop.is_set():
            try:
                self._after = self._feed.wait(self._after, WAIT_S)
            except KioskError as error:
                failures += 1
                self._refusals = self._refusals + 1 if is_refusal(error) else 0
            except Exception as error:  # noqa: BLE001 - the end of a worker: a screen must outlive any database error
                structlog.get_logger().warning("feed.failed", error=type(error).__name__)
                failures += 1
            else:
                failures, self._refusals = 0, 0
                if not self._stop.is_set():
                    self.news.emit(self._after)
            if failures > 1:  # one broken connection is no lost server: another is made at once
                self._tell_lost()

    def _tell_lost(self) -> None:
        if not self._stop.is_set():
            self.lost.emit()
        self._stop.wait(self.pause_s())

    def pause_s(self) -> float:
        return refused_pause_s(self._refusals) if self._refusals else PAUSE_S

    def close(self) -> None:
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(WAIT_S + PAUSE_S + 1)
