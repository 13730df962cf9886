"""A kiosk that gives no numbers tells staff why, and lets them choose a spare letter where one helps."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from ui_fakes import FakeClock, FakeTicketing

from kiosk.domain.membership import SPARE_LETTERS, Stop, StoppedError
from ui.tasks import run_now
from ui.ticketing.look import Scale
from ui.ticketing.lookup import SEARCH
from ui.ticketing.mark import StoreMark
from ui.ticketing.model import Stopped
from ui.ticketing.presenter import TicketingPresenter
from ui.ticketing.view import TicketingWindow
from ui.ticketing.wiring import connect
from ui.ticketing.words import LANGUAGES


def a_stopped_kiosk(
    qtbot: QtBot, stop: Stop, clock: FakeClock | None = None
) -> tuple[TicketingWindow, TicketingPresenter, FakeTicketing]:
    clock = clock or FakeClock()
    letters = SPARE_LETTERS if stop.officer_may_go_on else ()
    office = FakeTicketing(stop=Stopped(stop.value, letters), failing=StoppedError(stop))
    window = TicketingWindow("Trung tâm", clock, Scale(4.0), portrait=True)
    qtbot.addWidget(window)
    window.resize(1080, 1920)
    window.show()
    presenter = TicketingPresenter(window, office, run_now, clock)
    connect(window, presenter, lambda slot: slot)
    presenter.open()
    return window, presenter, office


def shown_note(window: TicketingWindow) -> str:
    return window._note.message.text() if window._note.isVisible() else ""


def let_staff_in(presenter: TicketingPresenter) -> None:
    presenter.on_corner_held()
    for key in (*"2580", SEARCH):
        presenter.staff_key(key)


@pytest.mark.parametrize("stop", list(Stop))
def test_staff_see_why_in_every_language(qtbot: QtBot, stop: Stop) -> None:
    window, presenter, _ = a_stopped_kiosk(qtbot, stop)
    let_staff_in(presenter)
    assert window.stopped.isVisible()
    assert window.stopped.why.text() == LANGUAGES["vi"].stopped_why(stop.value)
    assert list(window.stopped.letters) == (list(SPARE_LETTERS) if stop.officer_may_go_on else [])
    assert len({words.stopped_why(stop.value) for words in LANGUAGES.values()}) == len(LANGUAGES)


def test_a_spare_letter_gives_numbers_again(qtbot: QtBot) -> None:
    clock = FakeClock()
    window, presenter, office = a_stopped_kiosk(qtbot, Stop.MOVED, clock)
    let_staff_in(presenter)
    office.failing = None
    window.stopped.letters["W"].click()
    assert office.spares == ["W"]
    assert window.start.isVisible()
    clock.pass_s(2)
    window.group_touched.emit("ho-tich")
    assert window.number.isVisible()


def test_a_stopped_kiosk_says_so_before_anybody_touches_it_and_until_it_goes_on(qtbot: QtBot) -> None:
    clock = FakeClock()
    window, presenter, office = a_stopped_kiosk(qtbot, Stop.REVOKED, clock)
    for _minute in range(60):
        assert "tạm ngừng cấp số" in shown_note(window)
        clock.pass_s(1)
        presenter.on_tick()
    office.stop = None
    clock.pass_s(1)
    presenter.on_tick()
    assert shown_note(window) == ""


def test_nothing_covers_the_keys_on_which_staff_type_their_code(qtbot: QtBot) -> None:
    window, presenter, _ = a_stopped_kiosk(qtbot, Stop.DOUBTFUL)
    presenter.on_corner_held()
    assert window.staff_pad.isVisible()
    assert shown_note(window) == ""
    presenter.on_tick()
    assert shown_note(window) == ""
    presenter.on_back()
    presenter.on_tick()
    assert window.start.isVisible()
    assert "tạm ngừng cấp số" in shown_note(window)


def test_a_citizen_at_a_stopped_kiosk_is_sent_to_an_officer(qtbot: QtBot) -> None:
    window, _, _ = a_stopped_kiosk(qtbot, Stop.DOUBTFUL)
    window.group_touched.emit("ho-tich")
    assert not window.number.isVisible()
    assert window.start.isVisible()


def test_a_store_that_is_shorter_than_its_mark_was_set_back(tmp_path: Path) -> None:
    mark = StoreMark(tmp_path / "state" / "kiosk.mark")
    assert not mark.is_longer(2, 0)
    mark.save(2, 7)
    mark.save(3, 9)
    again = StoreMark(mark.path)
    assert again.is_longer(2, 6)
    assert not again.is_longer(2, 7)
    assert again.is_longer(3, 8)
    assert not again.is_longer(4, 0)
    mark.path.write_text("không phải số", encoding="utf-8")
    assert not StoreMark(mark.path).is_longer(2, 0)
