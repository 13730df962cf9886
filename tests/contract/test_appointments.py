"""The register of appointments: slots with places, moved, called off, kept by a number, missed at the day's end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from samples import KIOSK, NOON, OFFICE, OFFICER

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.appointment import Appointment, AppointmentEndedError, AppointmentState, code_of, is_code, slot_times
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.office import Leftover
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.errors import KioskError, NotFoundError
from kiosk.services import appointments, queueing
from kiosk.services.appointments import (
    NoSlotError,
    OtherDayError,
    SlotFullError,
    UnknownAppointmentError,
    book,
    cancel,
    check_in,
    claim_under,
    day_of_appointments,
    move,
    open_hours,
    slots,
)
from kiosk.services.closing import close_day
from kiosk.services.office_round import Hours, end_what_is_due
from kiosk.services.ports import UnitOfWork, Units
from ui.i18n.errors import explain

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MONDAY = NOON.date()
CALENDAR = WorkingCalendar()
CIVIL, CERTIFIED = replace(OFFICE.groups[0], appointments=2), OFFICE.groups[1]
OFFICE_WITH = replace(OFFICE, groups=(CIVIL, CERTIFIED))
OPEN = open_hours(OFFICE_WITH, lambda _: CALENDAR)
HALF_PAST_TEN, TWO = NOON + 30 * MINUTE, NOON + 4 * timedelta(hours=1)
EVENING = NOON.replace(hour=18, minute=0)


def booked(
    units: Units, at: datetime = HALF_PAST_TEN, now: datetime = NOON, name: str = "Nguyễn Thị Ánh"
) -> Appointment:
    return book(units(), OFFICE_WITH, OPEN, "ho-tich", at, actor=OFFICER, now=now, name=name, phone="0912 000 111")


def arrive(units: Units, key: str, now: datetime = HALF_PAST_TEN) -> str:
    return check_in(units, OFFICE_WITH, key, actor=OFFICER, now=now).label


def issue(units: Units) -> Ticket:
    return queueing.issue_ticket(units(), OFFICE_WITH, "ho-tich", actor=KIOSK, now=HALF_PAST_TEN, touch="t")


def end_of_day(units: Units, now: datetime) -> None:
    end_what_is_due(units, units, OFFICE_WITH, Hours([CALENDAR], CALENDAR), actor=KIOSK, now=now)


def kinds(units: Units) -> list[str]:
    with units() as look:
        return [e.kind for e in look.events.all() if e.kind.startswith("appointment.")]


def free(units: Units, day: date = MONDAY, now: datetime = NOON, group: str = "ho-tich") -> dict[str, int]:
    with units() as look:
        return {f"{s.at:%H:%M}": s.free for s in slots(look, OFFICE_WITH, OPEN, group, day, now)}


def test_a_code_is_six_digits_of_which_the_last_finds_a_typing_error() -> None:
    good = code_of(4711)
    assert is_code(good)
    assert not any(is_code(good[:n] + str((int(good[n]) + 1) % 10) + good[n + 1 :]) for n in range(len(good)))
    assert not is_code("12345")
    assert not is_code("١٢٣٤٥٦")


def test_slots_end_before_the_desk_closes() -> None:
    spans = [(time(13, 30), time(14, 40)), (time(7, 30), time(8, 0))]
    assert [f"{at:%H:%M}" for at in slot_times(MONDAY, spans, 30)] == ["07:30", "13:30", "14:00"]


def test_slots_of_today_begin_later_than_now_and_a_line_without_places_has_none(units: Units) -> None:
    found = free(units)
    assert next(iter(found)) == "10:30"
    assert "11:30" not in found
    assert set(found.values()) == {2}
    assert free(units, group="chung-thuc") == {}
    assert free(units, MONDAY - DAY) == {}
    assert free(units, MONDAY + 5 * DAY) == {}  # Saturday
    assert free(units, MONDAY + (OFFICE_WITH.appointment_days + 1) * DAY) == {}
    assert next(iter(free(units, MONDAY + DAY))) == "07:30"


def test_a_slot_has_as_many_places_as_the_office_says(units: Units) -> None:
    first = booked(units)
    booked(units)
    assert free(units)["10:30"] == 0
    with pytest.raises(SlotFullError):
        booked(units)
    with pytest.raises(NoSlotError):
        booked(units, NOON + 10 * MINUTE)
    with pytest.raises(queueing.UnknownGroupError):
        book(units(), OFFICE_WITH, OPEN, "dat-dai", TWO, actor=OFFICER, now=NOON)
    cancel(units(), first.key, actor=OFFICER, now=NOON)
    assert free(units)["10:30"] == 1
    booked(units)


def test_the_register_is_by_time_and_codes_of_a_day_differ(units: Units) -> None:
    late, early = booked(units, TWO), booked(units)
    with units() as look:
        found = day_of_appointments(look, MONDAY)
    assert [b.appointment for b in found] == [early, late]
    assert [b.number for b in found] == ["", ""]
    assert early.code != late.code
    assert is_code(early.code)


def test_a_moved_appointment_leaves_its_place_and_keeps_its_code(units: Units) -> None:
    kept = booked(units)
    tomorrow = datetime.combine(MONDAY + DAY, time(8), OFFICE_ZONE)
    moved = move(units(), OFFICE_WITH, OPEN, kept.key, tomorrow, actor=OFFICER, now=NOON)
    assert (moved.code, moved.day, moved.at) == (kept.code, MONDAY + DAY, tomorrow)
    assert free(units)["10:30"] == 2
    assert free(units, MONDAY + DAY)["08:00"] == 1
    with pytest.raises(OtherDayError):
        arrive(units, kept.key)
    with pytest.raises(NoSlotError):
        move(units(), OFFICE_WITH, OPEN, kept.key, tomorrow + MINUTE, actor=OFFICER, now=NOON)
    assert kinds(units) == ["appointment.booked", "appointment.moved"]


def test_who_comes_gets_one_number_that_counts_from_the_time_booked(units: Units) -> None:
    queueing.issue_ticket(units(), OFFICE_WITH, "ho-tich", actor=KIOSK, now=NOON, touch="walk-in")
    kept = booked(units)
    label = arrive(units, kept.key, HALF_PAST_TEN - 10 * MINUTE)
    assert arrive(units, kept.key, HALF_PAST_TEN) == label
    with units() as look:
        ticket = look.tickets.by_label(MONDAY, label)
        assert (ticket.appointment, ticket.booked_at, ticket.effective_at) == (kept.key, kept.at, kept.at)
        assert [b.number for b in day_of_appointments(look, MONDAY)] == [label]
        assert claim_under(look, kept.code, HALF_PAST_TEN).number == label
    with pytest.raises(AppointmentEndedError):
        cancel(units(), kept.key, actor=OFFICER, now=HALF_PAST_TEN)
    with pytest.raises(AppointmentEndedError):
        move(units(), OFFICE_WITH, OPEN, kept.key, TWO, actor=OFFICER, now=HALF_PAST_TEN)


def test_a_number_made_void_gives_the_appointment_back(units: Units) -> None:
    kept = booked(units)
    first = arrive(units, kept.key)
    with units() as look:
        ticket = look.tickets.by_label(MONDAY, first)
    queueing.void(units(), ticket.key, actor=OFFICER, now=HALF_PAST_TEN)
    assert arrive(units, kept.key) != first


def test_a_code_is_of_its_day_alone(units: Units) -> None:
    kept = booked(units)
    with units() as look:
        assert claim_under(look, kept.code, NOON).appointment == kept
        for code, now in ((kept.code, NOON + DAY), (code_of(12345), NOON)):
            with pytest.raises(UnknownAppointmentError):
                claim_under(look, code, now)
    cancel(units(), kept.key, actor=OFFICER, now=NOON)
    with units() as look, pytest.raises(AppointmentEndedError):
        claim_under(look, kept.code, NOON)
    with pytest.raises(AppointmentEndedError):
        arrive(units, kept.key)


def test_the_end_of_the_day_notes_who_did_not_come_and_forgets_the_names(units: Units) -> None:
    came, missed, off, later = booked(units), booked(units, TWO), booked(units, TWO), booked(units, TWO + DAY)
    arrive(units, came.key)
    cancel(units(), off.key, actor=OFFICER, now=NOON)
    end_of_day(units, NOON + timedelta(hours=2))
    assert "appointment.missed" not in kinds(units)
    end_of_day(units, EVENING)
    end_of_day(units, EVENING + MINUTE)
    with units() as look:
        states = {b.appointment.key: b.appointment for b in day_of_appointments(look, MONDAY)}
        tomorrow = look.appointments.get(later.key)
    assert states[came.key].state is AppointmentState.KEPT
    assert states[missed.key].state is AppointmentState.MISSED
    assert states[off.key].state is AppointmentState.CANCELLED
    assert {(a.name, a.phone) for a in states.values()} == {("", "")}
    assert (tomorrow.state, tomorrow.name, tomorrow.phone) == (AppointmentState.BOOKED, "Nguyễn Thị Ánh", "0912000111")
    assert kinds(units).count("appointment.missed") == 1


def test_a_day_on_which_nobody_came_is_closed_on_the_next_morning(units: Units) -> None:
    booked(units)
    end_of_day(units, NOON + DAY)
    assert kinds(units) == ["appointment.booked", "appointment.missed"]


def test_closing_the_day_by_hand_notes_it_too_but_never_while_the_desk_is_open(units: Units) -> None:
    booked(units)
    close_day(units(), OFFICE_WITH, CALENDAR, actor=OFFICER, now=NOON, early=True)
    assert kinds(units) == ["appointment.booked"]
    close_day(units(), OFFICE_WITH, CALENDAR, actor=OFFICER, now=EVENING)
    assert kinds(units) == ["appointment.booked", "appointment.missed"]


@pytest.mark.parametrize("early", [False, True])
def test_who_came_and_waits_till_the_next_morning_has_come(units: Units, early: bool) -> None:
    kept, carry = booked(units), replace(OFFICE_WITH, day_end=Leftover.CARRY)
    label = arrive(units, kept.key)
    close_day(units(), carry, CALENDAR, actor=OFFICER, now=HALF_PAST_TEN if early else EVENING, early=early)
    end_what_is_due(units, units, carry, Hours([CALENDAR], CALENDAR), actor=KIOSK, now=EVENING + MINUTE)
    with units() as look:
        assert look.tickets.by_label(MONDAY + DAY, label).appointment == kept.key
        [found] = day_of_appointments(look, MONDAY)
    assert (found.number, found.appointment.state) == (label, AppointmentState.KEPT)
    assert "appointment.missed" not in kinds(units)


def test_who_is_called_off_while_another_desk_gives_the_number_gets_none(units: Units) -> None:
    kept = booked(units)
    opened: list[bool] = []

    def called_off_after_the_look() -> UnitOfWork:
        if opened:
            cancel(units(), kept.key, actor=OFFICER, now=HALF_PAST_TEN)
        opened.append(True)
        return units()

    with pytest.raises(AppointmentEndedError):
        check_in(called_off_after_the_look, OFFICE_WITH, kept.key, actor=OFFICER, now=HALF_PAST_TEN)
    with units() as look:
        assert look.tickets.of_day(MONDAY) == []
    assert issue(units).label.endswith("001"), "the number that was not given is not left out"


def test_a_name_is_kept_in_one_form_and_a_telephone_number_in_plain_digits(units: Units) -> None:
    made = book(
        units(), OFFICE_WITH, OPEN, "ho-tich", TWO, actor=OFFICER, now=NOON,
        name="\u202e Nguye\u0302\u0303n  \x1b\x00A\u0301nh", phone="٣+84 912²",
    )  # fmt: skip
    assert (made.name, made.phone) == ("Nguyễn Ánh", "+84912")


def test_no_name_and_no_telephone_number_enters_the_log(units: Units) -> None:
    kept = booked(units)
    move(units(), OFFICE_WITH, OPEN, kept.key, TWO, actor=OFFICER, now=NOON)
    arrive(units, kept.key)
    with units() as look:
        told = " ".join(f"{e.subject} {e.data} {e.command}" for e in look.events.all())
    assert "Ánh" not in told
    assert "0912" not in told
    assert kept.code not in told


def test_what_cannot_be_done_is_told_with_the_office_s_own_dates(units: Units) -> None:
    kept = booked(units, at=NOON + DAY)

    def said(act: Callable[[], object]) -> str:
        with pytest.raises(KioskError) as caught:
            act()
        return explain(caught.value).message

    assert said(lambda: booked(units, at=NOON + MINUTE)).endswith("10:01 23/11/2026.")
    assert said(lambda: arrive(units, kept.key, NOON)).endswith("của ngày 24/11/2026.")
    assert said(lambda: arrive(units, cancel(units(), kept.key, actor=OFFICER, now=NOON).key)).endswith(
        "hoặc đã có số."
    )


def test_an_unknown_key_is_told(units: Units) -> None:
    with pytest.raises(NotFoundError):
        cancel(units(), "nobody", actor=OFFICER, now=NOON)


def test_a_number_that_has_ended_still_shows_that_its_citizen_came(units: Units) -> None:
    kept = booked(units)
    label = arrive(units, kept.key)
    with units() as look:
        key = look.tickets.by_label(MONDAY, label).key
    queueing.leave(units(), key, actor=OFFICER, now=HALF_PAST_TEN)
    with units() as look:
        assert look.tickets.get(key).state is TicketState.LEFT
        assert appointments.number_of(look, kept) == label
