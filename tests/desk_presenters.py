"""The desk's presenters on fakes, ready for an act."""

from __future__ import annotations

from samples import BIRTH
from ui_fakes import LANES, FakeClock, FakeIntakes, FakeQueue, Remember

from ui.desk.intake_presenter import IntakePresenter
from ui.desk.queue_presenter import QueuePresenter
from ui.tasks import run_now


def a_counter(office: FakeQueue | None = None) -> tuple[QueuePresenter, Remember, FakeQueue]:
    view, queue = Remember(), office or FakeQueue()
    presenter = QueuePresenter(view, queue, run_now)
    presenter.refresh()
    return presenter, view, queue


def an_intake(office: FakeIntakes | None = None) -> tuple[IntakePresenter, Remember, FakeIntakes]:
    view, intakes = Remember(), office or FakeIntakes()
    presenter = IntakePresenter(view, intakes, LANES, FakeClock())
    presenter.open()
    return presenter, view, intakes


def filled(office: FakeIntakes | None = None) -> tuple[IntakePresenter, Remember, FakeIntakes]:
    presenter, view, intakes = an_intake(office)
    presenter.on_card("card")
    presenter.on_procedure(BIRTH.code)
    return presenter, view, intakes
