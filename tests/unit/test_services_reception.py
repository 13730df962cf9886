from __future__ import annotations

from datetime import date, timedelta

import pytest
from fakes import FakeOffice, FakeVault
from samples import BIRTH, MOTHER, NOON, OFFICER, a_desk, an_intake, marks

from kiosk.domain.dossier import (
    Dossier,
    IncompleteDossierError,
    NoApplicantError,
    NoResultError,
    NothingMissingError,
    PaperState,
    ReasonRequiredError,
    ResultRecord,
    StateSecretError,
    SupplementOnceError,
    is_dossier_key,
)
from kiosk.domain.job import Wing
from kiosk.domain.life import CLOSED_STATES, DossierState, IllegalDossierActError
from kiosk.domain.person import Person
from kiosk.domain.slip import SlipKind
from kiosk.errors import DiskFullError, NotFoundError
from kiosk.services import handover
from kiosk.services.digitisation import keep_page
from kiosk.services.reception import Intake, Outcome, PaperMark, receive_dossier, refuse_dossier, request_supplement


@pytest.fixture
def office() -> FakeOffice:
    office = FakeOffice()
    office.shelf.procedures[BIRTH.code, 1] = BIRTH
    return office


def receive(office: FakeOffice, intake: Intake | None = None) -> Outcome:
    return receive_dossier(office.units(), a_desk(), intake or an_intake(), actor=OFFICER, now=NOON)


def jobs(office: FakeOffice, wing: Wing) -> list[str]:
    return [j.key for j in office.shelf.jobs if j.wing is wing]


def test_a_complete_dossier_gets_key_due_date_fee_receipt_and_its_way_to_the_province(office: FakeOffice) -> None:
    outcome = receive(office)
    dossier = outcome.dossier
    assert dossier.state is DossierState.RECEIVED
    assert is_dossier_key(dossier.key)
    assert dossier.key.startswith("2611231")
    assert dossier.due_at is not None
    assert dossier.due_at.date() == date(2026, 11, 26)
    assert dossier.fee == 8000
    assert outcome.slip is not None
    assert (outcome.slip.kind, outcome.slip.number) == (SlipKind.RECEIPT, 1)
    assert [p.kind for p in outcome.slip.papers] == ["Bản chính"] * 3
    assert jobs(office, Wing.PRINT) == [f"slip:{outcome.slip.id}:1"]
    assert [k.split(":")[1] for k in jobs(office, Wing.SYNC)] == ["dossier", "progress"]


def test_reception_names_every_missing_component_and_commits_nothing(office: FakeOffice) -> None:
    with pytest.raises(IncompleteDossierError) as caught:
        receive(office, an_intake("tp-1"))
    assert [c.code for c in caught.value.missing] == ["tp-2", "tp-3"]
    assert office.commits == 0
    assert not office.shelf.dossiers


def test_a_paper_that_the_state_holds_is_not_asked_for(office: FakeOffice) -> None:
    papers = {**marks("tp-1", "tp-2"), "tp-3": PaperMark(PaperState.FROM_DATABASE)}
    outcome = receive(office, an_intake(papers=papers))
    assert outcome.slip is not None
    assert outcome.slip.papers[2].kind == "Khai thác từ CSDL"


def test_receiving_the_same_draft_again_answers_with_the_same_dossier(office: FakeOffice) -> None:
    first, again = receive(office), receive(office)
    assert again.dossier.key == first.dossier.key
    assert again.slip == first.slip
    assert len(office.shelf.dossiers) == 1
    assert len(office.shelf.jobs) == 3


def test_a_full_disk_gives_no_key_and_no_receipt(office: FakeOffice) -> None:
    office.fail_commit = DiskFullError()
    with pytest.raises(DiskFullError):
        receive(office)
    office.fail_commit = None
    assert receive(office).dossier.key.endswith(receive(office).dossier.key[-5:])
    assert len(office.shelf.slips) == 1


def test_unknown_procedure_and_nameless_owner_are_refused(office: FakeOffice) -> None:
    with pytest.raises(NotFoundError):
        receive(office, an_intake(procedure_code="9.999999"))
    with pytest.raises(NoApplicantError):
        receive(office, an_intake(owner=Person("p", "  ")))
    assert office.commits == 0


