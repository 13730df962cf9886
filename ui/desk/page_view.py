"""A page in its panel: the picture, the places of proposed values, the one that is asked about, and doubtful words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from ui.desk.reading_model import Box, PagePicture
from ui.theme.look import colours

AIR = 4.0  # px around a value, so that the frame hides no letter
UNDERLINE = 2


class PageView(QWidget):
    """Keeps the picture's proportions; of a page that is mostly empty only the part with words is shown."""

    def __init__(self, size: QSize) -> None:
        super().__init__()
        self.setFixedSize(size)
        self.setAccessibleName("Trang quét")
        self._picture = QPixmap()
        self._doubtful: Sequence[Box] = ()
        self._area: Box = (0.0, 0.0, 1.0, 1.0)
        self._boxes: Sequence[Box] = ()
        self._current: Box | None = None

    def show_picture(self, picture: PagePicture) -> None:
        self._picture = QPixmap()
        self._picture.loadFromData(QByteArray(picture.jpeg))
        self._doubtful, self._area = picture.doubtful, picture.area
        x, y, wide, high = picture.area
        across, down = self._picture.width(), self._picture.height()
        self._picture = self._picture.copy(round(x * across), round(y * down), round(wide * across), round(high * down))
        self.update()

    def mark(self, boxes: Sequence[Box], current: Box | None) -> None:
        self._boxes, self._current = boxes, current
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours().sunken))
        if self._picture.isNull():
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        sheet = QRectF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2, 0, 0)
        sheet.setSize(size.toSizeF())
        # Halved in steps: one jump from a page of 200 dpi makes thin strokes disappear.
        painter.drawPixmap(sheet.toRect(), self._small(size))
        painter.setPen(QPen(QColor(colours().warn), UNDERLINE))
        for box in self._doubtful:
            place = self._on(sheet, box)
            painter.drawLine(place.bottomLeft(), place.bottomRight())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours().edge), 1))
        for box in self._boxes:
            painter.drawRect(self._on(sheet, box).adjusted(-2, -2, 2, 2))
        if self._current is not None:
            tint = QColor(colours().accent)
            tint.setAlpha(40)
            painter.setBrush(tint)
            painter.setPen(QPen(QColor(colours().accent), 2))
            painter.drawRoundedRect(self._on(sheet, self._current).adjusted(-AIR, -AIR, AIR, AIR), 4, 4)

    def _small(self, size: QSize) -> QPixmap:
        ratio = self.devicePixelRatioF()
        return self._picture.scaled(
            size * ratio, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )

    def _on(self, sheet: QRectF, box: Box) -> QRectF:
        """A box of the page as drawn. sheet: where the shown area is."""
        left, top, across, down = self._area
        x, y, wide, high = box
        return QRectF(
            sheet.left() + (x - left) / across * sheet.width(),
            sheet.top() + (y - top) / down * sheet.height(),
            wide / across * sheet.width(),
            high / down * sheet.height(),
        )
