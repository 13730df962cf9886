"""The kiosk explains its screens aloud: every screen has a clip, or a named one speaks instead; silence is told."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from structlog.testing import capture_logs
from ui_fakes import FakeClock, FakeTicketing, Remember

from ui.audio.make_screens import make_screen_clips
from ui.audio.output import FakeOutput
from ui.audio.screens import HOME, SCREENS, SHIPPED_CLIPS, SPOKEN, ScreenClips, damaged, read_screen_clip
from ui.audio.sound import NotAClipError, rest
from ui.cli import main
from ui.tasks import run_now
from ui.ticketing.help_voice import HelpVoice
from ui.ticketing.presenter import TicketingPresenter
from ui.ticketing.words import VI

TAY = 'language = "Tiếng Tày"\nhelp = "Roọng cán bộ"\n'


class FakeSpeaker:
    def __init__(self, *, deaf: bool = False) -> None:
        self.said: list[tuple[object, str]] = []
        self.deaf, self.speaking = deaf, False

    def is_speaking(self) -> bool:
        return self.speaking

    def say(self, screen: str, language: str) -> bool:
        self.said.append((screen, language))
        self.speaking = not self.deaf
        return self.speaking

    def stop(self) -> None:
        self.speaking = False


def a_kiosk(speaker: FakeSpeaker) -> tuple[TicketingPresenter, Remember, FakeClock]:
    view, clock = Remember(), FakeClock()
    presenter = TicketingPresenter(view, FakeTicketing(), run_now, clock, speaker=speaker)
    presenter.open()
    return presenter, view, clock


def test_the_key_speaks_and_the_same_key_is_silence_again() -> None:
    speaker = FakeSpeaker()
    presenter, _view, _clock = a_kiosk(speaker)
    presenter.on_listen()
    assert speaker.is_speaking()
    presenter.on_listen()
    assert not speaker.is_speaking()
    assert len(speaker.said) == 1


def test_leaving_the_page_ends_the_clip() -> None:
    speaker = FakeSpeaker()
    presenter, _view, _clock = a_kiosk(speaker)
    presenter.on_listen()
    presenter.on_group("ho-tich")
    assert not speaker.speaking


def test_who_listens_hears_the_warning_too_once() -> None:
    speaker = FakeSpeaker()
    presenter, _view, clock = a_kiosk(speaker)
    presenter.on_lookup()
    presenter.on_listen()
    speaker.stop()
    for _second in range(40):
        clock.pass_s(1)
        presenter.on_tick()
    assert [screen for screen, _language in speaker.said].count("still") == 1


def test_without_a_loudspeaker_the_screen_says_so() -> None:
    presenter, view, _clock = a_kiosk(FakeSpeaker(deaf=True))
    presenter.on_listen()
    assert view.last("show_note")[1] == VI.no_sound


def test_the_shipped_clips_are_whole_say_the_screens_texts_and_are_small() -> None:
    assert damaged() == []
    for language, texts in SPOKEN.items():
        assert set(texts) == set(SCREENS), language
        sizes = [file.stat().st_size for file in (SHIPPED_CLIPS / language).glob("*.wav")]
        assert len(sizes) == len(SCREENS)
        assert sum(sizes) < 1e6
        for screen in SCREENS:
            assert 1 < read_screen_clip(SHIPPED_CLIPS / language / f"{screen}.wav").seconds < 10


def test_who_reads_english_hears_english(tmp_path: Path) -> None:
    clips = ScreenClips(tmp_path)
    assert {clips.find(screen, "en").language for screen in SCREENS} == {"en"}


def test_a_changed_text_or_file_is_found(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED_CLIPS, tmp_path, dirs_exist_ok=True)
    assert damaged(tmp_path) == []
    (tmp_path / HOME / "start.wav").write_bytes(rest(2).wav())
    manifest = tmp_path / HOME / "manifest.json"
    told = json.loads(manifest.read_text())
    told["screens"]["closed"]["text"] = "Lời cũ."
    manifest.write_text(json.dumps(told))
    (tmp_path / "en" / "manifest.json").unlink()
    assert damaged(tmp_path) == ["vi/start", "vi/closed", "en/manifest.json"]


def test_an_offices_own_recording_goes_before_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / HOME).mkdir()
    (tmp_path / HOME / "start.wav").write_bytes(rest(3).wav())
    sound = ScreenClips(tmp_path).sound("start", HOME)
    assert sound is not None
    assert sound.seconds == pytest.approx(3)


def test_a_pack_with_some_clips_speaks_them_and_vietnamese_for_the_rest_and_says_so_once(tmp_path: Path) -> None:
    (tmp_path / "tay").mkdir()
    (tmp_path / "tay" / "start.wav").write_bytes(rest(2).wav())
    (tmp_path / "tay" / "card.wav").write_bytes(b"RIFF of something else")
    clips = ScreenClips(tmp_path)
    assert clips.find("start", "tay").language == "tay"
    assert clips.find("number", "tay").language == HOME
    spoiled = clips.find("card", "tay")
    assert spoiled.language == HOME
    assert "card.wav" in spoiled.problem
    with capture_logs() as lines:
        for _time in range(2):
            assert clips.sound("number", "tay") is not None
    assert [line["event"] for line in lines] == ["kiosk.clip_missing"]


def test_the_command_names_every_screen_of_every_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "languages" / "tay").mkdir(parents=True)
    (tmp_path / "languages" / "tay.toml").write_text(TAY, encoding="utf-8")
    (tmp_path / "languages" / "tay" / "start.wav").write_bytes(rest(2).wav())
    assert main(["voice", "screens", "--json", "--data", str(tmp_path)]) == 0
    told = json.loads(capsys.readouterr().out)
    spoken = {(clip["language"], clip["screen"]): clip["speaks"] for clip in told["clips"]}
    assert set(spoken) == {(code, screen) for code in ("vi", "en", "tay") for screen in SCREENS}
    assert spoken["tay", "start"] == "tay"
    assert set(told["instead"]["tay"]) == set(SCREENS) - {"start"}
    assert told["instead"]["vi"] == told["instead"]["en"] == []


def test_a_clip_of_another_format_is_refused(tmp_path: Path) -> None:
    for content in (b"", rest(0.1).wav(), rest(20).wav()):
        (tmp_path / "x.wav").write_bytes(content)
        with pytest.raises(NotAClipError):
            read_screen_clip(tmp_path / "x.wav")


def test_the_loudspeaker_plays_one_clip_at_a_time_to_its_end(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / HOME).mkdir()
    (tmp_path / HOME / "start.wav").write_bytes(rest(0.4).wav())
    output = FakeOutput(time.monotonic)
    voice = HelpVoice(ScreenClips(tmp_path), output.open)
    assert voice.say("start", HOME)
    assert voice.say("start", HOME)
    qtbot.waitUntil(lambda: not voice.is_speaking(), timeout=30_000)
    assert output.overlaps == 0
    assert output.track[-1].seconds == pytest.approx(0.4, abs=0.01)


def test_a_machine_without_sound_hears_no_clip_and_goes_on(tmp_path: Path, qtbot: QtBot) -> None:
    output = FakeOutput(time.monotonic, missing=True)
    voice = HelpVoice(ScreenClips(tmp_path), output.open)
    assert not voice.say("start", HOME)
    output.missing, output.refuses = False, 1
    assert not voice.say("start", HOME)
    assert not voice.is_speaking()
    assert voice.say("start", HOME)
    voice.close()


def test_the_clips_can_be_made_again_byte_for_byte(tmp_path: Path) -> None:
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")
    make_screen_clips(tmp_path)
    for name in ("vi/start.wav", "en/start.wav"):
        assert (tmp_path / name).read_bytes() == (SHIPPED_CLIPS / name).read_bytes()
