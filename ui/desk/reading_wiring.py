"""Joins the panel of read papers to its presenter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.clock import Clock
from kiosk.domain.event import Actor
from ui.app import OpenedOffice
from ui.desk.intake_presenter import IntakePresenter
from ui.desk.reading_office import LiveReading
from ui.desk.reading_presenter import ReadingPresenter
from ui.desk.view import DeskWindow
from ui.tasks import Lanes


def reading_of(
    office: OpenedOffice, window: DeskWindow, intake: IntakePresenter, lanes: Lanes, actor: Actor, clock: Clock
) -> ReadingPresenter:
    """The presenter of a counter's window."""
    live = LiveReading(office, actor, clock)
    keeping = office.facts.keeping
    return ReadingPresenter(window.reading, window, live, lanes, lambda: intake.work, intake.pages, keeping)


def connect_reading(window: DeskWindow, reading: ReadingPresenter, strong: Callable[[Any], Any]) -> None:
    panel = window.reading
    for signal, does in (
        (panel.entered, reading.on_enter),
        (panel.turned, reading.on_turn),
        (panel.moved, reading.on_move),
        (panel.stepped, reading.on_step),
        (panel.line_chosen, reading.on_line),
        (panel.typed, reading.on_typed),
        (panel.take_back_asked, reading.on_take_back),
    ):
        signal.connect(strong(does))
