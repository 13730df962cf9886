"""The panel of a dossier on the screen: its lines are used again, and nothing of one citizen stays for the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from samples import NOON

from kiosk.domain.dossier import dossier_key
from ui.desk.dossier_model import Fact, Line, Offer, Section, Sheet
from ui.desk.dossier_panel import DossierPanel
from ui.desk.view import DeskWindow

OFFERS = tuple(Offer(f"act-{letter}", letter, f"Việc {letter}") for letter in "ABCDEFG")
LONG = Sheet(
    dossier_key("261123", 1, 7),
    "Khai sinh",
    "Nguyễn Thị Ánh",
    Fact("", "Đang giải quyết"),
    "",
    "",
    None,
    (),
    (
        Section("Người", (Fact("Chủ hồ sơ", "Nguyễn Thị Ánh"), Fact("Điện thoại", "0912345678"))),
        Section("Tình trạng", (Fact("Phí, lệ phí", "8.000 đồng, chưa thu", "warn"), Fact("Trả kết quả", "chưa"))),
    ),
    (Line("23/11 08:00", "Tiếp nhận", "Lan"), Line("23/11 09:00", "Chuyển giải quyết", "Lan")),
    OFFERS,
)
SHORT = replace(
    LONG,
    key=dossier_key("261123", 1, 8),
    people="Lê Văn Bình",
    sections=(Section("Người", (Fact("Chủ hồ sơ", "Lê Văn Bình"),)),),
    history=(Line("23/11 10:00", "Tiếp nhận", "Lan"),),
    offers=(*OFFERS[:2], replace(OFFERS[2], why_not="Hồ sơ đã kết thúc.")),
)


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[DossierPanel]:
    window = DeskWindow("Xã Mẫu", "Quầy 1", lambda: NOON)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    panel = DossierPanel(window)
    window.show()
    yield panel
    panel.leave()


def texts(panel: DossierPanel, *, seen: bool = True) -> list[str]:
    page = panel.pages.widget(0)
    assert page is not None
    return [part.text() for part in page.findChildren(QLabel) if part.isVisible() or not seen]


def test_every_fact_every_line_of_the_history_and_every_act_is_shown(panel: DossierPanel) -> None:
    panel.show_sheet(LONG)
    shown = texts(panel)
    for section in LONG.sections:
        assert section.title in shown
        assert all(fact.name in shown and fact.words in shown for fact in section.facts)
    assert [text for text in shown if text.startswith("23/11")] == [
        "23/11 08:00 · Tiếp nhận · Lan",
        "23/11 09:00 · Chuyển giải quyết · Lan",
    ]
    assert all(offer.words in shown and offer.key in shown for offer in OFFERS)


def test_nothing_of_one_citizen_stays_behind_the_dossier_of_the_next(panel: DossierPanel) -> None:
    panel.show_sheet(LONG)
    panel.show_sheet(SHORT)
    everything = " ".join(texts(panel, seen=False))
    for words in ("Ánh", "0912345678", "8.000", "Chuyển giải quyết"):
        assert words not in everything
    assert "Việc A" in texts(panel)
    assert not {"Việc C", "Việc G"} & set(texts(panel))


def test_a_longer_dossier_after_a_shorter_one_shows_all_of_itself(panel: DossierPanel) -> None:
    panel.show_sheet(SHORT)
    panel.show_sheet(LONG)
    shown = texts(panel)
    assert {"0912345678", "8.000 đồng, chưa thu", "Việc G"} <= set(shown)
    assert "Lê Văn Bình" not in shown


def test_a_fact_that_is_no_alarm_any_more_loses_its_colour(panel: DossierPanel) -> None:
    panel.show_sheet(LONG)
    paid = Fact("Phí, lệ phí", "8.000 đồng, đã thu")
    sections = (LONG.sections[0], replace(LONG.sections[1], facts=(paid,)))
    panel.show_sheet(replace(LONG, sections=sections))
    words = next(part for part in panel.findChildren(QLabel) if part.text() == paid.words)
    assert words.property("tone") == ""


def test_a_dossier_that_has_ended_says_that_nothing_is_left_to_do(panel: DossierPanel) -> None:
    panel.show_sheet(LONG)
    panel.show_sheet(replace(LONG, offers=()))
    shown = texts(panel)
    assert any("không còn việc nào" in text for text in shown)
    assert "Việc A" not in shown
