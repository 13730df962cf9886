"""The offices of `motcua bench sync --only faults`: an officer and a worker each, in processes that can be killed."""

from __future__ import annotations

import hashlib
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.clock import OFFICE_ZONE, Clock, office_now
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.dossier import PaperState, ResultRecord
from kiosk.domain.event import Actor
from kiosk.domain.job import JobState, Wing
from kiosk.domain.office import Office
from kiosk.domain.person import Person
from kiosk.domain.procedure import Channel, Component, Option, Procedure, Term, TermUnit
from kiosk.services import exchange, handover
from kiosk.services.digitisation import DocumentWork, attach
from kiosk.services.reception import Desk, Intake, PaperMark, receive_dossier
from kiosk.storage import Store, open_store
from sync.circuit import Circuit
from sync.connection import Connection, Timeouts
from sync.routes import Routes
from sync.worker import SyncWorker
from ui.cli.bench_sync_ledger import Books
from ui.logs import set_up_logs

# The office's time against ours: its pauses are tens of seconds long, and the run has thousands of them.
SPEED = 10.0
# Of real seconds, read by the line; the last one is read off the office's clock.
TIMES = Timeouts(connect_s=2, read_s=2, settle_s=6 * SPEED)
LEASE = timedelta(seconds=8 * SPEED)  # a job asks, sends and asks again: three answers of two seconds each
OFFICER = Actor("lan", "ban-1", "1")
FEED = "tinh-mau"  # the connection's name
PAPER = "tp-1"
AHEAD = 400  # jobs that may wait before the officer takes a rest
HEADER = b"%PDF-1.7\n" + bytes(range(256)) * 16  # of every paper, as of all that one scanner makes
SIZES = (6_000, 6_000, 20_000, 60_000)
SAME_AGAIN = 0.1  # of the papers have the bytes of an earlier one
PROCEDURE = Procedure(
    code="1.001193",
    version=1,
    name="Đăng ký khai sinh",
    field_code="G15-HT",
    field_name="Hộ tịch",
    options=(Option(Channel.COUNTER, Term(3, TermUnit.WORKING_DAYS, "3 ngày làm việc")),),
    components=(Component(PAPER, "Tờ khai đăng ký khai sinh"),),
    mnemonic="ks",
)


# Does something to the dossier with this key; returns what may be done to it next.
Step = Callable[[str], "Step | None"]


@dataclass(frozen=True)
class Post:
    """One office. epoch: when its clock began to run fast, Unix seconds."""

    folder: Path
    url: str
    agency: str
    epoch: float
    seed: int
    dossiers: int

    def open(self) -> Store:
        return open_store(self.folder / "office.db", self.folder)

    def clock(self) -> datetime:
        return datetime.fromtimestamp(self.epoch + (time.time() - self.epoch) * SPEED, OFFICE_ZONE)

    @property
    def is_done(self) -> Path:
        return self.folder / "all-received"


def work(post: Post) -> None:
    """The worker's process: what it held when it was killed comes back when the lease has run out."""
    set_up_logs()
    store = post.open()
    worker = SyncWorker(
        store.units,
        store.vault,
        Routes((Connection(post.url, post.agency, FEED, timeouts=TIMES),)),
        "UBND xã Mẫu",
        clock=post.clock,
        make_circuit=lambda: Circuit(lambda: post.clock().timestamp()),
        lease_for=LEASE,
    )
    worker.run(threading.Event(), poll_s=0.05)


def act(post: Post) -> None:
    """The officer's process: receives, has papers scanned, solves, returns; goes on mending until it is ended."""
    set_up_logs()
    chance, store = random.Random(post.seed), post.open()
    officer = Officer(store, post.agency, chance)
    for n in range(post.dossiers):
        officer.receive(n)
        for _ in range(chance.randrange(4)):
            officer.go_on()
        if n % 20 == 0:
            officer.rest()
    post.is_done.touch()
    while True:
        officer.mend()
        time.sleep(0.2)


