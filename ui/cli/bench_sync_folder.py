"""`motcua bench sync --only folder`: a day's papers on a stick that is pulled out five times, delivered twice, and sent
over the line as well; then the ledger."""

from __future__ import annotations

import random
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.clock import office_now
from kiosk.domain.job import Job, JobState, Wing
from kiosk.domain.scan import Document
from kiosk.services import folder_wait
from kiosk.services.reception import queue_snapshot
from kiosk.storage import Store, open_store
from sync.circuit import Circuit
from sync.connection import Connection, Timeouts
from sync.folder.errors import StickGoneError
from sync.folder.far_end import FarEnd
from sync.folder.hear import Ear
from sync.folder.home import Home
from sync.folder.keys import KnownCards, OwnKeys
from sync.folder.pack import Brought, Load, Packer
from sync.folder.stick import MB, Stick
from sync.folder.taken import TakenBook
from sync.reference.by_folder import FolderShelf
from sync.routes import Routes
from sync.worker import SyncWorker
from ui.cli.bench_sync_hands import FEED, OFFICER, Officer
from ui.cli.bench_sync_ledger import differences, named, of_office, of_stand_in
from ui.cli.bench_sync_part import Measured, Wanted
from ui.cli.console import tell
from ui.demo.processes import Child, ProvinceWatch, free_port
from ui.results import checked_result

DOSSIERS, PAPERS = 600, 8  # about 5,000 files: of each dossier so many more papers than the officer scanned
AGENCY, UNIT = "H26.107", "UBND xã Mẫu"
PULLED_OUT = 5
PARTS = 60  # about; each pull comes after some of them
PDF = "application/pdf"
ONLINE_S = 6.0  # so long the line works before the stick arrives, and again before the receipt is home
DRAIN_S = 300.0


