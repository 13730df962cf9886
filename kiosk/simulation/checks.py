"""Whether the simulator can be believed: an M/M/c line against the textbook, and Little's law.

The mean of a run that can be paid for is off Erlang C by several per cent for chance alone: one standard error is about
3 % in 90,000 tickets, because neighbours wait alike. So the hall is held, person by person, to the exact wait of the
same people (Kiefer and Wolfowitz 1955), and that recursion, which is quick, to Erlang C in a long run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from heapq import heapify, heapreplace
from math import factorial
from random import Random

from kiosk.simulation.hall import HallDay
from kiosk.simulation.memory import MemoryOffice
from kiosk.simulation.run import FIRST_DAY
from kiosk.simulation.scenario import Line, Purpose, Scenario
from kiosk.simulation.score import waited
from kiosk.simulation.visitors import DayPlan, Visitor

COUNTERS, MEAN_MIN, LOAD = 3, 2.0, 0.55
EXACT_MIN = 1e-4  # the clock of the hall counts microseconds
FROM_MIN, TO_MIN, SETTLED_MIN = 450, 1320, 570  # doors open, last arrival well before midnight, steady from
CHECK_DAYS, LONG_DAYS = 40, 3000


@dataclass(frozen=True)
class Checks:
    """Minutes. exact_wait: of the same people by the recursion; worst: the largest difference of one person's wait from
    it; long_run_wait: the recursion over 2.5 million people; littles_law: queue length over time / (arrivals x mean
    wait), 1 when it holds."""

    simulated_wait: float
    exact_wait: float
    worst: float
    long_run_wait: float
    erlang_c_wait: float
    littles_law: float

    @property
    def ok(self) -> bool:
        is_exact, is_textbook = self.worst <= EXACT_MIN, abs(self.long_run_wait / self.erlang_c_wait - 1) <= 0.03
        return is_exact and is_textbook and abs(self.littles_law - 1) <= 0.01


def erlang_c_wait(counters: int, mean_min: float, load: float) -> float:
    """Mean wait of an M/M/c line in minutes."""
    work = counters * load
    full = work**counters / factorial(counters) / (1 - load)
    waits = full / (sum(work**k / factorial(k) for k in range(counters)) + full)
    return waits * mean_min / (counters * (1 - load))


def check(seed: int, days: int = CHECK_DAYS, long_days: int = LONG_DAYS) -> Checks:
    """Long days of Poisson arrivals and exponential cases, through the same hall and the same acts."""
    scenario = Scenario("m-m-c", Purpose.TUNING, (Line("chung", 1.0, MEAN_MIN),), ((),) * COUNTERS, no_show=0, pauses=0)
    memory, queue, total = MemoryOffice(), 0.0, 0.0
    seen: list[float] = []
    exact: list[float] = []
    worst = 0.0
    for n in range(days):
        random = Random(f"check/{seed}/{n}")
        day = FIRST_DAY + timedelta(days=n)
        people = _visitors(random)
        plan = DayPlan(tuple(people), (), 1.0, {c.code: 1.0 for c in scenario.office.counters})
        hall = HallDay(memory, scenario, day, plan, random, instant=True)
        hall.run()
        waits = [waited(ticket) or 0.0 for ticket in memory.tickets.of_day(day)]
        right = exact_waits(people)
        worst = max([worst, *(abs(a - b) for a, b in zip(waits, right, strict=True))])
        queue, total = queue + hall.queue_minutes, total + sum(waits)
        seen += _settled(people, waits)
        exact += _settled(people, right)
    return Checks(
        simulated_wait=sum(seen) / len(seen),
        exact_wait=sum(exact) / len(exact),
        worst=worst,
        long_run_wait=_long_run(seed, long_days),
        erlang_c_wait=erlang_c_wait(COUNTERS, MEAN_MIN, LOAD),
        littles_law=queue / total,
    )


def exact_waits(people: Sequence[Visitor], counters: int = COUNTERS) -> list[float]:
    """Minutes each of a single line waits: until the first counter is free, in the order of their coming."""
    free = [0.0] * counters
    heapify(free)
    found: list[float] = []
    for one in people:
        begins = max(one.comes_at, free[0])
        found.append(begins - one.comes_at)
        heapreplace(free, begins + one.minutes)
    return found


def _long_run(seed: int, days: int) -> float:
    total, count = 0.0, 0
    for n in range(days):
        people = _visitors(Random(f"long/{seed}/{n}"))
        waits = _settled(people, exact_waits(people))
        total, count = total + sum(waits), count + len(waits)
    return total / count


def _settled(people: Sequence[Visitor], waits: Sequence[float]) -> list[float]:
    """Those of the time when the line no longer remembers that it began empty."""
    return [wait for one, wait in zip(people, waits, strict=True) if one.comes_at >= SETTLED_MIN]


def _visitors(random: Random) -> list[Visitor]:
    found: list[Visitor] = []
    at = float(FROM_MIN)
    while (at := at + random.expovariate(COUNTERS * LOAD / MEAN_MIN)) < TO_MIN:
        found.append(Visitor(at, "chung", "", random.expovariate(1 / MEAN_MIN), False, 0.0, False, False))
    return found
