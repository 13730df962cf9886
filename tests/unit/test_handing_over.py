"""Results and originals: who may take a result, what must go with it, and what the log keeps of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import FakeOffice
from samples import BIRTH, MOTHER, NOON, OFFICE, OFFICER, a_desk, an_intake, marks

from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.days_left import days_left, left_words
from kiosk.domain.dossier import (
    Dossier,
    NoResultCopyError,
    PaperState,
    ReasonRequiredError,
    ResultRecord,
    StateSecretError,
)
from kiosk.domain.event import Actor
from kiosk.domain.life import IllegalDossierActError, NotYourActError, Role
from kiosk.domain.notice import result_notice
from kiosk.domain.original import GIVEN_BACK, HELD, NothingToHoldError, NotInCustodyError, in_custody
from kiosk.domain.person import Person
from kiosk.domain.proxy import Proxy, Standing
from kiosk.domain.receiver import Proof, proof_of
from kiosk.domain.scan import StoredFile
from kiosk.domain.tracks import HandOverState
from kiosk.errors import NotFoundError
from kiosk.services import handover, originals
from kiosk.services.intake_again import intake_of
from kiosk.services.reception import receive_dossier

COPY = StoredFile("f-1", "0" * 64, 10, "application/pdf", b"")
SON = Person("p-2", "Trần Văn Bình", "001095000011")
STRANGER = Person("p-3", "Lê Văn Lạ", "001090000099")
RESULT = ResultRecord("12/KS", NOON)


@pytest.fixture
def office() -> FakeOffice:
    office = FakeOffice()
    office.shelf.procedures[BIRTH.code, 1] = BIRTH
    return office


def received(office: FakeOffice, **changes: object) -> str:
    intake = replace(an_intake(), **changes)  # type: ignore[arg-type]
    return receive_dossier(office.units(), a_desk(), intake, actor=OFFICER, now=NOON).dossier.key


def with_result(office: FakeOffice, *, copy: bool = True, **changes: object) -> str:
    key = received(office, **changes)
    file = COPY if copy else None
    handover.record_result(office.units(), key, RESULT, actor=OFFICER, now=NOON, file=file)
    return key


def kept(office: FakeOffice) -> Dossier:
    (dossier,) = office.shelf.dossiers.values()
    return dossier


def give(office: FakeOffice, key: str, to: str = "Nguyễn Thị Ánh", **how: object) -> Dossier:
    return handover.hand_over(office.units(), key, to, actor=OFFICER, now=NOON, **how)  # type: ignore[arg-type]


def custody(office: FakeOffice) -> list[str]:
    return [original.component for original in in_custody(kept(office), office.shelf.events)]


# --- the electronic copy -----------------------------------------------------------------------------------------


def test_a_result_s_copy_is_the_dossier_s_file_in_the_same_act(office: FakeOffice) -> None:
    key = with_result(office)
    assert kept(office).result == replace(RESULT, file_id="f-1")
    assert office.shelf.files["f-1"] == (COPY, key)


def test_without_a_copy_nothing_is_handed_over_unless_somebody_says_why(office: FakeOffice) -> None:
    key = with_result(office, copy=False)
    with pytest.raises(NoResultCopyError):
        give(office, key)
    with pytest.raises(NoResultCopyError):
        give(office, key, waybill="VN1", without_copy="  ")
    given = give(office, key, without_copy="Chỉ có bản giấy")
    assert given.result is not None
    assert (given.result.without_copy, given.handed) == ("Chỉ có bản giấy", HandOverState.HANDED_OVER)


def test_a_state_secret_has_no_copy_and_is_handed_over(office: FakeOffice) -> None:
    key = received(office, state_secret=True)
    with pytest.raises(StateSecretError):
        handover.record_result(office.units(), key, RESULT, actor=OFFICER, now=NOON, file=COPY)
    assert office.shelf.files == {}
    handover.record_result(office.units(), key, RESULT, actor=OFFICER, now=NOON)
    assert give(office, key).handed is HandOverState.HANDED_OVER


def test_a_result_in_place_of_another_is_told_again(office: FakeOffice) -> None:
    key = with_result(office)
    handover.notify(office.units(), key, "Điện thoại", actor=OFFICER, now=NOON)
    handover.record_result(office.units(), key, ResultRecord("13/KS", NOON), actor=OFFICER, now=NOON, file=COPY)
    again = kept(office)
    assert (again.handed, again.notified_at, again.notified_by) == (HandOverState.READY, None, "")


# --- who takes it ------------------------------------------------------------------------------------------------


def test_the_log_says_how_the_desk_knew_who_took_it_and_names_nobody(office: FakeOffice) -> None:
    given = give(office, with_result(office), proof=Proof.OWNER_CARD)
    told = office.shelf.events[-1]
    assert (told.kind, dict(told.data)) == ("dossier.returned", {"state": "returned", "by": "owner_card"})
    assert given.returned_to == "Nguyễn Thị Ánh"
    assert given.result is not None
    assert given.result.proof == "owner_card"


def test_a_name_alone_needs_the_reason(office: FakeOffice) -> None:
    key = with_result(office)
    with pytest.raises(ReasonRequiredError):
        give(office, key, proof=Proof.TYPED, note=" ")
    given = give(office, key, proof=Proof.TYPED, note="Mất giấy hẹn")
    assert given.result is not None
    assert given.result.proof_note == "Mất giấy hẹn"


def test_by_post_the_waybill_is_the_proof(office: FakeOffice) -> None:
    given = give(office, with_result(office), waybill="VN123")
    assert (given.handed, given.waybill) == (HandOverState.POSTED, "VN123")
    assert office.shelf.events[-1].data["by"] == "post"


@pytest.mark.parametrize(
    ("card", "submitter", "proxy", "proof"),
    [
        (MOTHER, None, None, Proof.OWNER_CARD),
        (Person("x", "", "9", MOTHER.id_number), None, None, Proof.OWNER_CARD),  # a new card that names the old number
        (SON, SON, Proxy(Standing.AUTHORISED), Proof.PROXY_CARD),
        (SON, SON, Proxy(Standing.AUTHORISED, collects=False), None),
        (SON, SON, None, None),  # in what standing is not known: a written authority, so a typed name
        (STRANGER, SON, Proxy(Standing.AUTHORISED), None),
        (Person("y", "Không Số"), None, None, None),
    ],
)
def test_a_card_proves_only_who_may_collect(
    office: FakeOffice, card: Person, submitter: Person | None, proxy: Proxy | None, proof: Proof | None
) -> None:
    received(office)
    assert proof_of(replace(kept(office), submitter=submitter, proxy=proxy), card) is proof


# --- originals ---------------------------------------------------------------------------------------------------


def test_originals_are_in_custody_until_each_is_given_back(office: FakeOffice) -> None:
    key = received(office)
    originals.hold(office.units(), key, ["tp-1", "tp-2"], actor=OFFICER, now=NOON)
    assert custody(office) == ["tp-1", "tp-2"]
    back = originals.give_back(office.units(), key, ["tp-1"], actor=OFFICER, now=NOON)
    assert ([o.name for o in back], custody(office)) == (["Tờ khai đăng ký khai sinh"], ["tp-2"])
    originals.give_back(office.units(), key, ["tp-2", "tp-3"], actor=OFFICER, now=NOON)
    assert custody(office) == []
    kinds = [(e.kind, e.data["component"]) for e in office.shelf.events if e.kind in (HELD, GIVEN_BACK)]
    assert kinds == [(HELD, "tp-1"), (HELD, "tp-2"), (GIVEN_BACK, "tp-1"), (GIVEN_BACK, "tp-2")]


def test_only_what_was_brought_as_an_original_and_is_not_here_is_kept(office: FakeOffice) -> None:
    papers = {**marks("tp-1", "tp-2"), "tp-3": replace(marks("tp-3")["tp-3"], state=PaperState.COPY)}
    key = received(office, papers=papers)
    originals.hold(office.units(), key, ["tp-1", "tp-3", "tp-4"], actor=OFFICER, now=NOON)
    assert custody(office) == ["tp-1"]
    with pytest.raises(NothingToHoldError):
        originals.hold(office.units(), key, ["tp-1"], actor=OFFICER, now=NOON)
    with pytest.raises(NotInCustodyError):
        originals.give_back(office.units(), key, ["tp-2"], actor=OFFICER, now=NOON)


def test_originals_of_a_closed_dossier_are_given_back_and_no_more_are_kept(office: FakeOffice) -> None:
    key = received(office)
    originals.hold(office.units(), key, ["tp-1"], actor=OFFICER, now=NOON)
    handover.withdraw(office.units(), key, "Đổi ý", actor=OFFICER, now=NOON)
    with pytest.raises(IllegalDossierActError):
        originals.hold(office.units(), key, ["tp-2"], actor=OFFICER, now=NOON)
    originals.give_back(office.units(), key, ["tp-1"], actor=OFFICER, now=NOON)
    assert custody(office) == []


def test_a_cashier_keeps_nobody_s_originals(office: FakeOffice) -> None:
    key = received(office)
    cashier = Actor("tien", "ban-1", "1", frozenset({Role.CASHIER.value}))
    with pytest.raises(NotYourActError):
        originals.hold(office.units(), key, ["tp-1"], actor=cashier, now=NOON)
    originals.hold(office.units(), key, ["tp-1"], actor=OFFICER, now=NOON)
    with pytest.raises(NotYourActError):
        originals.give_back(office.units(), key, ["tp-1"], actor=cashier, now=NOON)


# --- words -------------------------------------------------------------------------------------------------------


def test_the_notice_names_the_receipt_and_the_result_but_no_identity_number(office: FakeOffice) -> None:
    key = with_result(office)
    text = result_notice(kept(office), OFFICE)
    assert key in text
    assert "12/KS" in text
    assert "Nguyễn Thị Ánh" in text
    assert OFFICE.phone in text
    assert MOTHER.id_number not in text
    assert "bưu chính" in result_notice(replace(kept(office), return_by_post=True), OFFICE)


@pytest.mark.parametrize(
    ("days", "hour", "words", "tone"),
    [
        (3, 17, "còn 3 ngày làm việc", "good"),  # Monday noon to Thursday
        (1, 17, "còn 1 ngày làm việc", "warn"),
        (7, 17, "còn 5 ngày làm việc", "good"),  # a weekend does not count
        (0, 17, "hạn hôm nay", "warn"),
        (0, 9, "đã quá hạn", "bad"),
        (-4, 17, "quá hạn 2 ngày làm việc", "bad"),  # since Thursday: Friday and Monday
    ],
)
def test_what_is_left_is_told_in_working_days(days: int, hour: int, words: str, tone: str) -> None:
    due_at = (NOON + timedelta(days=days)).replace(hour=hour)
    assert left_words(WorkingCalendar(), NOON, due_at) == (words, tone)


def test_far_terms_are_told_without_counting_each_day() -> None:
    assert days_left(WorkingCalendar(), NOON, NOON + timedelta(days=500)) == 500


def test_a_dossier_s_intake_again_has_its_papers_with_what_is_missing_now(office: FakeOffice) -> None:
    received(office)
    again = intake_of(kept(office), ["tp-2"])
    assert again.draft_key == "draft-1"
    assert {code: mark.state for code, mark in again.papers.items()} == {
        "tp-1": PaperState.ORIGINAL,
        "tp-2": PaperState.MISSING,
        "tp-3": PaperState.ORIGINAL,
        "tp-4": PaperState.MISSING,
    }
    with pytest.raises(NotFoundError):
        intake_of(kept(office), ["tp-9"])
