"""The ledger sees nothing where nothing is wrong, and every planted bug where one is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sync_planted import CursorFirst, NamesByBeginning, NeverAsks, OneStepLate, TakesSilenceForYes
from sync_stand_in import StandIn
from sync_world import Weather, World, a_bad_day

SEEDS = range(20)
WEATHER = Weather()
LOST = Weather(kinds=("drop_reply_after_commit", "http500_after_commit"))


@dataclass(frozen=True)
class Bug:
    """word: of what the ledger says about it; weather: in which it soon shows."""

    make: Callable[[], Any]
    word: str
    weather: Weather = WEATHER
    settle_s: float = 30


BUGS = {
    "sends again without asking": Bug(lambda: NeverAsks, "tỉnh có", LOST, settle_s=0),
    "takes silence for yes": Bug(lambda: TakesSilenceForYes, "", Weather(kinds=("drop_request", "http500"))),
    "keeps the cursor before the news": Bug(CursorFirst, "tỉnh đã báo", Weather(acts=80, soon=3)),
    "tells a step before its elder": Bug(OneStepLate, "sai thứ tự"),
    "names files by their beginning": Bug(NamesByBeginning, "giấy tờ ở xã"),
}


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    with StandIn(tmp_path_factory.mktemp("province"), "--naive", "--allocate") as running:
        yield running


def a_day(province: StandIn, seed: int, bug: Bug) -> list[str]:
    world = World(province, seed, bug.make(), bug.settle_s)
    try:
        a_bad_day(world, bug.weather)
        return world.calm_down()
    finally:
        world.close()


@pytest.mark.parametrize("seed", range(8))
def test_a_bad_day_breaks_no_promise(province: StandIn, seed: int) -> None:
    assert a_day(province, seed, Bug(lambda: lambda client: client, "")) == []


@pytest.mark.parametrize("name", BUGS)
def test_a_planted_bug_is_caught(province: StandIn, name: str) -> None:
    bug = BUGS[name]
    assert any(bug.word in found for seed in SEEDS for found in a_day(province, seed, bug))
