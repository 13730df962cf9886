"""The real kiosk under its keeper: killed, it is back; told to stop, nothing of it is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

ENVIRONMENT = os.environ | {"QT_QPA_PLATFORM": "offscreen"}


def children(pid: int, word: str) -> list[int]:
    """Processes that this one started, with a word on their command line."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except (OSError, IndexError):
            continue
        if parent == str(pid) and word.encode() in words:
            found.append(int(folder.name))
    return found


def wait_until(true: Callable[[], bool]) -> None:
    last = time.monotonic() + 60
    while not true():
        assert time.monotonic() < last
        time.sleep(0.1)


def test_a_killed_window_is_replaced_and_the_end_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "config.toml").touch()  # set up: it does not ask for a code first
    command = [sys.executable, "-m", "kiosk", "kiosk", "--data", str(tmp_path)]
    keeper = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: len(children(keeper.pid, "--kept")) == 2)  # the window lives, its spare is loaded
        window = min(children(keeper.pid, "--kept"))
        os.kill(window, signal.SIGKILL)
        wait_until(lambda: window not in (now := children(keeper.pid, "--kept")) and len(now) == 2)
        assert len(children(keeper.pid, "--curtain")) == 1
        left = [*children(keeper.pid, "--kept"), *children(keeper.pid, "--curtain")]
        keeper.send_signal(signal.SIGTERM)
        assert keeper.wait(30) == 0
        assert [pid for pid in left if Path(f"/proc/{pid}").exists()] == []
    finally:
        keeper.kill()
        keeper.wait()


def test_when_the_keeper_itself_is_killed_its_programs_end_too(tmp_path: Path) -> None:
    (tmp_path / "config.toml").touch()  # set up: it does not ask for a code first
    command = [sys.executable, "-m", "kiosk", "kiosk", "--data", str(tmp_path)]
    keeper = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: len(children(keeper.pid, "--kept")) == 2)
        left = [*children(keeper.pid, "--kept"), *children(keeper.pid, "--curtain")]
    finally:
        keeper.kill()
        keeper.wait()
    wait_until(lambda: not any(Path(f"/proc/{pid}/cmdline").exists() for pid in left))


def test_a_kiosk_whose_settings_are_wrong_says_so_and_ends(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[station]\nreader_baud = 5\n", encoding="utf-8")
    command = [sys.executable, "-m", "kiosk", "kiosk", "--json", "--data", str(tmp_path)]
    ran = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 2
    assert '"code": "config.invalid"' in ran.stdout
