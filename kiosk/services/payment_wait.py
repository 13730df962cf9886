"""A dossier that waits for its fee goes on when nothing of it is owed any more: paid, forgiven, or no fee at all."""

from __future__ import annotations

from datetime import datetime

from kiosk.domain import life
from kiosk.domain.dossier import Dossier
from kiosk.domain.event import Actor
from kiosk.domain.tracks import UNPAID
from kiosk.services.ports import UnitOfWork
from kiosk.services.reception import Desk, queue_exchange
from kiosk.services.term_clock import count_on


def go_on_when_paid(uow: UnitOfWork, desk: Desk, dossier: Dossier, actor: Actor, now: datetime) -> None:
    """Part of the act on its money, after that act's own line in the log; whoever may take the money need not be
    trusted with the dossier's work. What another agency is paid is told by an officer (`term_clock.note_payment`).
    Source: docs/legal.md#terms
    """
    if not dossier.waits_for_fee or dossier.money in UNPAID:
        return
    dossier.note_payment(now)
    _counted, event = count_on(uow, desk, dossier, life.PAYMENT_DONE.event, actor=actor, now=now)
    queue_exchange(uow, dossier, event, now)
