"""An intake at the desk: the card, the papers, receiving, the supplement."""

from __future__ import annotations

from desk_presenters import an_intake, filled
from samples import BIRTH, MOTHER, NOON
from ui_fakes import LANES, FakeClock, FakeIntakes, Later, Remember

from kiosk.domain.dossier import IncompleteDossierError, PaperState
from kiosk.domain.person import Person
from ui.desk.intake_presenter import IntakePresenter
from ui.desk.model import CardRead, Earlier, Saved
from ui.tasks import Lanes, run_now


def test_a_card_fills_the_person_and_asks_for_the_procedure_next() -> None:
    earlier = Earlier("261101100011", BIRTH.code, BIRTH.name, "đã trả kết quả", NOON)
    presenter, view, _office = an_intake(FakeIntakes(card=CardRead(MOTHER, (), (earlier,))))
    presenter.on_card("payload")
    assert view.last("show_person") == MOTHER
    assert view.last("show_earlier") == (earlier,)
    assert view.last("focus") == "procedure"


def test_a_card_that_cannot_be_read_says_so_and_changes_nothing() -> None:
    presenter, view, _office = an_intake(FakeIntakes(card=CardRead(None, ("Mã trên thẻ thiếu 2 trường.",))))
    presenter.on_card("xx|yy")
    assert presenter.work.person is None
    assert view.last("say")[0] == "warn"


def test_an_unknown_number_leads_to_the_name() -> None:
    presenter, view, _office = an_intake(FakeIntakes(card=CardRead(Person("0", "", "001195000007"))))
    presenter.on_card("001195000007")
    assert view.last("focus") == "name"
    presenter.on_person_edited({"full_name": "Lò Thị Mai", "phone": ""})
    assert presenter.work.person is not None
    assert presenter.work.person.full_name == "Lò Thị Mai"
    assert presenter.work.person.id_number == "001195000007"


def test_one_key_marks_all_required_papers_and_leaves_exceptions() -> None:
    presenter, _view, _office = filled()
    presenter.on_state("tp-2", PaperState.FROM_DATABASE)
    presenter.on_all_present()
    marks = {code: mark.state for code, mark in presenter.work.marks.items()}
    assert marks == {
        "tp-1": PaperState.ORIGINAL,
        "tp-2": PaperState.FROM_DATABASE,
        "tp-3": PaperState.COPY,
    }


def test_receiving_with_papers_missing_names_them_all_and_sends_nothing() -> None:
    presenter, view, office = filled()
    presenter.on_state("tp-1", PaperState.ORIGINAL)
    presenter.on_receive()
    assert office.received == []
    message = view.last("say")[1]
    assert "Giấy chứng sinh" in message
    assert "Giấy chứng nhận kết hôn" in message


def test_receiving_gives_a_clean_sheet_and_tells_what_was_saved() -> None:
    settled: list[Saved] = []
    view, office = Remember(), FakeIntakes()
    presenter = IntakePresenter(view, office, LANES, FakeClock(), settled.append)
    presenter.open()
    presenter.on_card("card")
    presenter.on_procedure(BIRTH.code)
    presenter.on_all_present()
    key = presenter.work.key
    presenter.on_receive()
    assert [i.draft_key for i in office.received] == [key]
    assert office.received[0].owner == MOTHER
    assert view.last("show_saved").key == settled[0].key == "261123100010"
    assert presenter.work.person is None
    assert presenter.work.key != key


def test_a_second_ctrl_enter_while_saving_is_the_same_receipt() -> None:
    view, office, later = Remember(), FakeIntakes(), Later()
    presenter = IntakePresenter(view, office, Lanes(later, run_now, run_now), FakeClock())
    presenter.open()
    later.answer()
    presenter.on_card("card")
    later.answer()
    presenter.on_procedure(BIRTH.code)
    presenter.on_all_present()
    presenter.on_receive()
    presenter.on_receive()
    later.answer()
    assert len(office.received) == 1


def test_a_refused_save_keeps_everything_on_the_screen() -> None:
    presenter, view, office = filled()
    presenter.on_all_present()
    office.failing = IncompleteDossierError(())
    presenter.on_receive()
    assert view.last("show_problem").code == "dossier.incomplete"
    assert presenter.work.person == MOTHER
    office.failing = None
    presenter.on_receive()
    assert len(office.received) == 1


def test_a_supplement_needs_a_reason_and_carries_the_flaws() -> None:
    presenter, view, office = filled()
    presenter.on_all_present()
    presenter.on_flaw("tp-1")
    presenter.on_receive()
    assert office.received == []
    presenter.on_supplement()
    assert view.last("show_reasons")[0] == "supplement"
    presenter.on_reason("  ")
    assert office.ended == []
    presenter.on_reason("Tờ khai chưa ký")
    act, intake, reason = office.ended[0]
    assert (act, reason) == ("supplement", "Tờ khai chưa ký")
    assert intake.papers["tp-1"].note


def test_escape_closes_the_reason_panel_and_keeps_the_work() -> None:
    presenter, view, office = filled()
    presenter.on_refuse()
    presenter.on_back()
    assert view.last("show_reasons")[0] == ""
    assert presenter.work.procedure == BIRTH
    assert office.ended == []


def test_without_a_person_or_procedure_nothing_ends() -> None:
    presenter, view, office = an_intake()
    presenter.on_receive()
    presenter.faults.on_chosen(view.last("ask")[0], "0", "")
    assert view.last("focus") == "card"
    presenter.on_card("card")
    presenter.on_receive()
    assert view.last("focus") == "procedure"
    assert office.received == []
