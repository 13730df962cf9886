"""Every wrong input gets an exit code, a Vietnamese sentence that says what to do next, and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from wrong_inputs import CASES, DESK_CASES, PAGE, Answer, AtDesk, Scene, Wrong, page, scene

VIETNAMESE = re.compile(r"[ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỷỵỹđ]", re.IGNORECASE)
ENGLISH = re.compile(r"\b(invalid|error|missing|must|not found|expected|traceback|none)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with scene(tmp_path_factory.mktemp("wrong")) as made:
        yield made


@pytest.fixture(scope="module")
def answers(here: Scene) -> dict[str, Answer]:
    """Every command once, on the same office."""
    before = here.state()
    found = {wrong.id: here.run(wrong) for wrong in CASES}
    assert here.state() == before, "nothing was lost, nothing was written"
    return found


def test_there_are_thirty_kinds_and_more() -> None:
    assert len({wrong.id for wrong in CASES}) == len(CASES) >= 30
    assert len({wrong.code for wrong in CASES}) >= 20


@pytest.mark.parametrize("wrong", CASES, ids=lambda w: w.what)
def test_a_wrong_input_is_refused_in_words_that_say_what_to_do(wrong: Wrong, answers: dict[str, Answer]) -> None:
    answer = answers[wrong.id]
    assert answer.exit_code in (1, 2)
    assert answer.code == wrong.code
    for text in (answer.message, answer.fix):
        assert VIETNAMESE.search(text), text
        assert not ENGLISH.search(text), text
        assert "{" not in text, text


@pytest.mark.parametrize("case", DESK_CASES, ids=lambda c: c.what)
def test_a_slip_at_the_desk_is_told_and_ends_nothing(case: AtDesk) -> None:
    message, fix, ended = case.answer()
    assert not ended
    for text in (message, fix):
        assert VIETNAMESE.search(text)
        assert not ENGLISH.search(text)


def test_the_page_tells_what_the_program_says(answers: dict[str, Answer]) -> None:
    """Written by `python tests/wrong_inputs.py`."""
    assert PAGE.read_text(encoding="utf-8") == page([(wrong, answers[wrong.id]) for wrong in CASES])
