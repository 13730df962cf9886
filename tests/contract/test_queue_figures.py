"""What figures need of a store: marks as the log has them, days kept as they were put; on the fake and both engines."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from samples import KIOSK, NOON, OFFICE, OFFICER

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.event import Event
from kiosk.domain.journey import MARK_KINDS, Mark, mark_of
from kiosk.services import queueing
from kiosk.services.counters import pause_counter
from kiosk.services.help import ask_help
from kiosk.services.ports import Units
from kiosk.services.queue_stats import queue_summary, settle_days

MINUTE = timedelta(minutes=1)
TODAY = NOON.date()


def a_day(units: Units, start: datetime, touch: str) -> None:
    """Two tickets: one served after a recall and a pause aside, one left; times with microseconds."""
    odd = timedelta(microseconds=123_457)
    for n, (group, priority) in enumerate((("ho-tich", ""), ("chung-thuc", "cao-tuoi"))):
        queueing.issue_ticket(
            units(), OFFICE, group, actor=KIOSK, now=start + odd, touch=f"{touch}{n}", priority=priority
        )
    ticket = queueing.call_next(units(), OFFICE, "1", actor=OFFICER, now=start + 4 * MINUTE + odd)
    steps = (queueing.recall, queueing.serve, queueing.park, queueing.resume)
    for n, act in enumerate(steps):
        act(units(), ticket.key, actor=OFFICER, now=start + (5 + n) * MINUTE + odd)
    queueing.leave(units(), ticket.key, actor=OFFICER, now=start + 30 * MINUTE)
    pause_counter(units(), OFFICE, "2", actor=OFFICER, now=start + 31 * MINUTE)
    other = queueing.call_next(units(), OFFICE, "1", actor=OFFICER, now=start + 40 * MINUTE)
    queueing.miss(units(), other.key, actor=OFFICER, now=start + 50 * MINUTE)


def read(units: Units, start: datetime, end: datetime) -> list[Mark]:
    with units() as uow:
        return list(uow.events.marks(start, end))


def test_marks_are_the_events_of_the_period_to_the_microsecond(units: Units) -> None:
    for n in range(3):
        a_day(units, NOON + timedelta(days=n), f"d{n}-")
    with units() as uow:
        every = [mark_of(e) for e in uow.events.all() if e.kind in MARK_KINDS]
        told = list(uow.events.between(NOON, NOON + timedelta(days=9), ["ticket.issued", "counter.paused"]))
    assert read(units, NOON - timedelta(days=9), NOON + timedelta(days=9)) == every
    assert [mark_of(e) for e in told] == [m for m in every if m.kind in ("ticket.issued", "counter.paused")]
    first = every[0]
    assert (first.group, first.priority, first.counter) == ("ho-tich", "", None)
    called = next(m for m in every if m.kind == "ticket.called")
    assert (called.counter, called.group) == ("1", None)
    middle = read(units, NOON + timedelta(days=1), NOON + timedelta(days=2))
    assert middle == every[len(every) // 3 : 2 * len(every) // 3]


def test_the_end_of_a_period_is_not_in_it(units: Units) -> None:
    with units() as uow:
        for minute in range(3):
            uow.events.append(Event("ticket.issued", f"t-{minute}", NOON + minute * MINUTE, KIOSK, {"group": "g"}))
        uow.commit()
    found = read(units, NOON + MINUTE, NOON + 2 * MINUTE)
    assert [m.ticket for m in found] == ["t-1"]
    assert [m.priority for m in found] == [None]
    assert read(units, NOON.astimezone(UTC) + 3 * MINUTE, NOON + 9 * MINUTE) == []


def test_events_of_a_station_whose_clock_was_a_day_behind_are_found(units: Units) -> None:
    times = [NOON, NOON - timedelta(days=1), NOON + MINUTE, NOON - timedelta(hours=30), NOON + 2 * MINUTE]
    with units() as uow:
        for n, at in enumerate(times):
            uow.events.append(Event("ticket.issued", f"t-{n}", at, KIOSK, {}))
        uow.commit()
    start = datetime(2026, 11, 22, tzinfo=OFFICE_ZONE)
    assert [m.ticket for m in read(units, start, start + timedelta(days=1))] == ["t-1", "t-3"]
    assert [m.ticket for m in read(units, start + timedelta(days=1), start + timedelta(days=2))] == [
        "t-0",
        "t-2",
        "t-4",
    ]


def test_an_empty_log_has_no_marks(units: Units) -> None:
    assert read(units, NOON, NOON + MINUTE) == []
    with units() as uow:
        assert list(uow.events.between(NOON, NOON + MINUTE, ["rating.given"])) == []


def test_days_are_kept_as_put_and_put_again(units: Units) -> None:
    with units() as uow:
        assert uow.queue_days.last() is None
        for day in (23, 25, 24):
            uow.queue_days.put(date(2026, 11, day), {"n": day})
        uow.queue_days.put(date(2026, 11, 24), {"n": "again"})
        uow.commit()
    with units() as uow:
        assert uow.queue_days.last() == date(2026, 11, 25)
        assert uow.queue_days.between(date(2026, 11, 23), date(2026, 11, 24)) == [{"n": 23}, {"n": "again"}]
        assert uow.queue_days.between(date(2026, 12, 1), date(2026, 12, 2)) == []
        uow.queue_days.clear()
        assert uow.queue_days.last() is None


@pytest.mark.parametrize("rebuild", [False, True])
def test_a_settled_week_reads_as_its_log(units: Units, rebuild: bool) -> None:
    for n in range(5):
        a_day(units, NOON + timedelta(days=n), f"d{n}-")
    now = NOON + timedelta(days=6)
    ask_help(units(), actor=KIOSK, now=now)
    assert settle_days(units, units, now=now) == 5
    assert settle_days(units, units, now=now) == 0
    assert settle_days(units, units, now=now, anew=True) == 5
    found = queue_summary(units(), OFFICE, TODAY, TODAY + timedelta(days=6), now=now, rebuild=rebuild)
    assert (found.total.issued, found.total.left, found.total.no_show) == (10, 5, 5)
    assert found.parked.n == 5
    assert found.total.wait.longest < 41 * 60_000_000
