"""The office's database goes away and comes back: the banner, the number asked for, what was taken over. No Qt."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from kiosk.clock import Clock
from kiosk.domain.by_label import read_paper
from kiosk.services.by_label import How, Settled
from ui.desk.model import Proposal
from ui.desk.queue_presenter import QueuePresenter
from ui.tasks import Problem, Run

SILENT_S = 5.0  # the feed tells each second that it lives; without a word for so long the server counts as lost
TRY_AGAIN = timedelta(seconds=10)  # for numbers that a kiosk has not brought yet


class OutageView(Protocol):
    def show_outage(self, words: str) -> None:
        """ "" takes the banner away."""

    def ask_number(self, proposals: Sequence[Proposal], as_of: str) -> None:
        """as_of: of when the proposals are, in words."""

    def say(self, tone: str, message: str, fix: str) -> None: ...

    def show_problem(self, problem: Problem) -> None: ...


class Switch(Protocol):
    """`ui.desk.switched.SwitchedQueue`."""

    @property
    def is_lost(self) -> bool: ...

    @property
    def since(self) -> datetime | None: ...

    @property
    def waits(self) -> bool: ...

    def lose(self) -> None: ...

    def proposals(self) -> tuple[datetime | None, Sequence[Proposal]]: ...

    def come_back(self) -> list[Settled]: ...


class OutagePresenter:
    """resumed: the database answers again, and the journal is taken over. seconds: a clock that nobody sets."""

    def __init__(
        self,
        view: OutageView,
        switch: Switch,
        queue: QueuePresenter,
        run: Run,
        clock: Clock,
        resumed: Callable[[], None] = lambda: None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._view, self._switch, self._queue, self._run, self._clock = view, switch, queue, run, clock
        self._resumed, self._seconds = resumed, seconds
        self._heard_s: float | None = None
        self._shown = self._coming = False
        self._tried_at: datetime | None = None

    def on_lost(self) -> None:
        """Told once a second while it lasts."""
        if self._shown:
            return
        self._shown = True
        self._switch.lose()
        since = self._switch.since or self._clock()
        self._view.show_outage(f"Mất máy chủ từ {since:%H:%M} - vẫn phục vụ theo số trên phiếu")
        self._queue.refresh()

    def on_tick(self) -> None:
        """About once a second: a server that froze, or a cable that was pulled, breaks no connection."""
        if self._heard_s is None:
            self._heard_s = self._seconds()
        elif self._seconds() - self._heard_s > SILENT_S:
            self.on_lost()

    def on_news(self) -> None:
        """The database answers. Acts wait in their lane until the journal is taken over."""
        self._heard_s = self._seconds()
        if self._coming or not (self._switch.is_lost or (self._switch.waits and self._is_due())):
            return
        self._coming = True
        self._tried_at = self._clock()
        self._run(self._switch.come_back, self._back, self._not_back)

    def _is_due(self) -> bool:
        return self._tried_at is None or abs(self._clock() - self._tried_at) >= TRY_AGAIN

    def _back(self, settled: list[Settled]) -> None:
        self._coming = False
        was_shown, self._shown = self._shown, False
        if was_shown:
            self._view.show_outage("")
        # What waits for its kiosk is told once, not at each try.
        tone, message, more = taken_over(settled if was_shown else [s for s in settled if s.how is not How.WAITS])
        if was_shown:
            message = f"Đã kết nối lại máy chủ. {message}".strip()
        if message or more:
            self._view.say(tone, message, more)
        self._queue.refresh()
        if was_shown:
            self._resumed()

    def _not_back(self, problem: Problem) -> None:
        self._coming = False
        if not problem.code.startswith("storage.offline"):
            self._view.show_problem(problem)

    def ask(self) -> bool:
        """F2: without the database the officer names the number. False when the office itself calls."""
        if not self._switch.is_lost:
            return False
        self._run(self._switch.proposals, self._ask, self._view.show_problem)
        return True

    def _ask(self, known: tuple[datetime | None, Sequence[Proposal]]) -> None:
        at, proposals = known
        self._view.ask_number(proposals, f"{at:%H:%M}" if at else "")

    def on_scanned(self, payload: str) -> bool:
        """Whether this was a ticket's code, to be called now."""
        if not self._switch.is_lost or read_paper(payload) is None:
            return False
        self._queue.on_number(payload)
        return True


def taken_over(settled: Sequence[Settled]) -> tuple[str, str, str]:
    """Tone, message and what to know about numbers that did not go through."""
    of: dict[How, list[str]] = {}
    for one in settled:
        of.setdefault(one.how, []).append(one.visit.label)
    message = f"Đã ghi {len(of[How.DONE])} lượt phục vụ theo phiếu." if How.DONE in of else ""
    more = []
    if How.AGAIN in of:
        more.append(f"{_names(of[How.AGAIN])}: nơi khác đã phục vụ, ghi là gọi lại.")
    if How.KEPT in of:
        more.append(f"{_names(of[How.KEPT])}: đã có kết quả từ trước, lượt này chỉ ghi nhật ký.")
    if How.UNKNOWN in of:
        more.append(f"{_names(of[How.UNKNOWN])}: không có máy nào cấp số này trong ngày; đã ghi nhật ký.")
    if How.WAITS in of:
        more.append(f"{_names(of[How.WAITS])}: chờ kiosk chuyển số lên.")
    only_waits = set(of) <= {How.DONE, How.WAITS}
    return ("good" if not more else "info" if only_waits else "warn"), message, " ".join(more)


def _names(labels: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(labels))
