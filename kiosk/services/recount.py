"""Another calendar: every return date that is still ahead is counted again, each change with a line in the log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.dossier import Dossier
from kiosk.domain.due import Due
from kiosk.domain.due_words import due_reason
from kiosk.domain.event import Actor, Event
from kiosk.domain.life import ON_CLOCK
from kiosk.errors import KioskError
from kiosk.services.calendar_mark import BEHIND, IN_FORCE, PAST, behind, in_force, is_known
from kiosk.services.ports import UnitOfWork, Units
from kiosk.services.reception import Desk
from kiosk.services.term_clock import count_again, move

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
            part, after, more = _part(uow, desk, after, batch, _writer(uow, fingerprint, actor, now))
            total += part
            if not more:
                _note(uow, fingerprint, total, actor, now)
            uow.commit()
    return total


def mend(units: Units, desk: Desk, fingerprint: str, *, actor: Actor, now: datetime, batch: int = BATCH) -> Recount:
    """Count the dates again that a machine with an older pack made since; each change is a line in the log."""
    total, more = Recount(), True
    while more:
        with units() as uow:
            uow.lock()
            keys = behind(uow)
            found = [d for d in map(uow.dossiers.get, keys[:batch]) if d.state in ON_CLOCK]
            total += _counted(uow, desk, found, _writer(uow, fingerprint, actor, now))
            uow.exchange.set_cursor(BEHIND, " ".join(keys[batch:]))
            uow.commit()
        more = len(keys) > batch
    return total


def moved_after(look: UnitOfWork, after: int) -> tuple[int, tuple[Moved, ...]]:
    """Where the log was read to, and the dates that moved with a calendar since. Inside a `with`."""
    events = look.events.after(after, kinds=(MOVED,))
    return (events[-1].seq if events else after), tuple(_moved(look, event) for event in events)


def _moved(look: UnitOfWork, event: Event) -> Moved:
    before, after = (datetime.fromisoformat(event.data[name]).astimezone(OFFICE_ZONE) for name in ("from", "to"))
    return Moved(event.subject, before, after, look.dossiers.get(event.subject).original_due_at, event.data["why"])


Write = Callable[[Dossier, Due], None]


def _writer(uow: UnitOfWork, fingerprint: str, actor: Actor, now: datetime) -> Write:
    def write(dossier: Dossier, counted: Due) -> None:
        move(uow, dossier, counted, MOVED, actor=actor, now=now, calendar=fingerprint)

    return write


def _part(uow: UnitOfWork, desk: Desk, after: str, batch: int, write: Write | None) -> tuple[Recount, str, bool]:
    """The next dossiers by key, the last key, and whether there may be more."""
    dossiers = uow.dossiers.on_clock(after, batch)
    last = dossiers[-1].key if dossiers else after
    return _counted(uow, desk, dossiers, write), last, len(dossiers) == batch


def _counted(uow: UnitOfWork, desk: Desk, dossiers: Sequence[Dossier], write: Write | None) -> Recount:
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
    return Recount(len(dossiers), tuple(moved), tuple(not_counted))


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
        """Counts again when the packs say what no date was ever counted by, and what a machine with older packs dated;
        None when there was nothing to do.

        Raises: KioskError; what was not done is done at the next look.
        """
        fingerprint, actor = self.fingerprint(), Actor("", self.station)
        with self.reads() as look:
            known, is_current = is_known(look, fingerprint), in_force(look) == fingerprint
            waiting = behind(look)
        if is_current and waiting:
            return mend(self.units, self.desk, fingerprint, actor=actor, now=now)
        if fingerprint == self._seen:
            return None
        if known and not is_current:
            log.warning("calendar.older", station=self.station)
        done = None if known else recount(self.units, self.desk, fingerprint, actor=actor, now=now)
        self._seen = fingerprint
        return done
