"""The queue's figures of a period: from the log's digests of past days, and from the log itself for what is not over.

Both are the same fold of the same events, so a report with digests and one without are equal to the last microsecond.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from kiosk.clock import business_day, midnight
from kiosk.domain.appointment import Arrival
from kiosk.domain.journey import MINUTE, SECOND, Journey, day_of, microseconds
from kiosk.domain.office import Office
from kiosk.domain.queue_figures import Figures, figures_from, figures_of, merged, plain_of
from kiosk.domain.queue_stats import LIFE_DAYS, Cell, CounterLoad, QueueLog, QueueSummary, Spread, summarise
from kiosk.services.ports import UnitOfWork, Units

ONE_DAY = timedelta(days=1)
LIFE = timedelta(days=LIFE_DAYS)
CLOCK_SLACK = timedelta(days=2)  # a station whose clock was set back may still write to yesterday
DAYS_A_WRITE = 20
READ_TO = "queue-days"  # cursor: the log's last line when the days were kept


def queue_summary(
    uow: UnitOfWork, office: Office, first: date, last: date, *, now: datetime, rebuild: bool = False
) -> QueueSummary:
    """Tickets issued from `first` to `last`, both included. Reads only. rebuild: from the log alone."""
    with uow, _no_collection():
        figures = queue_figures(uow, first, last, rebuild=rebuild)
    return summarise(figures, office.wait_target_min * MINUTE, microseconds(now))


def queue_figures(uow: UnitOfWork, first: date, last: date, *, rebuild: bool = False) -> Figures:
    """Inside a `with`."""
    settled = None if rebuild else uow.queue_days.last()
    if settled is None or settled < first or _told_late(uow, settled):
        return _from_log(uow, first, last)
    kept = merged(figures_from(plain) for plain in uow.queue_days.between(first, min(last, settled)))
    if settled < last:
        kept.add(_from_log(uow, settled + ONE_DAY, last))
    return kept


def settle_days(reads: Units, units: Units, *, now: datetime, anew: bool = False) -> int:
    """Keep the figures of the days that are over; returns how many days are new. Repeating it changes nothing.

    anew: forget all days that were kept, and compute them again; so it is where a kiosk, or a counter that served by
    label, told days later what belongs to a day that was kept.

    A day is over when each of its tickets ended at least two days ago, or can end no more in its figures. The log is
    read in a unit that holds nobody up; the writes are short.
    """
    with reads() as uow:
        settled, read_to = uow.queue_days.last(), uow.events.last_seq()
        anew = anew or (settled is not None and _told_late(uow, settled))
    if anew:
        with units() as uow:
            uow.queue_days.clear()
            uow.commit()
    with reads() as uow, _no_collection():
        first, until = _first_unsettled(uow), _today(uow, now) - CLOCK_SLACK
        if first is None or first > until:
            return 0
        log = _log(uow, first, until)
        days, closed, registered = _by_day(log.journeys()), log.closed(), log.registered()
    kept: list[tuple[date, dict[str, Any]]] = []
    for day in _days(first, until):
        journeys = days.get(_number_of(day), [])
        if day + LIFE >= until and not all(_is_over(j, until) for j in journeys):
            break  # days are kept without gaps, so the first open one ends the run
        pauses = [pause for pause in closed if day_of(pause.from_us) == _number_of(day)]
        acts = [act for act in registered if day_of(act.at_us) == _number_of(day)]
        kept.append((day, plain_of(figures_of(journeys, pauses, acts))))
    for start in range(0, len(kept), DAYS_A_WRITE):
        with units() as uow:
            for day, figures in kept[start : start + DAYS_A_WRITE]:
                uow.queue_days.put(day, figures)
            uow.exchange.set_cursor(READ_TO, str(read_to))
            uow.commit()
    return len(kept)


def _told_late(uow: UnitOfWork, settled: date) -> bool:
    """Whether the log has grown by something of the days up to `settled` since they were kept."""
    return uow.events.is_late(int(uow.exchange.cursor(READ_TO) or 0), midnight(settled + ONE_DAY))


def _is_over(journey: Journey, until: date) -> bool:
    """Ended by the end of that day: who was missed can still come back, and an act be taken back, on its own day."""
    return journey.ended_us is not None and day_of(journey.ended_us) <= _number_of(until)


def _today(uow: UnitOfWork, now: datetime) -> date:
    """Not later than the log itself: a clock that ran ahead must not end days that are still going on."""
    newest = uow.events.after(uow.events.last_seq() - 1, limit=1)
    return min([business_day(now), *(business_day(event.at) for event in newest)])


def _first_unsettled(uow: UnitOfWork) -> date | None:
    if (settled := uow.queue_days.last()) is not None:
        return settled + ONE_DAY
    oldest = uow.events.after(0, limit=1)
    return business_day(oldest[0].at) if oldest else None


def _from_log(uow: UnitOfWork, first: date, last: date) -> Figures:
    return _log(uow, first, last).figures()


def _log(uow: UnitOfWork, first: date, last: date) -> QueueLog:
    start, end = midnight(first), midnight(last + ONE_DAY)
    log = QueueLog(microseconds(start), microseconds(end))
    log.feed(uow.events.marks(start, end + LIFE))
    return log


def _by_day(journeys: list[Journey]) -> dict[int, list[Journey]]:
    days: defaultdict[int, list[Journey]] = defaultdict(list)
    for journey in journeys:
        days[day_of(journey.issued_us)].append(journey)
    return days


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _number_of(day: date) -> int:
    return day_of(microseconds(midnight(day)))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Hundreds of thousands of small tuples that all stay: looking for cycles among them would double the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def plain_summary(summary: QueueSummary) -> dict[str, Any]:
    """As JSON values: durations in seconds, shares from 0 to 1 or null where there is nothing to share."""
    total, open_us = summary.total, sum(load.open_us for load in summary.counters.values())
    return {
        "issued": total.issued,
        "outcomes": dict(summary.outcomes),
        "total": _cell(total, open_us),
        "parked": _spread(summary.parked) | {"over_15_min": summary.long_parked},
        "abandoned": {
            "count": total.no_show + total.left,
            "share": share(total.no_show + total.left, total.issued),
            "after": _spread(total.abandonment),
        },
        "no_show_share": share(total.no_show, total.called),
        "recalls": summary.recalls,
        "recalls_per_ticket": share(summary.recalls, total.called),
        "carried_over": summary.carried_over,
        "by_group": {group: _cell(cell, open_us) for group, cell in summary.by_group.items()},
        "by_hour": {f"{hour:02d}": _cell(cell, open_us) for hour, cell in summary.by_hour.items()},
        "by_class": {code: _cell(cell, open_us) for code, cell in summary.by_class.items()},
        "counters": {counter: _load(load) for counter, load in summary.counters.items()},
        "equity": summary.equity,
        "appointments": _appointments(summary.appointments),
    }


def _appointments(acts: Mapping[str, int]) -> dict[str, Any]:
    came = sum(acts.get(kept.value, 0) for kept in Arrival)
    names = ("booked", "moved", "cancelled", "missed", *Arrival)
    counts = {name.replace("-", "_"): acts.get(name, 0) for name in names}
    return counts | {"came": came, "no_show_share": share(acts.get("missed", 0), acts.get("missed", 0) + came)}


def share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


COUNTS = ("issued", "served", "no_show", "left", "called", "within", "promised")
SPREADS = ("wait", "walk", "service", "lead", "abandonment")


def _cell(cell: Cell, open_us: int) -> dict[str, Any]:
    """open_us: of all counters, of which the cell's service took a share."""
    found: dict[str, Any] = {name: getattr(cell, name) for name in COUNTS}
    found |= {"service_level": share(cell.within, cell.promised)}
    found |= {name: _spread(getattr(cell, name)) for name in SPREADS}
    return found | {"serving_s": round(cell.serving_us / SECOND), "occupancy": share(cell.serving_us, open_us)}


def _spread(spread: Spread) -> dict[str, Any]:
    if not spread.n:
        return {"n": 0, "mean_s": None, "p50_s": None, "p90_s": None, "p95_s": None, "max_s": None}
    names = {"mean": "mean_s", "p50": "p50_s", "p90": "p90_s", "p95": "p95_s", "longest": "max_s"}
    return {"n": spread.n} | {out: round(getattr(spread, name) / SECOND, 1) for name, out in names.items()}


def _load(load: CounterLoad) -> dict[str, Any]:
    return {
        "tickets": load.tickets,
        "serving_s": round(load.serving_us / SECOND),
        "open_s": round(load.open_us / SECOND),
        "occupancy": share(load.serving_us, load.open_us),
    }
