"""Two people hold one number: the desk says so once, and only what came after its window opened."""

from __future__ import annotations

from datetime import timedelta

from fakes import FakeOffice
from samples import KIOSK, NOON, OFFICE
from ui_fakes import FakeClock, Remember

from kiosk.domain.event import Actor, Event
from kiosk.services.queueing import issue_ticket, void
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


def test_the_desk_hears_of_a_number_of_a_later_day_until_it_is_void() -> None:
    office, view, clock = FakeOffice(), Remember(), FakeClock()
    watch = TwinWatch(view, LiveTwins(office.units, clock), run_now)
    issue_ticket(office.units(), OFFICE, "ho-tich", actor=KIOSK, now=NOON, touch="today")
    watch.on_news(1)
    assert view.all("say") == []
    ahead = issue_ticket(office.units(), OFFICE, "ho-tich", actor=KIOSK, now=NOON + timedelta(days=365), touch="ahead")
    for seq in (2, 3):
        watch.on_news(seq)
    ((tone, told, _fix),) = view.all("say")
    assert (tone, told) == ("warn", "Có số mang ngày 23/11/2027: A001. Đồng hồ một máy đã chạy nhanh.")
    void(office.units(), ahead.key, actor=KIOSK, now=NOON)
    watch.on_news(4)
    assert len(view.all("say")) == 1
