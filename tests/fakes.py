"""An office in memory that keeps the promises of the ports, and can be told to fail at commit."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Self

from fake_appointments import FakeAppointments
from fake_corrections import FakeCorrections
from fake_dossiers import FakeDossiers, FakeDrafts, FakePeople, FakeProcedures, FakeSlips
from fake_events import FakeEvents
from fake_exchange import FakeExchange, FakeOnline
from fake_hall import FakePauses, FakeQueueDays, FakeStations, FakeTickets
from fake_jobs import FakeJobs
from fake_money import FakeMoney
from fake_outside import FakeBundles, FakeCitizenNotices, FakeProposals
from fake_papers import FakePapers
from fake_shelf import Shelf

from kiosk.domain.scan import StoredFile
from kiosk.errors import DamagedFileError


class FakeUnitOfWork:
    """One transaction at a time on the fake office; `fail_commit` makes the next commits raise it."""

    def __init__(self, office: FakeOffice) -> None:
        self._office = office

    def __enter__(self) -> Self:
        self._work = self._office.shelf.copy()
        self.tickets, self.procedures, self.people = (
            FakeTickets(self._work),
            FakeProcedures(self._work),
            FakePeople(self._work),
        )
        self.dossiers, self.drafts, self.papers = (
            FakeDossiers(self._work),
            FakeDrafts(self._work),
            FakePapers(self._work),
        )
        self.pauses = FakePauses(self._work)
        self.slips, self.jobs = FakeSlips(self._work), FakeJobs(self._work)
        self.events, self.exchange = FakeEvents(self._work), FakeExchange(self._work)
        self.queue_days = FakeQueueDays(self._work)
        self.stations, self.appointments = FakeStations(self._work), FakeAppointments(self._work.appointments)
        self._work.money = self._work.money.copy()
        self.money, self.online = FakeMoney(self._work.money), FakeOnline(self._work)
        self.bundles, self.proposals = FakeBundles(self._work), FakeProposals(self._work)
        self.citizen_notices = FakeCitizenNotices(self._work)
        self.corrections = FakeCorrections(self._work.corrections)
        return self

    def __exit__(self, *exc: object) -> None:
        del self._work

    def lock(self) -> None:
        """One act at a time anyway."""

    def commit(self) -> None:
        if self._office.fail_commit is not None:
            raise self._office.fail_commit
        self._office.shelf = self._work.copy()
        self._office.commits += 1


@dataclass
class FakeOffice:
    """`units()` gives units of work; `shelf` shows what is committed."""

    shelf: Shelf = field(default_factory=Shelf)
    fail_commit: Exception | None = None
    commits: int = 0

    def units(self) -> FakeUnitOfWork:
        return FakeUnitOfWork(self)


@dataclass
class FakeVault:
    """Files in memory; `fail_put` makes it full."""

    files: dict[str, bytes] = field(default_factory=dict)
    fail_put: Exception | None = None

    def put(self, content: bytes, media_type: str) -> StoredFile:
        if self.fail_put is not None:
            raise self.fail_put
        name = f"file-{len(self.files) + 1}"
        self.files[name] = content
        return StoredFile(name, hashlib.sha256(content).hexdigest(), len(content), media_type, b"")

    def get(self, file: StoredFile) -> bytes:
        content = self.files.get(file.id)
        if content is None or hashlib.sha256(content).hexdigest() != file.sha256:
            raise DamagedFileError(file=file.id)
        return content
