"""Puts the money panel over a desk, and finds the dossier that it is about."""

from __future__ import annotations

from kiosk.clock import Clock
from kiosk.domain.event import Actor
from ui.app import OpenedOffice
from ui.desk.drawer_office import LiveDrawer
from ui.desk.drawer_panel import DrawerPanel
from ui.desk.drawer_presenter import DrawerPresenter
from ui.desk.intake_presenter import IntakePresenter
from ui.desk.model import Saved
from ui.desk.money_office import LiveMoney
from ui.desk.money_panel import MoneyPanel
from ui.desk.money_presenter import MoneyPresenter
from ui.desk.view import DeskWindow
from ui.tasks import Run


class MoneyDesk:
    """run: the lane of acts, so that what a key does comes after what the key before it did."""

    def __init__(
        self, office: OpenedOffice, window: DeskWindow, intake: IntakePresenter, run: Run, actor: Actor, clock: Clock
    ) -> None:
        self.panel = MoneyPanel(window)
        self.presenter = presenter = MoneyPresenter(self.panel, LiveMoney(office, actor, clock), run, say=window.say)
        self.drawer_panel = DrawerPanel(window)
        self.drawer = drawer = DrawerPresenter(self.drawer_panel, LiveDrawer(office, actor, clock), run, window.say)
        self._recent, self._intake, self._say, self._last = window.side.recent, intake, window.say, ""
        # A slot that is a method of a plain object would not keep the object.
        self.panel.chosen.connect(lambda method: presenter.on_method(method))
        self.panel.confirmed.connect(lambda: presenter.on_confirm())
        self.panel.fee_asked.connect(lambda: presenter.on_fee())
        self.panel.again_asked.connect(lambda: presenter.on_print_again())
        self.panel.code_asked.connect(lambda: presenter.on_print_code())
        self.panel.form_given.connect(lambda given: presenter.on_form(given))
        self.panel.closed.connect(lambda: presenter.on_close())
        self.panel.drawer_asked.connect(lambda: self.on_drawer())
        self.drawer_panel.typed.connect(lambda filled: drawer.on_typed(filled))
        self.drawer_panel.given.connect(lambda filled: drawer.on_given(filled))
        self.drawer_panel.other_asked.connect(lambda: drawer.on_other())
        self.drawer_panel.closed.connect(lambda: drawer.on_close())

    def on_saved(self, saved: Saved) -> None:
        """What was received last at this desk; what was refused or sent back costs nothing yet."""
        if saved.to_province:
            self._last = saved.key

    def on_key(self) -> None:
        """The marked one of the last dossiers, else the one that was just received."""
        if key := self._recent.chosen() or self._last:
            self.presenter.open(key)
        else:
            fix = "Tiếp nhận hồ sơ trước, hoặc bấm Ctrl+R rồi chọn hồ sơ. Kiểm quỹ: Ctrl+Shift+P, gõ kiem quy."
            self._say("info", "Chưa có hồ sơ để thu tiền.", fix)

    def on_drawer(self) -> None:
        """The count of the drawer, in place of what is open."""
        self.presenter.on_close()
        self.drawer.open()

    def on_news(self) -> None:
        self.presenter.on_news()
