"""The palette finds every act, procedure and recent dossier by letters without marks; the F1 sheet has every key."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from samples import BIRTH
from ui_fakes import Remember

from ui.desk.actions import ACTIONS, LIST_KEYS
from ui.desk.model import Recent
from ui.desk.palette_panel import PalettePanel
from ui.desk.palette_presenter import NOT_HERE, Found, Kind, PalettePresenter, Targets, fits
from ui.desk.sheet import ShortcutSheet

RECENT = Recent("261123100010", "H26.107-261123-0001", "Đặng Thị Ánh", "Đăng ký kết hôn", "đã nhận", "", "đã gửi")


@dataclass
class Palette:
    done: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.view = Remember()
        targets = Targets(*(lambda id_, kind=kind: self.done.append((kind, id_)) for kind in ("act", "tt", "hs")))
        self.presenter = PalettePresenter(self.view, ACTIONS, lambda: [BIRTH], lambda: [RECENT], targets)

    def type(self, text: str) -> list[Found]:
        self.presenter.on_text(text)
        return list(self.view.last("show_found"))


def test_with_nothing_typed_every_act_of_the_registry_is_there_with_its_key() -> None:
    found = Palette().type("")
    assert [f.id for f in found] == [a.id for a in ACTIONS if a.id not in NOT_HERE]
    assert {f.id: f.beside for f in found}["next"] == "F2"


@pytest.mark.parametrize("action", [a for a in ACTIONS if a.id not in NOT_HERE], ids=lambda a: a.id)
def test_every_act_is_found_by_its_words_without_marks(action: object) -> None:
    from kiosk.text import fold
    from ui.desk.actions import Action

    assert isinstance(action, Action)
    assert action.id in [f.id for f in Palette().type(fold(action.words))]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("goi so", (Kind.ACT, "next")),
        ("tiep nhan", (Kind.ACT, "receive")),
        ("f10", (Kind.ACT, "refuse")),
        ("khai sinh", (Kind.PROCEDURE, BIRTH.code)),
        ("anh dang", (Kind.DOSSIER, RECENT.key)),
        ("0001", (Kind.DOSSIER, RECENT.key)),
        ("261123100010", (Kind.DOSSIER, RECENT.key)),
    ],
)
def test_the_best_line_comes_first(typed: str, first: tuple[Kind, str]) -> None:
    found = Palette().type(typed)[0]
    assert (found.kind, found.id) == first


def test_enter_does_what_is_chosen() -> None:
    palette = Palette()
    for typed in ("goi so", "khai sinh", "anh dang"):
        palette.presenter.on_chosen(palette.type(typed)[0])
    assert palette.done == [("act", "next"), ("tt", BIRTH.code), ("hs", RECENT.key)]


def test_nonsense_finds_nothing_and_says_so(qtbot: QtBot) -> None:
    assert Palette().type("zzqq") == []
    assert fits("", "gì cũng được") == 0
    window = QWidget()
    qtbot.addWidget(window)
    panel = PalettePanel(window)
    panel.show_found([])
    assert not panel.nothing.isHidden()
    panel.show_found([Found(Kind.ACT, "next", "Gọi số", "F2")])
    assert panel.nothing.isHidden()


def test_the_keyboard_alone_types_steps_and_does(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    panel, palette = PalettePanel(window), Palette()
    palette.presenter._view = panel
    panel.typed.connect(palette.presenter.on_text)
    panel.chosen.connect(palette.presenter.on_chosen)
    panel.open()
    QTest.keyClicks(panel.edit, "goi")
    first = panel.list.currentItem().text()
    QTest.keyClick(panel.edit, Qt.Key.Key_Down)
    assert panel.list.currentItem().text() != first
    QTest.keyClick(panel.edit, Qt.Key.Key_Up)
    QTest.keyClick(panel.edit, Qt.Key.Key_Return)
    assert palette.done == [("act", "next")]
    assert not panel.isVisible()


def test_the_sheet_has_every_act_and_every_letter_of_the_registry(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    words = [part.text() for part in ShortcutSheet(window).findChildren(QLabel)]
    for action in ACTIONS:
        assert action.cap in words
        assert action.words in words
    for key, said in LIST_KEYS:
        assert key in words
        assert said in words
