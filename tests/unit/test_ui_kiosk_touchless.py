"""A card or a receipt under the kiosk's reader: a number without a touch, and nothing kept of what was read."""

from __future__ import annotations

import os
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import FakeOffice, FakeUnitOfWork
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from samples import BIRTH, MOTHER, NOON, OFFICE
from ui_fakes import A_PROGRESS, FakeClock, FakeTicketing, Remember

from kiosk.domain.dossier import Dossier, dossier_key
from kiosk.domain.life import DossierState
from kiosk.domain.office import Office, ServiceGroup
from kiosk.domain.opening import Opening
from kiosk.services.lookup import UnknownReceiptError
from kiosk.services.touchless import CodeKind, TouchFirstError, UnreadableCodeError, kind_of, line_for
from ui.tasks import run_now
from ui.ticketing.look import Scale
from ui.ticketing.presenter import TicketingPresenter
from ui.ticketing.readers import PortReader
from ui.ticketing.touchless import AWAY
from ui.ticketing.view import TicketingWindow
from ui.ticketing.words import VI

CARD = "001190012345|023456789|Nguyễn Thị Ánh|05031990|Nữ|Thôn 2, xã Mẫu Sơn Mới, tỉnh Mẫu|28042021"
TELEX = "001190012345|023456789|Nguyeenx Thij Anhs|05031990|Nuwx|Thoon 2, xax Maaux Sown Mowis, tinhr Maaux|28042021"
RECEIPT = A_PROGRESS.code


def a_kiosk(office: FakeTicketing | None = None) -> tuple[Remember, FakeTicketing, FakeClock, TicketingPresenter]:
    view, clock, door = Remember(), FakeClock(), office or FakeTicketing()
    presenter = TicketingPresenter(view, door, run_now, clock)
    presenter.open()
    return view, door, clock, presenter


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (CARD, CodeKind.CARD),
        (TELEX, CodeKind.CARD),
        (RECEIPT, CodeKind.RECEIPT),
        (f"https://mau.example.vn/tra-cuu?ma={RECEIPT}", CodeKind.RECEIPT),
        ("https://example.com/menu", CodeKind.OTHER),
        (
            "00020101021238530010A0000007270123000697043601091234567890208QRIBFTTA5303704540410005802VN6304ABCD",
            CodeKind.OTHER,
        ),
        ("8934563138164", CodeKind.OTHER),
        ("a\x00\x1b[2J" * 1000, CodeKind.OTHER),
    ],
)
def test_only_cards_and_receipts_are_known_by_their_digits(text: str, kind: CodeKind) -> None:
    assert kind_of(text) is kind


def test_a_card_whose_number_looks_like_a_receipt_is_still_a_card() -> None:
    key = dossier_key("261123", 1, 7)
    assert kind_of(CARD.replace("001190012345", "001190012344")) is CodeKind.CARD
    assert kind_of(key) is CodeKind.RECEIPT


@pytest.mark.parametrize(("text", "group"), [(CARD, "ho-tich"), (RECEIPT, "chung-thuc")])
def test_a_code_at_the_start_screen_gives_a_number_without_a_touch(text: str, group: str) -> None:
    view, door, _clock, presenter = a_kiosk()
    presenter.on_scanned(text)
    assert [issued.group for issued in door.touches.values()] == [group]
    assert view.last("show_number").label == "A001"
    assert view.all("wipe")
    assert door.looked_up == []


def test_nothing_of_a_card_reaches_a_view_or_stays_with_the_presenter() -> None:
    view, _door, _clock, presenter = a_kiosk()
    presenter.on_scanned(CARD)
    kept = repr(view.calls) + repr(vars(presenter)) + repr(vars(presenter.touchless)) + repr(vars(presenter.lookup))
    for secret in ("001190012345", "Ánh", "05031990"):
        assert secret not in kept


def test_a_card_that_stays_on_the_reader_is_one_citizen() -> None:
    view, door, clock, presenter = a_kiosk()
    for _second in range(60):
        presenter.on_scanned(CARD)
        clock.pass_s(1)
        presenter.on_tick()
        if _second == 30:
            presenter.on_done()
    assert len(door.touches) == 1
    assert view.last("show_note") == ("info", VI.code_again, VI.code_again_fix)
    clock.pass_s(AWAY.total_seconds())
    presenter.on_scanned(CARD)
    assert len(door.touches) == 2


def test_the_chosen_priority_goes_with_the_card() -> None:
    _view, door, _clock, presenter = a_kiosk()
    presenter.on_priority("cao-tuoi")
    presenter.on_scanned(CARD)
    assert next(iter(door.touches.values())).priority == "cao-tuoi"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("https://example.com/menu", (VI.code_bad, VI.code_bad_fix)),
        (dossier_key("261123", 9, 4321), (VI.receipt_bad, VI.trouble_fix)),
    ],
)
def test_a_foreign_code_gets_a_calm_word_and_may_be_tried_again(text: str, told: tuple[str, str]) -> None:
    view, door, clock, presenter = a_kiosk()
    for _try in range(2):
        presenter.on_scanned(text)
        assert view.last("show_note") == ("warn", *told)
    assert door.touches == {}
    clock.pass_s(60)
    presenter.on_tick()
    assert view.all("show_warning") == []  # nobody has begun anything


def test_a_receipt_on_the_look_up_page_shows_where_the_dossier_is() -> None:
    view, door, _clock, presenter = a_kiosk()
    presenter.on_lookup()
    presenter.on_scanned(RECEIPT)
    presenter.on_scanned(RECEIPT)
    assert (door.looked_up, door.touches) == ([RECEIPT, RECEIPT], {})
    assert view.last("show_progress") == A_PROGRESS


