"""What the acts need from the outside: a unit of work with repositories, a vault, a change feed. Plain data crosses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol, Self

from kiosk.domain.counter import Pause
from kiosk.domain.dossier import Dossier
from kiosk.domain.event import Event
from kiosk.domain.journey import Mark
from kiosk.domain.order import OrderRule
from kiosk.domain.person import Person
from kiosk.domain.procedure import Procedure
from kiosk.domain.progress import Progress
from kiosk.domain.scan import Document, ScannedPage, StoredFile
from kiosk.domain.slip import Slip, SlipKind
from kiosk.domain.station import Grant, Station
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.services.booking_ports import Appointments
from kiosk.services.correction_ports import Corrections
from kiosk.services.exchange_ports import Exchange, Online
from kiosk.services.job_ports import Jobs
from kiosk.services.money_ports import Money
from kiosk.services.outside_ports import Bundles, CitizenNotices, Proposals


class Tickets(Protocol):
    def next_number(self, day: date, series: str, epoch: int) -> int:
        """Take the next number from the counter row of (day, series, epoch); 1 first. Locks the row until commit."""

    def add(self, ticket: Ticket) -> None: ...

    def save(self, ticket: Ticket) -> None:
        """Compare-and-set on `version`, which is raised by one. Raises: StaleError when somebody was faster."""

    def get(self, key: str) -> Ticket:
        """Raises: NotFoundError."""

    def by_label(self, day: date, label: str) -> Ticket:
        """Raises: NotFoundError."""

    def by_touch(self, touch: str) -> Ticket | None: ...

    def take_next(
        self,
        day: date,
        groups: Sequence[str],
        now: datetime,
        rule: OrderRule | timedelta,
        counter: str = "",
    ) -> Ticket | None:
        """The first waiting ticket by the order rule (`domain.order.serving_order`), locked against other callers.

        groups: of the counter and the officer, empty means all; a bare time is the cap of the default rule.
        counter: who calls; tickets meant for another counter are left alone, its own come whatever their group.
        """

    def ordinary_calls(self, day: date, groups: Sequence[str] = ()) -> int:
        """How many ordinary tickets were first called since the last priority one; for the ratio rule."""

    def carried(self, day: date, series: str) -> set[int]:
        """Numbers of earlier days that stand in this day's line; they are not given to anybody else."""

    def last_day(self) -> date | None:
        """The last business day on which a number was given; numbers made void do not count."""

    def open_until(self, day: date) -> list[Ticket]:
        """Every ticket of the lines up to a day that has not ended, by time of issue."""

    def active_at(self, counter: str) -> Ticket | None:
        """The ticket called to, or served at, this counter."""

    def waiting(self, day: date, groups: Sequence[str] = ()) -> list[Ticket]:
        """Waiting tickets of a day's line, by effective time."""

    def lengths(self, day: date) -> Mapping[str, int]:
        """How many wait in each line of a day, by group; a line where nobody waits is left out."""

    def of_day(self, day: date, states: Sequence[TicketState] = ()) -> list[Ticket]:
        """Tickets of a day's line, carried over or given that day."""

    def last_called(self, day: date, limit: int) -> list[Ticket]:
        """Those of a day's line that were called, whatever became of them; the latest call first."""


class Pauses(Protocol):
    def of(self, counter: str) -> Pause | None: ...

    def all(self) -> list[Pause]:
        """Longest first."""

    def begin(self, pause: Pause) -> None:
        """Replaces the counter's earlier pause."""

    def end(self, counter: str) -> None: ...


class Procedures(Protocol):
    def add(self, procedure: Procedure) -> None: ...

    def get(self, code: str, version: int) -> Procedure:
        """Raises: NotFoundError."""

    def current(self, code: str, day: date) -> Procedure | None:
        """The version in force on a day (the newest, should two overlap)."""

    def all_current(self, day: date) -> list[Procedure]: ...

    def versions(self, code: str) -> list[Procedure]:
        """Every version of one code, oldest first; [] for an unknown code."""

    def close(self, code: str, version: int, valid_to: date) -> None:
        """End a version on a day (exclusive)."""


