"""Appointments (lịch hẹn): an officer books, moves and calls off; the citizen comes, or the end of the day notes it.

A name never enters the log, which forgets nothing. That somebody came is told by the number that names the appointment.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kiosk.clock import OFFICE_ZONE, business_day
from kiosk.domain.appointment import Appointment, AppointmentState, code_of, slot_times
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.event import Actor, Event
from kiosk.domain.office import Office
from kiosk.domain.queue_stats import LIFE_DAYS
from kiosk.domain.station import Series
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.errors import InputError, RuleError
from kiosk.services.ports import UnitOfWork, Units
from kiosk.services.queueing import UnknownGroupError, issue_ticket
from kiosk.text import tidy

BOOKED, MOVED = "appointment.booked", "appointment.moved"
CANCELLED, MISSED = "appointment.cancelled", "appointment.missed"
MOST_CODES = 100_000
PHONE_SIGNS = frozenset("0123456789+")
CARRIED_TO = timedelta(days=LIFE_DAYS)  # over the longest run of days off

Hours = Callable[[str, date], Sequence[tuple[time, time]]]
"""When a line takes people in, by its code and the day."""


class SlotFullError(RuleError):
    """Others have all its places. details: at, room."""

    code = "appointment.slot_full"


class NoSlotError(InputError):
    """No slot of this line begins then, or it has begun already. details: at."""

    code = "appointment.no_slot"


class UnknownAppointmentError(InputError):
    """Nobody has an appointment today under this code. Does not repeat it."""

    code = "appointment.unknown"


class OtherDayError(RuleError):
    """The appointment is for another day. details: day."""

    code = "appointment.other_day"


@dataclass(frozen=True)
class Slot:
    at: datetime
    room: int
    taken: int

    @property
    def free(self) -> int:
        return max(0, self.room - self.taken)


@dataclass(frozen=True)
class Booked:
    """An appointment, and the label of the number that its citizen came with, "" while there is none."""

    appointment: Appointment
    number: str = ""


def open_hours(office: Office, calendar_of: Callable[[str], WorkingCalendar]) -> Hours:
    """By the calendars of all fields of a line."""

    def of(group: str, day: date) -> Sequence[tuple[time, time]]:
        fields = office.group(group).fields or ("",)
        return sorted({span for name in fields for span in calendar_of(name).open_spans(day)})

    return of


def slots(look: UnitOfWork, office: Office, hours: Hours, group: str, day: date, now: datetime) -> list[Slot]:
    """The slots of a line's day that have not begun; [] for a line that takes no appointments. Inside a `with`.

    Raises: UnknownGroupError.
    """
    try:
        room = office.group(group).appointments
    except KeyError:
        raise UnknownGroupError(group=group, known=", ".join(g.code for g in office.groups)) from None
    if not room:
        return []
    kept = (a for a in look.appointments.of_day(day) if a.state is not AppointmentState.CANCELLED)
    taken = Counter(a.at for a in kept if a.group == group)
    if not business_day(now) <= day <= business_day(now) + timedelta(days=office.appointment_days):
        return []
    times = slot_times(day, hours(group, day), office.appointment_slot_min)
    return [Slot(at, room, taken[at]) for at in times if at > now]


def book(
    uow: UnitOfWork,
    office: Office,
    hours: Hours,
    group: str,
    at: datetime,
    *,
    actor: Actor,
    now: datetime,
    name: str = "",
    phone: str = "",
) -> Appointment:
    """Raises: UnknownGroupError, NoSlotError, SlotFullError."""
    with uow:
        uow.lock()
        _refuse_full(uow, office, hours, group, at, now)
        day = business_day(at)
        made = Appointment(
            key=secrets.token_hex(12),
            code=_free_code(uow, day),
            day=day,
            at=at,
            group=group,
            made_at=now,
            name=tidy("".join(c for c in name if c.isprintable() or c.isspace())),
            phone="".join(c for c in phone if c in PHONE_SIGNS),
        )
        uow.appointments.add(made)
        uow.events.append(Event(BOOKED, made.key, now, actor, _told(made)))
        uow.commit()
        return made


def move(
    uow: UnitOfWork, office: Office, hours: Hours, key: str, at: datetime, *, actor: Actor, now: datetime
) -> Appointment:
    """To another slot of the same line. Raises: AppointmentEndedError, NoSlotError, SlotFullError, NotFoundError."""
    with uow:
        uow.lock()
        kept = uow.appointments.get(key)
        kept.refuse_ended(number_of(uow, kept))
        if at != kept.at:
            _refuse_full(uow, office, hours, kept.group, at, now)
            before, day = kept.at, business_day(at)
            if day != kept.day and uow.appointments.by_code(day, kept.code) is not None:
                kept.code = _free_code(uow, day)
            kept.at, kept.day = at, day
            uow.appointments.save(kept)
            uow.events.append(Event(MOVED, key, now, actor, _told(kept) | {"from": before.isoformat()}))
            uow.commit()
        return kept


def cancel(uow: UnitOfWork, key: str, *, actor: Actor, now: datetime) -> Appointment:
    """Raises: AppointmentEndedError, NotFoundError."""
    with uow:
        uow.lock()
        kept = uow.appointments.get(key)
        kept.refuse_ended(number_of(uow, kept))
        kept.state, kept.name, kept.phone = AppointmentState.CANCELLED, "", ""
        uow.appointments.save(kept)
        uow.events.append(Event(CANCELLED, key, now, actor, _told(kept)))
        uow.commit()
        return kept


def day_of_appointments(look: UnitOfWork, day: date) -> list[Booked]:
    """The register of a day, by time. Inside a `with`."""
    numbers = {t.appointment: t.label for t in _came(look, day) if t.state is not TicketState.VOIDED}
    return [Booked(a, numbers.get(a.key, "")) for a in look.appointments.of_day(day)]


def number_of(look: UnitOfWork, appointment: Appointment) -> str:
    """The label that its citizen came with, "" for none. Inside a `with`."""
    return claim(look, appointment).number


@dataclass(frozen=True)
class Claim:
    """Who says to have an appointment. number: label of the one that was given for it, "" for none; void: how many
    were made void."""

    appointment: Appointment
    number: str
    void: int

    @property
    def touch(self) -> str:
        """Under which its number is given once."""
        return f"appointment/{self.appointment.key}/{self.void}"


def claim(look: UnitOfWork, appointment: Appointment) -> Claim:
    """Inside a `with`."""
    given = [t for t in _came(look, appointment.day) if t.appointment == appointment.key]
    number = next((t.label for t in given if t.state is not TicketState.VOIDED), "")
    return Claim(appointment, number, sum(t.state is TicketState.VOIDED for t in given))


def claim_under(look: UnitOfWork, code: str, now: datetime) -> Claim:
    """By the code that the citizen was told. Inside a `with`. Raises: UnknownAppointmentError, AppointmentEndedError
    when it was called off or missed."""
    found = look.appointments.by_code(business_day(now), code)
    if found is None:
        raise UnknownAppointmentError
    found.refuse_ended("")
    return claim(look, found)


def check_in(
    units: Units,
    office: Office,
    key: str,
    *,
    actor: Actor,
    now: datetime,
    paper_at: str = "",
) -> Ticket:
    """Give the number of an appointment; once more answers with the same number.

    Raises: AppointmentEndedError when a kiosk gave its number, or it was called off or missed, also at this moment by
    another desk; OtherDayError, NotFoundError.
    """

    def still_booked(uow: UnitOfWork) -> None:
        uow.appointments.get(key).refuse_ended("")

    with units() as look:
        claimed = claim(look, look.appointments.get(key))
        if look.tickets.by_touch(claimed.touch) is None:
            claimed.appointment.refuse_ended(claimed.number)
    return number_for(
        units(),
        office,
        claimed.appointment,
        touch=claimed.touch,
        actor=actor,
        now=now,
        paper_at=paper_at,
        refuse=still_booked,
    )


def number_for(
    uow: UnitOfWork,
    office: Office,
    kept: Appointment,
    *,
    touch: str,
    actor: Actor,
    now: datetime,
    paper_at: str = "",
    under: Series | None = None,
    refuse: Callable[[UnitOfWork], None] = lambda _: None,
) -> Ticket:
    """The number of an appointment from whatever store gives it; refuse: as `issue_ticket`. Raises: OtherDayError."""
    if kept.day != business_day(now):
        raise OtherDayError(day=f"{kept.day:%d/%m/%Y}")
    return issue_ticket(
        uow,
        office,
        kept.group,
        actor=actor,
        now=now,
        touch=touch,
        booked_at=kept.at,
        appointment=kept.key,
        paper_at=paper_at,
        under=under,
        refuse=refuse,
    )


def note_missed(uow: UnitOfWork, until: date, *, actor: Actor, now: datetime) -> tuple[str, ...]:
    """At the end of a day: who did not come, also on earlier days; the citizens of those days are forgotten. Part of
    the caller's transaction. Returns the codes."""
    codes: list[str] = []
    for kept in uow.appointments.booked_until(until):
        came = number_of(uow, kept)
        kept.state = AppointmentState.KEPT if came else AppointmentState.MISSED
        uow.appointments.save(kept)
        if not came:
            uow.events.append(Event(MISSED, kept.key, now, actor, _told(kept), f"appointment-missed/{kept.key}"))
            codes.append(kept.code)
    uow.appointments.forget_people(until)
    return tuple(codes)


