"""The return date (ngày hẹn trả): when the clock starts, when it stands still, when it ends. docs/legal.md#terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.calendar import DayKind, Skipped, WorkingCalendar
from kiosk.domain.procedure import Term, TermUnit
from kiosk.domain.term_words import MAX_TERM, UnknownTermError
from kiosk.errors import RuleError

ONE_DAY = timedelta(days=1)


class ClockOrderError(RuleError):
    """An instant comes before the one that it follows. details: what."""

    code = "term.order"
    exit_code = 2


class StillToComeError(ClockOrderError):
    """Something is said to have happened at an instant that has not come. details: at."""

    code = "term.still_to_come"


class StillWaitingError(RuleError):
    """The clock stands still and nobody knows until when: there is no date yet. details: since."""

    code = "term.still_waiting"


class ExtensionTermError(RuleError):
    """An extension is a number of hours or days: "the same day" adds nothing to a promise. details: value."""

    code = "term.extension"
    exit_code = 2


class Counting(StrEnum):
    """How n working days are counted: to the end of the n-th day, or n times a day's hours from the minute."""

    END_OF_DAY = "end-of-day"
    EXACT_HOURS = "exact-hours"


class StopKind(StrEnum):
    """What the office waits for."""

    SUPPLEMENT = "supplement"
    PAYMENT = "payment"


STOP_WORDS = {StopKind.SUPPLEMENT: "Chờ bổ sung hồ sơ", StopKind.PAYMENT: "Chờ thực hiện nghĩa vụ tài chính"}


@dataclass(frozen=True)
class Stop:
    """A time in which the term does not run. until: None while it lasts; both aware. evidence: the paper behind it."""

    kind: StopKind
    since: datetime
    until: datetime | None = None
    evidence: str = ""


@dataclass(frozen=True)
class Due:
    """The promise and its reason. starts_at: when the clock starts; all aware, office zone.

    competent_at: when the competent agency received it, for a dossier taken in elsewhere. made_up: Saturdays and
    Sundays that count. before_extension: the promise that was extended, None where there is no extension.
    """

    received_at: datetime
    starts_at: datetime
    due_at: datetime
    term: Term
    skipped: tuple[Skipped, ...] = ()
    counting: Counting = Counting.END_OF_DAY
    competent_at: datetime | None = None
    made_up: tuple[Skipped, ...] = ()
    stops: tuple[Stop, ...] = ()
    extension: Term | None = None
    before_extension: datetime | None = None


def due(
    calendar: WorkingCalendar,
    received_at: datetime,
    term: Term,
    counting: Counting = Counting.END_OF_DAY,
    *,
    competent_at: datetime | None = None,
    stops: Sequence[Stop] = (),
    extension: Term | None = None,
) -> Due:
    """When the result is promised. `received_at`: aware instant of complete reception.

    Received outside the hours, the clock starts at the next opening; received for another agency (phi địa giới), when
    that agency receives it. Working days and calendar days leave out the day of the start (BLDS 2015 Art 147); calendar
    days that end on a day off move to the next working day (Art 148). A working day at whose end the clock stands still
    does not count, nor does any minute of a stop. An extension goes on from the promise.
    Raises: UnknownTermError, ExtensionTermError, ClockOrderError, StillWaitingError, NoWorkingDayError; ValueError for
    a naive datetime.
    """
    received = _local(received_at)
    began = received if competent_at is None else _local(competent_at)
    if began < received:
        raise ClockOrderError(what="lúc cơ quan có thẩm quyền nhận")
    _known(term)
    timeline = _Timeline(calendar, _merged(stops))
    start = calendar.opening(began, timeline.skipped, for_reception=not _by_minutes(term, counting))
    first = due_at = timeline.end(start, term, counting)
    if extension is not None:
        if extension.unit is TermUnit.SAME_DAY or not _is_countable(extension):
            raise ExtensionTermError(value=extension.verbatim or str(extension))
        due_at = timeline.end(first, extension, counting)
    return Due(
        received,
        start,
        due_at,
        term,
        tuple({s.day: s for s in timeline.skipped}.values()),
        counting,
        None if competent_at is None else began,
        tuple(timeline.made_up(_first_counted(start, due_at, term, counting), due_at.date())),
        tuple(stops),
        extension,
        None if extension is None else first,
    )


def transfer_by(calendar: WorkingCalendar, received_at: datetime, skipped: list[Skipped]) -> datetime:
    """Until when a dossier is passed on to who solves it: the end of the day of reception; received after the cut-off,
    or while papers are only taken in, the beginning of the next working day. Source: docs/legal.md#transfer

    Received on a day off, it counts as received when the next day begins. Days passed over are appended to `skipped`.
    Raises: NoWorkingDayError.
    """
    received = _local(received_at)
    day = received.date()
    if calendar.open_spans(day):
        if calendar.is_working(day) and _clock(received) <= calendar.cut_off:
            return calendar.end_of(day)
        return calendar.begin_of(calendar.next_working(day, skipped))
    skipped.append(calendar.off(day))
    return calendar.end_of(calendar.next_working(day, skipped))


