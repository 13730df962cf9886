"""The panel of a dossier shows its linked steps, and the agency that solves it elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from fakes import FakeOffice
from samples import BIRTH, MOTHER, NOON, OFFICER, a_desk, an_intake, marks

from kiosk.catalogue.starter import load_starter
from kiosk.domain.dossier import Dossier
from kiosk.domain.life import DossierState
from kiosk.services import linked
from kiosk.services.reception import Intake, receive_dossier
from kiosk.services.term_clock import received_elsewhere
from ui.desk import dossier_linked
from ui.desk.dossier_sections import SECTIONS
from ui.linked_words import step_tone, step_words

DESK = a_desk()
DO: dict[str, Any] = {"actor": OFFICER, "now": NOON}


class Holder:
    """Of what a section looks at, only what these look at."""

    def __init__(self, **given: Any) -> None:
        self.__dict__.update(given)


def shown(dossier: Dossier, hours: int = 0) -> list[tuple[str, str, str]]:
    at: Any = Holder(now=NOON + timedelta(hours=hours))
    case: Any = Holder(dossier=dossier)
    sections = [dossier_linked.linked(at, case), dossier_linked.elsewhere(at, case)]
    return [(fact.name, fact.words, fact.tone) for section in sections for fact in section.facts]


def test_a_line_a_step_with_its_agency_and_how_it_stands() -> None:
    office, procedure = FakeOffice(), next(p for p in load_starter() if p.code == "2.000986")
    office.shelf.procedures[procedure.code, 1] = procedure
    papers = marks(*(c.code for c in procedure.components))
    key = receive_dossier(office.units(), DESK, Intake("d-1", procedure.code, MOTHER, papers), **DO).dossier.key
    linked.start_step(office.units(), DESK, key, "khai-sinh", **DO)
    dossier = office.shelf.dossiers[key]
    first = ("Đăng ký khai sinh (UBND cấp xã)", "đang giải quyết, hạn 23/11/2026")
    assert shown(dossier)[0] == (*first, "")
    assert shown(dossier, hours=24)[0] == (*first, "bad")
    assert [words for _, words, _ in shown(dossier)[1:]] == ["chưa giao", "chưa giao"]
    done = replace(dossier.steps[0], number="15", state=DossierState.RESULT_READY)
    refused = replace(done, number="", reason="Thiếu", state=DossierState.REFUSED)
    assert (step_words(done), step_tone(done, NOON)) == ("có kết quả số 15", "good")
    assert (step_words(refused), step_tone(refused, NOON)) == ("từ chối: Thiếu", "bad")


def test_both_days_of_what_another_agency_solves() -> None:
    office = FakeOffice()
    office.shelf.procedures[BIRTH.code, 1] = BIRTH
    intake = an_intake(competent_agency="UBND xã Hòa An")
    key = receive_dossier(office.units(), DESK, intake, **DO).dossier.key
    assert shown(office.shelf.dossiers[key]) == [
        ("Giải quyết", "UBND xã Hòa An", ""),
        ("Nhận hồ sơ", "chưa báo nhận; ngày hẹn là dự kiến", "warn"),
    ]
    received_elsewhere(office.units(), DESK, key, NOON, **DO)
    assert shown(office.shelf.dossiers[key])[1][2] == "good"


def test_an_ordinary_dossier_has_neither() -> None:
    office = FakeOffice()
    office.shelf.procedures[BIRTH.code, 1] = BIRTH
    key = receive_dossier(office.units(), DESK, an_intake(), **DO).dossier.key
    assert shown(office.shelf.dossiers[key]) == []


def test_the_panel_has_both_sections() -> None:
    assert {dossier_linked.linked, dossier_linked.elsewhere} <= set(SECTIONS)
