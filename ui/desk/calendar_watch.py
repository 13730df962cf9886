"""Tells the desk of the calendar: dates that moved with a new one, a pack that cannot be read, a machine whose packs
are older than the office's. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.services.calendar_mark import is_older
from kiosk.services.recount import Moved, moved_after
from ui.app import OpenedOffice
from ui.i18n.errors import explain
from ui.tasks import Run, no_matter

NAMED = 3
OLDER = "Máy này còn dùng lịch làm việc cũ của cơ quan; ngày hẹn có thể lệch."
OLDER_FIX = "Chép các tệp calendar*.toml, calendar*.json của máy làm việc nền vào thư mục dữ liệu của máy này."
LOOK_EACH = 30  # heartbeats: somebody may have laid a pack into the folder


class CalendarOffice(Protocol):
    """Off the UI thread; reads only. Raises: KioskError."""

    def moved(self, after: int | None) -> tuple[int, tuple[Moved, ...]]:
        """Where the log was read to, and what moved since; after: None for the end of the log."""

    def trouble(self) -> tuple[str, str, str] | None:
        """Tone, message and what to do, while something is wrong with this machine's packs."""


class CalendarView(Protocol):
    def say(self, tone: str, message: str, fix: str) -> None: ...


@dataclass(frozen=True)
class LiveCalendar:
    office: OpenedOffice

    def moved(self, after: int | None) -> tuple[int, tuple[Moved, ...]]:
        with self.office.reads() as look:
            return (look.events.last_seq(), ()) if after is None else moved_after(look, after)

    def trouble(self) -> tuple[str, str, str] | None:
        fingerprint = self.office.calendars.fingerprint
        if fault := self.office.calendars.fault:
            told = explain(fault, "vi")
            return "bad", told.message, told.fix
        with self.office.reads() as look:
            behind = is_older(look, fingerprint)
        return ("warn", OLDER, OLDER_FIX) if behind else None


def moved_words(moved: Sequence[Moved]) -> str:
    named = ", ".join(f"{m.key} ({m.before:%d/%m} → {m.after:%d/%m})" for m in moved[:NAMED])
    more = len(moved) - NAMED
    return f"Lịch làm việc đổi: {len(moved)} hồ sơ có ngày hẹn mới: {named}" + (f" và {more} nữa." if more > 0 else ".")


class CalendarWatch:
    def __init__(self, view: CalendarView, office: CalendarOffice, run: Run) -> None:
        self._view, self._office, self._run = view, office, run
        self._after: int | None = None  # what moved before this window opened was told to somebody else
        self._heard, self._beats = -1, 0
        self._told: tuple[str, str, str] | None = None

    def on_news(self, seq: int) -> None:
        """The same number again is a heartbeat."""
        is_new = seq != self._heard
        if is_new:
            self._heard, after = seq, self._after
            self._run(lambda: self._office.moved(after), self._moved, no_matter)
        if is_new or self._beats % LOOK_EACH == 0:
            self._run(self._office.trouble, self._trouble, no_matter)
        self._beats += 1

    def _moved(self, found: tuple[int, tuple[Moved, ...]]) -> None:
        self._after, moved = found
        if moved:
            fix = "Giấy đã in vẫn ghi ngày cũ: báo người nộp. Xem hết: motcua calendar moved."
            self._view.say("warn", moved_words(moved), fix)

    def _trouble(self, found: tuple[str, str, str] | None) -> None:
        """Once, until it is over or another comes."""
        if found is not None and found != self._told:
            self._view.say(*found)
        self._told = found
