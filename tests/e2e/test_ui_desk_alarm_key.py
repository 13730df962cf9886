"""At the real desk: a dossier that is late is said, its list comes by Ctrl+Shift+L, and Enter opens it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from office_commands import received_now
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from real_desk import WAIT_MS, desk_at, press

from kiosk.clock import office_now
from ui.app import open_office


def test_a_late_dossier_is_said_listed_and_opened(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    key = received_now(tmp_path).key
    with open_office(tmp_path) as office:
        with office.units() as uow:
            dossier = uow.dossiers.get(key)
            dossier.due_at = office_now() - timedelta(days=3)
            uow.dossiers.save(dossier)
            uow.commit()
        with desk_at(office, qtbot, qapp) as window:
            qtbot.waitUntil(lambda: "quá hạn" in window.notice.message.text(), timeout=WAIT_MS)
            press(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
            qtbot.waitUntil(lambda: window.choices.isVisible(), timeout=WAIT_MS)
            press(window, Qt.Key.Key_Return)
            qtbot.waitUntil(lambda: not window.choices.isVisible(), timeout=WAIT_MS)
