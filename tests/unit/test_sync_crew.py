"""How many files go at once."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable

import pytest

from sync.streams import Climb, Crew


def settled(carries: Callable[[int], float], most: int = 4, looks: int = 100) -> list[int]:
    climb = Climb(most)
    return [climb.look(carries(climb.streams)) for _ in range(looks)]


def test_on_a_line_that_loses_packets_all_streams_stay() -> None:
    counts = settled(lambda n: 30_000.0 * n)
    assert counts.count(4) > 0.9 * len(counts)
    assert min(counts) == 3


def test_with_noise_all_streams_stay_most_of_the_time() -> None:
    for seed in range(20):
        chance = random.Random(seed)
        counts = settled(lambda n, chance=chance: 30_000.0 * n**0.8 * chance.uniform(0.8, 1.2))  # type: ignore[misc]
        assert sum(counts) / len(counts) > 3.2


def test_a_line_that_one_stream_fills_is_left_to_one() -> None:
    counts = settled(lambda n: 100_000.0)
    assert counts[-1] == 1
    assert counts.count(1) > 0.8 * len(counts)


def test_the_streams_end_where_fewer_carry_less() -> None:
    counts = settled(lambda n: min(n, 2) * 40_000.0)
    assert counts.count(2) > 0.7 * len(counts)


def test_a_line_that_turns_bad_gets_its_streams_back() -> None:
    climb = Climb(4)
    while climb.streams > 1:
        climb.look(100_000.0)
    for _ in range(20):
        climb.look(25_000.0 * climb.streams)
    assert climb.streams == 4


def test_more_than_allowed_is_never_tried() -> None:
    assert set(settled(lambda n: 1.0 * n, most=1)) == {1}


def test_a_crew_does_every_file_once() -> None:
    left, done, lock = list(range(200)), list[int](), threading.Lock()

    def work(_number: int) -> bool:
        with lock:
            if not left:
                return False
            done.append(left.pop())
        return True

    Crew(4, lambda: len(done), look_s=0.01).run(work)
    assert sorted(done) == list(range(200))


def test_a_crew_of_one_works_in_the_caller_s_thread() -> None:
    names: list[str] = []

    def work(_number: int) -> bool:
        names.append(threading.current_thread().name)
        return len(names) < 5

    Crew(1, lambda: 0).run(work)
    assert names == [threading.current_thread().name] * 5


def test_what_stops_one_stops_the_crew_and_is_told() -> None:
    def work(number: int) -> bool:
        raise OSError(number)

    with pytest.raises(OSError, match="0"):
        Crew(3, lambda: 0, look_s=0.01).run(work)
