"""Simulated offices of `motcua bench sync --only offices`: hundreds in one process, real messages on real HTTP.

Each does what the worker does with a picture and a step: new dossiers in batches, a step after its dossier, news now
and then, pauses of the real circuit while the line is away, and a question before anything in doubt is sent again.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx2

from kiosk.clock import office_now
from sync.circuit import Circuit
from sync.connection import Connection
from sync.messages.canonical import CanonicalDossier, Owner, ProgressEntry, Status
from sync.messages.codes import provisional_code
from sync.outcome import Answer, Outcome, Verdict, judge, judge_read

ANSWER_S = 60.0
SETTLE_S = 5.0
UNIT = "UBND xã Mẫu"


@dataclass
class Tally:
    """What all offices together met. arrived: seconds from the officer's act to the province's yes; answers: seconds
    of each request; calls: requests by kind."""

    arrived: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    steps: int = 0


@dataclass(frozen=True)
class Waiting:
    """A dossier that the province does not have yet. since: of this process's clock."""

    canonical: CanonicalDossier
    since: float


class LoadOffice:
    """One office. news_every_s: of real seconds, 0 for never; day: so many days ago, other codes than on another."""

    def __init__(
        self,
        number: int,
        url: str,
        http: httpx2.AsyncClient,
        tally: Tally,
        *,
        news_every_s: float,
        chance: random.Random,
        day: int,
    ) -> None:
        self.connection = Connection(url, f"H26.{number + 1}")
        self._day = office_now() - timedelta(days=day)
        self._http, self._tally, self._news_every_s, self._chance = http, tally, news_every_s, chance
        self._circuit = Circuit(chance=chance.random)
        self._queue: deque[Waiting] = deque()
        self._steps: deque[ProgressEntry] = deque()
        self._doubtful: deque[tuple[float, Waiting]] = deque()
        self._made, self._cursor, self._next_news = 0, "", time.monotonic() + chance.uniform(0, news_every_s)
        self._wake = asyncio.Event()
        self._in_hand = 0

    @property
    def waiting(self) -> int:
        return len(self._queue) + len(self._doubtful) + self._in_hand

    @property
    def is_idle(self) -> bool:
        return not (self.waiting or self._steps)

    def receive(self) -> None:
        """An officer takes in a dossier."""
        self._made += 1
        now = self._day
        key = f"{now:%y%m%d}1{self._made:04d}0"
        number = f"{self._chance.randrange(10**12):012d}"
        canonical = CanonicalDossier(
            key, provisional_code(self.connection.agency_code, key), (), "1.001193", "Đăng ký khai sinh", "G15-HT",
            "Hộ tịch", "1", Owner("Nguyễn Thị Mẫu", number, phone="0912000111"), "Đăng ký khai sinh", Status.ACCEPTED,
            UNIT, now, now, now + timedelta(days=3), agency=self.connection.agency_code,
        )  # fmt: skip
        self._queue.append(Waiting(canonical, time.monotonic()))
        self._wake.set()

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            if (pause := self._circuit.wait_s) > 0:
                await asyncio.sleep(pause)
                await self._hear()  # the one probe of a line that was away
                continue
            if self._news_every_s and time.monotonic() >= self._next_news:
                await self._hear()
            elif self._doubtful and self._doubtful[0][0] <= time.monotonic():
                await self._with([self._doubtful.popleft()[1]], self._look_for)
            elif self._queue:
                await self._with(
                    [self._queue.popleft() for _ in range(min(len(self._queue), Connection.dossiers_at_once))],
                    self._insert,
                )
            elif self._steps:
                await self._tell(self._steps[0])
            else:
                await self._rest()

    async def _with(self, batch: list[Waiting], act: Callable[[list[Waiting]], Awaitable[None]]) -> None:
        self._in_hand = len(batch)
        await act(batch)
        self._in_hand = 0

    async def _rest(self) -> None:
        until = [self._next_news] if self._news_every_s else []
        until += [self._doubtful[0][0]] if self._doubtful else []
        self._wake.clear()
        try:
            await asyncio.wait_for(self._wake.wait(), max(min(until) - time.monotonic(), 0.01) if until else None)
        except TimeoutError:
            return

    async def _insert(self, batch: list[Waiting]) -> None:
        messages = [self.connection.form.insertion(w.canonical, self.connection.profile) for w in batch]
        verdict = await self._write("insert", self.connection.paths.insert, messages)
        if verdict is None:
            self._queue.extendleft(reversed(batch))  # it never left
        elif verdict.outcome in (Outcome.DONE, Outcome.EXISTS):
            for one in batch:
                self._has_arrived(one)
        elif verdict.outcome is Outcome.TRANSIENT:
            self._queue.extendleft(reversed(batch))
            self._circuit.failed()
        else:
            self._doubtful.extend((time.monotonic() + SETTLE_S, one) for one in batch)

    async def _look_for(self, batch: list[Waiting]) -> None:
        one = batch[0]
        question = {"mahoso": one.canonical.code, "madonvi": self.connection.agency_code}
        answer = await self._send("lookup", "POST", self.connection.paths.lookup, json=question)
        if answer is None:
            self._doubtful.append((time.monotonic() + SETTLE_S, one))
        elif judge_read(answer, self.connection.rule).result:
            self._has_arrived(one)
        else:
            self._queue.append(one)

    async def _tell(self, step: ProgressEntry) -> None:
        verdict = await self._write("progress", self.connection.paths.progress, [self.connection.form.progress(step)])
        if verdict is not None and verdict.outcome in (Outcome.DONE, Outcome.EXISTS):
            self._steps.popleft()
            self._tally.steps += 1

    async def _hear(self) -> None:
        self._next_news = time.monotonic() + self._news_every_s
        params = {"contro": self._cursor, "madonvi": self.connection.agency_code}
        await self._send("news", "GET", self.connection.paths.changes, params=params)

    def _has_arrived(self, one: Waiting) -> None:
        self._tally.arrived.append(time.monotonic() - one.since)
        dossier = one.canonical
        at = dossier.received_at or office_now()
        self._steps.append(ProgressEntry(dossier.code, 1, at, Status.ACCEPTED, "lan", "Được tiếp nhận", UNIT))

    async def _write(self, kind: str, path: str, entries: list[Any]) -> Verdict | None:
        """None when nothing left."""
        answer = await self._send(kind, "POST", path, json=entries)
        if answer is None:
            return None
        verdict = judge(answer, self.connection.rule)
        if verdict.outcome not in (Outcome.DONE, Outcome.EXISTS):
            self._tally.failures[f"{kind}: {verdict.outcome.value}"] += 1
        return verdict

    async def _send(self, kind: str, method: str, path: str, **content: Any) -> Answer | None:
        """None when there was no connection; a lost answer is an empty one."""
        began = time.monotonic()
        try:
            response = await self._http.request(method, self.connection.base_url + path, timeout=ANSWER_S, **content)
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout):
            self._circuit.failed()
            self._tally.failures["no line"] += 1
            return None
        except httpx2.HTTPError:
            self._circuit.failed()
            self._tally.failures[f"{kind}: lost"] += 1
            return Answer(0, "", "")
        self._tally.calls[kind] += 1
        self._tally.answers.append(time.monotonic() - began)
        self._circuit.worked()
        return Answer(response.status_code, response.headers.get("content-type", ""), response.text)