def test_out_of_hours_a_receipt_is_looked_up_and_no_number_is_given() -> None:
    _view, door, _clock, presenter = a_kiosk(FakeTicketing(hours=Opening(False, NOON)))
    presenter.on_scanned(RECEIPT)
    assert (door.looked_up, door.touches) == ([RECEIPT], {})


def test_a_card_held_to_the_glass_to_measure_it_takes_no_number() -> None:
    _view, door, _clock, presenter = a_kiosk()
    presenter.on_corner_held()
    presenter.on_scanned(CARD)
    assert door.touches == {}


# --- which line -----------------------------------------------------------------------------------------------------


def an_office(card: str = "", receipt: str = "") -> Office:
    groups = (ServiceGroup("chung", "Chung", "A"), ServiceGroup("ho-tich", "Hộ tịch", "B", ("Hộ tịch",)))
    return Office(
        "Xã", "Ủy ban", "H26.107", "Tỉnh", "Xã", groups=groups, kiosk_card_line=card, kiosk_receipt_line=receipt
    )


def a_store(state: DossierState = DossierState.RESULT_READY) -> tuple[FakeUnitOfWork, str]:
    office, key = FakeOffice(), dossier_key("261123", 1, 7)
    uow = FakeUnitOfWork(office)
    with uow:
        uow.dossiers.add(Dossier(key, BIRTH.code, 1, BIRTH.name, "Hộ tịch", MOTHER, [], "lan", state=state))
        uow.commit()
    return FakeUnitOfWork(office), key


def test_a_card_leads_to_the_first_line_or_to_that_of_the_settings() -> None:
    uow, _key = a_store()
    assert line_for(uow, an_office(), CARD) == "chung"
    assert line_for(uow, an_office(card="ho-tich"), CARD) == "ho-tich"


def test_a_receipt_leads_to_the_line_of_its_own_field_or_to_that_of_the_settings() -> None:
    uow, key = a_store()
    assert line_for(uow, an_office(), key) == "ho-tich"
    assert line_for(uow, an_office(receipt="chung"), key) == "chung"


def test_an_office_may_want_a_line_chosen_by_hand() -> None:
    uow, key = a_store()
    for text in (CARD, key):
        with pytest.raises(TouchFirstError):
            line_for(uow, an_office("none", "none"), text)


def test_receipts_that_are_none_yet_or_of_another_office_lead_nowhere() -> None:
    uow, key = a_store(DossierState.DRAFT)
    with pytest.raises(UnknownReceiptError):
        line_for(uow, an_office(), key)
    with pytest.raises(UnknownReceiptError):
        line_for(uow, an_office(), dossier_key("261123", 2, 8))
    with pytest.raises(UnreadableCodeError):
        line_for(uow, OFFICE, "xin chào")


# --- the readers ----------------------------------------------------------------------------------------------------


@pytest.fixture
def window(qtbot: QtBot) -> TicketingWindow:
    made = TicketingWindow("Trung tâm", FakeClock(), Scale(4.0), portrait=False)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_reader_without_an_enter_ends_its_code_by_silence(window: TicketingWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.scanned, timeout=30_000) as read:
        QTest.keyClicks(window, RECEIPT)
    assert read.args == [RECEIPT]


def test_what_a_hand_typed_before_does_not_spoil_the_next_code(window: TicketingWindow, qtbot: QtBot) -> None:
    read: list[str] = []
    window.scanned.connect(read.append)
    QTest.keyClicks(window, "abc")
    qtbot.wait(450)
    QTest.keyClicks(window, TELEX)
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert read == [TELEX]


@pytest.fixture
def pty() -> Iterator[tuple[int, str]]:
    master, slave = os.openpty()
    tty.setraw(slave)
    yield master, os.ttyname(slave)
    os.close(master)
    os.close(slave)


@pytest.mark.parametrize("end", [b"\r\n", b"\r", b""])
def test_a_card_from_a_serial_reader_arrives_whole_with_its_marks(
    pty: tuple[int, str], end: bytes, qtbot: QtBot
) -> None:
    master, name = pty
    reader = PortReader(name, 9600)
    with qtbot.waitSignal(reader.scanned, timeout=30_000) as read:
        payload = CARD.encode() + end
        os.write(master, payload[:40])
        qtbot.wait(50)
        os.write(master, payload[40:])
    assert read.args == [CARD]
    reader.close()


def test_a_serial_reader_that_is_not_there_yet_is_found_later(
    tmp_path: Path, pty: tuple[int, str], qtbot: QtBot
) -> None:
    master, name = pty
    place = tmp_path / "reader"
    reader = PortReader(str(place), 9600)
    place.symlink_to(name)
    with qtbot.waitSignal(reader.scanned, timeout=30_000) as read:
        for _try in range(40):
            os.write(master, RECEIPT.encode() + b"\r\n")
            qtbot.wait(100)
            if read.signal_triggered:
                break
    assert read.args == [RECEIPT]
    reader.close()


def test_the_spaces_of_a_card_press_no_key_that_has_the_focus(window: TicketingWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    read: list[str] = []
    pressed: list[bool] = []
    window.scanned.connect(read.append)
    window.help_touched.connect(lambda: pressed.append(True))
    window.help_button.setFocus()
    for letter in TELEX:
        QTest.keyClicks(window.focusWidget() or window, letter)
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Return)
    assert (read, pressed) == ([TELEX], [])
    qtbot.wait(450)
    QTest.keyClick(window.help_button, Qt.Key.Key_Space)  # by itself it is a press, for who uses a switch
    assert pressed == [True]
