"""The panel of read papers: its keys, what is typed, and the place of the value on the page."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from scanner.page import jpeg_bytes
from ui.desk.page_view import PageView
from ui.desk.reading_model import PagePicture
from ui.desk.reading_panel import ReadingPanel
from ui.desk.reading_presenter import ShownLine, ShownPaper
from ui.theme.tokens import LIGHT

KEYS = (
    *(Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Up),
    *(Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Return, Qt.Key.Key_F4),
)
PAPER = ShownPaper(
    "Giấy 1/2 · trang 1",
    "Chờ xác nhận",
    "warn",
    (
        ShownLine("Loại giấy", "Quyết định", turns=True),
        ShownLine("Thành phần hồ sơ", "1. Tờ khai", "warn", turns=True),
        ShownLine("Họ và tên", "Lê Thị Hoa", "bad"),
    ),
)


@pytest.fixture
def panel(qtbot: QtBot) -> ReadingPanel:
    over = QWidget()
    over.resize(1366, 768)
    qtbot.addWidget(over)
    over.show()
    return ReadingPanel(over)


def heard(panel: ReadingPanel) -> list[tuple[str, Any]]:
    got: list[tuple[str, Any]] = []
    panel.entered.connect(lambda: got.append(("entered", None)))
    panel.take_back_asked.connect(lambda: got.append(("taken back", None)))
    for name in ("turned", "moved", "stepped", "typed"):
        getattr(panel, name).connect(lambda value, n=name: got.append((n, value)))
    return got


def test_every_act_has_its_key_and_letters_are_typed_into_the_line(panel: ReadingPanel) -> None:
    got = heard(panel)
    panel.show_paper(PAPER, 0)
    kind = panel.edits[0]
    for key in KEYS:
        QTest.keyClick(kind, key)
    assert got == [
        *(("turned", 1), ("turned", -1), ("moved", 1), ("moved", -1)),
        *(("stepped", 1), ("stepped", -1), ("entered", None), ("taken back", None)),
    ]
    got.clear()
    QTest.keyClicks(kind, "x")
    assert got == []  # what is chosen cannot be typed over
    panel.show_paper(PAPER, 2)
    QTest.keyClicks(panel.edits[2], "Ba")
    assert got == [("typed", "B"), ("typed", "Ba")]
    QTest.keyClick(panel.edits[2], Qt.Key.Key_Left)
    assert len(got) == 2  # moves in the text


def test_escape_gives_the_keys_back_to_the_desk(panel: ReadingPanel) -> None:
    panel.show_paper(PAPER, 0)
    assert panel.isVisible()
    QTest.keyClick(panel.edits[0], Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_no_key_of_the_desk_works_behind_the_panel(qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.show()
    pressed: list[str] = []
    for key in ("F4", "Ctrl+Return", "PgDown"):
        QShortcut(QKeySequence(key), over).activated.connect(lambda k=key: pressed.append(k))
    panel = ReadingPanel(over)
    panel.show_paper(PAPER, 0)
    edit: QLineEdit = panel.edits[0]
    QTest.keyClick(edit, Qt.Key.Key_F4)
    QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(edit, Qt.Key.Key_PageDown)
    assert pressed == []


def test_a_screen_reader_hears_the_line_and_its_doubt(panel: ReadingPanel) -> None:
    panel.show_paper(PAPER, 2)
    assert panel.edits[2].accessibleName() == "Họ và tên. Xem kỹ"
    assert panel.edits[0].accessibleName() == "Loại giấy"
    panel.warn("Chọn loại giấy bằng phím ← →.")
    assert panel.notice.isVisible()
    panel.warn("")
    assert not panel.notice.isVisible()


def test_the_place_of_the_current_value_is_tinted_and_doubtful_words_underlined(qtbot: QtBot) -> None:
    view = PageView(QSize(400, 400))
    qtbot.addWidget(view)
    white = jpeg_bytes(np.full((400, 400, 3), 255, np.uint8), 95)
    view.show_picture(PagePicture(white, ((0.1, 0.8, 0.2, 0.05),)))
    view.mark([(0.5, 0.5, 0.2, 0.1)], (0.5, 0.5, 0.2, 0.1))
    picture = view.grab().toImage()
    assert QColor(picture.pixel(240, 220)) != QColor("white")
    assert QColor(picture.pixel(20, 20)).lightness() > 250
    assert any(QColor(picture.pixel(60, y)) == QColor(LIGHT.warn) for y in range(335, 345))
    # A card on an empty sheet fills the view, and its places move with it.
    view.show_picture(PagePicture(white, (), (0.5, 0.5, 0.25, 0.25)))
    picture = view.grab().toImage()
    assert QColor(picture.pixel(160, 80)) != QColor("white")
    assert QColor(picture.pixel(360, 380)).lightness() > 250
    view.mark([], None)
    assert QColor(view.grab().toImage().pixel(160, 80)).lightness() > 250