def is_day_open(look: UnitOfWork, until: date) -> bool:
    """Whether `note_missed` would change anything. Inside a `with`."""
    return look.appointments.named_until(until) or bool(look.appointments.booked_until(until))


def _refuse_full(uow: UnitOfWork, office: Office, hours: Hours, group: str, at: datetime, now: datetime) -> None:
    when = f"{at.astimezone(OFFICE_ZONE):%H:%M %d/%m/%Y}"
    slot = next((s for s in slots(uow, office, hours, group, business_day(at), now) if s.at == at), None)
    if slot is None:
        raise NoSlotError(at=when)
    if not slot.free:
        raise SlotFullError(at=when, room=slot.room)


def _free_code(uow: UnitOfWork, day: date) -> str:
    """Not to be guessed, and nobody else's on that day."""
    while True:
        code = code_of(secrets.randbelow(MOST_CODES))
        if uow.appointments.by_code(day, code) is None:
            return code


def _came(look: UnitOfWork, day: date) -> list[Ticket]:
    """Numbers of a day's appointments; who still waits may stand in a later day's line by now."""
    found = {t.key: t for t in (*look.tickets.of_day(day), *look.tickets.open_until(day + CARRIED_TO))}
    return [t for t in found.values() if t.appointment and t.business_day == day]


def _told(kept: Appointment) -> dict[str, str]:
    return {"group": kept.group, "day": kept.day.isoformat(), "at": kept.at.isoformat()}
