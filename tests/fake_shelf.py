"""What the fake office (`fakes.FakeOffice`) has committed."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from fake_money import MoneyShelf

from kiosk.domain.appointment import Appointment
from kiosk.domain.bundle import Bundle
from kiosk.domain.citizen_notice import CitizenNotice
from kiosk.domain.conflict import Conflict
from kiosk.domain.correction import CorrectionRecord
from kiosk.domain.counter import Pause
from kiosk.domain.dossier import Dossier
from kiosk.domain.event import Event
from kiosk.domain.incoming import OnlineDossier
from kiosk.domain.job import Job
from kiosk.domain.person import Person
from kiosk.domain.procedure import Procedure
from kiosk.domain.proposal import Proposal
from kiosk.domain.scan import Document, ScannedPage, StoredFile
from kiosk.domain.slip import Slip
from kiosk.domain.station import Grant, Station
from kiosk.domain.ticket import Ticket
from kiosk.domain.told import ToldFile
from kiosk.services.exchange_ports import Reply
from kiosk.services.ports import Draft


@dataclass
class Shelf:
    """What the fake office has committed."""

    tickets: dict[str, Ticket] = field(default_factory=dict)
    numbers: dict[tuple[Any, ...], int] = field(default_factory=dict)
    pauses: dict[str, Pause] = field(default_factory=dict)
    procedures: dict[tuple[str, int], Procedure] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    dossiers: dict[str, Dossier] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    files: dict[str, tuple[StoredFile, str]] = field(default_factory=dict)
    pages: dict[str, ScannedPage] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    slips: dict[str, Slip] = field(default_factory=dict)
    prints: dict[str, int] = field(default_factory=dict)
    jobs: list[Job] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    cursors: dict[str, str] = field(default_factory=dict)
    upload_places: dict[str, str] = field(default_factory=dict)
    told_files: dict[tuple[str, str, str], ToldFile] = field(default_factory=dict)
    sent_steps: frozenset[tuple[str, str, int]] = frozenset()
    conflicts: list[Conflict] = field(default_factory=list)
    online: dict[str, OnlineDossier] = field(default_factory=dict)

    def copy(self) -> Shelf:
        """What stands on it is never changed in place, only put there anew: the shelves themselves are enough."""
        return Shelf(**{f.name: copy.copy(getattr(self, f.name)) for f in fields(self)})

    queue_days: dict[date, Mapping[str, Any]] = field(default_factory=dict)
    stations: dict[str, Station] = field(default_factory=dict)
    grants: dict[int, Grant] = field(default_factory=dict)
    appointments: dict[str, Appointment] = field(default_factory=dict)
    money: MoneyShelf = field(default_factory=MoneyShelf)
    corrections: dict[str, CorrectionRecord] = field(default_factory=dict)
    bundles: dict[tuple[int, int], Bundle] = field(default_factory=dict)
    proposals: dict[int, Proposal] = field(default_factory=dict)
    citizen_notices: dict[str, CitizenNotice] = field(default_factory=dict)
