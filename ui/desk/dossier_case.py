"""Everything that the panel of a dossier reads of it at once, and where an act is done. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.domain.conflict import Conflict
from kiosk.domain.dossier import Dossier
from kiosk.domain.due import Due
from kiosk.domain.event import Actor, Event
from kiosk.domain.job import Job, Wing
from kiosk.domain.original import Original, in_custody
from kiosk.domain.scan import Document
from kiosk.domain.slip import Slip
from kiosk.errors import RuleError
from kiosk.services.corrections import Mended, corrections_of
from kiosk.services.exchange_ports import Reply
from kiosk.services.ports import UnitOfWork
from kiosk.services.reception import Desk
from kiosk.services.term_clock import count_again
from ui.app import OpenedOffice


@dataclass(frozen=True)
class At:
    """Where, by whom and when an act is done. shown: what stood in the fields of its form when it was opened."""

    office: OpenedOffice
    actor: Actor
    now: datetime
    shown: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """One dossier as it stands. custody: originals that are here; waiting: its jobs on the way to the province; due:
    its date counted now, None where there is none; pages: of each component, by code; mended: after reception;
    replies: what the province answered, oldest first; conflicts: where it says otherwise."""

    dossier: Dossier
    events: tuple[Event, ...]
    custody: tuple[Original, ...]
    documents: tuple[Document, ...]
    slips: tuple[Slip, ...]
    waiting: tuple[Job, ...]
    due: Due | None
    pages: dict[str, int]
    mended: tuple[Mended, ...] = ()
    replies: tuple[Reply, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def case_of(look: UnitOfWork, desk: Desk, key: str) -> Case:
    """Inside a `with`. key: any code of the dossier. Raises: NotFoundError."""
    dossier = look.dossiers.get(key)
    events = tuple(look.events.of(dossier.key))
    pages: dict[str, int] = {}
    for page in look.papers.pages(dossier.key):
        if not page.discarded:
            pages[page.component] = pages.get(page.component, 0) + 1
    return Case(
        dossier,
        events,
        in_custody(dossier, events),
        tuple(look.papers.documents(dossier.key)),
        tuple(look.slips.of_dossier(dossier.key)),
        tuple(look.jobs.of_lanes(Wing.SYNC, [dossier.key])),
        _counted(look, desk, dossier),
        pages,
        tuple(corrections_of(look, dossier.key)),
        tuple(look.exchange.replies(dossier.key)),
        tuple(look.exchange.conflicts(unseen=False, dossier_key=dossier.key)),
    )


def _counted(look: UnitOfWork, desk: Desk, dossier: Dossier) -> Due | None:
    """None while the clock stands still, or where a calendar cannot say."""
    try:
        return None if dossier.clock.stands else count_again(look, desk, dossier)
    except RuleError:
        return None
