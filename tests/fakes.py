"""An office in memory that keeps the promises of the ports, and can be told to fail at commit."""

from __future__ import annotations

import copy
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from typing import Any, Self

from fake_appointments import FakeAppointments
from fake_money import FakeMoney, MoneyShelf

from kiosk.domain.appointment import Appointment
from kiosk.domain.counter import Pause
from kiosk.domain.dossier import Dossier
from kiosk.domain.event import GENESIS, DuplicateCommandError, Event, chain_hash
from kiosk.domain.job import EXPIRED, Job, JobState, Wing
from kiosk.domain.journey import MARK_KINDS, Mark, mark_of
from kiosk.domain.life import ON_CLOCK, DossierState
from kiosk.domain.order import OrderRule
from kiosk.domain.person import KEPT, Person
from kiosk.domain.procedure import Procedure
from kiosk.domain.progress import Progress, progress_of
from kiosk.domain.scan import Document, ScannedPage, StoredFile
from kiosk.domain.slip import Slip, SlipKind
from kiosk.domain.station import Grant, Station, UnknownStationError
from kiosk.domain.ticket import Ticket, TicketState, serving_order
from kiosk.errors import DamagedFileError, NotFoundError, StaleError
from kiosk.services.ports import Draft, Reply
from kiosk.text import fold


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

    def copy(self) -> Shelf:
        """What stands on it is never changed in place, only put there anew: the shelves themselves are enough."""
        return Shelf(**{f.name: copy.copy(getattr(self, f.name)) for f in fields(self)})

    queue_days: dict[date, Mapping[str, Any]] = field(default_factory=dict)
    stations: dict[str, Station] = field(default_factory=dict)
    grants: dict[int, Grant] = field(default_factory=dict)
    appointments: dict[str, Appointment] = field(default_factory=dict)
    money: MoneyShelf = field(default_factory=MoneyShelf)


class FakeTickets:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def next_number(self, day: date, series: str, epoch: int) -> int:
        key = ("ticket", day, series, epoch)
        self._shelf.numbers[key] = self._shelf.numbers.get(key, 0) + 1
        return self._shelf.numbers[key]

    def add(self, ticket: Ticket) -> None:
        if self.by_touch(ticket.touch) is not None:
            raise StaleError
        self._shelf.tickets[ticket.key] = copy.copy(ticket)

    def save(self, ticket: Ticket) -> None:
        if self._shelf.tickets[ticket.key].version != ticket.version:
            raise StaleError
        ticket.version += 1
        self._shelf.tickets[ticket.key] = copy.copy(ticket)

    def get(self, key: str) -> Ticket:
        if key not in self._shelf.tickets:
            raise NotFoundError(what="số", key=key)
        return copy.copy(self._shelf.tickets[key])

    def by_label(self, day: date, label: str) -> Ticket:
        found = [t for t in self._shelf.tickets.values() if (t.serve_day, t.label) == (day, label)]
        if not found:
            raise NotFoundError(what="số", key=label)
        return copy.copy(max(found, key=lambda t: (t.business_day, t.epoch)))

    def by_touch(self, touch: str) -> Ticket | None:
        return next((copy.copy(t) for t in self._shelf.tickets.values() if t.touch == touch), None)

    def take_next(
        self, day: date, groups: Sequence[str], now: datetime, rule: OrderRule | timedelta, counter: str = ""
    ) -> Ticket | None:
        mine = [t for t in self.waiting(day, groups) if t.for_counter is None]
        mine += [t for t in self.waiting(day) if t.for_counter == counter]
        order = serving_order(mine, now, rule, self.ordinary_calls(day, groups))
        return order[0] if order else None

    def ordinary_calls(self, day: date, groups: Sequence[str] = ()) -> int:
        called = [t for t in self.of_day(day) if t.first_called_at and (not groups or t.group in groups)]
        last = max((t.first_called_at for t in called if t.priority and t.first_called_at), default=None)
        return sum(not t.priority and (last is None or (t.first_called_at or last) > last) for t in called)

    def carried(self, day: date, series: str) -> set[int]:
        return {t.n for t in self.of_day(day) if t.business_day < day and t.series == series}

    def last_day(self) -> date | None:
        given = (t for t in self._shelf.tickets.values() if t.state is not TicketState.VOIDED)
        return max((t.business_day for t in given), default=None)

    def open_until(self, day: date) -> list[Ticket]:
        mine = [t for t in self._shelf.tickets.values() if t.serve_day <= day and not t.state.is_final]
        return [copy.copy(t) for t in sorted(mine, key=lambda t: (t.issued_at, t.n))]

    def last_called(self, day: date, limit: int) -> list[Ticket]:
        called = [t for t in self._shelf.tickets.values() if t.serve_day == day and t.last_called_at]
        return [copy.copy(t) for t in sorted(called, key=_newest_call)[:limit]]

    def active_at(self, counter: str) -> Ticket | None:
        active = (t for t in self._shelf.tickets.values() if t.counter == counter and t.state.is_active)
        return next(map(copy.copy, active), None)

    def waiting(self, day: date, groups: Sequence[str] = ()) -> list[Ticket]:
        mine = [t for t in self.of_day(day, (TicketState.WAITING,)) if not groups or t.group in groups]
        return sorted(mine, key=lambda t: (t.effective_at, t.n))

    def lengths(self, day: date) -> Mapping[str, int]:
        return Counter(t.group for t in self.waiting(day))

    def of_day(self, day: date, states: Sequence[TicketState] = ()) -> list[Ticket]:
        mine = [t for t in self._shelf.tickets.values() if t.serve_day == day and (not states or t.state in states)]
        return [copy.copy(t) for t in sorted(mine, key=lambda t: (t.issued_at, t.n))]


