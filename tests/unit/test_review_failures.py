"""Failures of other queues that no other test holds: wrapped numbers, resets, long services, lines taken out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from fakes import FakeOffice
from samples import KIOSK, NOON, OFFICE, OFFICER

from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.services import queueing
from kiosk.services.moving import transfer
from kiosk.services.office_round import Hours, end_what_is_due

CALENDAR = WorkingCalendar()
HOURS = Hours([CALENDAR], CALENDAR)
DAY = timedelta(days=1)


def give(office: FakeOffice, touch: str, day: int = 0, group: str = "ho-tich") -> Ticket:
    return queueing.issue_ticket(office.units(), OFFICE, group, actor=KIOSK, now=NOON + day * DAY, touch=touch)


def test_after_999_comes_1000_and_no_number_again() -> None:
    office = FakeOffice()
    first = give(office, "first")
    with office.units() as uow:
        while uow.tickets.next_number(NOON.date(), "A", first.epoch) < 997:
            pass
        uow.commit()
    given = [give(office, f"t{n}") for n in range(4)]
    assert [t.label for t in given] == ["A998", "A999", "A1000", "A1001"]
    assert first.state is TicketState.WAITING


def test_four_hundred_days_begin_at_one_and_nothing_is_ever_taken_away() -> None:
    office = FakeOffice()
    sizes = []
    for day in range(400):
        assert give(office, f"t{day}", day).label == "A001"
        end_what_is_due(
            office.units, office.units, OFFICE, HOURS, actor=KIOSK, now=NOON + day * DAY + timedelta(hours=8)
        )
        sizes.append((len(office.shelf.tickets), len(office.shelf.events)))
    assert [tickets for tickets, _ in sizes] == list(range(1, 401))
    assert [events for _, events in sizes] == sorted(events for _, events in sizes)
    assert not any(t.state is TicketState.WAITING for t in list(office.shelf.tickets.values())[:-1])


def test_a_service_that_lasts_into_the_evening_is_the_officers_to_end() -> None:
    office = FakeOffice()
    ticket = give(office, "t")
    queueing.call_next(office.units(), OFFICE, "1", actor=OFFICER, now=NOON)
    queueing.serve(office.units(), ticket.key, actor=OFFICER, now=NOON)
    late = NOON + timedelta(hours=12)
    assert end_what_is_due(office.units, office.units, OFFICE, HOURS, actor=KIOSK, now=late) == ()
    assert queueing.finish(office.units(), ticket.key, actor=OFFICER, now=late).outcome == "served"


def test_who_waits_in_a_line_that_was_taken_out_is_called_and_sent_on() -> None:
    office = FakeOffice()
    first, second = give(office, "t", group="chung-thuc"), give(office, "u", group="chung-thuc")
    without = replace(OFFICE, groups=OFFICE.groups[:1])
    assert queueing.call_next(office.units(), without, "1", actor=OFFICER, now=NOON).key == first.key
    sent = transfer(office.units(), without, first.key, group="ho-tich", actor=OFFICER, now=NOON)
    assert (sent.label, sent.group) == (first.label, "ho-tich")
    with office.units() as look:
        assert queueing.people_ahead(look, without, second, NOON) == 0
    end = NOON + timedelta(hours=8)
    (closed,) = end_what_is_due(office.units, office.units, without, HOURS, actor=KIOSK, now=end)
    assert set(closed.expired) == {first.label, second.label}
