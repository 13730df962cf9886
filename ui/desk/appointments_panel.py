"""The panel over the desk with the register of appointments: the day, its slots, who it is for; all by key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from ui.desk.appointments_presenter import BookedLine, SlotLine
from ui.desk.columns import Cells, Columns, column_heads, column_list, key_line, step_row
from ui.desk.model import Choice
from ui.desk.over_panel import OverPanel, choice_button
from ui.theme.fonts import role
from ui.theme.tokens import MD, SM, XL
from ui.widgets.basics import Card, Notice, clear, label, row

WIDTH, HEIGHT = 940, 560
DAY, SLOTS, PERSON = range(3)
BOOKED_AT = (12, 90, 290, 610, 710)  # px from the left: time, line, citizen, code, state
SLOT_AT = (12, 130)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RegisterPanel(OverPanel):
    """Covers `over` while it is shown. Signals: stepped(days, 1 or -1), new_asked, move_asked(line), come_asked(line),
    cancel_asked(line), line_chosen(place), slot_chosen(slot), person_given(name, phone), back_asked
    (to the list), slots_asked (again)."""

    stepped = Signal(int)
    new_asked = Signal()
    move_asked = Signal(object)
    come_asked = Signal(object)
    cancel_asked = Signal(object)
    line_chosen = Signal(int)
    slot_chosen = Signal(object)
    person_given = Signal(str, str)
    back_asked = Signal()
    slots_asked = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, "Sổ hẹn")
        self._sure_of = ""  # key of the appointment whose end must be confirmed
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        card = Card(pad=XL, gap=MD)
        card.setFixedSize(WIDTH, HEIGHT)
        self.title = label("", "title")
        self.notice = Notice(closable=False)
        self.pages = QStackedWidget()
        for page in (self._day_page(), self._slots_page(), self._person_page()):
            self.pages.addWidget(page)
        card.body.addWidget(self.title)
        card.body.addWidget(self.notice)
        card.body.addWidget(self.pages, 1)
        self.place(card)

    # --- building ------------------------------------------------------------------------------------------------

    def _day_page(self) -> QWidget:
        page, column = _page()
        column.addWidget(column_heads(("Giờ", "Nhóm", "Người hẹn", "Mã hẹn", "Tình trạng"), BOOKED_AT))
        self.empty = label(self.tr("Ngày này chưa có lịch hẹn. Bấm N để đặt."), "body", "muted")
        self.list = column_list("Lịch hẹn trong ngày")
        steps = ("strong", "body", "body", "strong")
        self.list.setItemDelegate(Columns(self.list, BOOKED_AT, steps, _booked_cells, WIDTH - 4 * XL))
        column.addWidget(self.empty)
        column.addWidget(self.list, 1)
        column.addLayout(
            key_line(
                ("← →", "ngày"), ("↑ ↓", "chọn"), ("N", "đặt hẹn"), ("Enter", "đã đến, cấp số"), ("D", "dời"),
                ("Del", "hủy"), ("Esc", "đóng"),
            )
        )  # fmt: skip
        return page

    def _slots_page(self) -> QWidget:
        page, column = _page()
        self._lines = row(gap=SM)
        column.addLayout(self._lines)
        self.full = label(self.tr("Ngày này không còn khung giờ nào. Bấm → để xem ngày sau."), "body", "muted")
        self.slots = column_list("Khung giờ")
        self.slots.setItemDelegate(Columns(self.slots, SLOT_AT, ("strong",), _slot_cells, WIDTH - 4 * XL))
        column.addWidget(self.full)
        column.addWidget(self.slots, 1)
        column.addLayout(
            key_line(
                ("← →", "ngày"), ("↑ ↓", "khung giờ"), ("1 … 9", "nhóm"), ("Enter", "chọn khung giờ"), ("Esc", "thôi")
            )
        )
        return page

    def _person_page(self) -> QWidget:
        page, column = _page()
        self.name, self.phone = (_field(self, *words) for words in (("Họ và tên", 80), ("Số điện thoại", 20)))
        words = self.tr("Không bắt buộc. Chỉ quầy thấy; hết ngày hẹn thì xóa.")
        column.addWidget(label(words, "body", "muted"))
        for field in (self.name, self.phone):
            column.addWidget(label(field.accessibleName(), "label", "muted"))
            column.addWidget(field)
        column.addStretch(1)
        column.addLayout(key_line(("Tab", "ô sau"), ("Enter", "đặt hẹn"), ("Esc", "chọn lại khung giờ")))
        return page

    # --- what the presenter shows --------------------------------------------------------------------------------

    def open(self) -> None:
        self.notice.hide()
        self._sure_of = ""
        self.list.clear()
        self.pages.setCurrentIndex(DAY)
        self.stand(self)

    def show_day(self, title: str, lines: Sequence[BookedLine], chosen: str) -> None:
        kept = chosen or getattr(self._chosen(), "key", "")
        self._show(DAY, self.tr("Sổ hẹn {day}").format(day=title))
        words = [f"{x.time}, {x.line}, {x.person}, mã {x.code}, {x.state or 'đang chờ'}" for x in lines]
        _fill(self.list, lines, words, [line.key for line in lines], kept)
        self.empty.setVisible(not lines)

    def show_slots(self, title: str, lines: Sequence[Choice], slots: Sequence[SlotLine]) -> None:
        before = self.slots.currentRow()
        again = self.pages.currentIndex() == SLOTS
        self._show(SLOTS, title)
        clear(self._lines)
        for place, line in enumerate(lines):
            numbered = f"{place + 1}  {line.words}" if len(lines) > 1 else line.words
            button = choice_button(numbered, on=line.usual)
            button.clicked.connect(lambda _=False, n=place: self.line_chosen.emit(n))
            self._lines.addWidget(button)
        self._lines.addStretch(1)
        free = next((slot.at for slot in slots if slot.is_free), "")
        kept = slots[before].at if again and 0 <= before < len(slots) else free
        _fill(self.slots, slots, [f"{s.time}, {s.places}" for s in slots], [s.at for s in slots], kept)
        self.full.setVisible(not slots)

    def ask_person(self, title: str) -> None:
        self._show(PERSON, title)
        self.name.clear()
        self.phone.clear()
        self.name.setFocus()

    def tell(self, tone: str, message: str, fix: str) -> None:
        self.notice.say(tone, message, fix)

    def _show(self, page: int, title: str) -> None:
        self.notice.hide()
        self._sure_of = ""
        self.title.setText(title)
        self.pages.setCurrentIndex(page)
        if page != PERSON:
            self.setFocus()

    def _chosen(self) -> BookedLine | None:
        item = self.list.currentItem()
        line: BookedLine | None = None if item is None else item.data(Qt.ItemDataRole.UserRole)
        return line

    # --- keys ----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key = Qt.Key(event.key())
        if key in ENTER and event.isAutoRepeat():
            return  # a key that is held says yes to one question only
        if self._sure_of:
            self._answer(key)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(1 if key == Qt.Key.Key_Right else -1)
        elif self.pages.currentIndex() == SLOTS:
            self._slots_key(key)
        else:
            self._day_key(key)

    def _day_key(self, key: Qt.Key) -> None:
        line = self._chosen()
        if key == Qt.Key.Key_Escape:
            self.close_panel()
        elif key == Qt.Key.Key_N:
            self.new_asked.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step_row(self.list, 1 if key == Qt.Key.Key_Down else -1)
        elif line is not None and line.is_open:
            if key in ENTER:
                self.come_asked.emit(line)
            elif key == Qt.Key.Key_D:
                self.move_asked.emit(line)
            elif key == Qt.Key.Key_Delete:
                self._sure_of = line.key
                self.tell("warn", f"Hủy lịch hẹn {line.time}, mã {line.code}?", "Enter: hủy. Phím khác: thôi.")

    def _answer(self, key: Qt.Key) -> None:
        line, sure = self._chosen(), self._sure_of
        self._sure_of = ""
        self.notice.hide()
        if key in ENTER and line is not None and line.key == sure:
            self.cancel_asked.emit(line)

    def _slots_key(self, key: Qt.Key) -> None:
        if key == Qt.Key.Key_Escape:
            self.back_asked.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step_row(self.slots, 1 if key == Qt.Key.Key_Down else -1)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.line_chosen.emit(key - Qt.Key.Key_1)
        elif key in ENTER and self.slots.currentItem() is not None:
            self.slot_chosen.emit(self.slots.currentItem().data(Qt.ItemDataRole.UserRole))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keys of the two fields."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in ENTER and event.isAutoRepeat():
                return True
            if event.key() in ENTER:
                self.person_given.emit(self.name.text(), self.phone.text())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.slots_asked.emit()
                return True
        return super().eventFilter(watched, event)


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SM)
    return page, column


def _field(panel: RegisterPanel, name: str, most: int) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setMaxLength(most)
    made.setFixedHeight(44)
    made.setFont(role("strong"))
    made.installEventFilter(panel)
    return made


def _fill(shown: QListWidget, lines: Sequence[object], words: Sequence[str], keys: Sequence[str], chosen: str) -> None:
    shown.clear()
    for line, said in zip(lines, words, strict=True):
        item = QListWidgetItem(said)
        item.setData(Qt.ItemDataRole.UserRole, line)
        shown.addItem(item)
    shown.setCurrentRow(keys.index(chosen) if chosen in keys else 0)


def _booked_cells(line: BookedLine) -> Cells:
    return Cells((line.time, line.line, line.person, line.code), line.state, line.tone, not line.is_open)


def _slot_cells(slot: SlotLine) -> Cells:
    return Cells((slot.time,), slot.places, "good" if slot.is_free else "", not slot.is_free)
