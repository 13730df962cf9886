"""The desk's decisions when its database goes away and comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from fakes import FakeOffice
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from samples import NOON, OFFICE, OFFICER
from ui_fakes import FakeClock, FakeQueue, Later, Remember

from kiosk.domain.by_label import LabelEntry, Visit, WrongLabelError
from kiosk.domain.ticket import Ticket, TicketAct
from kiosk.errors import KioskError
from kiosk.services.by_label import How, Settled
from kiosk.services.label_journal import LastKnown
from ui.desk.by_label import LabelDesk
from ui.desk.model import AtCounter, Proposal
from ui.desk.outage_presenter import OutagePresenter, taken_over
from ui.desk.queue_presenter import QueuePresenter
from ui.desk.view import DeskWindow
from ui.tasks import Run, run_now
from ui.theme.apply import dress


class OfflineError(KioskError):
    code = "storage.offline"


@dataclass
class FakeSwitch:
    is_lost: bool = False
    since: datetime | None = None
    waits: bool = False
    away: bool = False
    tries: int = 0
    settled: list[Settled] = field(default_factory=list)

    def lose(self) -> None:
        self.is_lost, self.since = True, self.since or NOON

    def proposals(self) -> tuple[datetime | None, Sequence[Proposal]]:
        return NOON, [Proposal("A002", "Hộ tịch")]

    def come_back(self) -> list[Settled]:
        self.tries += 1
        if self.away:
            raise OfflineError
        self.is_lost, self.since = False, None
        return self.settled


def visit(label: str) -> Visit:
    return Visit((LabelEntry(label, label, label, TicketAct.CALL, NOON, "lan", "ban-1", "1"),))


@dataclass
class Desk:
    run: Run = run_now
    view: Remember = field(default_factory=Remember)
    switch: FakeSwitch = field(default_factory=FakeSwitch)
    clock: FakeClock = field(default_factory=FakeClock)
    resumed: int = 0

    def __post_init__(self) -> None:
        self.office = FakeQueue()
        self.queue = QueuePresenter(self.view, self.office, run_now)
        self.outage = OutagePresenter(
            self.view, self.switch, self.queue, self.run, self.clock, self._count, lambda: self.clock.now.timestamp()
        )
        self.queue.ask_number = self.outage.ask

    def _count(self) -> None:
        self.resumed += 1


def test_the_banner_takes_no_room_from_the_work(qtbot: QtBot, qapp: QApplication) -> None:
    dress(qapp)
    window = DeskWindow("Trung tâm Phục vụ hành chính công xã Mẫu", "Quầy 1", FakeClock())
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()

    def places() -> list[object]:
        qapp.processEvents()
        return [window.minimumSizeHint(), *(part.geometry() for part in (window.rail, window.person, window.side))]

    before = places()
    window.show_outage("Mất máy chủ từ 10:00 - vẫn phục vụ theo số trên phiếu")
    assert places() == before
    assert window.head.outage.isVisible()
    assert window.head.outage.height() >= window.head.outage.minimumSizeHint().height()
    window.show_outage("")
    assert places() == before
    assert not window.head.outage.isVisible()


def test_the_loss_is_told_once_with_its_hour_and_taken_back() -> None:
    desk = Desk()
    for _second in range(5):
        desk.outage.on_lost()
    assert desk.view.all("show_outage") == [("Mất máy chủ từ 10:00 - vẫn phục vụ theo số trên phiếu",)]
    desk.switch.settled = [Settled(visit("A001"), How.DONE), Settled(visit("A002"), How.DONE)]
    desk.outage.on_news()
    assert desk.view.last("show_outage") == ""
    assert desk.view.last("say") == ("good", "Đã kết nối lại máy chủ. Đã ghi 2 lượt phục vụ theo phiếu.", "")
    assert desk.resumed == 1


def test_a_server_that_falls_silent_is_lost_after_five_seconds() -> None:
    desk = Desk()
    desk.outage.on_tick()
    desk.clock.pass_s(4)
    desk.outage.on_tick()
    assert not desk.switch.is_lost
    desk.outage.on_news()
    desk.clock.pass_s(4)
    desk.outage.on_tick()
    assert not desk.switch.is_lost
    desk.clock.pass_s(2)
    desk.outage.on_tick()
    assert desk.switch.is_lost


def test_in_an_outage_f2_asks_for_the_number_instead_of_calling() -> None:
    desk = Desk()
    desk.outage.on_lost()
    desk.queue.on_next()
    assert desk.office.done == []
    assert desk.view.last("ask_number") == ([Proposal("A002", "Hộ tịch")], "10:00")
    desk.queue.on_number("A002")
    assert desk.office.done == ["back A002"]


def test_with_the_server_there_nothing_changes() -> None:
    desk = Desk()
    desk.outage.on_news()
    desk.queue.on_next()
    assert desk.office.done == ["call A001"]
    assert desk.switch.tries == 0
    assert not desk.outage.on_scanned("A012 23/11/2026")


def test_a_ticket_s_code_is_called_in_an_outage_and_a_card_is_left_to_the_intake() -> None:
    desk = Desk()
    desk.outage.on_lost()
    assert not desk.outage.on_scanned("001195000007|Nguyễn Thị Ánh|02031995")
    assert desk.outage.on_scanned("A012 23/11/2026")
    assert desk.office.done == ["back A012 23/11/2026"]


def test_a_server_that_goes_again_while_it_comes_back_leaves_the_banner() -> None:
    desk = Desk()
    desk.outage.on_lost()
    desk.switch.away = True
    desk.outage.on_news()
    assert desk.view.last("show_outage") != ""
    assert desk.view.last("show_problem") is None
    desk.switch.away = False
    desk.outage.on_news()
    assert desk.view.last("show_outage") == ""


def test_coming_back_is_tried_once_at_a_time() -> None:
    later = Later()
    desk = Desk(run=later)
    desk.outage.on_lost()
    for _second in range(3):
        desk.outage.on_news()
    later.answer()
    assert desk.switch.tries == 1


def test_numbers_that_wait_for_their_kiosk_are_offered_again_but_not_each_second() -> None:
    desk = Desk()
    desk.switch.waits = True
    desk.switch.settled = [Settled(visit("A009"), How.WAITS)]
    for _second in range(25):
        desk.outage.on_news()
        desk.clock.pass_s(1)
    assert desk.switch.tries == 3
    assert desk.view.all("say") == [], "told when the server came back, not at each try"
    assert desk.resumed == 0


def test_the_officer_is_told_what_did_not_go_through() -> None:
    tone, message, more = taken_over([Settled(visit("A001"), How.AGAIN), Settled(visit("A002"), How.UNKNOWN)])
    assert (tone, message) == ("warn", "")
    assert "A001: nơi khác đã phục vụ" in more
    assert "A002: không có máy nào cấp số này" in more
    assert taken_over([Settled(visit("A001"), How.WAITS)])[0] == "info"
    assert taken_over([]) == ("good", "", "")


def test_the_line_of_yesterday_is_not_proposed_this_morning() -> None:
    clock, own = FakeClock(), FakeOffice()
    desk = LabelDesk(own.units, OFFICE, "1", OFFICER, clock)
    ticket = Ticket("k", "A001", "A", 1, 1, NOON.date(), "ho-tich", "", NOON, NOON, "t")
    desk.keep(LastKnown(NOON, None, (ticket,), (replace(ticket, key="p", label="A002", n=2),)))
    assert [p.label for p in desk.proposals()] == ["A001"]
    assert desk.queue().parked == (("A002", "A002"),)
    clock.pass_s(24 * 3600)
    assert desk.proposals() == []
    assert desk.queue().parked == ()
    assert desk.call("A001").key == "label:A001", "this morning that may be somebody else's number"
    desk.act(TicketAct.FINISH)
    key = "0123456789abcdef" * 2
    assert desk.call(f"A001 23/11/2026 {key}").key == key, "who comes with that paper is served all the same"


def test_a_paper_of_another_day_without_its_key_is_nobody_s_of_today() -> None:
    clock, own = FakeClock(), FakeOffice()
    desk = LabelDesk(own.units, OFFICE, "1", OFFICER, clock)
    with pytest.raises(WrongLabelError):
        desk.call("A001 20/11/2026 01234567Â9")
    assert desk.call("A001 23/11/2026 01234567Â9").key == "label:A001"


def test_the_line_is_proposed_in_the_office_s_own_order() -> None:
    own = FakeOffice()
    desk = LabelDesk(own.units, OFFICE, "1", OFFICER, FakeClock())
    first = Ticket("a", "A001", "A", 1, 1, NOON.date(), "ho-tich", "", NOON, NOON, "t")
    head_start = replace(
        first, key="b", label="A002", n=2, priority="cao-tuoi", effective_at=NOON - timedelta(minutes=20)
    )
    put_next = replace(first, key="c", label="A003", n=3, rank=0)
    desk.keep(LastKnown(NOON, None, (first, head_start, put_next)))
    assert [p.label for p in desk.proposals()] == ["A003", "A002", "A001"]


def test_a_number_that_gets_its_key_stays_settled_and_is_told() -> None:
    view, office = Remember(), FakeQueue()
    queue = QueuePresenter(view, office, run_now)
    renamed: list[AtCounter] = []
    queue.renamed = renamed.append
    queue.on_call_back("A001")
    queue.done_with_current = True
    current = office.current
    assert current is not None
    office.current = replace(current, key="its-key")
    queue.refresh()
    assert queue.done_with_current
    assert [at.key for at in renamed] == ["its-key"]
