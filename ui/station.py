"""A station: one window with its presenters, its lanes of work and its feed, built on an opened office."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import structlog
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.clock import Clock, office_now
from ui.app import OpenedOffice
from ui.audio.choose import opener
from ui.audio.output import OpenOutput
from ui.audio.screens import ScreenClips
from ui.desk.front_office import LiveFront, LivePapers
from ui.desk.front_presenter import FrontPresenter
from ui.desk.intake_presenter import IntakePresenter
from ui.desk.model import Earlier, Saved
from ui.desk.office import LiveWatch
from ui.desk.outage_wiring import doors, wire_outage
from ui.desk.paper_watch import PaperWatch
from ui.desk.queue_presenter import QueuePresenter
from ui.desk.stations_wiring import DeskStations
from ui.desk.twin_watch import LiveTwins, TwinWatch
from ui.desk.view import DeskWindow
from ui.desk.watch_presenter import WatchPresenter
from ui.display.notices import NoticeFolder
from ui.display.office import LiveDisplay, SeenFile
from ui.display.presenter import Bearing, DisplayPresenter
from ui.display.sizes import sizes_for
from ui.display.view import DisplayWindow
from ui.display.voice import hall_voice
from ui.feed import FeedThread
from ui.run import QtRun
from ui.screen import NoScreenError, has_screen
from ui.singletons import keep_singletons_alive
from ui.tasks import Lanes
from ui.theme.apply import dress
from ui.ticketing.help_voice import HelpVoice
from ui.ticketing.own_store import kiosk_door
from ui.ticketing.presenter import TicketingPresenter
from ui.ticketing.readers import PortReader
from ui.ticketing.tiles import Scale
from ui.ticketing.view import TicketingWindow
from ui.ticketing.wiring import connect, is_slim, is_small, is_tall
from ui.ticketing.words import languages

if TYPE_CHECKING:
    from scanner.page import Page

PORTRAIT = QSize(1080, 1920)
LANDSCAPE = QSize(1280, 800)
DESK = QSize(1366, 768)
HALL = QSize(1920, 1080)
LEAST_HALL = 240  # px: a smaller picture of the hall's screen cannot be read
PLAUSIBLE_PX_PER_MM = (2.0, 9.0)
USUAL_PX_PER_MM = 4.0


class _Closing(Protocol):
    def close(self) -> None: ...


@dataclass
class Station:
    """window: not shown yet. close: ends its threads; the office is closed by who opened it."""

    window: QWidget
    size: QSize
    start: Callable[[], None]
    parts: list[_Closing] = field(default_factory=list)

    def show(self, *, windowed: bool = False) -> None:
        if windowed:
            self.window.resize(self.size)
            self._place()
            self.window.show()
        else:
            # Without a window manager, as in a kiosk's bare session, nobody else makes the window fill the screen.
            self.window.setGeometry(QGuiApplication.primaryScreen().geometry())
            self.window.showFullScreen()
        self.start()

    def _place(self) -> None:
        """Side by side as far as the screen allows: kiosk right, desk left below, display left above."""
        room = QGuiApplication.primaryScreen().availableGeometry()
        right = room.right() - self.size.width() + 1 if isinstance(self.window, TicketingWindow) else room.left()
        below = room.bottom() - self.size.height() + 1 if isinstance(self.window, DeskWindow) else room.top()
        self.window.move(max(right, room.left()), max(below, room.top()))

    def close(self) -> None:
        for part in self.parts:
            part.close()
        self.parts.clear()
        if isinstance(self.window, TicketingWindow):
            self.window.release()
        self.window.close()


def application() -> QApplication:
    """The process's one dressed QApplication. Raises: NoScreenError: Qt itself would end the process."""
    keep_singletons_alive()
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        if not has_screen(os.environ):
            raise NoScreenError
        app = QApplication([])
        app.setApplicationName("motcua")
        app.setApplicationDisplayName("Một Cửa")
        dress(app)
    return app


def screen_scale(configured: float | None) -> float:
    """Pixels per mm: as calibrated, else what the screen says of itself if that is believable, else the usual."""
    if configured is not None:
        return configured
    screen = QGuiApplication.primaryScreen()
    stated = screen.physicalDotsPerInch() / 25.4 if screen is not None else 0.0
    low, high = PLAUSIBLE_PX_PER_MM
    return stated if low <= stated <= high else USUAL_PX_PER_MM


def strong(slot: Callable[..., object]) -> Callable[..., object]:
    """A slot that keeps its object: PySide6 holds none for a method of a plain object, and would call into freed memory
    if the object went before the signal."""
    return lambda *args: slot(*args)


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
    parts: list[_Closing] = [feed, run, voice, *own]
    if port := office.config.station.reader:
        reader = PortReader(port, office.config.station.reader_baud, window)
        reader.scanned.connect(strong(presenter.on_scanned))
        parts.append(reader)

    def start() -> None:
        presenter.open()
        feed.start()
        for part in own:
            part.start()

    return Station(window, full * factor, start, parts)


def _is_upright() -> bool:
    screen = QGuiApplication.primaryScreen()
    return screen is not None and screen.size().height() > screen.size().width()


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
        structlog.get_logger().warning("display.too_small", diagonal_in=settings.diagonal_in, row_m=settings.back_row_m)
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


