"""The emulated line itself: what it measures with must be right."""

from __future__ import annotations

import random

import pytest

from ui.cli.bench_sync_emulator import Pipe, Weather, weather_of


def a_pipe(weather: Weather) -> Pipe:
    return Pipe(weather, 0.0, random.Random(3))


def pushed(pipe: Pipe, packets: int, size: int = 1250, each_s: float = 0.0) -> list[bytes]:
    for n in range(packets):
        pipe.put(bytes([n % 256]) * size, n * each_s)
    return pipe.due(1e9)


def test_packets_take_their_time_on_the_line_and_half_the_round_trip() -> None:
    pipe = a_pipe(Weather(1e6, delay_ms=200, queue_ms=1e6))
    pipe.put(bytes(1250), 0.0)  # 10 ms of the line
    pipe.put(bytes(1250), 0.0)
    assert pipe.next_at() == pytest.approx(0.110)
    assert pipe.due(0.1099) == []
    assert len(pipe.due(0.1101)) == 1
    assert len(pipe.due(0.1201)) == 1


def test_what_would_wait_too_long_is_dropped() -> None:
    assert len(pushed(a_pipe(Weather(1e6, queue_ms=100)), 50)) == 11


@pytest.mark.parametrize("burst", [1, 4])
def test_the_share_that_is_lost_is_the_one_asked_for(burst: int) -> None:
    arrived = pushed(a_pipe(Weather(1e6, loss=0.05, burst=burst)), 20_000, each_s=0.02)
    assert 0.035 < 1 - len(arrived) / 20_000 < 0.065


def test_an_outage_swallows_what_is_sent_and_what_is_under_way() -> None:
    pipe = a_pipe(Weather(1e6, delay_ms=200, outages=[(1.0, 2.0)]))
    for at in (0.5, 0.95, 1.5, 2.5):
        pipe.put(bytes(100), at)
    arrived = [moment for moment in (0.7, 1.2, 1.8, 2.4, 2.9) for _ in pipe.due(moment)]
    assert arrived == [0.7, 2.9]


def test_weather_goes_through_its_line_of_text() -> None:
    import json

    weather = Weather(256e3, 600, 0.05, burst=3, outages=[(1.0, 2.0)], seed=9)
    assert weather_of(json.loads(weather.line())) == weather
