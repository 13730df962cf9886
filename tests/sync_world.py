"""An office whose time stands still, a stand-in that misbehaves, and hands that kill the worker at any of its steps.

The office is in memory and real in all its acts; the stand-in is a process behind real HTTP; what must be true at the
end is `motcua bench sync`'s own ledger.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Self, cast

from fakes import FakeOffice, FakeUnitOfWork, FakeVault
from sync_fakes import Hands
from sync_stand_in import StandIn

from kiosk.domain.job import JobState, Wing
from kiosk.services import exchange
from sync.circuit import Circuit
from sync.clients import client_of
from sync.connection import Connection, Timeouts
from sync.province import ProvinceClient
from sync.reference.faults import COUNTED
from sync.routes import Routes
from sync.worker import SyncWorker
from ui.cli.bench_sync_hands import OFFICER, Officer
from ui.cli.bench_sync_ledger import differences, of_office, of_stand_in

FEED = "tinh-mau"
SETTLE_S = 30
ROUNDS_OF_CALM = 80
# Waiting for these takes real seconds; the long runs of the bench meet them.
SLOW_FAULTS = {"hang", "hang_after_commit", "late"}
QUICK = tuple(name for name in COUNTED if name not in SLOW_FAULTS)

OPERATIONS = ("changes", "lookup", "insert", "update", "progress", "find_file", "upload_file")

Wrap = Callable[[ProvinceClient], ProvinceClient]
_numbers = itertools.count(1)


class KilledError(BaseException):
    """The worker's process is gone; nothing of it can catch this."""


@dataclass
class Death:
    """Comes after so many more steps of the worker; None for never."""

    left: int | None = None

    def step(self) -> None:
        if self.left is None:
            return
        self.left -= 1
        if self.left < 0:
            self.left = None
            raise KilledError


class MortalClient:
    """May die before a request leaves and after its answer came. traps: operation -> faults that await it there."""

    def __init__(self, inner: ProvinceClient, death: Death, traps: dict[str, list[str]], province: StandIn) -> None:
        self._inner, self._death, self._traps, self._province = inner, death, traps, province

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name == "close" or not callable(found):
            return found

        def mortal(*args: Any, **more: Any) -> Any:
            self._death.step()
            if waiting := self._traps.get(name):
                self._province.switch(**{waiting.pop(): 1})
            answer = found(*args, **more)
            self._death.step()
            return answer

        return mortal


class MortalUnit(FakeUnitOfWork):
    """May die just before and just after a commit."""

    def __init__(self, office: FakeOffice, death: Death) -> None:
        super().__init__(office)
        self._death = death

    def commit(self) -> None:
        self._death.step()
        super().commit()
        self._death.step()


