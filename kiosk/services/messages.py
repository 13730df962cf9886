"""Messages to citizens' telephones: what the log says happened becomes one message an occasion, or a reason why not.

The log is read after a cursor that moves in the transaction that keeps the messages, so that a killed process neither
forgets nor repeats one; the carrier is handed each under its key. Source: docs/legal.md#no-result
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from kiosk.clock import Clock
from kiosk.domain import life
from kiosk.domain.citizen_notice import CitizenNotice, NoticeState, Occasion, Skip
from kiosk.domain.dossier import Dossier
from kiosk.domain.event import Actor, Event
from kiosk.domain.job import Job, Wing
from kiosk.domain.life import DossierState
from kiosk.domain.notice_rules import NoticeRules
from kiosk.domain.procedure import Channel
from kiosk.domain.sms import counted, dialled, is_mobile, masked
from kiosk.domain.tracks import HandOverState
from kiosk.services.handover import notify
from kiosk.services.jobs import Effect, drain
from kiosk.services.ports import UnitOfWork, Units

CURSOR = "citizen-notices"
HANDED, SKIPPED, CONSENT = "notice.handed", "notice.skipped", "notice.consent"
AT_ONCE = 200
OCCASIONS = {
    life.RESULT.event: Occasion.RESULT,
    "dossier.extended": Occasion.LATE,
    life.SUPPLEMENT.event: Occasion.SUPPLEMENT,
    life.RECEIVE.event: Occasion.ACCEPTED,
    life.REFUSE.event: Occasion.REFUSED,
}
# Told only of what came online: whoever stands at the counter is told there.
ONLINE_ONLY = {Occasion.ACCEPTED, Occasion.REFUSED}
# A message is not sent when the dossier has gone on meanwhile.
STILL = {
    Occasion.RESULT: {DossierState.RESULT_READY},
    Occasion.SUPPLEMENT: {DossierState.WAITING_SUPPLEMENT},
    Occasion.LATE: life.ON_CLOCK,
    Occasion.REFUSED: {DossierState.REFUSED},
}
BY_MESSAGE = "Tin nhắn SMS"


@dataclass(frozen=True)
class Message:
    """What a carrier gets. key: idempotency key; made_at: never changes, whatever the try."""

    key: str
    phone: str
    text: str
    parts: int
    code: str
    made_at: datetime


class Carrier(Protocol):
    """An operator's gateway, Zalo, or a folder. The same key twice is one message."""

    @property
    def name(self) -> str: ...

    def hand(self, message: Message) -> str:
        """Its own reference. Raises: DeviceError, StorageError to be tried again; RejectedSyncError for never."""


def gather(units: Units, rules: NoticeRules, office: str, *, actor: Actor, now: datetime) -> int:
    """Make messages of what happened since the last look; returns how many were queued. The first look begins at the
    end of the log, as does the one after the office had it switched off: nobody is told of what was long ago."""
    queued = 0
    with units() as uow:
        uow.lock()
        after = uow.exchange.cursor(CURSOR)
        if not after or not rules.on:
            if after or rules.on:
                uow.exchange.set_cursor(CURSOR, str(uow.events.last_seq()) if rules.on else "")
                uow.commit()
            return 0
        events = uow.events.after(int(after), AT_ONCE, tuple(OCCASIONS))
        for event in events:
            queued += _one(uow, event, rules, office, actor, now)
        if events:
            uow.exchange.set_cursor(CURSOR, str(events[-1].seq))
            uow.commit()
    return queued


def send(units: Units, carrier: Carrier, owner: str, *, actor: Actor, clock: Clock) -> int:
    """Hand over what is due; returns how many were done with."""
    return drain(units, Wing.NOTIFY, owner, _handler(units, carrier, actor, clock), clock)


def set_consent(uow: UnitOfWork, key: str, *, given: bool, actor: Actor, now: datetime) -> None:
    """The citizen wants messages about this dossier, or does not. Raises: NotFoundError."""
    with uow:
        dossier = uow.dossiers.get(key)
        uow.events.append(Event(CONSENT, dossier.key, now, actor, {"given": given}))
        uow.commit()


def mark_told(uow: UnitOfWork, notice_key: str, *, actor: Actor, now: datetime) -> None:
    """The operator has sent it: the citizen was told that the result is there, so the hand-over goes on.

    Raises: NotFoundError.
    """
    with uow:
        notice = uow.citizen_notices.get(notice_key)
        dossier = uow.dossiers.get(notice.dossier_key)
        is_news = notice.occasion is Occasion.RESULT and dossier.handed is HandOverState.READY
    if is_news:
        notify(uow, notice.dossier_key, BY_MESSAGE, actor=actor, now=now)


