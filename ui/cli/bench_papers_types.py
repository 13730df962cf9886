"""How often the kind of a paper is told rightly, how sure the program is when it is wrong, and how fast it learns."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scanner.papers.model import SURE, Lesson, PaperModel, shipped
from scanner.papers.traits import traits_of
from ui.cli.bench_digitise_pages import BenchPage
from ui.cli.bench_papers_made import MadePaper, scanned, typed, unusual

PER_PAGE = 4  # scanned papers for each page that the bench was asked for
EACH = 6  # typed papers of each version
CURVE = (0, 1, 2, 5, 10, 20, 50)
LEAST_KNOWN, LEAST_NEW, MOST_WRONG, LEAST_LEARNED, MOST_LOST = 0.97, 0.85, 0.08, 0.95, 0.01
STEPS = (0.3, SURE, 0.7, 0.8, 0.9, 1.01)


@dataclass(frozen=True)
class Told:
    """One answer. said: the likeliest kind, whatever its confidence."""

    code: str
    form: str
    said: str
    confidence: float
    way: str

    @property
    def right(self) -> bool:
        return self.said == self.code

    @property
    def sure(self) -> bool:
        return self.confidence >= SURE


@dataclass(frozen=True)
class TypesOutcome:
    """known: taught versions with other people; new: versions kept apart; scans: of those, printed, worn and read;
    curve: confirmations -> share of an office's unusual forms told rightly; others_before, others_after: papers kept
    apart, before and after all those confirmations; ms: a page, traits and model."""

    known: tuple[Told, ...]
    new: tuple[Told, ...]
    scans: tuple[Told, ...]
    curve: Mapping[int, float]
    others_before: float
    others_after: float
    ms: float

    @property
    def ok(self) -> bool:
        unknown = [*self.new, *self.scans]
        return (
            _right(self.known) >= LEAST_KNOWN
            and _right(unknown) >= LEAST_NEW
            and _wrong_when_sure(unknown) <= MOST_WRONG
            and self.curve[max(self.curve)] >= LEAST_LEARNED
            and self.others_before - self.others_after <= MOST_LOST
        )

    def data(self) -> dict[str, Any]:
        groups = {"known": self.known, "new": self.new, "scans": self.scans}
        return {
            **{name: _figures(told) for name, told in groups.items()},
            "by_way": {way: _figures(told) for way, told in _by_way([*self.new, *self.scans]).items()},
            "confused": [[*pair, n] for pair, n in _confused([*self.new, *self.scans])],
            "reliability": _reliability([*self.new, *self.scans]),
            "off": {name: round(off(told), 3) for name, told in groups.items()},
            "learning": {str(n): round(share, 3) for n, share in self.curve.items()},
            "others": {"before": round(self.others_before, 3), "after": round(self.others_after, 3)},
            "ms_per_page": round(self.ms, 2),
            "ok": self.ok,
        }

    def text(self) -> str:
        unknown = [*self.new, *self.scans]
        others = f"{self.others_before:.1%}, {self.others_after:.1%}"
        lines = [
            _line("Mẫu đã dạy, người khác", self.known),
            _line("Mẫu chưa dạy, chữ gõ", self.new),
            *(_line(f"Mẫu chưa dạy, {way}", told) for way, told in sorted(_by_way(self.scans).items())),
            "Nhầm: " + (", ".join(f"{a} → {b} ({n})" for (a, b), n in _confused(unknown)[:8]) or "không"),
            "Xác suất nói ra và phần thật sự đúng: "
            + ", ".join(f"{r['said']:.0%} → {r['right']:.0%} ({r['n']} giấy)" for r in _reliability(unknown))
            + f"; lệch trung bình {off(unknown):.1%}, mẫu đã dạy {off(self.known):.1%}",
            "Mẫu riêng của cơ quan, đúng sau số lần xác nhận: "
            + ", ".join(f"{n}: {share:.0%}" for n, share in self.curve.items()),
            f"Các giấy khác trước và sau khi học: {others}; {self.ms:.1f} ms/trang",
        ]
        return "\n".join(lines)


def measure_types(pages: Sequence[BenchPage], _peer: bool) -> TypesOutcome:
    return types_measured(PER_PAGE * len(pages), EACH, CURVE)


def types_measured(scans_count: int, each: int, steps: Sequence[int]) -> TypesOutcome:
    """Asks the shipped model, then one that an office teaches. each: typed papers of each version kept apart; steps:
    of the learning curve, ascending."""
    model = PaperModel(shipped())
    known, new = _asked(model, typed(max(1, each // 3), apart=False)), _asked(model, typed(each, apart=True))
    scans = _asked(model, scanned(scans_count))
    sheets = [p.sheet for p in typed(1, apart=True)]
    began = time.process_time()
    for sheet in sheets:
        model.ranked(traits_of([sheet]))
    ms = 1000 * (time.process_time() - began) / len(sheets)
    curve = _learned(model, steps)
    after = _asked(model, typed(each, apart=True))
    return TypesOutcome(known, new, scans, curve, _right(new), _right(after), ms)


def _asked(model: PaperModel, papers: Iterable[MadePaper]) -> tuple[Told, ...]:
    told = []
    for paper in papers:
        ranked = model.ranked(traits_of([paper.sheet]))
        said, sure = (ranked[0].code, ranked[0].confidence) if ranked else ("", 0.0)
        told.append(Told(paper.specimen.code, paper.specimen.form, said, sure, paper.way))
    return tuple(told)


def _learned(model: PaperModel, steps: Sequence[int]) -> dict[int, float]:
    """Share of an office's unusual forms that are told rightly and surely, after so many confirmations of each."""
    tests = unusual(25, seed=1)
    lessons = defaultdict(list)
    for paper in unusual(max(steps), seed=2):
        lessons[paper.specimen.code].append(paper)
    curve, taught = {}, 0
    for count in steps:
        for code, papers in lessons.items():
            for n, paper in enumerate(papers[taught:count], taught):
                model.add(Lesson(f"{code}-{n}", code, tuple(int(b) for b in traits_of([paper.sheet]))))
        taught = count
        told = _asked(model, tests)
        curve[count] = sum(t.right and t.sure for t in told) / len(told)
    return curve