class People(Protocol):
    def save(self, person: Person) -> None:
        """Insert, or replace by key; a confirmed earlier number, and the `KEPT` fields of `kiosk.domain.person`, stay
        when the new row names none."""

    def by_id_number(self, id_number: str) -> Person | None:
        """By current, old or confirmed earlier number."""


class Dossiers(Protocol):
    def next_serial(self, day: date, station: int) -> int:
        """Counter row of (day, station), from 1; locked until commit."""

    def add(self, dossier: Dossier) -> None: ...

    def save(self, dossier: Dossier) -> None:
        """Compare-and-set on `version`. Raises: StaleError."""

    def get(self, key: str) -> Dossier:
        """By key, official code or any external code. Raises: NotFoundError."""

    def progress(self, key: str) -> Progress | None:
        """What a public screen may tell of the dossier that `get` finds; None for a draft and for no dossier."""

    def by_draft(self, draft_key: str) -> Dossier | None: ...

    def of_person(self, id_number: str, limit: int = 20) -> list[Dossier]:
        """Newest first; owner or submitter, also under a number that was confirmed to be the same person's."""

    def of_group(self, key: str) -> list[Dossier]:
        """Those that came together: the first, by its key, and the others; oldest first."""

    def search(self, text: str, limit: int = 50) -> list[Dossier]:
        """By words of name, code, procedure or phone, with or without marks, in any order; also in papers' text."""

    def recent(self, limit: int = 50) -> list[Dossier]:
        """Newest first."""

    def ready(self, limit: int = 50) -> list[Dossier]:
        """Those with a result that was not handed over yet; the oldest dossiers first."""

    def on_clock(self, after: str, limit: int) -> list[Dossier]:
        """Those whose term runs (`domain.dossier.ON_CLOCK`), by key, after a key."""


@dataclass(frozen=True)
class Draft:
    """An intake being filled in, saved as it is typed. data: the presenter's own JSON."""

    key: str
    officer: str
    counter: str | None
    data: Mapping[str, Any]
    updated_at: datetime


class Drafts(Protocol):
    def save(self, draft: Draft) -> None: ...

    def get(self, key: str) -> Draft | None: ...

    def of_officer(self, officer: str) -> list[Draft]:
        """Unfinished ones, newest first."""

    def remove(self, key: str) -> None: ...


class Papers(Protocol):
    def add_file(self, file: StoredFile, owner: str) -> None: ...

    def file(self, file_id: str) -> StoredFile:
        """Raises: NotFoundError."""

    def file_by_content(self, owner: str, sha256: str) -> StoredFile | None: ...

    def same_files(self, owner: str) -> list[tuple[str, str]]:
        """(owner, file id) of files elsewhere whose content is that of one of this owner's; oldest first."""

    def add_page(self, page: ScannedPage) -> None: ...

    def save_page(self, page: ScannedPage) -> None: ...

    def page(self, page_id: str) -> ScannedPage:
        """Raises: NotFoundError."""

    def pages(self, owner: str) -> list[ScannedPage]:
        """By number."""

    def add_document(self, document: Document) -> None:
        """Replaces the document of the same owner and component."""

    def documents(self, owner: str) -> list[Document]: ...

    def move(self, owner: str, to: str) -> None:
        """Give a draft's files, pages and documents to the dossier that it became."""


class Slips(Protocol):
    def next_number(self, kind: SlipKind, year: int) -> int: ...

    def add(self, slip: Slip) -> None: ...

    def get(self, slip_id: str) -> Slip:
        """Raises: NotFoundError."""

    def of_dossier(self, dossier_key: str) -> list[Slip]:
        """Oldest first."""

    def issued(self, kind: SlipKind, year: int, start: datetime, end: datetime) -> list[Slip]:
        """Those issued in [start, end), of one year, by number."""

    def count_print(self, slip_id: str) -> int:
        """One more print; returns how many there have been, this one included."""


