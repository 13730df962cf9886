"""The return date of a dossier after its reception: waiting, extension, another agency, another calendar.

What was promised on paper stays in `original_due_at`; every change of the date is a line in the log with both dates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from kiosk.clock import business_day
from kiosk.domain import life
from kiosk.domain.dossier import Dossier, ReasonRequiredError
from kiosk.domain.due import Due, StillToComeError
from kiosk.domain.due_words import due_reason
from kiosk.domain.event import Actor, Event
from kiosk.domain.life import ON_CLOCK, IllegalDossierActError
from kiosk.domain.procedure import Term
from kiosk.domain.slip import SlipKind, slip_name
from kiosk.domain.term_clock import ClockStandsError
from kiosk.domain.term_words import UnknownTermError
from kiosk.services.calendar_mark import heed_older
from kiosk.services.ports import UnitOfWork
from kiosk.services.printing import ask_reprint
from kiosk.services.reception import Desk, promise, queue_exchange, queue_snapshot
from kiosk.services.slips import issue_slip

Changed = tuple[Dossier, Due | None]


def count_again(uow: UnitOfWork, desk: Desk, dossier: Dossier) -> Due | None:
    """The date of a received dossier by today's calendar and its own version of the procedure; None without a term.

    Raises: as `domain.due.due`.
    """
    if dossier.received_at is None:
        return None
    procedure = uow.procedures.get(dossier.procedure_code, dossier.procedure_version)
    return promise(desk, procedure, dossier.channel, dossier.case, dossier.received_at, dossier.clock)


def demand_payment(
    uow: UnitOfWork, desk: Desk, key: str, evidence: str, *, actor: Actor, now: datetime, elsewhere: bool = False
) -> Changed:
    """The citizen has to pay first; by the office's rule the clock stands still from now on. evidence: number of the
    notice of payment; elsewhere: it is paid to another agency. What is paid here lets the dossier go on by itself
    (`services.payment_wait`).

    Raises: EvidenceRequiredError, IllegalDossierActError, NotYourActError. Source: docs/legal.md#terms
    """
    life.check_role(life.DEMAND_PAYMENT, actor.roles)
    stops = desk.office.payment_stops_clock

    def demand(dossier: Dossier) -> None:
        dossier.demand_payment(evidence, now, stops_clock=stops, elsewhere=elsewhere)

    return _change(uow, desk, key, life.DEMAND_PAYMENT.event, demand, actor=actor, now=now)


def note_payment(uow: UnitOfWork, desk: Desk, key: str, *, actor: Actor, now: datetime, paper: str = "") -> Changed:
    """What was asked for is paid; the time of waiting is left out of the term. paper: number of the receipt that
    another agency gave, kept in the log. Raises: IllegalDossierActError, NotYourActError, FeeStillOwedError."""
    life.check_role(life.PAYMENT_DONE, actor.roles)
    kind, told = life.PAYMENT_DONE.event, {"paper": paper.strip()} if paper.strip() else {}
    return _change(uow, desk, key, kind, lambda d: d.note_payment(now, paper), actor=actor, now=now, told=told)


def extend(uow: UnitOfWork, desk: Desk, key: str, by: Term, reason: str, *, actor: Actor, now: datetime) -> Changed:
    """One new date, with its reason and the letter of apology (form 04), whose number the clock keeps.

    Raises: ReasonRequiredError, ExtendOnceError; ClockStandsError while the citizen is waited for, and
    UnknownTermError without a date: such a letter could promise nothing. Source: docs/legal.md#apology
    """
    if not reason.strip():
        raise ReasonRequiredError
    life.check_trust("gia hạn", life.EXTENDED_BY, actor.roles)
    with uow:
        uow.lock()
        dossier = uow.dossiers.get(key)
        _check_on_clock(dossier)
        if dossier.clock.extension is None and dossier.clock.stands:
            raise ClockStandsError
        before, year = dossier.due_at, business_day(now).year
        number = uow.slips.next_number(SlipKind.APOLOGY, year)
        dossier.clock = dossier.clock.extended(by, reason.strip(), slip_name(SlipKind.APOLOGY, number, year))
        counted = count_again(uow, desk, dossier)
        if counted is None:
            raise UnknownTermError(verbatim=dossier.term)
        move(uow, dossier, counted, "dossier.extended", actor=actor, now=now)
        heed_older(uow, desk, dossier.key)
        issue_slip(uow, desk, SlipKind.APOLOGY, dossier, now, counted, number=number, previous_due_at=before)
        uow.commit()
    return dossier, counted


def received_elsewhere(uow: UnitOfWork, desk: Desk, key: str, at: datetime, *, actor: Actor, now: datetime) -> Changed:
    """The competent agency received a dossier taken in here (phi địa giới): its clock starts there, and the receipt is
    printed once more with both days.

    Raises: ClockOrderError for an instant that has not come, or before the reception; CompetentKnownError,
    IllegalDossierActError. Source: docs/legal.md#reception
    """
    if at > now:
        raise StillToComeError(at=f"{at:%H:%M %d/%m/%Y}")

    def begin(dossier: Dossier) -> None:
        _check_on_clock(dossier)
        dossier.clock = dossier.clock.begun_elsewhere(at, dossier.received_at)
        receipts = [s for s in uow.slips.of_dossier(key) if s.kind is SlipKind.RECEIPT and s.competent_agency]
        if receipts:
            ask_reprint(uow, receipts[-1], 1, actor=actor, now=now, paper_at=desk.paper_at)

    return _change(uow, desk, key, "dossier.competent_received", begin, actor=actor, now=now)


def _check_on_clock(dossier: Dossier) -> None:
    if dossier.state not in ON_CLOCK:
        raise IllegalDossierActError(state=dossier.state.value, act="clock")


def _change(
    uow: UnitOfWork,
    desk: Desk,
    key: str,
    kind: str,
    change: Callable[[Dossier], None],
    *,
    actor: Actor,
    now: datetime,
    told: Mapping[str, str] | None = None,
) -> Changed:
    with uow:
        uow.lock()
        dossier = uow.dossiers.get(key)
        state = dossier.state
        change(dossier)
        counted, event = count_on(uow, desk, dossier, kind, actor=actor, now=now, told=told)
        if dossier.state is not state:
            queue_exchange(uow, dossier, event, now)
        uow.commit()
    return dossier, counted


def count_on(
    uow: UnitOfWork,
    desk: Desk,
    dossier: Dossier,
    kind: str,
    *,
    actor: Actor,
    now: datetime,
    told: Mapping[str, str] | None = None,
) -> tuple[Due | None, Event]:
    """The date of a dossier that an act has changed, with its line in the log; in that act's own transaction."""
    counted = None if dossier.clock.stands else count_again(uow, desk, dossier)
    event = move(uow, dossier, counted, kind, actor=actor, now=now, told=told)
    if counted is not None:
        heed_older(uow, desk, dossier.key)
    return counted, event


def move(
    uow: UnitOfWork,
    dossier: Dossier,
    counted: Due | None,
    kind: str,
    *,
    actor: Actor,
    now: datetime,
    calendar: str = "",
    told: Mapping[str, str] | None = None,
) -> Event:
    """Save the dossier with its new date, in the act's own transaction, and leave word of both dates. calendar: the
    fingerprint of the packs that moved it; told: what the log has to know besides."""
    before = dossier.due_at
    if counted is not None:
        dossier.due_at = counted.due_at
    uow.dossiers.save(dossier)
    data = {
        "from": before.isoformat() if before else None,
        "to": dossier.due_at.isoformat() if dossier.due_at else None,
        "why": due_reason(counted) if counted else "",
        "calendar": calendar,
        **(told or {}),
    }
    event = uow.events.append(Event(kind, dossier.key, now, actor, data))
    if not dossier.state_secret and dossier.due_at != before:
        queue_snapshot(uow, dossier.key, f"{event.seq}", now)
    return event
