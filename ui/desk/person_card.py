"""The citizen: the box for the card's payload or number, and the fields that it fills."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from kiosk.domain.person import Person
from kiosk.text import tidy
from ui.desk.case_box import Chooser
from ui.desk.model import Earlier
from ui.theme.fonts import font, role
from ui.theme.look import type_px
from ui.theme.tokens import MD, SM, XS
from ui.widgets.basics import Card, Chip, clear, label, mark

FIELD_HEIGHT = 36
EARLIER_SHOWN = 3
LAST_LINE, SUBMITTER, LINK, LINK_PAD = 520, 230, 250, 26  # px: room beside the words in front; shares of it; edges


def born_shown(born_on: str) -> str:
    """ "1990-03-05" -> "05/03/1990"; "1950" stays."""
    return "/".join(reversed(born_on.split("-")))


def born_kept(text: str) -> str:
    """ "05031990", "5/3/1990" or "1950" -> "1990-03-05" or "1950"; what is not a date stays as typed."""
    text = text.strip()
    if match := re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", text) or re.fullmatch(
        r"(\d{2})(\d{2})(\d{4})", text
    ):
        day, month, year = match.groups()
        return f"{year}-{int(month):02d}-{int(day):02d}"
    if match := re.fullmatch(r"(\d{1,2})/(\d{4})", text):
        return f"{match[2]}-{int(match[1]):02d}"
    return text


class CardBox(QLineEdit):
    """Takes a scanner's keystrokes as they are: "hidden text" gets no input method, so Telex cannot spoil it."""

    def __init__(self) -> None:
        super().__init__()
        self.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.selectAll()


