"""A station that is told to stop from outside ends, a locked kiosk too."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_locked_kiosk_ends_when_the_system_tells_it_to(tmp_path: Path) -> None:
    (tmp_path / "config.toml").touch()  # set up: it does not ask for a code first
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "kiosk", "kiosk", "--data", str(tmp_path)]
    kiosk = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        last = time.monotonic() + 30
        while not (tmp_path / "office.db-shm").exists():
            assert time.monotonic() < last
            time.sleep(0.1)
        time.sleep(2.5)  # the window is up
        assert kiosk.poll() is None
        kiosk.send_signal(signal.SIGTERM)
        assert kiosk.wait(10) == 0
    finally:
        kiosk.kill()
        kiosk.wait()
