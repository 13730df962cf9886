"""How much longer the same work takes today than usual, judged by the cases that still last as well."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

PSEUDO_CASES = 6  # weight of what the whole office does, in the figures of one group
# Before an office knows its own: how far its days differ, as a share of the mean case; as how many days that weighs.
USUAL_DRIFT, USUAL_DRIFT_DAYS = 0.17, 10
STEADY_CASES = 20.0  # of work as usual that today's is averaged with, before twenty cases are known
FEWEST_STEADY, MOST_STEADY = 4.0, 60.0

Case = tuple[float, float]  # minutes that it took, and that it was expected to take


@dataclass(frozen=True)
class Begun:
    """A case that was begun today. minutes: that it has lasted, or lasted; could: since its beginning."""

    group: str
    minutes: float
    could: float


class Lengths:
    """What a group's cases take. The group's own, as if six more had gone as in the whole office."""

    def __init__(self, own: Sequence[float], office: Sequence[float]) -> None:
        self._own, self._office = _Sums(own), _Sums(office)

    def within(self, minutes: float) -> float:
        """Mean minutes of a case of which no more than these can have been seen yet."""
        n, own = self._own.within(minutes)
        every, whole = self._office.within(minutes)
        return (own + PSEUDO_CASES * whole / every) / (n + PSEUDO_CASES)


class _Sums:
    def __init__(self, values: Sequence[float]) -> None:
        self._values = sorted(values)
        self._sums = [0.0, *accumulate(self._values)]

    def within(self, most: float) -> tuple[int, float]:
        """How many there are, and their sum with none counted above `most`."""
        n, below = len(self._values), bisect_right(self._values, most)
        return n, self._sums[below] + (n - below) * most


def day_factor(today: Iterable[Begun], lengths: Callable[[str], Lengths], usual: float, steady: float) -> float:
    """Minutes seen today over the minutes expected of the same cases in the same time, as if `steady` more had gone as
    usual, each of `usual` minutes.

    What still lasts counts with its minutes so far. In the first hour only short cases have ended: judged by those
    alone every day would begin as a fast one, and everybody be told too little.
    """
    spent = expected = steady * usual
    for case in today:
        spent += case.minutes
        expected += lengths(case.group).within(case.could)
    return spent / expected


def steady_cases(days: Sequence[Sequence[Case]]) -> float:
    """How many of today's cases tell as much of the day as the usual pace does: the spread of single cases over the
    spread of whole days, both as this office has seen them (empirical Bayes)."""
    ratios = [[took / expected for took, expected in day] for day in days if day]
    cases = sum(map(len, ratios))
    if cases < STEADY_CASES:
        return STEADY_CASES
    paces = [sum(day) / len(day) for day in ratios]
    single = sum((r - pace) ** 2 for day, pace in zip(ratios, paces, strict=True) for r in day)
    single /= max(1, cases - len(paces))
    whole = sum(len(day) * (pace - 1) ** 2 for day, pace in zip(ratios, paces, strict=True)) / cases
    own = max(0.0, whole - single * len(paces) / cases)  # without what chance alone makes of so few cases
    drift = (own * len(paces) + USUAL_DRIFT**2 * USUAL_DRIFT_DAYS) / (len(paces) + USUAL_DRIFT_DAYS)
    return min(max(single / drift, FEWEST_STEADY), MOST_STEADY)