def _newest_call(ticket: Ticket) -> tuple[float, str]:
    assert ticket.last_called_at is not None
    return -ticket.last_called_at.timestamp(), ticket.key


class FakePauses:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def of(self, counter: str) -> Pause | None:
        return self._shelf.pauses.get(counter)

    def all(self) -> list[Pause]:
        return sorted(self._shelf.pauses.values(), key=lambda p: (p.since, p.counter))

    def begin(self, pause: Pause) -> None:
        self._shelf.pauses[pause.counter] = pause

    def end(self, counter: str) -> None:
        self._shelf.pauses.pop(counter, None)


class FakeStations:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def take(self, name: str) -> Station:
        if name not in self._shelf.stations:
            raise UnknownStationError(name=name)
        return copy.copy(self._shelf.stations[name])

    def all(self) -> list[Station]:
        return [copy.copy(s) for _, s in sorted(self._shelf.stations.items())]

    def save(self, station: Station) -> None:
        self._shelf.stations[station.name] = copy.copy(station)

    def next_epoch(self) -> int:
        return max((1, *self._shelf.grants)) + 1

    def grant(self, grant: Grant) -> None:
        if any(g.letter == grant.letter and g.until is None for g in self._shelf.grants.values()):
            raise StaleError
        self._shelf.grants[grant.epoch] = grant

    def end_grant(self, epoch: int, until: datetime) -> None:
        known = self._shelf.grants.get(epoch)
        if known is not None and known.until is None:
            self._shelf.grants[epoch] = replace(known, until=until)

    def grants(self, since: datetime) -> list[Grant]:
        return [g for _, g in sorted(self._shelf.grants.items()) if g.until is None or g.until >= since]


class FakeProcedures:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def add(self, procedure: Procedure) -> None:
        self._shelf.procedures[procedure.code, procedure.version] = procedure

    def get(self, code: str, version: int) -> Procedure:
        if (code, version) not in self._shelf.procedures:
            raise NotFoundError(what="thủ tục", key=code)
        return self._shelf.procedures[code, version]

    def current(self, code: str, day: date) -> Procedure | None:
        live = [p for p in self.versions(code) if p.in_force(day)]
        return live[-1] if live else None

    def all_current(self, day: date) -> list[Procedure]:
        codes = sorted({code for code, _ in self._shelf.procedures})
        return [p for code in codes if (p := self.current(code, day)) is not None]

    def versions(self, code: str) -> list[Procedure]:
        mine = [p for (c, _), p in self._shelf.procedures.items() if c == code]
        return sorted(mine, key=lambda p: p.version)

    def close(self, code: str, version: int, valid_to: date) -> None:
        self._shelf.procedures[code, version] = replace(self.get(code, version), valid_to=valid_to)


class FakePeople:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def save(self, person: Person) -> None:
        known = self._shelf.people.get(person.key)
        kept = {name: getattr(person, name) or (getattr(known, name) if known else "") for name in KEPT}
        self._shelf.people[person.key] = replace(person, **kept)

    def by_id_number(self, id_number: str) -> Person | None:
        people = list(reversed(self._shelf.people.values()))
        known = [p for p in people if id_number and id_number in (p.id_number, p.old_id_number)]
        return next(iter([p for p in people if id_number and p.linked_number == id_number] + known), None)


