"""Many days of one scenario on a fake clock; on request every number is estimated as it is issued."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from time import thread_time

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.experience import Durations
from kiosk.domain.ticket import Ticket
from kiosk.domain.waiting import Estimate
from kiosk.services.waiting import Closed, WaitingTimes, estimate
from kiosk.simulation.estimators import ESTIMATORS, Truth
from kiosk.simulation.hall import KIOSK, HallDay
from kiosk.simulation.memory import MemoryOffice
from kiosk.simulation.scenario import Scenario
from kiosk.simulation.visitors import AFTERNOON, DOORS_OPEN, MORNING_ENDS, log_normal, plan_day

FIRST_DAY = date(2026, 1, 5)
LEARNING_DAYS = 8  # before the first one that counts: the office has to know its own cases
TRUE_LENGTHS = 2000


@dataclass(frozen=True)
class Asked:
    """One number as it was issued. others: minutes by estimator; waiting: people in the hall; ms: of processor time."""

    ticket: str
    made: Estimate
    others: dict[str, float]
    waiting: int
    ms: float


@dataclass
class Outcome:
    """What the days that count left. queue_minutes: the length of the queue summed over time."""

    scenario: Scenario
    tickets: list[Ticket] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    queue_minutes: float = 0.0


def run(scenario: Scenario, days: int, seed: int, *, ask: bool = False) -> Outcome:
    """days: that count; ask: also learn and estimate, which takes most of the time.

    The seed is mixed with the scenario's purpose and name: no tuning run shares its chances with a scoring run.
    """
    memory, outcome = MemoryOffice(), Outcome(scenario)
    waits = WaitingTimes(scenario.office, memory.units, memory.units, lambda day: closed(scenario, day))
    lengths = _true_lengths(scenario)
    learning = LEARNING_DAYS if ask else 0
    for n in range(learning + days):
        random = Random(f"{scenario.purpose}/{scenario.name}/{seed}/{n}")
        day = FIRST_DAY + timedelta(days=n)
        hall = HallDay(memory, scenario, day, plan_day(scenario, random), random)
        asked: list[Asked] = []
        if ask:
            hall.issued = _Asker(memory, waits, hall, lengths, asked, n >= learning)
        hall.run()
        if n >= learning:
            outcome.tickets += memory.tickets.of_day(day)
            outcome.asked += asked
            outcome.queue_minutes += hall.queue_minutes
    return outcome


def closed(scenario: Scenario, day: date) -> Closed:
    """The hours on the office's door, which everybody knows."""
    midnight = datetime.combine(day, datetime.min.time(), OFFICE_ZONE)
    spans = [(0, DOORS_OPEN), (MORNING_ENDS, AFTERNOON)] if scenario.lunch else [(0, DOORS_OPEN)]
    return tuple((midnight + timedelta(minutes=a), midnight + timedelta(minutes=b)) for a, b in spans)


@dataclass
class _Asker:
    """Stands where the kiosk stands: after the commit it looks, estimates and keeps what was told."""

    memory: MemoryOffice
    waits: WaitingTimes
    hall: HallDay
    lengths: dict[str, Durations]
    asked: list[Asked]
    compare: bool

    def __call__(self, ticket: Ticket, now: datetime) -> None:
        began = thread_time()
        with self.memory.units() as look:
            seen = self.waits.look(look, now)
        made = estimate(seen, ticket)
        took = 1000 * (thread_time() - began)
        if made is None:
            return
        self.waits.keep(seen, ticket, made, KIOSK, now)
        if self.compare:
            truth = Truth(self.hall.plan.pace, self.hall.back_at(now), self.lengths)
            others = {name: ask(seen, ticket, truth) for name, ask in ESTIMATORS.items()}
            self.asked.append(Asked(ticket.key, made, others, len(seen.hall.waiting), took))


def _true_lengths(scenario: Scenario) -> dict[str, Durations]:
    random = Random(f"true/{scenario.name}")
    found = {}
    for line in scenario.lines:
        lengths = sorted(log_normal(line.mean_min, line.cv, random) + 0.45 for _ in range(TRUE_LENGTHS))
        found[line.code] = Durations(tuple(lengths), tuple(lengths))
    return found
