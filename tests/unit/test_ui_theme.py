"""The theme's promises: contrast, fonts that carry every Vietnamese letter, Qt's own words in Vietnamese."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from ui.theme.apply import dress
from ui.theme.fonts import font, load_fonts
from ui.theme.icons import NAMES, icon
from ui.theme.tokens import HALL, LIGHT, Palette, contrast

TEXT_PAIRS = [
    *(("ink", g) for g in ("ground", "surface", "sunken", "accent_soft")),
    *(("ink_2", g) for g in ("ground", "surface", "sunken")),
    ("accent", "surface"),
    ("accent", "ground"),
    ("on_accent", "accent"),
    ("on_accent", "accent_deep"),
    *((tone, f"{tone}_soft") for tone in ("good", "warn", "bad", "info")),
    ("accent_deep", "accent_soft"),
]
LETTERS = "ẫữợẬỄỘƯỚỹỵđĐăằẳẵặâấầẩẫậêếềểễệôốồổỗộơớờởỡợưứừửữự₫–…←→"


@pytest.mark.parametrize("palette", [LIGHT, HALL])
@pytest.mark.parametrize("pair", TEXT_PAIRS)
def test_text_reaches_seven_to_one(palette: Palette, pair: tuple[str, str]) -> None:
    text, ground = (str(getattr(palette, name)) for name in pair)
    assert contrast(text, ground) >= 7


@pytest.mark.parametrize("palette", [LIGHT, HALL])
def test_edges_of_controls_reach_four_and_a_half_to_one(palette: Palette) -> None:
    assert contrast(palette.edge, palette.surface) >= 4.5
    assert contrast(palette.edge, palette.ground) >= 4.5


def test_the_bundled_typeface_has_every_vietnamese_letter(qtbot: QtBot) -> None:
    assert "Inter" in load_fonts()
    for weight in (400, 500, 600, 700):
        face = QRawFont.fromFont(font(16, weight))
        assert face.familyName().startswith("Inter")
        assert [letter for letter in LETTERS if not face.supportsCharacter(ord(letter))] == []


def test_every_icon_of_an_office_pack_can_be_drawn(qtbot: QtBot) -> None:
    for name in NAMES:
        assert not icon(name, 24, LIGHT.accent).isNull()


def test_standard_buttons_speak_vietnamese(qtbot: QtBot, qapp: object) -> None:
    from PySide6.QtWidgets import QApplication

    assert isinstance(qapp, QApplication)
    dress(qapp)
    box = QMessageBox()
    qtbot.addWidget(box)
    standard = QMessageBox.StandardButton
    box.setStandardButtons(standard.Yes | standard.No | standard.Cancel | standard.Save | standard.Ok)
    words = {button.text().replace("&", "") for button in box.buttons()}
    assert words == {"Có", "Không", "Hủy", "Lưu", "Đồng ý"}
