"""Dossiers that citizens sent through the portal: they wait here until an officer has looked at them.

Within eight working hours each is accepted, sent back for a supplement or refused with its reason
(`kiosk.services.online`). The portal's code makes it one dossier for ever, however often it is delivered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.domain import life
from kiosk.domain.dossier import Dossier, PaperState
from kiosk.domain.event import Actor, Event
from kiosk.domain.incoming import OnlineDossier, OnlineState, SentFile
from kiosk.domain.job import Job, Wing
from kiosk.domain.life import Move
from kiosk.domain.person import Person
from kiosk.domain.procedure import Channel
from kiosk.domain.scan import StoredFile
from kiosk.domain.slip import SlipKind
from kiosk.errors import NotFoundError, RuleError
from kiosk.services.online import accept_by
from kiosk.services.ports import UnitOfWork
from kiosk.services.reception import (
    Desk,
    Intake,
    Outcome,
    PaperMark,
    decline_within,
    queue_exchange,
    receive_within,
)

ARRIVED, SUPPLEMENTED, OPENED = "online.arrived", "online.supplemented", "online.opened"
OPEN_STATES = (OnlineState.WAITING, OnlineState.SUPPLEMENT)


class OnlineSettledError(RuleError):
    """It was accepted or refused already. details: code, state."""

    code = "online.settled"


class OnlineHereAlreadyError(RuleError):
    """A dossier of the office has this code already, so it would be taken in twice. details: code, key."""

    code = "online.here_already"


class PapersStillComingError(RuleError):
    """Some of its files have not come through the line yet. details: count."""

    code = "online.papers_coming"


@dataclass(frozen=True)
class Told:
    """What the portal sent. files: each with its bytes in the vault, None for what is to be fetched."""

    code: str
    procedure_code: str
    procedure_name: str
    owner: Person
    submitted_at: datetime
    case: str
    summary: str
    return_by_post: bool
    files: tuple[tuple[SentFile, StoredFile | None], ...]


@dataclass(frozen=True)
class InLine:
    """One that waits, as a list shows it. until: when it must be accepted by; None where its procedure is unknown."""

    dossier: OnlineDossier
    until: datetime | None


def arrived(uow: UnitOfWork, told: Told, connection: str, now: datetime) -> bool:
    """A new one, or what its citizen sent later; False for what is known already. In the caller's transaction."""
    try:
        known = uow.online.get(told.code)
    except NotFoundError:
        return _take(uow, told, connection, now)
    return known.state in OPEN_STATES and _add(uow, known, told, connection, now)


def file_came(uow: UnitOfWork, key: str, file_id: str, stored: StoredFile) -> None:
    online = uow.online.get(key)
    uow.papers.add_file(stored, online.draft_key)
    _put(uow, online, file_id, file_id_here=stored.id)


def file_missed(uow: UnitOfWork, key: str, file_id: str, problem: str) -> None:
    """It is not to be had; the officer sees it, and may ask for it as a supplement."""
    _put(uow, uow.online.get(key), file_id, problem=problem)


def in_line(look: UnitOfWork, desk: Desk, now: datetime) -> list[InLine]:
    """What waits for an officer, the most urgent first. Reads only; inside a `with`."""
    rows = []
    for online in look.online.listed((OnlineState.WAITING,)):
        procedure = look.procedures.current(online.procedure_code, now.date())
        until = accept_by(desk, procedure.field_name, online.submitted_at) if procedure is not None else None
        rows.append(InLine(online, until))
    return sorted(rows, key=lambda row: (row.until or row.dossier.submitted_at, row.dossier.key))


def note_opened(uow: UnitOfWork, key: str, *, actor: Actor, now: datetime) -> OnlineDossier:
    """Somebody looks at a citizen's papers; the log says who."""
    with uow:
        online = uow.online.get(key)
        uow.events.append(Event(OPENED, key, now, actor))
        uow.commit()
    return online


def accept(uow: UnitOfWork, desk: Desk, key: str, *, actor: Actor, now: datetime) -> Outcome:
    """It becomes a dossier of the office under the portal's code, and the portal is told; once, however often asked.

    Raises: PapersStillComingError, OnlineSettledError, OnlineHereAlreadyError; as `receive_dossier`.
    """
    with uow:
        uow.lock()
        online = uow.online.get(key)
        if online.state is OnlineState.ACCEPTED:
            return Outcome(uow.dossiers.get(online.dossier_key), None)
        intake = _intake(uow, online, now)
        outcome = receive_within(uow, desk, intake, actor=actor, now=now)
        _settle(uow, online, outcome.dossier.key, OnlineState.ACCEPTED)
        uow.commit()
    return outcome


def ask_supplement(uow: UnitOfWork, desk: Desk, key: str, reason: str, *, actor: Actor, now: datetime) -> Outcome:
    """One list of what is missing, to the citizen through the portal. Raises: as `request_supplement`."""
    return _decline(uow, desk, key, SlipKind.SUPPLEMENT, reason, actor, now)


def refuse(uow: UnitOfWork, desk: Desk, key: str, reason: str, *, actor: Actor, now: datetime) -> Outcome:
    """With its reason. Raises: as `refuse_dossier`."""
    return _decline(uow, desk, key, SlipKind.REFUSAL, reason, actor, now)


