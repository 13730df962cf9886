"""Teaches the shipped model with made papers: `python -m scanner.papers.teach` writes `base.npz` again.

How sure the model may be comes from papers that it has not seen: some of versions that it was not taught either (one
half of the versions against the other, both ways round), more of known versions. Then it is taught all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from scanner.papers.calibration import fitted
from scanner.papers.model import BASE_FILE, OTHER, Base, Counts, PaperModel, Scores, counted
from scanner.papers.noise import page_size, read_words
from scanner.papers.specimen import Specimen, specimens
from scanner.papers.traits import Sheet, Traits, traits_of

SEED = 30
PAPERS = 24  # of each version of each kind
RATES = (0.0, 0.01, 0.03, 0.06, 0.1)  # letters misread
LOST = 1 / 12  # of the lines, on a third of the papers: cut off, under a stamp, on the next page
UNSEEN = 4  # of so many papers of known versions one is of a version never seen, as far as an office can be guessed
STRANGE = 7  # of so many papers of versions never seen one is of a kind never seen
STRANGERS = 0.15  # how much papers of kinds never taught count for beside the others


@dataclass(frozen=True)
class _Made:
    code: str
    version: int
    traits: Traits


@dataclass(frozen=True)
class _Answer:
    """place: of the right kind among `fits`."""

    code: str
    place: int
    fits: Scores


def sheet_of(specimen: Specimen, rng: Random, rate: float) -> Sheet:
    """A made paper as an engine would read it."""
    width, height = page_size(specimen)
    return Sheet(read_words(specimen, rng, rate), width, height)


def taught_base(seed: int = SEED, papers: int = PAPERS) -> Base:
    """Count and fit. The same arguments give the same base."""
    made = [_Made(s.code, int(s.form.rpartition("-")[2]) % 2, traits_of([sheet])) for s, sheet in _sheets(seed, papers)]
    codes = tuple(sorted({m.code for m in made}))
    unseen = [a for held in (0, 1) for a in _answers(codes, made, [m.version == held for m in made])]
    answers = unseen[::UNSEEN]
    answers += _answers(codes, made, [n % 2 == 1 for n in range(len(made))])
    sharpness, floor = _fitted(answers)
    curve = fitted(_told([*answers, *_strange(unseen[:: UNSEEN * STRANGE])], sharpness, floor))
    return Base(codes, counted(codes, ((m.code, m.traits) for m in made)), sharpness, floor, curve)


def taught_counts(codes: Sequence[str], seed: int = SEED, papers: int = PAPERS) -> Counts:
    """The rows of these kinds alone, to see whether a shipped file is still what the made papers teach."""
    made = ((s.code, traits_of([sheet])) for s, sheet in _sheets(seed, papers) if s.code in codes)
    return counted(codes, made)


def _sheets(seed: int, papers: int) -> Iterator[tuple[Specimen, Sheet]]:
    rng = Random(seed)
    for n, specimen in enumerate(specimens(papers, seed)):
        sheet = sheet_of(specimen, rng, RATES[n % len(RATES)])
        yield specimen, _shortened(sheet, rng) if n % 3 == 0 else sheet


def _shortened(sheet: Sheet, rng: Random) -> Sheet:
    lost = {w.line for w in sheet.words if rng.random() < LOST}
    return Sheet([w for w in sheet.words if w.line not in lost], sheet.width, sheet.height)


def _answers(codes: Sequence[str], made: Sequence[_Made], held: Sequence[bool]) -> Iterator[_Answer]:
    """What a model that was taught the others says of those that were held back."""
    seen = counted(codes, ((m.code, m.traits) for m, away in zip(made, held, strict=True) if not away))
    model = PaperModel(Base(tuple(codes), seen, 1.0, 0.0))
    for m, away in zip(made, held, strict=True):
        if away:
            yield _Answer(m.code, codes.index(m.code), model.fits(m.traits)[1])


def _fitted(answers: Sequence[_Answer]) -> tuple[float, float]:
    """Sharpness and floor under which the right answers to versions never seen are likeliest.

    A paper whose kind was never taught is to fall to the floor: each is asked once more with its own kind hidden.
    """
    best = (np.inf, 1.0, 0.0)
    for sharpness in np.arange(0.2, 4.0, 0.1):
        for floor in np.arange(-8.0, 12.0, 0.5):
            loss = _loss(answers, float(sharpness), float(floor))
            best = min(best, (loss, float(sharpness), float(floor)))
    return round(best[1], 3), round(best[2], 3)


def _strange(answers: Sequence[_Answer]) -> Iterator[_Answer]:
    """The same papers for a model that does not know their kind: whatever it says of them is wrong."""
    for a in answers:
        if a.code != OTHER:
            fits = a.fits.copy()
            fits[a.place] = -np.inf
            yield _Answer("", -1, fits)


def _told(answers: Sequence[_Answer], sharpness: float, floor: float) -> list[tuple[float, bool]]:
    """How sure the likeliest kind was, and whether it was right."""
    shares = _shares(np.stack([np.append(a.fits, floor) for a in answers]), sharpness)
    best = shares[:, :-1].argmax(axis=1)
    return [(float(row[b]), bool(b == a.place)) for row, b, a in zip(shares, best, answers, strict=True)]


def _loss(answers: Sequence[_Answer], sharpness: float, floor: float) -> float:
    fits = np.stack([np.append(a.fits, floor) for a in answers])
    rows, places = np.arange(len(fits)), np.array([a.place for a in answers])
    stranger = np.array([a.code == OTHER for a in answers])
    shares = _shares(fits, sharpness)
    # For a paper of no kind "I do not know" is as right as "another paper".
    right = shares[rows, places] + np.where(stranger, shares[:, -1], 0.0)
    fits[rows, places] = -np.inf
    unknown = _shares(fits, sharpness)[~stranger, -1]
    # Squares, not logarithms: a few papers that nothing could know must not make the model shy of all others.
    return float(((1 - right) ** 2).mean() + STRANGERS * ((1 - unknown) ** 2).mean())


def _shares(fits: Scores, sharpness: float) -> Scores:
    powers = np.exp(sharpness * (fits - fits.max(axis=1, keepdims=True)))
    shares: Scores = powers / powers.sum(axis=1, keepdims=True)
    return shares


if __name__ == "__main__":
    (Path(__file__).parent / BASE_FILE).write_bytes(taught_base().data())
