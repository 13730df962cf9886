"""The kiosk's window with its presenter, its readers and its voice, built on an opened office."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

from kiosk.clock import Clock, office_now
from ui.app import OpenedOffice
from ui.audio.choose import opener
from ui.audio.screens import ScreenClips
from ui.feed import FeedThread
from ui.run import QtRun
from ui.station import USUAL_PX_PER_MM, Closing, Station, screen_scale, shrink, strong
from ui.ticketing.help_voice import HelpVoice
from ui.ticketing.own_store import kiosk_door
from ui.ticketing.presenter import TicketingPresenter
from ui.ticketing.readers import PortReader
from ui.ticketing.tiles import Scale
from ui.ticketing.view import TicketingWindow
from ui.ticketing.wiring import connect, is_slim, is_small, is_tall
from ui.ticketing.words import languages

PORTRAIT = QSize(1080, 1920)
LANDSCAPE = QSize(1280, 800)


def ticketing_station(
    office: OpenedOffice,
    *,
    portrait: bool | None = None,
    locked: bool = True,
    share: float = 0.0,
    clock: Clock = office_now,
) -> Station:
    """The kiosk. portrait: None asks the screen. locked: cannot be closed by keys. share: of the screen that a small
    picture of it may fill, for a demonstration; 0 for true millimetres."""
    upright = _is_upright() if portrait is None else portrait
    full = PORTRAIT if upright else LANDSCAPE
    factor = shrink(full, share) if share else 1.0
    scale = Scale((USUAL_PX_PER_MM if share else screen_scale(office.config.station.px_per_mm)) * factor)
    spoken = languages(office.paths.languages)
    height = QGuiApplication.primaryScreen().size().height() if locked and not share else round(full.height() * factor)
    window = TicketingWindow(
        office.facts.name,
        clock,
        scale,
        portrait=upright,
        locked=locked,
        small=not upright and is_small(height, scale.px_per_mm),
        tall=not upright and is_tall(height, scale.px_per_mm),
        slim=upright and is_slim(height, scale.px_per_mm),
        languages=spoken,
    )
    run = QtRun(window)
    door, own = kiosk_door(office, clock)
    voice = HelpVoice(ScreenClips(office.paths.languages), opener(office.config.display.player), window)
    presenter = TicketingPresenter(window, door, run, clock, languages=spoken, speaker=voice)
    feed = FeedThread(office.feed, parent=window)
    connect(window, presenter, strong)
    feed.news.connect(strong(presenter.on_news))
    parts: list[Closing] = [feed, run, voice, *own]
    if port := office.config.station.reader:
        reader = PortReader(port, office.config.station.reader_baud, window)
        reader.scanned.connect(strong(presenter.on_scanned))
        parts.append(reader)

    def start() -> None:
        presenter.open()
        feed.start()
        for part in own:
            part.start()

    return Station(window, full * factor, start, parts, at_right=True, release=window.release)


def _is_upright() -> bool:
    screen = QGuiApplication.primaryScreen()
    return screen is not None and screen.size().height() > screen.size().width()
