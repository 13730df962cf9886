"""Which kind of paper: counts of words by kind, compared. What an office confirms is counted beside what was taught.

A kind has two pictures of its words, one from the made papers and one from the office's own; the better fitting one
speaks for it. Both are sums of whole numbers, so adding a paper, taking it away and counting all again lead to the
same model to the bit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Self

import numpy as np
from numpy.typing import NDArray

from scanner.classify import Proposal
from scanner.papers.calibration import Curve
from scanner.papers.traits import BUCKETS, Traits

Counts = NDArray[np.int64]
Scores = NDArray[np.float64]

UNKNOWN = ""
SURE = 0.6  # probability; below it the kind is asked for
OTHER = "other"  # something that is no paper of a dossier: known not to be known
SHARE = 0.4  # of a picture's words that may be any words at all
DOUBT = 3.0  # a picture of so many lessons is trusted half: one mistaken confirmation must not outweigh what was taught
LEAST_TRAITS = 6
BASE_FILE = "base.npz"
AS_SAID = Curve((0.0, 1.0), (0.0, 1.0))


@dataclass(frozen=True)
class Lesson:
    """A paper that an officer named. id: page; code: kind; buckets: its traits."""

    id: str
    code: str
    buckets: tuple[int, ...]


@dataclass(frozen=True)
class Base:
    """What was taught with made papers. codes: kinds; counts: (kinds, BUCKETS); sharpness, floor: fitted so that
    confidences come true (`scanner.papers.teach`): how much a better fit weighs, and how well nothing at all fits;
    curve: how often the likeliest kind was right, by its confidence, on versions that were held apart."""

    codes: tuple[str, ...]
    counts: Counts
    sharpness: float
    floor: float
    curve: Curve = AS_SAID

    def data(self) -> bytes:
        out = BytesIO()
        np.savez_compressed(
            out,
            codes=np.array(self.codes),
            counts=self.counts.astype(np.uint16),
            fit=np.array([self.sharpness, self.floor]),
            curve=np.array([self.curve.said, self.curve.right]),
        )
        return out.getvalue()

    @classmethod
    def of(cls, data: bytes) -> Self:
        with np.load(BytesIO(data), allow_pickle=False) as kept:
            sharpness, floor = (float(v) for v in kept["fit"])
            said, right = (tuple(float(v) for v in row) for row in kept["curve"])
            codes = tuple(str(c) for c in kept["codes"])
            return cls(codes, kept["counts"].astype(np.int64), sharpness, floor, Curve(said, right))


@dataclass
class PaperModel:
    """Proposes kinds; learns by `add` and forgets by `remove`. Not for two threads at once."""

    base: Base
    own: dict[str, Counts] = field(default_factory=dict)
    lessons: Counter[str] = field(default_factory=Counter)  # how many made each picture of the office's own
    _taught: Scores = field(init=False, repr=False)
    _common: Scores = field(init=False, repr=False)
    _strange: NDArray[np.bool_] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        total = self.base.counts.sum(axis=0)
        self._common = (total + 1.0) / (total + 1.0).sum()
        self._strange = total == 0
        self._taught = np.stack([self._fit(row) for row in self.base.counts])

    @classmethod
    def taught_by(cls, base: Base, lessons: Iterable[Lesson]) -> Self:
        """The model after these lessons, in whatever order they came."""
        model = cls(base)
        for lesson in lessons:
            model.add(lesson)
        return model

    def add(self, lesson: Lesson) -> None:
        counts = self.own.setdefault(lesson.code, np.zeros(BUCKETS, np.int64))
        counts[list(lesson.buckets)] += 1
        self.lessons[lesson.code] += 1

    def remove(self, lesson: Lesson) -> None:
        """Only what was added."""
        counts = self.own[lesson.code]
        counts[list(lesson.buckets)] -= 1
        self.lessons[lesson.code] -= 1
        if not self.lessons[lesson.code]:
            del self.own[lesson.code], self.lessons[lesson.code]

    def ranked(self, traits: Traits) -> list[Proposal]:
        """Every kind with its probability, the likeliest first; what is missing from 1 is "I do not know"."""
        if len(traits) < LEAST_TRAITS:
            return []
        codes, fits = self.fits(traits)
        powers = np.exp(self.base.sharpness * (np.append(fits, self.base.floor) - fits.max()))
        shares = self._probabilities(powers / powers.sum())
        order = np.argsort(-fits, kind="stable")
        return [Proposal(codes[i], round(float(min(shares[i], 0.99)), 3)) for i in order]

    def _probabilities(self, shares: Scores) -> Scores:
        """The likeliest kind with the probability that it is right; the others, and "I do not know", share the rest."""
        best = int(shares[:-1].argmax())
        right = self.base.curve.probability(float(shares[best]))
        rest = np.minimum(shares * (1 - right) / max(1e-9, 1 - float(shares[best])), right)
        rest[best] = right
        return rest

    def propose(self, traits: Traits, least: float = SURE) -> Proposal | None:
        """The likeliest kind; None when it is likelier not to be right, or no paper that an office asks for."""
        ranked = self.ranked(traits)
        if not ranked or ranked[0].confidence < least or ranked[0].code == OTHER:
            return None
        return ranked[0]

    def fits(self, traits: Traits) -> tuple[list[str], Scores]:
        """For each kind how much better it explains the page than words from anywhere do (natural logarithm), over the
        root of the number of traits: words of one page repeat each other, so a long page is not so much surer."""
        root = len(traits) ** 0.5
        scores: dict[str, float] = {}
        for code, table in zip(self.base.codes, self._taught, strict=True):
            scores[code] = float(table[traits].sum()) / root
        for code, counts in sorted(self.own.items()):
            fit = self._fit(counts, self.lessons[code] / (self.lessons[code] + DOUBT))
            scores[code] = max(scores.get(code, -np.inf), float(fit[traits].sum()) / root)
        return list(scores), np.array(list(scores.values()))

    def _fit(self, counts: Counts, trust: float = 1.0) -> Scores:
        """Logarithm of how much likelier each bucket is in this picture than anywhere. A word that no made paper has
        speaks for nothing and against nothing, until the office's own papers have it. trust: in the picture, 0..1."""
        own, share = counts / max(1, counts.sum()), trust * (1 - SHARE)
        gain: Scores = np.log((share * own + (1 - share) * self._common) / self._common)
        gain[self._strange & (counts == 0)] = 0.0
        return gain


@cache
def shipped() -> Base:
    """What the program was taught before it left the house."""
    return Base.of((files("scanner.papers") / BASE_FILE).read_bytes())


def counted(codes: Sequence[str], papers: Iterable[tuple[str, Traits]]) -> Counts:
    """Counts of taught papers, (kinds, BUCKETS)."""
    rows: Mapping[str, int] = {code: n for n, code in enumerate(codes)}
    counts = np.zeros((len(codes), BUCKETS), np.int64)
    for code, traits in papers:
        counts[rows[code], traits] += 1
    return counts
