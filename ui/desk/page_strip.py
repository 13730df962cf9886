"""The scan strip: small pictures of the pages, each with the number of the paper that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from ui.desk.model import STOPPED, WAITING, PageThumb
from ui.desk.paper_list import GATE_ACTS
from ui.theme.fonts import role
from ui.theme.look import colours, look, type_px

CELL = QSize(68, 80)
SHEET = QSize(53, 72)
LEAST_FRAME = 8  # px: a fault smaller than this on the small picture is framed wider
SCROLL_BAR = 10  # px, as in the style sheet: many pages must not lose their feet to it


def spoken(page: PageThumb) -> str:
    """The page as a screen reader says it."""
    if page.sheet:
        _, number, count = page.sheet
        return f"Trang {page.number}, tờ ngăn {number}/{count}" + ("" if page.discarded else ", đã lấy lại")
    where = "đã bỏ" if page.discarded else (f"thuộc giấy tờ {page.place}" if page.place else "chưa gắn")
    blank = ", trang trắng (Delete để lấy lại)" if page.blank and not page.discarded else ""
    where += {WAITING: ", đang chờ đọc", STOPPED: ", không đọc được"}.get(page.reading, "")
    flaws = "".join(f", {f.words}" for f in page.findings)
    return f"Trang {page.number}, {where}{blank}{flaws}"


class _Sheet(QStyledItemDelegate):
    """Draws a `PageThumb` and its picture."""

    def sizeHint(  # noqa: N802 - Qt's name
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002
    ) -> QSize:
        return CELL * look().type_factor

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        page: PageThumb = index.data(Qt.ItemDataRole.UserRole)
        picture: QPixmap | None = index.data(Qt.ItemDataRole.UserRole + 1)
        rect: QRect = option.rect
        strip = self.parent()
        current = isinstance(strip, QListWidget) and index.row() == strip.currentRow()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        sheet = QRect(rect.topLeft() + QPoint(4, 4), SHEET * look().type_factor)
        painter.setOpacity(0.35 if page.discarded or page.blank else 1.0)
        painter.fillRect(sheet, QColor(colours().surface))
        if picture is not None and not picture.isNull():
            size = picture.size().scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(sheet.topLeft(), size)
            place.moveCenter(sheet.center())
            painter.drawPixmap(place, picture)
            self._flaws(painter, place, page)
        painter.setOpacity(1.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours().accent if current else colours().edge), 3 if current else 1))
        painter.drawRoundedRect(sheet, 4, 4)
        self._badge(painter, sheet, page)
        self._reading(painter, sheet, page)
        painter.restore()

    def _flaws(self, painter: QPainter, place: QRect, page: PageThumb) -> None:
        """A frame around each place that something is wrong with."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for finding in page.findings if not page.discarded else ():
            x, y, wide, high = finding.box
            frame = QRect(
                place.left() + round(x * place.width()),
                place.top() + round(y * place.height()),
                max(LEAST_FRAME, round(wide * place.width())),
                max(LEAST_FRAME, round(high * place.height())),
            )
            painter.setPen(QPen(QColor(colours().bad if finding.again else colours().warn), 2))
            painter.drawRect(frame.intersected(place).adjusted(1, 1, -1, -1))

    def _reading(self, painter: QPainter, sheet: QRect, page: PageThumb) -> None:
        """A mark above a page that is still to be read, or that cannot be."""
        if page.reading and not page.discarded:
            stopped = page.reading == STOPPED
            box = QRect(sheet.left() - 2, sheet.top() - 2, type_px(20), type_px(20))
            painter.setPen(QPen(QColor(colours().surface), 2))
            painter.setBrush(QColor(colours().bad if stopped else colours().info))
            painter.drawEllipse(box)
            painter.setPen(QColor(colours().surface))
            painter.setFont(role("label"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "!" if stopped else "…")

    def _badge(self, painter: QPainter, sheet: QRect, page: PageThumb) -> None:
        left = "ngăn" if page.sheet else "bỏ"
        words = left if page.discarded else (str(page.place) if page.place else "?")
        painter.setFont(role("label"))
        wide, high = max(type_px(24), painter.fontMetrics().horizontalAdvance(words) + type_px(12)), type_px(22)
        box = QRect(sheet.right() + 9 - wide, sheet.bottom() + 5 - high, wide, high)
        given = page.place and not page.discarded
        painter.setPen(QPen(QColor(colours().surface), 2))
        painter.setBrush(QColor(colours().good if given else (colours().edge if page.discarded else colours().warn)))
        painter.drawRoundedRect(box, high / 2, high / 2)
        painter.setPen(QColor(colours().surface))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


class PageStrip(QListWidget):
    """Signals: page_chosen(index), digit_typed(n), discard_typed, gate_typed(act)."""

    page_chosen = Signal(int)
    digit_typed = Signal(int)
    discard_typed = Signal()
    gate_typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setItemDelegate(_Sheet(self))
        self.setFixedHeight(CELL.height() + 8 + SCROLL_BAR)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Các trang đã quét")
        self.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText)
        self.currentRowChanged.connect(self._chosen)
        self._pictures: dict[str, QPixmap] = {}
        self._showing = False

    def show_pages(self, pages: Sequence[PageThumb], current: int) -> None:
        self._showing = True
        while self.count() > len(pages):
            self.takeItem(self.count() - 1)
        while self.count() < len(pages):
            self.addItem(QListWidgetItem())
        for place, page in enumerate(pages):
            item = self.item(place)
            item.setData(Qt.ItemDataRole.UserRole, page)
            item.setData(Qt.ItemDataRole.UserRole + 1, self._picture(page))
            item.setText(spoken(page))
            item.setToolTip("\n".join(words for words in (page.warning or spoken(page), page.did) if words))
        if pages:
            self.setCurrentRow(current)
            self.scrollToItem(self.item(current))
        self._showing = False
        self.viewport().update()

    def _picture(self, page: PageThumb) -> QPixmap:
        if page.id not in self._pictures and page.png:
            picture = QPixmap()
            picture.loadFromData(QByteArray(page.png))
            self._pictures[page.id] = picture
        return self._pictures.get(page.id, QPixmap())

    def _chosen(self, index: int) -> None:
        if index >= 0 and not self._showing:
            self.page_chosen.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        text = event.text()
        if text.isdigit() and text != "0":
            self.digit_typed.emit(int(text))
        elif text.upper() in GATE_ACTS:
            self.gate_typed.emit(GATE_ACTS[text.upper()])
        elif event.key() == Qt.Key.Key_Delete:
            self.discard_typed.emit()
        else:
            super().keyPressEvent(event)
