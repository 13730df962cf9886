"""`motcua bench queue`: several processes issue tickets as fast as they can; nothing may be doubled or left out."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from multiprocessing.process import BaseProcess
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from queue import Empty
from threading import BrokenBarrierError
from typing import Annotated

import typer

from kiosk.clock import office_now
from kiosk.domain.event import Actor
from kiosk.domain.office import Office, PriorityClass, ServiceGroup
from kiosk.errors import KioskError
from kiosk.services.queueing import issue_ticket
from kiosk.storage import Store, open_store
from kiosk.storage.private_cluster import PrivateCluster
from ui.cli.console import show, tell

OFFICE = Office(
    "Xã Mẫu", "UBND", "", "", "",
    groups=(ServiceGroup("ho-tich", "Hộ tịch", "A"), ServiceGroup("chung-thuc", "Chứng thực", "B")),
    priorities=(PriorityClass("cao-tuoi", "Người cao tuổi", 20),),
)  # fmt: skip
PATIENCE_S = 120  # for all processes to open the store


class WorkerDiedError(KioskError):
    """One of the measured processes ended with a fault; its own words are on stderr. details: code."""

    code = "bench.worker_died"


class Which(StrEnum):
    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"
    BOTH = "both"


@dataclass(frozen=True)
class Load:
    """processes: at once; tickets: together; pause_ms: mean pause of one process between two tickets."""

    processes: int
    tickets: int
    pause_ms: float


@dataclass(frozen=True)
class Figures:
    """What was measured; milliseconds of one issue, from the touch to the durable commit."""

    issued: int
    seconds: float
    per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    max_ms: float
    duplicates: int
    gaps: int
    not_in_log: int
    chain_broken_at: int | None

    @property
    def ok(self) -> bool:
        return not (self.duplicates or self.gaps or self.not_in_log) and self.chain_broken_at is None


def register(app: typer.Typer) -> None:
    app.command("queue")(queue)


def queue(
    processes: Annotated[int, typer.Option(min=1, max=40, help="Số tiến trình cùng lấy số.")] = 8,
    tickets: Annotated[int, typer.Option(min=1, help="Tổng số vé.")] = 20_000,
    engine: Annotated[Which, typer.Option(help="Kho dữ liệu cần đo.")] = Which.SQLITE,
    url: Annotated[str, typer.Option(help="Cơ sở dữ liệu PostgreSQL trống; bỏ qua thì tự dựng một máy chủ tạm.")] = "",
    pause_ms: Annotated[float, typer.Option(min=0, help="Nghỉ trung bình giữa hai lần lấy số của một tiến trình.")] = 0,
) -> None:
    """Đo việc lấy số: số trùng, số sót, tốc độ, độ trễ."""
    load = Load(processes, tickets, pause_ms)
    chosen = [Which.SQLITE, Which.POSTGRESQL] if engine is Which.BOTH else [engine]
    figures = {which.value: measured(which, load, url) for which in chosen}
    ok = all(f.ok for f in figures.values())
    show(
        {**asdict(load), "engines": {name: asdict(f) for name, f in figures.items()}, "ok": ok},
        "\n".join(_line(name, f) for name, f in figures.items()),
    )
    if not ok:
        raise typer.Exit(1)


def measured(which: Which, load: Load, url: str = "") -> Figures:
    """One run on a fresh store. Raises: NoPostgresError, StorageError."""
    tell(f"{which.value}: {load.processes} tiến trình, {load.tickets} vé …")
    folder = Path(tempfile.mkdtemp(prefix="motcua-bench-"))
    try:
        with _address(which, folder, url) as address:
            open_store(address, folder).close()
            seconds, times = _run(address, folder, load)
            store = open_store(address, folder)
            try:
                return _examined(store, seconds, times)
            finally:
                store.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _address(which: Which, folder: Path, url: str) -> Iterator[str]:
    if which is Which.SQLITE:
        yield str(folder / "office.db")
    elif url:
        yield url
    else:
        with PrivateCluster() as cluster:
            yield cluster.new_database()


def _run(address: str, folder: Path, load: Load) -> tuple[float, list[float]]:
    """Wall seconds from the common start to the last commit, and the seconds of every issue."""
    context = multiprocessing.get_context("spawn")
    start: Barrier = context.Barrier(load.processes + 1)
    answers: Queue[list[float]] = context.Queue()
    shares = [load.tickets // load.processes + (n < load.tickets % load.processes) for n in range(load.processes)]
    workers = [
        context.Process(target=_issue, args=(address, folder, f"kiosk-{n}", share, load.pause_ms, start, answers))
        for n, share in enumerate(shares)
    ]
    for worker in workers:
        worker.start()
    try:
        start.wait(PATIENCE_S)
        began = time.perf_counter()
        times = [t for _ in workers for t in _next_answer(answers, workers)]
        return time.perf_counter() - began, times
    except BrokenBarrierError:
        raise WorkerDiedError(code=next((w.exitcode for w in workers if w.exitcode), 0)) from None
    finally:
        for worker in workers:
            worker.join(1)
            worker.kill()


def _next_answer(answers: Queue[list[float]], workers: Sequence[BaseProcess]) -> list[float]:
    """Raises: WorkerDiedError as soon as one is dead, rather than waiting for what it will never say."""
    while True:
        try:
            return answers.get(timeout=1)
        except Empty:
            if died := [w.exitcode for w in workers if w.exitcode]:
                raise WorkerDiedError(code=died[0]) from None


def _issue(
    address: str, folder: Path, name: str, count: int, pause_ms: float, start: Barrier, answers: Queue[list[float]]
) -> None:
    """One kiosk: a process of its own."""
    store, chance, times = open_store(address, folder), random.Random(name), []
    start.wait(PATIENCE_S)
    for n in range(count):
        if pause_ms:
            time.sleep(chance.expovariate(1000 / pause_ms))
        group = OFFICE.groups[n % 2].code
        began = time.perf_counter()
        issue_ticket(store.units(), OFFICE, group, actor=Actor("", name), now=office_now(), touch=f"{name}/{n}")
        times.append(time.perf_counter() - began)
    store.close()
    answers.put(times)


def _examined(store: Store, seconds: float, times: list[float]) -> Figures:
    """Numbers are checked against the counter rows' last number and against the log."""
    with store.reads() as uow:
        logged = [(e.at.date(), e.data["series"], e.data["n"]) for e in uow.events.all() if e.kind == "ticket.issued"]
        tickets = [t for day in sorted({day for day, _, _ in logged}) for t in uow.tickets.of_day(day)]
    numbers = Counter((t.business_day, t.series, t.n) for t in tickets)
    lines: dict[tuple[object, str], list[int]] = {}
    for day, series, n in numbers:
        lines.setdefault((day, series), []).append(n)
    ordered = sorted(times)
    return Figures(
        issued=len(tickets),
        seconds=round(seconds, 2),
        per_second=round(len(tickets) / seconds, 1),
        p50_ms=_at(ordered, 0.50),
        p95_ms=_at(ordered, 0.95),
        p99_ms=_at(ordered, 0.99),
        max_ms=_at(ordered, 1.0),
        duplicates=sum(numbers.values()) - len(numbers),
        gaps=sum(max(line) - len(line) for line in lines.values()),
        not_in_log=len(set(numbers) ^ set(logged)) + abs(len(logged) - len(times)),
        chain_broken_at=store.first_broken(),
    )


def _at(ordered: list[float], share: float) -> float:
    """A quantile in milliseconds."""
    return round(ordered[min(int(share * len(ordered)), len(ordered) - 1)] * 1000, 2)


def _line(name: str, f: Figures) -> str:
    verdict = (
        "không trùng, không sót" if f.ok else f"SAI: trùng {f.duplicates}, sót {f.gaps}, lệch nhật ký {f.not_in_log}"
    )
    return (
        f"{name}: {f.issued} vé trong {f.seconds} s ({f.per_second} vé/s), "
        f"p50 {f.p50_ms} ms, p95 {f.p95_ms} ms, p99 {f.p99_ms} ms, lâu nhất {f.max_ms} ms; {verdict}"
    )
