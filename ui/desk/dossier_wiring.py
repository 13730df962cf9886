"""Puts the panel of a dossier over a desk, and joins it to the keys, the scanner, the last dossiers and the intake."""

from __future__ import annotations

from kiosk.clock import Clock
from kiosk.domain.event import Actor
from ui.app import OpenedOffice
from ui.desk.dossier_mending import ACT
from ui.desk.dossier_office import LiveDossiers
from ui.desk.dossier_panel import DossierPanel
from ui.desk.dossier_presenter import DossierPresenter
from ui.desk.intake_presenter import IntakePresenter
from ui.desk.view import DeskWindow
from ui.tasks import Run


class DossierDesk:
    """run: the lane of acts, so that what a key does comes after what the key before it did."""

    def __init__(
        self, office: OpenedOffice, window: DeskWindow, intake: IntakePresenter, run: Run, actor: Actor, clock: Clock
    ) -> None:
        self.panel = DossierPanel(window)
        self.presenter = DossierPresenter(
            self.panel,
            LiveDossiers(office, actor, clock),
            run,
            go_on=intake.on_card,
            card=intake.on_card,
            say=window.say,
        )
        self._recent, self._intake, self._say = window.side.recent, intake, window.say
        self._connect()
        intake.open_dossier = self.presenter.open

    def _connect(self) -> None:
        presenter, panel = self.presenter, self.panel
        # A slot that is a method of a plain object would not keep the object.
        panel.acted.connect(lambda act: presenter.on_act(act))
        panel.confirmed.connect(lambda: presenter.on_confirm())
        panel.closed.connect(lambda: presenter.on_close())
        panel.form_given.connect(lambda given: presenter.on_form(given))
        panel.list_asked.connect(lambda text: presenter.on_list(text))
        panel.untold_asked.connect(lambda: presenter.on_untold())
        panel.opened.connect(lambda key: presenter.on_pick(key))
        self._recent.opened.connect(lambda key: presenter.open(key))

    def on_key(self) -> None:
        """The marked one of the last dossiers, else the one that a warning names, else those of the person at the desk,
        else the list to find one in."""
        if key := self._recent.chosen() or self._intake.known.pointed:
            self.presenter.open(key)
        else:
            person = self._intake.work.person
            self.presenter.on_list(person.id_number if person is not None else "")

    def on_correct(self) -> None:
        """The marked one of the last dossiers, else the one that was received last at this desk."""
        visit = self._intake.group.visit
        key = self._recent.chosen() or (visit.keys[-1] if visit is not None else "")
        if key:
            self.presenter.open(key, ACT)
        else:
            self._say("info", "Chưa chọn hồ sơ để sửa.", "Bấm Ctrl+R rồi chọn hồ sơ, hoặc quét giấy hẹn và bấm M.")

    def on_ready(self) -> None:
        self.presenter.on_list()

    def on_scanned(self, payload: str) -> None:
        self.presenter.on_scanned(payload)

    def on_news(self) -> None:
        self.presenter.on_news()
