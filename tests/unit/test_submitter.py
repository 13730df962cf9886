"""Owner and submitter are different people: standing, authority, and who may take the result."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from fakes import FakeOffice
from samples import BIRTH, MOTHER, NOON, OFFICER, a_desk, an_intake

from kiosk.catalogue.people_pack import load_people
from kiosk.domain.dossier import IncompleteDossierError, MissingWordsError
from kiosk.domain.person import Person
from kiosk.domain.procedure import Component
from kiosk.domain.proxy import (
    PAPER_CODE,
    Proxy,
    SameSubmitterError,
    Standing,
    StandingError,
    collectors,
    rule_of,
    with_proxy_paper,
)
from kiosk.services.reception import Desk, receive_dossier

BROTHER = Person("p-9", "Nguyễn Văn Em", "001099000012")
RULES = load_people()


@pytest.fixture
def office() -> FakeOffice:
    made = FakeOffice()
    with made.units() as uow:
        uow.procedures.add(BIRTH)
        uow.commit()
    return made


def desk() -> Desk:
    return replace(a_desk(), people=RULES)


def test_an_authorised_submitter_brings_the_authority(office: FakeOffice) -> None:
    proxy = Proxy(Standing.AUTHORISED, "12", date(2026, 11, 20))
    with pytest.raises(IncompleteDossierError) as caught:
        receive_dossier(office.units(), desk(), an_intake(submitter=BROTHER, proxy=proxy), actor=OFFICER, now=NOON)
    assert [c.code for c in caught.value.missing] == ["tp-4"]  # the catalogue's own paper of authority
    intake = an_intake("tp-1", "tp-2", "tp-3", "tp-4", submitter=BROTHER, proxy=proxy)
    outcome = receive_dossier(office.units(), desk(), intake, actor=OFFICER, now=NOON)
    assert outcome.dossier.proxy == proxy
    assert outcome.slip is not None
    assert (outcome.slip.submitter, outcome.slip.standing) == (
        "Nguyễn Văn Em",
        "Người được ủy quyền, giấy số 12 ngày 20/11/2026",
    )


def test_an_authority_without_number_or_day_is_none(office: FakeOffice) -> None:
    intake = an_intake("tp-1", "tp-2", "tp-3", "tp-4", submitter=BROTHER, proxy=Proxy(Standing.AUTHORISED))
    with pytest.raises(MissingWordsError):
        receive_dossier(office.units(), desk(), intake, actor=OFFICER, now=NOON)


@pytest.mark.parametrize("standing", [Standing.PARENT, Standing.RELATIVE])
def test_parents_and_relatives_bring_no_authority(office: FakeOffice, standing: Standing) -> None:
    intake = an_intake(submitter=BROTHER, proxy=Proxy(standing))
    dossier = receive_dossier(office.units(), desk(), intake, actor=OFFICER, now=NOON).dossier
    assert dossier.missing() == []
    assert collectors(dossier.owner, dossier.submitter, dossier.proxy) == (MOTHER.full_name, BROTHER.full_name)


def test_a_relative_needs_a_paper_in_other_fields() -> None:
    with pytest.raises(StandingError):
        rule_of(RULES.standings, Standing.RELATIVE, "Đất đai", NOON.date())


def test_the_owner_is_no_submitter(office: FakeOffice) -> None:
    same = replace(MOTHER, key="another-row")
    with pytest.raises(SameSubmitterError):
        receive_dossier(
            office.units(), desk(), an_intake(submitter=same, proxy=Proxy(Standing.PARENT)), actor=OFFICER, now=NOON
        )


def test_a_procedure_without_a_paper_of_authority_gets_one() -> None:
    rule = rule_of(RULES.standings, Standing.REPRESENTATIVE, "Hộ tịch", NOON.date())
    alone = (Component("to-khai", "Tờ khai"),)
    assert [c.code for c in with_proxy_paper(alone, rule)] == ["to-khai", PAPER_CODE]
    assert with_proxy_paper(alone, None) == alone


def test_who_may_take_the_result() -> None:
    assert collectors(MOTHER, None, None) == (MOTHER.full_name,)
    assert collectors(MOTHER, BROTHER, Proxy(Standing.AUTHORISED, "1", collects=False)) == (MOTHER.full_name,)
    assert collectors(MOTHER, BROTHER, None) == (MOTHER.full_name,)


def test_papers_without_a_submitter_stay_as_they_are(office: FakeOffice) -> None:
    intake = an_intake(proxy=Proxy(Standing.AUTHORISED))
    dossier = receive_dossier(office.units(), desk(), intake, actor=OFFICER, now=NOON).dossier
    assert dossier.proxy is None
