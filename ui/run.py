"""Work off the UI thread: one lane per helper, so that acts happen in the order in which they were asked for."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import structlog
from PySide6.QtCore import QObject, Qt, Signal

from kiosk.errors import KioskError
from ui.tasks import ShowProblem, problem_of

T = TypeVar("T")


class QtRun(QObject):
    """A `ui.tasks.Run`: one worker thread, answers by a queued signal. `close` waits for what is under way."""

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="acts")
        self._open = True
        self._answered.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def __call__(self, work: Callable[[], T], done: Callable[[T], None], failed: ShowProblem) -> None:
        if self._open:
            self._pool.submit(self._work, work, done, failed)

    def _work(self, work: Callable[[], T], done: Callable[[T], None], failed: ShowProblem) -> None:
        answer: Callable[[], None]
        try:
            result = work()
        except KioskError as error:
            problem = problem_of(error)
            answer = lambda: failed(problem)  # noqa: E731
        except Exception as error:  # noqa: BLE001 - the end of a worker
            structlog.get_logger().error("act.failed", error=type(error).__name__, exc_info=True)
            unexpected = problem_of(error)
            answer = lambda: failed(unexpected)  # noqa: E731
        else:
            answer = lambda: done(result)  # noqa: E731
        if self._open:
            self._answered.emit(answer)

    def _answer(self, answer: Callable[[], None]) -> None:
        if self._open:
            answer()

    def close(self) -> None:
        """No more answers; returns when the act under way has ended."""
        self._open = False
        self._pool.shutdown(wait=True, cancel_futures=True)
