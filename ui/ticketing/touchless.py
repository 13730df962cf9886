"""A card that stays on the reader is read again and again; it is still one citizen. No Qt."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from kiosk.clock import Clock
from ui.tasks import Problem, Run
from ui.ticketing.ports import TicketingOffice
from ui.ticketing.words import Words

AWAY = timedelta(seconds=20)  # so long must a code be gone from the reader before it counts again


class Repeats:
    """Keeps one fingerprint, under a key that lives as long as this process: the code cannot be read out of it."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._key = clock, secrets.token_bytes(32)
        self._last, self._seen_at = b"", clock()

    def is_again(self, text: str) -> bool:
        """Whether the code that was read last still lies there. Each reading counts as having seen it."""
        now: datetime = self._clock()
        mark = hmac.new(self._key, text.encode("utf-8", "replace"), hashlib.sha256).digest()
        again = mark == self._last and timedelta(0) <= now - self._seen_at < AWAY
        self._last, self._seen_at = mark, now
        return again

    def forget(self) -> None:
        """A code that gave no number may be tried again at once."""
        self._last = b""


class Touchless:
    """From a code under the reader to a line. take(group): the number; told: a tone, a message and what to do;
    failed: what a citizen cannot mend."""

    def __init__(
        self,
        office: TicketingOffice,
        run: Run,
        clock: Clock,
        take: Callable[[str], None],
        told: Callable[[str, str, str], None],
        failed: Callable[[Problem], None],
        words: Callable[[], Words],
    ) -> None:
        self._office, self._run = office, run
        self._repeats = Repeats(clock)
        self._take, self._told, self._failed, self._words = take, told, failed, words

    def on_code(self, text: str) -> None:
        if self._repeats.is_again(text):
            self._told("info", self._words().code_again, self._words().code_again_fix)
            return
        self._run(lambda: self._office.line_of_code(text), self._take, self._refused)

    def on_code_while_shown(self, text: str) -> None:
        """A number stands on the screen: whatever is read now belongs to it."""
        self._repeats.is_again(text)

    def _refused(self, problem: Problem) -> None:
        self._repeats.forget()
        words = self._words()
        known = {
            "touchless.unreadable": (words.code_bad, words.code_bad_fix),
            "touchless.touch_first": (words.touch, words.code_bad_fix),
            "lookup.unknown": (words.receipt_bad, words.trouble_fix),
        }
        if problem.code in known:
            self._told("warn", *known[problem.code])
        else:
            self._failed(problem)

    def forget(self) -> None:
        """The number was not given: the same code may ask again."""
        self._repeats.forget()
