"""A red frame and the words "TẬP HUẤN" over a window, so that nobody takes an exercise for the real thing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kiosk.domain.training import MARK
from ui.app import OpenedOffice
from ui.theme.fonts import font
from ui.theme.look import type_px
from ui.training import TrainingWorkers

RED = QColor(196, 18, 33)
EDGE = 8  # px
MARK_PX, MARK_ALPHA = 150, 26
TAB_WIDTH, TAB_HEIGHT = 250, 26


class TrainingFrame(QWidget):
    """Lies over `over` and lets every touch and key through. It stays on top of panels that open later."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Đang tập huấn: không có gì được ghi thật")
        over.installEventFilter(self)
        self.setGeometry(over.rect())
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self.setGeometry(self._over.rect())
            self.raise_()
        elif event.type() is QEvent.Type.ChildAdded:
            self.raise_()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(RED, 2 * EDGE))
        painter.drawRect(self.rect())
        self._tab(painter)
        faint = QColor(RED)
        faint.setAlpha(MARK_ALPHA)
        painter.setPen(faint)
        painter.setFont(font(MARK_PX, 800))
        painter.translate(self.rect().center())
        painter.rotate(-24)
        painter.drawText(QRect(-2000, -400, 4000, 800), Qt.AlignmentFlag.AlignCenter, MARK)

    def _tab(self, painter: QPainter) -> None:
        """In plain words, where the eye begins."""
        wide, high = type_px(TAB_WIDTH), type_px(TAB_HEIGHT)
        tab = QRect((self.width() - wide) // 2, 0, wide, high)
        painter.fillRect(tab, RED)
        painter.setPen(QColor(Qt.GlobalColor.white))
        painter.setFont(font(13, 700))
        painter.drawText(tab, Qt.AlignmentFlag.AlignCenter, f"{MARK} – KHÔNG GHI THẬT")


def train(office: OpenedOffice, window: QWidget) -> TrainingWorkers:
    """Mark a window of the training office and start the office's work; close what is returned with the window."""
    TrainingFrame(window)
    window.setWindowTitle(f"{MARK} – {window.windowTitle()}")
    workers = TrainingWorkers(office)
    workers.start()
    return workers
