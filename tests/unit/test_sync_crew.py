"""How many files go at once."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from sync.streams import Climb, Crew


def settled(carries: Callable[[int], float], most: int = 4, looks: int = 60) -> list[int]:
    climb = Climb(most)
    return [climb.look(carries(climb.streams)) for _ in range(looks)]


def test_streams_are_added_while_each_carries_more() -> None:
    assert settled(lambda n: 30_000.0 * n)[-1] == 4


def test_a_line_that_one_stream_fills_gets_no_second_for_long() -> None:
    counts = settled(lambda n: 100_000.0)
    assert counts.count(1) > 0.8 * len(counts)
    assert max(counts) == 2


def test_the_climb_stops_where_more_brings_nothing() -> None:
    counts = settled(lambda n: min(n, 2) * 40_000.0)
    assert counts.count(2) > 0.7 * len(counts)
    assert max(counts) == 3


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
