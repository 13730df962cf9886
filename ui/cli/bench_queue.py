"""`motcua bench queue`: several kiosks issue numbers; none may be doubled, left out or lost, whoever is killed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import func, select

from kiosk.storage import Store, open_store
from kiosk.storage.models import JobRow, TicketRow, table_of
from ui.cli.bench_floor import Floor, floor
from ui.cli.bench_posts import Post, Posts, acknowledged
from ui.cli.bench_store import Times, Which, busy, fresh_office
from ui.cli.console import show, tell

T, J = table_of(TicketRow), table_of(JobRow)


@dataclass(frozen=True)
class Load:
    """processes: kiosks at once; tickets: together, at least; per_second: together, on the average, 0 for as fast as
    they can; kill_every_s: how often one of them is killed, 0 for never."""

    processes: int
    tickets: int
    per_second: float
    kill_every_s: float
    seed: int


@dataclass(frozen=True)
class Found:
    """What was wrong with the store afterwards. lost: acknowledged, and not there; gaps: numbers that nobody has;
    unheard: there, and not acknowledged (one for each kill at most); no_event, no_job: tickets without theirs."""

    issued: int
    duplicates: int
    gaps: int
    lost: int
    unheard: int
    no_event: int
    no_job: int
    chain_broken_at: int | None

    def is_right(self, kills: int) -> bool:
        wrong = self.duplicates or self.gaps or self.lost or self.no_event or self.no_job
        return not wrong and self.unheard <= kills and self.chain_broken_at is None


@dataclass(frozen=True)
class Figures:
    """What was measured; times of one issue, from the touch to the durable commit."""

    seconds: float
    per_second: float
    times: Times
    kills: int
    found: Found
    floor: Floor
    load_average: float

    @property
    def ok(self) -> bool:
        return self.found.is_right(self.kills)


def register(app: typer.Typer) -> None:
    app.command("queue")(queue)


def queue(
    processes: Annotated[
        int, typer.Option("--processes", "--stations", min=1, max=40, help="Số ki-ốt cùng lấy số.")
    ] = 8,
    tickets: Annotated[int, typer.Option("--tickets", "--issues", min=1, help="Tổng số vé.")] = 20_000,
    engine: Annotated[Which, typer.Option(help="Kho dữ liệu cần đo.")] = Which.SQLITE,
    url: Annotated[str, typer.Option(help="Cơ sở dữ liệu PostgreSQL trống; bỏ qua thì tự dựng một máy chủ tạm.")] = "",
    per_second: Annotated[
        float, typer.Option(min=0, help="Cả sảnh lấy trung bình bao nhiêu số mỗi giây; 0 là nhanh hết mức.")
    ] = 0,
    kill_every: Annotated[
        float, typer.Option(min=0, help="Cứ bấy nhiêu giây lại tắt ngang (kill -9) một ki-ốt; 0 là không tắt.")
    ] = 0,
    seed: Annotated[int, typer.Option(help="Hạt giống ngẫu nhiên.")] = 1,
) -> None:
    """Đo việc lấy số: số trùng, số sót, số mất, tốc độ, độ trễ."""
    load = Load(processes, tickets, per_second, kill_every, seed)
    figures = {which.value: measured(which, load, url) for which in engine.engines}
    ok = all(f.ok for f in figures.values())
    show(
        {**asdict(load), "engines": {name: asdict(f) for name, f in figures.items()}, "ok": ok},
        "\n".join(_line(name, f) for name, f in figures.items()),
    )
    if not ok:
        raise typer.Exit(1)


def measured(which: Which, load: Load, url: str = "") -> Figures:
    """One run on a fresh store. Raises: NoPostgresError, StorageError, WorkerDiedError."""
    tell(f"{which.value}: {load.processes} ki-ốt, {load.tickets} vé …")
    with fresh_office(which, url) as (address, folder):
        open_store(address, folder).close()
        least = floor(which, address, folder)
        pause_s = load.processes / load.per_second if load.per_second else 0.0
        names = (f"kiosk-{n}" for n in range(load.processes))
        posts = Posts([Post(address, folder, name, pause_s) for name in names], load.kill_every_s)
        seconds = posts.run(load.tickets, load.seed)
        load_average = busy()
        with closing(open_store(address, folder)) as store:
            found = examined(store, folder)
        return Figures(
            round(seconds, 2),
            round(found.issued / seconds, 1),
            Times.of([told.seconds for told in acknowledged(folder)]),
            posts.kills,
            found,
            least,
            load_average,
        )


def examined(store: Store, folder: Path) -> Found:
    """The store against what the kiosks were told, ticket by ticket."""
    numbers: dict[tuple[Any, str], set[int]] = {}
    tickets: dict[str, tuple[str, int]] = {}
    for key, day, series, n in _tickets(store):
        numbers.setdefault((day, series), set()).add(n)
        tickets[key] = (series, n)
    told = {a.key: (a.series, a.n) for a in acknowledged(folder)}
    with store.engine.connect() as connection:
        jobs = connection.execute(select(func.count()).select_from(J)).scalar_one()
    return Found(
        issued=len(tickets),
        duplicates=len(tickets) - sum(map(len, numbers.values())),
        gaps=sum(max(given) - len(given) for given in numbers.values()),
        lost=sum(tickets.get(key) != number for key, number in told.items()),
        unheard=len(tickets.keys() - told.keys()),
        no_event=len(_issued_in_log(store) ^ tickets.keys()),
        no_job=abs(jobs - len(tickets)),
        chain_broken_at=store.first_broken(),
    )


def _tickets(store: Store) -> Iterator[Any]:
    with store.engine.connect() as connection:
        rows = connection.execute(select(T.c.key, T.c.business_day, T.c.series, T.c.n))
        for batch in rows.partitions(10_000):
            yield from batch


def _issued_in_log(store: Store) -> set[str]:
    with store.reads() as uow:
        return {event.subject for event in uow.events.all() if event.kind == "ticket.issued"}


def _line(name: str, f: Figures) -> str:
    found = f.found
    wrong = f"SAI: trùng {found.duplicates}, sót {found.gaps}, mất {found.lost}, lệch nhật ký {found.no_event}"
    return (
        f"{name}: {found.issued} vé trong {f.seconds} s ({f.per_second} vé/s), {f.times}, {f.kills} lần tắt ngang; "
        f"{'không trùng, không sót, không mất' if f.ok else wrong}. "
        f"Mức trần của máy: {f.floor.per_second}/s, p99 {f.floor.times.p99_ms} ms; tải máy {f.load_average}"
    )
