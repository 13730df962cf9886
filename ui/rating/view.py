"""The rating screen at a counter: four faces, then reasons by picture. Widgets without decisions."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from kiosk.domain.rating import Reason, Score
from ui.rating.tiles import FACES, REASONS, TouchTile
from ui.rating.words import VI, Words
from ui.theme.fonts import set_face
from ui.theme.icons import icon
from ui.theme.tokens import LIGHT
from ui.widgets.basics import Elided, label

LONG_SIDE, SHORT_SIDE = 1280, 800


class RatingWindow(QWidget):
    """Signals: scored(Score), reasoned(Reason), skipped, language_asked, ticked (each second).

    factor: of the screen against 1280 x 800, or 800 x 1280 when portrait, where 1 px is 0.17 mm on a 10" tablet: keys
    of 40 mm and more.
    """

    scored = Signal(object)
    reasoned = Signal(object)
    skipped = Signal()
    language_asked = Signal()
    ticked = Signal()

    def __init__(
        self,
        office_name: str,
        counter_name: str,
        factor: float = 1.0,
        *,
        portrait: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWindowTitle(self.tr("Đánh giá phục vụ"))
        self.setAccessibleName(self.tr("Đánh giá phục vụ"))
        self._factor, self._portrait = factor, portrait
        self._words, self._label, self._score = VI, "", Score.GOOD
        self._pages = QStackedWidget()
        self._build(office_name, counter_name)
        self.speak(VI)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.ticked)
        self._timer.start(1000)

    def _px(self, size: float) -> int:
        return round(size * self._factor)

    def _build(self, office_name: str, counter_name: str) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(self._px(40), self._px(24), self._px(40), self._px(32))
        outer.setSpacing(self._px(16))
        name, counter = Elided(office_name, tone="accent"), label(counter_name, tone="muted")
        set_face(name, self._px(24), 700)
        set_face(counter, self._px(28), 700)
        head = QHBoxLayout()
        head.setSpacing(self._px(24))
        head.addWidget(name, 1)
        head.addWidget(counter)
        self.language = QPushButton()
        self.language.setMinimumSize(self._px(190), self._px(120))
        set_face(self.language, self._px(28), 700)
        self.language.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.language.clicked.connect(self.language_asked)
        head.addWidget(self.language)
        outer.addLayout(head)
        for page in (self._idle_page(counter_name), self._faces_page(), self._reasons_page(), self._last_page()):
            self._pages.addWidget(page)
        outer.addWidget(self._pages, 1)

    def _line(self, text: str, px: float, weight: int, tone: str = "") -> QLabel:
        made = label(text, tone=tone, wrap=True)
        set_face(made, self._px(px), weight)
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return made

    def _column(self, gap: float) -> tuple[QWidget, QVBoxLayout]:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._px(gap))
        return page, column

    def _picture(self, name: str, tone: str, px: float) -> QLabel:
        made = QLabel()
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        made.setPixmap(icon(name, self._px(px), str(getattr(LIGHT, tone)), 1.3))
        return made

    def _idle_page(self, counter_name: str) -> QWidget:
        page, column = self._column(20)
        column.addStretch(2)
        column.addWidget(self._picture("face-good", "accent", 190))
        column.addWidget(self._line(counter_name, 92, 800, "accent"))
        self._hello, self._invite = self._line("", 48, 700), self._line("", 34, 500, "muted")
        column.addWidget(self._hello)
        column.addWidget(self._invite)
        column.addStretch(3)
        return page

    def _faces_page(self) -> QWidget:
        page, column = self._column(12)
        self.number = self._line("", 58, 800, "accent")
        column.addWidget(self.number)
        self._question, self._once = self._line("", 42, 700), self._line("", 30, 500, "muted")
        column.addWidget(self._question)
        column.addSpacing(self._px(10))
        faces = QGridLayout()
        faces.setSpacing(self._px(20))
        self.faces: dict[Score, TouchTile] = {}
        across = 2 if self._portrait else len(FACES)
        for place, score in enumerate(FACES):
            tile = TouchTile(self._px(216), self._px(40), lines=2)
            tile.clicked.connect(partial(self.scored.emit, score))
            self.faces[score] = tile
            faces.addWidget(tile, place // across, place % across)
        column.addLayout(faces, 1)
        column.addSpacing(self._px(6))
        column.addWidget(self._once)
        return page

    def _reasons_page(self) -> QWidget:
        page, column = self._column(14)
        self.question = self._line("", 46, 700)
        column.addWidget(self.question)
        column.addSpacing(self._px(6))
        grid = QGridLayout()
        grid.setSpacing(self._px(18))
        self.reasons: dict[Reason, TouchTile] = {}
        across = 2 if self._portrait else 3
        for place, reason in enumerate(Reason):
            tile = TouchTile(self._px(84), self._px(34), lines=2 if self._portrait else 1)
            tile.clicked.connect(partial(self.reasoned.emit, reason))
            self.reasons[reason] = tile
            grid.addWidget(tile, place // across, place % across)
        column.addLayout(grid, 1)
        self.skip = QPushButton()
        self.skip.setMinimumSize(self._px(360), self._px(120))
        set_face(self.skip, self._px(36), 700)
        self.skip.clicked.connect(self.skipped)
        column.addWidget(self.skip, 0, Qt.AlignmentFlag.AlignCenter)
        return page

    def _last_page(self) -> QWidget:
        page, column = self._column(20)
        self._sign = self._picture("check", "good", 200)
        self.message, self.more = self._line("", 60, 800), self._line("", 34, 500, "muted")
        column.addStretch(2)
        column.addWidget(self._sign)
        column.addWidget(self.message)
        column.addWidget(self.more)
        column.addStretch(3)
        return page

    def speak(self, words: Words) -> None:
        self._words = words
        self.language.setText(words.other)
        self._hello.setText(words.hello)
        self._invite.setText(words.invite)
        self._question.setText(words.question)
        self._once.setText(words.once)
        self.skip.setText(words.skip)
        for score, look in FACES.items():
            self.faces[score].show_look(look, words.faces[score])
        self._say_number()
        self._say_reasons()

    def _say_number(self) -> None:
        self.number.setText(self._words.number.format(number=self._label))

    def _say_reasons(self) -> None:
        self.question.setText(self._words.asks(self._score))
        for reason, words in self._words.reasons(self._score).items():
            self.reasons[reason].show_look(REASONS[reason], words)

    def _turn_to(self, page: int) -> None:
        """Nothing looks chosen on a page that nobody has touched yet."""
        self._pages.setCurrentIndex(page)
        self.setFocus()

    def show_idle(self) -> None:
        self._turn_to(0)

    def show_faces(self, label: str) -> None:
        self._label = label
        self._say_number()
        self._turn_to(1)

    def show_reasons(self, score: Score) -> None:
        self._score = score
        self._say_reasons()
        self._turn_to(2)

    def show_thanks(self) -> None:
        self._last("check", "good", self._words.thanks, self._words.kept)

    def show_problem(self, message: str, fix: str) -> None:
        self._last("warn", "warn", message, fix)

    def _last(self, name: str, tone: str, message: str, more: str) -> None:
        self._sign.setPixmap(icon(name, self._px(200), str(getattr(LIGHT, tone)), 1.6))
        self.message.setText(message)
        self.more.setText(more)
        self._turn_to(3)
