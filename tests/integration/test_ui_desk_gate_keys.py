"""L, Q and V reach the quality gate from the list of papers and from the strip; the place of a fault is drawn."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.domain.scan import Finding
from ui.desk.model import PageThumb
from ui.desk.page_strip import PageStrip
from ui.desk.paper_list import PaperList
from ui.theme.tokens import LIGHT


@pytest.mark.parametrize("made", [PaperList, PageStrip])
def test_each_letter_is_one_act(qtbot: QtBot, made: type[PaperList] | type[PageStrip]) -> None:
    part = made()
    qtbot.addWidget(part)
    acts: list[str] = []
    part.gate_typed.connect(acts.append)
    for key in "lqvLQV":
        QTest.keyClicks(part, key)
    assert acts == ["next", "again", "accept"] * 2
    QTest.keyClick(part, Qt.Key.Key_Z)
    assert len(acts) == 6


def test_the_place_of_a_fault_is_framed_until_it_is_accepted(qtbot: QtBot) -> None:
    png = io.BytesIO()
    Image.new("RGB", (116, 160), "white").save(png, "PNG")
    strip = PageStrip()
    qtbot.addWidget(strip)
    strip.resize(200, 100)
    strip.show()

    def framed(*findings: Finding) -> int:
        strip.show_pages([PageThumb("p", 1, 1, png.getvalue(), findings=findings)], 0)
        picture = strip.viewport().grab().toImage()
        wanted = QColor(LIGHT.bad).rgb()
        points = [(x, y) for x in range(picture.width()) for y in range(picture.height() // 2)]
        return sum(picture.pixel(x, y) == wanted for x, y in points)

    assert framed(Finding("blur", "Nhòe.", (0.2, 0.1, 0.5, 0.3))) > 40
    assert framed() == 0
