"""A window must live for months: None may not run out (see ui.singletons)."""

from __future__ import annotations

import subprocess
import sys

SOAK = """
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from ui.singletons import keep_singletons_alive
keep_singletons_alive()
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLabel
class Bell(QObject):
    rung = Signal()
app, words, bell = QApplication([]), QLabel(), Bell()
for _ in range(100_000):
    words.setText("a")
    bell.rung.emit()
print("alive")
"""


def test_a_window_outlives_a_hundred_thousand_calls_without_a_result() -> None:
    done = subprocess.run([sys.executable, "-c", SOAK], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip() == "alive", done.stderr
    assert done.returncode == 0
