"""`motcua voice …` and the hall's screen on a real office."""

from __future__ import annotations

import json
import shutil
import wave
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.clock import office_now
from kiosk.domain.event import Actor
from kiosk.services.queueing import call_next, issue_ticket, recall, serve
from ui.app import open_office
from ui.audio.output import FakeOutput
from ui.audio.voice import SHIPPED
from ui.cli import main
from ui.display.station import display_station
from ui.display.view import DisplayWindow

Say = Callable[..., dict[str, object]]


@pytest.fixture
def motcua(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    def run(*words: str, code: int = 0) -> dict[str, object]:
        assert main([*words, "--json", "--data", str(tmp_path / "office")]) == code
        answer = json.loads(capsys.readouterr().out)
        assert isinstance(answer, dict)
        return answer

    return run


def test_a_call_is_written_as_a_wav(motcua: Say, tmp_path: Path) -> None:
    out = tmp_path / "goi.wav"
    answer = motcua("voice", "say", "A115", "--counter", "Quầy 3", "--out", str(out))
    assert answer["words"] == "Mời số, a một trăm mười lăm, đến quầy số, ba"
    with wave.open(str(out)) as reader:
        assert reader.getnframes() / reader.getframerate() == pytest.approx(answer["seconds"], abs=0.01)
    assert "den-quay-so" in str(answer["units"])


def test_the_south_reads_its_own_way_by_the_settings(motcua: Say, tmp_path: Path) -> None:
    (tmp_path / "office").mkdir()
    settings = tmp_path / "office" / "config.toml"
    settings.write_text('[display]\naccent = "south"\n', encoding="utf-8")
    answer = motcua("voice", "say", "B1005", "--counter", "24", "--out", str(tmp_path / "x.wav"))
    assert answer["words"] == "Mời số, bê một ngàn không trăm lẻ năm, đến quầy số, hai mươi bốn"


def test_what_cannot_be_said_or_written_is_told_in_words(motcua: Say, tmp_path: Path) -> None:
    bad = motcua("voice", "say", "số một", "--counter", "1", "--out", str(tmp_path / "x.wav"), code=2)
    assert bad["error"]["code"] == "voice.number"  # type: ignore[index]
    gone = motcua("voice", "say", "A1", "--counter", "1", "--out", str(tmp_path / "no" / "x.wav"), code=2)
    assert gone["error"]["code"] == "voice.folder"  # type: ignore[index]
    empty = motcua("voice", "check", str(tmp_path), code=2)
    assert empty["error"]["code"] == "voice.damaged"  # type: ignore[index]


def test_a_folder_of_recordings_is_checked_sealed_and_spoken(motcua: Say, tmp_path: Path) -> None:
    folder = tmp_path / "giong"
    shutil.copytree(SHIPPED / "north", folder)
    (folder / "manifest.json").unlink()
    assert motcua("voice", "check", str(folder))["sealed"] is False
    assert motcua("voice", "seal", str(folder), "--name", "Cô Lan")["ok"] is True
    assert motcua("voice", "check", str(folder))["name"] == "Cô Lan"
    assert motcua("voice", "check")["name"] == "espeak-ng-north"
    assert len(motcua("voice", "list")["units"]) == 58  # type: ignore[arg-type]


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed; only needed to make a voice")
def test_the_shipped_voice_can_be_made_again(motcua: Say, tmp_path: Path) -> None:
    made = motcua("voice", "make", "--out", str(tmp_path / "moi"))
    assert made["units"] == 59
    assert motcua("voice", "check", str(tmp_path / "moi"))["ok"] is True


def test_without_the_synthesiser_the_reason_is_told(
    motcua: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    answer = motcua("voice", "make", "--out", str(tmp_path / "moi"), code=1)
    assert answer["error"]["code"] == "voice.synthesiser"  # type: ignore[index]


def test_the_hall_speaks_a_call_and_a_recall_of_a_real_office_and_no_one_who_has_come(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    now = [0.0]
    output = FakeOutput(lambda: now[0])
    with open_office(tmp_path) as office:
        actor = Actor("lan", "ban-1", "1")
        hall = display_station(office, open_output=output.open)
        assert isinstance(hall.window, DisplayWindow)
        window = hall.window
        hall.show(windowed=True)
        issue_ticket(
            office.units(), office.facts, office.facts.groups[0].code, actor=actor, now=office_now(), touch="a"
        )
        qtbot.wait(700)
        ticket = call_next(office.units(), office.facts, "1", actor=actor, now=office_now())
        row = window._rows[0]
        qtbot.waitUntil(lambda: row.number.text() == ticket.label, timeout=30_000)
        qtbot.waitUntil(lambda: output.turns == 1, timeout=30_000)
        now[0] += 60
        qtbot.waitUntil(lambda: len(output.track) == 1, timeout=30_000)
        recall(office.units(), ticket.key, actor=actor, now=office_now())
        qtbot.waitUntil(lambda: output.turns == 2, timeout=30_000)
        now[0] += 60
        serve(office.units(), ticket.key, actor=actor, now=office_now())
        qtbot.waitUntil(lambda: len(output.track) == 2, timeout=30_000)
        hall.close()
        again = display_station(office, open_output=output.open)
        again.show(windowed=True)
        qtbot.wait(1500)
        assert output.turns == 2
        assert isinstance(again.window, DisplayWindow)
        assert again.window._rows[0].number.text() == ticket.label
        again.close()
    assert {path.name for path in tmp_path.glob("display-1.*")} == {"display-1.seen", "display-1.spoken"}
