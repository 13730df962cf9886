"""`motcua bench sync --only offices`: 300 offices against one stand-in on PostgreSQL, and where it breaks."""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx2
import psutil

from kiosk.storage.private_cluster import PrivateCluster
from ui.cli.bench_store import Times, busy
from ui.cli.bench_sync_load import LoadOffice, Tally
from ui.cli.bench_sync_part import Measured, Wanted
from ui.cli.console import tell
from ui.demo.processes import Child, ProvinceWatch, free_port

OFFICES, DOSSIERS_A_DAY = 300, 200
# Shares of a day's dossiers by hour of work, the busiest first: the second hour of the morning.
PROFILE = (0.18, 0.16, 0.15, 0.15, 0.13, 0.09, 0.08, 0.06)
LEVEL_S, DRAIN_S = 12.0, 20.0
LEVELS = 10
NEWS_EVERY_S = 5.0
BACKLOG = 20  # dossiers of each office when the province comes back
STORM_S = 600.0
BEHIND_S, SOME = 2.0, 5  # what may wait: the arrivals of so many seconds, and some
SLOW_S = 5.0  # p99 of an answer; beyond it, or with a queue that only grows, it is broken


@dataclass(frozen=True)
class Level:
    """times: the busiest hour's load so many times over. queue: dossiers that waited when the last one was taken in.

    cores: processor seconds in a second, of the stand-in, of PostgreSQL and of the simulated offices themselves.
    """

    times: float
    offered_per_s: float
    arrived_per_s: float
    queue: int
    arrival: Times
    answer: Times
    requests_per_message: float
    news_per_message: float
    cores: dict[str, float]
    failures: dict[str, int]

    @property
    def holds(self) -> bool:
        return self.queue <= BEHIND_S * self.offered_per_s + SOME and self.answer.p99_ms <= SLOW_S * 1000


@dataclass(frozen=True)
class Storm:
    """All offices come back at once. seconds: until the last of their dossiers had arrived; 0.0: not in time."""

    offices: int
    dossiers: int
    seconds: float
    answer: Times
    requests_per_message: float
    failures: dict[str, int]


def measure(wanted: Wanted) -> Measured:
    """Raises: NoPostgresError."""
    offices = wanted.offices or OFFICES
    with tempfile.TemporaryDirectory(prefix="motcua-sync-") as folder, _province(Path(folder)) as province:
        levels = _until_it_breaks(province, offices, wanted)
        storm = asyncio.run(_storm(province, offices, wanted.dossiers or BACKLOG, wanted.seed))
    held = [level for level in levels if level.holds]
    best = held[-1] if held else None
    figures = {
        "offices": offices,
        "levels": [{**asdict(level), "holds": level.holds} for level in levels],
        "storm": asdict(storm),
        "busy": busy(),
    }
    ok = bool(held) and held[0].times == 1 and storm.seconds > 0 and storm.requests_per_message <= 1.5
    return Measured(ok, figures, _words(offices, best, levels[-1], storm))


def _words(offices: int, best: Level | None, last: Level, storm: Storm) -> str:
    if best is None:
        return f"{offices} xã: KHÔNG theo kịp giờ cao điểm."
    broke = "chưa tới giới hạn" if last.holds else f"quá tải ở {last.times:g} lần ({last.offered_per_s:g} hồ sơ/giây)"
    return (
        f"{offices} xã, chịu được {best.times:g} lần giờ cao điểm ({best.offered_per_s:g} hồ sơ/giây), {broke}; "
        f"đến nơi: {best.arrival}; trả lời: {best.answer}; {best.requests_per_message} yêu cầu/mục. "
        f"Nối lại cùng lúc: {storm.dossiers} hồ sơ trong {storm.seconds} giây, "
        f"{storm.requests_per_message} yêu cầu/mục."
    )


@dataclass
class _Province:
    url: str
    process: Child

    def start(self) -> None:
        self.process.start()
        ProvinceWatch(self.url).wait_until_up()


@contextmanager
def _province(root: Path) -> Iterator[_Province]:
    """A stand-in on a PostgreSQL of its own, with fsync as in an office."""
    port = free_port()
    with PrivateCluster(on_loopback=True) as cluster:
        words = ["province", "serve", "--data", str(root / "tinh"), "--port", str(port), "--allocate"]
        child = Child([*words, "--database", cluster.new_database()], root / "tinh.log")
        province = _Province(f"http://127.0.0.1:{port}", child)
        try:
            province.start()
            yield province
        finally:
            child.stop()


