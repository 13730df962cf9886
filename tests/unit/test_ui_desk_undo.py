"""Undo and redo at the desk: the newest thing first, twenty steps, nothing that was received."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from samples import BIRTH, MOTHER
from ui_fakes import LANES, FakeClock, FakeIntakes, FakeQueue, Later, Remember

from kiosk.domain.dossier import PaperState
from kiosk.domain.ticket import TicketState
from ui.desk.history import EDITED, NOT_EDITED, STEPS
from ui.desk.intake_presenter import IntakePresenter
from ui.desk.model import AtCounter
from ui.desk.queue_presenter import QueuePresenter
from ui.desk.undo_presenter import UndoPresenter
from ui.tasks import Lanes, run_now

A001 = AtCounter("a1", "A001", "ho-tich", "Hộ tịch", TicketState.CALLED, 1)
PAPERS = ("tp-1", "tp-2", "tp-3", "tp-4")


@dataclass
class Desk:
    """Lan's desk: every act is followed by a look at the screen, as the window's signals do."""

    clock: FakeClock = field(default_factory=FakeClock)
    office: FakeIntakes = field(default_factory=lambda: FakeIntakes(stack=2))
    queue_undone: int = 0
    lanes: Lanes = LANES

    def __post_init__(self) -> None:
        self.view = Remember()
        self.intake = IntakePresenter(self.view, self.office, self.lanes, self.clock)
        self.undo = UndoPresenter(self.view, self.intake, self.office, self._undo_queue, run_now, self.clock)
        self.intake.open()
        self.undo.note()

    def _undo_queue(self) -> None:
        self.queue_undone += 1

    def card(self) -> None:
        self.intake.on_card("card")
        self.undo.note()

    def mark(self, code: str, state: PaperState) -> None:
        self.intake.on_state(code, state)
        self.undo.note()

    def states(self) -> list[PaperState]:
        return [self.intake.work.mark(code).state for code in PAPERS]

    def begin(self) -> None:
        self.card()
        self.intake.on_procedure(BIRTH.code)
        self.undo.note()


def test_each_kind_of_edit_is_taken_back_and_done_again() -> None:
    desk = Desk()
    desk.begin()
    desk.intake.on_all_present()
    desk.undo.note()
    states = desk.states()
    assert states[0] is PaperState.ORIGINAL
    desk.undo.on_undo()
    assert set(desk.states()) == {PaperState.MISSING}
    desk.undo.on_undo()
    assert desk.intake.work.procedure is None
    desk.undo.on_undo()
    assert desk.intake.work.person is None
    assert desk.view.last("show_person") is None
    for _ in range(3):
        desk.undo.on_redo()
    work = desk.intake.work
    assert (work.person, work.procedure, desk.states()) == (MOTHER, BIRTH, states)
    assert "Không có gì" not in str(desk.view.all("say"))
    desk.undo.on_redo()
    assert "Không có gì" in desk.view.last("say")[1]


def test_what_was_taken_back_is_named_and_saved_in_the_draft() -> None:
    desk = Desk()
    desk.begin()
    desk.mark("tp-1", PaperState.COPY)
    desk.intake.save()
    desk.undo.on_undo()
    assert desk.view.last("say")[1] == "Đã hoàn tác: giấy tờ."
    desk.intake.save()
    assert "tp-1" not in desk.office.drafts[-1].marks


def test_a_page_goes_back_to_where_it_was_also_in_the_store() -> None:
    desk = Desk()
    desk.begin()
    desk.intake.pages.on_scan()
    desk.undo.note()
    desk.intake.pages.on_assign(2)
    desk.undo.note()
    desk.intake.pages.on_assign(1)
    desk.undo.note()
    assert [code for _t, code in desk.office.kept] == ["tp-2", "tp-1"]
    desk.undo.on_undo()
    assert [code for _t, code in desk.office.kept] == ["tp-2", ""]
    desk.undo.on_undo()
    assert [code for _t, code in desk.intake.work.pages] == ["", ""]
    desk.undo.on_redo()
    assert [code for _t, code in desk.office.kept] == ["tp-2", ""]


def test_a_page_that_comes_later_is_no_step_and_stays() -> None:
    desk = Desk()
    desk.begin()
    desk.mark("tp-4", PaperState.COPY)
    desk.intake.pages.on_scan()
    desk.undo.note()
    desk.undo.on_undo()
    assert desk.states()[3] is PaperState.MISSING
    assert len(desk.intake.work.pages) == 2


def test_twenty_steps_are_kept_and_not_one_more() -> None:
    desk = Desk()
    desk.begin()
    for n in range(STEPS + 5):
        desk.mark("tp-1", PaperState.COPY if n % 2 else PaperState.ORIGINAL)
    for _ in range(STEPS):
        desk.undo.on_undo()
    assert desk.queue_undone == 0
    assert desk.intake.work.procedure is BIRTH
    desk.undo.on_undo()
    assert desk.queue_undone == 1  # nothing of the intake is left: the office says what it knows
    assert STEPS == 20


def test_a_new_edit_ends_what_could_be_done_again() -> None:
    desk = Desk()
    desk.begin()
    desk.mark("tp-1", PaperState.COPY)
    desk.undo.on_undo()
    desk.mark("tp-2", PaperState.COPY)
    desk.undo.on_redo()
    assert desk.states()[:2] == [PaperState.MISSING, PaperState.COPY]


def test_letters_typed_in_one_field_are_one_step_and_another_field_is_another() -> None:
    desk = Desk()
    for typed in ("L", "Lò", "Lò Văn", "Lò Văn Pá"):
        desk.intake.on_person_edited({"full_name": typed})
        desk.undo.note()
    for typed in ("09", "0912"):
        desk.intake.on_person_edited({"full_name": "Lò Văn Pá", "phone": typed})
        desk.undo.note()
    desk.undo.on_undo()
    person = desk.intake.work.person
    assert person is not None
    assert (person.full_name, person.phone) == ("Lò Văn Pá", "")
    desk.undo.on_undo()
    assert desk.intake.work.person is None


def test_nothing_that_was_received_comes_back() -> None:
    desk = Desk()
    desk.begin()
    desk.intake.on_all_present()
    desk.undo.note()
    desk.intake.on_receive()
    desk.undo.note()
    assert len(desk.office.received) == 1
    desk.undo.on_undo()
    assert desk.intake.work.person is None
    assert desk.intake.work.procedure is None
    assert desk.queue_undone == 1
    desk.undo.on_redo()
    assert desk.intake.work.person is None


def test_while_a_dossier_is_being_received_nothing_is_undone() -> None:
    later = Later()
    desk = Desk(lanes=Lanes(later, run_now, run_now))
    later.answer()
    desk.intake.on_card("card")
    later.answer()
    desk.undo.note()
    desk.intake.on_procedure(BIRTH.code)
    desk.intake.on_all_present()
    desk.undo.note()
    desk.intake.on_receive()
    desk.undo.on_undo()
    desk.undo.on_redo()
    later.answer()
    assert [i.owner for i in desk.office.received] == [MOTHER]
    assert desk.office.received[0].papers["tp-1"].state is PaperState.ORIGINAL


def test_a_call_is_taken_back_first_when_it_is_the_newest_thing() -> None:
    desk = Desk()
    desk.card()
    desk.clock.pass_s(1)
    desk.undo.on_queue_act()
    desk.undo.on_undo()
    assert (desk.queue_undone, desk.intake.work.person) == (1, MOTHER)


def test_an_edit_after_a_call_is_taken_back_before_the_call() -> None:
    desk = Desk()
    desk.undo.on_queue_act()
    desk.clock.pass_s(2)
    desk.card()
    desk.undo.on_undo()
    assert (desk.queue_undone, desk.intake.work.person) == (0, None)
    desk.undo.on_undo()
    assert desk.queue_undone == 1


@pytest.mark.parametrize(("seconds", "of_queue"), [(10, True), (10.5, False)])
def test_after_ten_seconds_an_act_of_the_queue_stands(seconds: float, of_queue: bool) -> None:
    desk = Desk()
    desk.card()
    desk.clock.pass_s(1)
    desk.undo.on_queue_act()
    desk.clock.pass_s(seconds)
    desk.undo.on_undo()
    assert (desk.queue_undone == 1) is of_queue
    assert (desk.intake.work.person is None) is not of_queue


def test_the_desks_own_call_counts_and_taking_it_back_does_not() -> None:
    acts: list[str] = []
    queue = QueuePresenter(Remember(), FakeQueue(), run_now)
    queue.acted = lambda: acts.append("act")
    queue.refresh()
    queue.on_next()
    assert acts == ["act"]
    queue.on_undo()
    assert acts == ["act"]


def test_the_number_at_the_counter_is_not_the_officers_to_undo() -> None:
    desk = Desk()
    desk.intake.on_called(A001)
    desk.undo.note()
    desk.card()
    desk.intake.on_renamed(replace(A001, key="a9"))
    desk.undo.on_undo()
    assert desk.intake.work.ticket_key == "a9"
    assert not set(EDITED) & NOT_EDITED


def test_a_clock_that_was_set_back_undoes_no_old_call() -> None:
    desk = Desk()
    desk.undo.on_queue_act()
    desk.clock.now -= timedelta(hours=1)
    desk.card()
    desk.undo.on_undo()
    assert desk.queue_undone == 0


def test_undo_never_takes_the_mark_of_a_state_secret_off() -> None:
    """Nor puts it on: pages may have come since."""
    desk = Desk()
    desk.intake.work.state_secret = True
    desk.undo.note()
    desk.card()
    for _ in range(3):
        desk.undo.on_undo()
    assert (desk.intake.work.person, desk.intake.work.state_secret) == (None, True)
    desk.intake.work.state_secret = False
    for _ in range(3):
        desk.undo.on_redo()
    assert (desk.intake.work.person, desk.intake.work.state_secret) == (MOTHER, False)
