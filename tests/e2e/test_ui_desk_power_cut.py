"""A desk that dies by kill -9 has what was typed a second before in its draft, and shows it when it opens again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from real_desk import WAIT_MS, desk_at

from kiosk.domain.dossier import PaperState
from ui.app import open_office
from ui.desk.view import AUTOSAVE_MS

NAME = "Lo Van Pa"
CHILD = Path(__file__).parent.parent / "desk_process.py"


def test_a_key_is_in_the_draft_a_second_later_whatever_happens(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    assert AUTOSAVE_MS < 1000
    with open_office(tmp_path):
        pass  # the catalogue is in, so that the desk opens at once
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)}
    died = subprocess.run(
        [sys.executable, str(CHILD), str(tmp_path), NAME],
        env=environment,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    with open_office(tmp_path) as office:
        with office.reads() as look:
            (draft,) = look.drafts.of_officer("lan")
        assert draft.counter == "1"
        with desk_at(office, qtbot, qapp) as window:
            qtbot.waitUntil(lambda: window.person.name.text() == NAME, timeout=WAIT_MS)
            qtbot.waitUntil(lambda: window.papers.count() > 0, timeout=WAIT_MS)
            assert window.procedure.edit.text() == "Đăng ký khai sinh"
            states = [window.papers.item(n).data(256).state for n in range(window.papers.count())]
            assert states[0] is PaperState.COPY
