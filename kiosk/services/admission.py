"""The office takes in what a kiosk did by itself: each line of its log once, however often it is told.

Nothing is refused that stands on a paper in somebody's hand: a number that is there already under another key comes in
all the same, and the desks are told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from kiosk.clock import business_day
from kiosk.domain.event import Actor, Event
from kiosk.domain.station import DoubtfulStationError, RevokedStationError, Station, lease_mark
from kiosk.domain.ticket import PrintState, Ticket, TicketAct, TicketState
from kiosk.errors import NotFoundError
from kiosk.services.help import HELP_ASKED
from kiosk.services.ports import UnitOfWork
from kiosk.services.queue_day import queue_day
from kiosk.services.queueing import record
from kiosk.services.station_clock import BORN

ISSUED, VOIDED, PAPER = "ticket.issued", "ticket.voided", "ticket.paper_"
SAME_LABEL = "ticket.same_label"
HELP_UNHEARD = "help.unheard"
TWIN = 10_000_000_000  # added to the epoch of a number whose own place is taken; above every epoch of an office
HELP_LIFE = timedelta(minutes=2)  # whoever asked longer ago has gone to a desk
TOLD_AS_IT_IS = ("clock.behind", "station.spare_letter")
TOLD = (ISSUED, VOIDED, HELP_ASKED, *TOLD_AS_IT_IS, *(f"{PAPER}{state.value}" for state in PrintState))


@dataclass(frozen=True)
class Word:
    """A line of a kiosk's own log. at: by the office's clock as far as the kiosk can tell; hash: of its chain there, so
    that a copy of the store that went on differently has other words under the same seq; ticket: of an issue, as it was
    given."""

    seq: int
    kind: str
    subject: str
    at: datetime
    data: Mapping[str, Any]
    hash: str
    ticket: Ticket | None = None

    @property
    def command(self) -> str:
        """Under which the office's log has it once."""
        return f"push/{self.seq}/{self.hash[:16]}"


@dataclass(frozen=True)
class Report:
    """lease: the last that the office knows; floor: time of the last word before these as the office took it, None at
    the beginning."""

    station: str
    lease: str
    words: Sequence[Word]
    floor: datetime | None = None


@dataclass(frozen=True)
class Admitted:
    """new: how many words the office had not known; floor: time of the last one as the office took it."""

    new: int
    floor: datetime | None


def admit(uow: UnitOfWork, report: Report, *, now: datetime, fresh_epochs: bool = False) -> Admitted:
    """Take in a kiosk's words, all or none. now: the office's clock. fresh_epochs: for numbers that the store refuses
    under their own. Raises: UnknownStationError, RevokedStationError, DoubtfulStationError."""
    with uow:
        uow.lock()
        _known(uow, report)
        # A floor that has not come yet is of an office's clock that ran ahead once: it would date all that follows.
        floor, new = report.floor if report.floor is None or report.floor <= now else None, 0
        for word in report.words:
            floor = _office_time(word, floor, now)
            if uow.events.by_command(word.command) is None:
                _take(uow, report.station, word, floor, now, fresh_epochs)
                new += 1
        uow.commit()
        return Admitted(new, floor)


def same_labels_after(look: UnitOfWork, seq: int) -> tuple[int, tuple[str, ...]]:
    """Numbers that two people hold, as told since `seq`, and where the log was read to. Reads only; inside a `with`."""
    found = look.events.after(seq, kinds=(SAME_LABEL,))
    return (found[-1].seq if found else seq), tuple(dict.fromkeys(str(e.data["label"]) for e in found))


def _known(uow: UnitOfWork, report: Report) -> Station:
    station = uow.stations.take(report.station)
    if station.revoked_at is not None:
        raise RevokedStationError(name=station.name)
    if station.is_doubtful or station.lease != lease_mark(report.lease):
        raise DoubtfulStationError(name=station.name)
    return station


def _office_time(word: Word, floor: datetime | None, now: datetime) -> datetime:
    """When it happened: never later than now, and in the order of the kiosk's own log, whatever its clock did."""
    at = word.at if word.at >= BORN else now  # stamped by a clock without a battery
    return min(at if floor is None else max(at, floor), now)


def _take(uow: UnitOfWork, station: str, word: Word, at: datetime, now: datetime, fresh_epochs: bool) -> None:
    actor = Actor("", station)
    if word.kind == ISSUED and word.ticket is not None:
        _take_ticket(uow, word, word.ticket, actor, at, now, fresh_epochs)
    elif word.kind.startswith(PAPER):
        _take_paper(uow, word, actor, at)
    elif word.kind == VOIDED:
        _take_void(uow, word, actor, at)
    elif word.kind == HELP_ASKED:
        kind = HELP_ASKED if now - at <= HELP_LIFE else HELP_UNHEARD
        uow.events.append(Event(kind, station, at, actor, {}, word.command))
    elif word.kind in TOLD_AS_IT_IS:
        uow.events.append(Event(word.kind, station, at, actor, word.data, word.command))


def _take_ticket(
    uow: UnitOfWork, word: Word, given: Ticket, actor: Actor, at: datetime, now: datetime, fresh_epochs: bool
) -> None:
    if _ticket(uow, given.key) is not None:
        return
    # The day on which it was given, whatever day the kiosk's clock said: no clock takes the whole office along.
    day, moved = min(business_day(at), queue_day(uow, now)), at - given.issued_at
    ticket = replace(given, business_day=day, serve_day=day, issued_at=at)
    ticket.effective_at, ticket.line_at = given.effective_at + moved, given.line_at + moved
    twin = _same_label(uow, ticket)
    if twin is not None and twin.epoch % TWIN == ticket.epoch:
        ticket.epoch = twin.epoch + TWIN
    elif fresh_epochs:
        ticket.epoch += TWIN * (1 + int(now.timestamp()) % (TWIN // 100))
    uow.tickets.add(ticket)
    uow.events.append(Event(ISSUED, ticket.key, at, actor, word.data, word.command))
    if twin is not None:
        uow.events.append(Event(SAME_LABEL, ticket.key, now, actor, {"label": ticket.label, "other": twin.key}))


def _same_label(uow: UnitOfWork, ticket: Ticket) -> Ticket | None:
    try:
        return uow.tickets.by_label(ticket.serve_day, ticket.label)
    except NotFoundError:
        return None


def _take_paper(uow: UnitOfWork, word: Word, actor: Actor, at: datetime) -> None:
    ticket = _ticket(uow, word.subject)
    if ticket is not None:
        ticket.print_state = PrintState(word.kind.removeprefix(PAPER))
        uow.tickets.save(ticket)
        uow.events.append(Event(word.kind, ticket.key, at, actor, {"label": ticket.label}, word.command))


def _take_void(uow: UnitOfWork, word: Word, actor: Actor, at: datetime) -> None:
    """What an officer has called meanwhile is the officer's, also when it waits again."""
    ticket = _ticket(uow, word.subject)
    if ticket is not None and ticket.state is TicketState.WAITING and ticket.first_called_at is None:
        before = copy(ticket)
        ticket.apply(TicketAct.VOID, at, outcome=str(word.data.get("outcome", "")))
        record(uow, VOIDED, before, ticket, actor, at, word.command)


def _ticket(uow: UnitOfWork, key: str) -> Ticket | None:
    try:
        return uow.tickets.get(key)
    except NotFoundError:
        return None
