from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.desk.choices import ChoicePanel
from ui.desk.model import Choice

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
