"""The kiosk's decisions: one touch, one number; nothing a citizen does leaves the kiosk."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from ui_fakes import FakeClock, FakeTicketing, Later, Remember

from kiosk.domain.ticket import PrintState
from kiosk.errors import DiskFullError
from ui.tasks import Run, run_now
from ui.ticketing.presenter import TicketingPresenter
from ui.ticketing.tiles import GroupTile, PriorityButton, Scale
from ui.ticketing.view import TicketingWindow


def a_kiosk(office: FakeTicketing, run: Run = run_now) -> tuple[TicketingPresenter, Remember, FakeClock]:
    view, clock = Remember(), FakeClock()
    presenter = TicketingPresenter(view, office, run, clock)
    presenter.open()
    return presenter, view, clock


def test_one_touch_is_one_number_though_tapped_twenty_times_in_a_second() -> None:
    office = FakeTicketing()
    presenter, view, clock = a_kiosk(office)
    for _tap in range(20):
        presenter.on_group("ho-tich")
        clock.pass_s(0.05)
    assert len(office.touches) == office.asked == 1
    assert view.last("show_number").label == "A001"


def test_taps_while_the_number_is_being_written_are_the_same_hand() -> None:
    office, later = FakeTicketing(), Later()
    presenter, _view, clock = a_kiosk(office, later)
    for _tap in range(5):
        presenter.on_group("ho-tich")
        clock.pass_s(1)
    later.answer()
    assert office.asked == 1


def test_a_touch_that_failed_is_repeated_under_its_own_name() -> None:
    office = FakeTicketing(failing=DiskFullError())
    presenter, view, clock = a_kiosk(office)
    presenter.on_group("ho-tich")
    assert view.last("show_note")[0] == "bad"
    # The answer was lost although the number had been written: the second touch must find it again.
    office.failing = None
    touch = presenter._touches.of("ho-tich", "")
    office.issue("ho-tich", "", touch)
    clock.pass_s(2)
    presenter.on_group("ho-tich")
    assert len(office.touches) == 1


def test_the_priority_of_the_ticket_is_the_chosen_one_and_is_forgotten_afterwards() -> None:
    office = FakeTicketing()
    presenter, view, clock = a_kiosk(office)
    presenter.on_priority("cao-tuoi")
    presenter.on_group("ho-tich")
    assert view.last("show_number").priority == "cao-tuoi"
    presenter.on_done()
    clock.pass_s(2)
    presenter.on_group("ho-tich")
    assert view.last("show_number").priority == ""


def test_a_choice_that_nobody_used_is_forgotten() -> None:
    presenter, view, clock = a_kiosk(FakeTicketing())
    presenter.on_priority("cao-tuoi")
    clock.pass_s(51)
    presenter.on_tick()
    assert view.last("mark_priority") == ""


def test_the_screen_returns_to_the_start_by_itself() -> None:
    presenter, view, clock = a_kiosk(FakeTicketing(state=PrintState.PRINTED))
    presenter.on_group("ho-tich")
    clock.pass_s(3)
    presenter.on_tick()
    starts = len(view.all("show_start"))
    clock.pass_s(7)
    presenter.on_tick()
    assert len(view.all("show_start")) == starts + 1


def test_without_paper_the_number_stands_longer_and_the_trouble_is_told() -> None:
    presenter, view, clock = a_kiosk(FakeTicketing(state=PrintState.FAILED))
    presenter.on_group("ho-tich")
    clock.pass_s(1)
    presenter.on_tick()
    assert view.last("show_paper")[0] is PrintState.FAILED
    starts = len(view.all("show_start"))
    clock.pass_s(20)
    presenter.on_tick()
    assert len(view.all("show_start")) == starts


def test_when_nobody_prints_the_kiosk_itself_says_that_there_is_no_paper() -> None:
    office, later = FakeTicketing(), Later()
    presenter, view, clock = a_kiosk(office, later)
    later.answer()
    presenter.on_group("ho-tich")
    later.answer()
    clock.pass_s(5)
    presenter.on_tick()  # the question about the paper is never answered
    later.waiting.clear()
    assert view.all("show_paper")[-1] == (PrintState.PENDING, True)
    starts = len(view.all("show_start"))
    clock.pass_s(20)
    presenter.on_tick()
    assert len(view.all("show_start")) == starts
    assert len(office.touches) == 1


def test_paper_that_came_late_is_told_and_leaves_time_to_take_it() -> None:
    office = FakeTicketing()
    presenter, view, clock = a_kiosk(office)
    presenter.on_group("ho-tich")
    clock.pass_s(8)
    presenter.on_tick()
    office.state = PrintState.PRINTED
    presenter.on_tick()
    assert view.last("show_paper")[0] is PrintState.PRINTED
    starts = len(view.all("show_start"))
    clock.pass_s(5)
    presenter.on_tick()
    assert len(view.all("show_start")) == starts


def test_opening_the_kiosk_issues_nothing() -> None:
    office = FakeTicketing()
    presenter, _view, _clock = a_kiosk(office)
    presenter.on_news(7)
    presenter.on_tick()
    assert office.asked == 0


def test_calling_staff_is_acknowledged() -> None:
    office = FakeTicketing()
    presenter, view, _clock = a_kiosk(office)
    presenter.on_help()
    assert office.help == 1
    assert view.last("show_note")[0] == "good"


def a_window(qtbot: QtBot, *, portrait: bool, px_per_mm: float, size: tuple[int, int]) -> TicketingWindow:
    window = TicketingWindow("Trung tâm", FakeClock(), Scale(px_per_mm), portrait=portrait, locked=True)
    qtbot.addWidget(window)
    office = FakeTicketing()
    window.show_tiles(office.tiles())
    window.show_priorities(office.priorities())
    window.resize(*size)
    window.show()
    return window


def test_targets_are_large_enough_for_a_finger(qtbot: QtBot) -> None:
    for portrait, scale, size in ((True, 4.03, (1080, 1920)), (False, 4.0, (1280, 800))):
        window = a_window(qtbot, portrait=portrait, px_per_mm=scale, size=size)
        assert (window.width(), window.height()) == size
        for tile in window.findChildren(GroupTile):
            assert tile.width() >= 60 * scale
            assert tile.height() >= 30 * scale
        for button in (*window.findChildren(PriorityButton), window.help_button):
            assert min(button.width(), button.height()) >= 20 * scale - 1
        window.release()


def test_no_key_closes_a_locked_kiosk(qtbot: QtBot) -> None:
    window = a_window(qtbot, portrait=True, px_per_mm=4.03, size=(1080, 1920))
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F4, Qt.Key.Key_F11, Qt.Key.Key_Q):
        QTest.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert not window.close()
    assert window.isVisible()
    window.release()
    assert window.close()


def test_every_button_of_the_kiosk_has_a_name(qtbot: QtBot) -> None:
    window = a_window(qtbot, portrait=False, px_per_mm=4.0, size=(1280, 800))
    unnamed = [b for b in window.findChildren(QPushButton) if b.isVisible() and not (b.accessibleName() or b.text())]
    assert unnamed == []
    window.release()
