"""A bad line in software: two TUN devices in two network namespaces and one loop that moves packets between them.

Rate, delay, a queue of bounded length, lost packets singly or in bursts, and outages in which everything vanishes
without a word. `tc netem` is not in every kernel. Runs as a process of its own, `python -m …`, told by lines of JSON
on its standard input; needs root.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import random
import select
import struct
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

PACKET = 65_536
TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000
CLONE_NEWNET = 0x40000000
DEVICE = "line0"


@dataclass(frozen=True)
class Weather:
    """A line as it is from now on, the same both ways. rate: bit/s; delay_ms: round trip; queue_ms: what waits longer
    is dropped; loss: share of packets; burst: that many are lost together; outages: (from, to) in seconds from now."""

    rate: float
    delay_ms: float = 50.0
    loss: float = 0.0
    queue_ms: float = 300.0
    burst: int = 1
    outages: Sequence[tuple[float, float]] = ()
    seed: int = 1

    def line(self) -> str:
        return json.dumps(asdict(self)) + "\n"


def weather_of(facts: Mapping[str, Any]) -> Weather:
    return Weather(**{**facts, "outages": [(float(a), float(b)) for a, b in facts.get("outages", ())]})


@dataclass
class Pipe:
    """One direction. Losses take their time on the line, as they do on a real one; what outages swallow does not."""

    weather: Weather
    began: float
    chance: random.Random
    _free_at: float = 0.0
    _burst_left: int = 0
    _under_way: deque[tuple[float, bytes]] = field(default_factory=deque)

    def put(self, packet: bytes, now: float) -> None:
        if self._is_out(now):
            return
        begins = max(now, self._free_at)
        if (begins - now) * 1000 > self.weather.queue_ms:
            return
        self._free_at = begins + len(packet) * 8 / self.weather.rate
        if not self._is_lost():
            self._under_way.append((self._free_at + self.weather.delay_ms / 2000, packet))

    def due(self, now: float) -> list[bytes]:
        out = []
        while self._under_way and self._under_way[0][0] <= now:
            arrives, packet = self._under_way.popleft()
            if not self._is_out(arrives):
                out.append(packet)
        return out

    def next_at(self) -> float:
        return self._under_way[0][0] if self._under_way else float("inf")

    def _is_lost(self) -> bool:
        if self._burst_left:
            self._burst_left -= 1
            return True
        if self.chance.random() < self.weather.loss / self.weather.burst:
            self._burst_left = self.weather.burst - 1
            return True
        return False

    def _is_out(self, now: float) -> bool:
        since = now - self.began
        return any(start <= since < end for start, end in self.weather.outages)


def enter(namespace: str) -> None:
    """Move this thread into a network namespace: its new sockets, and those of threads that it starts, are there."""
    libc = ctypes.CDLL(None, use_errno=True)
    with Path("/run/netns", namespace).open("rb") as place:
        if libc.setns(place.fileno(), CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), f"setns {namespace}")


def tun_in(namespace: str) -> int:
    """A TUN device inside a namespace; this thread stays there."""
    enter(namespace)
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", DEVICE.encode(), IFF_TUN | IFF_NO_PI))
    return device


def run(near: int, far: int, orders: int, out: int) -> None:
    """Until `orders` ends: one line of JSON, one new weather, confirmed by a line on `out`."""
    pipes: dict[int, Pipe] = {}
    other = {near: far, far: near}
    text = b""
    while True:
        wait = min((p.next_at() for p in pipes.values()), default=float("inf")) - time.monotonic()
        ready, _, _ = select.select([orders, near, far], [], [], None if wait == float("inf") else max(wait, 0.0))
        now = time.monotonic()
        if orders in ready:
            news = os.read(orders, PACKET)
            if not news:
                return
            *lines, text = (text + news).split(b"\n")
            for line in lines:
                weather = weather_of(json.loads(line))
                chance = random.Random(weather.seed)
                pipes = {end: Pipe(weather, now, random.Random(chance.random())) for end in other}
                os.write(out, b"ok\n")
        for end in (near, far):
            if end in ready:
                _take_in(end, pipes.get(end), now)
        for end, pipe in pipes.items():
            for packet in pipe.due(now):
                _give_out(other[end], packet)


def _take_in(end: int, pipe: Pipe | None, now: float) -> None:
    while True:
        try:
            packet = os.read(end, PACKET)
        except BlockingIOError:
            return
        if pipe is not None:
            pipe.put(packet, now)


def _give_out(end: int, packet: bytes) -> None:
    try:
        os.write(end, packet)
    except OSError:  # the device is going down, or full: a lost packet
        return


def main(near: str, far: str) -> None:
    run(tun_in(near), tun_in(far), 0, 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
