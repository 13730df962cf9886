"""A citizen at a kiosk asks for an officer."""

from __future__ import annotations

from datetime import datetime

from kiosk.domain.event import Actor, Event
from kiosk.services.ports import UnitOfWork

HELP_ASKED = "help.asked"


def ask_help(uow: UnitOfWork, *, actor: Actor, now: datetime) -> None:
    """Tell every desk that somebody at this station needs a hand."""
    with uow:
        uow.events.append(Event(HELP_ASKED, actor.station, now, actor))
        uow.commit()


def help_after(uow: UnitOfWork, seq: int) -> tuple[int, str]:
    """The last seq that was looked at, and the station that asked last ("" if none). Reads only; inside a `with`."""
    asked = uow.events.after(seq, kinds=(HELP_ASKED,))
    return (asked[-1].seq, asked[-1].subject) if asked else (seq, "")