@dataclass
class World:
    """wrap: puts a planted bug between the worker and the line. Each world is an office of its own."""

    province: StandIn
    seed: int
    wrap: Wrap = lambda client: client
    settle_s: float = SETTLE_S
    office: FakeOffice = field(default_factory=FakeOffice)
    vault: FakeVault = field(default_factory=FakeVault)
    clock: Hands = field(default_factory=Hands)
    death: Death = field(default_factory=Death)
    received: int = 0
    tells_steps: bool = True
    traps: dict[str, list[str]] = field(default_factory=dict)
    decided: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        number = next(_numbers)
        self.agency = f"H26.{number // 900 + 1}.{number % 900 + 1}"
        self.chance = random.Random(self.seed)
        self.officer = Officer(self, self.agency, self.chance, self.clock)
        self.worker = self._a_worker()

    @property
    def units(self) -> Any:
        return self.office.units

    @property
    def reads(self) -> Any:
        return self.office.units

    def close(self) -> Self:
        self.province.misbehave()
        self.worker.close()
        return self

    def receive(self) -> None:
        self.officer.receive(self.received)
        self.received += 1
        self.clock.move(1)

    def go_on(self) -> None:
        self.officer.go_on()
        self.clock.move(1)

    def round(self) -> None:
        """The worker's; if it dies in it, another process follows, and has to wait for the leases."""
        try:
            self.worker.once()
        except KilledError:
            self.worker.close()
            self.worker = self._a_worker()

    def misfortune(self, kind: str, operation: str) -> None:
        """The next request of this operation meets it; what does not concern it, meets the first that it concerns."""
        self.traps.setdefault(operation, []).append(kind)

    def habit(self, **switches: object) -> None:
        self.tells_steps &= not switches.get("hide_steps")
        self.province.switch(**switches)

    def decide(self) -> None:
        """The province decides on one of the dossiers that it has.

        Never twice the same: within one second nobody could tell that from a piece of news told twice.
        """
        known = sorted(self.arrived().entries)
        if known:
            code = self.chance.choice(known)
            statuses = self.decided.setdefault(code, ["8", "6", "5", "4"])
            if statuses:
                self.province.decide(code, statuses.pop())

    def lose_cursor(self) -> None:
        """All news from the beginning once more."""
        with self.units() as uow:
            uow.exchange.set_cursor(FEED, "")
            uow.commit()

    def arrived(self) -> Any:
        return of_stand_in(self.province.folder, self.agency)

    def wrong_so_far(self) -> list[str]:
        """Twice, or not in the office's order: nothing later can mend these."""
        office, province = of_office(self, self.agency), self.arrived()
        found = [f"twice: {code}" for code in province.twice]
        for code, entry in province.entries.items():
            told = office.entries[code].steps if code in office.entries else ()
            if entry.steps != told[: len(entry.steps)]:
                found.append(f"{code}: {entry.steps}, office {told}")
        return found

    def calm_down(self) -> list[str]:
        """No more trouble; what waits is sent, what was refused is sent again. Returns every broken promise."""
        self.death.left = None
        self.traps.clear()
        self.province.misbehave()
        for _ in range(ROUNDS_OF_CALM):
            self.round()
            if not self._waits():
                break
            self.clock.move(60)
        else:
            return [f"waits for ever: {self._waits()}"]
        self.clock.move(60)  # the line may just have been down
        self.round()  # the news of what was sent last
        found = differences(of_office(self, self.agency), self.arrived(), steps_are_told=self.tells_steps)
        return self.wrong_so_far() + found

    def _waits(self) -> list[str]:
        with self.units() as uow:
            jobs = uow.jobs.listed(Wing.SYNC, (JobState.WAITING, JobState.LEASED, JobState.REJECTED), limit=10_000)
        for job in jobs:
            if job.state is JobState.REJECTED:
                exchange.resend(self.units(), job.id, actor=OFFICER, now=self.clock())
        return [f"{job.key} {job.error}" for job in jobs]

    def _a_worker(self) -> SyncWorker:
        times = Timeouts(connect_s=2, read_s=5, settle_s=self.settle_s)
        connection = Connection(self.province.url, self.agency, FEED, timeouts=times)
        return SyncWorker(
            lambda: MortalUnit(self.office, self.death),
            self.vault,
            Routes((connection,)),
            "UBND xã Mẫu",
            connect=self._connect,
            clock=self.clock,
            make_circuit=lambda: Circuit(self.clock.monotonic, self.chance.random),
            lease_for=timedelta(seconds=30),
        )

    def _connect(self, connection: Connection) -> ProvinceClient:
        inner = self.wrap(client_of(connection))
        return cast(ProvinceClient, MortalClient(inner, self.death, self.traps, self.province))


@dataclass(frozen=True)
class Weather:
    """What a bad day is made of. kinds: of faults; soon: the worker dies after fewer steps than these."""

    acts: int = 40
    kinds: tuple[str, ...] = QUICK
    soon: int = 12


ACTS = ("receive", "receive", "go_on", "go_on", "round", "round", "round", "wait", "fault", "fault", "die", "news")


def a_bad_day(world: World, weather: Weather = Weather()) -> None:
    """Acts, faults, deaths and time, mixed by the world's own dice."""
    dice = random.Random(world.seed)
    for _ in range(weather.acts):
        match dice.choice(ACTS):
            case "receive":
                world.receive()
            case "go_on":
                world.go_on()
            case "round":
                world.round()
            case "wait":
                world.clock.move(dice.choice((1, 10, 60)))
            case "fault":
                world.misfortune(dice.choice(weather.kinds), dice.choice(OPERATIONS))
            case "die":
                world.death.left = dice.randrange(weather.soon)
            case "news":
                world.decide()
