"""The panel over the desk for the person who submits for the owner: one form, filled by a second card."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.desk.dossier_form import ActForm
from ui.desk.dossier_model import Form
from ui.desk.over_panel import OverPanel
from ui.theme.tokens import SM, XL
from ui.widgets.basics import Card, label

WIDTH = 640


class SubmitterPanel(OverPanel):
    """Covers `over` while it is shown. Signals: given(values by name), cancelled."""

    given = Signal(dict)
    cancelled = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, "Người nộp hộ")
        card = Card(pad=XL, gap=SM)
        card.setFixedWidth(WIDTH)
        self.form = ActForm()
        self.form.given.connect(self.given)
        self.form.cancelled.connect(self.cancelled)
        card.body.addWidget(self.form)
        words = self.tr("Quét thẻ của người nộp hộ bất cứ lúc nào. Để trống họ tên: chủ hồ sơ tự nộp.")
        card.body.addWidget(label(words, "caption", "muted", wrap=True))
        self.place(card)

    def ask(self, form: Form) -> None:
        self.stand(self)
        self.form.ask(form)

    def show_errors(self, errors: Mapping[str, str], words: str, fix: str) -> None:
        self.form.show_errors(errors, words, fix)

    def close_panel(self) -> None:
        if self.isVisible():
            super().close_panel()
