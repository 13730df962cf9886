"""From a finished ticket to a vote on the glass to the figures of the day, on a real office."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.clock import office_now
from kiosk.domain.event import Actor
from kiosk.domain.rating import Reason, Score
from kiosk.domain.ticket import Ticket
from kiosk.services import queueing
from kiosk.services.queueing import UnknownCounterError
from ui.app import OpenedOffice, open_office
from ui.cli import main
from ui.rating.station import rating_station
from ui.rating.view import RatingWindow
from ui.station import Station, application

WAIT_MS = 30_000


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenedOffice]:
    with open_office(tmp_path / "office") as opened:
        yield opened


@pytest.fixture
def screen(office: OpenedOffice, qtbot: QtBot) -> Iterator[RatingWindow]:
    application()
    station: Station = rating_station(office, counter="1")
    window = station.window
    assert isinstance(window, RatingWindow)
    qtbot.addWidget(window)
    station.show(windowed=True)
    yield window
    station.close()


def served(office: OpenedOffice) -> Ticket:
    units, actor = office.units, Actor("can-bo-1", "ban-1", "1")
    group = office.facts.groups[0].code
    queueing.issue_ticket(units(), office.facts, group, actor=actor, now=office_now(), touch=uuid4().hex)
    ticket = queueing.call_next(units(), office.facts, "1", actor=actor, now=office_now())
    queueing.serve(units(), ticket.key, actor=actor, now=office_now())
    return queueing.finish(units(), ticket.key, actor=actor, now=office_now())


def test_the_screen_asks_by_itself_and_two_touches_are_in_the_log(
    office: OpenedOffice, screen: RatingWindow, qtbot: QtBot
) -> None:
    ticket = served(office)
    face = screen.faces[Score.VERY_GOOD]
    qtbot.waitUntil(face.isVisible, timeout=WAIT_MS)
    assert ticket.label in screen.number.text()
    QTest.mouseClick(face, Qt.MouseButton.LeftButton)
    reason = screen.reasons[Reason.GUIDANCE]
    qtbot.waitUntil(reason.isVisible, timeout=WAIT_MS)
    qtbot.wait(900)  # a touch sooner would be the bounce of the first
    QTest.mouseClick(reason, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(screen.message.isVisible, timeout=WAIT_MS)

    def told() -> dict[str, object]:
        with office.reads() as look:
            return {e.kind: e.data for e in look.events.of(ticket.key) if e.kind.startswith("rating")}

    qtbot.waitUntil(lambda: len(told()) == 2, timeout=WAIT_MS)
    assert told()["rating.explained"] == {"reasons": ["guidance"]}


def test_a_rating_screen_belongs_to_a_counter_of_the_office(office: OpenedOffice) -> None:
    application()
    with pytest.raises(UnknownCounterError):
        rating_station(office, counter="99")


def report(tmp_path: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(["report", *words, "--data", str(tmp_path / "office")])
    return code, capsys.readouterr().out


def test_the_figures_of_a_day_come_as_text_and_as_a_file(
    office: OpenedOffice, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        served(office)
    out = tmp_path / "so-lieu.json"
    code, text = report(tmp_path, capsys, "queue", "--out", str(out))
    assert code == 0
    assert "Cấp 2 số: phục vụ xong 2" in text
    assert "Hộ tịch" in text
    kept = json.loads(out.read_text(encoding="utf-8"))
    assert (kept["issued"], kept["outcomes"]["served"], kept["target_minutes"]) == (2, 2, 15)
    assert kept["total"]["wait"]["n"] == kept["total"]["lead"]["n"] == 2
    assert set(kept["counters"]) == {"1"}
    code, rebuilt = report(tmp_path, capsys, "queue", "--rebuild", "--json")
    again = json.loads(rebuilt)
    assert {k: v for k, v in again.items() if k != "as_of"} == {k: v for k, v in kept.items() if k != "as_of"}


def test_ratings_stay_hidden_until_there_are_five(
    office: OpenedOffice, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from kiosk.services.rating import rate

    for n in range(5):
        assert "chưa đủ mẫu" in report(tmp_path, capsys, "rating")[1], n
        rate(office.units(), served(office).key, "good", actor=Actor("", "rating-1", "1"), now=office_now())
    text = report(tmp_path, capsys, "rating")[1]
    assert "5 lượt trên 5 số" in text
    assert "5 lượt, hài lòng 100 %" in text
    assert "chưa đủ mẫu" not in text


@pytest.mark.parametrize(
    "words",
    [
        ("queue", "--from", "30/11/2026"),
        ("queue", "--from", "2026-02-30"),
        ("rating", "--from", "2026-11-02", "--to", "2026-11-01"),
    ],
)
def test_a_wrong_period_is_told_and_nothing_is_written(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "x.json"
    assert main(["report", *words, "--out", str(out), "--data", str(tmp_path / "office")]) == 2
    assert "--from" in capsys.readouterr().err
    assert not out.exists()


def test_a_day_without_tickets_and_a_file_that_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "không có số nào" in report(tmp_path, capsys, "queue")[1]
    code, answer = report(tmp_path, capsys, "queue", "--json", "--out", str(tmp_path / "none" / "x.json"))
    assert (code, json.loads(answer)["error"]["code"]) == (2, "report.file")
