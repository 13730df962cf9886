"""Whether the simulator can be believed: an M/M/c line against Erlang C, and Little's law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import factorial
from random import Random

from kiosk.simulation.hall import HallDay
from kiosk.simulation.memory import MemoryOffice
from kiosk.simulation.run import FIRST_DAY
from kiosk.simulation.scenario import Line, Purpose, Scenario
from kiosk.simulation.score import waited
from kiosk.simulation.visitors import DayPlan, Visitor

COUNTERS, MEAN_MIN, LOAD = 3, 2.0, 0.55
FROM_MIN, TO_MIN, SETTLED_MIN = 450, 1320, 570  # doors open, last arrival well before midnight, steady from
CHECK_DAYS = 150


@dataclass(frozen=True)
class Checks:
    """Minutes; littles_law: queue length over time / (arrivals x mean wait), 1 when it holds."""

    simulated_wait: float
    erlang_c_wait: float
    littles_law: float

    @property
    def ok(self) -> bool:
        return abs(self.simulated_wait / self.erlang_c_wait - 1) <= 0.05 and abs(self.littles_law - 1) <= 0.01


def erlang_c_wait(counters: int, mean_min: float, load: float) -> float:
    """Mean wait of an M/M/c line in minutes."""
    work = counters * load
    full = work**counters / factorial(counters) / (1 - load)
    waits = full / (sum(work**k / factorial(k) for k in range(counters)) + full)
    return waits * mean_min / (counters * (1 - load))


def check(seed: int, days: int = CHECK_DAYS) -> Checks:
    """Long days of Poisson arrivals and exponential cases, through the same hall and the same acts."""
    scenario = Scenario("m-m-c", Purpose.TUNING, (Line("chung", 1.0, MEAN_MIN),), ((),) * COUNTERS, no_show=0, pauses=0)
    memory, settled, every = MemoryOffice(), [0.0, 0], [0.0, 0.0]
    for n in range(days):
        random = Random(f"check/{seed}/{n}")
        day = FIRST_DAY + timedelta(days=n)
        plan = DayPlan(tuple(_visitors(random)), (), 1.0, {c.code: 1.0 for c in scenario.office.counters})
        hall = HallDay(memory, scenario, day, plan, random, instant=True)
        hall.run()
        every[0] += hall.queue_minutes
        for ticket in memory.tickets.of_day(day):
            wait = waited(ticket) or 0.0
            every[1] += wait
            if ticket.issued_at.hour * 60 + ticket.issued_at.minute >= SETTLED_MIN:
                settled[0] += wait
                settled[1] += 1
    wait = settled[0] / settled[1]
    return Checks(wait, erlang_c_wait(COUNTERS, MEAN_MIN, LOAD), every[0] / every[1])


def _visitors(random: Random) -> list[Visitor]:
    found: list[Visitor] = []
    at = float(FROM_MIN)
    while (at := at + random.expovariate(COUNTERS * LOAD / MEAN_MIN)) < TO_MIN:
        found.append(Visitor(at, "chung", "", random.expovariate(1 / MEAN_MIN), False, 0.0, False, False))
    return found
