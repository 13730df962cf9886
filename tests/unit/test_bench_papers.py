from __future__ import annotations

import numpy as np

from scanner.papers.specimen import specimens
from ui.cli.bench_papers_fields import fields_measured
from ui.cli.bench_papers_pages import drawn_page
from ui.cli.bench_papers_types import CURVE, Told, TypesOutcome, types_measured

RIGHT = Told("decision", "decision-0", "decision", 0.95, "scan 1")
WRONG = Told("decision", "decision-0", "contract", 0.95, "scan 1")
ASKED = Told("decision", "decision-0", "contract", 0.2, "scan 1")


def outcome(*new: Told, learned: float = 1.0, after: float = 0.9) -> TypesOutcome:
    return TypesOutcome((RIGHT,), new, (), dict.fromkeys(CURVE, learned), 0.9, after, 1.0)


def test_a_wrong_answer_counts_more_when_the_program_was_sure() -> None:
    many = (RIGHT,) * 20
    assert outcome(*many, ASKED, ASKED).ok
    assert not outcome(*many, WRONG, WRONG).ok
    told = outcome(*many, ASKED, WRONG).data()["new"]
    assert (told["asked"], told["wrong_when_sure"]) == (round(1 / 22, 3), round(1 / 21, 3))


def test_learning_must_come_and_must_not_harm_the_others() -> None:
    assert not outcome(RIGHT, learned=0.5).ok
    assert not outcome(RIGHT, after=0.8).ok
    assert outcome(RIGHT, WRONG).data()["confused"] == [["decision", "contract", 1]]


def test_kinds_are_measured_on_papers_kept_apart_and_learning_lifts_an_offices_own_form() -> None:
    found = types_measured(0, 1, (0, 1, 4))
    assert {t.way for t in found.new} == {"text 0%", "text 2%", "text 5%"}
    assert found.curve[0] < found.curve[4]
    assert found.scans == ()


def test_fields_are_judged_to_the_letter() -> None:
    data = fields_measured(0, 1).data()
    assert data["by_way"]["text 0%"]["exact"] > data["by_way"]["text 5%"]["exact"]
    assert data["by_field"] == {}


def test_a_printed_paper_is_the_same_each_time_and_worse_with_wear() -> None:
    paper = next(s for s in specimens(1, 3, apart=True) if s.code == "identity-card")
    assert (drawn_page(paper, 2, 7).pixels == drawn_page(paper, 2, 7).pixels).all()
    sharp, worn = (float(np.percentile(drawn_page(paper, s, 7).grey(), 0.2)) for s in (0, 3))
    assert sharp < worn  # the ink has paled
