"""Tells the desk what is wrong with the numbers: two people hold one (a kiosk's came in that was there under another
key), or a clock that ran ahead gave one of a later day, which holds the whole office on that day. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kiosk.clock import Clock, business_day, office_now
from kiosk.domain.ticket import TicketState
from kiosk.services.admission import same_labels_after
from kiosk.services.ports import UnitOfWork
from kiosk.services.queue_day import queue_day
from ui.tasks import Run, no_matter

SHOWN = 5  # numbers; more do not fit


class TwinOffice(Protocol):
    """Off the UI thread; reads only. Raises: KioskError."""

    def same_labels(self, after: int | None) -> tuple[int, tuple[str, ...]]:
        """Where the log was read to, and the numbers; after: None for the end of the log."""

    def ahead(self) -> tuple[date, tuple[str, ...]] | None:
        """The later day on which the office stands, and its numbers; None while it stands on today."""


class TwinView(Protocol):
    def say(self, tone: str, message: str, fix: str) -> None: ...


@dataclass(frozen=True)
class LiveTwins:
    reads: Callable[[], UnitOfWork]
    clock: Clock = office_now

    def same_labels(self, after: int | None) -> tuple[int, tuple[str, ...]]:
        with self.reads() as look:
            return (look.events.last_seq(), ()) if after is None else same_labels_after(look, after)

    def ahead(self) -> tuple[date, tuple[str, ...]] | None:
        now = self.clock()
        with self.reads() as look:
            day = queue_day(look, now)
            if day <= business_day(now):
                return None
            given = look.tickets.of_day(day)
        return day, tuple(t.label for t in given if t.business_day == day and t.state is not TicketState.VOIDED)


class TwinWatch:
    def __init__(self, view: TwinView, office: TwinOffice, run: Run) -> None:
        self._view, self._office, self._run = view, office, run
        self._after: int | None = None  # what was told before this window opened was somebody else's to hear
        self._heard = -1
        self._told_day: date | None = None

    def on_news(self, seq: int) -> None:
        """The same number again is a heartbeat."""
        if seq != self._heard:
            self._heard, after = seq, self._after
            self._run(lambda: self._office.same_labels(after), self._read, no_matter)
            self._run(self._office.ahead, self._read_day, no_matter)

    def _read_day(self, ahead: tuple[date, tuple[str, ...]] | None) -> None:
        """Once, at the first number: each one more has to be made void too."""
        day, labels = ahead or (None, ())
        if day is not None and day != self._told_day:
            named = ", ".join(labels[:SHOWN]) + (" …" if len(labels) > SHOWN else "")
            self._view.say(
                "warn",
                f"Có số mang ngày {day:%d/%m/%Y}: {named}. Đồng hồ một máy đã chạy nhanh.",
                "Chỉnh lại đồng hồ, rồi hủy các số đó ngay (motcua ticket void) và lấy số mới cho người dân.",
            )
        self._told_day = day

    def _read(self, found: tuple[int, tuple[str, ...]]) -> None:
        self._after, labels = found
        if labels:
            named = ", ".join(labels)
            self._view.say(
                "warn", f"Hai người cùng giữ số {named}.", "Khi gọi, xem giờ in trên phiếu để mời đúng người."
            )
