"""Two people hold one number: the desk says so once, and only what came after its window opened."""

from __future__ import annotations

from fakes import FakeOffice
from samples import NOON
from ui_fakes import Remember

from kiosk.domain.event import Actor, Event
from ui.desk.twin_watch import LiveTwins, TwinWatch
from ui.tasks import run_now


def told_twice(office: FakeOffice, label: str) -> int:
    with office.units() as uow:
        event = Event("ticket.same_label", label.lower(), NOON, Actor("", "kiosk-1"), {"label": label, "other": "x"})
        seq = uow.events.append(event).seq
        uow.commit()
    return seq


def test_the_desk_hears_of_a_number_that_two_people_hold() -> None:
    office, view = FakeOffice(), Remember()
    watch = TwinWatch(view, LiveTwins(office.units), run_now)
    watch.on_news(told_twice(office, "A001"))
    assert view.all("say") == []
    watch.on_news(told_twice(office, "A007"))
    watch.on_news(2)
    assert [args[1] for args in view.all("say")] == ["Hai người cùng giữ số A007."]
