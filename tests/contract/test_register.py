"""Lines of the register on the fake and both engines: by receipt number, with what became of each dossier."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from samples import BIRTH, NOON, OFFICER, a_desk, an_intake, marks

from kiosk.domain.dossier import ResultRecord
from kiosk.domain.term_words import parse_term
from kiosk.services import handover
from kiosk.services.ports import Units
from kiosk.services.reception import receive_dossier, request_supplement
from kiosk.services.register import TwoBooksError, register_of
from kiosk.services.term_clock import extend

DESK, DAY = a_desk(), timedelta(days=1)
TODAY = NOON.date()


@pytest.fixture(autouse=True)
def catalogue(units: Units) -> None:
    with units() as uow:
        uow.procedures.add(BIRTH)
        uow.commit()


def received(units: Units, draft: str, days: int = 0) -> str:
    outcome = receive_dossier(units(), DESK, an_intake(draft=draft), actor=OFFICER, now=NOON + days * DAY)
    return outcome.dossier.key


def test_a_range_of_days_lists_its_receipts_by_number(units: Units) -> None:
    first, second = received(units, "a"), received(units, "b")
    received(units, "c", days=1)
    with units() as look:
        today = register_of(look, TODAY, TODAY)
        both = register_of(look, TODAY, TODAY + DAY)
        assert register_of(look, TODAY - DAY, TODAY - DAY) == []
    assert [(e.receipt.number, e.receipt.dossier_key) for e in today] == [(1, first), (2, second)]
    assert [e.receipt.number for e in both] == [1, 2, 3]


def test_a_line_tells_the_hand_over_and_the_new_date(units: Units) -> None:
    key = received(units, "a")
    extend(units(), DESK, key, parse_term("2 ngày làm việc"), "Chờ ý kiến", actor=OFFICER, now=NOON + DAY)
    handover.record_result(units(), key, ResultRecord("12", NOON + DAY, "r-1"), actor=OFFICER, now=NOON + DAY)
    handover.hand_over(units(), key, "Trần Thị Bình", actor=OFFICER, now=NOON + 2 * DAY)
    with units() as look:
        (line,) = register_of(look, TODAY, TODAY)
    assert (line.returned_at, line.receiver) == (NOON + 2 * DAY, "Trần Thị Bình")
    assert line.note == "Hẹn lại 30/11/2026 (Mẫu 04 số 1/2026)"


def test_a_dossier_taken_in_again_after_its_supplement_has_two_lines(units: Units) -> None:
    received(units, "a")
    request_supplement(
        units(), DESK, an_intake(papers=marks("tp-1"), draft="a"), "Thiếu giấy", actor=OFFICER, now=NOON + DAY
    )
    with units() as look:
        assert [e.note for e in register_of(look, TODAY, TODAY)] == ["Chờ bổ sung"]
    received(units, "a", days=2)
    with units() as look:
        lines = register_of(look, TODAY, TODAY + 2 * DAY)
    assert [(e.receipt.number, e.note) for e in lines] == [(1, "Trả bổ sung, nhận lại theo số sau"), (2, "")]


def test_a_stopped_dossier_says_so_and_has_no_return(units: Units) -> None:
    key = received(units, "a")
    handover.stop(units(), DESK, key, "Theo quyết định 5", actor=OFFICER, now=NOON + DAY)
    with units() as look:
        (line,) = register_of(look, TODAY, TODAY)
    assert (line.note, line.returned_at) == ("Dừng giải quyết", None)


def test_a_book_is_of_one_year(units: Units) -> None:
    with units() as look, pytest.raises(TwoBooksError):
        register_of(look, date(2026, 12, 31), date(2027, 1, 1))
