"""What concerns the desk's screen itself: its look, the palette, undo, and the citizen's screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt

from kiosk.clock import Clock
from kiosk.config import keep_look
from ui.app import OpenedOffice
from ui.desk.actions import ACTIONS
from ui.desk.citizen_presenter import CitizenPresenter, Money
from ui.desk.citizen_view import CitizenWindow
from ui.desk.intake_presenter import IntakePresenter
from ui.desk.look_presenter import LookPresenter
from ui.desk.model import Recent
from ui.desk.money_model import MoneySheet
from ui.desk.money_panel import MoneyPanel
from ui.desk.pages_presenter import PagesOffice
from ui.desk.palette_presenter import PalettePresenter, Targets
from ui.desk.queue_presenter import QueuePresenter
from ui.desk.undo_presenter import UndoPresenter
from ui.desk.view import DeskWindow
from ui.tasks import Lanes
from ui.theme.look import Look
from ui.words import dong

Strong = Callable[[Any], Any]


@dataclass(frozen=True)
class Screen:
    look: LookPresenter
    palette: PalettePresenter
    undo: UndoPresenter
    citizen: CitizenPresenter
    intake: IntakePresenter

    def open(self) -> None:
        self.look.open()
        self.undo.note()

    def acts(self) -> dict[str, Callable[[], None]]:
        """Acts of `ui.desk.actions` by id."""
        return {
            "undo": self.undo.on_undo,
            "redo": self.undo.on_redo,
            "citizen": self.citizen.on_toggle,
            "theme": self.look.on_theme,
            "larger": self.look.on_larger,
            "smaller": self.look.on_smaller,
            "usual_size": self.look.on_usual_size,
            "density": self.look.on_density,
        }

    def on_edited(self) -> None:
        """The officer did something, or a moment has passed: cards are read and pages come in their own time."""
        self.undo.note()
        self.intake.faults.on_changed()
        self.citizen.on_work(self.intake.work)

    def close(self) -> None:
        self.citizen.close()


def screen_of(
    office: OpenedOffice,
    window: DeskWindow,
    queue: QueuePresenter,
    intake: IntakePresenter,
    store: PagesOffice,
    lanes: Lanes,
    clock: Clock,
) -> Screen:
    station = office.config.station
    kept = Look(station.theme, station.zoom, station.compact)

    def keep(chosen: Look) -> None:
        keep_look(office.paths.config, chosen.theme, chosen.zoom, compact=chosen.compact)

    look = LookPresenter(window, kept, keep, lanes.act)
    undo = UndoPresenter(window, intake, store, queue.on_undo, lanes.act, clock)
    queue.acted = undo.on_queue_act
    targets = Targets(window.perform, intake.on_procedure, lambda key: intake.open_dossier(key))
    palette = PalettePresenter(window.commands, ACTIONS, intake.catalogue, lambda: _recent(window), targets)
    citizen = CitizenPresenter(CitizenWindow(office.facts.name, window), window)
    return Screen(look, palette, undo, citizen, intake)


def connect_screen(window: DeskWindow, screen: Screen, strong: Strong) -> None:
    """After everything else is connected: it looks at what the others did."""
    window.commands.typed.connect(strong(screen.palette.on_text))
    window.commands.chosen.connect(strong(screen.palette.on_chosen))
    window.choices.chosen.connect(strong(screen.intake.faults.on_chosen))
    window.promise_shown.connect(strong(screen.citizen.on_promise))
    edited = strong(lambda *_: screen.on_edited())
    person, procedure, papers = window.person, window.procedure, window.papers
    for signal in (
        window.acted,
        window.autosave_due,
        person.edited,
        procedure.chosen,
        procedure.case.chosen,
        papers.state_typed,
        papers.flaw_typed,
        *(part.digit_typed for part in (papers, window.strip)),
        *(part.discard_typed for part in (papers, window.strip)),
    ):
        signal.connect(edited)


def _recent(window: DeskWindow) -> Sequence[Recent]:
    shown = window.side.recent
    return [shown.item(n).data(Qt.ItemDataRole.UserRole) for n in range(shown.count())]


def show_money(panel: MoneyPanel, citizen: CitizenPresenter) -> None:
    """What is to be transferred stands on the citizen's screen while its code stands on the officer's."""

    def shown(sheet: MoneySheet) -> None:
        code = sheet.code
        if code is None or not sheet.owed:
            citizen.on_money(None)
        else:
            to = ", ".join(words for _name, words in code.facts[:2])
            citizen.on_money(Money(dong(sheet.owed), code.payload, to, sheet.key))

    panel.sheet_shown.connect(shown)
    panel.closed.connect(lambda: citizen.on_money(None))
