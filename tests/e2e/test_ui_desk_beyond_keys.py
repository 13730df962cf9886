"""By keys at the real desk: copies certified at once, a paper outside the catalogue, another agency's dossier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from real_desk import WAIT_MS, desk_at, press
from samples import NOON
from screen_checks import cut_texts, settle, unnamed
from ui_fakes import FakeClock

from kiosk.domain.life import DossierState
from kiosk.services.on_the_spot import register_line
from ui.app import OpenedOffice, open_office
from ui.desk.view import DeskWindow
from ui.theme.look import Look

CARD = "001195000007|012345678|Nguyễn Thị Ánh|02031995|Nữ|Thôn 1, Xã Mẫu|01012022"
COPIES, BIRTH = "2.000815", "1.001193"
CONTROL = Qt.KeyboardModifier.ControlModifier
BOTH = CONTROL | Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenedOffice]:
    with open_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def desk(office: OpenedOffice, qtbot: QtBot, qapp: QApplication) -> Iterator[DeskWindow]:
    with desk_at(office, qtbot, qapp, clock=FakeClock(NOON)) as window:
        yield window


def begin(window: DeskWindow, qtbot: QtBot, procedure: str) -> None:
    """A citizen with a card, and a procedure by its code."""
    window.scanned.emit(CARD)
    qtbot.waitUntil(window.procedure.edit.hasFocus, timeout=WAIT_MS)
    QTest.keyClicks(window.procedure.edit, procedure)
    press(window, Key.Key_Return)
    qtbot.waitUntil(window.papers.hasFocus, timeout=WAIT_MS)


def write(window: DeskWindow, qtbot: QtBot, key: Qt.Key, *values: str) -> None:
    """A key that opens a form, its fields, Enter after each."""
    press(window, key, BOTH)
    qtbot.waitUntil(window.beyond.isVisible, timeout=WAIT_MS)
    for field, value in zip(window.beyond.form.fields.values(), values, strict=True):
        qtbot.waitUntil(field.hasFocus, timeout=WAIT_MS)
        field.setText(value)  # at once it would be a scan
        press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: not window.beyond.isVisible(), timeout=WAIT_MS)


def test_copies_are_certified_while_the_citizen_waits(desk: DeskWindow, office: OpenedOffice, qtbot: QtBot) -> None:
    begin(desk, qtbot, COPIES)
    assert "Ctrl+Shift+N" in desk.notice.fix.text()
    press(desk, Key.Key_F6)
    press(desk, Key.Key_N, BOTH)
    qtbot.waitUntil(desk.beyond.isVisible, timeout=WAIT_MS)
    assert desk.beyond.form.fields["to"].text() == "Nguyễn Thị Ánh"
    press(desk, Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: bool(desk.side.saved.key.text()), timeout=WAIT_MS)
    assert desk.side.saved.title.text() == "Đã giải quyết và trả ngay"
    with office.reads() as look:
        dossier = look.dossiers.get(desk.side.saved.key.text().replace(" ", ""))
        line = register_line(look, dossier)
    assert (dossier.state, dossier.returned_to) == (DossierState.RETURNED, "Nguyễn Thị Ánh")
    assert line.on_the_spot
    assert dossier.result is not None
    assert dossier.result.number == f"{line.number}/{line.year}"


def test_a_paper_and_an_agency_are_in_the_dossier_and_in_its_supplement(
    desk: DeskWindow, office: OpenedOffice, qtbot: QtBot
) -> None:
    begin(desk, qtbot, BIRTH)
    qtbot.waitUntil(lambda: desk.side.promise.when.text() != "", timeout=WAIT_MS)
    before = desk.side.promise.reason.text()
    write(desk, qtbot, Key.Key_B, "Hop dong thue nha", "khoan 2 Dieu 7")
    write(desk, qtbot, Key.Key_A, "UBND xa Phu Xuan")
    qtbot.waitUntil(lambda: "cơ quan có thẩm quyền nhận" in desk.side.promise.reason.text(), timeout=WAIT_MS)
    assert desk.side.promise.reason.text() != before
    assert desk.procedure.agency.text() == "Cơ quan giải quyết: UBND xa Phu Xuan"
    press(desk, Key.Key_F9)
    qtbot.waitUntil(desk.side.reasons.isVisible, timeout=WAIT_MS)
    press(desk, Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: bool(desk.side.saved.key.text()), timeout=WAIT_MS)
    key = desk.side.saved.key.text().replace(" ", "")
    with office.reads() as look:
        dossier = look.dossiers.get(key)
    assert dossier.competent_agency == "UBND xa Phu Xuan"
    assert dossier.papers[-1].component.name == "Hop dong thue nha (căn cứ: khoan 2 Dieu 7)"
    desk.scanned.emit(key)  # the citizen comes with what was asked for
    qtbot.waitUntil(lambda: desk.procedure.agency.text().endswith("UBND xa Phu Xuan"), timeout=WAIT_MS)
    qtbot.waitUntil(desk.papers.hasFocus, timeout=WAIT_MS)
    press(desk, Key.Key_F6)
    press(desk, Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: desk.side.saved.title.text() == "Đã tiếp nhận hồ sơ", timeout=WAIT_MS)
    with office.reads() as look:
        again = look.dossiers.get(key)
    assert again.state is DossierState.RECEIVED
    assert [p.component.name for p in again.papers] == [p.component.name for p in dossier.papers]


@pytest.mark.parametrize("look", [Look(), Look("dark", 200)], ids=["100", "dark 200"])
def test_every_form_can_be_read_and_named(desk: DeskWindow, qtbot: QtBot, look: Look) -> None:
    begin(desk, qtbot, BIRTH)
    desk.show_look(look)
    for key in (Key.Key_A, Key.Key_B):
        press(desk, key, BOTH)
        qtbot.waitUntil(desk.beyond.isVisible, timeout=WAIT_MS)
        settle()
        assert cut_texts(desk.beyond) == []
        assert unnamed(desk.beyond) == []
        press(desk, Key.Key_Escape)
        qtbot.waitUntil(lambda: not desk.beyond.isVisible(), timeout=WAIT_MS)


def test_a_dossier_solved_elsewhere_is_promised_as_it_will_be_received(
    desk: DeskWindow, office: OpenedOffice, qtbot: QtBot
) -> None:
    """What the screen says beforehand is what the receipt says."""
    begin(desk, qtbot, BIRTH)
    write(desk, qtbot, Key.Key_A, "UBND xa Phu Xuan")
    qtbot.waitUntil(lambda: "cơ quan có thẩm quyền nhận" in desk.side.promise.reason.text(), timeout=WAIT_MS)
    day = desk.side.promise.day.text()
    press(desk, Key.Key_F6)
    press(desk, Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: bool(desk.side.saved.key.text()), timeout=WAIT_MS)
    with office.reads() as look:
        due = look.dossiers.get(desk.side.saved.key.text().replace(" ", "")).due_at
    assert due is not None
    assert f"{due:%d/%m/%Y}" in day
