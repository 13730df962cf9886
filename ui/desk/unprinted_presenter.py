"""Slips that did not come out, at whatever machine: told once, listed by key, printed here when an officer says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from kiosk.clock import OFFICE_ZONE, Clock
from kiosk.domain.job import JobState
from kiosk.services.unprinted import Unprinted
from ui.desk.model import Choice
from ui.tasks import Problem, Run, no_matter

LOOK_EACH = timedelta(seconds=30)
LATE = timedelta(minutes=3)  # printers that only pause get there by themselves
TOLD_UNTIL = timedelta(days=1)  # of older ones the list alone speaks

TITLE = "Giấy chưa in: chọn để in ở máy này"
FIX = "Bấm Ctrl+P để in ở máy này."


class UnprintedOffice(Protocol):
    """Off the UI thread. Raises: KioskError."""

    @property
    def station(self) -> str:
        """This machine's name."""

    def unprinted(self) -> Sequence[Unprinted]:
        """The newest first."""

    def print_here(self, key: str) -> str:
        """Name of the machine where it comes out now."""


class UnprintedView(Protocol):
    def show_problem(self, problem: Problem) -> None: ...

    def say(self, tone: str, message: str, fix: str) -> None: ...

    def ask(
        self, act: str, title: str, choices: Sequence[Choice], setting: str = "", settings: Sequence[Choice] = ()
    ) -> None: ...


class UnprintedPresenter:
    def __init__(self, view: UnprintedView, office: UnprintedOffice, run: Run, clock: Clock) -> None:
        self._view, self._office, self._run, self._clock = view, office, run, clock
        self._told: set[str] = set()
        self._looked_at: datetime | None = None

    def on_list(self) -> None:
        self._run(self._office.unprinted, self._ask, self._view.show_problem)

    def _ask(self, found: Sequence[Unprinted]) -> None:
        if not found:
            self._view.say("info", "Mọi giấy đã in xong.", "")
            return
        now = self._clock()
        self._view.ask("unprinted", TITLE, [Choice(u.job.key, self._words(u, now)) for u in found])

    def _words(self, one: Unprinted, now: datetime) -> str:
        made = one.slip.issued_at.astimezone(OFFICE_ZONE)
        at = f"{made:%H:%M}" if made.date() == now.astimezone(OFFICE_ZONE).date() else f"{made:%d/%m %H:%M}"
        where = place_of(one, self._office.station, now)
        return f"{one.whose} · {at} · {where} · {one.called}"

    def on_chosen(self, act: str, choice: str, _setting: str) -> None:
        if act == "unprinted":
            self._run(lambda: self._office.print_here(choice), self._moved, self._view.show_problem)

    def _moved(self, station: str) -> None:
        here = station == self._office.station
        where = "máy này" if here else f"máy {station}"
        self._view.say("good", f"Giấy sẽ in ở {where}.", "Nếu một phút chưa ra: xem máy in, và việc nền của máy đó.")

    def on_news(self, _seq: int) -> None:
        """Also called by heartbeats."""
        now = self._clock()
        if self._looked_at is None or abs(now - self._looked_at) >= LOOK_EACH:
            self._looked_at = now
            self._run(self._office.unprinted, self._tell, no_matter)

    def _tell(self, found: Sequence[Unprinted]) -> None:
        now = self._clock()
        new = [u for u in found if u.job.key not in self._told and LATE <= now - u.slip.issued_at < TOLD_UNTIL]
        self._told |= {u.job.key for u in new}
        if not new:
            return
        more = f" và {len(new) - 1} giấy khác" if len(new) > 1 else ""
        where = place_of(new[0], self._office.station, now)
        self._view.say("warn", f"Chưa in được giấy của {new[0].whose} ({where}){more}.", FIX)


def place_of(one: Unprinted, here: str, now: datetime) -> str:
    """Where it should come out, and why it does not."""
    name = "máy này" if one.job.station == here else one.job.station or "máy nào rảnh"
    if one.station is not None and one.station.revoked_at is not None:
        return f"{name} đã ngắt"
    if one.station is not None and one.station.is_silent(now):
        return f"{name} im lặng"
    if one.job.state is JobState.REJECTED:
        return f"{name} đã thôi thử"
    return f"{name} lỗi máy in" if one.job.error else name
