from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from ui_fakes import Later, Remember

from kiosk.domain.pairing import ALPHABET
from kiosk.domain.station import StationKind
from kiosk.errors import KioskError
from kiosk.pairing.bundle import Bundle
from kiosk.pairing.errors import UsedCodeError
from kiosk.pairing.invitation import Invitation
from ui.cli.first_run import MADE, is_new
from ui.pairing.join_page import JoinPage
from ui.pairing.join_presenter import JoinPresenter
from ui.tasks import Run, run_now

CODE = "ABCDEFGHJKLM"
BUNDLE = Bundle("XÃ MẪU", "kiosk-2", StationKind.KIOSK, "K", 2, "lease", "postgresql://u:p@192.0.2.9/x")


class Office:
    """Lets in whoever has CODE."""

    def __init__(self, failure: KioskError | None = None) -> None:
        self.asked: list[Invitation] = []
        self.failure = failure

    def join(self, invitation: Invitation) -> Bundle:
        self.asked.append(invitation)
        if self.failure is not None:
            raise self.failure
        return BUNDLE


def a_presenter(office: Office, run: Run = run_now) -> tuple[JoinPresenter, Remember]:
    view = Remember()
    return JoinPresenter(view, office.join, run), view


def type_in(presenter: JoinPresenter, signs: str) -> None:
    for sign in signs:
        presenter.on_sign(sign)


def test_twelve_signs_and_one_more_key_make_a_station() -> None:
    office = Office()
    presenter, view = a_presenter(office)
    type_in(presenter, "abcd-efgh jklm")
    presenter.on_go()
    assert office.asked == [Invitation(CODE)]
    assert any("K" in line for line in view.last("show_done"))


def test_a_sign_that_no_code_has_is_not_taken_and_told_why() -> None:
    presenter, view = a_presenter(Office())
    type_in(presenter, "A0")
    assert view.last("show_code") == "A"
    assert view.last("say")[0] == "bad"
    assert "Q, D, C" in view.last("say")[2]


def test_too_few_signs_ask_nobody() -> None:
    office = Office()
    presenter, view = a_presenter(office)
    type_in(presenter, "ABCDE")
    presenter.on_go()
    assert office.asked == []
    assert "7" in view.last("say")[1]


def test_a_scanned_code_brings_the_address_and_needs_no_key() -> None:
    office = Office()
    presenter, view = a_presenter(office)
    type_in(presenter, "MTCUA")  # what the reader's keys left behind before the page knew that it was one
    presenter.on_scan("MOTCUA/1/ABCDEFGHJKLM/192.0.2.10:27110")
    assert office.asked == [Invitation(CODE, (("192.0.2.10", 27110),))]
    assert view.last("show_code") == CODE


def test_a_strange_code_in_front_of_the_reader_is_refused() -> None:
    office = Office()
    presenter, view = a_presenter(office)
    presenter.on_scan("https://example.invalid/?q=1")
    assert office.asked == []
    assert view.last("say")[0] == "bad"
    assert view.last("show_code") == ""


def test_a_refusal_leaves_the_code_to_be_mended() -> None:
    office = Office(UsedCodeError())
    presenter, view = a_presenter(office)
    type_in(presenter, CODE)
    presenter.on_go()
    assert view.last("set_busy") is False
    presenter.on_erase()
    assert view.last("show_code") == CODE[:-1]


def test_while_it_joins_no_key_does_anything() -> None:
    office, later = Office(), Later()
    presenter, view = a_presenter(office, later)
    type_in(presenter, CODE)
    presenter.on_go()
    for press in (presenter.on_go, presenter.on_erase, presenter.on_clear, lambda: presenter.on_scan(CODE)):
        press()
    assert len(later.waiting) == 1
    assert view.last("show_code") == CODE


@pytest.fixture
def page(qtbot: QtBot) -> JoinPage:
    made = JoinPage(QSize(1366, 768))
    qtbot.addWidget(made)
    return made


def test_every_sign_of_a_code_has_a_key_of_its_own_that_is_large_enough(page: JoinPage) -> None:
    page.show()
    assert set(ALPHABET) < set(page.keys)
    for key in page.keys.values():
        assert key.height() >= 60
        assert key.width() >= 60
        assert page.rect().contains(key.mapTo(page, key.rect().bottomRight()))


def test_the_page_is_worked_by_touch_and_by_keys(page: JoinPage, qtbot: QtBot) -> None:
    office = Office()
    page.connect_to(JoinPresenter(page, office.join, run_now))
    page.show()
    for sign in "ABCD":
        QTest.mouseClick(page.keys[sign], Qt.MouseButton.LeftButton)
    QTest.keyClicks(page, "efghjklz", delay=40)
    QTest.keyClick(page, Qt.Key.Key_Backspace)
    QTest.keyClick(page, Qt.Key.Key_M)
    with qtbot.waitSignal(page.finished):
        QTest.keyClick(page, Qt.Key.Key_Return, delay=60)
        QTest.mouseClick(page.keys["go"], Qt.MouseButton.LeftButton)
    assert office.asked == [Invitation(CODE)]


def test_a_hint_moves_no_key_under_a_finger(page: JoinPage) -> None:
    presenter = JoinPresenter(page, Office().join, run_now)
    page.show()
    before = page.keys["A"].mapTo(page, page.keys["A"].rect().center())
    presenter.on_sign("0")
    assert page.notice.isVisible()
    assert page.keys["A"].mapTo(page, page.keys["A"].rect().center()) == before


def test_a_machine_is_new_until_somebody_decided_what_it_is(tmp_path: Path) -> None:
    assert is_new(tmp_path / "nowhere")
    for name in MADE:
        (tmp_path / name).touch()
        assert not is_new(tmp_path)
        (tmp_path / name).unlink()
