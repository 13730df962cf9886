"""The manager's window with its presenter, its lanes and its feed, built on an opened office."""

from __future__ import annotations

from kiosk.clock import Clock, office_now
from ui.app import OpenedOffice
from ui.feed import FeedThread
from ui.manager.office import LiveManager
from ui.manager.presenter import ManagerPresenter
from ui.manager.view import ManagerWindow
from ui.run import QtRun
from ui.station import DESK, Station, strong


def manager_station(office: OpenedOffice, *, clock: Clock = office_now) -> Station:
    window = ManagerWindow(office.facts.name, clock)
    run, slow = QtRun(window), QtRun(window)
    presenter = ManagerPresenter(window, LiveManager(office, clock), run, slow, clock)
    feed = FeedThread(office.feed, parent=window)
    window.period_chosen.connect(strong(presenter.on_period))
    window.refresh_asked.connect(strong(presenter.on_refresh))
    window.ticked.connect(strong(presenter.on_tick))
    feed.news.connect(strong(presenter.on_news))

    def start() -> None:
        presenter.open()
        feed.start()

    return Station(window, DESK, start, [feed, run, slow])
