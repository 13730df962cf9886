"""The way of a dossier from hand to hand, read from its log: the rows of the control slip (Phiếu kiểm soát)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from kiosk.clock import business_day
from kiosk.domain import life
from kiosk.domain.dossier import Consultation, Dossier
from kiosk.domain.event import Event
from kiosk.domain.slip import Passing

EARLY, ON_TIME, LATE = "Trước hạn", "Đúng hạn", "Quá hạn"
RECEPTION, SOLVING, RETURNING = "Bộ phận tiếp nhận", "Bộ phận giải quyết", "Bộ phận trả kết quả"
APPLICANT, TAKER = "Người nộp hồ sơ", "Người nhận kết quả"
ELSEWHERE = "Cơ quan phối hợp"


def passings_of(dossier: Dossier, events: Sequence[Event], names: Mapping[str, str]) -> tuple[Passing, ...]:
    """Oldest first. events: of the dossier, in the log's order; names: login -> name as it stands on paper.

    The log tells who acted, which is one side of each passing; the other side signs by hand.
    """
    asked, answered = iter(dossier.consultations), iter(dossier.consultations)
    rows = []
    for event in events:
        who = names.get(event.actor.officer, event.actor.officer)
        match event.kind:
            case life.RECEIVE.event:
                rows.append(Passing(event.at, APPLICANT, RECEPTION, took=who))
            case life.START.event:
                rows.append(Passing(event.at, RECEPTION, SOLVING, gave=who))
            case life.CONSULT.event:
                rows.append(Passing(event.at, SOLVING, _agency(asked), gave=who))
            case life.ANSWER.event:
                rows.append(_answer(event, who, next(answered, None)))
            case life.RESULT.event:
                rows.append(Passing(event.at, SOLVING, RETURNING, gave=who, outcome=outcome(event.at, dossier.due_at)))
            case life.TRANSFER.event:
                rows.append(Passing(event.at, SOLVING, dossier.transferred_to, gave=who))
            case life.RETURN.event:
                rows.append(Passing(event.at, RETURNING, TAKER, gave=who))
    return tuple(rows)


def outcome(at: datetime, due_at: datetime | None) -> str:
    """Before the promised day, on it and in time, or late; "" without a promise. That a whole day earlier is what
    "Trước hạn" means is our reading (docs/legal.md#forms)."""
    if due_at is None:
        return ""
    if at > due_at:
        return LATE
    return EARLY if business_day(at) < business_day(due_at) else ON_TIME


def _agency(asked: Iterator[Consultation]) -> str:
    consultation = next(asked, None)
    return consultation.agency if consultation else ELSEWHERE


def _answer(event: Event, who: str, asked: Consultation | None) -> Passing:
    if asked is None:
        return Passing(event.at, ELSEWHERE, SOLVING, took=who)
    late = LATE if business_day(event.at) > asked.until else ON_TIME if business_day(event.at) == asked.until else EARLY
    return Passing(event.at, asked.agency, SOLVING, took=who, outcome=late, note=f"Hạn {asked.until:%d/%m/%Y}")
