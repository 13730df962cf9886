"""The real desk by keyboard alone: a submitter, a paper used again, a person's next dossier, a correction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from real_desk import WAIT_MS, desk_at
from samples import MOTHER, OFFICER, marks

from kiosk.clock import business_day, office_now
from kiosk.domain.dossier import Dossier, PaperState
from kiosk.domain.proxy import Standing
from kiosk.domain.scan import Document
from kiosk.services.corrections import corrections_of
from kiosk.services.reception import Intake, receive_dossier
from ui.app import OpenedOffice, open_office
from ui.desk.paper_list import PaperList
from ui.desk.view import DeskWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
CONTROL_SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier
BROTHER = "001099000012"
HOUSEHOLD_CHANGE = "1.001266"  # an end of business asks for its certificate
ME = replace(MOTHER, key=MOTHER.id_number)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenedOffice]:
    with open_office(tmp_path) as opened:
        with opened.units() as uow:
            uow.people.save(ME)
            uow.people.save(replace(ME, key=BROTHER, id_number=BROTHER, full_name="Nguyễn Văn Em"))
            uow.commit()
        yield opened


class Hands:
    """An officer at the keyboard; keys: how many were pressed, a modifier is one too."""

    def __init__(self, window: DeskWindow, qtbot: QtBot) -> None:
        self.window, self._qtbot, self.keys = window, qtbot, 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.keys += 1 + (2 if modifier == CONTROL_SHIFT else modifier != Qt.KeyboardModifier.NoModifier)
        QTest.keyClick(self.window.focusWidget() or self.window, key, modifier)

    def write(self, text: str) -> None:
        for char in text:
            self.keys += 1
            QTest.keyClicks(self.window.focusWidget(), char)
            QTest.qWait(50)  # a person is slower than a scanner

    def scan(self, payload: str) -> None:
        for char in payload:
            QTest.keyClicks(self.window.focusWidget(), char)
        QTest.keyClick(self.window.focusWidget(), Qt.Key.Key_Return)

    def until(self, is_so: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(is_so, timeout=WAIT_MS)

    def choose(self, short: str) -> None:
        self.write(short)
        self.press(Qt.Key.Key_Return)
        self.until(lambda: isinstance(self.window.focusWidget(), PaperList))

    def receive(self) -> str:
        """Ctrl+Enter; the key of the dossier."""
        before = self.window.side.saved.key.text()
        self.press(Qt.Key.Key_Return, CONTROL)
        self.until(lambda: self.window.side.saved.key.text() not in ("", before))
        return self.window.side.saved.key.text().replace(" ", "")


@pytest.fixture
def hands(office: OpenedOffice, qtbot: QtBot, qapp: QApplication) -> Iterator[Hands]:
    with desk_at(office, qtbot, qapp) as window:
        yield Hands(window, qtbot)


def dossier_of(office: OpenedOffice, key: str) -> Dossier:
    with office.reads() as look:
        return look.dossiers.get(key)


def test_a_second_card_submits_and_the_next_dossier_keeps_both(office: OpenedOffice, hands: Hands) -> None:
    window = hands.window
    hands.scan(ME.id_number)
    hands.until(lambda: window.person.name.text() == ME.full_name)
    hands.choose("ks")
    hands.press(Qt.Key.Key_W, CONTROL)
    hands.until(lambda: window.submitter.isVisible())
    hands.scan(BROTHER)
    hands.until(lambda: window.submitter.form.fields["name"].text() == "Nguyễn Văn Em")
    fields = window.submitter.form.fields
    hands.until(lambda: window.focusWidget() is fields["paper"])  # the first that is empty
    hands.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    hands.write("2")
    assert fields["standing"].text() == "2"
    hands.press(Qt.Key.Key_Return, CONTROL)
    hands.until(lambda: not window.submitter.isVisible())
    assert window.person.submitter.text() == "Nộp hộ: Nguyễn Văn Em (cha, mẹ, người giám hộ)"
    hands.press(Qt.Key.Key_F6)
    first = dossier_of(office, hands.receive())
    assert first.owner.id_number == ME.id_number
    assert first.submitter is not None
    assert first.submitter.id_number == BROTHER
    assert first.proxy is not None
    assert first.proxy.standing is Standing.PARENT

    hands.press(Qt.Key.Key_G, CONTROL_SHIFT)
    hands.until(lambda: window.person.name.text() == ME.full_name)
    hands.choose("kt")
    hands.press(Qt.Key.Key_F6)
    second = dossier_of(office, hands.receive())
    assert (second.group_key, second.submitter, second.proxy) == (first.key, first.submitter, first.proxy)
    assert second.key != first.key


def test_a_received_dossier_is_mended_and_its_receipt_says_so(office: OpenedOffice, hands: Hands) -> None:
    window = hands.window
    hands.scan(ME.id_number)
    hands.until(lambda: window.person.name.text() == ME.full_name)
    hands.choose("ks")
    hands.press(Qt.Key.Key_F6)
    key = hands.receive()
    hands.keys = 0
    hands.press(Qt.Key.Key_K, CONTROL_SHIFT)
    focus = window.focusWidget
    hands.until(lambda: focus().accessibleName() in ("Số bản giấy tờ", "Lý do sửa"))
    hands.write("1=2")
    hands.press(Qt.Key.Key_Return)
    hands.write("1")
    hands.press(Qt.Key.Key_Return)

    def amended() -> bool:
        with office.reads() as look:
            return [s.amendment for s in look.slips.of_dossier(key)] == [0, 1]

    hands.until(amended)
    assert hands.keys <= 10
    assert dossier_of(office, key).papers[0].count == 2
    with office.reads() as look:
        slip = look.slips.of_dossier(key)[-1]
        [mended] = corrections_of(look, key)
    assert slip.replaces.startswith("Mẫu 01 số 1/")
    assert mended.reason == "Cán bộ ghi sai khi tiếp nhận"


def test_a_held_paper_is_used_again_by_one_key(office: OpenedOffice, hands: Hands) -> None:
    window, held = hands.window, hold_certificate(office)
    hands.scan(ME.id_number)
    hands.until(lambda: window.person.name.text() == ME.full_name)
    window.focus("procedure")
    hands.write(HOUSEHOLD_CHANGE)
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: isinstance(window.focusWidget(), PaperList))
    hands.until(lambda: any("phím G" in text for text in lines(window)))
    place = next(n for n, text in enumerate(lines(window)) if "phím G" in text)
    for _ in range(place):
        hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_G)
    hands.until(lambda: "Đã có" in lines(window)[place])
    hands.press(Qt.Key.Key_F6)
    assert "1 không phải nộp" in window.papers_state.text()
    dossier = dossier_of(office, hands.receive())
    used = [p for p in dossier.papers if p.state is PaperState.HELD]
    assert [p.held.dossier for p in used if p.held] == [held]
    with office.reads() as look:
        assert [d.file_id for d in look.papers.documents(dossier.key)] == [
            d.file_id for d in look.papers.documents(held)
        ]


def hold_certificate(office: OpenedOffice) -> str:
    """An earlier dossier of the same person, whose certificate was scanned."""
    now = office_now()
    with office.reads() as look:
        procedure = look.procedures.current(HOUSEHOLD_CHANGE, business_day(now))
    assert procedure is not None
    paper = next(c for c in procedure.components if "hộ kinh doanh" in c.name and c.replaced_by)
    intake = Intake("earlier", procedure.code, ME, marks(*(c.code for c in procedure.components)))
    key = receive_dossier(office.units(), office.desk, intake, actor=OFFICER, now=now).dossier.key
    file = office.vault.put(b"%PDF-1.7 certificate", "application/pdf")
    with office.units() as uow:
        uow.papers.add_file(file, key)
        uow.papers.add_document(Document("d-1", key, paper.code, file.id, (), "chứng nhận", now))
        uow.commit()
    return key


def lines(window: DeskWindow) -> list[str]:
    """The list of papers as a screen reader says it, with its chip."""
    return [f"{window.papers.item(n).text()}" for n in range(window.papers.count())]
