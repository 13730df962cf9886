"""Blank sides: how many worn empty backs are told, and that no side with anything written on it is called blank."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from scanner.clean import flag_blank, trim_border
from scanner.sheet import Sheet
from ui.cli.bench_digitise_backs import MARKS, Back, BackMaker
from ui.cli.bench_digitise_pages import BenchPage
from ui.cli.console import tell

# What was promised, and enough worn backs to see a share to a per cent.
WRITTEN, BLANKS = 2000, 400
LEAST_FOUND = 0.8
FRONTS = 6


@dataclass
class _Tally:
    called_blank: int = 0
    names: list[str] = field(default_factory=list)
    spent: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class BlanksOutcome:
    """found: share of empty backs that were flagged; lost: kind and number of written sides that were called blank."""

    written: int
    blanks: int
    found: float
    lost: tuple[str, ...]
    missed: Mapping[str, int]
    cpu_ms: float

    @property
    def ok(self) -> bool:
        return not self.lost and self.found >= LEAST_FOUND

    def data(self) -> dict[str, Any]:
        return {
            "written": self.written,
            "blanks": self.blanks,
            "written_called_blank": list(self.lost),
            "blanks_found": round(self.found, 3),
            "missed_worn": dict(self.missed),
            "cpu_ms": round(self.cpu_ms, 2),
            "ok": self.ok,
        }

    def text(self) -> str:
        lost = ", ".join(self.lost) or "không trang nào"
        return (
            f"Mặt trắng: {self.blanks} mặt trắng cũ, nhận ra {self.found:.1%} (cần {LEAST_FOUND:.0%}); "
            f"{self.written} mặt có chữ ({', '.join(MARKS)}), bị coi là trắng: {lost} (cần không).\n"
            f"  {self.cpu_ms:.1f} ms CPU một mặt"
        )


def measure_blanks(pages: Sequence[BenchPage], peer: bool) -> BlanksOutcome:  # noqa: ARG001 - no peer has this
    """The pages' print shows through the backs that are drawn here."""
    return measured(BackMaker([known.page for known in pages[:FRONTS]]), WRITTEN, BLANKS)


def measured(maker: BackMaker, written: int, blanks: int) -> BlanksOutcome:
    empty, marked = _judged(maker.blanks(blanks), blanks), _judged(maker.written(written), written)
    missed: dict[str, int] = {}
    for name in empty.names:
        for word in name.split(", "):
            kind = word.split(" ")[0]
            missed[kind] = missed.get(kind, 0) + 1
    return BlanksOutcome(
        written,
        blanks,
        empty.called_blank / max(1, blanks),
        tuple(marked.names),
        missed,
        1000 * median([*empty.spent, *marked.spent]),
    )


def _judged(backs: Iterable[Back], count: int) -> _Tally:
    """names: the written sides that were called blank, the wear of the empty ones that were not."""
    tally = _Tally()
    for n, back in enumerate(backs):
        sheet = trim_border(Sheet(back.page))
        _ = sheet.look  # needed by the other steps in any case
        began = time.thread_time()
        is_blank = flag_blank(sheet).blank
        tally.spent.append(time.thread_time() - began)
        tally.called_blank += is_blank
        if is_blank != (back.kind == "blank"):
            tally.names.append(", ".join(back.worn) if back.kind == "blank" else f"{back.kind} {n}")
        if (n + 1) % 500 == 0:
            tell(f"  {n + 1}/{count} mặt")
    return tally