class FakeDossiers:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def next_serial(self, day: date, station: int) -> int:
        key = ("dossier", day, station)
        self._shelf.numbers[key] = self._shelf.numbers.get(key, 0) + 1
        return self._shelf.numbers[key]

    def add(self, dossier: Dossier) -> None:
        if dossier.draft_key and self.by_draft(dossier.draft_key) is not None:
            raise StaleError
        self._shelf.dossiers[dossier.key] = copy.deepcopy(dossier)

    def save(self, dossier: Dossier) -> None:
        if self._shelf.dossiers[dossier.key].version != dossier.version:
            raise StaleError
        dossier.version += 1
        self._shelf.dossiers[dossier.key] = copy.deepcopy(dossier)

    def get(self, key: str) -> Dossier:
        for dossier in self._shelf.dossiers.values():
            if key in (dossier.key, dossier.code, *dossier.external_codes):
                return copy.deepcopy(dossier)
        raise NotFoundError(what="hồ sơ", key=key)

    def progress(self, key: str) -> Progress | None:
        try:
            return progress_of(self.get(key))
        except NotFoundError:
            return None

    def by_draft(self, draft_key: str) -> Dossier | None:
        return next((copy.deepcopy(d) for d in self._shelf.dossiers.values() if d.draft_key == draft_key), None)

    def of_person(self, id_number: str, limit: int = 20) -> list[Dossier]:
        linked = [(p.id_number, p.linked_number) for p in self._shelf.people.values() if p.linked_number]
        numbers = {id_number, *(n for pair in linked if id_number in pair for n in pair)}

        def concerns(dossier: Dossier) -> bool:
            people = [p for p in (dossier.owner, dossier.submitter) if p is not None]
            return any({p.id_number, p.old_id_number} & numbers for p in people)

        return [d for d in self.recent(10_000) if concerns(d)][:limit]

    def of_group(self, key: str) -> list[Dossier]:
        return [copy.deepcopy(d) for d in self._shelf.dossiers.values() if key in (d.key, d.group_key)]

    def search(self, text: str, limit: int = 50) -> list[Dossier]:
        def words(d: Dossier) -> str:
            return fold(" ".join([d.key, d.code or "", d.owner.full_name, d.procedure_name, d.owner.phone]))

        return [d for d in self.recent(10_000) if all(w in words(d) for w in fold(text).split())][:limit]

    def ready(self, limit: int = 50) -> list[Dossier]:
        found = [d for d in self._shelf.dossiers.values() if d.state is DossierState.RESULT_READY]
        return copy.deepcopy(found[:limit])

    def on_clock(self, after: str, limit: int) -> list[Dossier]:
        found = [d for d in self._shelf.dossiers.values() if d.state in ON_CLOCK and d.key > after]
        return copy.deepcopy(sorted(found, key=lambda d: d.key)[:limit])

    def recent(self, limit: int = 50) -> list[Dossier]:
        return [copy.deepcopy(d) for d in reversed(self._shelf.dossiers.values())][:limit]


class FakeDrafts:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def save(self, draft: Draft) -> None:
        self._shelf.drafts[draft.key] = draft

    def get(self, key: str) -> Draft | None:
        return self._shelf.drafts.get(key)

    def of_officer(self, officer: str) -> list[Draft]:
        mine = [d for d in self._shelf.drafts.values() if d.officer == officer]
        return sorted(mine, key=lambda d: d.updated_at, reverse=True)

    def remove(self, key: str) -> None:
        self._shelf.drafts.pop(key, None)


class FakePapers:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def add_file(self, file: StoredFile, owner: str) -> None:
        self._shelf.files[file.id] = (file, owner)

    def file(self, file_id: str) -> StoredFile:
        if file_id not in self._shelf.files:
            raise NotFoundError(what="tệp", key=file_id)
        return self._shelf.files[file_id][0]

    def file_by_content(self, owner: str, sha256: str) -> StoredFile | None:
        return next((f for f, o in self._shelf.files.values() if o == owner and f.sha256 == sha256), None)

    def same_files(self, owner: str) -> list[tuple[str, str]]:
        mine = {file.sha256 for file, of in self._shelf.files.values() if of == owner}
        return [(of, file.id) for file, of in self._shelf.files.values() if of != owner and file.sha256 in mine]

    def add_page(self, page: ScannedPage) -> None:
        if page.id in self._shelf.pages:
            raise StaleError
        self._shelf.pages[page.id] = page

    def save_page(self, page: ScannedPage) -> None:
        self._shelf.pages[page.id] = page

    def page(self, page_id: str) -> ScannedPage:
        if page_id not in self._shelf.pages:
            raise NotFoundError(what="trang", key=page_id)
        return self._shelf.pages[page_id]

    def pages(self, owner: str) -> list[ScannedPage]:
        return sorted((p for p in self._shelf.pages.values() if p.owner == owner), key=lambda p: p.number)

    def add_document(self, document: Document) -> None:
        for old in self.documents(document.owner):
            if old.component == document.component:
                del self._shelf.documents[old.id]
        self._shelf.documents[document.id] = document

    def documents(self, owner: str) -> list[Document]:
        return [d for d in self._shelf.documents.values() if d.owner == owner]

    def move(self, owner: str, to: str) -> None:
        for page in self.pages(owner):
            self.save_page(replace(page, owner=to))
        for document in self.documents(owner):
            self._shelf.documents[document.id] = replace(document, owner=to)
        for file_id, (file, of) in list(self._shelf.files.items()):
            if of == owner:
                self._shelf.files[file_id] = (file, to)


