"""The shipped clips and a folder of recordings: whole, verified, and enough for every call."""

from __future__ import annotations

import io
import itertools
import shutil
import wave
from pathlib import Path

import pytest

from kiosk.config import DisplayConfig
from ui.audio.choose import choose_voice
from ui.audio.errors import VoiceDamagedError
from ui.audio.folder import examine, levels, seal
from ui.audio.make import chime, level, trim
from ui.audio.sound import RATE, NotAClipError, Sound, parse_clip
from ui.audio.voice import MANIFEST, SHIPPED, Voice, load_voice, shipped_voice
from ui.audio.words import CHIME, units_of

LETTERS = "ABCDEFGHKLMNPQRSTUVXYZĐ"


@pytest.fixture(scope="module", params=["north", "south"])
def voice(request: pytest.FixtureRequest) -> Voice:
    return shipped_voice(request.param)


def test_the_shipped_voice_is_small_and_even(voice: Voice) -> None:
    files = list((SHIPPED / voice.accent.code).iterdir())
    assert sum(file.stat().st_size for file in files) < 2_000_000
    assert max(file.stat().st_size for file in files) < 100_000
    for unit, clip in voice.clips.items():
        peak, loudness = levels(clip)
        assert -12 < peak < -0.5, unit
        assert -30 < loudness < -10, unit


def test_every_number_at_every_counter_can_be_said(voice: Voice) -> None:
    """1..9999 at counters 1..40: no unit is missing, no call is shorter or longer than a person would take."""
    counters = [voice.phrases("A1", f"Quầy {n}")[2:] for n in range(1, 41)]
    places = [voice.seconds(phrases) for phrases in counters]
    shortest, longest = 99.0, 0.0
    for n in range(1, 10_000):
        phrases = voice.phrases(f"{LETTERS[n % len(LETTERS)]}{n:03d}", "Quầy 1")
        number = voice.seconds(phrases[:2])
        for place in places:
            seconds = number + place
            shortest, longest = min(shortest, seconds), max(longest, seconds)
    assert shortest > 1.5
    assert longest < 7


def test_what_is_rendered_lasts_as_long_as_its_parts(voice: Voice) -> None:
    for label, counter in itertools.product(("A001", "B1015", "Đ9999"), ("Quầy 1", "Phòng 40")):
        phrases = voice.phrases(label, counter)
        once = voice.say(phrases)
        announced = voice.announce(label, counter)
        assert once.seconds == pytest.approx(voice.seconds(phrases), abs=0.001)
        chimed = announced.once_s - once.seconds
        assert 1.0 < chimed < 1.5
        assert announced.sound.pcm.count(once.pcm) == 2
        assert announced.sound.seconds < 16


def test_the_wav_of_a_call_can_be_read_by_anybody(voice: Voice) -> None:
    sound = voice.announce("A012", "Quầy 3").sound
    with wave.open(io.BytesIO(sound.wav())) as reader:
        assert (reader.getframerate(), reader.getnchannels(), reader.getsampwidth()) == (RATE, 1, 2)
        assert reader.getnframes() * 2 == len(sound.pcm)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped clips as somebody's own recordings, not sealed."""
    made = tmp_path / "giong-co-lan"
    shutil.copytree(SHIPPED / "north", made)
    (made / MANIFEST).unlink()
    return made


def test_a_folder_of_recordings_is_sealed_and_then_used(folder: Path) -> None:
    (folder / f"{CHIME}.wav").unlink()
    shutil.copyfile(folder / "ba.wav", folder / "bo-phan-tu-phap.wav")
    assert examine(folder, "north") == []
    seal(folder, "north", "Cô Lan")
    voice, as_asked = choose_voice(DisplayConfig(recordings=str(folder)))
    assert (voice.name, as_asked) == ("Cô Lan", True)
    assert voice.phrases("A1", "Bộ phận Tư pháp")[2:] == (("den",), ("bo-phan-tu-phap",))
    assert CHIME in voice.clips


def test_a_missing_a_loud_and_a_long_recording_are_named_and_nothing_is_sealed(folder: Path) -> None:
    (folder / "bay.wav").unlink()
    (folder / "ba.wav").write_bytes(Sound(b"\xff\x7f" * RATE).wav())
    (folder / "hai.wav").write_bytes(Sound(bytes(RATE * 2 * 5)).wav())
    (folder / "mot.wav").write_bytes(b"RIFF nothing")
    found = " | ".join(examine(folder, "north"))
    for words in (
        "thiếu bay.wav",
        "ba.wav: quá to",
        "hai.wav: dài 5.0 giây",
        "hai.wav: quá nhỏ",
        "mot.wav: không phải",
    ):
        assert words in found
    with pytest.raises(VoiceDamagedError):
        seal(folder, "north", "x")
    assert not (folder / MANIFEST).exists()


@pytest.mark.parametrize("harm", ["changed", "removed", "no manifest", "bad manifest", "path outside"])
def test_a_damaged_folder_is_refused_and_the_shipped_voice_speaks(folder: Path, harm: str) -> None:
    seal(folder, "north", "Cô Lan")
    manifest = folder / MANIFEST
    if harm == "changed":
        (folder / "ba.wav").write_bytes((folder / "bon.wav").read_bytes())
    elif harm == "removed":
        (folder / "ba.wav").unlink()
    elif harm == "no manifest":
        manifest.unlink()
    elif harm == "bad manifest":
        manifest.write_text("{", encoding="utf-8")
    else:
        manifest.write_text(manifest.read_text(encoding="utf-8").replace('"ba.wav"', '"../ba.wav"'), encoding="utf-8")
    with pytest.raises(VoiceDamagedError):
        load_voice(folder)
    voice, as_asked = choose_voice(DisplayConfig(recordings=str(folder)))
    assert (voice.name, as_asked) == ("espeak-ng-north", False)


def test_a_clip_of_another_format_is_refused() -> None:
    out = io.BytesIO()
    with wave.open(out, "wb") as writer:
        writer.setnchannels(2)
        writer.setsampwidth(2)
        writer.setframerate(44100)
        writer.writeframes(bytes(400))
    with pytest.raises(NotAClipError):
        parse_clip(out.getvalue(), "x.wav")


def test_the_words_of_the_recording_script_are_all_there() -> None:
    assert len(units_of("north")) == 58
    assert set(units_of("north")) ^ set(units_of("south")) == {"tu", "linh", "nghin", "le", "ngan"}


def test_trimming_takes_the_silence_and_levelling_never_reaches_full_scale() -> None:
    import numpy as np

    samples = np.concatenate([np.zeros(9000), 0.9 * np.sin(np.arange(4000) / 7), np.zeros(9000)])
    cut = trim(samples)
    assert 4000 <= cut.size <= 5000
    assert np.abs(level(cut)).max() < 0.9
    assert 0.9 < chime().seconds < 1.5
