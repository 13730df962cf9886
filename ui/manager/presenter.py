"""When the manager's figures are read again: soon after something happened, never at every event. No Qt."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from kiosk.clock import Clock
from ui.manager.model import ManagerOffice, Page, Period
from ui.manager.words import Figures, Judged, figures, judged
from ui.tasks import Problem, Run

READ_EACH = timedelta(seconds=5)  # at most, while things happen
READ_ANYHOW = timedelta(minutes=1)  # waits grow although nothing happens
JUDGE_EACH = timedelta(minutes=10)  # four weeks of tickets are read for it


class ManagerView(Protocol):
    def show_figures(self, shown: Figures) -> None: ...

    def show_period(self, period: Period) -> None: ...

    def show_judged(self, shown: Judged) -> None: ...

    def show_problem(self, problem: Problem) -> None: ...

    def hide_problem(self) -> None: ...


class ManagerPresenter:
    """run: reads of the page; slow: the estimate's error, which takes longer."""

    def __init__(self, view: ManagerView, office: ManagerOffice, run: Run, slow: Run, clock: Clock) -> None:
        self._view, self._office, self._run, self._slow, self._clock = view, office, run, slow, clock
        self._period = Period.TODAY
        self._seq, self._read_seq = 0, -1
        self._read_at = self._judged_at = clock()
        self._reading = False

    def open(self) -> None:
        self._view.show_period(self._period)
        self._read()
        self._judge()

    def on_news(self, seq: int) -> None:
        self._seq = max(self._seq, seq)

    def on_period(self, period: Period) -> None:
        if period is not self._period:
            self._period = period
            self._view.show_period(period)
            self._reading = False  # the answer under way is of the other period, and will not be shown
            self._read()

    def on_refresh(self) -> None:
        self._read()
        self._judge()

    def on_tick(self) -> None:
        """Each second."""
        now = self._clock()
        age = abs(now - self._read_at)
        if age >= READ_ANYHOW or (age >= READ_EACH and self._seq != self._read_seq):
            self._read()
        if abs(now - self._judged_at) >= JUDGE_EACH:
            self._judge()

    def _read(self) -> None:
        if self._reading:
            return
        self._reading, self._read_at, self._read_seq = True, self._clock(), self._seq
        period = self._period
        self._run(lambda: self._office.page(period), self._show, self._failed)

    def _show(self, page: Page) -> None:
        if page.period is not self._period:
            return
        self._reading = False
        self._view.hide_problem()
        self._view.show_figures(figures(page))

    def _failed(self, problem: Problem) -> None:
        self._reading = False
        self._view.show_problem(problem)

    def _judge(self) -> None:
        self._judged_at = self._clock()
        self._slow(self._office.accuracy, lambda found: self._view.show_judged(judged(found)), self._view.show_problem)
