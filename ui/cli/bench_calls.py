"""`motcua bench calls`: many officers press at once, each a process; no number may be at two counters."""

from __future__ import annotations

import random
import time
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from queue import Empty
from typing import Annotated

import typer

from kiosk.clock import office_now
from kiosk.domain.event import Actor
from kiosk.domain.holding import double_calls
from kiosk.domain.office import Counter, Office
from kiosk.domain.ticket import CounterBusyError, IllegalTicketActError, Place, QueueEmptyError, TicketState
from kiosk.errors import KioskError, RuleError, StaleError
from kiosk.services import moving, queueing
from kiosk.services.ports import UnitOfWork
from kiosk.services.queue_day import queue_day
from kiosk.storage import Store, open_store
from kiosk.storage.errors import BusyStoreError
from ui.cli.bench_store import OFFICE, Times, Which, busy, fresh_office, processes
from ui.cli.console import show, tell

START_S, LOOK_S = 120, 5  # until all processes have opened the store; between looks at who still works
SEEDED, STOCK = 200, 40  # numbers given before the start; each officer keeps the line filled
# What officers do, as often as it stands here; most presses go to the number at their own counter.
PRESSES = (
    *("call", "call", "call", "call", "finish", "finish", "finish", "serve", "serve", "recall", "miss"),
    *("park", "call-back", "call-back", "transfer", "undo", "steal"),
)
DOUBLES = ("call", "steal")  # presses that would give a counter two numbers, or a number two counters


class OfficerLostError(KioskError):
    """A process of the bench ended before its time."""

    code = "bench.officer_lost"


@dataclass(frozen=True)
class Share:
    """What one officer did. doubles_refused: calls of a number, or to a counter, that was taken; times: seconds of
    each successful call."""

    done: int
    refused: int
    doubles_refused: int
    times: list[float]


@dataclass(frozen=True)
class CallFigures:
    """refused: by the rules, as they should be, among them the calls that would have been double ones."""

    commands: int
    refused: int
    doubles_refused: int
    calls: int
    seconds: float
    per_second: float
    times: Times
    double_calls: int
    two_at_a_counter: int
    chain_broken_at: int | None
    load_average: float

    @property
    def ok(self) -> bool:
        return not (self.double_calls or self.two_at_a_counter) and self.chain_broken_at is None


def register(app: typer.Typer) -> None:
    app.command("calls")(calls)


def calls(
    officers: Annotated[int, typer.Option(min=2, max=40, help="Số cán bộ, mỗi người một tiến trình.")] = 12,
    commands: Annotated[int, typer.Option(min=10, help="Tổng số lệnh ngẫu nhiên.")] = 20_000,
    engine: Annotated[Which, typer.Option(help="Kho dữ liệu cần đo.")] = Which.BOTH,
    url: Annotated[str, typer.Option(help="Cơ sở dữ liệu PostgreSQL trống; bỏ qua thì tự dựng một máy chủ tạm.")] = "",
    seed: Annotated[int, typer.Option(help="Hạt giống ngẫu nhiên.")] = 1,
) -> None:
    """Đo việc gọi số: nhiều cán bộ bấm ngẫu nhiên cùng lúc; không số nào được ở hai quầy."""
    figures = {which.value: measured(which, officers, commands, seed, url) for which in engine.engines}
    ok = all(f.ok for f in figures.values())
    show(
        {
            "officers": officers,
            "commands": commands,
            "engines": {name: asdict(f) for name, f in figures.items()},
            "ok": ok,
        },
        "\n".join(_line(name, f) for name, f in figures.items()),
    )
    if not ok:
        raise typer.Exit(1)


def measured(which: Which, officers: int, commands: int, seed: int, url: str = "") -> CallFigures:
    """One run on a fresh store. Raises: NoPostgresError, StorageError."""
    tell(f"{which.value}: {officers} cán bộ, {commands} lệnh …")
    with fresh_office(which, url) as (address, folder):
        facts = office_of(officers)
        with closing(open_store(address, folder)) as store:
            for n in range(SEEDED):
                _issue(store, facts, f"seed/{n}", n)
        seconds, shares = _run(address, folder, officers, commands, seed)
        with closing(open_store(address, folder)) as store:
            return _examined(store, seconds, shares)


def office_of(officers: int) -> Office:
    """A counter for each officer; every third serves one line only."""
    lines = [(g.code,) for g in OFFICE.groups]
    counters = (Counter(str(n), f"Quầy {n}", lines[n % 2] if n % 3 == 0 else ()) for n in range(1, officers + 1))
    return replace(OFFICE, counters=tuple(counters))


def _issue(store: Store, facts: Office, touch: str, n: int) -> None:
    group, who = facts.groups[n % 2].code, facts.priorities[0].code if n % 5 == 0 else ""
    actor = Actor("", "kiosk-1")
    queueing.issue_ticket(store.units(), facts, group, actor=actor, now=office_now(), touch=touch, priority=who)


