"""News of the log reaches the desk a moment later: what an act itself shows is drawn before others are asked."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

MOMENT_MS = 100


class CalmNews(QObject):
    """Gathers what is told within a moment into one. news: the last number told, a moment after the first."""

    news = Signal(int)

    def __init__(self, parent: QObject | None = None, moment_ms: int = MOMENT_MS) -> None:
        super().__init__(parent)
        self._seq = -1
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(moment_ms)
        self._timer.timeout.connect(lambda: self.news.emit(self._seq))

    def tell(self, seq: int) -> None:
        self._seq = seq
        if not self._timer.isActive():
            self._timer.start()