def _until_it_breaks(province: _Province, offices: int, wanted: Wanted) -> list[Level]:
    """The busiest hour once, twice, four times over, until the stand-in does not keep up."""
    peak = offices * DOSSIERS_A_DAY * PROFILE[0] / 3600
    found: list[Level] = []
    for step in range(LEVELS):
        times = 2.0**step
        level = _level(province, offices, peak, times, wanted.seconds or LEVEL_S, wanted.seed + step, step)
        found.append(asyncio.run(level))
        tell(f"{times:g}× giờ cao điểm: {found[-1].arrived_per_s} hồ sơ/giây, chờ {found[-1].queue}")
        if not found[-1].holds:
            break
    return found


async def _level(
    province: _Province, offices: int, peak: float, times: float, seconds: float, seed: int, day: int
) -> Level:
    """Time runs `times` as fast: what people do and the questions for news come closer together."""
    chance, tally, rate = random.Random(seed), Tally(), peak * times
    async with _offices(province, offices, tally, NEWS_EVERY_S / times, seed, day) as crowd:
        cores, began = _Cores(), time.monotonic()
        at = began
        while at < began + seconds:
            at += chance.expovariate(rate)
            await asyncio.sleep(max(at - time.monotonic(), 0))
            chance.choice(crowd).receive()
        queue = sum(office.waiting for office in crowd)
        spent, used = time.monotonic() - began, cores.used()
        offered = len(tally.arrived) + queue
        arrived = len(tally.arrived)
        await _drained(crowd, DRAIN_S)
    return Level(
        times, round(offered / spent, 1), round(arrived / spent, 1), queue, Times.of(tally.arrived),
        Times.of(tally.answers), *_per_message(tally), used, dict(tally.failures),
    )  # fmt: skip


async def _storm(province: _Province, offices: int, backlog: int, seed: int) -> Storm:
    """The province is away while every office goes on; then it is there for all of them at once."""
    tally = Tally()
    province.process.stop()
    async with _offices(province, offices, tally, NEWS_EVERY_S, seed, LEVELS) as crowd:
        for office in crowd:
            for _ in range(backlog):
                office.receive()
        await asyncio.sleep(3)
        await asyncio.to_thread(province.start)
        began = time.monotonic()
        in_time = await _drained(crowd, STORM_S)
        took = round(time.monotonic() - began, 1)
    requests, _news = _per_message(tally)
    return Storm(
        offices, len(tally.arrived), took if in_time else 0.0, Times.of(tally.answers), requests, dict(tally.failures)
    )


class _offices:  # noqa: N801 - used as a function
    """The crowd at work, for an `async with`. day: so many days ago, for codes that no other crowd has."""

    def __init__(self, province: _Province, count: int, tally: Tally, news_every_s: float, seed: int, day: int) -> None:
        self._http = httpx2.AsyncClient(
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=count), trust_env=False, verify=False
        )
        self._crowd = [
            LoadOffice(
                n,
                province.url,
                self._http,
                tally,
                news_every_s=news_every_s,
                chance=random.Random(f"{seed}/{n}"),
                day=day,
            )
            for n in range(count)
        ]

    async def __aenter__(self) -> list[LoadOffice]:
        self._tasks = [asyncio.create_task(office.run()) for office in self._crowd]
        return self._crowd

    async def __aexit__(self, *exc: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._http.aclose()


async def _drained(crowd: list[LoadOffice], patience_s: float) -> bool:
    end = time.monotonic() + patience_s
    while not all(office.is_idle for office in crowd):
        if time.monotonic() > end:
            return False
        await asyncio.sleep(0.05)
    return True


def _per_message(tally: Tally) -> tuple[float, float]:
    """Requests that carry or ask for something, and questions for news, over dossiers and steps that arrived."""
    messages = max(len(tally.arrived) + tally.steps, 1)
    news = tally.calls["news"]
    return round((sum(tally.calls.values()) - news) / messages, 2), round(news / messages, 2)


class _Cores:
    """Processor time of the stand-in, of PostgreSQL and of this process, since it was made."""

    def __init__(self) -> None:
        self._before, self._began = self._spent(), time.monotonic()

    def used(self) -> dict[str, float]:
        now, seconds = self._spent(), time.monotonic() - self._began
        return {name: round((now[name] - self._before.get(name, 0.0)) / seconds, 2) for name in now}

    @staticmethod
    def _spent() -> dict[str, float]:
        me = psutil.Process()
        spent = {"offices": sum(me.cpu_times()[:2]), "stand_in": 0.0, "postgresql": 0.0}
        for child in me.children(recursive=True):
            try:
                name = "postgresql" if "postgres" in child.name() else "stand_in"
                spent[name] += sum(child.cpu_times()[:2])
            except psutil.NoSuchProcess:
                continue
        return spent
