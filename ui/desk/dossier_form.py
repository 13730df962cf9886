"""The small form of one act: its fields, a list of reasons by number key, errors above with a jump to the field."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from ui.desk.dossier_model import Ask, Form
from ui.theme.fonts import role
from ui.theme.tokens import SM, XS
from ui.widgets.basics import Notice, clear, key_hints, keycap, label, mark, row

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
FIELD = 38


class ActForm(QWidget):
    """Signals: given(values by name), cancelled."""

    given = Signal(dict)
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._asks: tuple[Ask, ...] = ()
        self.fields: dict[str, QLineEdit] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SM)
        self.title = label("", "title")
        self.notice = Notice(closable=False)
        self.told = label("", "body", wrap=True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(XS)
        for part in (self.title, self.notice, self.told):
            column.addWidget(part)
        column.addLayout(self._lines)
        column.addStretch(1)
        foot = row(gap=SM)
        key_hints(foot, ("Enter", "ô sau, xong"), ("Ctrl+Enter", "làm"), ("1 … 9", "chọn câu sẵn"), ("Esc", "thôi"))
        foot.addStretch(1)
        column.addLayout(foot)

    def ask(self, form: Form) -> None:
        self._asks, self.fields = form.asks, {}
        self.title.setText(form.title)
        self.told.setText(form.told)
        self.told.setVisible(bool(form.told))
        self.notice.hide()
        clear(self._lines)
        for one in form.asks:
            self._add(one)
        empty = next((a.name for a in form.asks if not a.value), form.asks[0].name)
        self.fields[empty].setFocus()

    def _add(self, one: Ask) -> None:
        self._lines.addWidget(label(one.words, "label", "muted"))
        field = QLineEdit(one.value)
        field.setPlaceholderText(one.hint)
        field.setAccessibleName(one.words)
        field.setFont(role("body"))
        field.setMinimumHeight(FIELD)
        field.installEventFilter(self)
        self.fields[one.name] = field
        self._lines.addWidget(field)
        field.show()  # now: Qt would do it a moment later, and a key that comes before that would be lost
        for number, words in enumerate(one.choices, 1):
            line = row(keycap(str(number)), gap=SM)
            line.addWidget(label(words, "caption"), 1)
            self._lines.addLayout(line)

    def show_errors(self, errors: Mapping[str, str], words: str, fix: str) -> None:
        """All of them at once; the first field that is wrong gets the focus."""
        self.notice.say("bad", words, fix)
        for name, field in self.fields.items():
            mark(field, "tone", "bad" if name in errors else "")
        first = next((name for name in self.fields if name in errors), "")
        if first:
            self.fields[first].setFocus()

    def values(self) -> dict[str, str]:
        return {ask.name: _said(ask, self.fields[ask.name].text().strip()) for ask in self._asks}

    # --- keys ----------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QLineEdit):
            return self._key(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, field: QLineEdit, event: QKeyEvent) -> bool:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() in ENTER and event.isAutoRepeat():
            return True  # a key that is held fills one field only
        elif event.key() in ENTER and (control or field is list(self.fields.values())[-1]):
            self.given.emit(self.values())
        elif event.key() in ENTER:
            self.focusNextChild()
        elif control and event.key() == Qt.Key.Key_O:
            self._choose_file()
        else:
            return False
        return True

    def _choose_file(self) -> None:
        target = next((ask for ask in self._asks if ask.is_file), None)
        if target is None:
            return
        path, _kind = QFileDialog.getOpenFileName(self, target.words, "", self.tr("Tệp PDF (*.pdf)"))
        if path:
            self.fields[target.name].setText(path)
            self.fields[target.name].setFocus()


def _said(ask: Ask, text: str) -> str:
    """A number alone stands for the prepared words."""
    number = int(text) if text.isdecimal() and text.isascii() and len(text) < 3 else 0
    return ask.choices[number - 1] if 1 <= number <= len(ask.choices) else text
