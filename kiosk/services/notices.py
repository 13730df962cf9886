"""Word to the citizen that a result is there, on paper: asked for at the desk, and again where it is wanted again.

Which citizens were not told yet is the state of the hand-over (`domain.tracks`): nothing is queued beside it. What is
sent by telephone or message is the same text (`domain.notice`), and an officer says how the citizen was told.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk.domain import life
from kiosk.domain.event import Actor, Event
from kiosk.domain.job import Job, Wing
from kiosk.domain.tracks import HAND_OVER, STEP_WORDS, HandOverAct, step_from
from kiosk.services.ports import UnitOfWork

PAPER = "notice"
PRINTED = "dossier.notice_asked"
PAPER_LIFE = timedelta(days=1)


def print_notice(uow: UnitOfWork, key: str, at: str, *, actor: Actor, now: datetime) -> None:
    """Ask for the paper. at: the machine whose printer makes it, "" for any. That it was handed to anybody is not said
    by this. Raises: IllegalStepError where no result waits, NotYourActError. Source: docs/legal.md#no-result"""
    with uow:
        dossier = uow.dossiers.get(key)
        step = step_from(HAND_OVER, HandOverAct.NOTIFY, dossier.handed)
        life.check_trust(STEP_WORDS[step.act], step.by, actor.roles)
        event = uow.events.append(Event(PRINTED, dossier.key, now, actor))
        paper, ends = {"paper": PAPER, "dossier": dossier.key}, now + PAPER_LIFE
        name = f"{PAPER}:{dossier.key}:{event.seq}"
        uow.jobs.add(Job(Wing.PRINT, name, paper, priority=3, due_at=now, expires_at=ends, station=at or None))
        uow.commit()
