"""Search, words and keys of the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from desk_presenters import filled
from samples import BIRTH, NOON
from ui_fakes import FakeIntakes

from kiosk.domain.calendar import Skipped
from kiosk.domain.dossier import PaperState
from kiosk.domain.due import Due
from kiosk.domain.fees import Tariff, work_out
from kiosk.domain.procedure import Channel, Term, TermUnit
from kiosk.domain.ticket import TicketState
from kiosk.services.reception import PaperMark
from ui.desk.actions import ACTIONS, LETTERS
from ui.desk.person_card import born_kept, born_shown
from ui.desk.search import find_procedures
from ui.desk.words import promised

# --- search, words, keys ---------------------------------------------------------------------------------------------

MARRIAGE = replace(BIRTH, code="1.000894", name="Đăng ký kết hôn", mnemonic="kh")
COPY = replace(BIRTH, code="2.000815", name="Chứng thực bản sao", mnemonic="bs", field_name="Chứng thực")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ks", BIRTH),
        ("KH", MARRIAGE),
        ("khai sinh", BIRTH),
        ("hon ket", MARRIAGE),
        ("1.0008", MARRIAGE),
        ("kết hôn", MARRIAGE),
        ("ban sao", COPY),
    ],
)
def test_a_procedure_is_found_by_short_name_code_or_words_without_marks(typed: str, first: object) -> None:
    assert find_procedures([COPY, MARRIAGE, BIRTH], typed)[0] is first


def test_with_nothing_typed_the_lines_own_procedures_are_proposed() -> None:
    assert find_procedures([MARRIAGE, BIRTH, COPY], "", ["Chứng thực"]) == [COPY]


def test_nothing_fits_nonsense() -> None:
    assert find_procedures([BIRTH, COPY], "xyz") == []


def test_no_key_is_one_that_vietnamese_typing_programs_use() -> None:
    keys = [a.key for a in ACTIONS if a.key]
    assert len(set(keys)) == len(keys)
    # Bare Ctrl+Shift switches them; with a letter it does not, but for those that IBus takes (Unicode, pictures).
    taken = {"Alt+Z", "Ctrl+Shift", "Ctrl+Shift+U", "Ctrl+Shift+E", "Ctrl+Shift+Space", "Alt+Shift"}
    assert not set(keys) & taken
    assert not any(key.startswith("Alt+") for key in keys)
    assert not {letter for letter, _state, _words in LETTERS} & {"B"}
    assert {state for _letter, state, _words in LETTERS} == {state.value for state in PaperState}


def test_the_date_says_why() -> None:
    term = Term(3, TermUnit.WORKING_DAYS, "3 ngày làm việc")
    due_at = (NOON + timedelta(days=4)).replace(hour=17)
    due = Due(NOON, NOON, due_at, term, (Skipped(NOON.date() + timedelta(days=1), "Ngày Văn hóa Việt Nam"),))
    fee = work_out(BIRTH, Tariff(), Channel.COUNTER, NOON.date())
    shown = promised(BIRTH, due, fee)
    assert shown.reason == "3 ngày làm việc; trừ lễ 24/11 (Ngày Văn hóa Việt Nam)."
    assert (shown.when, shown.day, shown.fee) == ("17:00", "Thứ Sáu, 27/11/2026", "8.000 ₫")
    assert not promised(BIRTH, None, fee).known
    assert promised(BIRTH, due, replace(fee, asks=("số trang của một bản",))).fee == "Cần số trang của một bản"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("05031990", "1990-03-05"), ("5/3/1990", "1990-03-05"), ("3/1990", "1990-03"), ("1950", "1950"), ("", "")],
)
def test_birth_dates_are_typed_as_people_write_them(typed: str, kept: str) -> None:
    assert born_kept(typed) == kept
    assert born_kept(born_shown(kept)) == kept


def test_marks_survive_a_change_of_procedure_where_the_paper_is_the_same() -> None:
    presenter, _view, _office = filled(FakeIntakes(catalogue=[BIRTH, MARRIAGE]))
    presenter.on_state("tp-1", PaperState.COPY)
    presenter.on_procedure(MARRIAGE.code)
    assert presenter.work.marks == {"tp-1": PaperMark(PaperState.COPY)}
    assert presenter.work.ticket is None
    assert TicketState.CALLED.is_active
