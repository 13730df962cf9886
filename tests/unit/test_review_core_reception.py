from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from fakes import FakeOffice
from samples import BIRTH, NOON, OFFICER, a_desk, an_intake, marks

from kiosk.domain.event import Actor
from kiosk.domain.job import Job, Wing
from kiosk.domain.life import DossierState, IllegalDossierActError
from kiosk.domain.procedure import Channel, Fee, Option, Term, TermUnit
from kiosk.services import arrivals, handover
from kiosk.services.reception import receive_dossier, refuse_dossier, request_supplement

CASES = replace(
    BIRTH,
    options=(
        *BIRTH.options,
        Option(Channel.COUNTER, Term(5, TermUnit.WORKING_DAYS, "5 ngày làm việc"), (Fee("Lệ phí", 20000),), "Quá hạn"),
    ),
)
COLLEAGUE = Actor("minh", "ban-2", "2")


@pytest.fixture
def office() -> FakeOffice:
    office = FakeOffice()
    office.shelf.procedures[BIRTH.code, 1] = CASES
    return office


@pytest.mark.parametrize("end", ["refused", "withdrawn", "stopped"])
def test_what_is_over_is_not_answered_as_received(office: FakeOffice, end: str) -> None:
    if end == "refused":
        refuse_dossier(office.units(), a_desk(), an_intake("tp-1"), "Không thuộc xã", actor=OFFICER, now=NOON)
    else:
        asked = request_supplement(office.units(), a_desk(), an_intake("tp-1"), "Thiếu", actor=OFFICER, now=NOON)
        key, why = asked.dossier.key, "Không nộp nữa"
        if end == "withdrawn":
            handover.withdraw(office.units(), key, why, actor=OFFICER, now=NOON)
        else:
            handover.stop(office.units(), a_desk(), key, why, actor=OFFICER, now=NOON)
    with pytest.raises(IllegalDossierActError):
        receive_dossier(office.units(), a_desk(), an_intake(), actor=OFFICER, now=NOON)


def test_a_receipt_asked_for_again_after_the_result_is_still_the_same_receipt(office: FakeOffice) -> None:
    first = receive_dossier(office.units(), a_desk(), an_intake(), actor=OFFICER, now=NOON)
    handover.start_processing(office.units(), a_desk(), first.dossier.key, actor=OFFICER, now=NOON)
    again = receive_dossier(office.units(), a_desk(), an_intake(), actor=OFFICER, now=NOON)
    assert again.slip == first.slip


def test_the_second_visit_decides_case_term_fee_and_who_received(office: FakeOffice) -> None:
    request_supplement(office.units(), a_desk(), an_intake("tp-1"), "Thiếu", actor=OFFICER, now=NOON)
    later = an_intake(case="Quá hạn", ticket_key="t-2")
    outcome = receive_dossier(office.units(), a_desk(), later, actor=COLLEAGUE, now=NOON + timedelta(days=1))
    dossier = outcome.dossier
    assert dossier.due_at is not None
    assert dossier.due_at.date() == date(2026, 12, 1)
    assert (dossier.case, dossier.term, dossier.fee) == ("Quá hạn", "5 ngày làm việc", 20000)
    assert (dossier.officer, dossier.counter, dossier.ticket_key) == ("minh", "2", "t-2")
    assert outcome.slip is not None
    assert (outcome.slip.officer, outcome.slip.term) == ("minh", "5 ngày làm việc")


def test_a_dossier_found_to_be_secret_on_the_second_visit_is_not_sent(office: FakeOffice) -> None:
    request_supplement(office.units(), a_desk(), an_intake("tp-1"), "Thiếu", actor=OFFICER, now=NOON)
    receive_dossier(office.units(), a_desk(), an_intake(state_secret=True), actor=OFFICER, now=NOON)
    assert not [j for j in office.shelf.jobs if j.wing is Wing.SYNC]


def test_a_refusal_keeps_what_the_first_visit_said(office: FakeOffice) -> None:
    request_supplement(
        office.units(), a_desk(), an_intake("tp-1", return_by_post=True), "Thiếu", actor=OFFICER, now=NOON
    )
    refused = refuse_dossier(office.units(), a_desk(), an_intake("tp-1"), "Sai", actor=OFFICER, now=NOON)
    assert refused.dossier.return_by_post
    assert refused.dossier.state is DossierState.REFUSED


def test_an_official_code_of_another_dossier_is_not_taken_over_and_stops_no_other_news(office: FakeOffice) -> None:
    one = receive_dossier(office.units(), a_desk(), an_intake(draft="d-1"), actor=OFFICER, now=NOON).dossier
    two = receive_dossier(office.units(), a_desk(), an_intake(draft="d-2"), actor=OFFICER, now=NOON).dossier
    news = [arrivals.Change(one.key, "2", NOON, "H26.1-1"), arrivals.Change(two.key, "4", NOON, "H26.1-1")]
    arrivals.apply_changes(office.units, "tinh", news, "7", actor=OFFICER, now=NOON)
    kept = office.shelf.dossiers
    assert (kept[one.key].code, kept[two.key].code, kept[two.key].province_state) == ("H26.1-1", None, "4")
    assert [e.kind for e in office.shelf.events][-2:] == ["province.code_taken", "province.status"]


def test_the_province_s_free_words_do_not_enter_the_log(office: FakeOffice) -> None:
    key = receive_dossier(office.units(), a_desk(), an_intake(), actor=OFFICER, now=NOON).dossier.key
    news = [
        arrivals.Change(key, "4", NOON, note="Mời bà Nguyễn Thị Ánh đến"),
        arrivals.Change("x", "4", NOON, note="bà Ánh"),
    ]
    arrivals.apply_changes(office.units, "tinh", news, "7", actor=OFFICER, now=NOON)
    assert not [e for e in office.shelf.events if "Ánh" in str(dict(e.data))]


def test_one_of_two_hundred_old_jobs_hides_no_slip(office: FakeOffice) -> None:
    from kiosk.services.printing import slip_print

    with office.units() as uow:
        for n in range(300):
            uow.jobs.add(Job(Wing.PRINT, f"ticket:{n}", {"paper": "ticket", "ticket": str(n)}, due_at=NOON))
        uow.commit()
    outcome = receive_dossier(
        office.units(), a_desk(), an_intake(papers=marks("tp-1", "tp-2", "tp-3")), actor=OFFICER, now=NOON
    )
    assert outcome.slip is not None
    with office.units() as uow:
        job = slip_print(uow, outcome.slip.id)
    assert job is not None
    assert job.payload["slip"] == outcome.slip.id