def test_supplement_is_one_slip_with_everything_missing_and_the_reason(office: FakeOffice) -> None:
    """Bắc Giang 6/2022: no supplement without a stated reason; NĐ 61/2018 Art 11.2.c: once, all at once."""
    outcome = request_supplement(
        office.units(), a_desk(), an_intake("tp-1"), "Chưa có giấy chứng sinh", "NĐ 123/2015", actor=OFFICER, now=NOON
    )
    assert outcome.slip is not None
    assert [line.name for line in outcome.slip.papers] == [BIRTH.components[1].name, BIRTH.components[2].name]
    assert outcome.slip.reason == "Chưa có giấy chứng sinh"
    assert outcome.dossier.due_at is None
    assert jobs(office, Wing.SYNC) == []


def test_the_citizen_comes_back_with_the_papers_and_the_same_dossier_is_received(office: FakeOffice) -> None:
    asked = request_supplement(office.units(), a_desk(), an_intake("tp-1"), "Thiếu", actor=OFFICER, now=NOON)
    with pytest.raises(SupplementOnceError):
        asked.dossier.ask_supplement("Thiếu nữa")
    received = receive(office)
    assert received.dossier.key == asked.dossier.key
    assert received.dossier.state is DossierState.RECEIVED
    assert received.dossier.supplements == 1


def test_no_supplement_or_refusal_without_a_reason_and_none_when_nothing_is_missing(office: FakeOffice) -> None:
    for act in (request_supplement, refuse_dossier):
        with pytest.raises(ReasonRequiredError):
            act(office.units(), a_desk(), an_intake("tp-1"), "  ", actor=OFFICER, now=NOON)
    with pytest.raises(NothingMissingError):
        request_supplement(office.units(), a_desk(), an_intake(), "Thiếu", actor=OFFICER, now=NOON)
    assert office.commits == 0


def test_refusal_carries_its_reason_and_ends_the_dossier(office: FakeOffice) -> None:
    outcome = refuse_dossier(
        office.units(), a_desk(), an_intake("tp-1"), "Không thuộc thẩm quyền", actor=OFFICER, now=NOON
    )
    assert outcome.dossier.state is DossierState.REFUSED
    assert outcome.slip is not None
    assert outcome.slip.reason == "Không thuộc thẩm quyền"


def test_a_dossier_is_never_closed_without_a_result(office: FakeOffice) -> None:
    """Bắc Giang 6/2022: shown finished on 18/5, returned on 10/6: impossible here."""
    key = receive(office).dossier.key
    with pytest.raises(NoResultError):
        handover.hand_over(office.units(), key, "Người nộp", actor=OFFICER, now=NOON)
    with pytest.raises(NoResultError):
        handover.record_result(office.units(), key, ResultRecord(" ", NOON), actor=OFFICER, now=NOON)
    handover.record_result(office.units(), key, ResultRecord("12/2026", NOON, "r-1"), actor=OFFICER, now=NOON)
    closed = handover.hand_over(office.units(), key, "Người nộp", actor=OFFICER, now=NOON + timedelta(hours=1))
    assert closed.state is DossierState.RETURNED
    assert [k.split(":")[1] for k in jobs(office, Wing.SYNC)] == ["dossier", "progress"] * 3


@pytest.mark.parametrize("act", ["receive", "start", "withdraw", "stop", "refuse"])
@pytest.mark.parametrize("state", sorted(CLOSED_STATES))
def test_a_closed_dossier_stays_closed(office: FakeOffice, state: DossierState, act: str) -> None:
    dossier: Dossier = receive(office).dossier
    dossier.state = state
    arguments = {"receive": (NOON, None), "start": (), "withdraw": ("x",), "stop": ("x",), "refuse": ("x",)}[act]
    with pytest.raises(IllegalDossierActError):
        getattr(dossier, act)(*arguments)
    assert dossier.state is state


def test_state_secret_papers_are_never_scanned_or_sent(office: FakeOffice) -> None:
    receive(office, an_intake(state_secret=True))
    assert jobs(office, Wing.SYNC) == []
    keep_page(office.units, FakeVault(), "draft-2", b"x", "image/png", source="test", actor=OFFICER, now=NOON)
    with pytest.raises(StateSecretError):
        receive(office, an_intake(draft="draft-2", state_secret=True))


def test_events_carry_no_personal_data(office: FakeOffice) -> None:
    receive(office)
    words = " ".join(str(e.data) for e in office.shelf.events)
    assert MOTHER.full_name not in words
    assert MOTHER.id_number not in words
