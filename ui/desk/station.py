"""A counter's window with its presenters, its lanes of work and its feed, built on an opened office."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from kiosk.clock import Clock, office_now
from kiosk.domain.event import Actor
from ui.app import OpenedOffice
from ui.desk.alarm_office import LiveAlarms
from ui.desk.alarm_presenter import AlarmPresenter
from ui.desk.appointments_office import LiveRegister
from ui.desk.appointments_presenter import RegisterPresenter
from ui.desk.calendar_watch import CalendarWatch, LiveCalendar
from ui.desk.calm_news import CalmNews
from ui.desk.dossier_wiring import DossierDesk
from ui.desk.exchange_wiring import ExchangeDesk
from ui.desk.front_office import LiveFront, LivePapers, LiveUnprinted, ticket_paper
from ui.desk.front_presenter import FrontPresenter
from ui.desk.intake_presenter import IntakePresenter
from ui.desk.model import Saved
from ui.desk.money_wiring import MoneyDesk
from ui.desk.office import LiveWatch
from ui.desk.online_wiring import OnlineDesk
from ui.desk.outage_wiring import Doors, doors, wire_outage
from ui.desk.paper_watch import PaperWatch
from ui.desk.queue_presenter import QueuePresenter
from ui.desk.reading_wiring import reading_of
from ui.desk.screen_wiring import screen_of, show_money
from ui.desk.secret_presenter import SecretPresenter
from ui.desk.stations_wiring import DeskStations
from ui.desk.training_frame import train
from ui.desk.twin_watch import LiveTwins, TwinWatch
from ui.desk.unprinted_presenter import UnprintedPresenter
from ui.desk.view import DeskWindow
from ui.desk.watch_presenter import WatchPresenter
from ui.desk.wiring import Presenters, connect, news_of
from ui.feed import FeedThread
from ui.run import QtRun
from ui.station import DESK, Closing, Station, counter_name, strong
from ui.tasks import Lanes

if TYPE_CHECKING:
    from scanner.page import Page


def desk_station(
    office: OpenedOffice,
    *,
    counter: str = "",
    officer: str = "",
    capture: Callable[[], Iterable[Page]] | None = None,
    clock: Clock = office_now,
) -> Station:
    """A counter. counter and officer default to the station's settings; capture: None for its scanner.

    Raises: UnknownCounterError.
    """
    from ui.desk.capture import other_capture, station_capture
    from ui.desk.inbox_wiring import InboxWatch
    from ui.desk.stopped_wiring import StoppedWatch
    from ui.scan_profiles import desk_name, desk_profile

    code, who = counter or office.config.station.counter, officer or office.config.station.officer
    name = counter_name(office, code)
    actor = office.at_counter(code, who)
    window = DeskWindow(office.facts.name, f"{name} · {office.config.officers.get(who, who)}", clock)
    act, look, slow, other = (QtRun(window) for _ in range(4))
    capture = capture or station_capture(desk_profile(office.config), desk_name(office.config.station.name))
    door = doors(office, code, actor, capture, clock)
    door.intake.other = other_capture(office.config, desk_name(office.config.station.name))
    told = _presenters(office, window, door, Lanes(act, look, slow, other), actor, clock)
    stations = DeskStations(office, window, actor, clock)
    inbox = InboxWatch(office, window, actor, told.intake.pages)
    stopped = StoppedWatch(office, window, actor, clock, told.intake.pages)
    feed = FeedThread(office.feed, parent=window)
    window.stations_asked.connect(strong(stations.on_open))
    connect(window, told, strong)
    calm = CalmNews(window)
    feed.news.connect(calm.tell)
    calm.news.connect(strong(news_of(told)))
    wire_outage(door, window, feed, told.queue, told.intake, told.watch, act, clock, strong, told.dossiers.on_scanned)

    def start() -> None:
        told.screen.open()
        window.focus("card")
        told.queue.refresh()
        told.intake.open()
        told.watch.open()
        told.papers.open()
        feed.start()
        stations.start()
        inbox.start()
        stopped.start()
        told.exchange.start()
        told.online.start()

    watches: list[Closing] = [inbox, stopped, told.exchange, told.online]
    parts: list[Closing] = [told.screen, stations, feed, *watches, other, slow, look, act]
    if office.config.training:
        parts.insert(0, train(office, window))
    return Station(window, DESK, start, parts, at_foot=True)


def _presenters(
    office: OpenedOffice, window: DeskWindow, door: Doors, lanes: Lanes, actor: Actor, clock: Clock
) -> Presenters:
    act, look = lanes.act, lanes.look
    station, paper_at = office.config.station.name, office.config.prints_at("slip")
    watch = WatchPresenter(window, LiveWatch(office, actor, clock), look, paper_at if paper_at != station else "")
    queue = QueuePresenter(window, door.queue, act, lambda at: intake.on_called(at))

    def settled(saved: Saved) -> None:
        watch.on_saved(saved)
        money.on_saved(saved)
        screen.citizen.on_saved(saved)
        queue.done_with_current = True

    intake = IntakePresenter(window, door.intake, lanes, clock, settled, queue.citizen_is_here)
    front, register = LiveFront(office, actor, clock), LiveRegister(office, actor, clock)
    paper = ticket_paper(office.config)
    dossiers = DossierDesk(office, window, intake, act, actor, clock)
    money = MoneyDesk(office, window, intake, act, actor, clock)
    screen = screen_of(office, window, queue, intake, door.intake, lanes, clock)
    show_money(money.panel, screen.citizen)
    return Presenters(
        queue,
        intake,
        FrontPresenter(window, front, act, lambda: queue.current, queue.refresh, ticket_paper=paper),
        watch,
        PaperWatch(window, LivePapers(office, clock), look, clock),
        TwinWatch(window, LiveTwins(office.reads, clock), look),
        UnprintedPresenter(window, LiveUnprinted(office, actor, clock), look, clock),
        RegisterPresenter(window.register, register, act, queue.refresh, window.show_problem, paper),
        reading_of(office, window, intake, lanes, actor, clock),
        CalendarWatch(window, LiveCalendar(office), look),
        dossiers,
        money,
        AlarmPresenter(window, LiveAlarms(office, clock), look, clock, actor.officer, dossiers.presenter.open),
        ExchangeDesk(office, window, actor, clock, dossiers.presenter),
        OnlineDesk(office, window, actor, clock),
        SecretPresenter(window, intake),
        screen,
    )
