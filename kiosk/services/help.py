"""A citizen at a kiosk asks for an officer; an officer says that somebody is coming."""

from __future__ import annotations

from datetime import datetime

from kiosk.domain.event import Actor, Event
from kiosk.services.ports import UnitOfWork

HELP_ASKED, HELP_COMING = "help.asked", "help.coming"
LOOK_BACK = 2000  # lines of the log: more than an office writes while somebody waits at a kiosk


def ask_help(uow: UnitOfWork, *, actor: Actor, now: datetime) -> None:
    """Tell every desk that somebody at this station needs a hand."""
    with uow:
        uow.events.append(Event(HELP_ASKED, actor.station, now, actor))
        uow.commit()


def help_after(uow: UnitOfWork, seq: int) -> tuple[int, str]:
    """The last seq that was looked at, and the station that asked last ("" if none). Reads only; inside a `with`."""
    asked = uow.events.after(seq, kinds=(HELP_ASKED,))
    return (asked[-1].seq, asked[-1].subject) if asked else (seq, "")


def answer_help(uow: UnitOfWork, station: str, *, actor: Actor, now: datetime) -> None:
    """An officer goes to the station that asked; its screen says so."""
    with uow:
        uow.events.append(Event(HELP_COMING, station, now, actor))
        uow.commit()


def is_help_coming(uow: UnitOfWork, station: str, since: datetime) -> bool:
    """Whether an officer answered this station since it asked. Reads only."""
    with uow:
        answers = uow.events.after(max(0, uow.events.last_seq() - LOOK_BACK), kinds=(HELP_COMING,))
        return any(answer.subject == station and answer.at >= since for answer in answers)
