"""Views that remember, and offices in memory, for the presenters' tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from fake_known import FakeKnown
from samples import BIRTH, MOTHER, NOON

from kiosk.domain.opening import ALWAYS, Opening
from kiosk.domain.person import Person
from kiosk.domain.procedure import Procedure
from kiosk.domain.ticket import PrintState, QueueEmptyError, TicketState
from kiosk.errors import KioskError
from kiosk.services.lookup import Progress, UnknownReceiptError
from kiosk.services.moving import NothingToUndoError
from kiosk.services.reception import Intake
from kiosk.services.touchless import CodeKind, UnreadableCodeError, kind_of
from ui.desk.model import (
    AtCounter,
    CardRead,
    Choice,
    DraftState,
    Exchange,
    Line,
    PageThumb,
    Promised,
    Queue,
    Recent,
    Saved,
)
from ui.display.presenter import Board, News, Waiting
from ui.display.waits import LineWait
from ui.tasks import Lanes, ShowProblem, run_now
from ui.ticketing.model import Checklist, Issued, PaperToBring, PriorityTile, ProcedureLine, Stopped, Tile

T = TypeVar("T")


@dataclass
class FakeClock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_s(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Remember:
    """Any view: every call is kept as (name, arguments)."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []

    def __getattr__(self, name: str) -> Any:
        def call(*args: Any, **more: Any) -> None:
            self.calls.append((name, (*args, *more.values())))

        return call

    def all(self, name: str) -> list[tuple[Any, ...]]:
        return [args for called, args in self.calls if called == name]

    def last(self, name: str) -> Any:
        found = self.all(name)
        return (found[-1][0] if len(found[-1]) == 1 else found[-1]) if found else None


@dataclass
class Later:
    """A `Run` that answers when told to: what is under way while more keys arrive."""

    waiting: list[Callable[[], None]] = field(default_factory=list)

    def __call__(self, work: Callable[[], T], done: Callable[[T], None], failed: ShowProblem) -> None:
        self.waiting.append(lambda: run_now(work, done, failed))

    def answer(self) -> None:
        now, self.waiting = self.waiting, []
        for act in now:
            act()


A_PROGRESS = Progress("261123100073", "Đăng ký khai sinh", "N***** T** Á**", 2, NOON + timedelta(days=3))

LANES = Lanes(run_now, run_now, run_now)


@dataclass
class FakeTicketing:
    """Numbers by touch, as the service promises."""

    touches: dict[str, Issued] = field(default_factory=dict)
    asked: int = 0
    help: int = 0
    failing: KioskError | None = None
    state: PrintState = PrintState.PENDING
    hours: Opening = ALWAYS
    full: bool = False
    looked_up: list[str] = field(default_factory=list)
    staff_code: str = "2580"
    measured: float = 0.0
    stop: Stopped | None = None
    spares: list[str] = field(default_factory=list)
    coming: bool = False

    def tiles(self) -> Sequence[Tile]:
        return [
            Tile("ho-tich", "Hộ tịch", "family", "A", 2, "Civil status", self.full),
            Tile("chung-thuc", "Chứng thực", "stamp", "B", 0, "Certification"),
        ]

    def priorities(self) -> Sequence[PriorityTile]:
        return [PriorityTile("cao-tuoi", "Người từ 60 tuổi", "elder")]

    def issue(self, group: str, priority: str, touch: str) -> Issued:
        self.asked += 1
        if self.failing is not None:
            raise self.failing
        if touch not in self.touches:
            label = f"A{len(self.touches) + 1:03d}"
            self.touches[touch] = Issued(label.lower(), label, group, priority, 2)
        return self.touches[touch]

    def check_in(self, code: str) -> Issued:
        """Anybody's code has an appointment."""
        return self.issue("ho-tich", "", f"appointment/{code}")

    def paper(self, key: str) -> PrintState:
        return self.state

    def ask_help(self) -> None:
        self.help += 1

    def is_help_coming(self, since: datetime) -> bool:
        return self.coming

    def opening(self) -> Opening:
        return self.hours

    def stopped(self) -> Stopped | None:
        return self.stop

    def use_spare(self, letter: str) -> None:
        self.spares.append(letter)
        self.stop = None

    def look_up(self, text: str) -> Progress:
        self.looked_up.append(text)
        return A_PROGRESS

    def line_of_code(self, text: str) -> str:
        """Any card leads to the first line, the one receipt to the second."""
        kind = kind_of(text)
        if kind is CodeKind.OTHER:
            raise UnreadableCodeError
        if kind is CodeKind.RECEIPT and A_PROGRESS.code not in text:
            raise UnknownReceiptError
        return "ho-tich" if kind is CodeKind.CARD else "chung-thuc"

    def has_staff_code(self) -> bool:
        return bool(self.staff_code)

    def is_staff_code(self, code: str) -> bool:
        return bool(code) and code == self.staff_code

    def keep_px_per_mm(self, px_per_mm: float) -> None:
        self.measured = px_per_mm

    def procedures(self, group: str) -> Sequence[ProcedureLine]:
        return [ProcedureLine(BIRTH.code, BIRTH.name)]

    def checklist(self, procedure: str) -> Checklist:
        papers = tuple(PaperToBring(c.name, c.originals, c.copies) for c in BIRTH.components if c.required)
        return Checklist(BIRTH.name, papers, special=True)


