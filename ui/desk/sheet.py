"""The F1 sheet: every key, made from the registry of acts, over the window; any key closes it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.desk.actions import ACTIONS, DOSSIER, DOSSIER_KEYS, INTAKE, LIST_KEYS, OTHER, PAPERS, QUEUE, SCREEN, SCROLL_KEYS
from ui.desk.over_panel import OverPanel
from ui.theme.tokens import LG, SM, XL
from ui.widgets.basics import Card, keycap, label

LETTER_KEYS = "Trong danh sách giấy tờ"
MORE = " (tiếp)"
COLUMNS = ((QUEUE, SCREEN), (INTAKE,), (PAPERS, OTHER), (LETTER_KEYS,))
DOSSIER_COLUMNS = ((DOSSIER,), (DOSSIER + MORE,))  # F1 in the panel of a dossier


class ShortcutSheet(OverPanel):
    """Covers `over` while it is shown. columns: names of sections."""

    def __init__(self, over: QWidget, columns_of: tuple[tuple[str, ...], ...] = COLUMNS) -> None:
        super().__init__(over, "Bảng phím tắt")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        card = Card(pad=XL, gap=SM)
        card.body.addWidget(label("Phím tắt", "title"))
        columns = QHBoxLayout()
        columns.setSpacing(LG)
        for sections in columns_of:
            column = QVBoxLayout()
            column.setSpacing(SM)
            for section in sections:
                column.addLayout(_section(section))
                column.addSpacing(SM)
            column.addStretch(1)
            columns.addLayout(column)
        card.body.addLayout(columns)
        card.body.addWidget(label("Bấm phím bất kỳ để đóng", "caption", "muted"))
        self.place(card)

    def open(self) -> None:
        self.stand(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        scrolls = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if not scrolls and event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt):
            self.close_panel()

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self.close_panel()


def lines_of(section: str) -> list[tuple[str, str]]:
    """Key and words; acts that only the palette has stand there too, without a key."""
    if section == LETTER_KEYS:
        return list(LIST_KEYS)
    if section.removesuffix(MORE) == DOSSIER:
        keys = [(letter, words) for letter, _act, words in DOSSIER_KEYS]
        half = (len(keys) + 1) // 2
        return keys[half:] if section.endswith(MORE) else keys[:half]
    lines = [(a.cap, a.words) for a in ACTIONS if a.section == section]
    return [*lines, *SCROLL_KEYS] if section == SCREEN else lines


def _section(section: str) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(SM)
    grid.setVerticalSpacing(5)
    grid.addWidget(label(section, "label", "accent"), 0, 0, 1, 2)
    for place, (key, words) in enumerate(lines_of(section), 1):
        grid.addWidget(keycap(key), place, 0, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(label(words, "caption"), place, 1)
    grid.setColumnStretch(1, 1)
    return grid
