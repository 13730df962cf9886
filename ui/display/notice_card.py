"""The place for notices: a text or a picture, in a frame that never changes its size."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImageReader, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ui.display.notices import Notice
from ui.theme.fonts import set_face
from ui.widgets.basics import label

MOST_PIXELS = 60_000_000
SMALLER = (1.0, 0.86, 0.74, 0.64)  # steps by which a long text is set smaller until it fits


class NoticeCard(QStackedWidget):
    def __init__(self, unit: float) -> None:
        super().__init__()
        self._unit = unit
        self.setProperty("kind", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._title, self._body = label("", tone="accent", wrap=True), label("", wrap=True)
        self._words = QWidget()
        column = QVBoxLayout(self._words)
        pad = round(unit * 26)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(round(unit * 10))
        column.addWidget(self._title)
        column.addWidget(self._body)
        column.addStretch(1)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.addWidget(self._words)
        self.addWidget(self._picture)

    def show_notice(self, notice: Notice) -> bool:
        """False when its picture cannot be shown."""
        if notice.picture is not None:
            return self._show_picture(notice)
        self._title.setText(notice.title)
        self._body.setText(notice.body)
        self._body.setVisible(bool(notice.body))
        self.setAccessibleName(f"{notice.title}. {notice.body}")
        self._fit()
        self.setCurrentWidget(self._words)
        return True

    def _fit(self) -> None:
        room = self.size()
        for share in SMALLER:
            set_face(self._title, round(self._unit * 44 * share), 700)
            set_face(self._body, round(self._unit * 38 * share), 500)
            layout = self._words.layout()
            if layout is None or layout.heightForWidth(room.width()) <= room.height():
                return

    def _show_picture(self, notice: Notice) -> bool:
        reader = QImageReader(str(notice.picture))
        reader.setAutoTransform(True)
        size = reader.size()
        if not size.isValid() or size.width() * size.height() > MOST_PIXELS:
            return False
        # Decoded at the size of the frame: a photograph of a telephone must not stop the window.
        reader.setScaledSize(size.scaled(self._frame(), Qt.AspectRatioMode.KeepAspectRatio))
        image = reader.read()
        if image.isNull():
            return False
        self._picture.setPixmap(QPixmap.fromImage(image))
        self.setAccessibleName(notice.title)
        self.setCurrentWidget(self._picture)
        return True

    def _frame(self) -> QSize:
        edge = round(self._unit * 12)
        return QSize(max(self.width() - 2 * edge, 16), max(self.height() - 2 * edge, 16))
