"""What the desk shows, as plain data, and what it needs of the office. No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from kiosk.domain.dossier import PaperState
from kiosk.domain.held import HeldPaper, PeopleRules
from kiosk.domain.person import Person
from kiosk.domain.procedure import Procedure
from kiosk.domain.proxy import Proxy
from kiosk.domain.scan import Finding
from kiosk.domain.ticket import TicketState
from kiosk.services.extra_papers import ExtraPaper
from kiosk.services.reception import Intake


@dataclass(frozen=True)
class Line:
    """A line of people and how many wait in it; next: the number that would come first."""

    code: str
    name: str
    count: int


@dataclass(frozen=True)
class Choice:
    """One thing to choose from. id: for the program; words: for the officer; usual: what most will want."""

    id: str
    words: str
    usual: bool = False


@dataclass(frozen=True)
class AtCounter:
    """The number that this counter holds. group: code of its line; miss_due: called as often as the office asks."""

    key: str
    label: str
    group: str
    group_name: str
    state: TicketState
    calls: int
    priority: str = ""
    miss_due: bool = False
    dossiers: int = 1


@dataclass(frozen=True)
class Queue:
    """The queue as this counter sees it. parked: (key, label) of numbers set aside; paused: why the counter is closed,
    "" while it is open; as_of: "10:42" where the line is only the last known one, "" while it is read."""

    current: AtCounter | None
    lines: tuple[Line, ...]
    parked: tuple[tuple[str, str], ...] = ()
    paused: str = ""
    as_of: str = ""

    @property
    def waiting(self) -> int:
        return sum(line.count for line in self.lines)


@dataclass(frozen=True)
class Proposal:
    """A number that would be called next as the line was last known. group, priority: their names."""

    label: str
    group: str
    priority: str = ""


@dataclass(frozen=True)
class CardRead:
    """What a scan or a typed number gave. person: None when nothing was understood; problems: in Vietnamese."""

    person: Person | None
    problems: tuple[str, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    dossier_key: str = ""


@dataclass(frozen=True)
class Earlier:
    """A former dossier of the same person. procedure_code: to file the same again with one key; waits: for its
    supplement, to be taken up with the same key."""

    key: str
    procedure_code: str
    procedure: str
    state: str
    at: datetime | None
    waits: bool = False


@dataclass(frozen=True)
class PaperRow:
    """One component as shown. number: the key that assigns pages to it (1..9, 0 = none); source: where the paper is
    that nobody has to bring, "" for none."""

    number: int
    code: str
    name: str
    required: bool
    state: PaperState
    pages: int = 0
    note: str = ""
    present_only: bool = False
    source: str = ""


WAITING, STOPPED = "waiting", "stopped"  # of a page's reading


@dataclass(frozen=True)
class PageThumb:
    """A page of the strip. place: number of its component, 0 while unassigned; png: small picture or b"".

    findings: what the quality gate saw and nobody has accepted. sheet: set, number and count of a separator sheet.
    codes: texts of the codes read on it. reading: "" once it was read, WAITING before, STOPPED where it cannot be.
    did: what clean-up did with it, in sentences.
    """

    id: str
    number: int
    place: int
    png: bytes = b""
    discarded: bool = False
    blank: bool = False
    warning: str = ""
    findings: tuple[Finding, ...] = ()
    sheet: tuple[str, int, int] | None = None
    codes: tuple[str, ...] = ()
    reading: str = ""
    did: str = ""


@dataclass(frozen=True)
class Promised:
    """The return date in words, and the fee. known: False when an officer must settle the term."""

    when: str
    day: str
    reason: str
    fee: str
    known: bool = True


@dataclass(frozen=True)
class Saved:
    """What was saved. paper: id of the slip being printed, "" when there is none; to_province: it goes there."""

    title: str
    key: str
    code: str
    due: str
    applicant: str
    slip: str = ""
    ticket_key: str | None = None
    to_province: bool = False


@dataclass(frozen=True)
class Recent:
    """A dossier of the list. tone and province: its way to the province in words; reason: why it was refused there."""

    key: str
    code: str
    applicant: str
    procedure: str
    state: str
    tone: str
    province: str
    reason: str = ""
    job: int = 0


@dataclass(frozen=True)
class Exchange:
    """The exchange with the province: counts and, when known, whether the line is up, and when all will be sent.
    is_training: nothing is ever sent."""

    waiting: int
    sent: int
    rejected: int
    oldest_s: int = 0
    line: str = ""
    conflicts: int = 0
    empty_in_s: int | None = None
    is_training: bool = False


@dataclass(frozen=True)
class DraftState:
    """An intake on its way, as saved: everything that is needed to go on after a power cut."""

    key: str
    person: Person | None = None
    procedure: str = ""
    case: str = ""
    marks: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    ticket_key: str | None = None
    at: datetime | None = None
    scanned: bool = False
    submitter: Person | None = None
    proxy: Proxy | None = None
    group_key: str = ""
    state_secret: bool = False
    competent_agency: str = ""
    extra_papers: tuple[ExtraPaper, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self.person is None and not self.procedure and not self.scanned and not self.state_secret


@dataclass(frozen=True)
class Same:
    """Another dossier that this one may repeat. words: which, in one line."""

    key: str
    words: str


@dataclass(frozen=True)
class Known:
    """held: component code -> paper that the office has; same: open dossiers of the same owner and procedure, and
    dossiers that hold a file of this intake already; older: number of dossiers under the old identity number that
    nobody has confirmed yet."""

    held: Mapping[str, HeldPaper] = field(default_factory=dict)
    same: tuple[Same, ...] = ()
    older: int = 0


class QueueOffice(Protocol):
    """Off the UI thread. Raises: KioskError."""

    def queue(self) -> Queue: ...

    def call_next(self, command: str) -> AtCounter: ...

    def call_back(self, key: str) -> AtCounter: ...

    def recall(self, key: str) -> None: ...

    def serve(self, key: str) -> None: ...

    def park(self, key: str) -> None: ...

    def finish(self, key: str) -> None: ...

    def miss(self, key: str) -> None: ...

    def targets(self, group: str) -> Sequence[Choice]:
        """Where a number of a line may be sent: the other lines, then the other counters."""

    def transfer(self, key: str, target: str, place: str) -> None:
        """target: id of one of `targets`; place: value of `domain.ticket.Place`."""

    def undo(self) -> str:
        """Take back the counter's last act; returns the number and where it is now: "A003 đang chờ"."""

    def pause(self, reason: str, minutes: int) -> None:
        """minutes: until the planned return, 0 when it is not known."""

    def open_counter(self) -> None: ...


