"""`motcua bench hall`: a large office at work; how long an act takes, and how soon every screen of the hall knows."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import pairwise
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Annotated, Any

import typer

from kiosk.storage import Store, open_store
from ui.cli.bench_hall_parts import KIOSKS, Day, Part, counter, earlier, kiosk, office_of, screen, together
from ui.cli.bench_posts import WorkerDiedError
from ui.cli.bench_store import Times, Which, busy, fresh_office, processes
from ui.cli.console import show, tell

EACH = 15  # screens or counters of one process, each a thread
DRAIN_S, PATIENCE_S = 120.0, 180.0
GOAL_COMMAND_MS, GOAL_DISPLAY_MS = 50.0, 200.0


@dataclass(frozen=True)
class Figures:
    """commands: press to commit; to_display: from the press to a screen that has read the call, over all screens.

    missed: calls that some screen did not read, or read twice; out_of_order: read before an earlier one.
    """

    commands: Times
    to_display: Times
    calls: int
    seen: int
    missed: int
    out_of_order: int
    seconds: float
    load_average: float

    @property
    def ok(self) -> bool:
        return not (self.missed or self.out_of_order) and self.calls > 0

    @property
    def within_goals(self) -> bool:
        return self.commands.p99_ms <= GOAL_COMMAND_MS and self.to_display.p99_ms <= GOAL_DISPLAY_MS


def register(app: typer.Typer) -> None:
    app.command("hall")(hall)


def hall(
    displays: Annotated[int, typer.Option(min=1, max=200, help="Số màn hình phòng chờ.")] = 60,
    counters: Annotated[int, typer.Option(min=1, max=90, help="Số quầy.")] = 40,
    tickets: Annotated[int, typer.Option(min=1, help="Số vé của cả ngày.")] = 5_000,
    measured: Annotated[int, typer.Option(min=1, help="Số vé cuối ngày được đo.")] = 300,
    per_second: Annotated[float, typer.Option(min=0.01, help="Số vé mỗi giây trong lúc đo.")] = 1.0,
    engine: Annotated[Which, typer.Option(help="Kho dữ liệu cần đo.")] = Which.POSTGRESQL,
    url: Annotated[str, typer.Option(help="Cơ sở dữ liệu PostgreSQL trống; bỏ qua thì tự dựng một máy chủ tạm.")] = "",
    seed: Annotated[int, typer.Option(help="Hạt giống ngẫu nhiên.")] = 1,
) -> None:
    """Đo một sảnh lớn: thời gian mỗi lệnh, và từ lúc gọi đến lúc màn hình có tin."""
    day = Day(displays, counters, tickets, min(measured, tickets), per_second, seed)
    figures = {which.value: one_day(which, day, url) for which in engine.engines}
    ok = all(f.ok for f in figures.values())
    engines = {name: asdict(f) | {"within_goals": f.within_goals} for name, f in figures.items()}
    show(
        {**asdict(day), "engines": engines, "ok": ok},
        "\n".join(_line(name, f) for name, f in figures.items()),
    )
    if not ok:
        raise typer.Exit(1)


def one_day(which: Which, day: Day, url: str = "") -> Figures:
    """Raises: NoPostgresError, StorageError, WorkerDiedError."""
    tell(f"{which.value}: {day.displays} màn hình, {day.counters} quầy, {day.tickets} vé …")
    with fresh_office(which, url) as (address, folder):
        facts = office_of(day.counters)
        with closing(open_store(address, folder)) as store:
            for n in range(day.tickets - day.measured):
                earlier(store, facts, n)
        began = time.monotonic()
        _run(address, folder, day)
        return figures_of(folder, time.monotonic() - began)


def _run(address: str, folder: Path, day: Day) -> None:
    """Screens first, then counters, then kiosks until the last number; then the line is served to its end."""
    context = processes()
    running: list[BaseProcess] = []

    def start(part: Part, names: Sequence[int]) -> None:
        for at in range(0, len(names), EACH):
            args = (part, address, folder, day, names[at : at + EACH])
            running.append(context.Process(target=together, args=args))
            running[-1].start()

    try:
        start(screen, range(day.displays))
        start(counter, range(1, day.counters + 1))
        parts = day.displays + day.counters
        _until(lambda: len(list(folder.glob("*.ready"))) == parts, running, PATIENCE_S)
        start(kiosk, range(KIOSKS))
        _until(lambda: len(list(folder.glob("kiosk-*.told"))) == KIOSKS, running, PATIENCE_S + day.measured * 10)
        with closing(open_store(address, folder)) as store:
            _until(lambda: _is_served(store), running, DRAIN_S + 10 * day.service_s)
        time.sleep(2)  # the last call on its way to the screens
        (folder / "stop").touch()
        for process in running:
            process.join(PATIENCE_S)
    finally:
        for process in running:
            process.kill()
            process.join()


def _until(is_done: Callable[[], bool], running: Sequence[BaseProcess], patience_s: float) -> None:
    ends = time.monotonic() + patience_s
    while not is_done():
        if died := [p.exitcode for p in running if p.exitcode]:
            raise WorkerDiedError(code=died[0])
        if time.monotonic() > ends:
            raise WorkerDiedError(code=0)
        time.sleep(0.2)


def _is_served(store: Store) -> bool:
    with store.reads() as look:
        day = look.tickets.last_day()
        return day is not None and not look.tickets.waiting(day)


def figures_of(folder: Path, seconds: float) -> Figures:
    commands = [tuple(one) for kind in ("counter", "kiosk") for part in _told(folder, kind) for one in part]
    called = {label: began for command, label, began, _took in commands if command == "call"}
    screens = _told(folder, "screen")
    return Figures(
        commands=Times.of([took for *_rest, took in commands]),
        to_display=Times.of([now - called[label] for seen in screens for label, now in seen if label in called]),
        calls=len(called),
        seen=sum(map(len, screens)),
        missed=sum(len(called.keys() ^ {label for label, _now in seen}) for seen in screens)
        + sum(len(seen) - len({label for label, _now in seen}) for seen in screens),
        out_of_order=_disorder(screens),
        seconds=round(seconds, 1),
        load_average=busy(),
    )


def _disorder(screens: Sequence[Sequence[Any]]) -> int:
    """How often a screen read two calls the other way round than the first screen did: all read one log."""
    place = {label: n for n, (label, _now) in enumerate(screens[0])}
    orders = [[place[label] for label, _now in seen if label in place] for seen in screens]
    return sum(later < earlier for order in orders for earlier, later in pairwise(order))


def _told(folder: Path, kind: str) -> list[Any]:
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob(f"{kind}-*.told"))]


def _line(name: str, f: Figures) -> str:
    return (
        f"{name}: {f.calls} lần gọi; mỗi lệnh: {f.commands}; từ lúc bấm gọi đến màn hình: {f.to_display}; "
        f"{'mọi màn hình đều có đủ, đúng thứ tự' if f.ok else f'SAI: sót {f.missed}, sai thứ tự {f.out_of_order}'}; "
        f"{'đạt' if f.within_goals else 'CHƯA đạt'} mục tiêu {GOAL_COMMAND_MS:g} ms và {GOAL_DISPLAY_MS:g} ms; "
        f"tải máy {f.load_average}"
    )
