"""How often what is said so surely is right: confidences as probabilities, by isotonic regression (Zadrozny 2002)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

LEAST_TOGETHER = 40  # answers that a step is made of: fewer say little about a share


@dataclass(frozen=True)
class Curve:
    """said: confidences, ascending; right: the share of answers that were right there, never falling. Straight lines
    between; beyond the ends as at the ends."""

    said: tuple[float, ...]
    right: tuple[float, ...]

    def probability(self, confidence: float) -> float:
        return float(np.interp(confidence, self.said, self.right))


def fitted(answers: Sequence[tuple[float, bool]], together: int = LEAST_TOGETHER) -> Curve:
    """answers: how sure, and whether right. Neighbours are pooled until none is right less often than the one before.

    A share counts one right and one wrong answer more than were seen: nothing is certain.
    """
    ordered = sorted(answers)
    blocks: list[tuple[float, int, int]] = []  # sum of confidences, right, all
    for start in range(0, len(ordered), together):
        some = ordered[start : start + together]
        blocks.append((sum(said for said, _ in some), sum(right for _, right in some), len(some)))
        while len(blocks) > 1 and _share(blocks[-2]) >= _share(blocks[-1]):
            (said, right, count), (more_said, more_right, more) = blocks[-2:]
            blocks[-2:] = [(said + more_said, right + more_right, count + more)]
    return Curve(
        tuple(round(said / count, 4) for said, _, count in blocks), tuple(round(_share(block), 4) for block in blocks)
    )


def _share(block: tuple[float, int, int]) -> float:
    _, right, count = block
    return (right + 1) / (count + 2)
