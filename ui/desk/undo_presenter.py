"""Ctrl+Z and Ctrl+Shift+Z: the newest thing is taken back first, an act of the queue or a step of the intake. No Qt.

An act of the queue can be taken back for ten seconds; after that only the intake's steps are left. The rule and why:
docs/decisions/0012-desk-screen.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from kiosk.clock import Clock
from kiosk.services.moving import UNDO_WITHIN
from ui.desk.history import History, Snapshot, snapshot
from ui.desk.pages_presenter import PagesOffice
from ui.desk.work import Work
from ui.tasks import Problem, Run

BOTH_WAYS = "Ctrl+Z hoàn tác tiếp, Ctrl+Shift+Z làm lại."


class UndoView(Protocol):
    def say(self, tone: str, message: str, fix: str) -> None: ...

    def show_problem(self, problem: Problem) -> None: ...


class Edited(Protocol):
    """The intake on the screen (`ui.desk.intake_presenter`)."""

    @property
    def work(self) -> Work: ...

    @property
    def is_ending(self) -> bool:
        """It is being received, sent back or refused."""

    def show_work(self) -> None: ...


class UndoPresenter:
    """undo_queue: takes back the counter's last act."""

    def __init__(
        self,
        view: UndoView,
        intake: Edited,
        office: PagesOffice,
        undo_queue: Callable[[], None],
        run: Run,
        clock: Clock,
        within: timedelta = UNDO_WITHIN,
    ) -> None:
        self._view, self._intake, self._office, self._run, self._clock = view, intake, office, run, clock
        self._undo_queue, self._within = undo_queue, within
        self._queue_acts: list[datetime] = []
        self._history = History()

    def on_queue_act(self) -> None:
        """This desk called, sent on, finished… a number."""
        self._queue_acts.append(self._clock())

    def note(self) -> None:
        """Something may have changed on the screen."""
        if not self._intake.is_ending:
            self._history.note(snapshot(self._intake.work), self._clock())

    def on_undo(self) -> None:
        self.note()
        edited_at, now = self._history.changed_at, self._clock()
        self._queue_acts = [at for at in self._queue_acts if timedelta() <= now - at <= self._within]
        of_queue = bool(self._queue_acts) and (edited_at is None or self._queue_acts[-1] >= edited_at)
        if of_queue or edited_at is None:
            self._queue_acts = self._queue_acts[:-1]
            self._undo_queue()
        elif not self._intake.is_ending and (step := self._history.undo()) is not None:
            self._restore(step.before)
            self._view.say("info", f"Đã hoàn tác: {step.words}.", BOTH_WAYS)

    def on_redo(self) -> None:
        self.note()
        if self._intake.is_ending:
            return
        if (step := self._history.redo()) is None:
            self._view.say("info", "Không có gì để làm lại.", "")
            return
        self._restore(step.after)
        self._view.say("info", f"Đã làm lại: {step.words}.", BOTH_WAYS)

    def _restore(self, wanted: Snapshot) -> None:
        work = self._intake.work
        for name, value in wanted.values.items():
            setattr(work, name, value if not isinstance(value, dict) else dict(value))
        for place, (thumb, code) in enumerate(work.pages):
            then, discarded, blank = wanted.pages.get(thumb.id, (code, thumb.discarded, thumb.blank))
            work.pages[place] = (replace(thumb, discarded=discarded, blank=blank), then)
            if then != code:
                self._assign(work.key, thumb.number, then)
            if discarded != thumb.discarded:
                self._discard(thumb.id, discarded)
        work.changed = True
        self._intake.show_work()

    def _assign(self, key: str, number: int, component: str) -> None:
        self._act(lambda: self._office.assign(key, number, component))

    def _discard(self, page: str, discarded: bool) -> None:
        self._act(lambda: self._office.discard(page, discarded))

    def _act(self, act: Callable[[], None]) -> None:
        self._run(act, lambda _: None, self._view.show_problem)
