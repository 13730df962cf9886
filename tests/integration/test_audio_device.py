"""Calls through a real sound server with a sink that nobody hears, recorded at its monitor."""

from __future__ import annotations

import array
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ui.audio.errors import NoSoundDeviceError, SoundDeviceError
from ui.audio.program_output import PACAT, ProgramOutput, open_program_output
from ui.audio.sound import RATE, Sound
from ui.audio.voice import shipped_voice

PROGRAMS = ("pulseaudio", "parec", "pacat", "pactl")
SINK = "load-module module-null-sink sink_name=tv rate=22050 channels=1\nload-module module-native-protocol-unix\n"

QT_PLAYER = """
import time
from ui.station import application
app = application()
from ui.audio.announcer import Announcer, SoundState
from ui.audio.qt_output import open_qt_output
from ui.audio.sound import RATE, Sound
from ui.audio.voice import Announced, shipped_voice

voice = shipped_voice()

def say(label, counter):
    return Announced(Sound(voice.announce(label, counter).sound.pcm[: RATE * 2 * 3]), 3.0)

class Mark:
    def load(self): return None
    def save(self, seq): pass

class Signs:
    def show_sound(self, state): print("state", state.value, flush=True)
    def show_speaking(self, label): print("speaking", label or "-", flush=True)

class Call:
    def __init__(self, seq, label, counter): self.seq, self.label, self.counter = seq, label, counter

announcer = Announcer(say, open_qt_output, Mark(), Signs())
announcer.open()
for n in (1, 2):
    announcer.offer(Call(n, f"A00{n}", f"Quầy {n}"))
end = time.monotonic() + 40
while announcer.is_speaking and time.monotonic() < end:
    app.processEvents()
    announcer.on_tick()
    time.sleep(0.02)
print("done", announcer.is_speaking, flush=True)
announcer.close()
"""


@dataclass
class SoundServer:
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def environment(self) -> dict[str, str]:
        return server_environment(self.folder)


def server_environment(folder: Path) -> dict[str, str]:
    """Nothing of the user's own sound settings."""
    here = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "PULSE_RUNTIME_PATH": str(folder / "pulse")}
    return {**os.environ, **here, "XDG_CONFIG_HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"}


@pytest.fixture
def server() -> Iterator[SoundServer]:
    if absent := [name for name in PROGRAMS if shutil.which(name) is None]:
        pytest.skip(f"not installed: {', '.join(absent)}")
    folder = Path(tempfile.mkdtemp(prefix="am-"))  # a socket's path must be short
    (folder / "pulse").mkdir(mode=0o700)
    (folder / "sink.pa").write_text(SINK, encoding="ascii")
    command = ["pulseaudio", "-n", "-F", str(folder / "sink.pa"), "--exit-idle-time=-1", "--daemonize=no"]
    process = subprocess.Popen(
        [*command, "--use-pid-file=no", "--disallow-exit"],
        env=server_environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    made = SoundServer(folder, process)
    try:
        if not until(lambda: asked(made, "info") == 0, 8):
            pytest.skip("the sound server does not start here")
        yield made
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def asked(server: SoundServer, what: str) -> int:
    return subprocess.run(
        ["pactl", what], env=server.environment, check=False, timeout=5, capture_output=True
    ).returncode


def until(true: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def loudness(pcm: bytes) -> float:
    samples = array.array("h", pcm[: len(pcm) // 2 * 2])
    return math.sqrt(sum(value * value for value in samples) / max(len(samples), 1)) / 32768


class Recorder:
    """What the loudspeaker would have put out."""

    def __init__(self, server: SoundServer) -> None:
        form = ["--raw", "--format=s16le", f"--rate={RATE}", "--channels=1"]
        self._file = server.folder / "heard.raw"  # a pipe that nobody reads would hold the recorder up
        with self._file.open("wb") as out:
            self._process = subprocess.Popen(
                ["parec", "-d", "tv.monitor", *form], env=server.environment, stdout=out, stderr=subprocess.DEVNULL
            )
        until(lambda: self._file.stat().st_size > 0, 5)

    def stop(self) -> bytes:
        time.sleep(0.3)
        self._process.terminate()
        self._process.wait(timeout=5)
        return self._file.read_bytes()


@pytest.mark.device
def test_two_calls_are_heard_one_after_another_through_the_windows_player(server: SoundServer) -> None:
    recorder = Recorder(server)
    played = subprocess.run(
        [sys.executable, "-c", QT_PLAYER],
        env=server.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=Path(__file__).parents[2],
    )
    heard = recorder.stop()
    said = played.stdout.split("\n")
    assert played.returncode == 0, played.stderr[-2000:]
    assert said[:5] == ["speaking A001", "speaking -", "speaking A002", "speaking -", "done False"]
    assert loudness(heard) > 0.02
    loud = sum(loudness(heard[at : at + RATE // 5 * 2]) > 0.01 for at in range(0, len(heard), RATE // 5 * 2)) / 5
    assert 3 < loud < 6.6  # twice three seconds, with the rests in them


@pytest.mark.device
def test_a_call_is_heard_through_a_program_and_its_position_advances(
    server: SoundServer,
) -> None:
    sound = Sound(shipped_voice().announce("A021", "Quầy 5").sound.pcm[: RATE * 2 * 3])
    recorder = Recorder(server)
    output = ProgramOutput(("env", *(f"{k}={v}" for k, v in server.environment.items() if k in SETTINGS), *PACAT))
    began = time.monotonic()
    output.play(sound)
    positions: list[float] = []
    while (position := output.position_s()) is not None and time.monotonic() - began < 15:
        positions.append(position)
        time.sleep(0.05)
    assert position is None
    assert time.monotonic() - began > sound.seconds - 0.5
    assert positions == sorted(positions)
    assert len(set(positions)) > 4
    assert loudness(recorder.stop()) > 0.02


SETTINGS = ("HOME", "XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH", "XDG_CONFIG_HOME")


@pytest.mark.device
def test_a_sound_server_that_dies_is_noticed_at_once(server: SoundServer) -> None:
    output = ProgramOutput(("env", *(f"{k}={v}" for k, v in server.environment.items() if k in SETTINGS), *PACAT))
    output.play(shipped_voice().announce("A021", "Quầy 5").sound)
    assert until(lambda: (output.position_s() or 0) > 0.5, 5)
    server.process.kill()
    with pytest.raises(SoundDeviceError):
        until(lambda: output.position_s() is None, 5)


def test_a_program_that_takes_nothing_is_seen_to_stand_still() -> None:
    output = ProgramOutput(("sleep", "30"))
    output.play(Sound(bytes(RATE * 2 * 5)))
    first = output.position_s()
    time.sleep(0.3)
    assert first is not None
    assert output.position_s() == first
    assert first < 1
    output.close()
    assert output.position_s() is None


def test_a_program_that_fails_and_one_that_is_not_there_are_told_apart() -> None:
    output = ProgramOutput(("false",))
    output.play(Sound(bytes(RATE)))
    with pytest.raises(SoundDeviceError):
        until(lambda: output.position_s() is None, 5)
    with pytest.raises(NoSoundDeviceError):
        open_program_output(("no-such-player-here",))
    with pytest.raises(SoundDeviceError):
        ProgramOutput(("no-such-player-here",)).play(Sound(b""))


def test_a_program_that_plays_everything_ends_well() -> None:
    output = ProgramOutput(("sh", "-c", "cat >/dev/null"))
    output.play(Sound(bytes(RATE * 2 * 2)))
    assert until(lambda: output.position_s() is None, 5)
