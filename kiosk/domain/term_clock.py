"""The clock of one dossier's term (thời hạn giải quyết): since when it runs, when it stood still, its extension."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.due import ClockOrderError, Counting, Due, Stop, StopKind, due
from kiosk.domain.procedure import Term
from kiosk.errors import RuleError


class ClockStandsError(RuleError):
    """The clock stands still already; what is waited for must end first."""

    code = "term.stands"


class ClockRunsError(RuleError):
    """The clock is not standing still."""

    code = "term.runs"


class EvidenceRequiredError(RuleError):
    """A stop needs the paper behind it: number of the notice of payment, or of the supplement slip."""

    code = "term.evidence_required"


class ExtendOnceError(RuleError):
    """One new date only (NĐ 61/2018 Art 19.9)."""

    code = "term.extend_once"


class CompetentKnownError(RuleError):
    """When the competent agency received the dossier was noted before. details: at."""

    code = "term.competent_known"


@dataclass(frozen=True)
class TermClock:
    """What decides the return date besides the reception, the catalogue's term and the calendar.

    counting: the office's way on the day of reception, kept for good; None for a dossier received before it was kept,
    which goes by the office's way of today. expected_at: by when the competent agency should have what was only taken
    in here, until competent_at is known. extension_paper: number of the letter of apology;
    extension_reason: why there had to be one.
    """

    counting: Counting | None = None
    competent_at: datetime | None = None
    expected_at: datetime | None = None
    stops: tuple[Stop, ...] = ()
    extension: Term | None = None
    extension_paper: str = ""
    extension_reason: str = ""

    @property
    def stands(self) -> bool:
        return any(stop.until is None for stop in self.stops)

    def count(self, calendar: WorkingCalendar, received_at: datetime, term: Term, usual: Counting) -> Due:
        """usual: the office's way. Raises: as `due`; StillWaitingError while it stands."""
        return due(
            calendar,
            received_at,
            term,
            self.counting or usual,
            competent_at=self.competent_at or self.expected_at,
            stops=self.stops,
            extension=self.extension,
        )

    def stopped(self, kind: StopKind, since: datetime, evidence: str) -> TermClock:
        """Raises: ClockStandsError, EvidenceRequiredError."""
        if self.stands:
            raise ClockStandsError
        if not evidence.strip():
            raise EvidenceRequiredError
        return replace(self, stops=(*self.stops, Stop(kind, since, evidence=evidence.strip())))

    def resumed(self, until: datetime) -> TermClock:
        """Raises: ClockRunsError; ClockOrderError for an instant before the stop."""
        if not self.stands:
            raise ClockRunsError
        *before, last = self.stops
        if until < last.since:
            raise ClockOrderError(what="lúc hết chờ")
        return replace(self, stops=(*before, replace(last, until=until)))

    def extended(self, by: Term, reason: str, paper: str) -> TermClock:
        """Raises: ExtendOnceError, EvidenceRequiredError."""
        if self.extension is not None:
            raise ExtendOnceError
        if not paper.strip():
            raise EvidenceRequiredError
        return replace(self, extension=by, extension_paper=paper.strip(), extension_reason=reason)

    def begun_elsewhere(self, at: datetime, received_at: datetime | None) -> TermClock:
        """The competent agency received it; received_at: when it was taken in here.

        Raises: CompetentKnownError; ClockOrderError, also while the clock stands: nobody could end the wait then.
        """
        if self.competent_at is not None:
            raise CompetentKnownError(at=f"{self.competent_at:%H:%M %d/%m/%Y}")
        if received_at is not None and at < received_at:
            raise ClockOrderError(what="lúc cơ quan có thẩm quyền nhận")
        return replace(self, competent_at=at)
