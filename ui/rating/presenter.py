"""What the rating screen does: asks about the ticket just finished, takes one touch, then perhaps a reason. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol

from kiosk.clock import Clock
from kiosk.domain.rating import RATE_WITHIN, Reason, Score
from ui.rating.words import EN, VI, Words
from ui.tasks import Problem, Run, no_matter

PRESS_LOCK = timedelta(seconds=5)
BOUNCE = timedelta(seconds=0.8)  # the same finger still on the glass when the page has changed under it
ASK_REASON = timedelta(seconds=12)
THANK = timedelta(seconds=4)
LOOK_EACH = timedelta(seconds=10)
KEEP_LANGUAGE = timedelta(seconds=60)  # on a screen that nobody is asked by


@dataclass(frozen=True)
class Asked:
    """A ticket to ask about. key: ours; label: the number on the citizen's paper."""

    key: str
    label: str
    finished_at: datetime


class RatingOffice(Protocol):
    """What the screen needs of the office; called off the UI thread. Raises: KioskError."""

    def to_ask(self) -> Asked | None: ...

    def rate(self, key: str, score: Score) -> Score:
        """The vote that counts: the first one."""

    def explain(self, key: str, reason: Reason) -> None: ...


class RatingView(Protocol):
    def speak(self, words: Words) -> None:
        """In this language from now on; the page that is shown stays."""

    def show_idle(self) -> None: ...

    def show_faces(self, label: str) -> None: ...

    def show_reasons(self, score: Score) -> None: ...

    def show_thanks(self) -> None: ...

    def show_problem(self, message: str, fix: str) -> None: ...


class Page(Enum):
    IDLE, FACES, REASONS, THANKS = range(4)


class RatingPresenter:
    """The vote is kept at the first touch; the reason is a second, free one. A screen that nobody touches goes back."""

    def __init__(self, view: RatingView, office: RatingOffice, run: Run, clock: Clock) -> None:
        self._view, self._office, self._run, self._clock = view, office, run, clock
        self._page = Page.IDLE
        self._since = self._looked_at = clock()
        self._pressed_at: datetime | None = None
        self._asked: Asked | None = None
        self._score = Score.GOOD
        self._words, self._spoken_since = VI, self._since
        self._problem: Problem | None = None  # of the last vote, None when it was kept

    def open(self) -> None:
        self._go(Page.IDLE)
        self._view.show_idle()
        self._look()

    def on_news(self, _seq: int = 0) -> None:
        """Something happened in the office; perhaps a ticket was finished here."""
        if self._page in (Page.IDLE, Page.FACES):
            self._look()

    def _look(self) -> None:
        self._looked_at = self._clock()
        self._run(self._office.to_ask, self._found, no_matter)

    def _found(self, asked: Asked | None) -> None:
        if self._page not in (Page.IDLE, Page.FACES) or self._is_locked():
            return
        if asked is None:
            self._back()
        elif self._asked is None or asked.key != self._asked.key:
            self._asked = asked
            self._go(Page.FACES)
            self._view.show_faces(asked.label)

    def on_language(self) -> None:
        """The other language, for this citizen: the next one finds Vietnamese again."""
        self._speak(EN if self._words is VI else VI)
        if self._page is Page.REASONS:
            self._since = self._clock()  # who reads again gets the time to
        elif self._page is Page.THANKS:
            self._end()

    def _speak(self, words: Words) -> None:
        self._spoken_since = self._clock()
        if words is not self._words:
            self._words = words
            self._view.speak(words)

    def on_score(self, score: Score) -> None:
        """One touch is the vote; more touches within five seconds are the same hand."""
        if self._page is not Page.FACES or self._asked is None or self._is_locked():
            return
        self._pressed_at = self._clock()
        key = self._asked.key
        self._run(lambda: self._office.rate(key, score), self._rated, self._failed)

    def _rated(self, score: Score) -> None:
        self._score = score
        self._go(Page.REASONS)
        self._view.show_reasons(score)

    def _failed(self, problem: Problem) -> None:
        self._pressed_at = None
        self._problem = problem
        self._end()

    def _end(self) -> None:
        """The last page, in the language of the moment."""
        self._go(Page.THANKS)
        if self._problem is None:
            self._view.show_thanks()
        else:
            self._view.show_problem(*self._problem.said("en" if self._words is EN else "vi"))

    def on_reason(self, reason: Reason) -> None:
        if self._page is not Page.REASONS or self._asked is None or self._clock() - self._since < BOUNCE:
            return
        key = self._asked.key
        self._thank()
        self._run(lambda: self._office.explain(key, reason), lambda _: None, no_matter)

    def on_skip(self) -> None:
        if self._page is Page.REASONS and self._clock() - self._since >= BOUNCE:
            self._thank()

    def _thank(self) -> None:
        self._problem = None
        self._end()

    def on_tick(self) -> None:
        """Each second: pages that were looked at long enough give way."""
        now = self._clock()
        age = now - self._since
        if self._page is Page.REASONS and age >= ASK_REASON:
            self._thank()
        elif self._page is Page.THANKS and age >= THANK:
            self._back()
            self._look()
        elif self._page is Page.FACES and self._asked is not None and now - self._asked.finished_at >= RATE_WITHIN:
            self._back()
        elif self._page is Page.IDLE and now - self._looked_at >= LOOK_EACH:
            self._look()
        if self._page is Page.IDLE and now - self._spoken_since >= KEEP_LANGUAGE:
            self._speak(VI)

    def _back(self) -> None:
        if self._page is not Page.IDLE:
            self._speak(VI)
            self._view.show_idle()
        self._asked = None
        self._go(Page.IDLE)

    def _go(self, page: Page) -> None:
        self._page, self._since = page, self._clock()

    def _is_locked(self) -> bool:
        return self._pressed_at is not None and self._clock() - self._pressed_at < PRESS_LOCK
