"""A QR code as a picture for the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap

QUIET = 4  # modules of white around it (ISO/IEC 18004)


def qr_pixmap(text: str, side_px: int) -> QPixmap:
    """At most side_px wide, quiet zone included, black on white; every module the same whole number of pixels."""
    import segno

    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix_iter(border=QUIET)]
    image = QImage(len(rows), len(rows), QImage.Format.Format_Grayscale8)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            image.setPixel(x, y, 0xFF000000 if dark else 0xFFFFFFFF)
    side = max(side_px // len(rows), 1) * len(rows)
    return QPixmap.fromImage(image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio))
