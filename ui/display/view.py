"""The hall's screen: who is called to which counter. Widgets without decisions; sizes follow the screen's height."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import structlog
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from kiosk.clock import Clock
from ui.audio.announcer import SoundState
from ui.display.notice_card import NoticeCard
from ui.display.notices import Notice
from ui.display.presenter import RECENT, Call, Waiting
from ui.display.rows import CallRow
from ui.display.sizes import Sizes, sizes_for
from ui.display.veil import Veil
from ui.theme.fonts import font, set_face
from ui.theme.icons import icon
from ui.theme.sheet import stylesheet
from ui.theme.tokens import HALL
from ui.widgets.basics import Card, ClockLabel, Elided, clear, label, mark

BLINKS = 8
BLINK_MS = 400
REFERENCE_HEIGHT = 1080
USUAL = sizes_for(diagonal_in=55, back_row_m=6)
WIDEST_WITH_TIMES = 1300  # px of the calls' column; beside a wider one the recent calls go without their times
WAITING_NAMES = (28, 26, 24, 22)  # px of the 1080 px picture
NAMED_LINES = 6  # more lines do not fit by name: then by the letter on their tickets


class DisplayWindow(QWidget):
    """Signals: ticked, twice a second."""

    ticked = Signal()

    def __init__(
        self,
        office_name: str,
        clock: Clock,
        height: int = REFERENCE_HEIGHT,
        sizes: Sizes = USUAL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.tr("Màn hình gọi số"))
        self.setStyleSheet(stylesheet(HALL))
        self._unit = height / REFERENCE_HEIGHT
        self._sizes = sizes
        self._speaking = ""
        self._blinks = 0
        self._build(office_name, clock)
        self._veil = Veil(self, self._px(28 + 92 + 12))
        self._blink_timer = QTimer(self)
        self._blink_timer.timeout.connect(self._blink)
        self._tick_timer = QTimer(self)
        self._tick_timer.timeout.connect(self.ticked)
        self._tick_timer.start(500)

    def _px(self, size: float) -> int:
        return round(size * self._unit)

    def _build(self, office_name: str, clock: Clock) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(self._px(48), self._px(28), self._px(48), self._px(36))
        outer.setSpacing(self._px(24))
        name = Elided(office_name, tone="muted")
        set_face(name, self._px(38), 600)
        self._head = QStackedWidget()  # the banner takes the name's place: the numbers never move
        self._head.setFixedHeight(self._px(92))
        self._head.addWidget(name)
        self._head.addWidget(self._banner())
        head = QHBoxLayout()
        head.setSpacing(self._px(32))
        head.addWidget(self._head, 1)
        head.addWidget(self._sound_mark())
        head.addWidget(ClockLabel(clock, self._px(64), self._px(34), stacked=False))
        outer.addLayout(head)
        body = QHBoxLayout()
        body.setSpacing(self._px(32))
        body.addWidget(self._calls())
        body.addWidget(self._side(), 1)
        outer.addLayout(body, 1)
        self._waiting_row = QHBoxLayout()
        self._waiting_row.setSpacing(self._px(20))
        outer.addLayout(self._waiting_row)

    def _banner(self) -> QFrame:
        box = Card(kind="notice", pad=self._px(12))
        mark(box, "tone", "bad")
        self._stale_words = label("", tone="bad")
        set_face(self._stale_words, self._px(34), 700)
        picture = QLabel()
        picture.setPixmap(icon("warn", self._px(48), HALL.bad, 2))
        line = QHBoxLayout()
        line.setSpacing(self._px(24))
        line.addWidget(picture)
        line.addWidget(self._stale_words, 1)
        box.body.addLayout(line)
        return box

    def _sound_mark(self) -> QWidget:
        """Small and for the staff: the hall reads on as before."""
        self._mute = QWidget()
        self._mute_picture, self._mute_words = QLabel(), label("", tone="muted")
        set_face(self._mute_words, self._px(26), 600)
        line = QHBoxLayout(self._mute)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self._px(10))
        line.addWidget(self._mute_picture)
        line.addWidget(self._mute_words)
        self._mute.hide()
        return self._mute

    def _calls(self) -> QWidget:
        box = QWidget()
        box.setFixedWidth(self._px(self._sizes.column_px))
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._px(18))
        title = label(self.tr("Mời đến quầy"), tone="muted")
        set_face(title, self._px(40), 600)
        column.addWidget(title)
        sizes = self._sizes
        faces = [sizes.lead_font_px, *[sizes.font_px] * (sizes.rows - 1)]
        self._rows = [
            CallRow(self._unit, self._px(px), self._px(faces[0]), lead=place == 0, wordy=sizes.wordy)
            for place, px in enumerate(faces)
        ]
        for place, line in enumerate(self._rows):
            column.addWidget(line, round(100 * sizes.lead_share) if place == 0 else 100)
        return box

    def _side(self) -> QWidget:
        """Recent calls, and under them the notices when there are any; the calls' own column is not touched."""
        box = QWidget()
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._px(18))
        column.addWidget(self._recent_list(), 58)
        self._notice = NoticeCard(self._unit)
        self._notice.hide()
        column.addWidget(self._notice, 42)
        return box

    def _recent_list(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._px(18))
        title = label(self.tr("Vừa gọi"), tone="muted")
        set_face(title, self._px(40), 600)
        column.addWidget(title)
        card = Card(pad=self._px(20), gap=0)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._recents: list[tuple[QLabel, QLabel, QLabel]] = []
        for _place in range(RECENT):
            number, counter, at = label(), label(), label("", tone="muted")
            set_face(number, self._px(48), 700)
            set_face(counter, self._px(38), 600)
            set_face(at, self._px(30), 500, tabular=True)
            at.setVisible(self._sizes.column_px <= WIDEST_WITH_TIMES)
            line = QHBoxLayout()
            line.addWidget(number, 5)
            line.addWidget(counter, 5)
            line.addWidget(at, 0)
            card.body.addLayout(line, 1)
            self._recents.append((number, counter, at))
        column.addWidget(card, 1)
        return box

    def show_calls(self, current: Sequence[Call], recent: Sequence[Call]) -> None:
        for place, line in enumerate(self._rows):
            line.show_call(current[place] if place < len(current) else None)
        for place, (number, counter, at) in enumerate(self._recents):
            known = recent[place] if place < len(recent) else None
            number.setText(known.label if known else "")
            counter.setText(known.counter if known else "")
            at.setText(f"{known.at:%H:%M}" if known else "")
        self._rows[0].light(self._blinks % 2 == 1)
        self.show_speaking(self._speaking)

    def call(self, call: Call) -> None:
        words = self.tr("Mời số {number} đến {counter}")
        self.setAccessibleDescription(words.format(number=call.label, counter=call.counter))
        self._blinks = BLINKS + 1
        self._blink()
        self._blink_timer.start(BLINK_MS)

    def _blink(self) -> None:
        self._blinks -= 1
        self._rows[0].light(self._blinks % 2 == 0 and self._blinks > 0)
        if self._blinks <= 0:
            self._blink_timer.stop()

    def show_speaking(self, label: str) -> None:
        self._speaking = label
        for line in self._rows:
            line.speak(bool(label) and line.number.text() == label)

    def show_sound(self, state: SoundState) -> None:
        words = {SoundState.SILENT: self.tr("Chưa có loa"), SoundState.FAILED: self.tr("Loa không phát")}
        self._mute.setVisible(state in words)
        if state in words:
            colour = HALL.warn if state is SoundState.FAILED else HALL.edge
            self._mute_picture.setPixmap(icon("mute", self._px(40), colour, 1.8))
            self._mute_words.setText(words[state])
            self._mute.setAccessibleName(words[state])

    def show_notice(self, notice: Notice | None) -> None:
        """None: there are none, and the recent calls have the whole column."""
        if notice is None:
            self._notice.hide()
            return
        if self._notice.isHidden():
            self._notice.show()
            self._settle()
        if not self._notice.show_notice(notice):
            structlog.get_logger().warning("display.picture_unreadable")

    def _settle(self) -> None:
        """Give the new part its place now, so that its first notice knows its frame."""
        side = self._notice.parentWidget()
        if side is not None and (layout := side.layout()) is not None:
            layout.activate()

    def show_waiting(self, waiting: Sequence[Waiting]) -> None:
        clear(self._waiting_row)
        title = label(self.tr("Đang chờ"), tone="muted")
        set_face(title, self._px(32), 600)
        self._waiting_row.addWidget(title)
        named = len(waiting) <= NAMED_LINES
        names = [line.name if named else line.series for line in waiting]
        px = self._name_px(names, [str(line.count) for line in waiting], title.sizeHint().width())
        for line, words in zip(waiting, names, strict=True):
            name = Elided(words, tone="muted")
            set_face(name, px, 500)
            count = label(str(line.count))
            set_face(count, self._px(34), 700, tabular=True)
            self._waiting_row.addSpacing(self._px(8))
            # As wide as it wants, and no wider than the screen: the row must never push the numbers out.
            name.setMaximumWidth(name.sizeHint().width())
            self._waiting_row.addWidget(name, name.sizeHint().width())
            self._waiting_row.addWidget(count)
        self._waiting_row.addStretch(1)

    def _name_px(self, names: Sequence[str], counts: Sequence[str], title: int) -> int:
        """The largest letters that leave every name whole; names that are too long even for the least are cut."""
        figures = QFontMetrics(font(self._px(34), 700))
        apart = 2 * self._waiting_row.spacing() + self._px(8) + self._waiting_row.spacing()
        room = self.width() - 2 * self._px(48) - title - self._waiting_row.spacing()
        room -= sum(figures.horizontalAdvance(count) + apart for count in counts)
        for size in WAITING_NAMES:
            metrics = QFontMetrics(font(self._px(size), 500))
            if sum(metrics.horizontalAdvance(name) + 2 for name in names) <= room:
                break
        return self._px(size)

    def show_stale(self, since: datetime | None) -> None:
        self._head.setCurrentIndex(0 if since is None else 1)
        self._veil.cover(since is not None)
        if since is not None:
            words = self.tr("Mất tin từ {time}. Mời nghe cán bộ gọi số.")
            self._stale_words.setText(words.format(time=f"{since:%H:%M:%S}"))
