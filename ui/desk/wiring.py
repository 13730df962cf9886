"""Joins the desk's window to its presenters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.domain.dossier import PaperState
from ui.desk.alarm_presenter import AlarmPresenter
from ui.desk.appointments_presenter import RegisterPresenter
from ui.desk.calendar_watch import CalendarWatch
from ui.desk.dossier_wiring import DossierDesk
from ui.desk.exchange_wiring import ExchangeDesk
from ui.desk.front_presenter import FrontPresenter
from ui.desk.intake_presenter import IntakePresenter
from ui.desk.model import Earlier
from ui.desk.money_wiring import MoneyDesk
from ui.desk.online_wiring import OnlineDesk
from ui.desk.paper_watch import PaperWatch
from ui.desk.queue_presenter import QueuePresenter
from ui.desk.reading_presenter import ReadingPresenter
from ui.desk.reading_wiring import connect_reading
from ui.desk.screen_wiring import Screen, connect_screen
from ui.desk.secret_presenter import SecretPresenter
from ui.desk.twin_watch import TwinWatch
from ui.desk.unprinted_presenter import UnprintedPresenter
from ui.desk.view import DeskWindow
from ui.desk.watch_presenter import WatchPresenter

Strong = Callable[[Any], Any]  # makes a slot keep its object (`ui.station`)


@dataclass(frozen=True)
class Presenters:
    queue: QueuePresenter
    intake: IntakePresenter
    front: FrontPresenter
    watch: WatchPresenter
    papers: PaperWatch
    twins: TwinWatch
    unprinted: UnprintedPresenter
    register: RegisterPresenter
    reading: ReadingPresenter
    calendar: CalendarWatch
    dossiers: DossierDesk
    money: MoneyDesk
    alarms: AlarmPresenter
    exchange: ExchangeDesk
    online: OnlineDesk
    secret: SecretPresenter
    screen: Screen


def connect(window: DeskWindow, told: Presenters, strong: Strong) -> None:
    acts = acts_of(told)
    window.acted.connect(lambda name: acts[name]())
    for presenter in (told.queue, told.front, told.unprinted, told.alarms):
        window.choices.chosen.connect(strong(presenter.on_chosen))
    window.rail.parked_chosen.connect(strong(told.queue.on_call_back))
    window.side.recent.looked_at.connect(strong(told.watch.on_looked_at))
    window.side.recent.resend_asked.connect(strong(told.watch.on_resend))
    _connect_register(window, told.register, strong)
    connect_reading(window, told.reading, strong)
    _connect_intake(window, told.intake, strong)
    _connect_pages(window, told.intake, strong)
    connect_screen(window, told.screen, strong)


def acts_of(told: Presenters) -> dict[str, Callable[[], None]]:
    """What each act of `ui.desk.actions` does that is not the window's own."""
    queue, intake, front = told.queue, told.intake, told.front
    return {
        "next": queue.on_next,
        "recall": queue.on_recall,
        "miss": queue.on_miss,
        "park": queue.on_park,
        "finish": queue.on_finish,
        "transfer": queue.on_transfer,
        "pause": queue.on_pause,
        "return": front.on_return,
        "appointment": front.on_appointment,
        "register": told.register.on_open,
        "dossiers": front.on_dossiers,
        "receive": intake.on_receive,
        "supplement": intake.on_supplement,
        "refuse": intake.on_refuse,
        "new": intake.on_new,
        "submitter": intake.submitter.on_open,
        "link": intake.known.on_link,
        "agency": intake.beyond.on_agency,
        "extra_paper": intake.beyond.on_extra,
        "on_the_spot": intake.beyond.on_spot,
        "secret": told.secret.on_key,
        "group": intake.group.on_key,
        "correct": told.dossiers.on_correct,
        "all": intake.on_all_present,
        "scan": intake.pages.on_scan,
        "scan_other": intake.pages.on_scan_other,
        "separators": intake.pages.stacks.on_print,
        "take": intake.on_take,
        "reading": told.reading.on_open,
        "back": intake.on_back,
        "coming": told.watch.on_coming,
        "unprinted": told.unprinted.on_list,
        "alarms": told.alarms.on_list,
        "exchange": told.exchange.presenter.on_open,
        "online": told.online.presenter.on_open,
        "dossier": told.dossiers.on_key,
        "ready": told.dossiers.on_ready,
        "money": told.money.on_key,
        "drawer": told.money.on_drawer,
        **told.screen.acts(),
    }


def _connect_register(window: DeskWindow, register: RegisterPresenter, strong: Strong) -> None:
    panel = window.register
    for signal, does in (
        (panel.stepped, register.on_step),
        (panel.new_asked, register.on_new),
        (panel.move_asked, register.on_move),
        (panel.come_asked, register.on_come),
        (panel.cancel_asked, register.on_cancel),
        (panel.line_chosen, register.on_line),
        (panel.slot_chosen, register.on_slot),
        (panel.person_given, register.on_person),
        (panel.back_asked, register.on_back),
        (panel.slots_asked, register.on_slots),
    ):
        signal.connect(strong(does))


def _connect_intake(window: DeskWindow, intake: IntakePresenter, strong: Strong) -> None:
    def earlier(known: Earlier) -> None:
        intake.on_earlier(known)

    window.autosave_due.connect(strong(intake.save))
    window.person.card_entered.connect(strong(intake.on_card))
    window.person.edited.connect(strong(intake.on_person_edited))
    window.person.earlier_chosen.connect(strong(earlier))
    window.procedure.searched.connect(strong(intake.on_search))
    window.procedure.chosen.connect(strong(intake.on_procedure))
    window.procedure.case.chosen.connect(strong(intake.on_case))
    window.procedure.case.left.connect(strong(intake.on_case_left))
    window.papers.state_typed.connect(lambda code, state: intake.on_state(code, PaperState(state)))
    window.papers.flaw_typed.connect(strong(intake.on_flaw))
    window.side.reasons.confirmed.connect(strong(intake.on_reason))
    window.submitter.given.connect(strong(intake.submitter.on_given))
    window.submitter.cancelled.connect(strong(intake.submitter.on_close))
    window.beyond.given.connect(strong(intake.beyond.on_given))
    window.beyond.cancelled.connect(strong(intake.beyond.on_close))
    window.person.link_asked.connect(strong(intake.known.on_link))
    window.choices.chosen.connect(strong(intake.group.on_chosen))


def _connect_pages(window: DeskWindow, intake: IntakePresenter, strong: Strong) -> None:
    def files(paths: list[Path]) -> None:
        intake.pages.on_files(paths)

    window.files_given.connect(strong(files))
    for part in (window.papers, window.strip):
        part.digit_typed.connect(strong(intake.pages.on_assign))
        part.discard_typed.connect(strong(intake.pages.on_discard))
        part.gate_typed.connect(strong(intake.pages.flaws.on_key))
    window.papers.step_typed.connect(strong(intake.pages.on_step))
    window.strip.page_chosen.connect(strong(intake.pages.on_page))


def news_of(told: Presenters) -> Callable[[int], None]:
    """What a piece of news does; the same number again is a heartbeat."""
    seen = -1

    def on_news(seq: int) -> None:
        nonlocal seen
        if seen != seq:
            seen = seq
            told.queue.refresh()
            told.intake.pages.on_news()
            told.dossiers.on_news()
            told.money.on_news()
        told.watch.on_news(seq)
        told.papers.on_news(seq)
        told.twins.on_news(seq)
        told.unprinted.on_news(seq)
        told.calendar.on_news(seq)
        told.alarms.on_news(seq)
        told.reading.on_news(seq)

    return on_news
