"""The bench of the desk: it plays its scripts on the real window and counts the officer's keys; no time is judged."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ui.cli import main
from ui.cli.bench_desk import figures_of
from ui.cli.bench_desk_hands import Hands, Stroke
from ui.cli.bench_desk_script import CODE, NEW, RESULT, RETURNING, SEARCH

LATER_MS = 300


def test_one_round_is_played_and_its_keys_are_counted(qapp: QApplication, capsys: pytest.CaptureFixture[str]) -> None:
    small = ("--dossiers", "50", "--rounds", "1", "--pause", "40", "--no-ocr")
    assert main(["--json", "bench", "desk", *small]) == 0
    told = json.loads(capsys.readouterr().out)
    desk = told["engines"]["sqlite"]
    assert (desk["keys"][RETURNING], desk["keys"][NEW], desk["keys"][RESULT], desk["clicks"]) == (14, 30, 1, 0)
    assert set(desk["keys"]) == {RETURNING, NEW, SEARCH, CODE, RESULT}
    assert sum(row["keys"] for row in desk["rows"]) == sum(desk["keys"].values())
    assert all(row["max_ms"] > 0 for row in desk["rows"])
    assert (told["broken"], told["ok"], desk["pages_read"]) == ([], True, 0)


@pytest.fixture
def field(qtbot: QtBot, qapp: QApplication) -> QLineEdit:
    edit = QLineEdit()
    qtbot.addWidget(edit)
    edit.show()
    edit.setFocus()
    return edit


def test_a_key_is_timed_until_its_change_is_drawn(field: QLineEdit) -> None:
    hands = Hands(field)
    field.returnPressed.connect(lambda: QTimer.singleShot(LATER_MS, lambda: field.setText("đã tìm")))
    hands.letter("gõ", "k", lambda: field.text() == "k")
    hands.press("tìm", Qt.Key.Key_Return, lambda: field.text() == "đã tìm")
    hands.press("chọn", Qt.Key.Key_A, lambda: field.selectedText() == "đã tìm", Qt.KeyboardModifier.ControlModifier)
    hands.close()
    assert [(s.step, s.keys) for s in hands.strokes] == [("gõ", 1), ("tìm", 1), ("chọn", 2)]
    assert hands.strokes[1].seconds >= 0.9 * LATER_MS / 1000  # a timer of Qt may be a twentieth early


def test_a_scan_is_no_key_and_a_click_is_seen(field: QLineEdit) -> None:
    hands = Hands(field)
    field.returnPressed.connect(lambda: field.setText("Quàng Thị Mẩy"))
    hands.scan("quét thẻ", "004195000007||Lò Thị Ánh", lambda: field.text() == "Quàng Thị Mẩy")
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    hands.close()
    assert ([s.keys for s in hands.strokes], hands.clicks) == ([0], 1)


def test_a_step_with_a_slow_twentieth_is_named() -> None:
    quick = [Stroke(NEW, "gõ", 1, 0.01)] * 38
    slow = [Stroke(NEW, "tiếp nhận", 2, 0.02, 0.01), Stroke(NEW, "tiếp nhận", 2, 0.2, 0.03)]
    figures = figures_of(quick + slow, clicks=0, rounds=2, pages_read=0)
    assert figures.slow == [f"{NEW}, tiếp nhận"]
    assert figures.keys == {NEW: 21}
    assert figures.all_keys.max_ms == 200.0
    assert [row.computed.max_ms for row in figures.rows] == [0.0, 30.0]
