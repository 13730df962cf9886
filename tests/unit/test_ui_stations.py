from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import numpy as np
import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from samples import NOON
from ui_fakes import FakeClock, Later, Remember

from kiosk.domain.office import Counter
from kiosk.domain.pairing import TRIES, VALID, Offer
from kiosk.domain.station import NoLetterLeftError, RevokedStationError, Station, StationKind
from kiosk.errors import KioskError, TransientSyncError
from kiosk.pairing.errors import NeedsServerError
from kiosk.pairing.invitation import Address, Invitation
from kiosk.storage.errors import LoginRefusedError
from ui.desk.stations_panel import StationsPanel
from ui.desk.stations_presenter import (
    COUNTER_ASKED,
    LOOK_EACH,
    OWN_KEY,
    Host,
    StationsPresenter,
    Troubles,
    left_words,
    line_of,
    summary,
)
from ui.pairing.heart import StationHeart, cover_when_refused
from ui.pairing.qr import qr_pixmap
from ui.pairing.shut_out import ShutOut
from ui.tasks import Problem, Run, run_now
from ui.theme.tokens import HALL

CODE = "4YPLP2GUFGNS"


def station(name: str = "kiosk-1", kind: StationKind = StationKind.KIOSK, seen_s: int | None = 5) -> Station:
    seen = None if seen_s is None else NOON - timedelta(seconds=seen_s)
    return Station(name, kind, "may", "dau", NOON, "K", 2, seen)


@dataclass
class FakeHost:
    offer: Offer
    code: str = CODE
    addresses: tuple[Address, ...] = (("192.0.2.10", 27110),)
    failure: Exception | None = None
    closed: bool = False
    now: FakeClock = field(default_factory=FakeClock)

    @property
    def is_open(self) -> bool:
        return self.offer.is_open(self.now())

    def close(self) -> None:
        self.closed = True


@dataclass
class FakeStations:
    clock: FakeClock
    stations: list[Station] = field(default_factory=list)
    hosts: list[FakeHost] = field(default_factory=list)
    failure: KioskError | None = None
    unread: KioskError | None = None
    desks: Sequence[Counter] = (Counter("1", "Quầy 1"), Counter("2", "Quầy 2"))

    def all(self) -> list[Station]:
        if self.unread is not None:
            raise self.unread
        return [replace(s) for s in self.stations]

    def counters(self) -> Sequence[Counter]:
        return self.desks

    def invite(self, kind: StationKind, name: str = "", counter: str = "") -> Host:
        if self.failure is not None:
            raise self.failure
        offer = Offer(name or "kiosk-9", kind, self.clock() + VALID, counter=counter)
        self.hosts.append(FakeHost(offer, now=self.clock))
        return self.hosts[-1]

    def revoke(self, name: str) -> None:
        next(s for s in self.stations if s.name == name).revoked_at = self.clock()


class Desk:
    def __init__(self, *stations: Station, run: Run = run_now) -> None:
        self.clock = FakeClock()
        self.view, self.window = Remember(), Remember()
        self.office = FakeStations(self.clock, list(stations))
        self.presenter = StationsPresenter(self.view, self.window, self.office, run, self.clock)

    def ticks(self, seconds: float) -> None:
        for _ in range(round(seconds * 2)):
            self.clock.pass_s(0.5)
            self.presenter.on_tick()

    @property
    def notices(self) -> list[str]:
        return [words[1] for words in self.window.all("say")]


@pytest.mark.parametrize(
    ("changes", "tone", "words"),
    [
        ({}, "good", "Đang chạy"),
        ({"seen_at": None}, "warn", "Chưa báo về"),
        ({"seen_at": NOON - timedelta(seconds=31)}, "bad", "Im lặng từ 09:59"),
        ({"seen_at": NOON - timedelta(days=2)}, "bad", "Im lặng từ 10:00 21/11"),
        ({"clock_off_s": -1500}, "warn", "chậm 25 phút"),
        ({"is_doubtful": True}, "bad", "bản sao"),
        ({"is_doubtful": True, "revoked_at": NOON}, "", "Đã ngắt"),
    ],
)
def test_a_machine_is_marked_in_words_and_colour(changes: dict[str, object], tone: str, words: str) -> None:
    line = line_of(replace(station(), **changes), NOON)  # type: ignore[arg-type]
    assert line.tone == tone
    assert words in line.state