def _decline(
    uow: UnitOfWork, desk: Desk, key: str, kind: SlipKind, reason: str, actor: Actor, now: datetime
) -> Outcome:
    move = life.SUPPLEMENT if kind is SlipKind.SUPPLEMENT else life.REFUSE
    state = OnlineState.SUPPLEMENT if kind is SlipKind.SUPPLEMENT else OnlineState.REFUSED
    with uow:
        uow.lock()
        online = uow.online.get(key)
        if online.state is state:
            return Outcome(uow.dossiers.get(online.dossier_key), None)
        intake = _intake(uow, online, now, complete=False)
        outcome = decline_within(uow, desk, intake, kind, reason, "", actor, now)
        dossier = _settle(uow, online, outcome.dossier.key, state)
        # At a counter nobody else knows of it; here the portal waits for the answer.
        queue_exchange(uow, dossier, _event_of(uow, dossier, move), now)
        uow.commit()
    return outcome


def _take(uow: UnitOfWork, told: Told, connection: str, now: datetime) -> bool:
    online = OnlineDossier(
        told.code,
        connection,
        told.procedure_code,
        told.procedure_name,
        told.owner,
        told.submitted_at,
        now,
        told.case,
        told.summary,
        told.return_by_post,
        _kept(told.files),
    )
    if not uow.online.add(online):
        return False
    _expect(uow, online, told.files, now)
    uow.events.append(Event(ARRIVED, told.code, now, Actor("", connection), {"procedure": told.procedure_code}))
    return True


def _add(uow: UnitOfWork, known: OnlineDossier, told: Told, connection: str, now: datetime) -> bool:
    """What the citizen mended: files that are not here yet. The clock of eight hours begins anew."""
    here = {(f.id, f.sha256) for f in known.files}
    new = tuple((file, stored) for file, stored in told.files if (file.id, file.sha256) not in here)
    if not new:
        return False
    replaced = {file.id for file, _stored in new}
    known.files = (*(f for f in known.files if f.id not in replaced), *_kept(new))
    known.state = OnlineState.WAITING
    known.submitted_at = max(told.submitted_at, known.submitted_at)
    uow.online.save(known)
    _expect(uow, known, new, now)
    uow.events.append(Event(SUPPLEMENTED, known.key, now, Actor("", connection), {"files": len(new)}))
    return True


def _kept(files: Sequence[tuple[SentFile, StoredFile | None]]) -> tuple[SentFile, ...]:
    return tuple(replace(file, file_id=stored.id) if stored else file for file, stored in files)


def _expect(
    uow: UnitOfWork, online: OnlineDossier, files: Sequence[tuple[SentFile, StoredFile | None]], now: datetime
) -> None:
    for file, stored in files:
        if stored is not None:
            uow.papers.add_file(stored, online.draft_key)
            continue
        payload = {
            "stream": "online_file",
            "online": online.key,
            "file": file.id,
            "connection": online.connection,
            "dossier": online.key,
        }
        # Each in a lane of its own: one that cannot be had holds up no other.
        lane = f"{online.draft_key}:{file.id}:{file.sha256}"
        uow.jobs.add(Job(Wing.SYNC, lane, payload, lane=lane, priority=6, due_at=now))


def _put(uow: UnitOfWork, online: OnlineDossier, file_id: str, *, file_id_here: str = "", problem: str = "") -> None:
    online.files = tuple(
        replace(f, file_id=file_id_here, problem=problem) if f.id == file_id else f for f in online.files
    )
    uow.online.save(online)


def _intake(uow: UnitOfWork, online: OnlineDossier, now: datetime, *, complete: bool = True) -> Intake:
    """As the citizen filled it in: a paper with a file of its own counts as brought. Raises: as `accept`."""
    if online.state not in OPEN_STATES:
        raise OnlineSettledError(code=online.key, state=online.state.value)
    if complete and online.awaited:
        raise PapersStillComingError(count=len(online.awaited))
    procedure = uow.procedures.current(online.procedure_code, now.date())
    if procedure is None:
        raise NotFoundError(what="thủ tục", key=online.procedure_code)
    _refuse_twin(uow, online)
    marks = {f.component: PaperMark(PaperState.COPY) for f in online.files if f.file_id and f.component}
    return Intake(
        online.draft_key,
        procedure.code,
        online.owner,
        marks,
        case=online.case if online.case in procedure.cases(Channel.ONLINE) else "",
        channel=Channel.ONLINE,
        summary=online.summary,
        return_by_post=online.return_by_post,
        submitted_at=online.submitted_at,
    )


def _refuse_twin(uow: UnitOfWork, online: OnlineDossier) -> None:
    """Somebody may have typed the same one in at the counter, with its code."""
    try:
        known = uow.dossiers.get(online.key)
    except NotFoundError:
        return
    if known.draft_key != online.draft_key:
        raise OnlineHereAlreadyError(code=online.key, key=known.key)


def _settle(uow: UnitOfWork, online: OnlineDossier, dossier_key: str, state: OnlineState) -> Dossier:
    """The portal's code is the province's own: it is sent under it, and both find the dossier."""
    dossier = uow.dossiers.get(dossier_key)
    if online.key not in dossier.external_codes:
        dossier.external_codes.append(online.key)
    dossier.code = dossier.code or online.key
    uow.dossiers.save(dossier)
    online.state, online.dossier_key = state, dossier_key
    uow.online.save(online)
    return dossier


def _event_of(uow: UnitOfWork, dossier: Dossier, move: Move) -> Event:
    return next(e for e in reversed(uow.events.of(dossier.key)) if e.kind == move.event)
