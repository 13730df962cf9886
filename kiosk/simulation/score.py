"""What a simulated run shows: waits by class, and each estimator's error on the same numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from kiosk.domain.ticket import Ticket, TicketState
from kiosk.services.waiting_error import Accuracy, Told, accuracy
from kiosk.simulation.run import Asked, Outcome

Kept = tuple[Asked, float, bool]  # what was told, minutes waited, whether with priority


@dataclass(frozen=True)
class Waits:
    """Minutes to the first call, of those who were called."""

    called: int
    mean: float
    p50: float
    p90: float


@dataclass(frozen=True)
class Score:
    """One estimator. Minutes; under_10: share that waited over 10 minutes more than told; rmse: root mean square."""

    mae: float
    bias: float
    rmse: float
    under_10: float


@dataclass(frozen=True)
class Table:
    """coverage: of the 80 % range, for all, ordinary, priority; chance: its standard error, from day to day, because
    neighbours wait alike; told: of the range as people read it."""

    scored: int
    mean_wait: float
    scores: dict[str, Score]
    coverage: dict[str, float | None]
    chance: dict[str, float | None]
    told_coverage: float
    ms_p50: float
    ms_p99: float
    most_waiting: int


def report(outcome: Outcome) -> dict[str, Any]:
    """JSON values: counts, waits by class, and the table of estimators when they were asked."""
    tickets = outcome.tickets
    states = [t.state for t in tickets]
    ordinary = [t for t in tickets if not t.priority]
    priority = [t for t in tickets if t.priority]
    found: dict[str, Any] = {
        "purpose": outcome.scenario.purpose.value,
        "tickets": len(tickets),
        "served": states.count(TicketState.FINISHED),
        "no_show": states.count(TicketState.NO_SHOW),
        "left": states.count(TicketState.LEFT),
        "waits": {"ordinary": asdict(waits(ordinary)), "priority": asdict(waits(priority))},
    }
    if (table := scored(outcome)) is not None:
        found["estimates"] = asdict(table)
    return found


def waits(tickets: Sequence[Ticket]) -> Waits:
    found = sorted(w for t in tickets if (w := waited(t)) is not None)
    n = len(found)
    return Waits(n, sum(found) / n, found[n // 2], found[int(0.9 * n)]) if n else Waits(0, 0, 0, 0)


def waited(ticket: Ticket) -> float | None:
    if ticket.first_called_at is None:
        return None
    return (ticket.first_called_at - ticket.issued_at).total_seconds() / 60


def scored(outcome: Outcome) -> Table | None:
    """On numbers that were called and waited, or were told by us to wait, a minute or more; the same for everybody."""
    called = {t.key: (waited(t), bool(t.priority)) for t in outcome.tickets}
    kept: list[Kept] = []
    for asked in outcome.asked:
        wait, priority = called[asked.ticket]
        if wait is not None and max(wait, asked.made.minutes) >= 1:
            kept.append((asked, wait, priority))
    if not kept:
        return None
    ms = sorted(a.ms for a in outcome.asked)
    classes = {"all": kept, "ordinary": [k for k in kept if not k[2]], "priority": [k for k in kept if k[2]]}
    days = {t.key: t.business_day for t in outcome.tickets}
    return Table(
        scored=len(kept),
        mean_wait=sum(w for _, w, _ in kept) / len(kept),
        scores={name: _score([(a.others[name], w) for a, w, _ in kept]) for name in kept[0][0].others},
        coverage={name: _accuracy(of).covered for name, of in classes.items()},
        chance={name: _chance(of, days) for name, of in classes.items()},
        told_coverage=sum(_within(a, w) for a, w, _ in kept) / len(kept),
        ms_p50=ms[len(ms) // 2],
        ms_p99=ms[int(0.99 * (len(ms) - 1))],
        most_waiting=max(a.waiting for a in outcome.asked),
    )


def _chance(kept: Sequence[Kept], days: Mapping[str, date]) -> float | None:
    """None for a single day."""
    by_day: dict[date, list[bool]] = {}
    for asked, wait, _ in kept:
        by_day.setdefault(days[asked.ticket], []).append(asked.made.low <= wait <= asked.made.high)
    n, many = len(kept), len(by_day)
    if many < 2:
        return None
    share = sum(map(sum, by_day.values())) / n
    apart = sum((sum(day) - len(day) * share) ** 2 for day in by_day.values())
    return float((apart * many / (many - 1)) ** 0.5 / n)


def _accuracy(kept: Sequence[Kept]) -> Accuracy:
    return accuracy([Told(w, a.made.minutes, a.made.low, a.made.high, 0.0, p) for a, w, p in kept])


def _within(asked: Asked, wait: float) -> bool:
    low, high = asked.made.told
    return low <= wait <= high


def _score(pairs: Sequence[tuple[float, float]]) -> Score:
    """pairs: estimate, wait."""
    n = len(pairs)
    misses = [e - w for e, w in pairs]
    return Score(
        mae=sum(map(abs, misses)) / n,
        bias=sum(misses) / n,
        rmse=(sum(m * m for m in misses) / n) ** 0.5,
        under_10=sum(m < -10 for m in misses) / n,
    )
