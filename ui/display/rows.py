"""One call on the hall's screen: number, arrow, counter. Its place and height never change."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from ui.display.presenter import Call
from ui.theme.fonts import font, set_face
from ui.theme.icons import icon
from ui.theme.tokens import HALL
from ui.widgets.basics import label, mark

USUAL_NUMBER = "D000"
NOBODY_CALLED = "Mời ông/bà ngồi chờ gọi số"
SHORT = 3  # letters of a counter that stand as large as the number; a longer name is set smaller
_PLACE = re.compile(r"(\S+)\s+(?:số\s+)?(\S{1,3})")


def split_place(counter: str) -> tuple[str, str]:
    """ "Quầy 12" -> ("Quầy", "12"): the word small, the figure large. Any other name stays whole."""
    parts = _PLACE.fullmatch(counter.strip())
    return (parts[1], parts[2]) if parts else ("", counter.strip())


class CallRow(QFrame):
    """font_px: of number and counter, in px of the screen; lead_px: of the newest call, so that all rows line up;
    unit: px of the screen per px of the 1080 px picture; wordy: with the arrow and the word before the figure."""

    def __init__(self, unit: float, font_px: int, lead_px: int, *, lead: bool, wordy: bool = True) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._lead, self._font_px, self._wordy = lead, font_px, wordy
        self._spoken = False
        self._arrow_px = round(unit * 66)
        self._speaker_px = round(unit * 52)
        self.number, self.word, self.counter = label(), label("", tone="muted"), label()
        self._arrow, self._speaker = QLabel(), QLabel()
        self.calm = label("", tone="muted")  # instead of a number, so that an empty board does not look broken
        set_face(self.calm, round(unit * 46), 600)
        set_face(self.number, font_px, 800)
        self.number.setMinimumWidth(QFontMetrics(font(lead_px, 800)).horizontalAdvance(USUAL_NUMBER))
        set_face(self.word, round(unit * 46), 600)
        set_face(self.counter, font_px, 800)
        self.counter.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        if not wordy:  # far apart and in two colours: "A027" and "1" must never be read as one number
            self.counter.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._speaker.setFixedWidth(self._speaker_px)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(round(unit * 36), 0, round(unit * 16), 0)
        layout.setSpacing(round(unit * 18))
        layout.addWidget(self.calm)
        layout.addWidget(self.number)
        layout.addWidget(self._arrow)
        layout.addWidget(self.word)
        layout.addWidget(self.counter, 1)
        layout.addWidget(self._speaker, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.setMinimumHeight(1)  # a long name is cut rather than move the rows
        self.show_call(None)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return False  # a long name that wraps must not make its row taller

    def show_call(self, call: Call | None) -> None:
        word, place = split_place(call.counter) if call else ("", "")
        self.number.setText(call.label if call else "")
        self.word.setText(word)
        self.word.setVisible(bool(word) and self._wordy)
        long = len(place) > SHORT
        set_face(self.counter, round(self._font_px * 0.3) if long else self._font_px, 700 if long else 800)
        self.counter.setWordWrap(long)
        self.counter.setText(place)
        self._arrow.setVisible(call is not None and self._wordy)
        for part, on in ((self.number, call is not None), (self.calm, call is None and self._lead)):
            part.setVisible(on)
        self.calm.setText(NOBODY_CALLED if call is None and self._lead else "")
        self.setAccessibleName(f"{call.label} mời đến {call.counter}" if call else self.calm.text())
        self.light(False)

    def light(self, on: bool) -> None:
        mark(self, "kind", "accent" if on else "card")
        for part in (self.number, self.counter):
            mark(
                part,
                "tone",
                "on" if on else ("accent" if part is self.number and (self._lead or not self._wordy) else ""),
            )
        mark(self.word, "tone", "on" if on else "muted")
        self._arrow.setPixmap(icon("arrow", self._arrow_px, HALL.on_accent if on else HALL.edge, 1.8))
        self._draw_speaker()

    def speak(self, on: bool) -> None:
        """This number is being spoken now."""
        self._spoken = on
        self._draw_speaker()

    def _draw_speaker(self) -> None:
        if not self._spoken:
            self._speaker.clear()
            return
        colour = HALL.on_accent if self.property("kind") == "accent" else HALL.accent
        self._speaker.setPixmap(icon("speaker", self._speaker_px, colour, 1.8))