def test_the_bar_names_the_one_machine_in_trouble_or_counts_them() -> None:
    well, silent, strange = station("a"), station("kiosk-2", seen_s=99), replace(station("c"), is_doubtful=True)
    assert summary([line_of(well, NOON)]) == ("", "")
    assert summary([line_of(s, NOON) for s in (well, silent)]) == ("bad", "Máy kiosk-2: im lặng từ 09:58")
    assert summary([line_of(s, NOON) for s in (silent, strange)]) == ("bad", "2 máy cần xem")


def test_the_desk_is_told_once_when_a_machine_falls_silent_and_when_it_is_back() -> None:
    desk = Desk(station("kiosk-1", seen_s=0))
    desk.ticks(60)
    assert desk.notices == ["Máy kiosk-1 không báo về."]
    desk.office.stations[0].seen_at = desk.clock()
    desk.ticks(6)
    assert desk.notices[1:] == ["Máy kiosk-1 đã báo về lại."]


def test_nobody_is_told_of_machines_that_could_not_report_while_the_server_was_away() -> None:
    desk = Desk(station("kiosk-1", seen_s=0), station("kiosk-2", seen_s=0))
    desk.ticks(6)
    desk.office.unread = TransientSyncError()
    desk.ticks(90)
    desk.office.unread = None
    desk.ticks(6)
    desk.office.stations[0].seen_at = desk.clock()
    desk.ticks(6)
    assert desk.notices == []
    assert desk.window.last("show_stations_state") == ("", "")
    desk.office.stations[0].seen_at = desk.clock() + timedelta(seconds=20)  # it goes on reporting
    desk.ticks(30)
    assert desk.notices == ["Máy kiosk-2 không báo về."]  # its cable was pulled meanwhile


def test_what_was_never_told_is_not_taken_back() -> None:
    troubles, kiosk = Troubles(), station("kiosk-1", seen_s=9999)
    assert troubles.look([kiosk], NOON) == []
    kiosk.seen_at = NOON
    assert troubles.look([kiosk], NOON) == []


def test_the_desk_is_told_of_a_copy_and_of_a_clock() -> None:
    troubles = Troubles()
    kiosk = station("kiosk-1", seen_s=0)
    assert troubles.look([kiosk], NOON) == []
    kiosk.clock_off_s = 700
    assert [words[1] for words in troubles.look([kiosk], NOON)] == ["Đồng hồ của máy kiosk-1 lệch quá 10 phút."]
    kiosk.is_doubtful = True
    assert "bản sao" in troubles.look([kiosk], NOON)[0][1]
    assert troubles.look([kiosk], NOON) == []


def test_a_desk_that_opens_before_the_kiosks_tells_nothing_but_a_copy() -> None:
    assert Troubles().look([station(seen_s=9999), station("b", seen_s=None)], NOON) == []
    assert len(Troubles().look([replace(station(seen_s=9999), is_doubtful=True)], NOON)) == 1


def test_a_code_counts_down_and_ends_on_the_screen() -> None:
    desk = Desk()
    desk.presenter.on_new(StationKind.KIOSK)
    shown = desk.view.last("show_code")
    assert (shown.code, shown.note) == ("4YPL-P2GU-FGNS", "")
    assert shown.qr == Invitation(CODE, (("192.0.2.10", 27110),)).text
    assert desk.view.last("show_left")[0] == "Còn 10 phút 00 giây"
    desk.ticks(9 * 60 + 30)
    assert desk.view.last("show_left") == ("Còn 30 giây", "warn")
    desk.ticks(31)
    assert desk.view.last("show_code") is None
    assert desk.office.hosts[0].closed
    assert "hết hạn" in desk.view.last("tell")[1]


def test_a_machine_that_came_in_is_told_and_the_code_goes() -> None:
    desk = Desk()
    desk.presenter.on_new(StationKind.DISPLAY)
    desk.office.hosts[0].offer.kept = True
    desk.ticks(1)
    assert desk.view.last("tell")[0] == "good"
    assert desk.office.hosts[0].closed


def test_five_wrong_tries_and_what_the_office_could_not_do_are_told() -> None:
    desk = Desk()
    desk.presenter.on_new(StationKind.KIOSK)
    desk.office.hosts[0].failure = NoLetterLeftError()
    desk.ticks(3)
    assert len([t for t in desk.view.all("tell") if "chữ cái" in t[1]]) == 1
    assert not desk.office.hosts[0].closed
    desk.office.hosts[0].offer.wrong = TRIES
    desk.ticks(1)
    assert "năm lần" in desk.view.last("tell")[1]
    assert desk.office.hosts[0].closed


def test_only_a_desk_is_told_that_it_takes_the_offices_key() -> None:
    desk = Desk()
    desk.presenter.on_new(StationKind.DESK)
    desk.presenter.on_chosen(COUNTER_ASKED, "2", "")
    assert desk.view.last("show_code").note == OWN_KEY


