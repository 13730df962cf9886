"""The desk's decisions: queue, intake, pages, the way to the province."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from samples import BIRTH, MOTHER, NOON
from ui_fakes import LANES, FakeClock, FakeIntakes, FakeQueue, FakeWatch, Later, Remember

from kiosk.domain.calendar import Skipped
from kiosk.domain.dossier import IncompleteDossierError, PaperState
from kiosk.domain.due import Due
from kiosk.domain.fees import Tariff, work_out
from kiosk.domain.person import Person
from kiosk.domain.procedure import Channel, Component, Fee, Option, Term, TermUnit
from kiosk.domain.ticket import TicketState
from kiosk.errors import StorageError
from kiosk.services.reception import PaperMark
from ui.desk.actions import ACTIONS, LETTERS
from ui.desk.intake_presenter import IntakePresenter
from ui.desk.model import CardRead, DraftState, Earlier, Exchange, PageThumb, Queue, Recent, Saved
from ui.desk.person_card import born_kept, born_shown
from ui.desk.queue_presenter import QueuePresenter
from ui.desk.search import find_procedures
from ui.desk.watch_presenter import WatchPresenter, exchange_words
from ui.desk.words import promised
from ui.tasks import Lanes, run_now


def a_counter(office: FakeQueue | None = None) -> tuple[QueuePresenter, Remember, FakeQueue]:
    view, queue = Remember(), office or FakeQueue()
    presenter = QueuePresenter(view, queue, run_now)
    presenter.refresh()
    return presenter, view, queue


def an_intake(office: FakeIntakes | None = None) -> tuple[IntakePresenter, Remember, FakeIntakes]:
    view, intakes = Remember(), office or FakeIntakes()
    presenter = IntakePresenter(view, intakes, LANES, FakeClock())
    presenter.open()
    return presenter, view, intakes


def filled(office: FakeIntakes | None = None) -> tuple[IntakePresenter, Remember, FakeIntakes]:
    presenter, view, intakes = an_intake(office)
    presenter.on_card("card")
    presenter.on_procedure(BIRTH.code)
    return presenter, view, intakes


# --- queue -----------------------------------------------------------------------------------------------------------


def test_opening_and_refreshing_a_desk_calls_nobody() -> None:
    presenter, _view, office = a_counter()
    for _news in range(5):
        presenter.refresh()
    assert office.done == []


def test_pressing_next_calls_one_citizen_even_while_the_answer_is_on_its_way() -> None:
    view, office, later = Remember(), FakeQueue(), Later()
    presenter = QueuePresenter(view, office, later)
    for _press in range(4):
        presenter.on_next()
    later.answer()
    later.answer()
    assert office.done == ["call A001"]


def test_a_counter_that_holds_a_number_says_what_to_do_instead_of_calling() -> None:
    presenter, view, office = a_counter()
    presenter.on_next()
    presenter.on_next()
    assert office.done == ["call A001"]
    assert "A001" in view.last("say")[1]


def test_after_a_dossier_was_settled_next_finishes_and_calls_with_one_key() -> None:
    presenter, _view, office = a_counter()
    presenter.on_next()
    presenter.done_with_current = True
    presenter.on_next()
    assert office.done == ["call A001", "finish A001", "call A002"]
    assert not presenter.done_with_current


def test_an_empty_queue_is_told_and_the_desk_stays_usable() -> None:
    presenter, view, office = a_counter(FakeQueue(waiting=[]))
    presenter.on_next()
    assert view.last("show_problem").code == "ticket.queue_empty"
    office.waiting = ["B001"]
    presenter.on_next()
    assert office.done == ["call B001"]


def test_the_other_acts_go_to_the_number_at_the_counter() -> None:
    presenter, view, office = a_counter()
    presenter.on_recall()
    assert view.last("say")[0] == "info"
    presenter.on_next()
    presenter.on_recall()
    presenter.citizen_is_here()
    presenter.citizen_is_here()
    presenter.on_park()
    presenter.on_call_back("A001")
    presenter.on_miss()
    assert office.done == ["call A001", "recall A001", "serve A001", "park A001", "back A001", "miss A001"]


# --- intake ----------------------------------------------------------------------------------------------------------


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


# --- pages -----------------------------------------------------------------------------------------------------------


def test_number_keys_assign_pages_one_after_another_and_note_the_paper_as_brought() -> None:
    presenter, _view, office = filled(FakeIntakes(stack=4))
    presenter.pages.on_scan()
    for key in (1, 1, 2, 3):
        presenter.pages.on_assign(key)
    assert [code for _page, code in office.kept] == ["tp-1", "tp-1", "tp-2", "tp-3"]
    assert [row.pages for row in presenter.work.rows()] == [2, 1, 1, 0]
    assert presenter.work.missing() == []


def test_a_key_beyond_the_list_assigns_nothing() -> None:
    presenter, _view, office = filled(FakeIntakes(stack=1))
    presenter.pages.on_scan()
    presenter.pages.on_assign(9)
    assert office.kept[0][1] == ""


def test_an_empty_feeder_is_a_sentence_and_the_next_try_works() -> None:
    presenter, view, office = filled()
    presenter.pages.on_scan()
    assert "không có giấy" in view.last("say")[1]
    office.stack = 2
    presenter.pages.on_scan()
    assert len(view.last("show_pages")[0]) == 2


def test_keys_go_on_while_the_stack_runs() -> None:
    view, office, slow = Remember(), FakeIntakes(stack=3), Later()
    presenter = IntakePresenter(view, office, Lanes(run_now, run_now, slow), FakeClock())
    presenter.open()
    presenter.on_card("card")
    presenter.pages.on_scan()
    presenter.on_procedure(BIRTH.code)
    presenter.on_all_present()
    assert presenter.work.missing() == []
    slow.answer()
    assert len(presenter.work.pages) == 3


def test_keys_that_come_before_their_pages_wait_for_them_and_overwrite_nothing() -> None:
    view, office, slow = Remember(), FakeIntakes(), Later()
    presenter = IntakePresenter(view, office, Lanes(run_now, run_now, slow), FakeClock())
    presenter.open()
    presenter.on_card("card")
    presenter.on_procedure(BIRTH.code)
    presenter.pages.on_scan()
    for number in (1, 2, 3):
        presenter.pages.on_assign(number)
    for count in (1, 2, 3, 4):
        office.kept = [*office.kept, (PageThumb(f"p{count}", count, 0), "")]
        presenter.pages.on_news()
    assert [code for _thumb, code in presenter.work.pages] == ["tp-1", "tp-2", "tp-3", ""]
    assert presenter.work.current_page == 3
    assert [code for _thumb, code in office.kept] == ["tp-1", "tp-2", "tp-3", ""]


def test_a_new_page_takes_the_mark_unless_the_officer_chose_another() -> None:
    office = FakeIntakes()
    presenter = IntakePresenter(Remember(), office, Lanes(run_now, run_now, Later()), FakeClock())
    presenter.open()
    presenter.on_procedure(BIRTH.code)
    presenter.pages.on_scan()
    office.kept = [(PageThumb("p1", 1, 0), "")]
    presenter.pages.on_news()
    presenter.pages.on_assign(1)
    office.kept = [*office.kept, (PageThumb("p2", 2, 0), "")]
    presenter.pages.on_news()
    assert presenter.work.current_page == 1
    presenter.pages.on_step(-1)
    office.kept = [*office.kept, (PageThumb("p3", 3, 0), "")]
    presenter.pages.on_news()
    assert presenter.work.current_page == 0


def test_pages_without_a_paper_are_told_once_before_the_dossier_is_received() -> None:
    presenter, view, office = filled(FakeIntakes(stack=2))
    presenter.on_all_present()
    presenter.pages.on_scan()
    presenter.pages.on_assign(1)
    presenter.on_receive()
    assert office.received == []
    assert "1 trang" in view.last("say")[1]
    presenter.on_receive()
    assert len(office.received) == 1


def test_what_the_officer_assigned_outlives_an_older_answer_of_the_store() -> None:
    presenter, _view, office = filled(FakeIntakes(stack=2))
    presenter.pages.on_scan()
    before = list(office.kept)
    presenter.pages.on_assign(2)
    office.kept = before
    presenter.pages.load()
    assert presenter.work.pages[0][1] == "tp-2"


# --- draft -----------------------------------------------------------------------------------------------------------


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


# --- search, words, keys ---------------------------------------------------------------------------------------------

MARRIAGE = replace(BIRTH, code="1.000894", name="Đăng ký kết hôn", mnemonic="kh")
COPY = replace(BIRTH, code="2.000815", name="Chứng thực bản sao", mnemonic="bs", field_name="Chứng thực")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ks", BIRTH),
        ("KH", MARRIAGE),
        ("khai sinh", BIRTH),
        ("hon ket", MARRIAGE),
        ("1.0008", MARRIAGE),
        ("kết hôn", MARRIAGE),
        ("ban sao", COPY),
    ],
)
def test_a_procedure_is_found_by_short_name_code_or_words_without_marks(typed: str, first: object) -> None:
    assert find_procedures([COPY, MARRIAGE, BIRTH], typed)[0] is first


def test_with_nothing_typed_the_lines_own_procedures_are_proposed() -> None:
    assert find_procedures([MARRIAGE, BIRTH, COPY], "", ["Chứng thực"]) == [COPY]


def test_nothing_fits_nonsense() -> None:
    assert find_procedures([BIRTH, COPY], "xyz") == []


def test_no_key_is_one_that_vietnamese_typing_programs_use() -> None:
    keys = [a.key for a in ACTIONS if a.key]
    assert len(set(keys)) == len(keys)
    # Bare Ctrl+Shift switches them; with a letter it does not, but for those that IBus takes (Unicode, pictures).
    taken = {"Alt+Z", "Ctrl+Shift", "Ctrl+Shift+U", "Ctrl+Shift+E", "Ctrl+Shift+Space", "Alt+Shift"}
    assert not set(keys) & taken
    assert not any(key.startswith("Alt+") for key in keys)
    assert not {letter for letter, _state, _words in LETTERS} & {"B"}
    assert {state for _letter, state, _words in LETTERS} == {state.value for state in PaperState}


def test_the_date_says_why() -> None:
    term = Term(3, TermUnit.WORKING_DAYS, "3 ngày làm việc")
    due_at = (NOON + timedelta(days=4)).replace(hour=17)
    due = Due(NOON, NOON, due_at, term, (Skipped(NOON.date() + timedelta(days=1), "Ngày Văn hóa Việt Nam"),))
    fee = work_out(BIRTH, Tariff(), Channel.COUNTER, NOON.date())
    shown = promised(BIRTH, due, fee)
    assert shown.reason == "3 ngày làm việc; trừ lễ 24/11 (Ngày Văn hóa Việt Nam)."
    assert (shown.when, shown.day, shown.fee) == ("17:00", "Thứ Sáu, 27/11/2026", "8.000 ₫")
    assert not promised(BIRTH, None, fee).known
    assert promised(BIRTH, due, replace(fee, asks=("số trang của một bản",))).fee == "Cần số trang của một bản"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("05031990", "1990-03-05"), ("5/3/1990", "1990-03-05"), ("3/1990", "1990-03"), ("1950", "1950"), ("", "")],
)
def test_birth_dates_are_typed_as_people_write_them(typed: str, kept: str) -> None:
    assert born_kept(typed) == kept
    assert born_kept(born_shown(kept)) == kept


@pytest.mark.parametrize(
    ("state", "tone"),
    [
        (Exchange(0, 12, 0), "good"),
        (Exchange(3, 12, 0), "info"),
        (Exchange(3, 12, 0, 90, "down"), "warn"),
        (Exchange(0, 12, 0, 0, "down"), "warn"),
        (Exchange(3, 12, 0, 200, "up"), "warn"),
        (Exchange(0, 12, 1), "bad"),
    ],
)
def test_the_indicator_has_words_for_every_state_of_the_line(state: Exchange, tone: str) -> None:
    assert exchange_words(state)[0] == tone
    assert exchange_words(state)[1].startswith("Tỉnh: ")


def test_where_another_machine_prints_the_desk_says_at_which_the_paper_lies() -> None:
    view, office = Remember(), FakeWatch()
    presenter = WatchPresenter(view, office, run_now, paper_at="tram-1")
    presenter.on_saved(Saved("", "k", "", "", "", "slip-1"))
    assert view.last("show_printing") == ("info", "Đang in 2 bản ở tram-1")
    office.paper = "failed"
    presenter.on_news(2)
    assert view.last("show_printing") == ("bad", "Chưa in được. Xem lại giấy và tram-1.")


def test_the_slip_is_followed_until_it_is_printed() -> None:
    view, office = Remember(), FakeWatch()
    presenter = WatchPresenter(view, office, run_now)
    presenter.open()
    presenter.on_saved(Saved("", "k", "", "", "", "slip-1"))
    presenter.on_news(1)
    assert view.last("show_printing")[0] == "info"
    office.paper = "failed"
    presenter.on_news(1)
    assert view.last("show_printing")[0] == "bad"
    office.paper = "printed"
    presenter.on_news(1)
    office.paper = "failed"
    presenter.on_news(2)
    assert view.last("show_printing")[0] == "good"


def test_an_entry_that_arrived_at_the_province_changes_its_line_and_the_code_without_any_news() -> None:
    view, office = Remember(), FakeWatch(state=Exchange(1, 0, 0))
    presenter = WatchPresenter(view, office, run_now)
    presenter.open()
    presenter.on_saved(Saved("", "261123100010", "", "", "", ""))
    presenter.on_news(4)
    shown = len(view.all("show_recent"))
    presenter.on_news(4)
    assert len(view.all("show_recent")) == shown
    office.state = Exchange(0, 1, 0)
    office.list = (Recent("261123100010", "H26.107-261123-0001", "", "", "", "good", "Tỉnh đã nhận"),)
    presenter.on_news(4)
    assert view.last("show_recent") == office.list
    assert view.last("show_code") == ("261123100010", "H26.107-261123-0001")


def test_a_store_that_does_not_answer_is_told_once_and_its_return_too() -> None:
    view = Remember()
    watch = WatchPresenter(view, FakeWatch(), run_now)
    watch.open()
    for _second in range(5):
        watch.on_lost()
    assert [said[0] for said in view.all("say")] == ["bad"]
    watch.on_news(1)
    watch.on_news(1)
    assert [said[0] for said in view.all("say")] == ["bad", "good"]


def test_a_queue_that_cannot_be_read_is_no_empty_counter() -> None:
    class Unread(FakeQueue):
        def queue(self) -> Queue:
            raise StorageError

    presenter, view, _office = a_counter(Unread())
    presenter.refresh()
    assert len(view.all("show_problem")) == 1
    assert view.all("show_queue") == []


def test_the_whole_reason_of_a_refusal_is_read_on_its_line() -> None:
    view = Remember()
    watch = WatchPresenter(view, FakeWatch(), run_now)
    watch.on_looked_at(Recent("k", "", "Trần Thị Nụ", "", "", "bad", "Tỉnh từ chối", "Thiếu mã lĩnh vực.", 7))
    assert "Thiếu mã lĩnh vực." in view.last("say")[1]


def test_paper_that_does_not_come_is_told() -> None:
    view, office = Remember(), FakeWatch()
    presenter = WatchPresenter(view, office, run_now)
    presenter.on_saved(Saved("", "k", "", "", "", "slip-1"))
    for _heartbeat in range(25):
        presenter.on_news(1)
    assert view.last("show_printing")[0] == "warn"


def test_a_call_for_help_reaches_the_desk() -> None:
    view, office = Remember(), FakeWatch()
    presenter = WatchPresenter(view, office, run_now)
    presenter.open()
    office.asked = (9, "kiosk-1")
    presenter.on_news(9)
    assert "kiosk-1" in view.last("say")[1]


def test_marks_survive_a_change_of_procedure_where_the_paper_is_the_same() -> None:
    presenter, _view, _office = filled(FakeIntakes(catalogue=[BIRTH, MARRIAGE]))
    presenter.on_state("tp-1", PaperState.COPY)
    presenter.on_procedure(MARRIAGE.code)
    assert presenter.work.marks == {"tp-1": PaperMark(PaperState.COPY)}
    assert presenter.work.ticket is None
    assert TicketState.CALLED.is_active
