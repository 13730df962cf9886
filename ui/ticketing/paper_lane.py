"""Prints a kiosk's own tickets in its own process: a paper always comes out of the machine that was touched. No Qt."""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog

from kiosk.errors import KioskError
from kiosk.services.ports import ChangeFeed

LOOK_AGAIN_S = 1.0
SETTLE_EACH_S = 20.0

log = structlog.get_logger()


class PaperLane:
    """drain: prints what is due; settle: gives numbers whose paper was never heard of again a true state."""

    def __init__(self, feed: ChangeFeed, drain: Callable[[], object], settle: Callable[[], object]) -> None:
        self._feed, self._drain, self._settle = feed, drain, settle
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="paper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Returns when the paper under way is out."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        seen, settle_in = 0, 0.0
        while not self._stop.is_set():
            self._once(self._drain)
            if settle_in <= 0:
                self._once(self._settle)
                settle_in = SETTLE_EACH_S
            seen = self._wait(seen)
            settle_in -= LOOK_AGAIN_S

    def _wait(self, seen: int) -> int:
        try:
            return self._feed.wait(seen, LOOK_AGAIN_S)
        except Exception as error:  # noqa: BLE001 - without news the lane looks again; without the lane no paper comes
            if not isinstance(error, KioskError):
                log.warning("paper.feed_failed", error=type(error).__name__)
            self._stop.wait(LOOK_AGAIN_S)
            return seen

    @staticmethod
    def _once(work: Callable[[], object]) -> None:
        try:
            work()
        except Exception:  # the end of a worker: one bad round must not end the others
            log.exception("paper.round_failed")
