"""Money at the desk: one key for the way, Enter for money received, a code that is shown pays nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
import zxingcpp
from money_samples import ASK, KEY
from PIL import Image
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui_fakes import FakeClock

from kiosk.domain.money import BadAmountError, PartPaymentError, PayMethod
from kiosk.errors import KioskError
from ui.desk.dossier_model import Ask, Form
from ui.desk.money_acts import amount_of
from ui.desk.money_model import Code, MoneySheet
from ui.desk.money_panel import MoneyPanel
from ui.desk.money_presenter import FEE, NO_BANK, ONLINE, MoneyPresenter
from ui.desk.view import DeskWindow
from ui.station import application
from ui.tasks import Run, run_now

OWED = MoneySheet(
    KEY,
    "Chứng thực bản sao từ bản chính",
    "NGUYỄN THỊ HỒNG ÁNH",
    "Chưa thu",
    "warn",
    22_000,
    ("Phí chứng thực bản sao: 14.000 ₫ (2 trang × 2.000 đồng). Thông tư 226/2016/TT-BTC",),
    has_bank=True,
)
CODE = Code(ASK.payload, (("Chủ tài khoản", "UBND XA MAU"),), "đã đưa mã, chưa có tiền")
UNKNOWN = replace(OWED, owed=None, asks=("số trang của một bản",), state="Chưa rõ")
PAID = replace(
    OWED, owed=None, why_not="Hồ sơ này đã thu đủ.", state="Đã thu", tone="good", paid=("AA-26 0000012/2026",)
)
FEE_FORM = Form(FEE, "Tính lại mức thu", (Ask("copies", "Số bản", "1"), Ask("pages", "Số trang", needed=False)))


@dataclass
class FakeMoneyOffice:
    now: MoneySheet = OWED
    fails: KioskError | None = None
    did: list[tuple[object, ...]] = field(default_factory=list)

    def sheet(self, key: str) -> MoneySheet:
        self.did.append(("sheet", key))
        return self.now

    def show_code(self, key: str) -> MoneySheet:
        self.did.append(("code", key))
        self.now = replace(self.now, code=CODE)
        return self.now

    def fee_form(self, _key: str) -> Form:
        return FEE_FORM

    def settle(self, key: str, given: Mapping[str, str]) -> str:
        self.did.append(("settle", key, dict(given)))
        self.now = OWED
        return "Phải thu 22.000 ₫."

    def take(self, key: str, amount: int, method: PayMethod, command: str, given: Mapping[str, str]) -> str:
        self.did.append(("take", key, amount, method, command, dict(given)))
        if self.fails is not None:
            raise self.fails
        self.now = PAID
        return "Đã thu 22.000 ₫, biên lai AA-26 0000012/2026 đang in."

    def print_again(self, key: str) -> str:
        self.did.append(("again", key))
        return "Đang in lại."

    def print_code(self, key: str) -> str:
        self.did.append(("paper", key))
        return "Đang in."

    def took(self) -> list[tuple[object, ...]]:
        return [act[1:] for act in self.did if act[0] == "take"]


@dataclass
class FakeMoneyView:
    seen: list[Any] = field(default_factory=list)

    def show_sheet(self, sheet: MoneySheet, method: PayMethod) -> None:
        self.seen.append(("sheet", sheet, method))

    def show_form(self, form: Form) -> None:
        self.seen.append(("form", form.act))

    def show_errors(self, errors: Mapping[str, str], words: str, fix: str) -> None:
        self.seen.append(("errors", tuple(errors), words))

    def tell(self, tone: str, message: str, fix: str) -> None:
        self.seen.append(("tell", tone, message))

    def leave(self) -> None:
        self.seen.append(("leave",))


@dataclass
class Till:
    office: FakeMoneyOffice
    view: FakeMoneyView
    presenter: MoneyPresenter
    said: list[tuple[str, str, str]]


def a_till(sheet: MoneySheet = OWED, run: Run = run_now) -> Till:
    office, view, said, presses = FakeMoneyOffice(sheet), FakeMoneyView(), list[tuple[str, str, str]](), iter(range(99))
    presenter = MoneyPresenter(view, office, run, lambda *words: said.append(words), lambda: f"press-{next(presses)}")
    presenter.open(KEY)
    return Till(office, view, presenter, said)


def test_enter_takes_what_is_owed_in_cash() -> None:
    till = a_till()
    till.presenter.on_confirm()
    assert till.office.took() == [(KEY, 22_000, PayMethod.CASH, "press-0", {})]
    assert till.view.seen[-1] == ("tell", "good", "Đã thu 22.000 ₫, biên lai AA-26 0000012/2026 đang in.")


def test_enter_again_on_what_is_paid_takes_nothing() -> None:
    till = a_till()
    till.presenter.on_confirm()
    till.presenter.on_confirm()
    assert len(till.office.took()) == 1
    assert till.view.seen[-1] == ("tell", "info", "Hồ sơ này đã thu đủ.")


def test_a_second_press_before_the_answer_is_none() -> None:
    waiting: list[object] = []

    def later(work: object, done: object, failed: object, busy: object = None) -> None:
        waiting.append((work, done, failed, busy))

    office, view = FakeMoneyOffice(), FakeMoneyView()
    presenter = MoneyPresenter(view, office, later, lambda *_: None)
    presenter._show(OWED)
    presenter.on_confirm()
    presenter.on_confirm()
    assert len(waiting) == 1


def test_a_press_that_failed_keeps_its_command_so_that_it_counts_once() -> None:
    till = a_till()
    till.office.fails = PartPaymentError(amount="1 đồng", owed="2 đồng")
    till.presenter.on_confirm()
    assert till.view.seen[-1][:2] == ("tell", "bad")
    till.office.fails = None
    till.presenter.on_confirm()
    assert [took[3] for took in till.office.took()] == ["press-0", "press-0"]


def test_showing_a_code_pays_nothing_until_the_officer_says_so() -> None:
    till = a_till()
    till.presenter.on_method(PayMethod.VIETQR)
    assert ("code", KEY) in till.office.did
    assert till.office.took() == []
    assert till.view.seen[-1] == ("sheet", replace(OWED, code=CODE), PayMethod.VIETQR)
    till.presenter.on_print_code()
    assert ("paper", KEY) in till.office.did
    till.presenter.on_confirm()
    assert [took[2] for took in till.office.took()] == [PayMethod.VIETQR]


def test_without_an_account_the_way_stays_cash() -> None:
    till = a_till(replace(OWED, has_bank=False))
    till.presenter.on_method(PayMethod.VIETQR)
    assert till.view.seen[-1] == ("tell", "warn", NO_BANK[0])
    till.presenter.on_confirm()
    assert till.office.took()[0][2] is PayMethod.CASH


def test_money_of_the_portal_needs_its_reference() -> None:
    till = a_till()
    till.presenter.on_method(PayMethod.ONLINE)
    till.presenter.on_confirm()
    assert till.view.seen[-1] == ("form", ONLINE)
    till.presenter.on_form({"reference": " ", "external": ""})
    assert till.view.seen[-1] == ("errors", ("reference",), "Chưa ghi mã giao dịch.")
    assert till.office.took() == []
    till.presenter.on_form({"reference": "FT1", "external": "HDDT 7"})
    assert till.office.took()[0][2:] == (PayMethod.ONLINE, "press-0", {"reference": "FT1", "external": "HDDT 7"})


def test_what_is_unknown_is_asked_for_before_money_is_taken() -> None:
    till = a_till(UNKNOWN)
    till.presenter.on_confirm()
    assert till.view.seen[-1] == ("form", FEE)
    till.presenter.on_form({"copies": "2", "pages": "5"})
    assert till.office.did[-2] == ("settle", KEY, {"copies": "2", "pages": "5"})
    assert till.view.seen[-1] == ("tell", "good", "Phải thu 22.000 ₫.")
    till.presenter.on_confirm()
    assert len(till.office.took()) == 1


def test_escape_leaves_the_form_and_then_the_panel() -> None:
    till = a_till(UNKNOWN)
    till.presenter.on_fee()
    till.presenter.on_close()
    assert till.view.seen[-1] == ("sheet", UNKNOWN, PayMethod.CASH)
    till.presenter.on_close()
    assert till.view.seen[-1] == ("leave",)
    till.presenter.on_confirm()
    assert till.office.took() == []


def test_news_of_another_station_shows_at_once_but_never_under_a_form() -> None:
    till = a_till()
    till.office.now = PAID
    till.presenter.on_news()
    assert till.view.seen[-1] == ("sheet", PAID, PayMethod.CASH)
    other = a_till(UNKNOWN)
    other.presenter.on_fee()
    seen = len(other.view.seen)
    other.office.now = PAID
    other.presenter.on_news()
    assert len(other.view.seen) == seen


def test_only_a_receipt_that_is_there_is_printed_again() -> None:
    till = a_till()
    till.presenter.on_print_again()
    assert ("again", KEY) not in till.office.did
    paid = a_till(PAID)
    paid.presenter.on_print_again()
    assert ("again", KEY) in paid.office.did


@pytest.mark.parametrize(("text", "amount"), [("8000", 8000), ("8.000", 8000), ("8 000 đ", 8000), ("22.000₫", 22_000)])
def test_an_amount_is_read_as_officers_write_it(text: str, amount: int) -> None:
    assert amount_of(text) == amount


@pytest.mark.parametrize("text", ["", "tám nghìn", "-8000", "8,5", "٨", "8000.5x"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(BadAmountError):
        amount_of(text)


def a_panel(qtbot: QtBot) -> tuple[MoneyPanel, MoneyPresenter, FakeMoneyOffice]:
    application()
    window = DeskWindow("Xã Mẫu", "Quầy 1", FakeClock())
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    panel, office = MoneyPanel(window), FakeMoneyOffice()
    presenter = MoneyPresenter(panel, office, run_now, window.say)
    panel.chosen.connect(lambda method: presenter.on_method(method))
    panel.confirmed.connect(lambda: presenter.on_confirm())
    panel.fee_asked.connect(lambda: presenter.on_fee())
    panel.form_given.connect(lambda given: presenter.on_form(given))
    panel.closed.connect(lambda: presenter.on_close())
    presenter.open(KEY)
    return panel, presenter, office


def test_the_panel_shows_amount_reason_and_a_code_that_a_telephone_reads(qtbot: QtBot) -> None:
    panel, _presenter, _office = a_panel(qtbot)
    assert panel.amount.text() == "22.000 ₫"
    QTest.keyClicks(panel, "q")
    qtbot.waitUntil(lambda: panel.place_of_code.currentWidget() is panel.qr, timeout=30_000)
    shot = panel.grab().toImage().convertToFormat(panel.grab().toImage().Format.Format_RGBA8888)
    image = Image.frombytes("RGBA", (shot.width(), shot.height()), bytes(shot.constBits()), "raw", "RGBA")
    assert [code.text for code in zxingcpp.read_barcodes(image.convert("L"))] == [ASK.payload]


def test_enter_in_the_panel_takes_money_once_however_long_it_is_held(qtbot: QtBot) -> None:
    panel, _presenter, office = a_panel(qtbot)
    none = Qt.KeyboardModifier.NoModifier
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, none, "\r", autorep=True)
    QApplication.sendEvent(panel, held)
    assert office.took() == []
    QTest.keyClick(panel, Qt.Key.Key_Return)
    assert len(office.took()) == 1
    assert not panel.side.isVisible()


def test_a_scanner_that_types_into_the_panel_chooses_no_way(qtbot: QtBot) -> None:
    panel, _presenter, office = a_panel(qtbot)
    QTest.keyClicks(panel, "oqt261123100078")
    qtbot.wait(200)
    assert [act for act in office.did if act[0] in ("code", "take")] == []


def test_escape_closes_the_panel_and_gives_the_focus_back(qtbot: QtBot) -> None:
    panel, _presenter, _office = a_panel(qtbot)
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_every_control_of_the_panel_has_its_name(qtbot: QtBot) -> None:
    panel, _presenter, _office = a_panel(qtbot)
    QTest.keyClicks(panel, "s")
    qtbot.waitUntil(lambda: bool(panel.form.fields), timeout=30_000)
    assert all(edit.accessibleName() for edit in panel.form.fields.values())
    assert (panel.accessibleName(), panel.qr.accessibleName()) == ("Thu phí, lệ phí", "Mã VietQR để người dân quét")
