"""The control slip's rows: who passed the dossier to whom by its log, and whether in time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from fakes import FakeOffice
from samples import BIRTH, NOON, OFFICER, a_desk, an_intake

from kiosk.domain.dossier import ResultRecord
from kiosk.domain.passing import outcome
from kiosk.domain.slip import SlipKind
from kiosk.services import handover
from kiosk.services.reception import receive_dossier
from kiosk.services.slips import brought_up_to_date

DUE = NOON.replace(hour=17)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (DUE - timedelta(days=1), "Trước hạn"),
        (DUE - timedelta(hours=1), "Đúng hạn"),
        (DUE, "Đúng hạn"),
        (DUE + timedelta(minutes=1), "Quá hạn"),
    ],
)
def test_a_result_is_early_on_time_or_late(at: datetime, words: str) -> None:
    assert outcome(at, DUE) == words


def test_without_a_promise_nothing_is_early_or_late() -> None:
    assert outcome(NOON, None) == ""


def test_the_slip_is_issued_with_the_work_and_follows_the_log() -> None:
    office, desk = FakeOffice(), a_desk()
    office.shelf.procedures[BIRTH.code, 1] = BIRTH
    key = receive_dossier(office.units(), desk, an_intake(), actor=OFFICER, now=NOON).dossier.key
    handover.start_processing(office.units(), desk, key, actor=OFFICER, now=NOON + timedelta(hours=1))
    with office.units() as look:
        issued = look.slips.of_dossier(key)[-1]
    assert (issued.kind, issued.number) == (SlipKind.CONTROL, 1)
    assert [(p.giver, p.receiver) for p in issued.passings] == [
        ("Người nộp hồ sơ", "Bộ phận tiếp nhận"),
        ("Bộ phận tiếp nhận", "Bộ phận giải quyết"),
    ]
    tuesday, late = NOON + timedelta(days=1), NOON + timedelta(days=9)
    handover.consult(office.units(), key, "Sở Tư pháp", "Có hợp lệ?", date(2026, 11, 26), actor=OFFICER, now=tuesday)
    handover.note_answer(office.units(), key, "Hợp lệ", actor=OFFICER, now=NOON + timedelta(days=3))
    handover.record_result(office.units(), key, ResultRecord("12", late, "r-1"), actor=OFFICER, now=late)
    handover.hand_over(office.units(), key, "Người nộp", actor=OFFICER, now=late)
    with office.units() as look:
        now = brought_up_to_date(look, desk, issued)
    assert [(p.giver, p.receiver, p.outcome) for p in now.passings[2:]] == [
        ("Bộ phận giải quyết", "Sở Tư pháp", ""),
        ("Sở Tư pháp", "Bộ phận giải quyết", "Đúng hạn"),
        ("Bộ phận giải quyết", "Bộ phận trả kết quả", "Quá hạn"),
        ("Bộ phận trả kết quả", "Người nhận kết quả", ""),
    ]
    assert now.number == issued.number


def test_other_slips_stay_as_they_were_issued() -> None:
    office, desk = FakeOffice(), a_desk()
    office.shelf.procedures[BIRTH.code, 1] = BIRTH
    receipt = receive_dossier(office.units(), desk, an_intake(), actor=OFFICER, now=NOON).slip
    assert receipt is not None
    with office.units() as look:
        assert brought_up_to_date(look, desk, receipt) is receipt