@dataclass(frozen=True)
class PulledStick(Stick):
    """Pulled out at a random write of a part."""

    left: list[int] = field(default_factory=lambda: [1])

    def write(self, name: str, content: bytes) -> None:
        if name.endswith(".mcb"):
            self.left[0] -= 1
            if self.left[0] < 0:
                # As a kernel leaves it: some bytes of the file, under its first name.
                (self.folder / f"{name}.part").write_bytes(content[: len(content) // 2])
                raise StickGoneError(folder=str(self.folder))
        super().write(name, content)


class LineUntil(Circuit):
    """A line that is taken away in the middle of a round."""

    def __init__(self, end: float) -> None:
        super().__init__()
        self._end = end

    @property
    def wait_s(self) -> float:
        return super().wait_s if time.monotonic() < self._end else DRAIN_S


def measure(wanted: Wanted) -> Measured:
    with tempfile.TemporaryDirectory(prefix="motcua-usb-") as folder:
        return _Run(Path(folder), wanted.dossiers or DOSSIERS, random.Random(wanted.seed)).measured()


class _Run:
    """One office, one stick, one stand-in that runs as well."""

    def __init__(self, root: Path, dossiers: int, chance: random.Random) -> None:
        self._root, self._dossiers, self._chance = root, dossiers, chance
        self._stick = root / "usb"
        for name in ("usb", "xa", "tinh"):
            (root / name).mkdir()
        port = free_port()
        self._url = f"http://127.0.0.1:{port}"
        words = ["province", "serve", "--data", str(root / "tinh"), "--port", str(port)]
        self._province = Child(words, root / "tinh.log")
        self._connection = Connection(self._url, AGENCY, FEED, timeouts=Timeouts(2, 20, 0.5))
        self._own, self._far = OwnKeys(b"o" * 32, UNIT, AGENCY), OwnKeys(b"p" * 32, "Tỉnh Mẫu")

    def measured(self) -> Measured:
        self._province.start()
        try:
            ProvinceWatch(self._url).wait_until_up()
            with closing(open_store(self._root / "xa" / "office.db", self._root / "xa")) as store:
                return self._carried(store)
        finally:
            self._province.stop()

    def _carried(self, store: Store) -> Measured:
        self._fill(store)
        tell(f"{self._dossiers} hồ sơ; rút USB {PULLED_OUT} lần")
        began = time.process_time()
        brought, pulled, kept = self._out(store)
        packing = time.process_time() - began
        self._online(store, ONLINE_S)
        before = self._waiting(store)
        began = time.process_time()
        self._taken()
        taking = time.process_time() - began
        self._taken()
        self._online(store, ONLINE_S)
        self._home(store)
        again = self._home(store)
        self._online(store, DRAIN_S)
        left = self._waiting(store)
        arrived = of_stand_in(self._root / "tinh", AGENCY)
        # The line cannot know what a stick has brought: a step that it tells again is known there and not kept twice.
        problems = differences(of_office(store, AGENCY), arrived, steps_are_told=False)
        report = ProvinceWatch(self._url).report()
        figures = {
            "dossiers": brought.dossiers,
            "files": brought.files,
            "steps": brought.steps,
            "megabytes": round(brought.size / MB, 1),
            "pulled_out": pulled,
            "parts_kept": kept,
            "open_when_the_stick_arrived": before,
            "sent_by_second_receipt": again,
            "left": left,
            "steps_told_again": arrived.steps_again,
            "doubled": len(report["doubled"]),
            "problems": problems[:20],
            "pack_cpu_s": round(packing, 2),
            "take_cpu_s": round(taking, 2),
        }
        ok = not problems and not left and not report["doubled"] and pulled == PULLED_OUT and not again
        text = (
            f"{brought.dossiers} hồ sơ, {brought.files} tệp ({brought.size / MB:.0f} MB) trên USB, rút {pulled} lần "
            f"(giữ lại {kept} phần), giao hai lần và gửi cả qua mạng: {len(report['doubled'])} hồ sơ trùng, "
            f"{left} mục còn chờ, {len(problems)} chỗ lệch; ghi {packing:.1f} s CPU, nhận {taking:.1f} s CPU."
        )
        return Measured(ok, figures, text + named(problems))

    def _fill(self, store: Store) -> None:
        officer = Officer(store, AGENCY, self._chance)
        for n in range(self._dossiers):
            officer.receive(n)
            with store.reads() as look:
                [dossier] = look.dossiers.recent(1)
            self._scan(store, dossier.key)
            if self._chance.random() < 0.5:
                officer.go_on()

    def _scan(self, store: Store, key: str) -> None:
        """More papers, as the digitising worker leaves them, in one commit. No two have the same bytes."""
        now = office_now()
        kept = [store.vault.put(b"%PDF-1.7\n" + self._chance.randbytes(20_000), PDF) for _ in range(PAPERS)]
        with store.units() as uow:
            for number, file in enumerate(kept):
                document = Document(f"{key}-{number}", key, f"them-{number}", file.id, (), "", now)
                uow.papers.add_file(file, key)
                uow.papers.add_document(document)
                payload = {"stream": "file", "dossier": key, "document": document.id}
                job = Job(Wing.SYNC, f"{key}:file:{document.id}", payload, lane=key, priority=6, due_at=now)
                uow.jobs.add(job)
            queue_snapshot(uow, key, "them", now)
            uow.commit()

    def _out(self, store: Store) -> tuple[Brought, int, int]:
        packer = Packer(store.units, store.vault, self._own, UNIT, OFFICER, office_now)
        with store.reads() as look:
            load = Load(self._connection, self._far.card, folder_wait.waiting_keys(look))
        pulled, size = 0, max(32_000, self._dossiers * (PAPERS + 1) * 20_000 // PARTS)
        for _ in range(PULLED_OUT):
            try:
                packer.bring(load, PulledStick(self._stick, left=[self._chance.randint(3, 9)]), part_size=size)
            except StickGoneError:
                pulled += 1
        brought = packer.bring(load, Stick(self._stick), part_size=size)
        return brought, pulled, brought.kept

    def _taken(self) -> None:
        offices = KnownCards(self._root / "tinh" / "office-keys")
        offices.trust(self._own.card, AGENCY)
        with (
            closing(TakenBook(self._root / "tinh")) as book,
            closing(FolderShelf(self._root / "tinh", self._url)) as shelf,
        ):
            far = FarEnd(self._far, offices, book, shelf, office_now)
            for place in far.bundles(self._stick):
                far.take(place)

    def _home(self, store: Store) -> int:
        """Entries of the outbox that the receipt settled."""
        partners = KnownCards(self._root / "xa" / "province-keys")
        partners.trust(self._far.card, FEED)
        home = Home(store.units, store.vault, office_now, checked_result)
        ear = Ear(
            store.units,
            self._own,
            partners,
            lambda _name, items, cursor: home.hear(self._connection, items, cursor),
            OFFICER,
            office_now,
        )
        return sum(ear.take(place).settled.sent for place in ear.answers(self._stick))

    def _online(self, store: Store, longest_s: float) -> None:
        """The line works for a while, or until nothing waits."""
        end = time.monotonic() + longest_s
        worker = SyncWorker(
            store.units,
            store.vault,
            Routes((self._connection,)),
            UNIT,
            owner="bench",
            make_circuit=lambda: LineUntil(end),
        )
        try:
            while time.monotonic() < end and self._waiting(store):
                worker.once()
                time.sleep(0.2)
        finally:
            worker.close()

    def _waiting(self, store: Store) -> int:
        with store.reads() as look:
            counts = look.jobs.counts(Wing.SYNC)
        return sum(counts[state] for state in (JobState.WAITING, JobState.LEASED, JobState.REJECTED))
