"""The real desk on a real office, by keyboard alone: a returning citizen's four papers in at most 25 keys, no click."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from samples import MOTHER

from kiosk.clock import office_now
from kiosk.domain.dossier import PaperState
from kiosk.domain.event import Actor
from kiosk.domain.life import DossierState
from kiosk.services.queueing import issue_ticket
from scanner.page import Page
from ui.app import OpenedOffice, open_office
from ui.desk.model import PageThumb, PaperRow
from ui.desk.paper_list import PaperList
from ui.desk.station import desk_station
from ui.desk.view import DeskWindow
from ui.desk.words import named
from ui.display.station import display_station
from ui.station import DESK, Station
from ui.theme.apply import dress
from ui.ticketing.station import ticketing_station
from ui.widgets.basics import Elided

KEYS_ALLOWED = 25
WAIT_MS = 30_000


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenedOffice]:
    with open_office(tmp_path) as opened:
        with opened.units() as uow:
            uow.people.save(MOTHER)
            uow.commit()
        yield opened


def take_number(office: OpenedOffice, group: str = "ho-tich") -> str:
    actor = Actor("", "kiosk-1")
    touch = uuid4().hex
    return issue_ticket(office.units(), office.facts, group, actor=actor, now=office_now(), touch=touch).label


def six_pages() -> list[Page]:
    shades = np.linspace(120, 250, 6).astype(np.uint8)
    return [Page(np.full((345, 234, 3), shade, np.uint8), 200, "máy quét thử") for shade in shades]


class Counting(QObject):
    """Counts what the officer's hands do."""

    def __init__(self) -> None:
        super().__init__()
        self.keys = self.clicks = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.MouseButtonPress:
            self.clicks += 1
        return False


class Hands:
    """An officer at the keyboard: every key goes to whatever has the focus, as from a real one."""

    def __init__(self, window: DeskWindow) -> None:
        self.window, self.keys = window, 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.keys += 1 if modifier is Qt.KeyboardModifier.NoModifier else 2
        QTest.keyClick(self._focus(), key, modifier)

    def write(self, text: str) -> None:
        for char in text:
            self.keys += 1
            QTest.keyClicks(self._focus(), char)
            QTest.qWait(60)  # a person is slower than a scanner

    def scan_card(self, payload: str) -> None:
        """The reader types: no key of the officer's."""
        for char in payload:
            QTest.keyClicks(self._focus(), char)
        QTest.keyClick(self._focus(), Qt.Key.Key_Return)

    def _focus(self) -> QWidget:
        return self.window.focusWidget() or self.window


@pytest.fixture
def desk(office: OpenedOffice, qtbot: QtBot, qapp: QApplication) -> Iterator[tuple[Station, DeskWindow]]:
    dress(qapp)
    station = desk_station(office, counter="1", officer="lan", capture=six_pages)
    window = station.window
    assert isinstance(window, DeskWindow)
    station.show(windowed=True)
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.person.card, timeout=WAIT_MS)
    yield station, window
    station.close()


def until(qtbot: QtBot, is_so: Callable[[], bool]) -> None:
    qtbot.waitUntil(is_so, timeout=WAIT_MS)


def _live(ms: int) -> None:
    """Let windows and their threads work: one long QTest.qWait would hold Python back from the threads."""
    for _step in range(ms // 20):
        QTest.qWait(10)
        time.sleep(0.01)


def test_a_returning_citizen_is_received_by_keyboard_alone(
    office: OpenedOffice, desk: tuple[Station, DeskWindow], qtbot: QtBot, qapp: QApplication
) -> None:
    _station, window = desk
    number = take_number(office)
    hands, counting = Hands(window), Counting()
    qapp.installEventFilter(counting)
    hands.press(Qt.Key.Key_F2)
    until(qtbot, lambda: window.rail.number.text() == number)
    hands.scan_card(MOTHER.id_number)
    until(qtbot, lambda: window.person.name.text() == MOTHER.full_name)
    hands.write("ks")
    hands.press(Qt.Key.Key_Return)
    until(qtbot, lambda: isinstance(window.focusWidget(), PaperList))
    hands.press(Qt.Key.Key_F6)
    hands.press(Qt.Key.Key_F8)
    until(qtbot, lambda: window.strip.count() == 6)
    for place in "112334":
        hands.write(place)
    until(qtbot, lambda: "đã gắn đủ" in window.scan_state.text())
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, lambda: window.side.top.currentWidget() is window.side.saved)
    qapp.removeEventFilter(counting)

    with office.reads() as look:
        dossier = look.dossiers.recent(1)[0]
        pages = look.papers.pages(dossier.key)
        drafts = look.drafts.of_officer("lan")
    assert dossier.state is DossierState.RECEIVED
    assert dossier.owner.id_number == MOTHER.id_number
    assert dossier.ticket_key is not None
    places = [p.component.code for p in dossier.papers]
    assert [places.index(p.component) + 1 for p in pages] == [1, 1, 2, 3, 3, 4]
    assert dossier.papers[3].state is PaperState.ORIGINAL
    assert drafts == []
    assert window.side.saved.key.text().replace(" ", "") == dossier.key
    assert hands.keys <= KEYS_ALLOWED, hands.keys
    assert counting.clicks == 0
    assert window.focusWidget() is window.person.card


