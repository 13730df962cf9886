"""What the office mends after reception, with before, after and why; the receipt says that it was amended."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import FakeOffice
from printing_samples import texts
from samples import BIRTH, MOTHER, NOON, OFFICER, a_desk, an_intake

from kiosk.domain.dossier import Dossier, ReasonRequiredError
from kiosk.domain.life import NotYourActError
from kiosk.domain.person import Person
from kiosk.domain.proxy import Proxy, SameSubmitterError, Standing
from kiosk.services.corrections import Correction, NothingChangedError, UnknownFieldError, correct_dossier
from kiosk.services.handover import withdraw
from kiosk.services.reception import Outcome, receive_dossier
from kiosk.services.register import register_of
from kiosk.text import tidy
from printing.forms import render_slip


@pytest.fixture
def office() -> FakeOffice:
    office = FakeOffice()
    office.shelf.procedures[BIRTH.code, 1] = BIRTH
    return office


@pytest.fixture
def dossier(office: FakeOffice) -> Dossier:
    return receive_dossier(office.units(), a_desk(), an_intake(), actor=OFFICER, now=NOON).dossier


def mend(office: FakeOffice, dossier: Dossier, correction: Correction, reason: str = "Gõ sai dấu") -> Outcome:
    return correct_dossier(office.units(), a_desk(), dossier.key, correction, reason, actor=OFFICER, now=NOON)


def test_each_correction_keeps_what_stood_before_and_why(office: FakeOffice, dossier: Dossier) -> None:
    mend(office, dossier, Correction({"full_name": "Nguyễn Thị Ảnh"}, counts={"tp-1": 2}))
    (event,) = [e for e in office.shelf.events if e.kind == "dossier.corrected"]
    assert dict(event.data) == {
        "changes": {
            "owner.full_name": ["Nguyễn Thị Ánh", "Nguyễn Thị Ảnh"],
            "papers.tp-1.count": [1, 2],
        },
        "reason": "Gõ sai dấu",
    }
    assert event.actor == OFFICER


def test_the_receipt_is_issued_anew_and_names_the_old_one(office: FakeOffice, dossier: Dossier) -> None:
    first = mend(office, dossier, Correction({"phone": "0912000222"})).slip
    second = mend(office, dossier, Correction({"address": "Thôn 2"})).slip
    assert first is not None
    assert second is not None
    assert (first.amendment, first.replaces) == (1, "Mẫu 01 số 1/2026 ngày 23/11/2026")
    assert (second.amendment, second.replaces) == (2, "Mẫu 01 số 2/2026 ngày 23/11/2026")
    assert second.due_at == dossier.due_at
    text = tidy(texts(render_slip(second))[0])
    assert "SỬA ĐỔI LẦN 2 (thay Mẫu 01 số 2/2026 ngày 23/11/2026)" in text


def test_a_receipt_is_not_amended_without_a_reason(office: FakeOffice, dossier: Dossier) -> None:
    with pytest.raises(ReasonRequiredError):
        mend(office, dossier, Correction({"phone": "0912000222"}), reason=" ")
    assert office.shelf.dossiers[dossier.key].owner == MOTHER


def test_the_submitter_is_mended_with_the_standing(office: FakeOffice, dossier: Dossier) -> None:
    brother = {"full_name": "Nguyễn Văn Em", "id_number": "001099000012"}
    mended = mend(office, dossier, Correction(submitter=brother, proxy=Proxy(Standing.PARENT))).dossier
    assert mended.submitter == Person("001099000012", "Nguyễn Văn Em", "001099000012")
    assert mended.proxy == Proxy(Standing.PARENT)
    with pytest.raises(SameSubmitterError):
        mend(office, dossier, Correction(submitter={"id_number": MOTHER.id_number}))


@pytest.mark.parametrize("counts", [{"tp-9": 1}, {}])
def test_only_what_is_the_offices_own_is_mended(office: FakeOffice, dossier: Dossier, counts: dict[str, int]) -> None:
    change = Correction(counts=counts) if counts else Correction({"key": "x"})
    with pytest.raises(UnknownFieldError):
        mend(office, dossier, change)


def test_nothing_changed_makes_no_paper(office: FakeOffice, dossier: Dossier) -> None:
    with pytest.raises(NothingChangedError):
        mend(office, dossier, Correction({"phone": MOTHER.phone}))
    assert len(office.shelf.slips) == 1


def test_a_closed_dossier_is_mended_without_another_receipt(office: FakeOffice, dossier: Dossier) -> None:
    withdraw(office.units(), dossier.key, "Không nộp nữa", actor=OFFICER, now=NOON)
    assert mend(office, dossier, Correction({"phone": "0912000222"})).slip is None


def test_the_register_names_both_receipts(office: FakeOffice, dossier: Dossier) -> None:
    mend(office, dossier, Correction({"phone": "0912000222"}))
    with office.units() as look:
        lines = register_of(look, NOON.date(), NOON.date())
    assert [(line.receipt.number, line.note) for line in lines] == [(1, "Sửa đổi, xem số 02"), (2, "Sửa đổi lần 1")]


def test_who_may_mend(office: FakeOffice, dossier: Dossier) -> None:
    cashier = replace(OFFICER, roles=frozenset({"cashier"}))
    with pytest.raises(NotYourActError):
        correct_dossier(
            office.units(), a_desk(), dossier.key, Correction({"phone": "1"}), "Sai", actor=cashier, now=NOON
        )
