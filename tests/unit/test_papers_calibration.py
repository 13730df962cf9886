"""Confidences as probabilities."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from scanner.papers.calibration import Curve, fitted
from scanner.papers.model import Base, shipped
from ui.cli.bench_papers_types import Told, off


def said_and_right(count: int, chance: float, seed: int = 1) -> list[tuple[float, bool]]:
    """Answers that are said with any confidence and are right by its power of `chance`: above 1 too sure."""
    rng = Random(seed)
    return [(said, rng.random() < said**chance) for said in (rng.random() for _ in range(count))]


@pytest.mark.parametrize("chance", [0.4, 1.0, 3.0])
def test_a_curve_says_how_often_such_answers_are_right(chance: float) -> None:
    curve = fitted(said_and_right(8000, chance))
    for said in (0.2, 0.5, 0.8):
        assert curve.probability(said) == pytest.approx(said**chance, abs=0.07)


def test_who_is_surer_is_never_less_likely_right_and_nothing_is_certain() -> None:
    curve = fitted([*said_and_right(900, 2.0, seed=3), *((0.99, True) for _ in range(200))])
    assert all(a <= b for a, b in pairwise(curve.right))
    assert all(a <= b for a, b in pairwise(curve.said))
    assert curve.right[0] > 0
    assert curve.right[-1] < 1


def test_a_few_wrong_answers_of_the_surest_do_not_turn_the_order() -> None:
    answers = [*((0.5, True) for _ in range(60)), *((0.9, n % 3 > 0) for n in range(60))]
    assert len(fitted(answers, together=60).right) == 1


def test_the_shipped_curve_comes_back_and_never_falls() -> None:
    curve = shipped().curve
    assert Base.of(shipped().data()).curve == curve
    assert len(curve.said) >= 4
    assert list(curve.right) == sorted(curve.right)


def test_how_far_probabilities_are_off_is_measured() -> None:
    right = [Told("decision", "decision-0", "decision", 0.75, "text") for _ in range(3)]
    wrong = Told("decision", "decision-0", "contract", 0.75, "text")
    assert off([*right, wrong]) == pytest.approx(0.0)
    assert off(right) == pytest.approx(0.25)
    assert Curve((0.0, 1.0), (0.5, 0.5)).probability(0.9) == 0.5
