"""A small panel over the desk: one choice of a list, by number or Enter, and one setting moved with the arrows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.desk.model import Choice
from ui.desk.over_panel import OverPanel, choice_button
from ui.theme.tokens import MD, SM, XL, XS
from ui.widgets.basics import Card, Elided, clear, key_hints, keycap, label, row

WIDTH, LINE, SHOWN = 620, 42, 9


class ChoicePanel(OverPanel):
    """Covers `over` while it is shown. Signals: chosen(act, choice id, setting id)."""

    chosen = Signal(str, str, str)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, "Bảng chọn")
        self._act = ""
        self._choices: tuple[Choice, ...] = ()
        self._settings: tuple[Choice, ...] = ()
        self._at = self._set = self._first = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        card = Card(pad=XL, gap=SM)
        card.setFixedWidth(WIDTH)
        self.title = label("", "title")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(XS)
        self.setting_name = label("", "label", "muted")
        self._setting_line = row()
        self._setting_line.setSpacing(SM)
        card.body.addWidget(self.title)
        card.body.addLayout(self._lines)
        card.body.addSpacing(SM)
        card.body.addWidget(self.setting_name)
        card.body.addLayout(self._setting_line)
        card.body.addSpacing(SM)
        foot = row(keycap("↑ ↓"), label("chọn", "caption", "muted"), MD)
        self._setting_keys = (keycap("← →"), label("đổi", "caption", "muted"))
        for part in self._setting_keys:
            foot.addWidget(part)
        foot.addSpacing(MD)
        key_hints(foot, ("Enter", "đồng ý"), ("Esc", "thôi"))
        foot.addStretch(1)
        card.body.addLayout(foot)
        self.place(card)

    def ask(
        self, act: str, title: str, choices: Sequence[Choice], setting: str = "", settings: Sequence[Choice] = ()
    ) -> None:
        """Nine choices are seen at once, the arrows bring the rest; `settings` are values of one setting. What is
        usual is chosen already, else the first."""
        self._act, self._choices, self._settings = act, tuple(choices), tuple(settings)
        self._at, self._set, self._first = _usual(self._choices), _usual(self._settings), 0
        self.title.setText(title)
        self.setAccessibleName(title)
        self.setting_name.setText(setting)
        for part in (self.setting_name, *self._setting_keys):
            part.setVisible(bool(settings))
        self._draw()
        self.stand(self)

    def _draw(self) -> None:
        clear(self._lines)
        self._first = min(max(self._first, self._at - SHOWN + 1), self._at)
        for line, choice in enumerate(self._choices[self._first : self._first + SHOWN]):
            button = self._line(str(line + 1), choice.words, self._first + line == self._at)
            button.clicked.connect(lambda _=False, n=self._first + line: self._take(n))
            self._lines.addWidget(button)
        clear(self._setting_line)
        for place, choice in enumerate(self._settings):
            button = choice_button(choice.words, on=place == self._set)
            button.clicked.connect(lambda _=False, n=place: self._choose_setting(n))
            self._setting_line.addWidget(button)

    @staticmethod
    def _line(key: str, words: str, on: bool) -> QPushButton:
        """Its key first, all of them under each other."""
        button = choice_button("", on=on)
        button.setFixedHeight(LINE)
        button.setAccessibleName(f"{key} {words}")
        inner = row(keycap(key, "on" if on else ""))
        inner.addWidget(Elided(words, "strong" if on else "body", "on" if on else ""), 1)
        inner.setContentsMargins(SM, 0, SM, 0)
        button.setLayout(inner)
        for part in button.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return button

    def _choose_setting(self, place: int) -> None:
        self._set = place % len(self._settings) if self._settings else 0
        self._draw()

    def _take(self, place: int) -> None:
        if place >= len(self._choices):
            return
        setting = self._settings[self._set].id if self._settings else ""
        self.close_panel()
        self.chosen.emit(self._act, self._choices[place].id, setting)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close_panel()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self._at)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._choices:
            self._at = (self._at + (1 if key == Qt.Key.Key_Down else -1)) % len(self._choices)
            self._draw()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._choose_setting(self._set + (1 if key == Qt.Key.Key_Right else -1))
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self._take(self._first + key - Qt.Key.Key_1)

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self.close_panel()


def _usual(choices: Sequence[Choice]) -> int:
    return next((place for place, choice in enumerate(choices) if choice.usual), 0)


class UndoKey(QObject):
    """Ctrl+Z and Ctrl+Shift+Z belong to the desk, unless the field with the focus holds typed text that they change."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        for field in window.findChildren(QLineEdit):
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        back, forth = event.matches(QKeySequence.StandardKey.Undo), event.matches(QKeySequence.StandardKey.Redo)
        if not (back or forth):
            return False
        if isinstance(watched, QLineEdit) and (watched.isRedoAvailable() if forth else _can_undo(watched)):
            return False
        event.ignore()
        return True


def _can_undo(field: QLineEdit) -> bool:
    return bool(field.text()) and field.isUndoAvailable()
