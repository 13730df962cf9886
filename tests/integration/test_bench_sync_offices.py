"""Simulated offices bring each dossier and step to the stand-in once, also when answers are lost on the way."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import httpx2
from sync_stand_in import StandIn

from ui.cli.bench_store import Times
from ui.cli.bench_sync_load import LoadOffice, Tally
from ui.cli.bench_sync_offices import Level

PATIENCE_S = 60.0
OFFICES, EACH = 3, 4


def test_each_dossier_of_each_office_arrives_once(tmp_path: Path) -> None:
    tally = Tally()
    with StandIn(tmp_path / "province", "--naive") as province:
        province.misbehave(drop_reply_after_commit=2, http500=1)
        asyncio.run(a_short_day(province.url, tally))
        report = province.report()
    assert (report["dossiers"], report["doubled"]) == (OFFICES * EACH, [])
    assert (report["progress"], tally.steps) == (OFFICES * EACH, OFFICES * EACH)
    assert len(tally.arrived) == OFFICES * EACH
    assert tally.failures


async def a_short_day(url: str, tally: Tally) -> None:
    async with httpx2.AsyncClient(trust_env=False, verify=False) as http:
        crowd = [
            LoadOffice(n, url, http, tally, news_every_s=0.5, chance=random.Random(n), day=0) for n in range(OFFICES)
        ]
        tasks = [asyncio.create_task(office.run()) for office in crowd]
        for office in crowd:
            for _ in range(EACH):
                office.receive()
        async with asyncio.timeout(PATIENCE_S):
            while not all(office.is_idle for office in crowd):
                await asyncio.sleep(0.02)
        for task in tasks:
            task.cancel()


def test_a_level_with_a_growing_queue_or_slow_answers_does_not_hold() -> None:
    def level(queue: int, slowest_s: float) -> Level:
        return Level(8, 24.0, 20.0, queue, Times.of([1]), Times.of([slowest_s]), 1.0, 1.0, {}, {})

    assert level(20, 0.5).holds
    assert not level(200, 0.5).holds
    assert not level(20, 6.0).holds
