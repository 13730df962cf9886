"""The people of one simulated day: when they come, what for, how long it takes. Drawn before the day begins."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from random import Random

from kiosk.simulation.scenario import Line, Scenario

KIOSK_OPENS, DOORS_OPEN, MORNING_ENDS = 420, 450, 690  # minutes of the day: 7:00, 7:30, 11:30
AFTERNOON, DAY_ENDS = 810, 1020  # 13:30, 17:00
OFFICER_SPREAD = 0.1


@dataclass
class Visitor:
    """comes_at: minutes since midnight; minutes: of work at the counter; patience_min: then goes, telling or not."""

    comes_at: float
    group: str
    priority: str
    minutes: float
    absent: bool
    patience_min: float
    tells: bool
    parks: bool
    moves_to: str = ""


@dataclass(frozen=True)
class Away:
    """A pause of one counter. said: the officer presses the key and names the return."""

    counter: str
    at: float
    minutes: float
    said: bool


@dataclass(frozen=True)
class DayPlan:
    """pace: how much longer than usual the same work takes this day."""

    visitors: tuple[Visitor, ...]
    pauses: tuple[Away, ...]
    pace: float
    speed: dict[str, float]


def plan_day(scenario: Scenario, random: Random) -> DayPlan:
    pace = exp(random.gauss(-(scenario.drift**2) / 2, scenario.drift))
    visitors = [_visitor(scenario, at, random) for at in _arrivals(scenario, random)]
    for minute, people in scenario.bus:
        at = DOORS_OPEN + minute + random.uniform(-20, 20)
        line = _pick(scenario.lines, random)  # they come for the same thing
        crowd = (_visitor(scenario, at + random.uniform(0, 4), random, line) for _ in range(people))
        visitors += crowd
    visitors.sort(key=lambda v: v.comes_at)
    speed = {c.code: exp(random.gauss(0, OFFICER_SPREAD)) for c in scenario.office.counters}
    return DayPlan(tuple(visitors), tuple(_pauses(scenario, random)), pace, speed)


def log_normal(mean: float, cv: float, random: Random) -> float:
    sigma2 = log(1 + cv * cv)
    return exp(random.gauss(log(mean) - sigma2 / 2, sqrt(sigma2)))


def open_halves(scenario: Scenario) -> list[tuple[int, int]]:
    halves = [(DOORS_OPEN, MORNING_ENDS)]
    return [*halves, (AFTERNOON, DAY_ENDS)] if scenario.lunch else halves


def _arrivals(scenario: Scenario, random: Random) -> list[float]:
    """Poisson, by thinning: many at the beginning of each half day, few at its end; some before the doors open."""
    found: list[float] = []
    for opens, closes in open_halves(scenario):
        mean = scenario.load * len(scenario.counters) / scenario.mean_min
        first, length = opens - 30, closes - opens + 15
        at = float(first)
        while (at := at + random.expovariate(mean * scenario.peak)) < first + length:
            falling = scenario.peak - 2 * (scenario.peak - 1) * (at - first) / length
            if random.random() * scenario.peak < falling:
                found.append(at)
    return found


def _visitor(scenario: Scenario, at: float, random: Random, line: Line | None = None) -> Visitor:
    line = line or _pick(scenario.lines, random)
    others = [x.code for x in scenario.lines if x.code != line.code]
    return Visitor(
        comes_at=at,
        group=line.code,
        priority=random.choice(("cao-tuoi", "con-nho")) if random.random() < scenario.priority else "",
        minutes=log_normal(line.mean_min, line.cv, random),
        absent=random.random() < scenario.no_show,
        patience_min=random.expovariate(1 / scenario.patience_min) if scenario.patience_min else 0.0,
        tells=random.random() < 0.3,
        parks=random.random() < scenario.parked,
        moves_to=random.choice(others) if others and random.random() < scenario.transferred else "",
    )


def _pick(lines: tuple[Line, ...], random: Random) -> Line:
    return random.choices(lines, [x.share for x in lines])[0]


def _pauses(scenario: Scenario, random: Random) -> list[Away]:
    found: list[Away] = []
    for counter in scenario.office.counters:
        for opens, closes in open_halves(scenario):
            at = float(opens)
            while scenario.pauses and (at := at + random.expovariate(scenario.pauses / (closes - opens))) < closes - 15:
                minutes = log_normal(scenario.pause_min, 0.4, random)
                found.append(Away(counter.code, at, minutes, random.random() < scenario.said))
                at += minutes
    return found
