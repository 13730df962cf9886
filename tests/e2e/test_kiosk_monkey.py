"""Random hands on the real kiosk, on a screen of its own with the shipped window manager."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ui.demo.kiosk_session import PROGRAMS, kiosk_session
from ui.demo.monkey import Monkey, wrong

pytestmark = pytest.mark.skipif(any(shutil.which(name) is None for name in PROGRAMS), reason="needs Xvfb and openbox")

INTRUDER = (
    "from PySide6.QtWidgets import QApplication, QLabel; a = QApplication([]); w = QLabel('x'); w.show(); a.exec()"
)


def test_three_hundred_random_touches_and_chords_never_leave_the_kiosk(tmp_path: Path) -> None:
    with kiosk_session(tmp_path / "office", 1280, 800) as session:
        pid, _seconds = session.wait_for_kiosk()
        monkey = Monkey(session.hands, 1280, 800, random.Random(7), session.own)
        found = monkey.run(300, pid, lambda _n: None)
        assert found.escapes == []
        assert found.touches + found.chords == 300
        assert session.keeper.poll() is None
        # The eyes see: a window of another program is found at once, whoever lies on top.
        stranger = subprocess.Popen([sys.executable, "-c", INTRUDER], env={"DISPLAY": session.display})
        try:
            for _look in range(600):
                seen, focused = session.hands.on_screen(1280, 800), session.hands.focused()
                if faults := wrong(seen, focused, pid, session.own(), (1280, 800)):
                    break
                assert stranger.poll() is None
            assert f"window of process {stranger.pid}" in faults
        finally:
            stranger.kill()
            stranger.wait()
