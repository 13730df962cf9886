"""What share of the fields is read to the letter, and how much of the wrong ones the program is sure of."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.text import tidy
from scanner.papers.guess import guess_page
from scanner.papers.model import PaperModel, shipped
from ui.cli.bench_digitise_pages import BenchPage
from ui.cli.bench_papers_made import scanned, typed
from ui.cli.bench_papers_types import EACH, PER_PAGE
from ui.desk.reading_model import SURE

LEAST_CLEAN, LEAST_SCANNED, MOST_WRONG = 0.95, 0.8, 0.1
CLEAN, GOOD = "text 0%", "scan 1"


@dataclass(frozen=True)
class Looked:
    """One field of one paper. found: something was proposed; exact: to the letter, white space folded."""

    name: str
    way: str
    found: bool
    exact: bool
    sure: bool


@dataclass(frozen=True)
class FieldsOutcome:
    """The kind of paper is the one that the program itself proposes. ms: kind and fields of a page, CPU time."""

    looked: tuple[Looked, ...]
    ms: float

    @property
    def ok(self) -> bool:
        return (
            _exact(self._of(CLEAN)) >= LEAST_CLEAN
            and _exact(self._of(GOOD)) >= LEAST_SCANNED
            and _wrong_when_sure([f for f in self.looked if f.way.startswith("scan")]) <= MOST_WRONG
        )

    def _of(self, way: str) -> list[Looked]:
        return [f for f in self.looked if f.way == way]

    def _ways(self) -> list[str]:
        return sorted({f.way for f in self.looked})

    def data(self) -> dict[str, Any]:
        scans = [f for f in self.looked if f.way.startswith("scan")]
        return {
            "by_way": {way: _figures(self._of(way)) for way in self._ways()},
            "by_field": {name: _figures(some) for name, some in _by_name(scans).items()},
            "ms_per_page": round(self.ms, 2),
            "ok": self.ok,
        }

    def text(self) -> str:
        lines = []
        for way in self._ways():
            f = _figures(self._of(way))
            lines.append(
                f"{way}: {f['fields']} trường, đúng từng chữ {f['exact']:.1%}, không thấy {f['missing']:.1%}, "
                f"chắc mà sai {f['wrong_when_sure']:.1%}"
            )
        scans = _by_name([f for f in self.looked if f.way.startswith("scan")])
        lines.append("Bản quét: " + ", ".join(f"{name} {_exact(some):.0%}" for name, some in sorted(scans.items())))
        lines.append(f"{self.ms:.0f} ms CPU mỗi trang")
        return "\n".join(lines)


def measure_fields(pages: Sequence[BenchPage], _peer: bool) -> FieldsOutcome:
    return fields_measured(PER_PAGE * len(pages), EACH)


def fields_measured(scans_count: int, each: int) -> FieldsOutcome:
    """Papers of versions that were never taught. each: typed papers of each version."""
    papers = [*typed(each, apart=True), *scanned(scans_count)]
    model = PaperModel(shipped())
    began = time.process_time()
    read = [{f.name: f for f in guess_page(model, p.sheet, {}).fields} for p in papers]
    ms = 1000 * (time.process_time() - began) / len(papers)
    looked = []
    for paper, fields in zip(papers, read, strict=True):
        for name, value in paper.specimen.truth.items():
            field = fields.get(name)
            exact = field is not None and tidy(field.value) == tidy(value)
            sure = field is not None and field.confidence >= SURE
            looked.append(Looked(name, paper.way, field is not None, exact, sure))
    return FieldsOutcome(tuple(looked), ms)


def _exact(some: Sequence[Looked]) -> float:
    return sum(f.exact for f in some) / max(1, len(some))


def _wrong_when_sure(some: Sequence[Looked]) -> float:
    sure = [f for f in some if f.sure]
    return sum(not f.exact for f in sure) / max(1, len(sure))


def _figures(some: Sequence[Looked]) -> dict[str, Any]:
    return {
        "fields": len(some),
        "exact": round(_exact(some), 3),
        "missing": round(sum(not f.found for f in some) / max(1, len(some)), 3),
        "wrong_when_sure": round(_wrong_when_sure(some), 3),
    }


def _by_name(some: Sequence[Looked]) -> dict[str, list[Looked]]:
    found = defaultdict(list)
    for f in some:
        found[f.name].append(f)
    return dict(found)
