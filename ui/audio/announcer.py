"""The hall's one voice: calls in order, never two at once, each at most once even across restarts. No Qt, no threads.

The device is watched: while a call sounds, its position must advance. If it does not, the device is opened again and
the call repeated; after the second failure an alarm stands on the screen and the next call tries anew.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

import structlog

from kiosk.errors import KioskError
from ui.audio.errors import BadSpokenNumberError, NoSoundDeviceError, SoundDeviceError
from ui.audio.output import OpenOutput, Output
from ui.audio.voice import Announced

Seconds = Callable[[], float]  # a clock that never goes back; its zero has no meaning

STUCK_AFTER_S = 2.0
GIVE_UP_AFTER = 2  # failures in a row
TOO_LATE_S = 600.0  # a call that waited this long for its turn finds nobody
AGAIN_AFTER_S = 1.0  # a sound server that is started anew needs a moment
LOOK_AGAIN_S = 30.0  # for a device on a machine without one


class SoundState(StrEnum):
    """What the mark on the screen says."""

    ON = "on"
    SILENT = "silent"
    FAILED = "failed"


class Call(Protocol):
    """One call of a number. counter: its name."""

    @property
    def seq(self) -> int: ...
    @property
    def label(self) -> str: ...
    @property
    def counter(self) -> str: ...


class Spoken(Protocol):
    """The last event that was spoken or passed over, kept across restarts."""

    def load(self) -> int | None: ...
    def save(self, seq: int) -> None: ...


class Signs(Protocol):
    """What the screen shows of the voice."""

    def show_sound(self, state: SoundState) -> None: ...

    def show_speaking(self, label: str) -> None:
        """This number is being spoken; "" for none."""


class Announcer:
    """Driven by `on_tick`, ten times a second. say: label and counter to sound; open_output: may fail."""

    def __init__(
        self,
        say: Callable[[str, str], Announced],
        open_output: OpenOutput,
        spoken: Spoken,
        signs: Signs,
        clock: Seconds = time.monotonic,
    ) -> None:
        self._say, self._open, self._spoken, self._signs, self._clock = say, open_output, spoken, signs, clock
        self._output: Output | None = None
        self._waiting: deque[tuple[Call, float]] = deque()
        self._now: Call | None = None
        self._announced: Announced | None = None
        self._position, self._advanced_at = 0.0, clock()
        self._failures = 0
        self._again_at: float | None = None  # when the call under way is tried once more
        self._state = SoundState.ON
        self._look_at = clock()
        self._upto = spoken.load()
        self._kept = self._upto

    def upto(self) -> int | None:
        """Every event up to this one has been spoken or passed over; None on a fresh screen."""
        return self._upto

    @property
    def is_speaking(self) -> bool:
        return self._now is not None

    def open(self) -> None:
        """Find the loudspeaker, so that a silent machine shows it before the first call."""
        self._look()

    def start(self, seq: int) -> None:
        """The log reaches to `seq`, and nothing before it is to be spoken: a fresh screen, or a restored database."""
        self._upto = seq
        self._keep()

    def offer(self, call: Call) -> None:
        """Speak a call when its turn comes; one that is known, or whose number already waits, is not said again."""
        if call.seq <= (self._upto or 0):
            return
        self._upto = call.seq
        if all(call.label != other.label or call.counter != other.counter for other, _at in self._waiting):
            self._drop(call.label)  # the same number to another counter: only the newer place is right
            self._waiting.append((call, self._clock()))
        self._next()
        self._keep()

    def skip(self, seq: int) -> None:
        """An event that is shown and not spoken."""
        self._upto = max(self._upto or 0, seq)
        self._keep()

    def forget(self, label: str) -> None:
        """The citizen is at the counter, or the number is over: nobody needs to hear it any more."""
        self._drop(label)
        self._keep()

    def _drop(self, label: str) -> None:
        self._waiting = deque(one for one in self._waiting if one[0].label != label)

    def on_tick(self) -> None:
        if self._again_at is not None:
            if self._clock() >= self._again_at:
                self._play()
        elif self._now is not None:
            self._watch()
        elif self._state is not SoundState.ON and self._output is None and self._clock() >= self._look_at:
            self._look()
        self._next()

    def close(self) -> None:
        """Silence. What is under way counts as spoken; what waits is spoken after the restart if still fresh."""
        self._let_go()
        self._now = self._again_at = None

    def _keep(self) -> None:
        """Keep the number of the last event before the first that still waits."""
        upto = self._waiting[0][0].seq - 1 if self._waiting else self._upto
        if upto is not None and upto != self._kept:
            self._spoken.save(upto)
            self._kept = upto

    def _next(self) -> None:
        while self._now is None and self._waiting:
            call, since = self._waiting.popleft()
            self._keep()  # before the first sound: a crash may lose a word, but nobody hears a call twice
            if self._clock() - since <= TOO_LATE_S:
                self._begin(call)

    def _begin(self, call: Call) -> None:
        try:
            self._announced = self._say(call.label, call.counter)
        except BadSpokenNumberError:
            structlog.get_logger().warning("voice.unreadable", seq=call.seq)
            return
        self._now = call
        self._play()

    def _play(self) -> None:
        assert self._announced is not None
        assert self._now is not None
        self._position, self._advanced_at, self._again_at = 0.0, self._clock(), None
        try:
            self._output = self._output or self._open()
            self._output.play(self._announced.sound)
        except NoSoundDeviceError:
            self._tell(SoundState.SILENT)
            self._ended()
        except KioskError as problem:
            self._failed(problem)
        else:
            self._signs.show_speaking(self._now.label)

    def _watch(self) -> None:
        assert self._output is not None
        try:
            position = self._output.position_s()
        except SoundDeviceError as problem:
            self._failed(problem)
            return
        if position is None:
            self._failures = 0
            self._tell(SoundState.ON)
            self._ended()
        elif position > self._position:
            self._position, self._advanced_at = position, self._clock()
        elif self._clock() - self._advanced_at > STUCK_AFTER_S:
            self._failed(SoundDeviceError(reason="stuck"))

    def _failed(self, problem: KioskError) -> None:
        structlog.get_logger().warning("voice.device_failed", problem=problem.code)
        self._failures += 1
        said_once = self._announced is not None and self._position >= self._announced.once_s
        self._let_go()
        if self._failures >= GIVE_UP_AFTER:
            self._tell(SoundState.FAILED)
            self._ended()
        elif said_once:
            self._ended()
        else:
            self._again_at = self._clock() + AGAIN_AFTER_S

    def _ended(self) -> None:
        self._now = self._announced = self._again_at = None
        self._signs.show_speaking("")

    def _look(self) -> None:
        """Is there a device; has one been plugged in meanwhile?"""
        self._look_at = self._clock() + LOOK_AGAIN_S
        try:
            self._output = self._open()
        except NoSoundDeviceError:
            self._tell(SoundState.SILENT)
        except KioskError:
            self._tell(SoundState.FAILED)
        else:
            if self._state is SoundState.SILENT:
                self._tell(SoundState.ON)

    def _let_go(self) -> None:
        if self._output is not None:
            self._output.close()
        self._output = None

    def _tell(self, state: SoundState) -> None:
        if state is not self._state:
            self._state = state
            self._look_at = self._clock() + LOOK_AGAIN_S
            self._signs.show_sound(state)