class IntakeOffice(Protocol):
    """Off the UI thread. Raises: KioskError."""

    def procedures(self) -> Sequence[Procedure]: ...

    def fields_of(self, group: str) -> Sequence[str]: ...

    def read_card(self, payload: str) -> CardRead: ...

    def rules(self) -> PeopleRules:
        """Who may submit for whom, and which papers may be used again."""

    def promise(self, procedure: Procedure, case: str, *, elsewhere: bool = False) -> Promised:
        """elsewhere: another agency solves it, and its term begins there."""

    def supplement_of(self, key: str) -> DraftState | None:
        """The intake of a dossier that waits for its supplement, to go on with; None for any other dossier."""

    def save_draft(self, draft: DraftState) -> None: ...

    def last_draft(self) -> DraftState | None: ...

    def receive(self, intake: Intake) -> Saved: ...

    def solve(self, intake: Intake, number: str, to: str) -> Saved:
        """Take in, solve and hand over at once. number: of the result, "" for that of the register; to: who took it."""

    def supplement(self, intake: Intake, reason: str) -> Saved: ...

    def refuse(self, intake: Intake, reason: str) -> Saved: ...


class WatchOffice(Protocol):
    """Off the UI thread; reads, but for `resend`. Raises: KioskError."""

    def recent(self) -> Sequence[Recent]: ...

    def exchange(self) -> Exchange: ...

    def printing(self, slip: str) -> str:
        """ "pending", "printed" or "failed"."""

    def resend(self, job: int) -> None: ...

    def answer_help(self, station: str) -> None:
        """Tell who asked there that somebody is coming."""

    def help_asked(self, after: int) -> tuple[int, str]:
        """The last seq, and the station that asked for help after `after` ("" if none)."""
