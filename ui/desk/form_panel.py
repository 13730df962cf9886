"""A panel over the desk with one small form, such as that of the person who submits for the owner."""

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


class FormPanel(OverPanel):
    """Covers `over` while it is shown. name: for assistive technology; words: under every form. Signals: given(values
    by name), cancelled."""

    given = Signal(dict)
    cancelled = Signal()

    def __init__(self, over: QWidget, name: str, words: str = "") -> None:
        super().__init__(over, name)
        card = Card(pad=XL, gap=SM)
        card.setFixedWidth(WIDTH)
        self.form = ActForm()
        self.form.given.connect(self.given)
        self.form.cancelled.connect(self.cancelled)
        card.body.addWidget(self.form)
        if words:
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
