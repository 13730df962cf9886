"""Halls to simulate, as data. Estimates are tuned on some and scored on others; no seed is shared between the two."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from kiosk.domain.office import Counter, Office, PriorityClass, ServiceGroup


class Purpose(StrEnum):
    TUNING = "tuning"
    SCORING = "scoring"


@dataclass(frozen=True)
class Line:
    """One service group. share: of the arrivals; mean_min and cv: of a case's length."""

    code: str
    share: float
    mean_min: float
    cv: float = 0.8


@dataclass(frozen=True)
class Scenario:
    """One office's days. load: work that comes over what the counters can do while open.

    counters: the lines of each, () for all; peak: early rate over the mean one; drift: standard deviation of how slow
    a whole day is; no_show: whoever takes a number and goes; patience_min: mean, 0 for endless; parked, transferred:
    shares; pauses: a counter's mean number a day; said: share of pauses for which the officer presses the key;
    bus: (minute after opening, people) of crowds that come at once; lunch: a second half of the day, no call between.
    """

    name: str
    purpose: Purpose
    lines: tuple[Line, ...]
    counters: tuple[tuple[str, ...], ...]
    load: float = 0.9
    peak: float = 1.7
    priority: float = 0.15
    drift: float = 0.15
    no_show: float = 0.08
    patience_min: float = 0.0
    parked: float = 0.0
    transferred: float = 0.0
    pauses: float = 1.0
    pause_min: float = 12.0
    said: float = 0.8
    bus: tuple[tuple[int, int], ...] = ()
    lunch: bool = False

    @cached_property
    def office(self) -> Office:
        groups = tuple(ServiceGroup(x.code, x.code, "ABCDEFGH"[n]) for n, x in enumerate(self.lines))
        counters = tuple(Counter(str(n), f"Quầy {n}", lines) for n, lines in enumerate(self.counters, 1))
        priorities = (PriorityClass("cao-tuoi", "Người cao tuổi", 20), PriorityClass("con-nho", "Có con nhỏ", 15))
        return Office("Xã Mẫu", "", "", "", "", groups=groups, priorities=priorities, counters=counters)

    @property
    def mean_min(self) -> float:
        return sum(x.share * x.mean_min for x in self.lines)


FOUR = (Line("ho-tich", 0.35, 9), Line("chung-thuc", 0.3, 5), Line("dat-dai", 0.2, 14), Line("cu-tru", 0.15, 8))
OVERLAP = (("ho-tich", "chung-thuc"), ("dat-dai", "ho-tich"), ("cu-tru", "chung-thuc"), ())
ONE = (Line("chung", 1.0, 8),)

T, S = Purpose.TUNING, Purpose.SCORING
SCENARIOS = (
    Scenario("mot-hang", T, ONE, ((), (), ()), load=0.8),
    Scenario("bon-hang", T, FOUR, OVERLAP, load=0.8),
    Scenario("qua-tai", T, FOUR, OVERLAP, load=0.95),
    Scenario("vang", T, ONE, ((), ()), load=0.6),
    Scenario("quay-rieng", T, FOUR, (("ho-tich",), ("chung-thuc",), ("dat-dai",), ("cu-tru",)), load=0.65),
    Scenario("bo-dan", T, FOUR, OVERLAP, load=0.95, patience_min=60, no_show=0.05),
    Scenario("xa-vang", T, (Line("mot", 0.5, 9), Line("hai", 0.5, 13)), ((), ()), load=0.8),
    Scenario("cho-phien", T, FOUR, OVERLAP, load=0.55, bus=((60, 15), (130, 20))),
    # Nobody tunes on those below.
    Scenario("xa-nho", S, (Line("ho-tich", 0.6, 10), Line("khac", 0.4, 15)), ((), ()), load=0.75),
    Scenario("bo-ve", S, FOUR, OVERLAP, load=1.05, patience_min=45, no_show=0.05),
    Scenario("nghi-trua", S, FOUR, OVERLAP, load=0.75, lunch=True),
    Scenario("chuyen-gac", S, FOUR, OVERLAP, load=0.72, parked=0.12, transferred=0.08),
    Scenario("xe-khach", S, FOUR, OVERLAP, load=0.5, bus=((75, 25),)),
    Scenario("quay-chuyen", S, FOUR, (("ho-tich",), ("chung-thuc",), ("dat-dai",), ()), load=0.7, pauses=1.5, said=0.6),
)


def scenarios(purpose: Purpose, name: str = "") -> list[Scenario]:
    """Those of a purpose, or one by name whatever its purpose; [] for an unknown name."""
    return [s for s in SCENARIOS if (s.name == name if name else s.purpose is purpose)]
