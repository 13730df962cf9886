"""`motcua bench links`: calls while the hall's screens lose their links at random; each shown, spoken once at most.

Real: PostgreSQL, TCP links that are cut by a relay, the feed, what the screen reads, decides and says. Not real: the
window, the loudspeaker, and the time, which runs faster, for the office, the screens and the cuts alike.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from kiosk.clock import OFFICE_ZONE, business_day
from kiosk.config import Config
from kiosk.domain.event import Actor
from kiosk.domain.office import Counter
from kiosk.domain.ticket import Ticket
from kiosk.services import queueing
from kiosk.storage import Store, open_store
from kiosk.storage.postgres import postgres_url
from ui.app import OpenedOffice, Paths
from ui.cli.bench_screen import Screen
from ui.cli.bench_store import OFFICE, Which, busy, fresh_office
from ui.cli.bench_wire import Cut, Link
from ui.cli.console import show, tell
from ui.display.office import CALLED

COUNTERS = 6
FACTS = replace(OFFICE, counters=tuple(Counter(str(n), f"Quầy {n}") for n in range(1, COUNTERS + 1)))
OPENS = datetime(2026, 11, 23, 7, 30, tzinfo=OFFICE_ZONE)
LONGEST_DAY_S = 50_000  # at midnight a screen forgets what it has not shown
LINKED_S = 90.0  # longest time between two cuts
SETTLE_S = 240.0  # of the screens' time, after the last call
RECALLED, ARRIVED = 0.15, 0.5  # share of presses that call the same number again; of those called who come at once


@dataclass(frozen=True)
class Pace:
    """Seconds of the office's time; speed: how many of them pass in one of the wall's."""

    calls: int
    every_s: float
    cut_s: float
    speed: float


@dataclass(frozen=True)
class ScreenFigures:
    """One screen. called: calls that drew the hall's eyes, the others only stood in the list; never_shown, twice,
    out_of_order, spoken_wrongly (twice, or out of order), overlapping: all must be 0."""

    cuts: int
    cut_s: float
    called: int
    spoken: int
    red_banners: int
    never_shown: int
    twice: int
    out_of_order: int
    spoken_wrongly: int
    overlapping: int

    @property
    def ok(self) -> bool:
        wrong = (self.never_shown, self.twice, self.out_of_order, self.spoken_wrongly, self.overlapping)
        return not any(wrong) and self.called > 0


def register(app: typer.Typer) -> None:
    app.command("links")(links)


def links(
    calls: Annotated[int, typer.Option(min=1, help="Số lần gọi.")] = 10_000,
    displays: Annotated[int, typer.Option(min=1, max=20, help="Số màn hình phòng chờ.")] = 2,
    every: Annotated[float, typer.Option(min=0.1, help="Trung bình mấy giây một lần gọi.")] = 4.0,
    cut: Annotated[float, typer.Option(min=0, help="Mỗi lần đứt mạng dài nhất mấy giây.")] = 60.0,
    speed: Annotated[float, typer.Option(min=1, help="Thời gian chạy nhanh gấp mấy lần.")] = 40.0,
    url: Annotated[str, typer.Option(help="Cơ sở dữ liệu PostgreSQL trống; bỏ qua thì tự dựng một máy chủ tạm.")] = "",
    seed: Annotated[int, typer.Option(help="Hạt giống ngẫu nhiên.")] = 1,
) -> None:
    """Cắt mạng màn hình phòng chờ vào lúc bất kỳ: mỗi lần gọi phải hiện, đọc nhiều nhất một lượt, đúng thứ tự."""
    pace = Pace(calls, every, cut, speed)
    if calls * every > LONGEST_DAY_S:
        raise typer.BadParameter(f"số lần gọi × {every:g} giây phải vừa một ngày: nhiều nhất {LONGEST_DAY_S} giây")
    tell(f"{calls} lần gọi, {displays} màn hình …")
    began = time.monotonic()
    made, screens = measured(pace, displays, seed, url)
    ok = made == calls and all(screen.ok for screen in screens)
    show(
        {
            **asdict(pace),
            "made": made,
            "seconds": round(time.monotonic() - began, 1),
            "load_average": busy(),
            "screens": [asdict(screen) for screen in screens],
            "ok": ok,
        },
        "\n".join(_line(made, n, screen) for n, screen in enumerate(screens, 1)),
    )
    if not ok:
        raise typer.Exit(1)


def measured(pace: Pace, displays: int, seed: int, url: str = "") -> tuple[int, list[ScreenFigures]]:
    """How many calls the log holds, and what each screen made of them. Raises: NoPostgresError, StorageError."""
    with fresh_office(Which.POSTGRESQL, url) as (address, folder), closing(open_store(address, folder)) as store:
        clock = Clockwork(pace.speed)
        with _hall(address, folder, clock, pace, displays, seed) as hall:
            _serve(store, clock, pace, random.Random(seed))
            for wire in hall:
                wire.end()
            _settle(store, hall, pace)
        made = _calls(store)
        return len(made), [wire.figures(made) for wire in hall]


class Clockwork:
    """The time of the office and its screens: from an opening on, `speed` times as fast as the wall's."""

    def __init__(self, speed: float) -> None:
        self._began, self._speed = time.monotonic(), speed

    def __call__(self) -> datetime:
        return OPENS + timedelta(seconds=(time.monotonic() - self._began) * self._speed)