def may_message(events: Sequence[Event], rules: NoticeRules) -> bool:
    """The last word that the citizen gave on it, else the office's rule."""
    said = [bool(e.data.get("given")) for e in events if e.kind == CONSENT]
    return said[-1] if said else not rules.asked_consent


def phone_of(dossier: Dossier) -> str:
    """Of whoever handed it in, else of the owner."""
    people = [p for p in (dossier.submitter, dossier.owner) if p is not None]
    return next((dialled(p.phone) for p in people if p.phone.strip()), "")


def _one(uow: UnitOfWork, event: Event, rules: NoticeRules, office: str, actor: Actor, now: datetime) -> bool:
    dossier, occasion = uow.dossiers.get(event.subject), OCCASIONS[event.kind]
    if occasion not in rules.occasions or not _is_still_so(dossier, occasion):
        return False  # given back on the spot, say: there is nothing to tell
    if occasion in ONLINE_ONLY and dossier.channel is not Channel.ONLINE:
        return False
    key = f"{dossier.key}:{occasion.value}:{event.seq}"
    notice = CitizenNotice(key, dossier.key, occasion, event.seq, now)
    phone = phone_of(dossier)
    if (why := _why_not(dossier, phone, uow.events.of(dossier.key), rules)) is not None:
        skipped = replace(notice, state=NoticeState.SKIPPED, reason=why.value)
        if uow.citizen_notices.add(skipped):
            _log(uow, SKIPPED, skipped, actor, now, {"reason": why.value})
        return False
    text = rules.text(occasion, dossier.code or dossier.key, office, dossier.due_at)
    due_at = rules.sendable_at(now)
    made = replace(notice, phone=phone, text=text, parts=counted(text).parts, due_at=due_at)
    uow.citizen_notices.add(made)
    return uow.jobs.add(Job(Wing.NOTIFY, key, {"notice": key, "dossier": dossier.key}, due_at=due_at))


def _why_not(dossier: Dossier, phone: str, events: Sequence[Event], rules: NoticeRules) -> Skip | None:
    if dossier.state_secret:
        return Skip.SECRET
    if not phone:
        return Skip.NO_PHONE
    if not is_mobile(phone):
        return Skip.NOT_MOBILE
    return None if may_message(events, rules) else Skip.REFUSED


def _is_still_so(dossier: Dossier, occasion: Occasion) -> bool:
    return dossier.state in STILL.get(occasion, {dossier.state})


def _handler(units: Units, carrier: Carrier, actor: Actor, clock: Clock) -> Callable[[Job], Effect]:
    def handle(job: Job) -> Effect:
        with units() as uow:
            notice = uow.citizen_notices.get(str(job.payload["notice"]))
            dossier = uow.dossiers.get(notice.dossier_key)
            words = [e for e in uow.events.of(dossier.key) if e.kind == CONSENT]
        said_no = bool(words) and not words[-1].data.get("given")
        if said_no or not _is_still_so(dossier, notice.occasion):
            why = Skip.REFUSED if said_no else Skip.STALE
            return lambda uow: _skip(uow, notice, why, actor, clock())
        code = dossier.code or dossier.key
        message = Message(notice.key, notice.phone, notice.text, notice.parts, code, notice.made_at)
        reference = carrier.hand(message)
        return lambda uow: _handed(uow, notice, carrier.name, reference, actor, clock())

    return handle


def _handed(uow: UnitOfWork, notice: CitizenNotice, carrier: str, reference: str, actor: Actor, now: datetime) -> None:
    done = replace(notice, state=NoticeState.HANDED, handed_at=now, carrier=carrier, reference=reference)
    uow.citizen_notices.save(done)
    _log(uow, HANDED, done, actor, now, {"to": masked(notice.phone), "carrier": carrier, "parts": notice.parts})


def _skip(uow: UnitOfWork, notice: CitizenNotice, why: Skip, actor: Actor, now: datetime) -> None:
    skipped = replace(notice, state=NoticeState.SKIPPED, reason=why.value)
    uow.citizen_notices.save(skipped)
    _log(uow, SKIPPED, skipped, actor, now, {"reason": why.value})


def _log(
    uow: UnitOfWork, kind: str, notice: CitizenNotice, actor: Actor, now: datetime, data: dict[str, object]
) -> None:
    uow.events.append(Event(kind, notice.dossier_key, now, actor, {"occasion": notice.occasion.value, **data}))
