"""The faces and the reasons: a large picture over a few words, the whole of it one key."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout

from kiosk.domain.rating import Reason, Score
from ui.theme.fonts import set_face
from ui.theme.icons import icon
from ui.theme.tokens import LIGHT
from ui.widgets.basics import label


@dataclass(frozen=True)
class Look:
    """icon and tone: of the theme."""

    icon: str
    tone: str = ""


FACES = {
    Score.VERY_GOOD: Look("face-very-good", "good"),
    Score.GOOD: Look("face-good", "info"),
    Score.NEUTRAL: Look("face-neutral", "warn"),
    Score.BAD: Look("face-bad", "bad"),
}
REASONS = {
    Reason.TIME: Look("clock"),
    Reason.ATTITUDE: Look("smile"),
    Reason.GUIDANCE: Look("talk"),
    Reason.PAPERS: Look("paper"),
    Reason.TRIPS: Look("trips"),
    Reason.PLACE: Look("seat"),
}


class TouchTile(QPushButton):
    """picture_px and text_px at the screen's own size; lines: room for the words, so that pictures stand level."""

    def __init__(self, picture_px: int, text_px: int, lines: int = 1) -> None:
        super().__init__()
        self.setProperty("kind", "tile")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._picture_px = picture_px
        self._icon, self._words = QLabel(), label("", wrap=True)
        set_face(self._words, text_px, 700)
        self._words.setMinimumHeight(self._words.fontMetrics().lineSpacing() * lines)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        for part in (self._icon, self._words):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(text_px // 4, text_px // 4, text_px // 4, text_px // 4)
        column.setSpacing(picture_px // 10)
        column.addStretch(1)
        column.addWidget(self._icon)
        column.addWidget(self._words)
        column.addStretch(1)

    def show_look(self, look: Look, words: str) -> None:
        colour = str(getattr(LIGHT, look.tone)) if look.tone else LIGHT.accent
        self._icon.setPixmap(icon(look.icon, self._picture_px, colour, 1.4))
        self._words.setText(words)
        if look.tone:
            self.setProperty("tone", look.tone)
            self._words.setProperty("tone", look.tone)
        self.setAccessibleName(words.replace("\u00a0", " "))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._picture_px, self._picture_px)
