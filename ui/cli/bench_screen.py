"""A hall screen without its window: the real feed, door, presenter and voice, on threads as the window's."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from typing import Any

from kiosk.clock import Clock
from kiosk.errors import KioskError
from ui.app import OpenedOffice
from ui.audio.announcer import Announcer, SoundState
from ui.audio.output import FakeOutput
from ui.audio.voice import Announced, shipped_voice
from ui.display.notices import Notice
from ui.display.office import LiveDisplay
from ui.display.presenter import Call, DisplayPresenter, Waiting
from ui.display.waits import LineWait
from ui.tasks import ShowProblem, problem_of

BEAT_S, TICK_S, PAUSE_S = 1.0, 0.1, 1.0  # as `ui.feed` waits, as `ui.display.voice` looks, between two tries


@dataclass
class Glass:
    """What the screen showed and said. called: calls that drew the hall's eyes, in order; listed: number -> the newest
    call of it that stood on the screen; stale: how often the red banner came."""

    called: list[Call] = field(default_factory=list)
    listed: dict[str, int] = field(default_factory=dict)
    stale: int = 0

    def show_calls(self, current: Sequence[Call], recent: Sequence[Call]) -> None:
        for call in (*current, *recent):
            self.listed[call.label] = max(self.listed.get(call.label, 0), call.seq)

    def call(self, call: Call) -> None:
        self.called.append(call)

    def show_waiting(self, waiting: Sequence[Waiting]) -> None:
        """Not looked at."""

    def show_waits(self, waits: Sequence[LineWait]) -> None:
        """Not looked at."""

    def show_stale(self, since: datetime | None) -> None:
        self.stale += since is not None

    def show_notice(self, notice: Notice | None) -> None:
        """There is none."""

    def show_sound(self, state: SoundState) -> None:
        """It always plays."""

    def show_speaking(self, label: str) -> None:
        """Counted when it is said."""


@dataclass
class Mark:
    """The last seq shown or spoken, in memory."""

    seq: int | None = None

    def load(self) -> int | None:
        return self.seq

    def save(self, seq: int) -> None:
        self.seq = seq


@cache
def _sound() -> Announced:
    """Every call sounds as long as this one: ten thousand announcements would fill the memory."""
    return shipped_voice().announce("A001", "Quầy 1")


class _Door(LiveDisplay):
    def waits(self) -> Sequence[LineWait]:
        """Not asked for: estimates are measured elsewhere, and would slow what is measured here."""
        return []


@dataclass
class Screen:
    """speed: how many times faster than the wall's `clock` runs; every wait is shortened by it."""

    office: OpenedOffice
    clock: Clock
    speed: float = 1.0
    glass: Glass = field(default_factory=Glass)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        began = self.clock()
        self.output = FakeOutput(lambda: (self.clock() - began).total_seconds())
        voice = Announcer(self._say, self.output.open, Mark(), self.glass, self.output.clock)
        live = _Door(self.office, self.clock)
        self._voice = voice
        self._presenter = DisplayPresenter(self.glass, live, Mark(0), self._run, self.clock, voice=voice)
        self._turns: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._work: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._stop = threading.Event()
        loops = (self._window, self._lane, self._feed)
        self._threads = [threading.Thread(target=loop, name=f"screen{loop.__name__}", daemon=True) for loop in loops]

    def start(self) -> None:
        self._turns.put(self._presenter.open)
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _say(self, label: str, _counter: str) -> Announced:
        self.said.append(label)
        return _sound()

    def _run(self, work: Callable[[], Any], done: Callable[[Any], None], failed: ShowProblem) -> None:
        def do() -> None:
            try:
                result = work()
            except KioskError as error:
                problem = problem_of(error)
                self._turns.put(lambda: failed(problem))
            else:
                self._turns.put(lambda: done(result))

        self._work.put(do)

    def _window(self) -> None:
        next_tick = time.monotonic()
        while not self._stop.is_set():
            with contextlib.suppress(queue.Empty):
                self._turns.get(timeout=max(next_tick - time.monotonic(), 0))()
            if time.monotonic() >= next_tick:
                next_tick = time.monotonic() + TICK_S / self.speed
                self._presenter.on_tick()
                self._voice.on_tick()

    def _lane(self) -> None:
        while not self._stop.is_set():
            with contextlib.suppress(queue.Empty):
                self._work.get(timeout=TICK_S)()

    def _feed(self) -> None:
        after = 0
        while not self._stop.is_set():
            try:
                after = self.office.store.feed.wait(after, BEAT_S / self.speed)
            except KioskError:
                self._stop.wait(PAUSE_S / self.speed)
            else:
                self._turns.put(partial(self._presenter.on_news, after))
