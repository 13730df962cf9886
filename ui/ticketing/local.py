"""The door of a kiosk that numbers by itself: from its own store, whatever the office's database does. No Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

from kiosk.clock import business_day
from kiosk.domain.membership import SPARE_LETTERS, Stop, StoppedError
from kiosk.domain.station import Series
from kiosk.domain.ticket import Ticket
from kiosk.domain.waiting import come_back_at
from kiosk.errors import KioskError
from kiosk.services.appointments import Claim, claim_under, number_for
from kiosk.services.carried_numbers import keep_apart
from kiosk.services.help import ask_help, is_help_coming
from kiosk.services.lookup import Progress, look_up, receipt_code
from kiosk.services.membership import approve_spare, standing
from kiosk.services.ports import UnitOfWork
from kiosk.services.printing import Told
from kiosk.services.pushing import HallSeen, full_here
from kiosk.services.queueing import issue_ticket
from kiosk.services.quota import GroupFullError
from kiosk.services.touchless import CodeKind, kind_of, line_for
from ui.ticketing.link import FarOffice, OfficeLink, OfficeSilentError
from ui.ticketing.mark import StoreMark
from ui.ticketing.model import Issued, Stopped, Tile
from ui.ticketing.office import LiveTicketing

TELL_S = 0.3  # and only for an office that answered a moment ago
ASK_S = 3.0
HELP_S = 1.0
FRESH = timedelta(seconds=15)
STILL_WORTH_TELLING = timedelta(minutes=15)


class NobodyHeardError(KioskError):
    """The call for an officer stays in this kiosk until the office answers again."""

    code = "kiosk.nobody_heard"


@dataclass
class LocalTicketing(LiveTicketing):
    """office: opened on the kiosk's own store; link: to the office's; machine: this computer's mark.

    lost_epoch: of which this store has lost numbers, as its mark told when the program started. tell_s: so long a
    citizen's number may wait for what the office knows.
    """

    link: OfficeLink = field(kw_only=True)
    machine: str = field(kw_only=True)
    mark: StoreMark = field(kw_only=True)
    lost_epoch: int | None = field(default=None, kw_only=True)
    tell_s: float = field(default=TELL_S, kw_only=True)

    def stop(self) -> Stop | None:
        with self.office.reads() as look:
            return standing(look, self.machine, self.lost_epoch)[1]

    def stopped(self) -> Stopped | None:
        """With the letters that an officer may choose from; none where that would not help."""
        stop = self.stop()
        return None if stop is None else Stopped(stop.value, SPARE_LETTERS if stop.officer_may_go_on else ())

    def use_spare(self, letter: str) -> None:
        """Raises: SpareLetterError."""
        approve_spare(self.office.units(), letter, self.machine, stop=self.stop(), actor=self._actor, now=self.clock())

    def tiles(self) -> Sequence[Tile]:
        facts, now, seen = self.office.facts, self.clock(), self.link.seen
        with self.office.reads() as look:
            full = full_here(look, facts, seen, now)
            since = self._since(look, seen)
        fresh = seen is not None and self.link.is_up and timedelta(0) <= now - seen.at < FRESH
        waiting = {g.code: seen.waiting.get(g.code, 0) + since[g.code] for g in facts.groups} if seen and fresh else {}
        return [
            Tile(
                g.code, g.name, g.icon, g.series, waiting.get(g.code), g.name_en, g.code in full,
                self.wait_of(g.code) if fresh else None,
            )
            for g in facts.groups
        ]  # fmt: skip

    def issue(self, group: str, priority: str, touch: str) -> Issued:
        """One commit in the kiosk's own store; the office is told at once where it answers, and never waited for longer
        than `tell_s`. Raises: StoppedError, GroupFullError."""
        facts, now, series = self.office.facts, self.clock(), self._series()
        with self.office.reads() as look:
            if look.tickets.by_touch(touch) is None and group in full_here(look, facts, self.link.seen, now):
                raise GroupFullError(group=group)
        self._keep_apart(now)
        ticket = issue_ticket(
            self.office.units(), facts, group,
            actor=self._actor, now=now, touch=touch, priority=priority, under=series,
        )  # fmt: skip
        return self._told(ticket, series, now)

    def check_in(self, code: str) -> Issued:
        """The office says whose code it is; the number is this kiosk's own. Raises: StoppedError, OfficeSilentError,
        and as `services.appointments`."""
        facts, now, series = self.office.facts, self.clock(), self._series()
        claimed = self.link.ask(lambda far: _claimed(far, code), ASK_S)
        touch = f"{series.epoch}/{claimed.touch}"  # a desk's number for it must not stand in the way of being told
        with self.office.reads() as look:
            if look.tickets.by_touch(touch) is None:
                claimed.appointment.refuse_ended(claimed.number)
        self._keep_apart(now)
        ticket = number_for(
            self.office.units(), facts, claimed.appointment, touch=touch, actor=self._actor, now=now, under=series
        )
        return self._told(ticket, series, now)

    def _series(self) -> Series:
        """Raises: StoppedError."""
        with self.office.reads() as look:
            known, stop = standing(look, self.machine, self.lost_epoch)
        if stop is not None or known is None:
            raise StoppedError(stop or Stop.UNPAIRED)
        return known.series

    def _told(self, ticket: Ticket, series: Series, now: datetime) -> Issued:
        """Once the mark knows of the number."""
        with self.office.reads() as look:
            self.mark.save(series.epoch, look.events.last_seq())
        return self._issued(ticket, self.link.hear_of(ticket.key, self.tell_s), now)

    def _keep_apart(self, now: datetime) -> None:
        """Before a day's first number, where yesterday's go on and the office was not heard today."""
        day, seen = business_day(now), self.link.seen
        if seen is None or seen.day != day:
            keep_apart(self.office.reads, self.office.units, self.office.facts, day, None)

    def told(self, ticket: Ticket) -> Told:
        """What the paper may say of the line: the same as the screen."""
        return self.link.hear_of(ticket.key, self.tell_s) or Told()

    def ask_help(self) -> None:
        """Kept first, so that the desks hear it late rather than never. Raises: NobodyHeardError."""
        ask_help(self.office.units(), actor=self._actor, now=self.clock())
        try:
            self.link.ask(lambda _: None, HELP_S)
        except OfficeSilentError:
            raise NobodyHeardError from None

    def is_help_coming(self, since: datetime) -> bool:
        """The officers' answers lie in the office's store. Raises: OfficeSilentError."""
        return self.link.ask(lambda far: is_help_coming(far.reads(), self.station, since), HELP_S)

    def look_up(self, text: str) -> Progress:
        """Dossiers lie in the office's store only. Raises: OfficeSilentError, and as `services.lookup.look_up`."""
        receipt_code(text)
        return self.link.ask(lambda far: look_up(far.reads(), text), ASK_S)

    def line_of_code(self, text: str) -> str:
        facts = self.office.facts
        if kind_of(text) is CodeKind.RECEIPT:
            try:
                return self.link.ask(lambda far: line_for(far.reads(), facts, text), HELP_S)
            except OfficeSilentError:
                pass  # the rule for a store that does not answer says where a receipt goes then
        return line_for(cast(UnitOfWork, _NoOffice()), facts, text)

    def _issued(self, ticket: Ticket, told: Told | None, now: datetime) -> Issued:
        facts = self.office.facts
        line, who = facts.group(ticket.group), facts.priority(ticket.priority) if ticket.priority else None
        wait = told.wait_minutes if told else None
        return Issued(
            ticket.key,
            ticket.label,
            line.name,
            who.name if who else "",
            told.ahead if told else None,
            ticket.print_state,
            line.name_en,
            who.name_en if who else "",
            wait,
            None if wait is None else come_back_at(wait, now),
            None if told else self._many_at(ticket, now),
        )

    def _many_at(self, ticket: Ticket, now: datetime) -> tuple[int, datetime] | None:
        """How many stood in this line when the office was last heard; too old to help after a quarter of an hour."""
        seen = self.link.seen
        if seen is None or not timedelta(0) <= now - seen.at < STILL_WORTH_TELLING or seen.day != ticket.business_day:
            return None
        return seen.waiting.get(ticket.group, 0), seen.at

    def _since(self, look: UnitOfWork, seen: HallSeen | None) -> Counter[str]:
        """Own numbers that what was last heard of the hall does not count yet, by line."""
        if seen is None:
            return Counter()
        return Counter(t.group for t in look.tickets.of_day(seen.day) if t.issued_at > seen.at)


def _claimed(far: FarOffice, code: str) -> Claim:
    with far.reads() as look:
        return claim_under(look, code, far.now())


class _NoOffice:
    """A unit of work of an office that does not answer."""

    def __enter__(self) -> None:
        raise OfficeSilentError

    def __exit__(self, *exc: object) -> None:
        """Never entered."""