def test_a_supplement_is_asked_for_by_keyboard_alone(
    office: OpenedOffice, desk: tuple[Station, DeskWindow], qtbot: QtBot
) -> None:
    _station, window = desk
    hands = Hands(window)
    hands.scan_card(MOTHER.id_number)
    until(qtbot, lambda: window.person.name.text() == MOTHER.full_name)
    hands.write("ks")
    hands.press(Qt.Key.Key_Return)
    until(qtbot, lambda: isinstance(window.focusWidget(), PaperList))
    hands.press(Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    assert window.papers.item(0).text().endswith("Bản chính")
    hands.press(Qt.Key.Key_F9)
    assert not window.side.reasons.reasons.horizontalScrollBar().isVisible()
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, lambda: window.side.top.currentWidget() is window.side.saved)
    with office.reads() as look:
        dossier = look.dossiers.recent(1)[0]
        slips = look.slips.of_dossier(dossier.key)
    assert dossier.state is DossierState.WAITING_SUPPLEMENT
    assert dossier.reason == "Tờ khai chưa điền đủ hoặc chưa ký"
    assert len(slips) == 1
    assert window.side.saved.code.text() == ""  # the province hears of a dossier when it is received
    assert hands.keys <= 15

    hands.scan_card(dossier.key)  # the citizen comes back with the slip and what it asked for
    until(qtbot, lambda: isinstance(window.focusWidget(), PaperList))
    hands.press(Qt.Key.Key_F6)
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, lambda: window.side.saved.title.text() == "Đã tiếp nhận hồ sơ")
    with office.reads() as look:
        assert [(d.key, d.state) for d in look.dossiers.recent(5)] == [(dossier.key, DossierState.RECEIVED)]


def test_the_case_is_chosen_by_keyboard_and_the_date_follows(
    office: OpenedOffice, desk: tuple[Station, DeskWindow], qtbot: QtBot
) -> None:
    _station, window = desk
    hands = Hands(window)
    hands.scan_card(MOTHER.id_number)
    until(qtbot, lambda: window.person.name.text() == MOTHER.full_name)
    hands.write("1.004859")
    until(qtbot, lambda: window.procedure.choices.isVisible())
    hands.press(Qt.Key.Key_Return)
    until(qtbot, lambda: window.focusWidget() is window.procedure.case.choice)
    assert "trường hợp" in window.side.promise.day.text()
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Down)
    until(qtbot, lambda: "3 ngày làm việc" in window.side.promise.reason.text())
    hands.press(Qt.Key.Key_Return)
    until(qtbot, lambda: isinstance(window.focusWidget(), PaperList))
    hands.press(Qt.Key.Key_F6)
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, lambda: window.side.top.currentWidget() is window.side.saved)
    with office.reads() as look:
        assert look.dossiers.recent(1)[0].case == "Thay đổi, cải chính, xác định lại dân tộc"


def test_a_scan_is_understood_whatever_has_the_focus_and_the_field_stays_as_it_was(
    office: OpenedOffice, desk: tuple[Station, DeskWindow], qtbot: QtBot
) -> None:
    _station, window = desk
    for field in (window.person.address, window.person.phone, window.procedure.edit, window.person.name):
        window.person.show_person(None)
        field.setFocus()
        field.setText("giữ nguyên")
        Hands(window).scan_card(MOTHER.id_number)
        assert field.text() == "giữ nguyên"
        until(qtbot, lambda: window.person.name.text() == MOTHER.full_name)
        window.acted.emit("new")
        until(qtbot, lambda: window.person.name.text() == "")


def test_a_new_citizens_card_fills_every_field(desk: tuple[Station, DeskWindow], qtbot: QtBot) -> None:
    _station, window = desk
    hands = Hands(window)
    QApplication.clipboard().setText("004190654321||Giàng Thị Mẩy|05031990|Nữ|Thôn Nà Lầu, Xã Mẫu Sơn|15042022")
    hands.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    hands.press(Qt.Key.Key_Return)
    until(qtbot, lambda: window.person.name.text() == "Giàng Thị Mẩy")
    assert window.person.card.text() == "004190654321"
    assert window.person.born.text() == "05/03/1990"
    assert window.person.sex.currentText() == "Nữ"
    assert window.person.address.text() == "Thôn Nà Lầu, Xã Mẫu Sơn"
    until(qtbot, lambda: window.focusWidget() is window.procedure.edit)


def test_a_card_whose_name_a_keyboard_reader_spoiled_still_gives_its_number(
    desk: tuple[Station, DeskWindow], qtbot: QtBot
) -> None:
    _station, window = desk
    Hands(window).scan_card("004190654321||Giang Thi May|05031990|Nu|Thon Na Lau|15042022")
    until(qtbot, lambda: window.person.card.text() == "004190654321")
    assert window.person.born.text() == "05/03/1990"
    assert window.person.name.text() == ""
    until(qtbot, lambda: window.focusWidget() is window.person.name)
    assert window.notice.isVisible()