class FakeSlips:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def next_number(self, kind: SlipKind, year: int) -> int:
        key = ("slip", kind, year)
        self._shelf.numbers[key] = self._shelf.numbers.get(key, 0) + 1
        return self._shelf.numbers[key]

    def add(self, slip: Slip) -> None:
        self._shelf.slips[slip.id] = slip

    def get(self, slip_id: str) -> Slip:
        if slip_id not in self._shelf.slips:
            raise NotFoundError(what="phiếu", key=slip_id)
        return self._shelf.slips[slip_id]

    def of_dossier(self, dossier_key: str) -> list[Slip]:
        return [s for s in self._shelf.slips.values() if s.dossier_key == dossier_key]

    def issued(self, kind: SlipKind, year: int, start: datetime, end: datetime) -> list[Slip]:
        found = [s for s in self._shelf.slips.values() if (s.kind, s.year) == (kind, year)]
        return sorted((s for s in found if start <= s.issued_at < end), key=lambda s: s.number)

    def count_print(self, slip_id: str) -> int:
        self._shelf.prints[slip_id] = self._shelf.prints.get(slip_id, 0) + 1
        return self._shelf.prints[slip_id]


class FakeJobs:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._leases: dict[int, datetime] = {}

    def add(self, job: Job) -> bool:
        if any((j.wing, j.key) == (job.wing, job.key) for j in self._shelf.jobs):
            return False
        self._shelf.jobs.append(replace(job, id=len(self._shelf.jobs) + 1, created_at=job.created_at or job.due_at))
        return True

    def lease(
        self, wing: Wing, owner: str, now: datetime, lease_for: timedelta, station: str | None = None
    ) -> Job | None:
        for job in sorted(self._shelf.jobs, key=lambda j: (j.priority, j.id)):
            if job.wing is not wing or not self._is_free(job, now):
                continue
            if job.expires_at is not None and job.expires_at <= now:
                self._put(replace(job, state=JobState.REJECTED, error=EXPIRED))
                continue
            if station is not None and job.station not in (None, station):
                continue
            taken = replace(job, state=JobState.LEASED, owner=owner, attempts=job.attempts + 1, due_at=now + lease_for)
            self._put(taken)
            return taken
        return None

    def _is_free(self, job: Job, now: datetime) -> bool:
        if job.state not in (JobState.WAITING, JobState.LEASED) or (job.due_at is not None and job.due_at > now):
            return False
        older = (j for j in self._shelf.jobs if j.wing is job.wing and j.lane == job.lane and j.id < job.id)
        return job.lane is None or all(j.state is JobState.DONE for j in older)

    def complete(self, job: Job, now: datetime) -> None:
        self._held(job)
        self._put(replace(job, state=JobState.DONE, done_at=now, error=""))

    def retry(self, job: Job, due_at: datetime, error: str) -> None:
        self._held(job)
        self._put(replace(job, state=JobState.WAITING, due_at=due_at, error=error))

    def reject(self, job: Job, now: datetime, error: str) -> None:
        self._held(job)
        self._put(replace(job, state=JobState.REJECTED, done_at=now, error=error))

    def release(self, job_id: int, now: datetime) -> None:
        self._put(replace(self._shelf.jobs[job_id - 1], state=JobState.WAITING, due_at=now))

    def move(self, job_id: int, station: str, now: datetime, expires_at: datetime) -> None:
        if not 0 < job_id <= len(self._shelf.jobs):
            raise NotFoundError(what="việc", key=str(job_id))
        job = self._shelf.jobs[job_id - 1]
        is_held = job.state is JobState.LEASED and job.due_at is not None and job.due_at > now
        if job.state is JobState.DONE or is_held:
            raise StaleError
        mine = replace(job, station=station, state=JobState.WAITING, owner=None, due_at=now, expires_at=expires_at)
        self._put(mine)

    def reclaim(self, owner: str, now: datetime) -> int:
        held = [j for j in self._shelf.jobs if j.state is JobState.LEASED and j.owner == owner]
        for job in held:
            self._put(replace(job, state=JobState.WAITING, owner=None, due_at=now))
        return len(held)

    def listed(
        self,
        wing: Wing,
        states: Sequence[JobState] = (),
        limit: int = 200,
        *,
        since: datetime | None = None,
        prefix: str = "",
    ) -> list[Job]:
        found = (j for j in self._shelf.jobs if j.wing is wing and (not states or j.state in states))
        recent = (j for j in found if since is None or (j.created_at is not None and j.created_at >= since))
        return [j for j in recent if j.key.startswith(prefix)][:limit]

    def by_key(self, wing: Wing, key: str) -> Job | None:
        return next((j for j in self._shelf.jobs if (j.wing, j.key) == (wing, key)), None)

    def of_lanes(self, wing: Wing, lanes: Sequence[str]) -> list[Job]:
        return [j for j in self._shelf.jobs if j.wing is wing and j.lane in lanes and j.state is not JobState.DONE]

    def counts(self, wing: Wing) -> Mapping[JobState, int]:
        mine = self.listed(wing, limit=100_000)
        return {state: sum(j.state is state for j in mine) for state in JobState}

    def next_due(self, wing: Wing) -> datetime | None:
        return min((j.due_at for j in self.listed(wing, (JobState.WAITING,), 100_000) if j.due_at), default=None)

    def _held(self, job: Job) -> None:
        now_held = self._shelf.jobs[job.id - 1]
        if (now_held.owner, now_held.attempts, now_held.state) != (job.owner, job.attempts, JobState.LEASED):
            raise StaleError

    def _put(self, job: Job) -> None:
        self._shelf.jobs[job.id - 1] = job


