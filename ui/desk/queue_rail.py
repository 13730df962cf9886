"""The left side: the number at the counter, very large, the five acts, and who waits."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kiosk.domain.ticket import TicketState
from ui.desk.actions import BY_ID
from ui.desk.model import Line, Queue
from ui.theme.fonts import role, set_face
from ui.theme.tokens import MD, SM, XS
from ui.theme.zoom import LETTERS
from ui.widgets.basics import Act, Card, Chip, Elided, clear, label, mark, row, rule
from ui.widgets.pool import Pool

WIDTH = 262
NUMBER_PX, LONG_NUMBER_PX, ROOM_FOR = 64, 46, 5  # letters that the large face has room for
SHORT = {"transfer": "Chuyển", "pause": "Nghỉ"}  # beside a key of three letters there is no room for more
STATE_WORDS = {TicketState.CALLED: ("Đã gọi", "warn"), TicketState.SERVING: ("Đang phục vụ", "good")}


class QueueRail(QWidget):
    """Signals: acted(action id), parked_chosen(ticket key)."""

    acted = Signal(str)
    parked_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self._shown: Queue | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MD)
        column.addWidget(self._at_counter())
        column.addWidget(self._waiting(), 1)

    def _at_counter(self) -> Card:
        card = Card(pad=MD, gap=XS)
        self.state = Chip("Quầy trống")
        self.number = label("", "number", "accent")
        set_face(self.number, NUMBER_PX, 800)
        self.number.setProperty(LETTERS, True)
        self.number.setFixedHeight(self.number.fontMetrics().height())
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.setAccessibleName("Số đang ở quầy")
        self.group = Elided("", "strong")
        self.group.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.priority = Chip("", "accent")
        card.body.addLayout(row(label("Tại quầy", "label", "muted"), None, self.state))
        card.body.addWidget(self.number)
        card.body.addWidget(self.group)
        card.body.addLayout(row(None, self.priority, None))
        card.body.addSpacing(XS)
        self.buttons: dict[str, Act] = {}
        card.body.addWidget(self._button("next", "primary", 48))
        grid = QGridLayout()
        grid.setSpacing(SM)
        for place, name in enumerate(("recall", "miss", "park", "finish", "transfer", "pause")):
            grid.addWidget(self._button(name, "", 38), place // 2, place % 2)
        card.body.addSpacing(XS)
        card.body.addLayout(grid)
        self.priority.hide()
        return card

    def _button(self, name: str, kind: str, height: int) -> Act:
        action = BY_ID[name]
        step = "strong" if kind else "label"
        made = Act(SHORT.get(name, action.words), action.cap, kind, height, step)
        made.setAccessibleName(action.words)
        made.layout().setContentsMargins(SM if not kind else MD, 0, 6, 0)  # type: ignore[union-attr]
        made.layout().setSpacing(XS)  # type: ignore[union-attr]
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: self.acted.emit(name))
        self.buttons[name] = made
        return made

    def _waiting(self) -> Card:
        card = Card(gap=XS)
        self.total = label("", "figure")
        self.waiting_title = label("Đang chờ", "label", "muted")
        card.body.addLayout(row(self.waiting_title, None, self.total))
        card.body.addWidget(rule())
        lines = QVBoxLayout()
        lines.setSpacing(XS)
        card.body.addLayout(lines)
        self._lines = Pool(lines, _Line)
        card.body.addStretch(1)
        self._parked_title = label("Tạm hoãn: bấm để gọi lại", "caption", "muted")
        self._parked = QHBoxLayout()
        self._parked.setSpacing(XS)
        card.body.addWidget(self._parked_title)
        card.body.addLayout(self._parked)
        return card

    def show_queue(self, queue: Queue) -> None:
        """Any piece of news leads here; one that changed nothing of this costs nothing."""
        if queue == self._shown:
            return
        self._shown = queue
        at = queue.current
        self.number.setText(at.label if at else "")
        set_face(self.number, NUMBER_PX if len(self.number.text()) <= ROOM_FOR else LONG_NUMBER_PX, 800)
        self.group.setText(_under_the_number(queue))
        words, tone = STATE_WORDS.get(at.state, ("", "")) if at else ("Quầy trống", "")
        if at is not None and at.state is TicketState.CALLED and at.calls > 1:
            words = f"Đã gọi {at.calls} lần"
        if at is not None and at.miss_due:
            words, tone = f"{words}: F4 ghi vắng", "bad"
        if queue.paused:
            words, tone = "Tạm nghỉ", "warn"
        self.state.say(words, tone)
        self.priority.setVisible(bool(at and at.priority))
        self.priority.setText(f"Ưu tiên: {at.priority}" if at else "")
        for name in ("recall", "miss", "park", "finish", "transfer"):
            self.buttons[name].setEnabled(at is not None)
        self.buttons["pause"].words.setText("Mở lại" if queue.paused else SHORT["pause"])
        self.buttons["pause"].setAccessibleName("Mở lại quầy" if queue.paused else BY_ID["pause"].words)
        self.total.setText(str(queue.waiting))
        self.waiting_title.setText(f"Đang chờ, biết lúc {queue.as_of}" if queue.as_of else "Đang chờ")
        for line, known in zip(self._lines.show(len(queue.lines)), queue.lines, strict=True):
            line.show_line(known)
        self._show_parked(queue)

    def _show_parked(self, queue: Queue) -> None:
        clear(self._parked)
        self._parked_title.setVisible(bool(queue.parked))
        for key, words in queue.parked[:3]:
            button = QPushButton(words)
            button.setFont(role("label"))
            button.setFixedHeight(30)
            button.setAccessibleName(f"Gọi lại số {words} đang tạm hoãn")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, k=key: self.parked_chosen.emit(k))
            self._parked.addWidget(button)
        self._parked.addStretch(1)

    def set_busy(self, busy: bool) -> None:
        self.buttons["next"].setEnabled(not busy)


class _Line(QWidget):
    """A line of people: its name, and how many wait."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.count = Elided("", "body"), label("", "strong")
        pair = row()
        pair.addWidget(self.name, 1)
        pair.addWidget(self.count)
        self.setLayout(pair)

    def show_line(self, line: Line) -> None:
        self.name.setText(line.name)
        self.count.setText(str(line.count))
        for part in (self.name, self.count):
            mark(part, "tone", "" if line.count else "muted")


def _under_the_number(queue: Queue) -> str:
    if queue.paused:
        return queue.paused
    if queue.current is None:
        return "Bấm F2 để gọi số"
    at = queue.current
    return f"{at.group_name} · {at.dossiers} hồ sơ" if at.dossiers > 1 else at.group_name