@pytest.mark.parametrize("kind", [StationKind.DESK, StationKind.RATING])
def test_a_machine_of_a_counter_gets_its_counter_before_its_code(kind: StationKind) -> None:
    desk = Desk(replace(station("ban-1", kind), counter="1"))
    desk.ticks(6)
    desk.presenter.on_new(kind)
    assert desk.office.hosts == []
    act, title, choices, *_ = desk.window.last("ask")
    assert title.endswith("đặt ở quầy nào?")
    assert [(c.id, c.words, c.usual) for c in choices] == [("1", "Quầy 1", False), ("2", "Quầy 2", True)]
    desk.presenter.on_chosen(act, "2", "")
    assert desk.office.hosts[0].offer.counter == "2"
    assert desk.view.last("show_code").title.endswith(", quầy 2")


def test_this_desks_own_counter_is_not_the_likely_one_of_another_desk() -> None:
    desk = Desk()
    presenter = StationsPresenter(desk.view, desk.window, desk.office, run_now, desk.clock, here="1")
    presenter.on_new(StationKind.DESK)
    assert [c.id for c in desk.window.last("ask")[2] if c.usual] == ["2"]
    presenter.on_new(StationKind.RATING)
    assert [c.id for c in desk.window.last("ask")[2] if c.usual] == ["1"]


def test_a_machine_that_is_paired_again_is_offered_the_counter_it_had() -> None:
    desk = Desk(replace(station("ban-2", StationKind.DESK), counter="2"))
    desk.presenter.on_again(line_of(desk.office.stations[0], NOON))
    _act, title, choices, *_ = desk.window.last("ask")
    assert "ban-2" in title
    assert [c.id for c in choices if c.usual] == ["2"]
    desk.presenter.on_chosen(COUNTER_ASKED, "1", "")
    assert (desk.office.hosts[0].offer.name, desk.office.hosts[0].offer.counter) == ("ban-2", "1")


def test_an_office_with_one_counter_asks_nothing() -> None:
    desk = Desk()
    desk.office.desks = (Counter("1", "Quầy 1"),)
    desk.presenter.on_new(StationKind.DESK)
    assert desk.window.all("ask") == []
    assert len(desk.office.hosts) == 1


def test_a_choice_that_was_not_asked_for_shows_no_code() -> None:
    desk = Desk()
    desk.presenter.on_chosen(COUNTER_ASKED, "1", "")
    desk.presenter.on_new(StationKind.DESK)
    desk.presenter.on_chosen("transfer", "counter:2", "end")
    assert desk.office.hosts == []


def test_a_replaced_machine_is_paired_under_its_own_name() -> None:
    desk = Desk(station("man-hinh-1", StationKind.DISPLAY))
    desk.presenter.on_again(line_of(desk.office.stations[0], NOON))
    offer = desk.office.hosts[0].offer
    assert (offer.name, offer.kind) == ("man-hinh-1", StationKind.DISPLAY)


def test_two_presses_make_one_code() -> None:
    later = Later()
    desk = Desk(run=later)
    desk.presenter.on_new(StationKind.KIOSK)
    desk.presenter.on_new(StationKind.KIOSK)
    assert len(later.waiting) == 1


def test_a_code_that_arrives_after_the_window_closed_is_taken_back() -> None:
    later = Later()
    desk = Desk(run=later)
    desk.presenter.on_new(StationKind.KIOSK)
    desk.presenter.close()
    later.waiting.pop()()
    assert desk.office.hosts[0].closed


def test_an_office_on_one_pc_says_what_it_needs_first() -> None:
    desk = Desk()
    desk.office.failure = NeedsServerError()
    desk.presenter.on_new(StationKind.KIOSK)
    assert "PostgreSQL" in desk.view.last("tell")[2]


def test_a_machine_is_shut_out_and_the_list_says_so() -> None:
    desk = Desk(station("kiosk-1"))
    desk.presenter.on_revoke(line_of(desk.office.stations[0], NOON))
    assert desk.view.last("show_stations")[0].revoked


def test_the_office_is_looked_at_every_five_seconds_and_not_more() -> None:
    desk = Desk(station(seen_s=0))
    desk.ticks(0.5)
    before = len(desk.view.all("show_stations"))
    desk.ticks(LOOK_EACH.total_seconds() * 4)
    assert len(desk.view.all("show_stations")) - before == 4


