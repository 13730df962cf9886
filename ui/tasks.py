"""How a presenter asks for work without freezing the window; no Qt here. The window's helper is `ui.run`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from kiosk.errors import KioskError

T = TypeVar("T")


@dataclass(frozen=True)
class Problem:
    """What went wrong in the reader's words, and what to do. code: for the help desk and the tests; english: the same
    two, for a screen that speaks it."""

    code: str
    message: str
    fix: str = ""
    english: tuple[str, str] = ("", "")

    def said(self, language: str, fix: str = "") -> tuple[str, str]:
        """Message and what to do on a screen whose language a citizen chose. fix: where none is known."""
        message, mend = self.english if language == "en" and self.english[0] else (self.message, self.fix)
        return message, mend or fix


ShowProblem = Callable[[Problem], None]


class Run(Protocol):
    """Runs `work` elsewhere; `done` or `failed` is called on the UI thread, in the order in which work was given."""

    def __call__(self, work: Callable[[], T], done: Callable[[T], None], failed: ShowProblem) -> None: ...


@dataclass(frozen=True)
class Lanes:
    """Lines of work side by side. act: acts in order; look: reads that may take a moment; slow: the scanner; other: a
    second scanner, None where that waits for the first."""

    act: Run
    look: Run
    slow: Run
    other: Run | None = None


def problem_of(error: Exception) -> Problem:
    """The screen text of a failure, by its code."""
    from ui.i18n.errors import explain

    words, english = explain(error), explain(error, "en")
    return Problem(words.code, words.message, words.fix, (english.message, english.fix))


def run_now(work: Callable[[], T], done: Callable[[T], None], failed: ShowProblem) -> None:
    """The same promises at once, on the caller's thread: for commands and tests."""
    try:
        result = work()
    except KioskError as error:
        failed(problem_of(error))
    else:
        done(result)


def no_matter(problem: Problem) -> None:
    """For look-ups whose failure leaves the screen as it is; the next one tells."""
