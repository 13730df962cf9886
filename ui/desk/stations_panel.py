"""The panel over the desk with the office's machines, and the code for a new one; every act has its key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from ui.desk.columns import Cells, Columns, column_heads, column_list, key_line, step_row
from ui.desk.over_panel import OverPanel
from ui.desk.stations_presenter import LIVE_KINDS, Shown, StationLine
from ui.pairing.qr import qr_pixmap
from ui.pairing.words import KINDS
from ui.theme.fonts import set_face
from ui.theme.tokens import MD, SM, XL
from ui.widgets.basics import Act, Card, Chip, Notice, label, row

WIDTH, HEIGHT = 940, 560
QR_SIDE = 320
TICK_MS = 500
COLUMNS = (12, 190, 370, 430, 600)  # px from the left: name, kind, letter, last heard from, state
STEPS = ("strong", "body", "strong", "body")


def _cells(line: StationLine) -> Cells:
    return Cells((line.name, line.kind_words, line.letter or "–", line.seen), line.state, line.tone, line.revoked)


class StationsPanel(OverPanel):
    """Covers `over` while it is shown. Signals: new_asked(kind), again_asked(line), revoke_asked(line), stopped (the
    code is to be taken off), ticked (twice a second, hidden too)."""

    new_asked = Signal(object)
    again_asked = Signal(object)
    revoke_asked = Signal(object)
    stopped = Signal()
    ticked = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, "Các máy của cơ quan")
        self._sure_of = ""  # name of the machine whose end must be confirmed
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        card = Card(pad=XL, gap=MD)
        card.setFixedSize(WIDTH, HEIGHT)
        self.notice = Notice(closable=False)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._list_page())
        self.pages.addWidget(self._code_page())
        card.body.addWidget(self.notice)
        card.body.addWidget(self.pages, 1)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.ticked)
        self._timer.start(TICK_MS)
        self.place(card)

    # --- building ------------------------------------------------------------------------------------------------

    def _list_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SM)
        column.addWidget(label(self.tr("Các máy của cơ quan"), "title"))
        column.addWidget(column_heads(("Tên", "Loại máy", "Chữ", "Báo về lần cuối", "Tình trạng"), COLUMNS))
        self.empty = label(self.tr("Chưa ghép máy nào. Bấm một số ở dưới để lấy mã cho máy mới."), "body", "muted")
        self.list = column_list("Danh sách máy")
        self.list.setItemDelegate(Columns(self.list, COLUMNS, STEPS, _cells, WIDTH - 4 * XL))
        column.addWidget(self.empty)
        column.addWidget(self.list, 1)
        column.addWidget(label(self.tr("Ghép máy mới"), "label", "muted"))
        kinds = row(gap=SM)
        for key, kind in enumerate(LIVE_KINDS, 1):
            button = Act(KINDS[kind], str(key), "", 40, "label")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, k=kind: self.new_asked.emit(k))
            kinds.addWidget(button, 1)
        column.addLayout(kinds)
        column.addLayout(
            key_line(("↑ ↓", "chọn máy"), ("L", "ghép lại máy đang chọn"), ("Del", "ngắt"), ("Esc", "đóng"))
        )
        return page

    def _code_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MD)
        self.title = label("", "title")
        column.addWidget(self.title)
        self.qr = QLabel()
        self.qr.setFixedSize(QR_SIDE, QR_SIDE)
        self.qr.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.qr.setAccessibleName("Mã QR để ghép máy")
        self.code = label("")
        set_face(self.code, 42, 800, tabular=True)
        self.left = Chip()
        self.places = label("", "body", "muted", wrap=True)
        self.note = label("", "strong", "warn", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(SM)
        words.addWidget(label(self.tr("Ở máy mới: đưa mã QR vào máy quét, hoặc gõ 12 ký tự này"), "body", wrap=True))
        words.addWidget(self.code)
        words.addLayout(row(self.left, None))
        words.addSpacing(SM)
        words.addWidget(self.places)
        words.addWidget(self.note)
        words.addStretch(1)
        body = row(self.qr, gap=XL)
        body.setAlignment(self.qr, Qt.AlignmentFlag.AlignTop)
        body.addLayout(words, 1)
        column.addLayout(body, 1)
        column.addLayout(key_line(("Esc", "thôi, mã hết hiệu lực ngay")))
        return page

    # --- what the presenter shows --------------------------------------------------------------------------------

    def open(self) -> None:
        self.notice.hide()
        self._sure_of = ""
        self.stand(self)

    def show_stations(self, lines: Sequence[StationLine]) -> None:
        chosen = self.chosen()
        self.list.clear()
        for line in lines:
            item = QListWidgetItem(f"{line.name}, {line.kind_words}: {line.state}, báo về {line.seen}")
            item.setData(Qt.ItemDataRole.UserRole, line)
            self.list.addItem(item)
        names = [line.name for line in lines]
        self.list.setCurrentRow(names.index(chosen.name) if chosen and chosen.name in names else 0)
        self.empty.setVisible(not lines)

    def chosen(self) -> StationLine | None:
        if self.list.currentRow() < 0:
            return None
        line: StationLine = self.list.currentItem().data(Qt.ItemDataRole.UserRole)
        return line

    def show_code(self, shown: Shown | None) -> None:
        self.pages.setCurrentIndex(int(shown is not None))
        if shown is None:
            self.code.clear()
            self.qr.clear()
            return
        self.notice.hide()
        self.title.setText(shown.title)
        self.code.setText(shown.code)
        self.code.setAccessibleName(" ".join(shown.code))
        self.qr.setPixmap(qr_pixmap(shown.qr, QR_SIDE))
        self.places.setText(self.tr("Nếu máy mới không tự tìm thấy quầy: {places}").format(places=shown.places))
        self.places.setVisible(bool(shown.places))
        self.note.setText(shown.note)
        self.note.setVisible(bool(shown.note))

    def show_left(self, words: str, tone: str) -> None:
        self.left.say(words, tone)

    def tell(self, tone: str, message: str, fix: str) -> None:
        self.notice.say(tone, message, fix)

    # --- keys ----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self.pages.currentIndex() == 1:
            if event.key() == Qt.Key.Key_Escape:
                self.stopped.emit()
        elif self._sure_of:
            self._answer(event.key())
        else:
            self._list_key(event.key())

    def _list_key(self, key: int) -> None:
        line = self.chosen()
        if key == Qt.Key.Key_Escape:
            self.close_panel()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step_row(self.list, 1 if key == Qt.Key.Key_Down else -1)
        elif Qt.Key.Key_1 <= key < Qt.Key.Key_1 + len(LIVE_KINDS):
            self.new_asked.emit(LIVE_KINDS[key - Qt.Key.Key_1])
        elif line is not None and key == Qt.Key.Key_L:
            self.again_asked.emit(line)
        elif line is not None and key == Qt.Key.Key_Delete and not line.revoked:
            self._sure_of = line.name
            self.tell("warn", f"Ngắt máy {line.name} khỏi cơ quan?", "Enter: ngắt. Phím khác: thôi.")

    def _answer(self, key: int) -> None:
        line, name = self.chosen(), self._sure_of
        self._sure_of = ""
        self.notice.hide()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and line is not None and line.name == name:
            self.revoke_asked.emit(line)