@dataclass
class FakeDisplay:
    """A log of news; `page` items at a time."""

    items: list[Any] = field(default_factory=list)
    page: int = 100
    failing: KioskError | None = None
    start: Board = field(default_factory=lambda: Board(0, (), ()))
    told: Sequence[LineWait] = ()

    def board(self) -> Board:
        if self.failing is not None:
            raise self.failing
        return replace(self.start, seq=max([self.start.seq, *(i.seq for i in self.items)]))

    def after(self, seq: int) -> News:
        if self.failing is not None:
            raise self.failing
        later = [i for i in self.items if i.seq > seq][: self.page]
        return News(later, later[-1].seq if later else seq, more=len(later) == self.page)

    def waiting(self) -> Sequence[Waiting]:
        return [Waiting("Hộ tịch", "A", 2)]

    def waits(self) -> Sequence[LineWait]:
        return self.told


@dataclass
class FakeSeen:
    seq: int | None = None

    def load(self) -> int | None:
        return self.seq

    def save(self, seq: int) -> None:
        self.seq = seq


@dataclass
class FakeQueue:
    """waiting: labels in line; done: what was done, in order."""

    waiting: list[str] = field(default_factory=lambda: ["A001", "A002"])
    current: AtCounter | None = None
    done: list[str] = field(default_factory=list)
    commands: set[str] = field(default_factory=set)
    paused: str = ""

    def queue(self) -> Queue:
        return Queue(self.current, (Line("ho-tich", "Hộ tịch", len(self.waiting)),), paused=self.paused)

    def call_next(self, command: str) -> AtCounter:
        if not self.waiting:
            raise QueueEmptyError(counter="1")
        label = self.waiting.pop(0)
        self.done.append(f"call {label}")
        self.commands.add(command)
        self.current = AtCounter(label, label, "ho-tich", "Hộ tịch", TicketState.CALLED, 1)
        return self.current

    def call_back(self, key: str) -> AtCounter:
        self.done.append(f"back {key}")
        self.current = AtCounter(key, key, "ho-tich", "Hộ tịch", TicketState.CALLED, 2)
        return self.current

    def recall(self, key: str) -> None:
        self.done.append(f"recall {key}")

    def serve(self, key: str) -> None:
        self.done.append(f"serve {key}")
        if self.current is not None:
            self.current = replace(self.current, state=TicketState.SERVING)

    def park(self, key: str) -> None:
        self._end("park", key)

    def finish(self, key: str) -> None:
        self._end("finish", key)

    def miss(self, key: str) -> None:
        self._end("miss", key)

    def targets(self, group: str) -> Sequence[Choice]:
        return [Choice("group:chung-thuc", "Chứng thực"), Choice("counter:2", "Quầy 2")]

    def transfer(self, key: str, target: str, place: str) -> None:
        self._end(f"transfer {target} {place}", key)

    def undo(self) -> str:
        if not self.done:
            raise NothingToUndoError(counter="1")
        last = self.done.pop()
        self.current = None
        return f"{last.split()[-1]} đang chờ"

    def pause(self, reason: str, minutes: int) -> None:
        self.done.append(f"pause {reason} {minutes}")
        self.paused = reason

    def open_counter(self) -> None:
        self.done.append("open")
        self.paused = ""

    def _end(self, act: str, key: str) -> None:
        self.done.append(f"{act} {key}")
        self.current = None