def _run(address: str, folder: Path, officers: int, commands: int, seed: int) -> tuple[float, list[Share]]:
    context = processes()
    start: Barrier = context.Barrier(officers + 1)
    answers: Queue[Share] = context.Queue()
    shares = [commands // officers + (n < commands % officers) for n in range(officers)]
    workers = [
        context.Process(target=_officer, args=(address, folder, n + 1, officers, share, seed, start, answers))
        for n, share in enumerate(shares)
    ]
    for worker in workers:
        worker.start()
    try:
        start.wait(START_S)
        began = time.perf_counter()
        got: list[Share] = []
        while len(got) < officers:
            try:
                got.append(answers.get(timeout=LOOK_S))
            except Empty:
                if any(worker.exitcode for worker in workers):
                    raise OfficerLostError from None
        return time.perf_counter() - began, got
    finally:
        for worker in workers:
            worker.join(LOOK_S)
            worker.kill()


def _officer(
    address: str,
    folder: Path,
    place: int,
    officers: int,
    count: int,
    seed: int,
    start: Barrier,
    answers: Queue[Share],
) -> None:
    """One officer: a process of its own."""
    store, facts, chance = open_store(address, folder), office_of(officers), random.Random(seed * 1000 + place)
    start.wait(START_S)
    refused, doubles, times = 0, 0, []
    for n in range(count):
        press = chance.choice(PRESSES)
        began = time.perf_counter()
        try:
            called = _press(store, facts, str(place), press, chance, f"{place}/{n}")
            if called:
                times.append(time.perf_counter() - began)
        except (RuleError, StaleError, BusyStoreError) as wrong:
            refused += 1
            doubles += press in DOUBLES and isinstance(wrong, CounterBusyError | IllegalTicketActError)
    store.close()
    answers.put(Share(count, refused, doubles, times))


def _press(store: Store, facts: Office, counter: str, press: str, chance: random.Random, name: str) -> bool:
    """True when somebody was called to the counter by the order rule."""
    actor, now, units = Actor(f"cb{counter}", f"ban-{counter}", counter), office_now(), store.units
    if press == "call":
        try:
            queueing.call_next(units(), facts, counter, actor=actor, now=now, command=name)
        except QueueEmptyError:
            for n in range(STOCK):
                _issue(store, facts, f"{name}/{n}", n)
            return False
        return True
    if press == "undo":
        moving.undo_last(units(), counter, actor=actor, now=now)
        return False
    with store.reads() as look:
        key = _target(look, counter, press, chance)
    if key is None:
        return False
    if press in ("call-back", "steal"):
        queueing.call_ticket(units(), facts, key, counter, actor=actor, now=now)
    elif press == "transfer":
        group, place = chance.choice(facts.groups).code, chance.choice(tuple(Place))
        moving.transfer(units(), facts, key, group=group, place=place, actor=actor, now=now)
    else:
        getattr(queueing, press)(units(), key, actor=actor, now=now)
    return False


def _target(look: UnitOfWork, counter: str, press: str, chance: random.Random) -> str | None:
    """The number that a press is about: a parked one, one at another counter, or the officer's own."""
    day = queue_day(look, office_now())
    if press == "call-back":
        found = look.tickets.of_day(day, (TicketState.PARKED,))
    elif press == "steal":
        found = look.tickets.of_day(day, (TicketState.CALLED, TicketState.SERVING))
    else:
        own = look.tickets.active_at(counter)
        found = [own] if own is not None else []
    return chance.choice(found).key if found else None


def _examined(store: Store, seconds: float, shares: list[Share]) -> CallFigures:
    with store.reads() as uow:
        doubles = double_calls(uow.events.all())
        made = sum(e.kind == "ticket.called" for e in uow.events.all())
        last = uow.tickets.last_day()
        active = [t.counter for t in uow.tickets.of_day(last) if t.state.is_active] if last else []
    done = sum(share.done for share in shares)
    return CallFigures(
        commands=done,
        refused=sum(share.refused for share in shares),
        doubles_refused=sum(share.doubles_refused for share in shares),
        calls=made,
        seconds=round(seconds, 2),
        per_second=round(done / seconds, 1),
        times=Times.of([t for share in shares for t in share.times]),
        double_calls=doubles,
        two_at_a_counter=len(active) - len(set(active)),
        chain_broken_at=store.first_broken(),
        load_average=busy(),
    )


def _line(name: str, f: CallFigures) -> str:
    verdict = (
        "không số nào gọi hai lần" if f.ok else f"SAI: gọi trùng {f.double_calls}, quầy hai số {f.two_at_a_counter}"
    )
    return (
        f"{name}: {f.commands} lệnh ({f.refused} bị từ chối đúng luật, {f.doubles_refused} vì gọi trùng), "
        f"{f.calls} lần gọi trong {f.seconds} s, "
        f"{f.times}; {verdict}"
    )
