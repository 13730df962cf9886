from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.desk.choices import ChoicePanel
from ui.desk.model import Choice
from ui.desk.sheet import ShortcutSheet

PLACES = (Choice("first", "Đầu"), Choice("last", "Cuối"))


def a_panel(qtbot: QtBot, count: int) -> tuple[ChoicePanel, list[tuple[str, str, str]]]:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(1366, 768)
    over.show()
    panel = ChoicePanel(over)
    got: list[tuple[str, str, str]] = []
    panel.chosen.connect(lambda *said: got.append(said))
    panel.ask("transfer", "Chuyển số A001 đến", [Choice(f"c{n}", f"Quầy {n}") for n in range(1, count + 1)], "", PLACES)
    return panel, got


def test_the_arrows_reach_every_choice_and_numbers_take_the_ones_that_are_seen(qtbot: QtBot) -> None:
    panel, got = a_panel(qtbot, 40)
    for _ in range(11):
        QTest.keyClick(panel, Qt.Key.Key_Down)
    QTest.keyClick(panel, Qt.Key.Key_Right)
    QTest.keyClick(panel, Qt.Key.Key_1)
    assert got == [("transfer", "c4", "last")]
    assert not panel.isVisible()


def test_enter_takes_the_marked_one_and_escape_nothing(qtbot: QtBot) -> None:
    panel, got = a_panel(qtbot, 3)
    QTest.keyClick(panel, Qt.Key.Key_9)
    QTest.keyClick(panel, Qt.Key.Key_Up)
    QTest.keyClick(panel, Qt.Key.Key_Return)
    panel.ask("pause", "Vì", PLACES)
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert got == [("transfer", "c3", "first")]


def test_what_is_usual_is_marked_already_and_its_key_stands_before_it(qtbot: QtBot) -> None:
    panel, got = a_panel(qtbot, 3)
    times = (Choice("0955", "09:55"), Choice("1000", "10:00", usual=True))
    panel.ask("appointment", "Cấp số", (*PLACES, Choice("third", "Ba", usual=True)), "Giờ hẹn", times)
    QTest.keyClick(panel, Qt.Key.Key_Return)
    assert got == [("appointment", "third", "1000")]


def test_no_key_of_the_desk_works_behind_the_sheet_of_keys(qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(1366, 768)
    field = QLineEdit(over)
    called: list[str] = []
    shortcut = QShortcut(QKeySequence("F2"), over)
    shortcut.activated.connect(lambda: called.append("F2"))
    sheet = ShortcutSheet(over)
    with qtbot.waitActive(over):
        over.show()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_F2)
    assert called == ["F2"]
    sheet.open()
    QTest.keyClick(over.focusWidget(), Qt.Key.Key_F2)
    assert called == ["F2"], "nobody was called behind it"
    assert not sheet.isVisible(), "any key closes it"
    assert over.focusWidget() is field