def _right(told: Sequence[Told]) -> float:
    return sum(t.right for t in told) / max(1, len(told))


def _wrong_when_sure(told: Sequence[Told]) -> float:
    sure = [t for t in told if t.sure]
    return sum(not t.right for t in sure) / max(1, len(sure))


def _figures(told: Sequence[Told]) -> dict[str, Any]:
    return {
        "papers": len(told),
        "right": round(_right(told), 3),
        "asked": round(sum(not t.sure for t in told) / max(1, len(told)), 3),
        "wrong_when_sure": round(_wrong_when_sure(told), 3),
    }


def _line(name: str, told: Sequence[Told]) -> str:
    f = _figures(told)
    return (
        f"{name}: {f['papers']} giấy, đúng {f['right']:.1%}, hỏi lại {f['asked']:.1%}, "
        f"sai khi đã chắc {f['wrong_when_sure']:.1%}"
    )


def _by_way(told: Sequence[Told]) -> dict[str, list[Told]]:
    found = defaultdict(list)
    for t in told:
        found[t.way].append(t)
    return dict(found)


def _confused(told: Sequence[Told]) -> list[tuple[tuple[str, str], int]]:
    return Counter((t.code, t.said or "?") for t in told if not t.right).most_common()


def off(told: Sequence[Told]) -> float:
    """How far probabilities lie from the share that was right, mean over the answers (expected calibration error)."""
    far: float = sum(r["n"] * abs(r["said"] - r["right"]) for r in _reliability(told))
    return far / max(1, len(told))


def _reliability(told: Sequence[Told]) -> list[dict[str, Any]]:
    """What share is right among answers of about the same probability. said: its mean."""
    found, low = [], 0.0
    for high in STEPS:
        mine = [t for t in told if low <= t.confidence < high]
        if mine:
            said = round(sum(t.confidence for t in mine) / len(mine), 3)
            right = round(_right(mine), 3)
            found.append({"from": low, "to": min(high, 1.0), "n": len(mine), "said": said, "right": right})
        low = high
    return found
