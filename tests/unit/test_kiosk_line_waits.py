"""The keys of the kiosk say how long each line takes, as far as that is known now, and as much as there is room for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from fakes import FakeOffice
from pytestqt.qtbot import QtBot
from samples import KIOSK, NOON, OFFICE, OFFICER

from kiosk.services import queueing
from kiosk.services.comers import EACH_S, TOO_OLD_S, ComerWaits, LineByLine
from kiosk.services.waiting import WaitingTimes
from ui.app import open_office
from ui.ticketing.look import Look, Mode, Scale
from ui.ticketing.model import Tile
from ui.ticketing.office import LiveTicketing
from ui.ticketing.tiles import GroupTile, OnlyTile
from ui.ticketing.words import EN, VI, Words

MINUTE = timedelta(minutes=1)


@dataclass
class Seconds:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("count", "wait", "said"),
    [
        (5, (10, 25), "5 người đang chờ · khoảng 10–25 phút"),
        (5, None, "5 người đang chờ"),
        (None, None, " "),
        (0, None, "Không phải chờ"),
        (0, (0, 5), "Không phải chờ"),
        (0, (0, 15), "Chờ dưới 15 phút"),  # nobody waits, and yet every counter is busy
        (40, (65, 90), "40 người đang chờ · trên 60 phút"),
        (None, (10, 25), "Chờ khoảng 10–25 phút"),
    ],
)
def test_people_and_minutes_are_said_as_far_as_they_are_known(
    count: int | None, wait: tuple[int, int] | None, said: str
) -> None:
    assert VI.line_waiting(count, wait)[0] == said


@pytest.mark.parametrize("words", [VI, EN])
def test_what_is_said_in_less_room_is_shorter_and_still_names_the_minutes(words: Words) -> None:
    said = words.line_waiting(14, (10, 25))
    assert [len(text) for text in said] == sorted((len(text) for text in said), reverse=True)
    assert all("10–25" in text for text in said)


def test_a_range_that_nobody_renews_is_taken_down() -> None:
    clock = Seconds(1000.0)
    waits = ComerWaits(clock)
    assert waits.of("ho-tich") is None
    waits.keep("ho-tich", (10, 25))
    clock.now += TOO_OLD_S - 1
    assert waits.of("ho-tich") == (10, 25)
    clock.now += 1
    assert waits.of("ho-tich") is None


def served(office: FakeOffice, n: int, at: datetime) -> None:
    queueing.issue_ticket(office.units(), OFFICE, "ho-tich", actor=KIOSK, now=at, touch=f"s{n}")
    called = queueing.call_next(office.units(), OFFICE, "1", actor=OFFICER, now=at)
    queueing.finish(office.units(), called.key, actor=OFFICER, now=at + 3 * MINUTE)


def test_each_turn_works_out_one_line_and_all_have_theirs_within_half_a_minute() -> None:
    office = FakeOffice()
    for n in range(21):
        served(office, n, NOON + 5 * n * MINUTE)
    times = WaitingTimes(OFFICE, office.units, office.units)
    lines, now = LineByLine(OFFICE), NOON + 120 * MINUTE
    for n in range(6):
        queueing.issue_ticket(office.units(), OFFICE, "ho-tich", actor=KIOSK, now=now, touch=f"w{n}")
    codes = [group.code for group in OFFICE.groups]
    lines.step(times, now)
    assert lines.waits.of(codes[0]) == times.for_comers(now)[codes[0]].told
    assert all(lines.waits.of(code) is None for code in codes[1:])
    assert lines.pause_s * len(codes) == EACH_S


def test_an_office_that_knows_too_little_tells_nothing() -> None:
    office, lines = FakeOffice(), LineByLine(OFFICE)
    lines.step(WaitingTimes(OFFICE, office.units, office.units), NOON)
    assert all(lines.waits.of(group.code) is None for group in OFFICE.groups)


def a_look(language: str, px_per_mm: float = 4.03, small: bool = False) -> Look:
    return Look(Scale(px_per_mm), not small, {"vi": VI, "en": EN}[language], Mode(language), small)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width_mm", [62, 66, 80, 110, 160, 250])
@pytest.mark.parametrize("small", [False, True])
def test_whatever_is_said_stands_whole_in_its_key(qtbot: QtBot, language: str, width_mm: int, small: bool) -> None:
    look = a_look(language, 5.88 if small else 4.03, small)
    tile = Tile("a", "Hộ tịch", "family", "A", 114, "Civil status", wait=(45, 75))
    key = GroupTile(tile, look)
    qtbot.addWidget(key)
    key.resize(look.mm(max(width_mm, 110) if look.roomy else width_mm), look.mm(40))
    key.show()
    assert "45–75" in key._waiting.text()
    assert key._waiting.fontMetrics().horizontalAdvance(key._waiting.text()) <= key._waiting.width()
    assert "114" in key.accessibleDescription()


def test_a_full_line_says_no_minutes(qtbot: QtBot) -> None:
    tile = Tile("a", "Hộ tịch", "family", "A", 3, full=True, wait=(10, 25))
    for made in (GroupTile(tile, a_look("vi")), OnlyTile(tile, a_look("vi"))):
        qtbot.addWidget(made)
        made.resize(1000, 400)
        made.show()
        assert "10–25" not in made._waiting.text()


@pytest.mark.parametrize(("hour", "told"), [(10, (10, 25)), (17, None), (3, (10, 25))])
def test_after_hours_nobody_is_told_a_wait_that_goes_on_tomorrow(
    tmp_path: Path, hour: int, told: tuple[int, int] | None
) -> None:
    with open_office(tmp_path) as office:
        door = LiveTicketing(office, clock=lambda: NOON.replace(hour=hour))
        code = office.facts.groups[0].code
        door.comers.keep(code, (10, 25))
        assert next(t.wait for t in door.tiles() if t.code == code) == told
