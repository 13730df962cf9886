"""The end of a money day at the real desk, by keys only: from the money panel and from the palette, to the sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from money_samples import OFFICE
from printing_samples import texts
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from real_desk import WAIT_MS, desk_at, press
from samples import MOTHER, OFFICER, marks

from kiosk.clock import business_day, office_now
from kiosk.domain.job import Job, Wing
from kiosk.domain.money import CashCount, PayMethod
from kiosk.services import money
from kiosk.services.drawer import CountToPrint
from kiosk.services.printing import paper_of
from kiosk.services.reception import Intake, receive_dossier
from kiosk.text import tidy
from printing.worker import count_sheet
from ui.app import OpenedOffice, open_office
from ui.desk.drawer_panel import DrawerPanel
from ui.desk.money_panel import MoneyPanel
from ui.desk.view import DeskWindow

COPIES = "2.000884"  # certified signatures: 10.000 đồng
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
CASH = 10_000


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenedOffice]:
    (tmp_path / "office.toml").write_text(OFFICE, encoding="utf-8")
    with open_office(tmp_path) as opened:
        yield opened


def take_cash(office: OpenedOffice) -> str:
    """10.000 đồng in Lan's drawer."""
    with office.reads() as look:
        procedure = look.procedures.current(COPIES, office_now().date())
    assert procedure is not None
    intake = Intake("d-1", COPIES, MOTHER, marks(*(c.code for c in procedure.papers())), fee=CASH)
    now = office_now()
    key = receive_dossier(office.units(), office.desk, intake, actor=OFFICER, now=now).dossier.key
    money.take_payment(office.units(), office.desk, key, CASH, PayMethod.CASH, command="a", actor=OFFICER, now=now)
    return key


def counts(office: OpenedOffice) -> list[CashCount]:
    with office.reads() as look:
        return look.money.counts(business_day(office_now()))


def drawer_of(window: DeskWindow) -> DrawerPanel:
    panel = window.findChild(DrawerPanel)
    assert isinstance(panel, DrawerPanel)
    return panel


def write(text: str) -> None:
    for char in text:
        field = QApplication.focusWidget()
        assert field is not None
        QTest.keyClicks(field, char)
        QTest.qWait(50)  # a person is slower than a scanner


def test_a_drawer_is_counted_from_the_money_panel_and_its_sheet_is_asked_for(
    office: OpenedOffice, qtbot: QtBot, qapp: QApplication
) -> None:
    key = take_cash(office)
    with desk_at(office, qtbot, qapp) as window:
        till, panel = window.findChild(MoneyPanel), drawer_of(window)
        assert isinstance(till, MoneyPanel)
        window.focus("recent")
        qtbot.waitUntil(lambda: window.side.recent.chosen() == key, timeout=WAIT_MS)
        QTest.keyClick(window, Qt.Key.Key_T, CONTROL_SHIFT)
        qtbot.waitUntil(lambda: till.isVisible(), timeout=WAIT_MS)
        QTest.keyClick(till, Qt.Key.Key_K)
        qtbot.waitUntil(lambda: panel.isVisible(), timeout=WAIT_MS)
        assert not till.isVisible()
        assert panel.expected.text() == "Phải có: 10.000 ₫"
        for value in panel.fields:
            assert QApplication.focusWidget() is panel.fields[value]
            write("1" if value == 5_000 else "")
            press(window, Qt.Key.Key_Return)
        assert QApplication.focusWidget() is panel.opening
        press(window, Qt.Key.Key_Return)
        press(window, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: panel.notice.isVisible(), timeout=WAIT_MS)
        assert counts(office) == []
        assert QApplication.focusWidget() is panel.reason
        write("Thieu mot to")
        press(window, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not panel.isVisible(), timeout=WAIT_MS)
    [made] = counts(office)
    assert (made.officer, made.counted, made.difference) == (OFFICER.officer, 5_000, -5_000)
    assert made.reason == "Thieu mot to"
    with office.reads() as look:
        jobs = look.jobs.listed(Wing.PRINT, prefix="count:")
    text = sheet_text(office, jobs[0])
    assert "BIÊN BẢN KIỂM QUỸ CUỐI NGÀY" in text
    assert "-5.000 đồng; lý do: Thieu mot to" in text


def sheet_text(office: OpenedOffice, job: Job) -> str:
    content = paper_of(office.units, office.facts, job, office_now())
    assert isinstance(content, CountToPrint)
    return tidy(" ".join(texts(count_sheet(content).pdf)))


def test_the_palette_opens_it_without_any_dossier_and_f6_counts_the_whole_office(
    office: OpenedOffice, qtbot: QtBot, qapp: QApplication
) -> None:
    with desk_at(office, qtbot, qapp) as window:
        panel = drawer_of(window)
        QTest.keyClick(window, Qt.Key.Key_P, CONTROL_SHIFT)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not window.person.card, timeout=WAIT_MS)
        write("kiem quy")
        press(window, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: panel.isVisible(), timeout=WAIT_MS)
        assert panel.difference.text() == "Khớp sổ"
        press(window, Qt.Key.Key_F6)
        qtbot.waitUntil(lambda: panel.whose.text().startswith("Cả cơ quan"), timeout=WAIT_MS)
        press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: not panel.isVisible(), timeout=WAIT_MS)
        assert QApplication.focusWidget() is window.person.card
    assert [(c.officer, c.counted, c.difference) for c in counts(office)] == [("", 0, 0)]
