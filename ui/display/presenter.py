"""What the hall screen shows: every call, in order, none lost. Number, counter and state only; no Qt."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from kiosk.clock import Clock, business_day
from ui.display.notices import Notice, Notices, NoticeTurns
from ui.display.waits import LineWait, SteadyWaits
from ui.tasks import Problem, Run, no_matter

STALE_AFTER = timedelta(seconds=5)
SHOW_EACH = timedelta(seconds=1.5)
VISIBLE = timedelta(seconds=6)  # each call, however many come at once
NOTICE_EACH = timedelta(seconds=12)
WAITS_EACH = timedelta(seconds=30)
LINES_EACH = timedelta(seconds=1)  # a call is read at once, the lengths of the lines after it
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
class Arrived:
    """The citizen stands at the counter: still on the board, no longer to be spoken."""

    seq: int
    label: str


@dataclass(frozen=True)
class Back:
    """An act was taken back and the number is at its counter again: shown, without calling anybody."""

    seq: int
    label: str
    counter: str
    at: datetime


Item = Call | Ended | Arrived | Back


@dataclass(frozen=True)
class News:
    """What happened after a sequence number. upto: where to go on; more: the log holds further calls."""

    items: Sequence[Item]
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

    def waits(self) -> Sequence[LineWait]:
        """How long a number taken now would wait; nothing while too little is known, or when the desk is closed."""


class Seen(Protocol):
    """The last sequence number this very screen has shown; survives a restart."""

    def load(self) -> int | None: ...

    def save(self, seq: int) -> None: ...


class Voice(Protocol):
    """Speaks calls in order, each at most once across restarts (`ui.audio.announcer`)."""

    @property
    def is_speaking(self) -> bool: ...

    def upto(self) -> int | None:
        """Everything up to this event was spoken or passed over; None on a fresh screen."""

    def start(self, seq: int) -> None: ...

    def offer(self, call: Call) -> None: ...

    def skip(self, seq: int) -> None: ...

    def forget(self, label: str) -> None: ...


class Quiet:
    """A screen without a voice."""

    is_speaking = False

    def upto(self) -> int | None:
        return None

    def start(self, seq: int) -> None:
        """Nothing to do."""

    def offer(self, call: Call) -> None:
        """Nothing to say."""

    def skip(self, seq: int) -> None:
        """Nothing to pass over."""

    def forget(self, label: str) -> None:
        """Nothing to forget."""


@dataclass(frozen=True)
class Bearing:
    """How this screen is set. places: large rows; visible: how long each call stays at least."""

    places: int = CURRENT
    visible: timedelta = VISIBLE
    notice_each: timedelta = NOTICE_EACH

    @property
    def show_each(self) -> timedelta:
        """Between two calls of a burst: so that the last of `places` rows has stood long enough when it goes."""
        return max(SHOW_EACH, self.visible / self.places)


class DisplayView(Protocol):
    def show_calls(self, current: Sequence[Call], recent: Sequence[Call]) -> None: ...

    def call(self, call: Call) -> None:
        """Draw the hall's eyes to a call that is being made now."""

    def show_waiting(self, waiting: Sequence[Waiting]) -> None: ...

    def show_stale(self, since: datetime | None) -> None: ...

    def show_notice(self, notice: Notice | None) -> None: ...


@dataclass
class _Pending:
    """A call on its way to the screen. fresh: young enough to call; over: the number has left the counter since."""

    call: Call
    fresh: bool
    over: bool = False

    @property
    def is_quiet(self) -> bool:
        """Only listed: nobody is called."""
        return self.over or not self.fresh


