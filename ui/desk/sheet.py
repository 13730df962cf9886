"""The F1 sheet: every key, made from the registry of acts, over the window; any key closes it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.desk.actions import ACTIONS, LIST_KEYS, OTHER, PAPERS
from ui.desk.over_panel import OverPanel
from ui.theme.tokens import SM, XL, XXL
from ui.widgets.basics import Card, keycap, label


class ShortcutSheet(OverPanel):
    """Covers `over` while it is shown."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, "Bảng phím tắt")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        card = Card(pad=XXL, gap=SM)
        card.body.addWidget(label("Phím tắt", "title"))
        columns = QHBoxLayout()
        columns.setSpacing(XL * 2)
        sections = list(dict.fromkeys(a.section for a in ACTIONS))
        for pair in (sections[:2], [s for s in sections[2:] if s in (PAPERS,)], [OTHER]):
            column = QVBoxLayout()
            column.setSpacing(SM)
            for section in pair:
                column.addLayout(self._section(section))
                column.addSpacing(SM)
            column.addStretch(1)
            columns.addLayout(column)
        card.body.addLayout(columns)
        card.body.addWidget(label("Bấm phím bất kỳ để đóng", "caption", "muted"))
        self.place(card)

    def _section(self, section: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SM * 2)
        grid.setVerticalSpacing(6)
        grid.addWidget(label(section, "label", "accent"), 0, 0, 1, 2)
        lines = [(a.cap, a.words) for a in ACTIONS if a.section == section]
        if section == PAPERS:
            lines += LIST_KEYS
        for place, (key, words) in enumerate(lines, 1):
            grid.addWidget(keycap(key), place, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label(words), place, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def open(self) -> None:
        self.stand(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt):
            self.close_panel()

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self.close_panel()
