"""Results over the real desk by key events: how many keys each way of handing over takes, and the acts before it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from real_desk import WAIT_MS, desk_at
from samples import MOTHER, NOON, OFFICER, marks
from screen_checks import cut_texts, settle, unnamed, unreachable
from ui_fakes import FakeClock

from kiosk.domain.dossier import Dossier, ResultRecord
from kiosk.domain.life import DossierState
from kiosk.domain.original import GIVEN_BACK, in_custody
from kiosk.domain.slip import SlipKind
from kiosk.domain.tracks import HandOverState
from kiosk.services import handover, originals
from kiosk.services.reception import Intake, receive_dossier
from ui.app import OpenedOffice, open_office
from ui.desk.dossier_panel import FORM, LIST, SHEET, DossierPanel
from ui.desk.letter_keys import SETTLE_MS
from ui.desk.view import DeskWindow
from ui.station import DESK
from ui.theme.apply import dress
from ui.theme.look import Look

MARRIAGE_STATUS = "1.004873"
CARD = "001195000007|012345678|Nguyeexn Thij Asnh|02031995|Nuwx|Thoon 1, Xax Maaux|01012022"  # as Telex spoils it
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MOST_KEYS = 4


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenedOffice]:
    with open_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def desk(office: OpenedOffice, qtbot: QtBot, qapp: QApplication) -> Iterator[DeskWindow]:
    with desk_at(office, qtbot, qapp, clock=FakeClock(NOON)) as window:
        yield window


class Hands:
    """keys: strokes, a key that is held with another counts too."""

    def __init__(self, window: DeskWindow, office: OpenedOffice, qtbot: QtBot) -> None:
        panel = window.findChild(DossierPanel)
        assert isinstance(panel, DossierPanel)
        self.window, self.office, self.panel, self._qtbot, self.keys = window, office, panel, qtbot, 0

    def press(self, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
        self.keys += 1 + len(held)
        modifiers = Qt.KeyboardModifier.NoModifier
        for one in held:
            modifiers |= one
        QTest.qWait(SETTLE_MS)  # a person is slower than a scanner
        QTest.keyClick(self.window.focusWidget() or self.window, key, modifiers)

    def write(self, text: str) -> None:
        self.keys += len(text)
        QTest.keyClicks(self.window.focusWidget(), text)
        QTest.qWait(SETTLE_MS)

    def scan(self, payload: str) -> None:
        """What a reader gave, whatever has the focus: no key of the officer's."""
        self.window.scanned.emit(payload)

    def until(self, is_so: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(is_so, timeout=WAIT_MS)

    def on(self, page: int) -> None:
        self.until(lambda: self.panel.isVisible() and self.panel.pages.currentIndex() == page)

    def told(self, words: str) -> None:
        self.until(lambda: self.panel.notice.isVisible() and words in self.panel.notice.accessibleName())

    def taker(self, words: str) -> None:
        self.until(lambda: self.panel.band.isVisible() and words in self.panel.taker.text())

    def dossier(self, key: str) -> Dossier:
        with self.office.reads() as look:
            return look.dossiers.get(key)

    def returned(self, key: str) -> Dossier:
        self.until(lambda: self.dossier(key).state is DossierState.RETURNED)
        return self.dossier(key)


@pytest.fixture
def hands(desk: DeskWindow, office: OpenedOffice, qtbot: QtBot) -> Hands:
    return Hands(desk, office, qtbot)


def received(office: OpenedOffice, draft: str = "d-1") -> str:
    with office.reads() as look:
        procedure = look.procedures.current(MARRIAGE_STATUS, NOON.date())
    assert procedure is not None
    brought = marks(*(c.code for c in procedure.components))
    papers = {code: replace(mark, asked="Bản đã lưu không còn giá trị") for code, mark in brought.items()}
    intake = Intake(draft, MARRIAGE_STATUS, MOTHER, papers, case=procedure.options[0].case)
    return receive_dossier(office.units(), office.desk, intake, actor=OFFICER, now=NOON).dossier.key


def with_result(office: OpenedOffice, draft: str = "d-1") -> str:
    key = received(office, draft)
    file = office.vault.put(b"%PDF-1.7 result", "application/pdf")
    handover.record_result(office.units(), key, ResultRecord("12/TLKT", NOON), actor=OFFICER, now=NOON, file=file)
    return key


def a_pdf(path: Path) -> Path:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    return path


def test_every_way_of_handing_a_result_over_takes_at_most_four_keys(hands: Hands, office: OpenedOffice) -> None:
    table: list[tuple[str, int]] = []

    def done(way: str) -> None:
        table.append((way, hands.keys))
        hands.press(Qt.Key.Key_Escape)
        hands.until(lambda: not hands.panel.isVisible())
        hands.keys = 0

    key = with_result(office, "d-1")
    hands.scan(key)
    hands.taker("Quét thẻ")
    hands.scan(CARD)
    hands.taker("chủ hồ sơ")
    hands.press(Qt.Key.Key_Return)
    given = hands.returned(key)
    assert given.result is not None
    assert (given.returned_to, given.result.proof) == ("Nguyễn Thị Ánh", "owner_card")
    hands.told("Đã trả kết quả cho Nguyễn Thị Ánh")
    done("giấy hẹn + thẻ")

    key = with_result(office, "d-2")
    code = hands.dossier(key).papers[0].component.code
    originals.hold(office.units(), key, [code], actor=OFFICER, now=NOON)
    hands.scan(key)
    hands.taker("Quét thẻ")
    hands.until(lambda: "Đang giữ bản chính" in hands.panel.alarm.accessibleName())
    hands.scan(CARD)
    hands.taker("chủ hồ sơ")
    hands.press(Qt.Key.Key_G)
    hands.told("Đã trả bản chính")
    hands.press(Qt.Key.Key_Return)
    hands.returned(key)
    with office.reads() as look:
        assert in_custody(look.dossiers.get(key), look.events.of(key)) == ()
        assert [e.kind for e in look.events.of(key)].count(GIVEN_BACK) == 1
    hands.told("Đã trả kết quả")
    done("giấy hẹn + thẻ, trả bản chính")

    key = with_result(office, "d-3")
    hands.press(Qt.Key.Key_Y, CONTROL)
    hands.on(LIST)
    hands.scan(CARD)
    hands.taker("chủ hồ sơ")
    hands.press(Qt.Key.Key_Return)
    hands.returned(key)
    hands.told("Đã trả kết quả")
    done("chỉ có thẻ")

    key = with_result(office, "d-4")
    hands.scan(key)
    hands.taker("Quét thẻ")
    hands.press(Qt.Key.Key_Return)
    hands.on(FORM)
    hands.press(Qt.Key.Key_1)
    hands.press(Qt.Key.Key_Return)
    given = hands.returned(key)
    assert given.result is not None
    assert (given.result.proof, given.result.proof_note) == ("typed", "Không mang thẻ, có giấy hẹn")
    hands.told("Đã trả kết quả")
    done("chỉ có giấy hẹn, ghi lý do")

    sys.stdout.write("\nTrả kết quả: số phím, không kể quét\n")
    sys.stdout.writelines(f"  {way:<32} {keys}\n" for way, keys in table)
    assert {way: keys for way, keys in table if keys > MOST_KEYS} == {}


def test_the_officer_works_on_a_dossier_from_the_list_to_the_notice(
    hands: Hands, office: OpenedOffice, tmp_path: Path
) -> None:
    key = received(office)
    a_pdf(office.paths.results / f"{key} ket qua.pdf")
    hands.scan(key)
    hands.on(SHEET)
    hands.press(Qt.Key.Key_C)
    hands.told("Phiếu kiểm soát")
    hands.press(Qt.Key.Key_C)
    hands.told("chưa làm được")

    hands.press(Qt.Key.Key_H)  # one new date, with its explanation
    hands.on(FORM)
    hands.press(Qt.Key.Key_Return, CONTROL)
    hands.until(lambda: "Chưa ghi" in hands.panel.form.notice.accessibleName())
    hands.write("1")
    hands.press(Qt.Key.Key_Return)
    hands.write("2 ngay lam viec")
    hands.press(Qt.Key.Key_Return)
    hands.told("Hẹn lại")
    before = hands.dossier(key)
    assert (before.clock.extension_reason, before.due_at) != ("", before.original_due_at)
    hands.press(Qt.Key.Key_H)
    hands.told("chưa làm được")

    hands.press(Qt.Key.Key_K)  # the file named after the dossier is proposed
    hands.on(FORM)
    hands.write("15/TLKT")
    hands.press(Qt.Key.Key_Return, CONTROL)
    hands.told("không có chữ ký số")
    known = hands.dossier(key)
    assert known.result is not None
    with office.reads() as look:
        assert look.papers.file(known.result.file_id).media_type == "application/pdf"
        kinds = [slip.kind for slip in look.slips.of_dossier(key)]
    assert sorted(kinds) == [SlipKind.RECEIPT, SlipKind.APOLOGY, SlipKind.CONTROL]
    assert list(office.paths.results.iterdir()) == []

    hands.press(Qt.Key.Key_B)
    hands.on(FORM)
    assert key in hands.panel.form.told.text()
    hands.write("1")
    hands.press(Qt.Key.Key_Return)
    hands.told("đã báo người dân, Điện thoại")
    assert hands.dossier(key).handed is HandOverState.NOTIFIED

    hands.press(Qt.Key.Key_V)  # by post: a waybill
    hands.on(FORM)
    hands.write("VN123456")
    hands.press(Qt.Key.Key_Return, CONTROL)
    assert hands.returned(key).waybill == "VN123456"
    hands.told("Đã gửi bưu chính")


def test_the_list_shows_what_waits_and_who_was_not_told(hands: Hands, office: OpenedOffice) -> None:
    told, untold = with_result(office, "d-1"), with_result(office, "d-2")
    handover.notify(office.units(), told, "Zalo", actor=OFFICER, now=NOON)
    hands.press(Qt.Key.Key_R, CONTROL, SHIFT)
    hands.on(LIST)
    lines = hands.panel.list.lines
    hands.until(lambda: lines.count() == 2)
    assert [lines.item(n).data(Qt.ItemDataRole.UserRole).state for n in range(2)] == ["đã báo 23/11", "chưa báo"]
    hands.press(Qt.Key.Key_Y, CONTROL)
    hands.until(lambda: lines.count() == 1)
    hands.press(Qt.Key.Key_Return)
    hands.on(SHEET)
    assert hands.panel.code.text().replace(" ", "") == untold
    hands.press(Qt.Key.Key_Escape)
    hands.until(lambda: not hands.panel.isVisible())


def test_enter_on_one_of_the_last_dossiers_opens_it(hands: Hands, office: OpenedOffice) -> None:
    key = received(office)
    hands.until(lambda: hands.window.side.recent.count() == 1)
    hands.press(Qt.Key.Key_R, CONTROL)
    hands.press(Qt.Key.Key_Return)
    hands.on(SHEET)
    assert hands.panel.code.text().replace(" ", "") == key


def test_nothing_of_the_panel_is_cut_or_without_a_name_at_two_hundred_percent(
    hands: Hands, office: OpenedOffice, qapp: QApplication
) -> None:
    key = received(office)
    code = hands.dossier(key).papers[0].component.code
    originals.hold(office.units(), key, [code], actor=OFFICER, now=NOON)
    handover.record_result(office.units(), key, ResultRecord("12/TLKT", NOON), actor=OFFICER, now=NOON)
    hands.window.show_look(Look("dark", 200))
    hands.window.resize(DESK)
    hands.scan(key)
    hands.taker("Quét thẻ")
    steps: list[tuple[Qt.Key, int]] = [(Qt.Key.Key_R, FORM), (Qt.Key.Key_Escape, SHEET)]
    for press, page in steps:
        settle()
        assert [*cut_texts(hands.panel), *unreachable(hands.panel), *unnamed(hands.panel)] == []
        hands.press(press)
        hands.on(page)
    hands.press(Qt.Key.Key_Y, CONTROL)
    hands.until(lambda: hands.panel.list.lines.count() == 1)
    settle()
    assert [*cut_texts(hands.panel), *unreachable(hands.panel)] == []
    dress(qapp)
