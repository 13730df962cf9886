"""Who takes part in the office: stations enrolled, heard from, shut out; and the letters that kiosks number under."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from kiosk.clock import OFFICE_ZONE, business_day
from kiosk.domain.event import Actor, Event
from kiosk.domain.office import Office
from kiosk.domain.station import (
    CLOCK_SLACK,
    DESK_LETTER,
    DoubtfulStationError,
    Grant,
    Series,
    Station,
    StationKind,
    UnknownStationError,
    free_letter,
    lease_mark,
)
from kiosk.errors import InputError
from kiosk.services.ports import UnitOfWork

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")


class StationNameError(InputError):
    """A name is made of small letters, digits and hyphens, at most 30. details: name."""

    code = "station.name"


def enrol(
    uow: UnitOfWork,
    office: Office,
    name: str,
    kind: StationKind,
    machine: str,
    lease: str,
    counter: str = "",
    *,
    actor: Actor,
    now: datetime,
) -> Station:
    """Take a station in, or in again: then its former self is shut out, and a kiosk gets another letter and epoch.

    lease: the first one, made by whoever pairs; counter: of a desk or a rating screen.
    Raises: StationNameError, NoLetterLeftError.
    """
    if not NAME.fullmatch(name):
        raise StationNameError(name=name)
    with uow:
        uow.lock()
        former = _known(uow, name)
        if former is not None:
            _end_grant(uow, former, now)
        station = Station(name, kind, machine, lease_mark(lease), now, counter=counter)
        if kind is StationKind.KIOSK:
            _give_series(uow, office, station, now)
        uow.stations.save(station)
        told = {"kind": kind.value, "letter": station.letter, "epoch": station.epoch, "again": former is not None}
        told |= {"counter": counter} if counter else {}
        uow.events.append(Event("station.enrolled", name, now, actor, told))
        uow.commit()
        return station


def renew(
    uow: UnitOfWork, name: str, lease: str, following: str, *, now: datetime, station_clock: datetime, version: str = ""
) -> Station:
    """A station's heartbeat: it shows its last lease and names the next. now: the office's clock.

    A doubtful station is kept as such, so that the desk sees it, and the refusal is raised.
    Raises: UnknownStationError, RevokedStationError, DoubtfulStationError.
    """
    with uow:
        station = uow.stations.take(name)
        was_off, was_doubtful = abs(station.clock_off_s) > CLOCK_SLACK.total_seconds(), station.is_doubtful
        try:
            station.renew(lease, following)
        except DoubtfulStationError:
            if not was_doubtful:
                uow.stations.save(station)
                uow.events.append(Event("station.doubtful", name, now, Actor("", name)))
                uow.commit()
            raise
        station.seen_at, station.version = now, version
        station.clock_off_s = round((station_clock - now).total_seconds())
        uow.stations.save(station)
        if abs(station.clock_off_s) > CLOCK_SLACK.total_seconds() and not was_off:
            told = {"off_s": station.clock_off_s}
            uow.events.append(Event("station.clock_off", name, now, Actor("", name), told))
        uow.commit()
        return station


def revoke(uow: UnitOfWork, name: str, *, actor: Actor, now: datetime) -> Station:
    """Shut a station out; its letter is free again tomorrow. Raises: UnknownStationError."""
    with uow:
        uow.lock()
        station = uow.stations.take(name)
        if station.revoked_at is None:
            _end_grant(uow, station, now)
            station.revoked_at = now
            uow.stations.save(station)
            uow.events.append(Event("station.revoked", name, now, actor))
            uow.commit()
        return station


def desk_series(uow: UnitOfWork, now: datetime) -> Series:
    """What numbers are given under in the office's own store: a kiosk that numbers without a letter is never met.

    Reads only; inside a `with`.
    """
    taken = {g.letter for g in uow.stations.grants(_morning(now))}
    return Series(DESK_LETTER if "" in taken else "")


def _give_series(uow: UnitOfWork, office: Office, station: Station, now: datetime) -> None:
    taken = {g.letter for g in uow.stations.grants(_morning(now))}
    if any(ticket.epoch == 1 for ticket in uow.tickets.of_day(business_day(now))):
        taken.add("")  # the office itself has given numbers without a letter today
    # A number that went on to this or a later morning is not known to the store that gets its letter.
    taken |= {ticket.series[1:] for ticket in uow.tickets.open_until(date.max)}
    station.letter = free_letter(taken, [g.series for g in office.groups])
    station.epoch = uow.stations.next_epoch()
    uow.stations.grant(Grant(station.epoch, station.letter, station.name, now))


def _end_grant(uow: UnitOfWork, station: Station, now: datetime) -> None:
    if station.epoch:
        uow.stations.end_grant(station.epoch, now)


def _known(uow: UnitOfWork, name: str) -> Station | None:
    try:
        return uow.stations.take(name)
    except UnknownStationError:
        return None


def _morning(now: datetime) -> datetime:
    """A letter that ended today stands on papers of today; a day more, for clocks that were wrong."""
    return datetime.combine(business_day(now), time(), OFFICE_ZONE) - timedelta(days=1)