class DisplayPresenter:
    """Pulls the gap after the last number it has shown; a hint that is lost costs time, never a call."""

    def __init__(
        self,
        view: DisplayView,
        office: DisplayOffice,
        seen: Seen,
        run: Run,
        clock: Clock,
        *,
        voice: Voice | None = None,
        notices: Notices | None = None,
        bearing: Bearing = Bearing(),
        slow: Run | None = None,
    ) -> None:
        """slow: where estimates are made, so that no call waits behind one; the same as `run` when None."""
        self._view, self._office, self._seen, self._run, self._clock = view, office, seen, run, clock
        self._slow = slow or run
        self._voice, self._notices, self._bearing = voice or Quiet(), notices, bearing
        self._seq = self._shown = 0
        self._wanted = 0
        self._kept: int | None = None
        self._ready = self._pulling = self._stale = False
        self._lapsed = True  # news of a time when nobody listened: its age decides what is still called
        self._last_news = clock()
        self._shown_at: datetime | None = None
        self._listed_at: datetime | None = None
        self._listed = 0  # calls that were only listed since then
        self._pending: deque[_Pending] = deque()
        self._current: list[Call] = []
        self._recent: list[Call] = []
        self._lines_moved, self._lines_at = False, clock()
        self._waits, self._waits_at = SteadyWaits(), clock() - WAITS_EACH
        self._turns = NoticeTurns(bearing.notice_each, self._load_notices, view.show_notice, self._waits.notice)
        self._day: date = business_day(self._last_news)

    def open(self) -> None:
        """Read the board, then everything this screen has not shown yet."""
        self._run(self._office.board, self._start, self._failed)
        self._read_lines()
        self._load_notices()

    def _read_lines(self) -> None:
        self._lines_moved, self._lines_at = False, self._clock()
        self._run(self._office.waiting, self._view.show_waiting, self._failed)

    def _load_notices(self) -> None:
        if self._notices is not None:
            self._run(self._notices.all, self._turns.take, no_matter)

    def _start(self, board: Board) -> None:
        seen, spoken = self._seen.load(), self._voice.upto()
        self._shown = board.seq if seen is None else min(seen, board.seq)
        if spoken is None or seen is None or spoken > board.seq:
            self._voice.start(self._shown)
            spoken = self._shown
        # What was shown and not yet spoken when the screen went off is read again, for the voice alone.
        self._seq = min(self._shown, spoken)
        missed = {c.label for c in board.current if c.seq > self._shown}
        self._current = [c for c in board.current if c.label not in missed][: self._bearing.places]
        self._recent = list(board.recent)[:REMEMBERED]
        self._ready = True
        self._heard()
        self._show()
        self._wanted = max(self._wanted, board.seq)
        self._save()
        self._pull()

    def on_news(self, seq: int) -> None:
        """The feed says that the log reaches to `seq`; the same number again is a heartbeat."""
        self._wanted = max(self._wanted, seq)
        if not self._ready:
            if not self._pulling:
                self.open()
        elif self._wanted <= self._seq:
            self._heard()
            self._lapsed = False
        else:
            self._pull()

    def _pull(self) -> None:
        if self._pulling or self._wanted <= self._seq:
            return
        self._pulling = True
        after, asked = self._seq, self._wanted
        self._run(lambda: self._office.after(after), lambda news: self._pulled(news, asked), self._failed)
        self._lines_moved = True

    def _pulled(self, news: News, asked: int) -> None:
        """asked: how far the log was known to reach when the question was put."""
        self._pulling = False
        self._lapsed = self._lapsed or self._clock() - self._last_news > STALE_AFTER
        self._heard()
        ends = {item.label: item.seq for item in news.items if not isinstance(item, Call)}
        for item in news.items:
            self._take(item, is_over=ends.get(item.label, 0) > item.seq)
        # Without more calls in the log, everything up to that hint has been read; a later hint is another pull.
        self._seq = news.upto if news.more else max(news.upto, asked)
        self._lapsed = self._lapsed and news.more
        self._voice.skip(self._seq)
        self._reveal()
        self._pull()

    def _take(self, item: Item, *, is_over: bool) -> None:
        if not isinstance(item, Call):
            self._voice.forget(item.label)
            if isinstance(item, Ended):
                self._end(item.label)
            elif isinstance(item, Back):
                self._put(Call(item.seq, item.label, item.counter, item.at))
            return
        # While the link stands, what arrives is new whatever the clocks of two machines say.
        fresh = not self._lapsed or self._clock() - item.at <= TOO_OLD_TO_CALL
        if fresh and not is_over:
            self._voice.offer(item)
        else:
            self._voice.skip(item.seq)
        if item.seq > self._shown:
            self._pending.append(_Pending(item, fresh))

    def _end(self, label: str) -> None:
        for waiting in self._pending:
            waiting.over = waiting.over or waiting.call.label == label
        self._current = [c for c in self._current if c.label != label]

    def _reveal(self) -> None:
        """Show waiting calls one by one, each for a while; those that are only listed a list at a time."""
        now = self._clock()
        while self._pending and not self._must_stand(now, self._pending[0]):
            waiting = self._pending.popleft()
            if waiting.over:
                self._remember(waiting.call)
            else:
                self._put(waiting.call)
            if not waiting.is_quiet:
                self._shown_at = now
                self._turns.hold(now)
                self._show()
                self._view.call(waiting.call)
        self._show()
        self._save()

    def _must_stand(self, now: datetime, following: _Pending) -> bool:
        """What is on the screen has not stood long enough for the following call to push it off."""
        each = self._bearing.show_each
        if not following.is_quiet:
            return self._shown_at is not None and abs(now - self._shown_at) < each
        if self._listed_at is None or abs(now - self._listed_at) >= each:
            self._listed_at, self._listed = now, 0
        self._listed += 1
        return self._listed > RECENT

    def _save(self) -> None:
        """Keep how far this screen has shown: what still waits for its turn is shown after a restart."""
        shown = self._pending[0].call.seq - 1 if self._pending else max(self._seq, self._shown)
        if shown != self._kept:
            self._seen.save(shown)
            self._kept = shown
        self._shown = max(self._shown, self._seq)

    def _put(self, call: Call) -> None:
        others = [c for c in self._current if c.label != call.label and c.counter != call.counter]
        self._current = [call, *others][: self._bearing.places]
        self._remember(call)

    def _remember(self, call: Call) -> None:
        self._recent = [call, *(c for c in self._recent if c.label != call.label)][:REMEMBERED]

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
            self._lines_moved = True
        if self._lines_moved and abs(now - self._lines_at) >= LINES_EACH:
            self._read_lines()
        if self._pending:
            self._reveal()
        if self._voice.is_speaking:
            self._turns.hold(now)
        if abs(now - self._waits_at) >= WAITS_EACH:
            self._waits_at = now
            self._slow(self._office.waits, lambda fresh: self._waits.take(fresh, self._clock()), no_matter)
        self._turns.on_tick(now)
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
