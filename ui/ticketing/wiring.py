"""Joins the kiosk's window to its presenter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ui.ticketing.look import SLIM_GLASS_MM, SMALL_GLASS_MM, TALL_GLASS_MM
from ui.ticketing.presenter import TicketingPresenter
from ui.ticketing.start_page import BACK, CARD, CONTRAST, LANGUAGE, LOOKUP, LOW, PAPERS
from ui.ticketing.view import TicketingWindow


def connect(window: TicketingWindow, presenter: TicketingPresenter, strong: Callable[[Any], Any]) -> None:
    """strong: makes a slot keep its object (`ui.station`)."""
    tools = {
        LOOKUP: presenter.on_lookup,
        PAPERS: presenter.on_papers,
        LANGUAGE: presenter.on_language,
        CONTRAST: presenter.on_contrast,
        LOW: presenter.on_low,
        BACK: presenter.on_back,
        CARD: presenter.on_card_help,
    }
    window.group_touched.connect(strong(presenter.on_group))
    window.priority_touched.connect(strong(presenter.on_priority))
    window.help_touched.connect(strong(presenter.on_help))
    window.listen_touched.connect(strong(presenter.on_listen))
    window.done_touched.connect(strong(presenter.on_done))
    window.back_touched.connect(strong(presenter.on_back))
    window.ticked.connect(strong(presenter.on_tick))
    window.touched.connect(strong(presenter.on_touched))
    window.tool_touched.connect(lambda name: tools[name]())
    window.key_touched.connect(strong(presenter.lookup_key))
    window.procedure_touched.connect(strong(presenter.on_procedure))
    window.scanned.connect(strong(presenter.on_scanned))
    window.corner_held.connect(strong(presenter.on_corner_held))
    window.staff_key_touched.connect(strong(presenter.staff_key))
    window.card_step_touched.connect(strong(presenter.on_card_step))
    window.measure_saved.connect(strong(presenter.staff.on_save))
    window.spare_touched.connect(strong(presenter.on_spare))
    window.more_time_touched.connect(strong(presenter.on_more_time))


def is_tall(height_px: int, px_per_mm: float) -> bool:
    """Whether a lying glass has an upper half that who sits in a wheelchair cannot reach."""
    return height_px / px_per_mm >= TALL_GLASS_MM


def is_slim(height_px: int, px_per_mm: float) -> bool:
    """Whether an upright glass has room for its lines in two columns only."""
    return height_px / px_per_mm < SLIM_GLASS_MM


def is_small(height_px: int, px_per_mm: float) -> bool:
    """Whether a glass has room for one row of keys below the tiles only."""
    return height_px / px_per_mm < SMALL_GLASS_MM