class PersonCard(Card):
    """Signals: card_entered(payload), edited(fields by name of `Person`), earlier_chosen(Earlier), link_asked."""

    card_entered = Signal(str)
    edited = Signal(dict)
    earlier_chosen = Signal(object)
    link_asked = Signal()

    def __init__(self) -> None:
        super().__init__(gap=SM)
        self.card = CardBox()
        self.name, self.phone, self.born, self.address = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.sex = Chooser()
        self.sex.addItems(["", "Nam", "Nữ"])
        self.phone.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText)
        self.born.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText)
        self.card.setPlaceholderText("Quét thẻ, hoặc gõ 12 số")
        self.born.setPlaceholderText("5/3/1990")
        grid = QGridLayout()
        grid.setHorizontalSpacing(MD)
        grid.setVerticalSpacing(SM)
        for column, (words, part, stretch) in enumerate(
            (("Thẻ căn cước", self.card, 24), ("Họ và tên", self.name, 34), ("Điện thoại", self.phone, 17))
        ):
            grid.addWidget(self._field(words, part), 0, column)
            grid.setColumnStretch(column, stretch)
        second = QHBoxLayout()
        second.setSpacing(MD)
        second.addWidget(self._field("Ngày sinh", self.born), 16)
        second.addWidget(self._field("Giới tính", self.sex), 11)
        second.addWidget(self._field("Nơi cư trú", self.address), 62)
        for edit, least in ((self.card, 160), (self.name, 200), (self.phone, 128), (self.born, 118)):
            edit.setMinimumWidth(least)
        self.sex.setMinimumWidth(82)
        self.body.addLayout(grid)
        self.body.addLayout(second)
        self._known: tuple[Earlier, ...] = ()
        self._submitter_words = self._older_words = ""
        self._earlier = QHBoxLayout()
        self._earlier.setSpacing(SM)
        self.submitter = Chip()
        self.older = QPushButton()
        self.older.setProperty("kind", "link")
        self.older.setFont(role("caption"))
        self.older.setFixedHeight(26)
        self.older.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.older.clicked.connect(self.link_asked)
        last = QHBoxLayout()
        last.setSpacing(SM)
        last.addLayout(self._earlier, 1)
        last.addWidget(self.older)
        last.addWidget(self.submitter)
        self.body.addLayout(last)
        self.show_submitter("")
        self.show_older("")
        self.card.returnPressed.connect(self._enter)
        for edit in (self.name, self.phone, self.born, self.address):
            edit.editingFinished.connect(self._edited)
            edit.textEdited.connect(self._edited)
        self.sex.activated.connect(self._edited)
        self.sex.entered.connect(self.focusNextChild)
        self.name.returnPressed.connect(self.focusNextChild)

    def _field(self, words: str, part: QWidget) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(XS)
        title = label(words, "label", "muted")
        title.setBuddy(part)
        part.setAccessibleName(words)
        part.setFixedHeight(FIELD_HEIGHT)
        part.setFont(font(15, 500))
        column.addWidget(title)
        column.addWidget(part)
        return box

    def _enter(self) -> None:
        payload = self.card.text()
        if payload.strip():
            self.card_entered.emit(payload)

    def _edited(self) -> None:
        fields = {
            "full_name": tidy(self.name.text()),
            "phone": self.phone.text().strip(),
            "born_on": born_kept(self.born.text()),
            "sex": self.sex.currentText(),
            "address": tidy(self.address.text()),
        }
        if any(fields.values()) and re.fullmatch(r"\d{9}|\d{12}", self.card.text().strip()):
            fields["id_number"] = self.card.text().strip()
        self.edited.emit(fields)

    def show_person(self, person: Person | None) -> None:
        shown = person or Person("", "")
        parts = (
            (self.card, shown.id_number),
            (self.name, shown.full_name),
            (self.phone, shown.phone),
            (self.born, born_shown(shown.born_on)),
            (self.address, shown.address),
        )
        for edit, text in parts:
            with QSignalBlocker(edit):
                edit.setText(text)
                edit.setCursorPosition(0)
                edit.setToolTip(text)
        self.sex.setCurrentIndex(max(0, self.sex.findText(shown.sex)))

    def show_submitter(self, words: str) -> None:
        self._submitter_words = words
        self.submitter.setVisible(bool(words))
        self._fit()

    def show_older(self, words: str) -> None:
        self._older_words = words
        self.older.setAccessibleName(words)
        self.older.setVisible(bool(words))
        self._fit()

    def show_earlier(self, earlier: Sequence[Earlier]) -> None:
        self._known = tuple(earlier[:EARLIER_SHOWN])
        self._fit()

    def _fit(self) -> None:
        """The last line never makes the window broader: what stands on it shares its room."""
        offers = bool(self._older_words) + bool(self._submitter_words)
        known = self._known[: max(EARLIER_SHOWN - 2 * offers, 0)]
        room = type_px(LAST_LINE) - (type_px(SUBMITTER) if self._submitter_words else 0)
        each = room // max(len(known) + bool(self._older_words), 1)
        for part, words, wide in (
            (self.submitter, self._submitter_words, type_px(SUBMITTER if known or self._older_words else LAST_LINE)),
            (self.older, self._older_words, each),
        ):
            part.setText(part.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, wide - LINK_PAD))
            part.setToolTip(words)
        mark(self.submitter, "tone", "info")
        clear(self._earlier)
        head = label("Hồ sơ trước:" if self._known else "Chưa có hồ sơ trước đây", "caption", "muted")
        self._earlier.addWidget(head)
        for one in known:
            self._earlier.addWidget(self._link(one, min(each, type_px(LINK))))
        self._earlier.addStretch(1)

    def _link(self, known: Earlier, wide: int) -> QPushButton:
        day = f" {known.at:%d/%m/%Y}" if known.at else ""
        button = QPushButton()
        button.setProperty("kind", "link")
        button.setFont(role("caption"))
        button.setFixedHeight(26)
        button.setMaximumWidth(wide)
        text = f"{known.procedure}{day} · {known.state}"
        button.setText(button.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, wide - LINK_PAD))
        button.setToolTip(text)
        button.setAccessibleName(f"{'Nhận bổ sung' if known.waits else 'Làm lại thủ tục'}: {text}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _=False, k=known: self.earlier_chosen.emit(k))
        return button
