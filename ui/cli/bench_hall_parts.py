"""The parts of `motcua bench hall`: screens, counters and kiosks, each a thread in a process of several."""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kiosk.clock import office_now
from kiosk.config import Config
from kiosk.domain.event import Actor
from kiosk.domain.office import Counter, Office
from kiosk.domain.ticket import QueueEmptyError
from kiosk.services import queueing
from kiosk.storage import Store, open_store
from ui.app import OpenedOffice, Paths
from ui.cli.bench_store import OFFICE
from ui.display.office import LiveDisplay
from ui.display.presenter import LINES_EACH, Call

KIOSKS = 3
BUSY = 0.75  # share of their time that the counters serve
WALK_S, EMPTY_S = 1.0, 1.0
STANDS_BACK = 10  # of nice(2)


@dataclass(frozen=True)
class Day:
    """tickets: of the whole day; measured: the last ones, while somebody looks; per_second: issued, then called."""

    displays: int
    counters: int
    tickets: int
    measured: int
    per_second: float
    seed: int

    @property
    def service_s(self) -> float:
        return max(self.counters * BUSY / self.per_second - WALK_S, 0.1)


Part = Callable[[Store, Path, Day, int], list[Any]]


def office_of(counters: int) -> Office:
    return replace(OFFICE, counters=tuple(Counter(str(n), f"Quầy {n}") for n in range(1, counters + 1)))


def earlier(store: Store, facts: Office, n: int) -> None:
    """A ticket that was over before anybody looked."""
    _issue(store, facts, f"earlier/{n}", n)
    actor = Actor("cb1", "ban-1", "1")
    ticket = queueing.call_next(store.units(), facts, "1", actor=actor, now=office_now())
    queueing.finish(store.units(), ticket.key, actor=actor, now=office_now())


def _issue(store: Store, facts: Office, touch: str, n: int) -> None:
    group, actor = facts.groups[n % len(facts.groups)].code, Actor("", "kiosk")
    queueing.issue_ticket(store.units(), facts, group, actor=actor, now=office_now(), touch=touch)


def together(part: Part, address: str, folder: Path, day: Day, names: Sequence[int]) -> None:
    """Several parts of the hall in one process, each with connections of its own as on a machine of its own; what each
    of them saw goes to a file of its own. Screens stand back: what they compute, no office's PC computes."""
    if part is screen and hasattr(os, "nice"):
        os.nice(STANDS_BACK)

    def play(n: int) -> None:
        with closing(open_store(address, folder)) as store:
            told = part(store, folder, day, n)
        draft = folder / f"{part.__name__}-{n}.part"
        draft.write_text(json.dumps(told), encoding="utf-8")
        draft.rename(draft.with_suffix(".told"))

    threads = [threading.Thread(target=play, args=(n,)) for n in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def screen(store: Store, folder: Path, day: Day, n: int) -> list[Any]:
    """As a screen: wait on the feed, read the gap, then how long the lines are. [number, moment] of each call."""
    lines_at = 0.0
    door, seen = LiveDisplay(OpenedOffice(Paths(folder), Config(), office_of(day.counters), store)), []
    after = door.board().seq
    (folder / f"screen-{n}.ready").touch()
    while not (folder / "stop").exists():
        reached = store.feed.wait(after, 1.0)
        while after < reached:
            news = door.after(after)
            now = time.monotonic()
            seen += [(item.label, now) for item in news.items if isinstance(item, Call)]
            after = news.upto if news.more else max(news.upto, reached)
        if time.monotonic() - lines_at >= LINES_EACH.total_seconds():
            lines_at = time.monotonic()
            door.waiting()
    return seen


def counter(store: Store, folder: Path, day: Day, n: int) -> list[Any]:
    """An officer: call, meet, serve, finish. [command, number, moment of the press, seconds] of each command."""
    chance, facts, code, told = random.Random(f"{day.seed}/{n}"), office_of(day.counters), str(n), []
    actor = Actor(f"cb{n}", f"ban-{n}", code)

    def press(command: str, act: Callable[..., Any], *args: Any) -> Any:
        began = time.monotonic()
        ticket = act(store.units(), *args, actor=actor, now=office_now())
        told.append((command, ticket.label, began, time.monotonic() - began))
        return ticket

    (folder / f"counter-{n}.ready").touch()
    while not (folder / "stop").exists():
        try:
            ticket = press("call", queueing.call_next, facts, code)
        except QueueEmptyError:
            time.sleep(chance.uniform(0, 2 * EMPTY_S))
            continue
        time.sleep(chance.uniform(0, 2 * WALK_S))
        press("serve", queueing.serve, ticket.key)
        time.sleep(min(chance.expovariate(1 / day.service_s), 4 * day.service_s))
        press("finish", queueing.finish, ticket.key)
    return told


def kiosk(store: Store, folder: Path, day: Day, n: int) -> list[Any]:  # noqa: ARG001 -- a Part
    chance, facts, told = random.Random(f"{day.seed}/kiosk/{n}"), office_of(day.counters), []
    for turn in range(day.measured // KIOSKS + (n < day.measured % KIOSKS)):
        time.sleep(chance.expovariate(day.per_second / KIOSKS))
        began = time.monotonic()
        _issue(store, facts, f"kiosk-{n}/{turn}", turn)
        told.append(("issue", "", began, time.monotonic() - began))
    return told