def test_minutes_and_seconds_are_told_in_words() -> None:
    assert left_words(timedelta(seconds=61)) == "Còn 1 phút 01 giây"
    assert left_words(timedelta(seconds=-3)) == "Còn 0 giây"


@pytest.fixture
def panel(qtbot: QtBot) -> StationsPanel:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(1366, 768)
    over.show()
    made = StationsPanel(over)
    made.open()
    made.show_stations([line_of(station("ban-2", StationKind.DESK), NOON), line_of(station("kiosk-1"), NOON)])
    return made


def test_every_act_of_the_panel_has_its_key(panel: StationsPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.new_asked) as asked:
        QTest.keyClick(panel, Qt.Key.Key_2)
    assert asked.args == [StationKind.DISPLAY]
    QTest.keyClick(panel, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.again_asked) as again:
        QTest.keyClick(panel, Qt.Key.Key_L)
    assert again.args[0].name == "kiosk-1"
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_shutting_out_needs_a_second_key(panel: StationsPanel, qtbot: QtBot) -> None:
    ended: list[str] = []
    panel.revoke_asked.connect(lambda line: ended.append(line.name))
    QTest.keyClick(panel, Qt.Key.Key_Delete)
    QTest.keyClick(panel, Qt.Key.Key_Space)
    QTest.keyClick(panel, Qt.Key.Key_Return)
    assert ended == []
    QTest.keyClick(panel, Qt.Key.Key_Delete)
    QTest.keyClick(panel, Qt.Key.Key_Return)
    assert ended == ["ban-2"]


def test_a_reading_of_the_list_keeps_the_chosen_machine(panel: StationsPanel) -> None:
    QTest.keyClick(panel, Qt.Key.Key_Down)
    panel.show_stations([line_of(station(name), NOON) for name in ("a", "b", "kiosk-1", "z")])
    chosen = panel.chosen()
    assert chosen is not None
    assert chosen.name == "kiosk-1"
    panel.show_stations([])
    assert panel.chosen() is None
    QTest.keyClick(panel, Qt.Key.Key_L)  # nobody is chosen: nothing happens


@pytest.mark.parametrize("places", [(), (("192.168.100.200", 27110), ("172.16.254.254", 27110), ("10.1.2.3", 65535))])
def test_the_picture_says_the_invitation_to_a_reader(qtbot: QtBot, places: tuple[Address, ...]) -> None:
    text = Invitation(CODE, places).text
    image = qr_pixmap(text, 320).toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    found = zxingcpp.read_barcodes(np.ascontiguousarray(pixels[:, : image.width()]))
    assert [code.text for code in found] == [text]


class Beats:
    """Answers of the office in turn; the last one for ever."""

    def __init__(self, *answers: KioskError | None) -> None:
        self._answers = list(answers)
        self.count, self.closed = 0, False
        self.enough = threading.Event()

    def __call__(self) -> None:
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        self.count += 1
        if self.count >= 5:
            self.enough.set()
        if answer is not None:
            raise answer

    def close(self) -> None:
        self.closed = True


def test_a_heart_goes_on_through_silence_and_tells_a_refusal_once(qtbot: QtBot) -> None:
    beats = Beats(None, TransientSyncError(), None, RevokedStationError(name="tv"))
    heart = StationHeart(beats, every_s=0.01)
    told: list[Problem] = []
    heart.refused.connect(told.append)
    heart.start()
    assert beats.enough.wait(20)
    qtbot.waitUntil(lambda: len(told) > 0)
    heart.close()
    assert [problem.code for problem in told] == ["station.revoked"]
    assert beats.closed


def test_a_screen_that_was_shut_out_says_so_calmly_and_shows_again_when_it_is_let_in(qtbot: QtBot) -> None:
    beats = Beats(None, LoginRefusedError("gone"), LoginRefusedError("gone"), None)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    window.show()
    heart = StationHeart(beats, every_s=0.01)
    cover_when_refused(heart, window, "Mời ông/bà nghe cán bộ gọi số.", HALL)
    cover = window.findChild(ShutOut)
    assert cover is not None
    seen: list[str] = []
    heart.refused.connect(lambda _: seen.append("covered" if cover.isVisible() else "bare"))
    with qtbot.waitSignal(heart.taken, timeout=20_000):
        heart.start()
    heart.close()
    assert seen == ["covered"]
    assert cover.size() == window.size()
    words = " ".join(part.text() for part in cover.findChildren(QLabel))
    assert "Mời ông/bà nghe cán bộ gọi số." in words
    assert "Ghép lại máy này bằng mã trên màn hình quầy." in words
    qtbot.waitUntil(lambda: not cover.isVisible())
