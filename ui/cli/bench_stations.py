"""`motcua bench stations`: kiosks that number by themselves, killed at random, as is the server; all must add up."""

from __future__ import annotations

import multiprocessing
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Annotated

import typer

from kiosk.clock import office_now
from kiosk.domain.event import Actor
from kiosk.domain.membership import Membership
from kiosk.domain.station import StationKind
from kiosk.errors import KioskError
from kiosk.services.pushing import gap
from kiosk.services.stations import enrol
from kiosk.storage import Store, open_local
from kiosk.storage.private_cluster import PrivateCluster
from ui.app import OpenedOffice, keep_membership, open_kiosk, open_office
from ui.cli.bench_stations_report import Figures, examined
from ui.cli.console import show, tell

HERE = "bench"  # the machine's mark of every kiosk
BOSS = Actor("bench", "bench")
PATIENCE_S = 120.0
LINE = "ho-tich"


class BenchStuckError(KioskError):
    """A kiosk of the measurement did not tell the office everything in two minutes. details: name."""

    code = "bench.stuck"


def register(bench: typer.Typer) -> None:
    bench.command("stations")(stations)


def stations(
    kiosks: Annotated[int, typer.Option("--kiosks", min=1, max=12, help="Số máy lấy số.")] = 3,
    kills: Annotated[int, typer.Option("--kills", min=1, help="Số lần tắt ngang máy lấy số hoặc máy chủ.")] = 20,
    seed: Annotated[int, typer.Option("--seed", help="Hạt giống ngẫu nhiên.")] = 1,
) -> None:
    """Tắt ngang máy lấy số và máy chủ vào lúc bất kỳ; rồi đếm số trùng, số sót, thứ tự."""
    figures = run_stations(kiosks, kills, seed)
    verdict = "Không trùng, không sót." if figures.ok else "SAI."
    show(
        {"kiosks": kiosks, "kills": kills, "seed": seed, **asdict(figures), "ok": figures.ok},
        f"{verdict} {figures.tickets} số; tắt ngang máy lấy số {figures.kiosk_kills}, máy chủ {figures.server_kills}; "
        f"trùng {figures.duplicate_labels}, sót {figures.lost}, vào hai lần {figures.admitted_twice}; "
        f"lấy số p99 {figures.issue_p99_ms} ms.",
    )
    if not figures.ok:
        raise typer.Exit(1)


def run_stations(kiosks: int, kills: int, seed: int) -> Figures:
    """Raises: NoPostgresError, StorageError, BenchStuckError."""
    with tempfile.TemporaryDirectory(prefix="motcua-stations-") as folder, PrivateCluster() as server:
        url = server.new_database()
        hall = Hall(Path(folder), server, random.Random(seed))
        desk = hall.root / "desk"
        desk.mkdir()
        (desk / "config.toml").write_text(f'database = "{url}"\n', encoding="utf-8")
        with open_office(desk) as office:
            for n in range(1, kiosks + 1):
                hall.pair(office, f"kiosk-{n}", url)
        try:
            hall.open()
            for _ in range(kills):
                hall.misfortune()
            hall.finish()
        finally:
            hall.stop()
        with open_office(desk) as office, hall.own_stores() as stores:
            return examined(stores, office.store, hall.kills["kiosk"], hall.kills["server"], hall.times())


@dataclass
class Hall:
    """The kiosks' processes, and the hand that kills."""

    root: Path
    server: PrivateCluster
    chance: random.Random
    kills: Counter[str] = field(default_factory=Counter)
    running: dict[str, BaseProcess] = field(default_factory=dict)

    def pair(self, office: OpenedOffice, name: str, url: str) -> None:
        """A kiosk with a login of its own, which sees the hall's windows only, as after a pairing."""
        from kiosk.storage.roles import make_login, station_url

        own = self.root / name
        own.mkdir()
        station = enrol(
            office.units(), office.facts, name, StationKind.KIOSK, HERE, f"first of {name}",
            actor=BOSS, now=office_now(),
        )  # fmt: skip
        login = station_url(url, name, make_login(url, name, StationKind.KIOSK))
        settings = f'database = "{url}"\n[station]\nkind = "kiosk"\nname = "{name}"\n'
        (own / "config.toml").write_text(settings, encoding="utf-8")
        given = Membership(name, StationKind.KIOSK, station.series, f"first of {name}", login, HERE)
        keep_membership(own, given)
        self.running[name] = self._process(name)

    def open(self) -> None:
        for process in self.running.values():
            process.start()
        deadline = time.monotonic() + PATIENCE_S
        while not all((self.root / f"{name}.times").exists() for name in self.running):
            self._wait(deadline, "")

    def misfortune(self) -> None:
        time.sleep(self.chance.uniform(0.2, 5.0))
        if self.chance.random() < 0.4:
            tell("máy chủ …")
            self.server.kill()
            self.kills["server"] += 1
            time.sleep(self.chance.uniform(0.1, 4.0))
            self.server.start_again()
            return
        name = self.chance.choice(sorted(self.running))
        tell(f"{name} …")
        self.running[name].kill()
        self.running[name].join()
        self.kills["kiosk"] += 1
        self.running[name] = self._process(name)
        self.running[name].start()

    def finish(self) -> None:
        """No more numbers; each kiosk ends when the office knows everything."""
        (self.root / "enough").touch()
        deadline = time.monotonic() + PATIENCE_S
        for name, process in self.running.items():
            while process.is_alive():
                self._wait(deadline, name)

    def stop(self) -> None:
        for process in self.running.values():
            if process.pid is not None:
                process.kill()
                process.join()

    @contextmanager
    def own_stores(self) -> Iterator[list[Store]]:
        opened = [open_local(self.root / name) for name in self.running]
        try:
            yield opened
        finally:
            for store in opened:
                store.close()

    def times(self) -> list[float]:
        """Seconds from the touch to the number on the screen, as far as the kiosks lived to write them down."""
        lines = [line for f in self.root.glob("*.times") for line in f.read_text("ascii").splitlines()]
        return [float(line) for line in lines if line]

    def _process(self, name: str) -> BaseProcess:
        context = multiprocessing.get_context("spawn")
        return context.Process(target=_kiosk, args=(self.root, name, self.chance.randrange(2**32)), daemon=True)

    @staticmethod
    def _wait(deadline: float, name: str) -> None:
        if time.monotonic() > deadline:
            raise BenchStuckError(name=name)
        time.sleep(0.1)


def _kiosk(root: Path, name: str, seed: int) -> None:
    """One kiosk: a process of its own that is killed at any moment."""
    from ui.logs import set_up_logs
    from ui.ticketing.mark import StoreMark
    from ui.ticketing.own_store import OwnStoreKiosk

    set_up_logs()
    chance, enough = random.Random(seed), root / "enough"
    with open_kiosk(root / name) as office, (root / f"{name}.times").open("a", encoding="ascii", buffering=1) as times:
        kiosk = OwnStoreKiosk(office, machine=HERE, mark=StoreMark(root / f"{name}.mark"))
        kiosk.start()
        while not enough.exists():
            began = time.perf_counter()
            kiosk.door.issue(LINE, "", f"{name}/{chance.random()}")
            times.write(f"{time.perf_counter() - began:.6f}\n")
            time.sleep(chance.uniform(0.05, 0.3))
        while _knows_more(office):
            time.sleep(0.1)
        kiosk.close()


def _knows_more(office: OpenedOffice) -> bool:
    with office.reads() as look:
        return gap(look) is not None