class _Wire:
    """One screen behind a link of its own that somebody keeps cutting."""

    def __init__(self, address: str, folder: Path, clock: Clockwork, pace: Pace, seed: str) -> None:
        url = postgres_url(address)
        self._link = Link((url.host or "127.0.0.1", url.port or 5432))
        through = url.set(host="127.0.0.1", port=self._link.port, drivername="postgresql")
        self._store = open_store(through.render_as_string(hide_password=False), folder)
        self.screen = Screen(OpenedOffice(Paths(folder), Config(), FACTS, self._store), clock, pace.speed)
        self._pace, self._chance, self._over = pace, random.Random(seed), threading.Event()
        self._cutter = threading.Thread(target=self._keep_cutting, name="cutter", daemon=True)
        self.cuts, self.cut_s = 0, 0.0
        self.screen.start()
        self._cutter.start()

    def _keep_cutting(self) -> None:
        while not self._over.wait(self._chance.uniform(1, LINKED_S) / self._pace.speed):
            length = self._chance.uniform(0, self._pace.cut_s)
            self._link.cut(self._chance.choice(tuple(Cut)))
            self.cuts, self.cut_s = self.cuts + 1, self.cut_s + length
            self._over.wait(length / self._pace.speed)
            self._link.mend()

    def end(self) -> None:
        """No more cuts."""
        self._over.set()
        self._cutter.join()

    def close(self) -> None:
        self.end()
        self.screen.close()
        self._store.close()
        self._link.close()

    def figures(self, made: Sequence[tuple[int, str]]) -> ScreenFigures:
        glass, said = self.screen.glass, self.screen.said
        seqs = [call.seq for call in glass.called]
        return ScreenFigures(
            cuts=self.cuts,
            cut_s=round(self.cut_s, 1),
            called=len(seqs),
            spoken=len(said),
            red_banners=glass.stale,
            # A number that was called again meanwhile stands there by its newer call.
            never_shown=sum(glass.listed.get(label, 0) < seq for seq, label in made),
            twice=len(seqs) - len(set(seqs)),
            out_of_order=sum(later < earlier for earlier, later in pairwise(seqs)),
            spoken_wrongly=not_in_order(said, [label for _seq, label in made]),
            overlapping=self.screen.output.overlaps,
        )


def not_in_order(said: Sequence[str], made: Sequence[str]) -> int:
    """How many of `said` do not follow in `made` after the one before them, each call used once."""
    at = wrong = 0
    for label in said:
        try:
            at = made.index(label, at) + 1
        except ValueError:
            wrong += 1
    return wrong


@contextmanager
def _hall(address: str, folder: Path, clock: Clockwork, pace: Pace, displays: int, seed: int) -> Iterator[list[_Wire]]:
    wires: list[_Wire] = []
    try:
        for n in range(displays):
            wires.append(_Wire(address, folder, clock, pace, f"{seed}/{n}"))
        yield wires
    finally:
        for wire in wires:
            wire.close()


def _serve(store: Store, clock: Clockwork, pace: Pace, chance: random.Random) -> None:
    """The counters: call, call again, finish, at random; the numbers are issued as they are needed."""
    held: dict[str, Ticket] = {}
    due = clock()
    for turn in range(pace.calls):
        due += timedelta(seconds=chance.expovariate(1 / pace.every_s))
        time.sleep(max((due - clock()).total_seconds() / pace.speed, 0))
        counter = chance.choice(FACTS.counters).code
        actor, now, mine = Actor(f"cb{counter}", f"ban-{counter}", counter), clock(), held.get(counter)
        if mine is not None and mine.state.value == "called" and chance.random() < RECALLED:
            held[counter] = queueing.recall(store.units(), mine.key, actor=actor, now=now)
            continue
        if mine is not None:
            queueing.finish(store.units(), mine.key, actor=actor, now=now)
        group = chance.choice(FACTS.groups).code
        queueing.issue_ticket(store.units(), FACTS, group, actor=Actor("", "kiosk"), now=now, touch=f"touch/{turn}")
        held[counter] = queueing.call_next(store.units(), FACTS, counter, actor=actor, now=now)
        if chance.random() < ARRIVED:
            held[counter] = queueing.serve(store.units(), held[counter].key, actor=actor, now=clock())


def _settle(store: Store, hall: Sequence[_Wire], pace: Pace) -> None:
    """Until every screen has had the time to show what it still holds back."""
    made = _calls(store)
    ends = time.monotonic() + 60 + SETTLE_S / pace.speed
    while time.monotonic() < ends and any(wire.figures(made).never_shown for wire in hall):
        time.sleep(0.1)
    time.sleep(SETTLE_S / pace.speed)


def _calls(store: Store) -> list[tuple[int, str]]:
    with store.reads() as look:
        events = [e for e in look.events.all() if e.kind in CALLED]
    return [(e.seq, str(e.data["label"])) for e in events if business_day(e.at) == OPENS.date()]


def _line(made: int, n: int, s: ScreenFigures) -> str:
    wrong = (
        f"SAI: không hiện {s.never_shown}, hiện hai lần {s.twice}, sai thứ tự {s.out_of_order}, "
        f"đọc sai {s.spoken_wrongly}, chồng tiếng {s.overlapping}"
    )
    return (
        f"Màn hình {n}: {made} lần gọi, {s.cuts} lần đứt mạng ({s.cut_s} s), gọi to {s.called}, đọc {s.spoken}; "
        f"{'mỗi lần gọi đều hiện, đúng thứ tự, không đọc lại' if s.ok else wrong}"
    )