class Officer:
    """Acts at random, each as the desk does it."""

    def __init__(self, store: Books, agency: str, chance: random.Random, clock: Clock = office_now) -> None:
        self._store, self._chance, self._clock = store, chance, clock
        self._mark = agency.encode()  # no other office has the same papers
        with store.units() as uow:
            uow.procedures.add(PROCEDURE)
            uow.commit()
        office = Office("Xã Mẫu", "UBND xã Mẫu", agency, "Tỉnh Mẫu", "Xã Mẫu", "")
        self._desk = Desk(office, lambda _field: WorkingCalendar(), lambda _day: "TT03-2025")
        self._next: list[tuple[str, Step]] = []
        self._papers: list[bytes] = []

    def receive(self, n: int) -> None:
        owner = Person(
            f"p-{n}", f"Nguyễn Thị Mẫu {n}", f"0011950{n:05d}", "", "1995-03-02", "Nữ", "Thôn 1", "0912000111"
        )
        intake = Intake(f"draft-{n}", PROCEDURE.code, owner, {PAPER: PaperMark(PaperState.ORIGINAL)})
        done = receive_dossier(self._store.units(), self._desk, intake, actor=OFFICER, now=self._clock())
        self._next.append((done.dossier.key, self._start))
        if self._chance.random() < 0.8:
            self._scan(done.dossier.key)

    def go_on(self) -> None:
        """The next act in the life of a dossier chosen at random; some stay where they are."""
        if not self._next:
            return
        key, do = self._next.pop(self._chance.randrange(len(self._next)))
        then = do(key)
        if then is not None and self._chance.random() < 0.8:
            self._next.append((key, then))

    def mend(self) -> None:
        """What the province refused is looked at and sent again, as an officer does."""
        with self._store.reads() as look:
            rejected = look.jobs.listed(Wing.SYNC, (JobState.REJECTED,))
        for job in rejected:
            exchange.resend(self._store.units(), job.id, actor=OFFICER, now=self._clock())

    def rest(self) -> None:
        """Mends, then waits until the worker has caught up a little."""
        while True:
            self.mend()
            with self._store.reads() as look:
                if look.jobs.counts(Wing.SYNC)[JobState.WAITING] < AHEAD:
                    return
            time.sleep(0.1)

    def _scan(self, key: str) -> None:
        with self._store.reads() as look:
            dossier = look.dossiers.get(key)
        work = DocumentWork(dossier, PROCEDURE, PAPER, PROCEDURE.components[0], ())
        effect = attach(
            self._store.vault, work, self._paper(), text="", confidence=1, type_code="", fields={}, actor=OFFICER,
            now=self._clock(),
        )  # fmt: skip
        with self._store.units() as uow:
            uow.lock()
            effect(uow)
            uow.commit()

    def _start(self, key: str) -> Step:
        handover.start_processing(self._store.units(), self._desk, key, actor=OFFICER, now=self._clock())
        return self._solve

    def _solve(self, key: str) -> Step:
        now = self._clock()
        file = self._store.vault.put(self._paper(), "application/pdf")
        handover.record_result(
            self._store.units(), key, ResultRecord(f"{key}/TLKT", now), actor=OFFICER, now=now, file=file
        )
        return self._return

    def _return(self, key: str) -> None:
        handover.hand_over(self._store.units(), key, "Nguyễn Thị Mẫu", actor=OFFICER, now=self._clock())

    def _paper(self) -> bytes:
        """Alike at the beginning and often as long as another: only the whole content tells two of them apart."""
        if self._papers and self._chance.random() < SAME_AGAIN:
            return self._chance.choice(self._papers)
        size = self._chance.choice(SIZES)
        mark = hashlib.sha256(self._mark + self._chance.randbytes(16)).digest()
        paper = HEADER + (mark * (size // len(mark)))[: size - len(HEADER)]
        self._papers = [*self._papers[-50:], paper]
        return paper
