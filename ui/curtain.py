"""What a citizen sees while the kiosk's window is away: plain words on the whole screen, under everything else.

Of the program it uses only the guard of decision 0007, so that it stands when the rest is broken.
"""

from __future__ import annotations

import os
import threading

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QFont, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel

from ui.singletons import keep_singletons_alive

WORDS = (
    "Máy đang khởi động lại.\n\nMời ông/bà đợi một phút,\nhoặc gặp cán bộ để lấy số.\n\n\n"
    "The machine is restarting.\nPlease wait, or see an officer."
)
TEXT_SHARE = 24  # the text is so many times smaller than the screen's shorter side


class Curtain(QLabel):
    """Cannot be closed by keys, takes no focus from the kiosk."""

    def __init__(self, shorter_px: int) -> None:
        super().__init__(WORDS)
        self.setWindowTitle("Một Cửa")
        self.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnBottomHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        face = QFont()
        face.setPixelSize(max(20, shorter_px // TEXT_SHARE))
        self.setFont(face)
        self.setStyleSheet("background: #ffffff; color: #000000; padding: 40px;")
        self.setCursor(Qt.CursorShape.BlankCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        event.accept()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        event.ignore()


def hang_curtain() -> int:
    """Until the keeper closes our stdin."""
    keep_singletons_alive()
    app = QApplication([])
    threading.Thread(target=_end_with_keeper, daemon=True).start()
    room = QGuiApplication.primaryScreen().geometry()
    curtain = Curtain(min(room.width(), room.height()))
    curtain.setGeometry(room)
    curtain.showFullScreen()
    curtain.lower()
    return app.exec()


def _end_with_keeper() -> None:
    while os.read(0, 64):
        pass
    os._exit(0)
