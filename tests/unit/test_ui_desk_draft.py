"""Drafts and cases of an intake: what is asked, what is kept."""

from __future__ import annotations

from dataclasses import replace

from desk_presenters import an_intake, filled
from samples import BIRTH, MOTHER
from ui_fakes import FakeIntakes

from kiosk.domain.dossier import PaperState
from kiosk.domain.procedure import Channel, Component, Fee, Option, Term, TermUnit
from kiosk.services.reception import PaperMark
from ui.desk.model import CardRead, DraftState, Earlier

DECLARE = replace(
    BIRTH,
    code="1.004859",
    name="Thay đổi, cải chính hộ tịch",
    mnemonic="cc",
    options=(
        Option(Channel.COUNTER, Term(None, TermUnit.SAME_DAY, "trong ngày"), (Fee("Lệ phí", 0),), "Bổ sung"),
        Option(Channel.COUNTER, Term(3, TermUnit.WORKING_DAYS, "3 ngày"), (Fee("Lệ phí", 8000),), "Cải chính"),
    ),
    components=(*BIRTH.components[:1], Component("tp-9", "Căn cứ cải chính", case="Cải chính")),
)


def test_a_case_is_asked_for_when_term_and_fee_hang_on_it() -> None:
    presenter, view, office = an_intake(FakeIntakes(catalogue=[DECLARE]))
    presenter.on_card("card")
    presenter.on_procedure(DECLARE.code)
    assert view.last("focus") == "case"
    assert view.last("show_cases") == (("Bổ sung", "Cải chính"), "", True)
    assert not view.last("show_promise").known
    presenter.on_all_present()
    presenter.on_receive()
    assert office.received == []
    assert "trường hợp" in view.last("say")[1]
    presenter.on_case_left()
    assert view.last("focus") == "case"


def test_the_chosen_case_decides_the_papers_and_goes_into_the_dossier_and_the_draft() -> None:
    presenter, view, office = an_intake(FakeIntakes(catalogue=[DECLARE]))
    presenter.on_card("card")
    presenter.on_procedure(DECLARE.code)
    presenter.on_case("Cải chính")
    assert [row.code for row in view.last("show_papers")] == ["tp-1", "tp-9"]
    presenter.on_case("Bổ sung")
    presenter.on_case_left()
    assert [row.code for row in view.last("show_papers")] == ["tp-1"]
    assert view.last("focus") == "papers"
    presenter.save()
    assert an_intake(office)[0].work.case == "Bổ sung"
    presenter.on_all_present()
    presenter.on_receive()
    assert (office.received[0].case, list(office.received[0].papers)) == ("Bổ sung", ["tp-1"])


def test_a_procedure_with_a_general_case_asks_nothing() -> None:
    general = replace(DECLARE, options=(*BIRTH.options, *DECLARE.options))
    presenter, view, _office = an_intake(FakeIntakes(catalogue=[general]))
    presenter.on_procedure(general.code)
    assert view.last("focus") == "papers"
    assert view.last("show_promise").known


def test_a_case_of_fees_alone_hides_no_paper() -> None:
    papers = replace(DECLARE, components=(Component("tp-9", "Giấy ủy quyền", case="Khi nộp thay"),)).papers("Bổ sung")
    assert [c.code for c in papers] == ["tp-9"]


def test_a_supplement_goes_on_with_its_own_dossier_from_the_receipt_or_the_list() -> None:
    waits = DraftState("old-draft", MOTHER, BIRTH.code, "", {"tp-1": ("original", "")})
    office = FakeIntakes(card=CardRead(MOTHER, dossier_key="261123100010"), waiting={"261123100010": waits})
    presenter, view, _office = an_intake(office)
    presenter.on_card("261123100010")
    assert presenter.work.key == "old-draft"
    assert presenter.work.marks == {"tp-1": PaperMark(PaperState.ORIGINAL)}
    assert "chờ bổ sung" in view.last("say")[1]
    presenter.on_new()
    presenter.on_earlier(Earlier("261123100010", BIRTH.code, BIRTH.name, "Chờ bổ sung", None, waits=True))
    assert presenter.work.key == "old-draft"
    presenter.on_all_present()
    presenter.on_receive()
    assert office.received[0].draft_key == "old-draft"


def test_a_draft_is_saved_only_when_something_changed() -> None:
    presenter, _view, office = an_intake()
    presenter.save()
    assert office.drafts == []
    presenter.on_card("card")
    presenter.save()
    presenter.save()
    assert len(office.drafts) == 1


def test_after_a_power_cut_the_same_intake_is_on_the_screen_again() -> None:
    presenter, _view, office = filled(FakeIntakes(stack=1))
    presenter.on_state("tp-2", PaperState.CERTIFIED)
    presenter.on_flaw("tp-1")
    presenter.save()
    again, view, _office = an_intake(office)
    assert again.work.key == presenter.work.key
    assert again.work.person == MOTHER
    assert again.work.procedure == BIRTH
    assert again.work.marks == presenter.work.marks
    assert "làm dở" in view.last("say")[1]


def test_pages_scanned_before_anybody_is_named_are_offered_after_a_power_cut() -> None:
    presenter, _view, office = an_intake(FakeIntakes(stack=3))
    presenter.pages.on_scan()
    presenter.save()
    again, view, _office = an_intake(office)
    assert again.work.key == presenter.work.key
    assert len(again.work.pages) == 3
    assert "làm dở" in view.last("say")[1]
