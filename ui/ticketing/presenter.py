"""What the kiosk does: one touch, one number; then back to the start. No Qt, no personal data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import uuid4

from kiosk.clock import Clock
from kiosk.domain.ticket import PrintState
from ui.tasks import Problem, Run, no_matter

TOUCH_LOCK = timedelta(seconds=1.5)
SHOW_NUMBER = timedelta(seconds=9)
SHOW_TROUBLE = timedelta(seconds=30)
FORGET_CHOICE = timedelta(seconds=30)
SHOW_NOTE = timedelta(seconds=8)
PAPER_SLOW = timedelta(seconds=5)


@dataclass(frozen=True)
class Tile:
    """One line of people, as offered. waiting: people in it now; None while unknown."""

    code: str
    name: str
    icon: str
    series: str
    waiting: int | None = None


@dataclass(frozen=True)
class PriorityTile:
    code: str
    name: str
    icon: str


@dataclass(frozen=True)
class Issued:
    """A number that was given. key: the ticket's, to ask what became of its paper."""

    key: str
    label: str
    group: str
    priority: str
    ahead: int
    paper: PrintState = PrintState.PENDING


class TicketingOffice(Protocol):
    """What the kiosk needs of the office; called off the UI thread. Raises: KioskError."""

    def tiles(self) -> Sequence[Tile]: ...

    def priorities(self) -> Sequence[PriorityTile]: ...

    def issue(self, group: str, priority: str, touch: str) -> Issued:
        """The same touch always answers with the same number."""

    def paper(self, key: str) -> PrintState: ...

    def ask_help(self) -> None: ...


class TicketingView(Protocol):
    def show_tiles(self, tiles: Sequence[Tile]) -> None: ...

    def show_priorities(self, priorities: Sequence[PriorityTile]) -> None: ...

    def show_start(self) -> None: ...

    def mark_priority(self, code: str) -> None: ...

    def show_number(self, issued: Issued) -> None: ...

    def show_paper(self, state: PrintState, *, slow: bool) -> None: ...

    def show_note(self, tone: str, message: str, fix: str) -> None: ...

    def hide_note(self) -> None: ...

    def set_busy(self, busy: bool) -> None: ...


class TicketingPresenter:
    """Decides. `touch` names a touch; a touch that failed is repeated under its own name, so it cannot count twice."""

    def __init__(
        self,
        view: TicketingView,
        office: TicketingOffice,
        run: Run,
        clock: Clock,
        new_touch: Callable[[], str] = lambda: uuid4().hex,
    ) -> None:
        self._view, self._office, self._run, self._clock = view, office, run, clock
        self._new_touch = new_touch
        self._priority = ""
        self._chosen_at: datetime | None = None
        self._locked_until: datetime | None = None
        self._busy = False
        self._failed_touch: tuple[str, str, str] | None = None
        self._shown: Issued | None = None
        self._shown_at: datetime | None = None
        self._note_until: datetime | None = None
        self._without_paper = False

    def open(self) -> None:
        """Show the start; reads only."""
        self._view.show_priorities(self._office.priorities())
        self._view.show_tiles(self._office.tiles())
        self._view.show_start()

    def on_news(self, _seq: int = 0) -> None:
        """Something happened in the office: people waiting may have changed."""
        if self._shown is None:
            self._run(self._office.tiles, self._view.show_tiles, no_matter)

    def on_priority(self, code: str) -> None:
        """Choose a class; the same class again takes the choice back."""
        self._priority = "" if code == self._priority else code
        self._chosen_at = self._clock() if self._priority else None
        self._view.mark_priority(self._priority)

    def on_group(self, code: str) -> None:
        """One touch, one number; more touches within the lock, or while one is under way, are the same hand."""
        now = self._clock()
        if self._busy or self._shown is not None or (self._locked_until is not None and now < self._locked_until):
            return
        self._busy, self._locked_until = True, now + TOUCH_LOCK
        self._view.set_busy(True)
        priority, touch = self._priority, self._touch_for(code, self._priority)
        self._run(lambda: self._office.issue(code, priority, touch), self._issued, self._failed)

    def _touch_for(self, group: str, priority: str) -> str:
        if self._failed_touch is not None and self._failed_touch[:2] == (group, priority):
            return self._failed_touch[2]
        self._failed_touch = (group, priority, self._new_touch())
        return self._failed_touch[2]

    def _issued(self, issued: Issued) -> None:
        self._release()
        self._failed_touch = None
        self._shown, self._shown_at, self._without_paper = issued, self._clock(), False
        self._forget_choice()
        self._view.hide_note()
        self._view.show_number(issued)
        self._view.show_paper(issued.paper, slow=False)

    def _failed(self, problem: Problem) -> None:
        self._release()
        self._note("bad", problem.message, problem.fix or "Mời ông/bà gọi cán bộ hỗ trợ.")

    def _release(self) -> None:
        self._busy = False
        self._view.set_busy(False)

    def on_done(self) -> None:
        """Back to the start."""
        self._shown = self._shown_at = None
        self._locked_until = self._clock() + TOUCH_LOCK
        self._view.show_start()
        self.on_news()

    def on_help(self) -> None:
        """Call an officer to the kiosk; acknowledged on the screen."""
        self._run(self._office.ask_help, lambda _: self._helped(), self._failed)

    def _helped(self) -> None:
        self._note("good", "Đã báo cán bộ.", "Mời ông/bà đợi, cán bộ đang đến.")

    def _note(self, tone: str, message: str, fix: str) -> None:
        self._note_until = self._clock() + SHOW_NOTE
        self._view.show_note(tone, message, fix)

    def on_tick(self) -> None:
        """Each second: follow the paper, forget old choices, go back to the start."""
        now = self._clock()
        if self._note_until is not None and now >= self._note_until:
            self._note_until = None
            self._view.hide_note()
        if self._chosen_at is not None and now - self._chosen_at >= FORGET_CHOICE and not self._busy:
            self._forget_choice()
        if self._shown is not None and self._shown_at is not None:
            self._follow(self._shown, now - self._shown_at)

    def _follow(self, shown: Issued, age: timedelta) -> None:
        late = shown.paper is PrintState.PENDING and age >= PAPER_SLOW
        if late and not self._without_paper:
            # Told by the kiosk's own clock: whoever prints, or the store itself, may be what is down.
            self._without_paper = True
            self._view.show_paper(PrintState.PENDING, slow=True)
        if age >= (SHOW_TROUBLE if late or shown.paper is PrintState.FAILED else SHOW_NUMBER):
            self.on_done()
        elif shown.paper is PrintState.PENDING:
            key = shown.key
            self._run(lambda: self._office.paper(key), lambda state: self._paper(key, state), no_matter)

    def _paper(self, key: str, state: PrintState) -> None:
        if self._shown is None or self._shown.key != key or self._shown.paper is state:
            return
        self._shown = replace(self._shown, paper=state)
        if state is PrintState.PRINTED and self._without_paper:
            self._shown_at = self._clock()  # the paper came after all: time to take it
        self._view.show_paper(state, slow=False)

    def _forget_choice(self) -> None:
        self._priority, self._chosen_at = "", None
        self._view.mark_priority("")
