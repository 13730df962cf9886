"""The real desk takes money: by keys only, from reception to the receipt; and the panel of the dossier shows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from money_samples import OFFICE
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from real_desk import WAIT_MS, desk_at
from samples import MOTHER, OFFICER, marks

from kiosk.clock import office_now
from kiosk.domain.dossier import Dossier
from kiosk.domain.job import Wing
from kiosk.domain.money import AskState, PayMethod
from kiosk.domain.tracks import MoneyState
from kiosk.services.reception import Intake, receive_dossier
from kiosk.services.slips import office_head
from printing.devices.folder import FolderPrinter
from printing.worker import demand_sheet
from ui.app import OpenedOffice, open_office
from ui.desk.dossier_office import LiveDossiers
from ui.desk.money_panel import MoneyPanel

COPIES = "2.000815"
MONEY_KEY = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenedOffice]:
    (tmp_path / "office.toml").write_text(OFFICE, encoding="utf-8")
    with open_office(tmp_path) as opened:
        yield opened


def received(office: OpenedOffice, code: str = COPIES) -> Dossier:
    with office.reads() as look:
        procedure = look.procedures.current(code, office_now().date())
    assert procedure is not None
    intake = Intake(f"d-{code}", code, MOTHER, marks(*(c.code for c in procedure.papers())))
    return receive_dossier(office.units(), office.desk, intake, actor=OFFICER, now=office_now()).dossier


def test_from_the_last_dossier_to_its_receipt_by_keys(office: OpenedOffice, qtbot: QtBot, qapp: QApplication) -> None:
    """Copies are counted, the code is shown, and only Enter makes it paid."""
    key = received(office).key
    with desk_at(office, qtbot, qapp) as window:
        panel = window.findChild(MoneyPanel)
        assert isinstance(panel, MoneyPanel)
        window.focus("recent")
        qtbot.waitUntil(lambda: window.side.recent.chosen() == key, timeout=WAIT_MS)
        QTest.keyClick(window, Qt.Key.Key_T, MONEY_KEY)
        qtbot.waitUntil(lambda: panel.isVisible(), timeout=WAIT_MS)
        assert panel.amount.text() == "Chưa rõ"
        QTest.keyClick(panel, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: panel.pages.currentWidget() is panel.form, timeout=WAIT_MS)
        panel.form.fields["pages"].setText("5")
        QTest.keyClick(panel.form.fields["pages"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: panel.amount.text() == "7.000 ₫", timeout=WAIT_MS)
        QTest.keyClicks(panel, "q")
        qtbot.waitUntil(lambda: panel.place_of_code.currentWidget() is panel.qr, timeout=WAIT_MS)
        with office.reads() as look:
            (ask,) = look.money.asks_of(key)
            assert (ask.state, look.dossiers.get(key).money) == (AskState.SHOWN, MoneyState.OWED)
        QTest.keyClicks(panel, "p")
        qtbot.waitUntil(lambda: "Đang in giấy" in panel.notice.accessibleName(), timeout=WAIT_MS)
        QTest.keyClick(panel, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: panel.state.text() == "Đã thu", timeout=WAIT_MS)
    with office.reads() as look:
        (move,) = look.money.moves_of(key)
        papers = [job.payload["paper"] for job in look.jobs.listed(Wing.PRINT)]
    assert (move.amount, move.method, move.officer) == (7000, PayMethod.VIETQR, "lan")
    assert sorted(papers) == ["demand", "receipt"], "the procedure has no slip of its own"


def test_the_dossier_s_own_panel_shows_and_moves_its_money(office: OpenedOffice) -> None:
    key = received(office).key
    panel = LiveDossiers(office, office.at_counter("1", "lan"))
    assert "số trang" in panel.form("fee", key).asks[1].words.lower()
    assert panel.do("fee", key, {"copies": "2", "pages": "1", "people": "1"}) == "Phải thu 4.000 ₫."
    assert panel.do("pay", key, {"amount": "4.000", "method": "tiền mặt", "reference": ""}).startswith("Đã thu 4.000 ₫")
    money = next(section for section in panel.sheet(key).sections if section.title == "Phí, lệ phí")
    assert any("AA-26 0000001" in fact.name for fact in money.facts)
    assert panel.do("receipt_again", key, {}).startswith("Đang in lại biên lai AA-26")
    assert panel.do("cancel_receipt", key, {"reason": "Ghi nhầm"}).startswith("Đã hủy biên lai AA-26")
    assert panel.do("pay", key, {"amount": "4000", "method": "tiền mặt"}).startswith("Đã thu")
    assert panel.do("refund", key, {"reason": "Rút"}) == "Đã hoàn 4.000 ₫."
    told = [line.words for line in panel.sheet(key).history]
    assert told[:3] == ["Hoàn tiền", "Thu tiền", "Hủy biên lai"]
    offers = {offer.id: offer.why_not for offer in panel.sheet(key).offers}
    assert not offers["receipt_again"]
    assert all(offers[act] for act in ("fee", "pay", "exempt", "refund", "cancel_receipt"))


def test_the_demand_is_printed_with_the_office_s_account(office: OpenedOffice, tmp_path: Path) -> None:
    from printing_samples import texts

    from kiosk.domain.job import Job
    from kiosk.services import money_asks
    from kiosk.services.printing import DemandToPrint, paper_of

    key = received(office, "1.004222").key
    now, who = office_now(), office.actor
    ask = money_asks.ask_payment(office.units(), office.desk, key, PayMethod.VIETQR, actor=who, now=now)
    content = paper_of(office.reads, office.facts, Job(Wing.PRINT, "x", {"paper": "demand", "ask": ask.key}), now)
    assert isinstance(content, DemandToPrint)
    assert content.office == office_head(office.facts)
    FolderPrinter(tmp_path).print(demand_sheet(content))
    (pdf,) = tmp_path.glob("nop-tien-*.pdf")
    assert "20.000 đồng" in texts(pdf.read_bytes())[0]
