"""The rating screen with its presenter, its lane and its feed, built on an opened office."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

from kiosk.clock import Clock, office_now
from ui.app import OpenedOffice
from ui.feed import FeedThread
from ui.rating.office import LiveRating
from ui.rating.presenter import RatingPresenter
from ui.rating.view import LONG_SIDE, SHORT_SIDE, RatingWindow
from ui.run import QtRun
from ui.station import Station, counter_name, strong


def rating_station(
    office: OpenedOffice,
    *,
    counter: str = "",
    portrait: bool = False,
    whole_screen: bool = False,
    clock: Clock = office_now,
) -> Station:
    """The screen before a counter that asks how the service was. counter defaults to the station's settings;
    whole_screen: as large as the screen allows, else the size of a 10" tablet. Raises: UnknownCounterError."""
    code = counter or office.config.station.counter
    size = QSize(SHORT_SIDE, LONG_SIDE) if portrait else QSize(LONG_SIDE, SHORT_SIDE)
    factor = _factor(size) if whole_screen else 1.0
    window = RatingWindow(office.facts.name, counter_name(office, code), factor, portrait=portrait)
    run = QtRun(window)
    presenter = RatingPresenter(window, LiveRating(office, code, clock), run, clock)
    feed = FeedThread(office.feed, parent=window)
    window.scored.connect(strong(presenter.on_score))
    window.reasoned.connect(strong(presenter.on_reason))
    window.skipped.connect(strong(presenter.on_skip))
    window.language_asked.connect(strong(presenter.on_language))
    window.ticked.connect(strong(presenter.on_tick))
    feed.news.connect(strong(presenter.on_news))

    def start() -> None:
        presenter.open()
        feed.start()

    return Station(window, size * factor, start, [feed, run])


def _factor(size: QSize) -> float:
    screen = QGuiApplication.primaryScreen().size()
    return min(screen.width() / size.width(), screen.height() / size.height())


def is_upright() -> bool:
    screen = QGuiApplication.primaryScreen().size()
    return screen.height() > screen.width()
