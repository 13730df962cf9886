"""Several dossiers of one citizen taken in by one act: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from kiosk.domain.dossier import Dossier
from kiosk.domain.event import Actor
from kiosk.services.groups import check_owners
from kiosk.services.ports import UnitOfWork
from kiosk.services.reception import Desk, Intake, receive_within


def receive_group(
    uow: UnitOfWork, desk: Desk, intakes: Sequence[Intake], *, actor: Actor, now: datetime
) -> list[Dossier]:
    """The first one leads the group. When one of them cannot be received, none is: nobody has to find out which of them
    have a receipt already. Doing it again with the same drafts answers with the same dossiers.

    Raises: as `receive_dossier`.
    """
    check_owners([intake.owner for intake in intakes])
    received: list[Dossier] = []
    with uow:
        uow.lock()
        for intake in intakes:
            one = replace(intake, group_key=received[0].key if received else "")
            received.append(receive_within(uow, desk, one, actor=actor, now=now).dossier)
        uow.commit()
    return received
