"""What the hall screen shows: every call, in order, none lost. Number, counter and state only; no Qt."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from kiosk.clock import Clock, business_day
from ui.tasks import Problem, Run

STALE_AFTER = timedelta(seconds=5)
SHOW_EACH = timedelta(seconds=1.5)
TOO_OLD_TO_CALL = timedelta(seconds=60)
CURRENT, RECENT = 4, 6
REMEMBERED = CURRENT + RECENT


@dataclass(frozen=True)
class Call:
    """One call of a number to a counter. counter: its name, such as "Quầy 1"."""

    seq: int
    label: str
    counter: str
    at: datetime


@dataclass(frozen=True)
class Ended:
    """The number is no longer called: served, missed or set aside."""

    seq: int
    label: str


@dataclass(frozen=True)
class News:
    """What happened after a sequence number. upto: where to go on; more: the log holds further calls."""

    items: Sequence[Call | Ended]
    upto: int
    more: bool = False


@dataclass(frozen=True)
class Board:
    """The state to start from, read at one instant. current: newest first."""

    seq: int
    current: Sequence[Call]
    recent: Sequence[Call]


@dataclass(frozen=True)
class Waiting:
    name: str
    series: str
    count: int


class DisplayOffice(Protocol):
    """What the screen needs of the office; called off the UI thread; reads only. Raises: KioskError."""

    def board(self) -> Board: ...

    def after(self, seq: int) -> News: ...

    def waiting(self) -> Sequence[Waiting]: ...


class Seen(Protocol):
    """The last sequence number this very screen has shown; survives a restart."""

    def load(self) -> int | None: ...

    def save(self, seq: int) -> None: ...


class DisplayView(Protocol):
    def show_calls(self, current: Sequence[Call], recent: Sequence[Call]) -> None: ...

    def call(self, call: Call) -> None:
        """Draw the hall's eyes to a call that is being made now."""

    def show_waiting(self, waiting: Sequence[Waiting]) -> None: ...

    def show_stale(self, since: datetime | None) -> None: ...


class DisplayPresenter:
    """Pulls the gap after the last number it has shown; a hint that is lost costs time, never a call."""

    def __init__(self, view: DisplayView, office: DisplayOffice, seen: Seen, run: Run, clock: Clock) -> None:
        self._view, self._office, self._seen, self._run, self._clock = view, office, seen, run, clock
        self._seq = 0
        self._wanted = 0
        self._ready = self._pulling = self._stale = False
        self._last_news = clock()
        self._shown_at: datetime | None = None
        self._pending: deque[Call] = deque()
        self._current: list[Call] = []
        self._recent: list[Call] = []
        self._day: date = business_day(self._last_news)

    def open(self) -> None:
        """Read the board, then everything this screen has not shown yet."""
        self._run(self._office.board, self._start, self._failed)
        self._run(self._office.waiting, self._view.show_waiting, self._failed)

    def _start(self, board: Board) -> None:
        seen = self._seen.load()
        self._seq = board.seq if seen is None else min(seen, board.seq)
        self._seen.save(self._seq)
        missed = {c.label for c in board.current if c.seq > self._seq}
        self._current = [c for c in board.current if c.label not in missed]
        self._recent = list(board.recent)[:REMEMBERED]
        self._ready = True
        self._heard()
        self._show()
        self._wanted = max(self._wanted, board.seq)
        self._pull()

    def on_news(self, seq: int) -> None:
        """The feed says that the log reaches to `seq`; the same number again is a heartbeat."""
        self._wanted = max(self._wanted, seq)
        if not self._ready:
            if not self._pulling:
                self.open()
        elif self._wanted <= self._seq:
            self._heard()
        else:
            self._pull()

    def _pull(self) -> None:
        if self._pulling or self._wanted <= self._seq:
            return
        self._pulling = True
        after = self._seq
        self._run(lambda: self._office.after(after), self._pulled, self._failed)
        self._run(self._office.waiting, self._view.show_waiting, self._failed)

    def _pulled(self, news: News) -> None:
        self._pulling = False
        self._heard()
        for item in news.items:
            self._take(item)
        # Without more calls in the log, everything up to the hint has been read.
        self._seq = news.upto if news.more else max(news.upto, self._wanted)
        self._seen.save(self._seq)
        self._reveal()
        self._pull()

    def _take(self, item: Call | Ended) -> None:
        if isinstance(item, Call):
            self._pending.append(item)
        else:
            self._pending = deque(c for c in self._pending if c.label != item.label or self._remember(c))
            self._current = [c for c in self._current if c.label != item.label]

    def _remember(self, call: Call) -> bool:
        """A call that was over before it could be shown still counts as made. Returns False, to drop it."""
        self._recent = [call, *(c for c in self._recent if c.label != call.label)][:REMEMBERED]
        return False

    def _reveal(self) -> None:
        """Show waiting calls one by one, each for a while; those too old to call are only listed."""
        now = self._clock()
        while self._pending:
            old = now - self._pending[0].at > TOO_OLD_TO_CALL
            if not old and self._shown_at is not None and now - self._shown_at < SHOW_EACH:
                break
            call = self._pending.popleft()
            self._put(call)
            if not old:
                self._shown_at = now
                self._show()
                self._view.call(call)
        self._show()

    def _put(self, call: Call) -> None:
        others = [c for c in self._current if c.label != call.label and c.counter != call.counter]
        self._current = [call, *others][:CURRENT]
        self._remember(call)

    def _show(self) -> None:
        large = {c.label for c in self._current}
        earlier = [c for c in self._recent if c.label not in large]
        self._view.show_calls(tuple(self._current), tuple(earlier[:RECENT]))

    def on_tick(self) -> None:
        """Twice a second: next call of a burst, age of the news, a new day."""
        now = self._clock()
        if business_day(now) != self._day:
            self._day = business_day(now)
            self._current, self._recent = [], []
            self._show()
            self._run(self._office.waiting, self._view.show_waiting, self._failed)
        if self._pending:
            self._reveal()
        if now - self._last_news > STALE_AFTER and not self._stale:
            self._stale = True
            self._view.show_stale(self._last_news)

    def _heard(self) -> None:
        self._last_news = self._clock()
        if self._stale:
            self._stale = False
            self._view.show_stale(None)

    def _failed(self, _problem: Problem) -> None:
        # Nothing for the hall to read: the age of the news tells, and the next heartbeat pulls again.
        self._pulling = False
