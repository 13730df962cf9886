"""Lists that came from the province wait until a person has looked at them: nothing changes by being fetched.

A dossier keeps the version of its procedure under which it was received, whatever is approved later.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from kiosk.clock import business_day
from kiosk.domain.dossier import ReasonRequiredError
from kiosk.domain.event import Actor, Event
from kiosk.domain.procedure import Procedure
from kiosk.domain.proposal import DecidedProposalError, Proposal, ProposalKind, ProposalState
from kiosk.services.catalogue import Change, ChangeKind, ImportReport, import_within, planned
from kiosk.services.catalogue_diff import lines_of
from kiosk.services.ports import UnitOfWork

SUBJECT = "catalogue"
PROPOSED, APPROVED, REJECTED = "proposal.made", "proposal.approved", "proposal.rejected"
DIFF_KEPT = 5_000  # lines
TOLD = (ChangeKind.ADDED, ChangeKind.CHANGED, ChangeKind.ABSENT)

Read = Callable[[Mapping[str, Any]], Sequence[Procedure]]


def propose_procedures(
    uow: UnitOfWork, source: str, content: Mapping[str, Any], read: Read, *, actor: Actor, now: datetime
) -> Proposal | None:
    """Keep a list of procedures with what it would change; None when it would change nothing.

    content: {"records": [...]} as they came; read: makes procedures of it.
    """
    with uow:
        uow.lock()
        changes = [c for c in _closing(planned(uow, read(content), business_day(now))) if c.kind in TOLD]
        counts = {kind.value: sum(c.kind is kind for c in changes) for kind in TOLD}
        diff = tuple(line for change in changes for line in lines_of(change))[:DIFF_KEPT]
        kept = _kept(uow, ProposalKind.PROCEDURES, source, content, diff, counts, actor, now) if changes else None
        uow.commit()
    return kept


def propose(
    uow: UnitOfWork,
    kind: ProposalKind,
    source: str,
    content: Mapping[str, Any],
    diff: Sequence[str],
    *,
    actor: Actor,
    now: datetime,
) -> Proposal | None:
    """Keep a calendar or a list of states. None when it would change nothing."""
    if not diff:
        return None
    with uow:
        uow.lock()
        kept = _kept(uow, kind, source, content, tuple(diff)[:DIFF_KEPT], {"changed": len(diff)}, actor, now)
        uow.commit()
    return kept


def approve_procedures(
    uow: UnitOfWork, proposal_id: int, read: Read, *, actor: Actor, now: datetime, since: date | None = None
) -> ImportReport:
    """Bring the list in, and end what it closes, in one transaction. since: in force from then; None: from today.

    Raises: NotFoundError, DecidedProposalError.
    """
    with uow:
        uow.lock()
        proposal = _open(uow, proposal_id)
        procedures = [replace(p, valid_from=since) if since else p for p in read(proposal.content)]
        today = business_day(now)
        closed = [c for c in _closing(planned(uow, procedures, today)) if c.kind is ChangeKind.ABSENT]
        gone = {c.procedure.code for c in closed}
        shown = [p for p in procedures if p.public and p.code not in gone]
        report = import_within(uow, shown, actor=actor, now=now)
        for change in closed:
            uow.procedures.close(change.procedure.code, change.procedure.version, since or today)
        told = {"closed": sorted(gone), "since": (since or today).isoformat()}
        _decide(uow, proposal, ProposalState.APPROVED, actor, now, told)
        uow.commit()
    return replace(report, absent=tuple(sorted(gone)))


def approve(uow: UnitOfWork, proposal_id: int, *, actor: Actor, now: datetime) -> Proposal:
    """A calendar or a list of states; the caller has put the calendar where it is read. Raises: as above."""
    with uow:
        uow.lock()
        decided = _decide(uow, _open(uow, proposal_id), ProposalState.APPROVED, actor, now, {})
        uow.commit()
    return decided


def reject(uow: UnitOfWork, proposal_id: int, reason: str, *, actor: Actor, now: datetime) -> Proposal:
    """Raises: ReasonRequiredError, NotFoundError, DecidedProposalError."""
    if not reason.strip():
        raise ReasonRequiredError
    with uow:
        uow.lock()
        proposal = replace(_open(uow, proposal_id), reason=reason.strip())
        decided = _decide(uow, proposal, ProposalState.REJECTED, actor, now, {})
        uow.commit()
    return decided


def waiting(look: UnitOfWork) -> list[Proposal]:
    """Newest first. Inside a `with`."""
    return look.proposals.listed((ProposalState.OPEN,))


def open_proposal(look: UnitOfWork, proposal_id: int) -> Proposal:
    """Inside a `with`. Raises: NotFoundError, DecidedProposalError."""
    return _open(look, proposal_id)


def status_names(look: UnitOfWork) -> dict[str, str]:
    """Code -> name of the province's states, as approved last; {} before. Inside a `with`."""
    last = look.proposals.last(ProposalKind.STATUSES, "", ProposalState.APPROVED)
    return {str(code): str(name) for code, name in last.content["names"].items()} if last else {}


def _closing(changes: Sequence[Change]) -> list[Change]:
    """What the source no longer shows to the public is closed, not changed; what was never here is not opened."""
    kept = []
    for change in changes:
        if change.kind is ChangeKind.ABSENT or change.procedure.public:
            kept.append(change)
        elif change.former is not None and change.former.valid_to is None and change.former.public:
            kept.append(Change(ChangeKind.ABSENT, change.former, change.former))
    return kept


def _kept(
    uow: UnitOfWork,
    kind: ProposalKind,
    source: str,
    content: Mapping[str, Any],
    diff: tuple[str, ...],
    counts: Mapping[str, int],
    actor: Actor,
    now: datetime,
) -> Proposal:
    """The same list that waits already is not put there again; a newer one takes the place of an older."""
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    last = uow.proposals.last(kind, source, ProposalState.OPEN)
    if last is not None and last.digest == digest:
        return last
    if last is not None:
        uow.proposals.save(replace(last, state=ProposalState.REPLACED))
    proposal = uow.proposals.add(Proposal(kind, source, now, digest, dict(content), diff, counts=dict(counts)))
    told = {"id": proposal.id, "kind": kind.value, "source": source, **counts}
    uow.events.append(Event(PROPOSED, SUBJECT, now, actor, told))
    return proposal


def _open(uow: UnitOfWork, proposal_id: int) -> Proposal:
    proposal = uow.proposals.get(proposal_id)
    if proposal.state is not ProposalState.OPEN:
        raise DecidedProposalError(id=proposal_id, state=proposal.state.value)
    return proposal


def _decide(
    uow: UnitOfWork, proposal: Proposal, state: ProposalState, actor: Actor, now: datetime, told: Mapping[str, Any]
) -> Proposal:
    decided = replace(proposal, state=state, decided_by=actor.officer, decided_at=now)
    uow.proposals.save(decided)
    kind = APPROVED if state is ProposalState.APPROVED else REJECTED
    data = {"id": proposal.id, "kind": proposal.kind.value, "digest": proposal.digest, **told}
    if proposal.reason:
        data["reason"] = proposal.reason
    uow.events.append(Event(kind, SUBJECT, now, actor, data))
    return decided
