"""Puts a desk together that goes on while the office's database, on another machine, is away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.clock import Clock
from kiosk.domain.event import Actor
from ui.app import OpenedOffice
from ui.desk.by_label import LabelDesk
from ui.desk.intake_presenter import IntakePresenter
from ui.desk.kept_intake import KeptIntake
from ui.desk.model import QueueOffice
from ui.desk.office import Capture, LiveIntake, LiveQueue
from ui.desk.outage_presenter import OutagePresenter
from ui.desk.queue_presenter import QueuePresenter
from ui.desk.switched import SwitchedQueue
from ui.desk.view import DeskWindow
from ui.desk.watch_presenter import WatchPresenter
from ui.feed import FeedThread
from ui.tasks import Run, no_matter

Slot = Callable[[Callable[..., object]], Callable[..., object]]


@dataclass(frozen=True)
class Doors:
    """What the desk works through. switch, intake: None in an office of one PC, whose database cannot be away."""

    queue: QueueOffice
    intake: LiveIntake
    switch: SwitchedQueue | None = None


def doors(office: OpenedOffice, counter: str, actor: Actor, capture: Capture, clock: Clock) -> Doors:
    live = LiveQueue(office, counter, actor, clock)
    if not office.config.database:
        return Doors(live, LiveIntake(office, counter, actor, capture, clock))
    own = office.own.units
    switch = SwitchedQueue(live, LabelDesk(own, office.facts, counter, actor, clock), office.units, clock)
    return Doors(switch, KeptIntake(office, counter, actor, capture, clock, local=own), switch)


def wire_outage(
    door: Doors,
    window: DeskWindow,
    feed: FeedThread,
    queue: QueuePresenter,
    intake: IntakePresenter,
    watch: WatchPresenter,
    run: Run,
    clock: Clock,
    strong: Slot,
    on_scanned: Callable[[str], None],
) -> None:
    """Connect what belongs to an outage, and the reader, whose codes may be numbers to call. on_scanned: what a code
    does else."""
    kept = door.intake
    if door.switch is None or not isinstance(kept, KeptIntake):
        feed.lost.connect(strong(watch.on_lost))
        window.scanned.connect(strong(on_scanned))
        return

    def resumed() -> None:
        run(kept.hand_over_drafts, lambda _: None, no_matter)
        intake.on_server_back()
        watch.open()

    outage = OutagePresenter(window, door.switch, queue, run, clock, resumed)

    def scanned(payload: str) -> None:
        window.numbers.close_panel()
        if not outage.on_scanned(payload):
            on_scanned(payload)

    queue.ask_number, queue.renamed = outage.ask, intake.on_renamed
    feed.lost.connect(strong(outage.on_lost))
    feed.news.connect(strong(lambda _seq: outage.on_news()))
    window.autosave_due.connect(strong(outage.on_tick))
    window.numbers.given.connect(strong(queue.on_number))
    window.scanned.connect(strong(scanned))
