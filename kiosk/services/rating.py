"""Rating (đánh giá): the vote at one touch, its reason at another, and what the votes of a period add up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.event import Actor, DuplicateCommandError, Event
from kiosk.domain.rating import (
    RATE_WITHIN,
    NotRatedError,
    OtherCounterError,
    RatingClosedError,
    Reason,
    Score,
    Tally,
    UnknownReasonError,
    UnknownScoreError,
    Vote,
    tallies,
    tally,
)
from kiosk.domain.station import StationKind
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.services.ports import UnitOfWork
from kiosk.services.queue_day import queue_day

GIVEN, EXPLAINED, SERVED = "rating.given", "rating.explained", "ticket.finished"
SECRET = frozenset({"score", "reasons", "officer"})
GRACE = timedelta(seconds=30)  # for who began to look at the faces in time


def rateable(uow: UnitOfWork, counter: str, now: datetime) -> Ticket | None:
    """The ticket that a counter's screen should ask about now: the last one finished there, not long ago, without a
    vote yet, and nobody else in service since. Reads only; inside a `with`."""
    active = uow.tickets.active_at(counter)
    if active is not None and active.state is TicketState.SERVING:
        return None  # the next citizen is at the glass; their touch would be taken for the other's
    finished = uow.tickets.of_day(queue_day(uow, now), (TicketState.FINISHED,))
    mine = [t for t in finished if t.counter == counter and t.ended_at is not None]
    last = max(mine, key=_ended_at, default=None)
    if last is None or now - _ended_at(last) > RATE_WITHIN or _vote_of(uow, last.key) is not None:
        return None
    return last


def rate(uow: UnitOfWork, key: str, score: str, *, actor: Actor, now: datetime) -> Score:
    """Keep the vote on a finished ticket; a second one changes nothing and answers with the first.

    Raises: RatingClosedError, OtherCounterError, UnknownScoreError, NotFoundError.
    """
    chosen = _score(score)
    try:
        with uow:
            if (known := _vote_of(uow, key)) is not None:
                return known
            ticket = uow.tickets.get(key)
            if ticket.state is not TicketState.FINISHED or now - _ended_at(ticket) > RATE_WITHIN + GRACE:
                raise RatingClosedError(number=ticket.label)
            _refuse_other_counter(uow, ticket, actor.station)
            data = {
                "score": chosen.value,
                "group": ticket.group,
                "counter": ticket.counter or "",
                "officer": ticket.officer or "",
            }
            uow.events.append(Event(GIVEN, key, now, actor, data, _command(key)))
            uow.commit()
            return chosen
    except DuplicateCommandError:  # two screens at the same instant; the other one was first
        with uow:
            return _vote_of(uow, key) or chosen


def explain(uow: UnitOfWork, key: str, reasons: Sequence[str], *, actor: Actor, now: datetime) -> None:
    """Add the reasons to a vote, once; what comes later changes nothing.

    Raises: NotRatedError, UnknownReasonError, NotFoundError.
    """
    chosen = sorted({_reason(reason).value for reason in reasons})
    command = f"rating-reasons/{key}"
    with uow:
        if uow.events.by_command(command) is not None or not chosen:
            return
        if _vote_of(uow, key) is None:
            raise NotRatedError(number=uow.tickets.get(key).label)
        uow.events.append(Event(EXPLAINED, key, now, actor, {"reasons": chosen}, command))
        uow.commit()


@dataclass(frozen=True)
class Satisfaction:
    """The votes of a period. total None, or None for a part: too few votes to show. served: tickets finished."""

    served: int
    votes: int
    total: Tally | None
    by_group: Mapping[str, Tally | None]
    by_counter: Mapping[str, Tally | None]
    by_officer: Mapping[str, Tally | None]


def satisfaction(uow: UnitOfWork, first: date, last: date) -> Satisfaction:
    """Of the votes given from `first` to `last`, both included; from the event log alone. Reads only."""
    start = datetime.combine(first, time(), OFFICE_ZONE)
    end = datetime.combine(last + timedelta(days=1), time(), OFFICE_ZONE)
    with uow:
        votes = votes_of(uow.events.between(start, end, (GIVEN, EXPLAINED)))
        served = sum(mark.kind == SERVED for mark in uow.events.marks(start, end))
    return Satisfaction(
        served=served,
        votes=len(votes),
        total=tally(votes),
        by_group=tallies(votes, "group"),
        by_counter=tallies(votes, "counter"),
        by_officer=tallies(votes, "officer"),
    )


def votes_of(events: Iterable[Event]) -> list[Vote]:
    """The votes that a part of the log holds, each with its reasons; in the order in which they were given."""
    votes: dict[str, Vote] = {}
    for event in events:
        said = event.data
        if event.kind == GIVEN:
            score = Score(said["score"])
            votes[event.subject] = Vote(event.subject, score, said["group"], said["counter"], said["officer"])
        elif event.subject in votes:
            reasons = tuple(Reason(reason) for reason in said["reasons"])
            votes[event.subject] = replace(votes[event.subject], reasons=reasons)
    return list(votes.values())


def shown_data(event: Event) -> dict[str, Any]:
    """What may be read of one line of the log: of a vote, that it was given, but neither how nor to whom."""
    hidden = SECRET if event.kind in (GIVEN, EXPLAINED) else frozenset[str]()
    return {name: value for name, value in event.data.items() if name not in hidden}


def _refuse_other_counter(uow: UnitOfWork, ticket: Ticket, station: str) -> None:
    """A screen in an office of one PC was never paired, and stands wherever its settings say. The office's database
    holds a paired one to the same rule, whatever its program does (`kiosk.storage.hall_acts`)."""
    own = next((s for s in uow.stations.all() if s.name == station and s.kind is StationKind.RATING), None)
    if own is not None and own.counter != ticket.counter:
        raise OtherCounterError(counter=own.counter)


def _vote_of(uow: UnitOfWork, key: str) -> Score | None:
    event = uow.events.by_command(_command(key))
    return None if event is None else Score(event.data["score"])


def _command(key: str) -> str:
    return f"rating/{key}"


def _ended_at(ticket: Ticket) -> datetime:
    return ticket.ended_at or ticket.issued_at


def _score(code: str) -> Score:
    try:
        return Score(code)
    except ValueError:
        raise UnknownScoreError(score=code, known=", ".join(Score)) from None


def _reason(code: str) -> Reason:
    try:
        return Reason(code)
    except ValueError:
        raise UnknownReasonError(reason=code, known=", ".join(Reason)) from None
