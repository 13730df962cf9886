"""What the office mends after reception, with before, after and why; the receipt says that it was amended."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import FakeOffice
from printing_samples import texts
from samples import BIRTH, MOTHER, NOON, OFFICER, a_desk, an_intake

from kiosk.domain.dossier import Dossier, ReasonRequiredError
from kiosk.domain.event import Event, first_broken
from kiosk.domain.held import PeopleRules
from kiosk.domain.life import NotYourActError
from kiosk.domain.person import Person
from kiosk.domain.proxy import Proxy, SameSubmitterError, Standing, StandingError, StandingRule
from kiosk.services.corrections import (
    CORRECTED,
    Correction,
    Mended,
    NothingChangedError,
    UnknownFieldError,
    correct_dossier,
    corrections_of,
)
from kiosk.services.handover import withdraw
from kiosk.services.reception import Outcome, receive_dossier
from kiosk.services.register import register_of
from kiosk.text import tidy
from printing.forms import render_slip
from ui.mended_words import mended_words


@pytest.fixture
def office() -> FakeOffice:
    office = FakeOffice()
    office.shelf.procedures[BIRTH.code, 1] = BIRTH
    return office


@pytest.fixture
def dossier(office: FakeOffice) -> Dossier:
    return receive_dossier(office.units(), a_desk(), an_intake(), actor=OFFICER, now=NOON).dossier


def mend(office: FakeOffice, dossier: Dossier, correction: Correction, reason: str = "Gõ sai dấu") -> Outcome:
    desk = replace(a_desk(), people=PeopleRules(standings=(StandingRule(Standing.PARENT),)))
    return correct_dossier(office.units(), desk, dossier.key, correction, reason, actor=OFFICER, now=NOON)


def told(office: FakeOffice, dossier: Dossier) -> list[Mended]:
    with office.units() as look:
        return corrections_of(look, dossier.key)


def test_each_correction_keeps_what_stood_before_and_why(office: FakeOffice, dossier: Dossier) -> None:
    mend(office, dossier, Correction({"full_name": "Nguyễn Thị Ảnh"}, counts={"tp-1": 2}))
    [mended] = told(office, dossier)
    assert mended.changes == {
        "owner.full_name": ["Nguyễn Thị Ánh", "Nguyễn Thị Ảnh"],
        "papers.tp-1.count": [1, 2],
    }
    assert (mended.reason, mended.officer, mended.is_whole) == ("Gõ sai dấu", OFFICER.officer, True)


def test_the_log_names_the_mended_fields_and_no_name_and_no_number(office: FakeOffice, dossier: Dossier) -> None:
    mend(office, dossier, Correction({"full_name": "Nguyễn Thị Ảnh", "id_number": "001195000009"}))
    (event,) = [e for e in office.shelf.events if e.kind == CORRECTED]
    [record] = office.shelf.corrections.values()
    assert dict(event.data) == {
        "fields": ["owner.full_name", "owner.id_number"],
        "correction": record.key,
        "digest": record.digest,
    }
    log = " ".join(str(dict(e.data)) for e in office.shelf.events)
    assert not [word for word in ("Nguyễn", "001195000007", "001195000009", "Gõ sai") if word in log]


def test_what_stood_before_can_be_erased_and_the_log_stays_whole(office: FakeOffice, dossier: Dossier) -> None:
    mend(office, dossier, Correction({"phone": "0912000222"}))
    office.shelf.corrections.clear()
    assert first_broken(office.shelf.events) is None
    [mended] = told(office, dossier)
    assert (mended.fields, mended.changes, mended.reason) == (("owner.phone",), None, "")
    assert mended_words(mended, dossier) == "điện thoại chủ hồ sơ (nội dung cũ đã xóa theo quy định lưu giữ)"


def test_a_record_that_was_altered_does_not_fit_its_mark_in_the_log(office: FakeOffice, dossier: Dossier) -> None:
    mend(office, dossier, Correction({"phone": "0912000222"}))
    [record] = office.shelf.corrections.values()
    office.shelf.corrections[record.key] = replace(record, changes={"owner.phone": ["0900", "0912000222"]})
    [mended] = told(office, dossier)
    assert not mended.is_whole
    assert mended_words(mended, dossier).endswith("(không khớp dấu trong nhật ký)")


def test_the_same_change_twice_has_no_mark_that_could_be_tried_out(office: FakeOffice, dossier: Dossier) -> None:
    for phone in ("0912000222", MOTHER.phone, "0912000222"):
        mend(office, dossier, Correction({"phone": phone}))
    first, _back, again = [e.data["digest"] for e in office.shelf.events if e.kind == CORRECTED]
    assert first != again


def test_what_an_older_version_wrote_into_the_log_is_still_told(office: FakeOffice, dossier: Dossier) -> None:
    changes = {"owner.id_number": ["001195000007", "001195000008"], "proxy": [None, "Cha, mẹ"]}
    with office.units() as uow:
        uow.events.append(Event(CORRECTED, dossier.key, NOON, OFFICER, {"changes": changes, "reason": "Gõ sai"}))
        uow.commit()
    [mended] = told(office, dossier)
    assert mended_words(mended, dossier) == (
        "số định danh chủ hồ sơ: ••••••••0007 → ••••••••0008; tư cách người nộp hộ: để trống → Cha, mẹ. Lý do: Gõ sai"
    )


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
    with pytest.raises(StandingError):  # not known in this office
        mend(office, dossier, Correction(proxy=Proxy(Standing.REPRESENTATIVE)))


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