def test_the_header_names_the_officer_and_not_the_login(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    (tmp_path / "config.toml").write_text('[officers]\nlan = "Hoàng Thị Lan"\n', encoding="utf-8")
    with open_office(tmp_path) as office:
        station = desk_station(office, counter="1", officer="lan", capture=six_pages)
        assert "Quầy 1 · Hoàng Thị Lan" in station.window.windowTitle()
        station.close()


def test_opening_every_window_calls_nobody_and_writes_nothing(
    office: OpenedOffice, qtbot: QtBot, qapp: QApplication
) -> None:
    take_number(office)
    with office.reads() as look:
        before = look.events.last_seq()
    stations = [
        ticketing_station(office, portrait=True),
        desk_station(office, counter="1", capture=six_pages),
        display_station(office),
    ]
    for station in stations:
        station.show(windowed=True)
    _live(1200)
    for station in stations:
        station.close()
    with office.reads() as look:
        assert look.events.last_seq() == before


def test_a_call_at_the_desk_is_on_the_display_at_once(
    office: OpenedOffice, desk: tuple[Station, DeskWindow], qtbot: QtBot
) -> None:
    station, window = desk
    hall = display_station(office)
    hall.show(windowed=True)
    number = take_number(office)
    until(qtbot, lambda: "1" in window.rail.total.text())
    window.acted.emit("next")
    row = hall.window._rows[0]  # type: ignore[attr-defined]
    until(qtbot, lambda: row.number.text() == number)
    assert row.accessibleName() == f"{number} mời đến Quầy 1"
    hall.close()
    assert station.window.isVisible()


def test_an_intake_cut_off_in_the_middle_is_on_the_screen_after_a_restart(
    office: OpenedOffice, qtbot: QtBot, qapp: QApplication
) -> None:
    first = desk_station(office, counter="1", officer="lan", capture=six_pages)
    assert isinstance(first.window, DeskWindow)
    first.show(windowed=True)
    first.window.scanned.emit(MOTHER.id_number)
    window = first.window
    until(qtbot, lambda: window.person.name.text() == MOTHER.full_name)

    def kept() -> bool:
        with office.reads() as look:
            return bool(look.drafts.of_officer("lan"))

    until(qtbot, kept)  # by itself, within a second of the change
    for part in first.parts:
        part.close()  # the process is gone: nothing is saved on the way out
    second = desk_station(office, counter="1", officer="lan", capture=six_pages)
    assert isinstance(second.window, DeskWindow)
    again = second.window
    second.show(windowed=True)
    until(qtbot, lambda: again.person.name.text() == MOTHER.full_name)
    second.close()
    window.close()


def test_nothing_is_cut_off_at_1366_by_768(desk: tuple[Station, DeskWindow], qtbot: QtBot) -> None:
    _station, window = desk
    _live(400)  # the first answers have come and found their place
    assert (window.width(), window.height()) == (DESK.width(), DESK.height())
    assert window.minimumSizeHint().width() <= DESK.width()
    assert window.minimumSizeHint().height() <= DESK.height()
    for words in window.findChildren(QLabel):
        if words.isVisible() and words.text() and not words.wordWrap() and not isinstance(words, Elided):
            metrics = QFontMetrics(words.font())
            assert metrics.horizontalAdvance(words.text()) <= words.width() + 1, words.text()
            assert metrics.height() <= words.height() + 2, words.text()


def test_the_window_never_grows_beyond_1366_by_768(desk: tuple[Station, DeskWindow], qtbot: QtBot) -> None:
    _station, window = desk
    rows = [PaperRow(n, f"tp-{n}", "Giấy tờ " * 12, True, PaperState.MISSING) for n in range(1, 9)]
    for notice in ("Đã mở lại hồ sơ đang làm dở lúc 21:16.", "Còn thiếu 8 giấy tờ: " + named([r.name for r in rows])):
        window.show_cases(("Nhà ở riêng lẻ", "Công trình khác"), "", needed=True)
        window.say("info", notice, "Bấm Ctrl+N nếu muốn làm hồ sơ khác.")
        for pages, papers in (([], []), ([PageThumb("p", 1, 0)], rows), ([], [])):
            window.show_pages(pages, 0)
            window.show_papers(papers)
            _live(60)
            assert window.height() == DESK.height()
            assert window.minimumSizeHint().height() <= DESK.height()
            for part in (window.person, window.procedure, window.notice):
                assert part.height() >= part.minimumSizeHint().height()


def test_a_station_fills_its_screen_without_a_window_manager(office: OpenedOffice, qapp: QApplication) -> None:
    station = ticketing_station(office, portrait=False)
    station.show()
    assert station.window.normalGeometry().height() == QApplication.primaryScreen().geometry().height()
    station.close()
