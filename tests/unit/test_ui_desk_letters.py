"""Letters that act in a panel where scanners type, too."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.desk.dossier_list import SEARCH_MS, DossierList
from ui.desk.letter_keys import SETTLE_MS, LetterKeys
from ui.station import application

CARD_CODE = "001195000007|012345678|Nguyễn Thị Ánh|02031995|Nữ|Thôn 1, Xã Mẫu|01012022"


@dataclass
class Watch:
    at: float = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def heard(qtbot: QtBot) -> tuple[LetterKeys, Watch, list[str]]:
    watch = Watch()
    letters: list[str] = []
    parent = QObject()
    keys = LetterKeys(parent, watch)
    keys.pressed.connect(letters.append)
    keys.kept = parent  # type: ignore[attr-defined]
    return keys, watch, letters


def test_a_letter_alone_acts(heard: tuple[LetterKeys, Watch, list[str]], qtbot: QtBot) -> None:
    keys, watch, letters = heard
    keys.type("k")
    qtbot.waitUntil(lambda: letters == ["K"], timeout=30_000)
    watch.at += 0.5
    keys.type("B")
    qtbot.waitUntil(lambda: letters == ["K", "B"], timeout=30_000)


def test_no_letter_of_a_scanner_s_burst_acts(heard: tuple[LetterKeys, Watch, list[str]], qtbot: QtBot) -> None:
    keys, watch, letters = heard
    for char in CARD_CODE:
        watch.at += 0.004
        keys.type(char)
    for char in "K" + CARD_CODE:  # a burst that begins with a letter
        watch.at += 0.004
        keys.type(char)
    qtbot.wait(SETTLE_MS * 3)
    assert letters == []


def test_what_is_no_letter_and_what_was_forgotten_does_nothing(
    heard: tuple[LetterKeys, Watch, list[str]], qtbot: QtBot
) -> None:
    keys, watch, letters = heard
    for char in ("1", "đ", " "):
        watch.at += 1
        keys.type(char)
    watch.at += 1
    keys.type("k")
    keys.forget()
    qtbot.wait(SETTLE_MS * 3)
    assert letters == []


def test_the_list_asks_for_what_was_typed_but_not_for_what_a_scanner_put_back(qtbot: QtBot) -> None:
    application()
    found = DossierList()
    qtbot.addWidget(found)
    asked: list[str] = []
    found.asked.connect(asked.append)
    found.show_lines((), "", untold=False)
    QTest.keyClicks(found.edit, CARD_CODE[:12])
    found.edit.setText("")  # as `Wedge` leaves the field
    qtbot.wait(SEARCH_MS * 2)
    assert asked == []
    QTest.keyClicks(found.edit, "anh")
    qtbot.waitUntil(lambda: asked == ["anh"], timeout=30_000)


def test_an_answer_to_earlier_letters_does_not_forget_the_last_one(qtbot: QtBot) -> None:
    application()
    found = DossierList()
    qtbot.addWidget(found)
    asked: list[str] = []
    found.asked.connect(asked.append)
    found.show()
    found.edit.setFocus()
    QTest.keyClicks(found.edit, "an")
    qtbot.waitUntil(lambda: asked == ["an"], timeout=30_000)
    QTest.keyClicks(found.edit, "h")
    found.show_lines((), "an", untold=False)  # as a slow store answers
    qtbot.waitUntil(lambda: asked == ["an", "anh"], timeout=30_000)
    QTest.keyClicks(found.edit, "x")
    found.show_lines((), CARD_CODE, untold=False)  # somebody's card was scanned instead
    qtbot.wait(SEARCH_MS * 2)
    assert asked == ["an", "anh"]
