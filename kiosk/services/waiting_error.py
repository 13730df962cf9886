"""How good the told waiting times were: what was told against what happened, for the manager's screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.services.ports import UnitOfWork
from kiosk.services.waiting import estimates

FEWEST_TO_JUDGE = 50


@dataclass(frozen=True)
class Told:
    """One number. Minutes; plain: what position x mean would have told."""

    waited: float
    minutes: float
    low: float
    high: float
    plain: float
    priority: bool = False


@dataclass(frozen=True)
class Accuracy:
    """Of numbers that waited, or were told to wait, a minute or more. Minutes; shares are 0 to 1; None: no such number.

    bias: told minus waited; covered: inside the range of eight in ten; late: waited over 10 minutes more than told;
    plain_mae: the error of position x mean on the same numbers.
    """

    numbers: int
    mae: float | None
    bias: float | None
    covered: float | None
    late: float | None
    plain_mae: float | None

    @property
    def is_worse_than_plain(self) -> bool:
        """Something is wrong with the estimate: tell the people ahead only, and look at the pauses."""
        if self.numbers < FEWEST_TO_JUDGE or self.mae is None or self.plain_mae is None:
            return False
        return self.mae > self.plain_mae


def accuracy(told: Sequence[Told]) -> Accuracy:
    counted = [t for t in told if max(t.waited, t.minutes) >= 1]
    n = len(counted)
    if not n:
        return Accuracy(0, None, None, None, None, None)
    return Accuracy(
        numbers=n,
        mae=sum(abs(t.minutes - t.waited) for t in counted) / n,
        bias=sum(t.minutes - t.waited for t in counted) / n,
        covered=sum(t.low <= t.waited <= t.high for t in counted) / n,
        late=sum(t.waited - t.minutes > 10 for t in counted) / n,
        plain_mae=sum(abs(t.plain - t.waited) for t in counted) / n,
    )


def live_error(uow: UnitOfWork, first: date, last: date) -> Accuracy:
    """Of the numbers that were told a wait from `first` to `last`, both included, and called since."""
    with uow:
        called: dict[str, datetime | None] = {}
        for n in range((last - first).days + 1):
            called |= {t.key: t.first_called_at for t in uow.tickets.of_day(first + timedelta(days=n))}
        told: list[Told] = []
        for event in estimates(uow, first, last):
            if (at := called.get(event.subject)) is not None:
                minutes, low, high, plain = (float(event.data[k]) for k in ("minutes", "low", "high", "plain"))
                waited = (at - event.at).total_seconds() / 60
                told.append(Told(waited, minutes, low, high, plain, bool(event.data["priority"])))
    return accuracy(told)
