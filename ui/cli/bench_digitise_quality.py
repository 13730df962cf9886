"""The quality gate: what share of each fault it finds, how often it cries wolf, what it costs."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from scanner.page import Page
from scanner.quality import findings
from ui.cli import bench_digitise_faults as faults
from ui.cli.bench_digitise_pages import BenchPage

MOST_MS, MOST_ALARMS, LEAST_FOUND = 15.0, 0.01, 0.9

# Fault -> how it is made, and the finding that it must give.
FAULTS: Mapping[str, tuple[Callable[[Page], Page], str]] = {
    "blurred": (faults.blurred, "blur"),
    "shaken": (faults.shaken, "blur"),
    "cut": (faults.cut, "cut"),
    "dark": (faults.dimmed, "dark"),
    "overexposed": (faults.overexposed, "faint"),
    "shadow": (faults.shadowed, "shadow"),
    "coarse": (faults.coarse, "dpi"),
    "folded corner": (faults.folded, "fold"),
    "folded corner, black lid": (lambda page: faults.folded(page, lid=8, corner=3), "fold"),
    "finger": (faults.thumbed, "finger"),
    "second sheet": (faults.doubled, "double"),
    "two in a row": (faults.two_in_a_row, "double"),
}


@dataclass(frozen=True)
class QualityOutcome:
    """found: share of pages with each fault that were told so; alarms: page and what was said of it, of good pages."""

    pages: int
    found: Mapping[str, float]
    alarms: tuple[tuple[str, str], ...]
    cpu_ms: float

    @property
    def ok(self) -> bool:
        few = len({name for name, _code in self.alarms}) <= MOST_ALARMS * self.pages
        return few and self.cpu_ms <= MOST_MS and all(share >= LEAST_FOUND for share in self.found.values())

    def data(self) -> dict[str, Any]:
        found = {name: round(share, 3) for name, share in self.found.items()}
        return {
            "found": found,
            "alarms": [list(a) for a in self.alarms],
            "cpu_ms": round(self.cpu_ms, 2),
            "ok": self.ok,
        }

    def text(self) -> str:
        shares = ", ".join(f"{name} {share:.0%}" for name, share in self.found.items())
        alarms = ", ".join(f"{name} ({code})" for name, code in self.alarms) or "không có"
        return (
            f"Kiểm tra ảnh: {self.cpu_ms:.1f} ms CPU một trang (mức {MOST_MS:.0f}).\n"
            f"  tìm thấy: {shares}\n  báo nhầm trên {self.pages} trang tốt: {alarms}"
        )


def measure_quality(pages: Sequence[BenchPage], peer: bool) -> QualityOutcome:  # noqa: ARG001 - no peer has this
    """The pages are taken for good ones: of severity 0 to 2, whole, at 200 dpi or more. Each is spoilt in every way."""
    hits = dict.fromkeys(FAULTS, 0)
    alarms: list[tuple[str, str]] = []
    spent = []
    for known in pages:
        started = time.thread_time()
        told = findings(known.page)
        spent.append(time.thread_time() - started)
        alarms += [(known.name, finding.code) for finding in told]
        for name, (spoil, code) in FAULTS.items():
            hits[name] += any(f.code == code for f in findings(spoil(known.page)))
    found = {name: count / len(pages) for name, count in hits.items()}
    return QualityOutcome(len(pages), found, tuple(alarms), 1000 * median(spent))
