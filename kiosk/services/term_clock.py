"""The return date of a dossier after its reception: waiting, extension, another agency, another calendar.

What was promised on paper stays in `original_due_at`; every change of the date is a line in the log with both dates.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kiosk.domain.dossier import ON_CLOCK, Dossier, IllegalDossierActError, ReasonRequiredError
from kiosk.domain.due import ClockOrderError, Due, StopKind
from kiosk.domain.due_words import due_reason
from kiosk.domain.event import Actor, Event
from kiosk.domain.procedure import Term
from kiosk.domain.term_clock import TermClock
from kiosk.errors import RuleError
from kiosk.services.ports import UnitOfWork
from kiosk.services.reception import Desk, promise, queue_snapshot


class PaymentRunsError(RuleError):
    """This office lets the clock run while a payment is waited for."""

    code = "term.payment_runs"


def count_again(uow: UnitOfWork, desk: Desk, dossier: Dossier) -> Due | None:
    """The date of a received dossier by today's calendar and its own version of the procedure; None without a term.

    Raises: as `domain.due.due`.
    """
    if dossier.received_at is None:
        return None
    procedure = uow.procedures.get(dossier.procedure_code, dossier.procedure_version)
    return promise(desk, procedure, dossier.channel, dossier.case, dossier.received_at, dossier.clock)


def stop_for_payment(
    uow: UnitOfWork, desk: Desk, key: str, evidence: str, *, actor: Actor, now: datetime
) -> tuple[Dossier, Due | None]:
    """The citizen has to pay first; the clock stands still from now on. evidence: number of the notice of payment.

    Raises: PaymentRunsError, EvidenceRequiredError, ClockStandsError. Source: docs/legal.md#terms
    """
    if not desk.office.payment_stops_clock:
        raise PaymentRunsError
    return _change(
        uow,
        desk,
        key,
        "dossier.clock_stopped",
        lambda clock: clock.stopped(StopKind.PAYMENT, now, evidence),
        actor=actor,
        now=now,
    )


def resume(uow: UnitOfWork, desk: Desk, key: str, *, actor: Actor, now: datetime) -> tuple[Dossier, Due | None]:
    """What was waited for is there; the time of waiting is left out of the term. Raises: ClockRunsError."""
    return _change(uow, desk, key, "dossier.clock_resumed", lambda c: c.resumed(now), actor=actor, now=now)


def extend(
    uow: UnitOfWork, desk: Desk, key: str, by: Term, reason: str, paper: str, *, actor: Actor, now: datetime
) -> tuple[Dossier, Due | None]:
    """One new date, with its reason and the number of the letter of apology.

    Raises: ReasonRequiredError, EvidenceRequiredError, ExtendOnceError. Source: docs/legal.md#apology
    """
    if not reason.strip():
        raise ReasonRequiredError
    return _change(
        uow,
        desk,
        key,
        "dossier.extended",
        lambda clock: clock.extended(by, paper),
        actor=actor,
        now=now,
        reason=reason.strip(),
    )


def received_elsewhere(
    uow: UnitOfWork, desk: Desk, key: str, at: datetime, *, actor: Actor, now: datetime
) -> tuple[Dossier, Due | None]:
    """The competent agency received a dossier taken in here (phi địa giới): its clock starts there.

    Raises: ClockOrderError for an instant that has not come, or before the reception; CompetentKnownError.
    Source: docs/legal.md#reception
    """
    if at > now:
        raise ClockOrderError(what="lúc này")
    return _change(uow, desk, key, "dossier.competent_received", lambda c: c.begun_elsewhere(at), actor=actor, now=now)


def _change(
    uow: UnitOfWork,
    desk: Desk,
    key: str,
    kind: str,
    change: Callable[[TermClock], TermClock],
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> tuple[Dossier, Due | None]:
    with uow:
        uow.lock()
        dossier = uow.dossiers.get(key)
        if dossier.state not in ON_CLOCK:
            raise IllegalDossierActError(state=dossier.state.value, act="clock")
        dossier.clock = change(dossier.clock)
        counted = None if dossier.clock.stands else count_again(uow, desk, dossier)
        move(uow, dossier, counted, kind, reason=reason, actor=actor, now=now)
        uow.commit()
    return dossier, counted


def move(
    uow: UnitOfWork, dossier: Dossier, counted: Due | None, kind: str, *, reason: str, actor: Actor, now: datetime
) -> None:
    """Save the dossier with its new date, in the act's own transaction, and leave word of both dates."""
    before = dossier.due_at
    if counted is not None:
        dossier.due_at = counted.due_at
    uow.dossiers.save(dossier)
    data = {
        "from": before.isoformat() if before else None,
        "to": dossier.due_at.isoformat() if dossier.due_at else None,
        "why": due_reason(counted) if counted else "",
        "reason": reason,
    }
    event = uow.events.append(Event(kind, dossier.key, now, actor, data))
    if not dossier.state_secret and dossier.due_at != before:
        queue_snapshot(uow, dossier.key, f"{event.seq}", now)