class Events(Protocol):
    def append(self, event: Event) -> Event:
        """Give seq and hash. Raises: DuplicateCommandError when its command was done before."""

    def after(self, seq: int, limit: int = 500, kinds: Sequence[str] = ()) -> list[Event]: ...

    def of(self, subject: str) -> list[Event]: ...

    def by_command(self, command: str) -> Event | None: ...

    def last_seq(self) -> int: ...

    def all(self) -> Iterator[Event]: ...

    def between(self, start: datetime, end: datetime, kinds: Sequence[str]) -> Iterator[Event]:
        """Events of these kinds that happened in [start, end), in the log's order."""

    def is_late(self, seq: int, before: datetime) -> bool: ...  # whether a line after `seq` is of before, of the queue

    def marks(self, start: datetime, end: datetime) -> Iterator[Mark]:
        """The same for the kinds of `domain.journey.MARK_KINDS`, only what figures need: made for years at a time."""


class QueueDays(Protocol):
    """Figures of days that are over (`domain.queue_figures`, as JSON): without gaps from the first day to `last`."""

    def last(self) -> date | None: ...

    def put(self, day: date, figures: Mapping[str, Any]) -> None:
        """Insert, or replace."""

    def clear(self) -> None:
        """Forget all days; they are computed again from the log."""

    def between(self, first: date, last: date) -> list[Mapping[str, Any]]:
        """Those of the days from first to last, both included, by day."""


class Stations(Protocol):
    def take(self, name: str) -> Station:
        """Locked until the act ends. Raises: UnknownStationError."""

    def all(self) -> list[Station]:
        """By name, revoked ones included."""

    def save(self, station: Station) -> None:
        """Insert, or replace by name."""

    def next_epoch(self) -> int:
        """From 2 on, never twice; 1 is the office's own."""

    def grant(self, grant: Grant) -> None:
        """Raises: StaleError when another station holds the letter."""

    def end_grant(self, epoch: int, until: datetime) -> None: ...

    def grants(self, since: datetime) -> list[Grant]:
        """Those held now, and those that ended at `since` or later."""


class UnitOfWork(Protocol):
    """A fresh transaction per `with`; leaving without commit() undoes everything. One `with` at a time per object."""

    @property
    def tickets(self) -> Tickets: ...

    @property
    def pauses(self) -> Pauses: ...

    @property
    def procedures(self) -> Procedures: ...

    @property
    def people(self) -> People: ...

    @property
    def dossiers(self) -> Dossiers: ...

    @property
    def drafts(self) -> Drafts: ...

    @property
    def papers(self) -> Papers: ...

    @property
    def slips(self) -> Slips: ...

    @property
    def jobs(self) -> Jobs: ...

    @property
    def events(self) -> Events: ...

    @property
    def exchange(self) -> Exchange: ...

    @property
    def queue_days(self) -> QueueDays: ...

    @property
    def stations(self) -> Stations: ...

    @property
    def appointments(self) -> Appointments: ...

    @property
    def money(self) -> Money: ...

    @property
    def corrections(self) -> Corrections: ...

    @property
    def online(self) -> Online: ...

    @property
    def bundles(self) -> Bundles: ...

    @property
    def proposals(self) -> Proposals: ...

    @property
    def citizen_notices(self) -> CitizenNotices: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...

    def lock(self) -> None:
        """Let no other act change anything until this one ends: for an act that decides by what it reads first.

        SQLite does so from the first statement; on PostgreSQL it must come before the reading.
        """

    def commit(self) -> None:
        """Durable when it returns. Raises: StaleError, DiskFullError, StorageError."""


Units = Callable[[], UnitOfWork]


class Vault(Protocol):
    """Encrypted files of the office. `put` is durable when it returns (temp file, fsync, rename, fsync of the folder);
    only then is the row written."""

    def put(self, content: bytes, media_type: str) -> StoredFile:
        """Raises: DiskFullError, StorageError."""

    def get(self, file: StoredFile) -> bytes:
        """Raises: DamagedFileError."""


class ChangeFeed(Protocol):
    def wait(self, after: int, timeout_s: float) -> int:
        """Block until the log is longer than `after`, or time is up; returns the last seq."""