@dataclass
class FakeIntakes(FakeKnown):
    """Keeps what was received, asked for and refused; pages come from `stack`."""

    catalogue: list[Procedure] = field(default_factory=lambda: [BIRTH])
    card: CardRead = field(default_factory=lambda: CardRead(MOTHER))
    drafts: list[DraftState] = field(default_factory=list)
    received: list[Intake] = field(default_factory=list)
    ended: list[tuple[str, Intake, str]] = field(default_factory=list)
    kept: list[tuple[PageThumb, str]] = field(default_factory=list)
    stack: int = 0
    failing: KioskError | None = None
    waiting: dict[str, DraftState] = field(default_factory=dict)
    printed: list[tuple[str, ...]] = field(default_factory=list)

    def procedures(self) -> Sequence[Procedure]:
        return self.catalogue

    def fields_of(self, group: str) -> Sequence[str]:
        return ("Hộ tịch",)

    def read_card(self, payload: str) -> CardRead:
        return self.card

    def supplement_of(self, key: str) -> DraftState | None:
        return self.waiting.get(key)

    def promise(self, procedure: Procedure, case: str, *, elsewhere: bool = False) -> Promised:
        if elsewhere:
            return Promised("17:00", "Thứ Sáu, 27/11/2026", "3 ngày làm việc; tính từ nơi giải quyết.", "8.000 ₫")
        return Promised("17:00", "Thứ Năm, 26/11/2026", "3 ngày làm việc.", "8.000 ₫")

    def save_draft(self, draft: DraftState) -> None:
        self.drafts.append(draft)

    def last_draft(self) -> DraftState | None:
        return self.drafts[-1] if self.drafts else None

    def pages(self, draft_key: str) -> Sequence[tuple[PageThumb, str]]:
        return list(self.kept)

    def scan(self, draft_key: str) -> int:
        first = len(self.kept) + 1
        self.kept += [(PageThumb(f"p{n}", n, 0), "") for n in range(first, first + self.stack)]
        return self.stack

    def scan_other(self, draft_key: str) -> int:
        return self.scan(draft_key)

    def import_files(self, draft_key: str, paths: Sequence[Path]) -> int:
        return len(paths)

    def assign(self, draft_key: str, number: int, component: str) -> None:
        self.kept[number - 1] = (self.kept[number - 1][0], component)

    def separators(self, draft_key: str, papers: Sequence[tuple[str, str]]) -> str:
        self.printed.append(tuple(code for code, _name in papers))
        return "7392"

    def scan_again(self, draft_key: str, page_id: str) -> int:
        places = {thumb.id: n for n, (thumb, _code) in enumerate(self.kept)}
        thumb, code = self.kept[places[page_id]]
        if self.stack:
            self.kept[places[page_id]] = (PageThumb(f"{page_id}-again", thumb.number, 0), code)
            self.kept.append((replace(thumb, number=len(self.kept) + 1, discarded=True, findings=()), code))
        return min(self.stack, 1)

    def accept(self, page_id: str) -> None:
        self.kept = [(replace(t, findings=()) if t.id == page_id else t, code) for t, code in self.kept]

    def discard(self, page_id: str, discarded: bool) -> None:
        return None

    def receive(self, intake: Intake) -> Saved:
        if self.failing is not None:
            raise self.failing
        self.received.append(intake)
        return Saved("Đã tiếp nhận hồ sơ", "261123100010", "", "Hẹn trả", intake.owner.full_name, "slip-1")

    def solve(self, intake: Intake, number: str, to: str) -> Saved:
        if self.failing is not None:
            raise self.failing
        return self._end("solve", intake, f"{number}|{to}")

    def supplement(self, intake: Intake, reason: str) -> Saved:
        return self._end("supplement", intake, reason)

    def refuse(self, intake: Intake, reason: str) -> Saved:
        return self._end("refuse", intake, reason)

    def _end(self, act: str, intake: Intake, reason: str) -> Saved:
        self.ended.append((act, intake, reason))
        return Saved("Đã ghi", "261123100010", "", "", intake.owner.full_name, "slip-1")


@dataclass
class FakeWatch:
    state: Exchange = field(default_factory=lambda: Exchange(0, 3, 0))
    paper: str = "pending"
    resent: list[int] = field(default_factory=list)
    asked: tuple[int, str] = (5, "")
    answered: list[str] = field(default_factory=list)
    list: Sequence[Recent] = ()

    def recent(self) -> Sequence[Recent]:
        return self.list

    def exchange(self) -> Exchange:
        return self.state

    def printing(self, slip: str) -> str:
        return self.paper

    def resend(self, job: int) -> None:
        self.resent.append(job)

    def help_asked(self, after: int) -> tuple[int, str]:
        return self.asked

    def answer_help(self, station: str) -> None:
        self.answered.append(station)


A_PERSON: Person = MOTHER
