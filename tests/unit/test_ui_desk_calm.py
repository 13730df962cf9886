"""What the desk does not do while a key's outcome is being drawn, and what it shows at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from samples import NOON
from ui_fakes import FakeQueue, Later, Remember

from ui.desk.calm_news import CalmNews
from ui.desk.queue_presenter import QueuePresenter
from ui.desk.view import DeskWindow

NUMBER = "001195000007"


def test_what_one_act_wrote_is_one_piece_of_news(qtbot: QtBot) -> None:
    calm, told = CalmNews(moment_ms=20), list[int]()
    calm.news.connect(told.append)
    for seq in (7, 8, 9):
        calm.tell(seq)
    qtbot.waitUntil(lambda: bool(told), timeout=30_000)
    assert told == [9]
    calm.tell(9)
    qtbot.waitUntil(lambda: len(told) == 2, timeout=30_000)
    assert told == [9, 9]  # a heartbeat is passed on, too


def test_a_called_number_is_shown_before_those_who_wait_are_counted_again() -> None:
    view, office, later = Remember(), FakeQueue(), Later()
    presenter = QueuePresenter(view, office, later)
    presenter.refresh()
    later.answer()
    presenter.on_next()
    later.answer()
    shown = view.last("show_queue")
    assert shown.current is not None
    assert shown.current.label == "A001"


def test_a_number_that_nobody_could_call_is_not_shown() -> None:
    view, office, later = Remember(), FakeQueue(waiting=[]), Later()
    presenter = QueuePresenter(view, office, later)
    presenter.refresh()
    later.answer()
    presenter.on_next()
    later.answer()
    assert view.last("show_queue").current is None


def test_a_scan_is_known_wherever_the_focus_went(qtbot: QtBot) -> None:
    window = DeskWindow("Xã Mẫu", "Quầy 1", lambda: NOON)
    qtbot.addWidget(window)
    seen = list[str]()
    window.scanned.connect(seen.append)
    window.show()
    window.activateWindow()
    for part in (window.person.name, window.procedure.edit, window.person.phone, window.person.name):
        part.setFocus()
        qtbot.waitUntil(part.hasFocus, timeout=30_000)
        for n, text in enumerate([*NUMBER, "\r"]):
            key = Qt.Key.Key_Return if text == "\r" else Qt.Key.Key_unknown
            event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
            event.setTimestamp(5000 + 1000 * len(seen) + n * 4)
            QApplication.sendEvent(part, event)
    assert seen == [NUMBER] * 4
    assert window.person.name.text() == ""