def _local(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("naive datetime")
    return at.astimezone(OFFICE_ZONE)


def _clock(at: datetime) -> time:
    return at.timetz().replace(tzinfo=None)


def _is_countable(term: Term) -> bool:
    return term.is_known and (term.unit is TermUnit.SAME_DAY or 1 <= (term.value or 0) <= MAX_TERM)


def _known(term: Term) -> None:
    if not _is_countable(term):
        raise UnknownTermError(verbatim=term.verbatim or str(term))


def _by_minutes(term: Term, counting: Counting) -> bool:
    return term.unit is TermUnit.HOURS or (counting is Counting.EXACT_HOURS and term.unit is TermUnit.WORKING_DAYS)


def _first_counted(start: datetime, end: datetime, term: Term, counting: Counting) -> date:
    """From which day on a made-up day matters: all days of a calendar term count anyway, but for its last."""
    if term.unit is TermUnit.CALENDAR_DAYS:
        return end.date()
    whole_days = term.unit is TermUnit.WORKING_DAYS and counting is Counting.END_OF_DAY
    return start.date() + ONE_DAY if whole_days else start.date()


Interval = tuple[datetime, datetime, StopKind]


def _merged(stops: Sequence[Stop]) -> list[Interval]:
    """In order and not overlapping: a day on which two things are waited for is one day."""
    whole: list[Interval] = []
    for stop in sorted(stops, key=lambda s: (s.since, s.until or s.since)):
        since = _local(stop.since)
        if stop.until is None:
            raise StillWaitingError(since=f"{since:%d/%m/%Y}")
        until = _local(stop.until)
        if until < since:
            raise ClockOrderError(what="lúc hết chờ")
        if whole and since <= whole[-1][1]:
            begun, ended, kind = whole[-1]
            whole[-1] = begun, max(ended, until), kind
        elif since < until:
            whole.append((since, until, stop.kind))
    return whole


@dataclass
class _Timeline:
    """Working time of one dossier. skipped: the days passed over so far."""

    calendar: WorkingCalendar
    stops: Sequence[Interval]
    skipped: list[Skipped] = field(default_factory=list)

    def end(self, start: datetime, term: Term, counting: Counting) -> datetime:
        value = term.value or 0
        if _by_minutes(term, counting):
            hours = term.unit is TermUnit.HOURS
            return self._walk(start, timedelta(hours=value) if hours else self.calendar.counted_day * value)
        if term.unit is TermUnit.SAME_DAY:
            return self._same_day(start)
        if term.unit is TermUnit.WORKING_DAYS:
            day = start.date()
            for _ in range(value):
                day = self._next_counted(day)
            return self.calendar.end_of(day)
        return self._calendar_day(start.date(), value)

    def _same_day(self, start: datetime) -> datetime:
        day = start.date()
        if self._counts(day) and _clock(start) <= self.calendar.cut_off:
            return self.calendar.end_of(day)
        if not self.calendar.is_working(day) or self._waits(day):
            self._skip(day)
        return self.calendar.end_of(self._next_counted(day))

    def _calendar_day(self, day: date, count: int) -> datetime:
        while count:
            day += ONE_DAY
            if self._waits(day):
                self._skip(day)
            else:
                count -= 1
        if not self._counts(day):
            self._skip(day)
            day = self._next_counted(day)
        return self.calendar.end_of(day)

    def _next_counted(self, day: date) -> date:
        day = self.calendar.next_working(day, self.skipped)
        while self._waits(day):
            self._skip(day)
            day = self.calendar.next_working(day, self.skipped)
        return day

    def _walk(self, start: datetime, amount: timedelta) -> datetime:
        """`amount` of working time after `start`; work that fills a span to its end is due at that end."""
        day = start.date()
        while True:
            runs = self._runs(day, start)
            for begin, end in runs:
                if amount <= end - begin:
                    return begin + amount
                amount -= end - begin
            if not runs and (kind := self._stop_on(day)):
                self.skipped.append(Skipped(day, STOP_WORDS[kind], DayKind.WAITING))
            day = self.calendar.next_working(day, self.skipped)

    def _runs(self, day: date, after: datetime) -> list[tuple[datetime, datetime]]:
        """Working time of a day after an instant, without the stops."""
        runs = []
        for opens, closes in self.calendar.spans(day):
            begin = max(after, datetime.combine(day, opens, OFFICE_ZONE))
            end = datetime.combine(day, closes, OFFICE_ZONE)
            for since, until, _ in self.stops:
                if since >= end:
                    break
                if begin < since:
                    runs.append((begin, since))
                begin = max(begin, until)
            if begin < end:
                runs.append((begin, end))
        return runs

    def _counts(self, day: date) -> bool:
        return self.calendar.is_working(day) and not self._waits(day)

    def _waits(self, day: date) -> StopKind | None:
        """Whether the clock stands still when the day ends: at the end of its hours, on a day off at midnight."""
        if self.calendar.is_working(day):
            end = self.calendar.end_of(day)
        else:
            end = datetime.combine(day + ONE_DAY, time(), OFFICE_ZONE)
        return next((kind for since, until, kind in self.stops if since <= end < until), None)

    def _stop_on(self, day: date) -> StopKind | None:
        begin, end = self.calendar.begin_of(day), self.calendar.end_of(day)
        return next((kind for since, until, kind in self.stops if since < end and until > begin), None)

    def _skip(self, day: date) -> None:
        kind = self._waits(day)
        self.skipped.append(Skipped(day, STOP_WORDS[kind], DayKind.WAITING) if kind else self.calendar.off(day))

    def made_up(self, first: date, last: date) -> list[Skipped]:
        """Days worked in exchange for another, from the start to the end."""
        days = (first + n * ONE_DAY for n in range((last - first).days + 1))
        made_up = self.calendar.working_weekend
        passed = {s.day for s in self.skipped}
        return [Skipped(day, made_up[day], DayKind.SWAP) for day in days if day in made_up and day not in passed]