def counter_name(office: OpenedOffice, code: str) -> str:
    """Raises: UnknownCounterError."""
    from kiosk.services.queueing import UnknownCounterError

    known = {c.code: c.name for c in office.facts.counters}
    if code not in known:
        raise UnknownCounterError(counter=code, known=", ".join(known))
    return known[code]


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
    from ui.desk.capture import station_capture
    from ui.desk.inbox_wiring import InboxWatch
    from ui.scan_profiles import desk_name, desk_profile

    code, who = counter or office.config.station.counter, officer or office.config.station.officer
    name = counter_name(office, code)
    actor = office.at_counter(code, who)
    window = DeskWindow(office.facts.name, f"{name} · {office.config.officers.get(who, who)}", clock)
    lanes = [QtRun(window) for _ in range(3)]
    act, look, slow = lanes
    feed = FeedThread(office.feed, parent=window)
    watch = WatchPresenter(window, LiveWatch(office, actor, clock), look)
    capture = capture or station_capture(desk_profile(office.config), desk_name(office.config.station.name))
    door = doors(office, code, actor, capture, clock)
    queue = QueuePresenter(window, door.queue, act, lambda at: intake.on_called(at))

    def settled(saved: Saved) -> None:
        watch.on_saved(saved)
        queue.done_with_current = True

    papers = PaperWatch(window, LivePapers(office, clock), look, clock)
    twins = TwinWatch(window, LiveTwins(office.reads, clock), look)
    front = FrontPresenter(window, LiveFront(office, actor, clock), act, lambda: queue.current, queue.refresh)
    intake = IntakePresenter(window, door.intake, Lanes(act, look, slow), clock, settled, queue.citizen_is_here)
    stations = DeskStations(office, window, actor, clock)
    inbox = InboxWatch(office, window, actor, intake.pages)
    window.stations_asked.connect(strong(stations.on_open))
    _connect_desk(window, queue, front, intake, watch)

    def on_news(seq: int) -> None:
        if on_news.seen != seq:  # type: ignore[attr-defined]
            on_news.seen = seq  # type: ignore[attr-defined]
            queue.refresh()
            intake.pages.on_news()
        watch.on_news(seq)
        papers.on_news(seq)
        twins.on_news(seq)

    on_news.seen = -1  # type: ignore[attr-defined]
    feed.news.connect(strong(on_news))
    wire_outage(door, window, feed, queue, intake, watch, act, clock, strong)

    def start() -> None:
        window.focus("card")
        queue.refresh()
        intake.open()
        watch.open()
        papers.open()
        feed.start()
        stations.start()
        inbox.start()

    return Station(window, DESK, start, [stations, feed, inbox, slow, look, act])


def _connect_desk(
    window: DeskWindow,
    queue: QueuePresenter,
    front: FrontPresenter,
    intake: IntakePresenter,
    watch: WatchPresenter,
) -> None:
    from kiosk.domain.dossier import PaperState

    acts: dict[str, Callable[[], None]] = {
        "next": queue.on_next,
        "recall": queue.on_recall,
        "miss": queue.on_miss,
        "park": queue.on_park,
        "finish": queue.on_finish,
        "transfer": queue.on_transfer,
        "pause": queue.on_pause,
        "undo": queue.on_undo,
        "return": front.on_return,
        "appointment": front.on_appointment,
        "dossiers": front.on_dossiers,
        "receive": intake.on_receive,
        "supplement": intake.on_supplement,
        "refuse": intake.on_refuse,
        "new": intake.on_new,
        "all": intake.on_all_present,
        "scan": intake.pages.on_scan,
        "back": intake.on_back,
        "coming": watch.on_coming,
    }

    def earlier(known: Earlier) -> None:
        intake.on_earlier(known)

    def files(paths: list[Path]) -> None:
        intake.pages.on_files(paths)

    window.choices.chosen.connect(strong(queue.on_chosen))
    window.choices.chosen.connect(strong(front.on_chosen))
    window.acted.connect(lambda name: acts[name]())
    window.files_given.connect(strong(files))
    window.autosave_due.connect(strong(intake.save))
    window.rail.parked_chosen.connect(strong(queue.on_call_back))
    window.person.card_entered.connect(strong(intake.on_card))
    window.person.edited.connect(strong(intake.on_person_edited))
    window.person.earlier_chosen.connect(strong(earlier))
    window.procedure.searched.connect(strong(intake.on_search))
    window.procedure.chosen.connect(strong(intake.on_procedure))
    window.procedure.case.chosen.connect(strong(intake.on_case))
    window.procedure.case.left.connect(strong(intake.on_case_left))
    window.papers.state_typed.connect(lambda code, state: intake.on_state(code, PaperState(state)))
    window.papers.flaw_typed.connect(strong(intake.on_flaw))
    window.papers.digit_typed.connect(strong(intake.pages.on_assign))
    window.papers.step_typed.connect(strong(intake.pages.on_step))
    window.papers.discard_typed.connect(strong(intake.pages.on_discard))
    window.papers.gate_typed.connect(strong(intake.pages.flaws.on_key))
    window.strip.page_chosen.connect(strong(intake.pages.on_page))
    window.strip.digit_typed.connect(strong(intake.pages.on_assign))
    window.strip.discard_typed.connect(strong(intake.pages.on_discard))
    window.strip.gate_typed.connect(strong(intake.pages.flaws.on_key))
    window.side.reasons.confirmed.connect(strong(intake.on_reason))
    window.side.recent.looked_at.connect(strong(watch.on_looked_at))
    window.side.recent.resend_asked.connect(strong(watch.on_resend))


def shrink(full: QSize, share: float) -> float:
    """The factor, 1 at most, by which a picture of `full` fits into a share of the screen's width and height."""
    room = QGuiApplication.primaryScreen().availableSize() * share
    return min(1.0, room.width() / full.width(), room.height() / full.height())


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
