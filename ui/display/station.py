"""The hall's screen with its presenter, its voice and its feed, built on an opened office."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import structlog
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

from kiosk.clock import Clock, office_now
from ui.app import OpenedOffice
from ui.audio.output import OpenOutput
from ui.display.notices import NoticeFolder
from ui.display.office import LiveDisplay, SeenFile
from ui.display.presenter import Bearing, DisplayPresenter
from ui.display.sizes import sizes_for
from ui.display.view import DisplayWindow
from ui.display.voice import hall_voice
from ui.feed import FeedThread
from ui.run import QtRun
from ui.station import DESK, Station, shrink, strong

HALL = QSize(1920, 1080)
LEAST_HALL = 240  # px: a smaller picture of the hall's screen cannot be read

log = structlog.get_logger()


def display_station(
    office: OpenedOffice,
    *,
    name: str = "1",
    height: int = 1080,
    clock: Clock = office_now,
    open_output: OpenOutput | None = None,
) -> Station:
    """The hall's screen. name: tells several screens of one office apart; height: of the picture, px; open_output: None
    for the loudspeaker of the settings."""
    settings = office.config.display
    sizes = sizes_for(settings.diagonal_in, settings.back_row_m)
    if not sizes.reached:
        log.warning("display.too_small", diagonal_in=settings.diagonal_in, row_m=settings.back_row_m)
    window = DisplayWindow(office.facts.name, clock, height, sizes)
    run, slow = QtRun(window), QtRun(window)
    seen = SeenFile(office.paths.root / f"display-{name}.seen")
    spoken = SeenFile(office.paths.root / f"display-{name}.spoken")
    voice = hall_voice(settings, spoken, window, open_output)
    notices = NoticeFolder(Path(settings.posters) if settings.posters else office.paths.notices, settings.notices)
    presenter = DisplayPresenter(
        window,
        LiveDisplay(office, clock),
        seen,
        run,
        clock,
        voice=voice.announcer,
        notices=notices,
        bearing=Bearing(sizes.rows, timedelta(seconds=settings.visible_s), timedelta(seconds=settings.notice_s)),
        slow=slow,
    )
    feed = FeedThread(office.feed, parent=window)
    window.ticked.connect(strong(presenter.on_tick))
    feed.news.connect(strong(presenter.on_news))

    def start() -> None:
        presenter.open()
        feed.start()
        voice.start()

    return Station(window, HALL * height / HALL.height(), start, [feed, run, slow, voice])


def display_height(*, whole_screen: bool, share: float = 0.0) -> int:
    """Px of the picture: the screen's own, or that of a window above the desk, or, where there is no room above the
    desk, of one that fills a share of the screen."""
    screen = QGuiApplication.primaryScreen()
    if whole_screen and screen is not None:
        return screen.size().height()
    above = screen.availableSize().height() - DESK.height() if share and screen is not None else 0
    if above >= LEAST_HALL:
        return min(above, round(HALL.height() * shrink(HALL, share)))
    return round(HALL.height() * shrink(HALL, share)) if share else HALL.height()
