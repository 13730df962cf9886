"""What the manager's screen shows, as plain data, and what it needs of the office. No Qt, no person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from kiosk.domain.proposal import Proposal
from kiosk.domain.queue_stats import QueueSummary
from kiosk.domain.ticket import TicketState
from kiosk.services.rating import Satisfaction
from kiosk.services.waiting_error import Accuracy


class Period(Enum):
    """Days back from today, today included."""

    TODAY, WEEK, MONTH = 1, 7, 30


@dataclass(frozen=True)
class CounterState:
    """One counter now. number: at it, "" when free; paused: why it is closed, "" while open."""

    code: str
    name: str
    number: str = ""
    state: TicketState | None = None
    paused: str = ""


@dataclass(frozen=True)
class Page:
    """waiting: people now, by line; lines: names by code; no_paper: numbers of today whose paper may not be out;
    proposals: lists from the province that wait for approval, newest first."""

    period: Period
    summary: QueueSummary
    satisfaction: Satisfaction
    counters: tuple[CounterState, ...] = ()
    waiting: Mapping[str, int] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    target_min: int = 15
    no_paper: int = 0
    proposals: tuple[Proposal, ...] = ()


class ManagerOffice(Protocol):
    """Off the UI thread; reads only. Raises: KioskError."""

    def page(self, period: Period) -> Page: ...

    def accuracy(self) -> Accuracy:
        """Of the waiting times told on the last twenty working days."""
