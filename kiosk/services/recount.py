"""Another calendar: every return date that is still ahead is counted again, each change with a line in the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.dossier import Dossier
from kiosk.domain.due import Due
from kiosk.domain.due_words import due_reason
from kiosk.domain.event import Actor, Event
from kiosk.errors import KioskError
from kiosk.services.ports import UnitOfWork, Units
from kiosk.services.reception import Desk
from kiosk.services.term_clock import count_again, move

IN_FORCE, PAST = "calendar", "calendar.past"  # cursors: the fingerprint that dates were last counted by; those before
APPLIED, MOVED = "calendar.applied", "dossier.due_moved"
BATCH = 100  # dossiers a transaction: a counter that receives one waits no longer than for these

log = structlog.get_logger()


@dataclass(frozen=True)
class Moved:
    """One dossier whose date is another by the new calendar. printed: as the citizen's paper says."""

    key: str
    before: datetime
    after: datetime
    printed: datetime | None
    why: str


@dataclass(frozen=True)
class Recount:
    """counted: how many dossiers were looked at; not_counted: keys that could not be counted and keep their date."""

    counted: int = 0
    moved: tuple[Moved, ...] = ()
    not_counted: tuple[str, ...] = ()

    def __add__(self, more: Recount) -> Recount:
        return Recount(self.counted + more.counted, self.moved + more.moved, self.not_counted + more.not_counted)


def in_force(look: UnitOfWork) -> str:
    """The fingerprint that dates were last counted by; "" before the first count. Inside a `with`."""
    return look.exchange.cursor(IN_FORCE)


def is_known(look: UnitOfWork, fingerprint: str) -> bool:
    """Whether dates were ever counted by this calendar: a machine that still holds an older pack must not move all
    dates back. Inside a `with`."""
    return fingerprint in (look.exchange.cursor(IN_FORCE), *look.exchange.cursor(PAST).split())


def preview(reads: Units, desk: Desk) -> Recount:
    """What a recount would change; writes nothing."""
    total, after, more = Recount(), "", True
    while more:
        with reads() as look:
            part, after, more = _part(look, desk, after, BATCH, None)
        total += part
    return total


def recount(units: Units, desk: Desk, fingerprint: str, *, actor: Actor, now: datetime, batch: int = BATCH) -> Recount:
    """Count every date that is still ahead, `batch` dossiers a transaction. Doing it again moves nothing more; stopped
    half-way, it begins anew at the next look.

    Dossiers that wait for the citizen are left for the end of the wait, which counts them by the calendar of that day.
    """
    total, after, more = Recount(), "", True
    while more:
        with units() as uow:
            uow.lock()

            def write(dossier: Dossier, counted: Due, uow: UnitOfWork = uow) -> None:
                move(uow, dossier, counted, MOVED, actor=actor, now=now, calendar=fingerprint)

            part, after, more = _part(uow, desk, after, batch, write)
            total += part
            if not more:
                _note(uow, fingerprint, total, actor, now)
            uow.commit()
    return total


def moved_after(look: UnitOfWork, after: int) -> tuple[int, tuple[Moved, ...]]:
    """Where the log was read to, and the dates that moved with a calendar since. Inside a `with`."""
    events = look.events.after(after, kinds=(MOVED,))
    return (events[-1].seq if events else after), tuple(_moved(look, event) for event in events)


def _moved(look: UnitOfWork, event: Event) -> Moved:
    before, after = (datetime.fromisoformat(event.data[name]).astimezone(OFFICE_ZONE) for name in ("from", "to"))
    return Moved(event.subject, before, after, look.dossiers.get(event.subject).original_due_at, event.data["why"])


def _part(
    uow: UnitOfWork, desk: Desk, after: str, batch: int, write: Callable[[Dossier, Due], None] | None
) -> tuple[Recount, str, bool]:
    """The next dossiers by key, the last key, and whether there may be more."""
    dossiers = uow.dossiers.on_clock(after, batch)
    moved, not_counted = [], []
    for dossier in dossiers:
        before = dossier.due_at
        if dossier.clock.stands or before is None:
            continue
        try:
            counted = count_again(uow, desk, dossier)
        except KioskError as error:
            log.warning("recount.dossier", dossier=dossier.key, why=error.code)
            not_counted.append(dossier.key)
            continue
        if counted is not None and counted.due_at != before:
            moved.append(Moved(dossier.key, before, counted.due_at, dossier.original_due_at, due_reason(counted)))
            if write is not None:
                write(dossier, counted)
    part = Recount(len(dossiers), tuple(moved), tuple(not_counted))
    return part, dossiers[-1].key if dossiers else after, len(dossiers) == batch


def _note(uow: UnitOfWork, fingerprint: str, total: Recount, actor: Actor, now: datetime) -> None:
    """The calendar is the office's now; the first one of an office that moves nothing is no news."""
    before = uow.exchange.cursor(IN_FORCE)
    if before and before != fingerprint:
        past = dict.fromkeys([*uow.exchange.cursor(PAST).split(), before])
        uow.exchange.set_cursor(PAST, " ".join(past))
    uow.exchange.set_cursor(IN_FORCE, fingerprint)
    if (before and before != fingerprint) or total.moved:
        later = sum(m.after > m.before for m in total.moved)
        data = {
            "calendar": fingerprint,
            "counted": total.counted,
            "moved": len(total.moved),
            "later": later,
            "not_counted": len(total.not_counted),
        }
        uow.events.append(Event(APPLIED, "calendar", now, actor, data))


@dataclass
class CalendarRound:
    """The looks of one station at its packs; one for a program. fingerprint: of the packs as they lie there now."""

    reads: Units
    units: Units
    desk: Desk
    fingerprint: Callable[[], str]
    station: str
    _seen: str = ""

    def look(self, now: datetime) -> Recount | None:
        """Counts again when the packs say what no date was ever counted by; None when there was nothing to do.

        Raises: KioskError; what was not done is done at the next look.
        """
        fingerprint = self.fingerprint()
        if fingerprint == self._seen:
            return None
        with self.reads() as look:
            known = is_known(look, fingerprint)
            if known and in_force(look) != fingerprint:
                log.warning("calendar.older", station=self.station)
        done = None
        if not known:
            done = recount(self.units, self.desk, fingerprint, actor=Actor("", self.station), now=now)
        self._seen = fingerprint
        return done
