"""What a hall's or rating screen shows when the office does not take it any more: calm words over everything."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.tasks import Problem
from ui.theme.fonts import set_face
from ui.theme.tokens import Palette
from ui.widgets.basics import label

TITLE = "Màn hình này đang tạm\N{NO-BREAK SPACE}ngừng"
FOR_STAFF = "Dành cho cán bộ"
SHARES = (14, 22, 32)  # of the window's shorter side: title, what the public does, what staff does


class ShutOut(QWidget):
    """Covers `over`. told: what the public does meanwhile; numbers behind it may be of yesterday."""

    def __init__(self, over: QWidget, palette: Palette, told: str) -> None:
        super().__init__(over)
        self._over = over
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(f"ShutOut {{ background: {palette.ground}; }}")
        self._title, self._told = label(TITLE, wrap=True), label(told, wrap=True)
        self._staff, self._fix = label(FOR_STAFF, tone="muted"), label("", tone="muted", wrap=True)
        column = self._column = QVBoxLayout(self)
        column.addStretch(3)
        for part in (self._title, self._told):
            column.addWidget(part)
        column.addStretch(2)
        for part in (self._staff, self._fix):
            column.addWidget(part)
        column.addStretch(1)
        for part in (self._title, self._told, self._staff, self._fix):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        over.installEventFilter(self)
        self.hide()

    def tell(self, problem: Problem) -> None:
        """problem: why, and what an officer does about it."""
        self._fix.setText(f"{problem.message}\n{problem.fix}")
        self.setAccessibleName(f"{TITLE}. {self._told.text()}")
        self._settle()
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Resize:
            self._settle()
        return super().eventFilter(watched, event)

    def _settle(self) -> None:
        self.setGeometry(self._over.rect())
        side = min(self._over.width(), self._over.height())
        title, told, staff = (max(side // share, 12) for share in SHARES)
        set_face(self._title, title, 800)
        set_face(self._told, told, 600)
        for part in (self._staff, self._fix):
            set_face(part, staff, 500)
        self._column.setContentsMargins(side // 12, side // 12, side // 12, side // 12)
        self._column.setSpacing(side // 30)
