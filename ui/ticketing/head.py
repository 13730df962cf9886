"""The upper edge of every page of the kiosk: whose it is, what this page asks, and the keys for help."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from kiosk.clock import Clock
from ui.theme.fonts import set_face
from ui.ticketing.look import LEAST_MM, Look
from ui.ticketing.tiles import TouchButton
from ui.widgets.basics import ClockLabel, Elided, label


class Head(QVBoxLayout):
    """title: what the page asks; below: where the priority classes are, for a small glass, whose last row has no room
    above it."""

    def __init__(self, look: Look, office_name: str, clock: Clock) -> None:
        super().__init__()
        self._look = look
        large = look.roomy and not look.slim
        self.title = label(look.words.what, wrap=not large)
        set_face(self.title, look.cap(8.5) if large else look.main, 800)
        self.below = label(look.words.priority_short, tone="muted")
        set_face(self.below, look.cap(LEAST_MM), 600)
        self.below.hide()
        words = QVBoxLayout()
        words.setSpacing(0 if look.small else look.mm(1))
        if not look.low and not look.small:
            words.addWidget(self._name(office_name))
        if not look.roomy:
            words.addWidget(self.title)
        if look.small:
            words.addWidget(self.below)
        top = QHBoxLayout()
        top.setSpacing(look.mm(5))
        top.addLayout(words, 1)
        top.addLayout(self._aside(clock))
        self.setSpacing(look.mm(6))
        self.addLayout(top)
        if look.roomy:
            self.addWidget(self.title)

    def _name(self, office_name: str) -> QLabel:
        look = self._look
        name = label(office_name, tone="accent", wrap=True) if look.roomy else Elided(office_name, tone="accent")
        set_face(name, look.cap(3.6 if look.roomy else 3.3), 700)
        name.setProperty("decor", True)
        return name

    def _aside(self, clock: Clock) -> QHBoxLayout:
        look = self._look
        listen = look.words.listen_short if look.small or look.slim else look.words.listen
        hand, width_mm = ("", 28) if look.narrow else ("hand", 36)
        self.help_key = TouchButton(look.words.help, look, icon_name=hand, width_mm=width_mm)
        self.listen_key = TouchButton(listen, look, icon_name="speaker", width_mm=28)
        self.listen_key.setAccessibleName(look.words.listen)
        aside = QHBoxLayout()
        aside.setSpacing(look.mm(3 if look.small else 5))
        if not look.small:
            days = tuple(look.words.days.split("|"))
            time = ClockLabel(clock, look.cap(5.5), look.cap(3.0), days=days)
            for part in time.findChildren(QLabel):
                part.setProperty("decor", True)
            aside.addWidget(time)
        for key in (self.listen_key, self.help_key):
            key.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            aside.addWidget(key)
        return aside