class FakeEvents:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def append(self, event: Event) -> Event:
        if event.command is not None and self.by_command(event.command) is not None:
            raise DuplicateCommandError(command=event.command)
        previous = self._shelf.events[-1].hash if self._shelf.events else GENESIS
        numbered = replace(event, seq=len(self._shelf.events) + 1, prev_hash=previous)
        chained = replace(numbered, hash=chain_hash(previous, numbered))
        self._shelf.events.append(chained)
        return chained

    def after(self, seq: int, limit: int = 500, kinds: Sequence[str] = ()) -> list[Event]:
        return [e for e in self._shelf.events if e.seq > seq and (not kinds or e.kind in kinds)][:limit]

    def of(self, subject: str) -> list[Event]:
        return [e for e in self._shelf.events if e.subject == subject]

    def by_command(self, command: str) -> Event | None:
        return next((e for e in self._shelf.events if e.command == command), None)

    def last_seq(self) -> int:
        return len(self._shelf.events)

    def all(self) -> Iterator[Event]:
        return iter(list(self._shelf.events))

    def between(self, start: datetime, end: datetime, kinds: Sequence[str]) -> Iterator[Event]:
        return (e for e in self.all() if start <= e.at < end and e.kind in kinds)

    def is_late(self, seq: int, before: datetime) -> bool:
        return any(e.seq > seq and e.at < before and e.kind in MARK_KINDS for e in self._shelf.events)

    def marks(self, start: datetime, end: datetime) -> Iterator[Mark]:
        return map(mark_of, self.between(start, end, MARK_KINDS))


class FakeExchange:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def keep_reply(self, reply: Reply) -> None:
        self._shelf.replies.append(reply)

    def replies(self, subject: str) -> list[Reply]:
        return [r for r in self._shelf.replies if r.subject == subject]

    def cursor(self, name: str) -> str:
        return self._shelf.cursors.get(name, "")

    def set_cursor(self, name: str, value: str) -> None:
        self._shelf.cursors[name] = value


class FakeQueueDays:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def last(self) -> date | None:
        return max(self._shelf.queue_days, default=None)

    def put(self, day: date, figures: Mapping[str, Any]) -> None:
        self._shelf.queue_days[day] = figures

    def clear(self) -> None:
        self._shelf.queue_days.clear()

    def between(self, first: date, last: date) -> list[Mapping[str, Any]]:
        return [kept for day, kept in sorted(self._shelf.queue_days.items()) if first <= day <= last]


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
        self.money = FakeMoney(self._work.money)
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
