"""What the province signed for on a stick becomes what the office knows: sent, known under a code, kept at a place.

Only what the receipt names with the hash that was packed counts as sent; everything else goes on waiting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.domain.bundle import Bundle, BundleState, Packed
from kiosk.domain.event import Actor, Event
from kiosk.domain.job import Job, Wing
from kiosk.services import exchange
from kiosk.services.ports import UnitOfWork
from kiosk.services.reception import queue_snapshot

CONFIRMED, REFUSED, ANSWERED = "dossier.bundle_confirmed", "dossier.bundle_refused", "bundle.answered"
REFUSED_ERROR = "sync.refused"
_NO_ACTS = ("dossier.bundle_", "province.", "exchange.")


@dataclass(frozen=True)
class Signed:
    """What the province says of one dossier. message: hash of the picture that it read; steps: seq -> hash; files:
    id -> (hash, place); code: under which it has it; refused: its reason, "" for taken; older: a newer picture stayed
    there."""

    key: str
    message: str
    code: str = ""
    steps: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    refused: str = ""
    older: bool = False


@dataclass(frozen=True)
class Settled:
    """sent: entries of the outbox that are done now; refused: dossiers; open: entries that the receipt did not name."""

    sent: int = 0
    refused: tuple[str, ...] = ()
    open: int = 0

    def __add__(self, more: Settled) -> Settled:
        return Settled(self.sent + more.sent, self.refused + more.refused, self.open + more.open)


def settle(uow: UnitOfWork, bundle: Bundle, receipts: Sequence[Signed], *, actor: Actor, now: datetime) -> Settled:
    """One transaction for a whole receipt; doing it again changes nothing."""
    total = Settled()
    by_key = {r.key: r for r in receipts}
    with uow:
        uow.lock()
        for packed in bundle.packed:
            if (receipt := by_key.get(packed.key)) is not None:
                total += _one(uow, bundle, packed, receipt, actor, now)
        if bundle.state is not BundleState.RECEIVED:
            uow.bundles.save(replace(bundle, state=BundleState.RECEIVED, received_at=now))
            told = {"sent": total.sent, "refused": len(total.refused), "open": total.open}
            uow.events.append(Event(ANSWERED, bundle.key, now, actor, told))
        uow.commit()
    return total


def _one(uow: UnitOfWork, bundle: Bundle, packed: Packed, receipt: Signed, actor: Actor, now: datetime) -> Settled:
    waiting = {j.id: j for j in uow.jobs.of_lanes(Wing.SYNC, [packed.key])}
    mine = [waiting[job] for job in packed.jobs if job in waiting]
    if receipt.refused:
        # The first of its lane, so that it is seen once and holds the others until it is mended.
        if mine and uow.jobs.refuse(mine[0].id, now, f"{REFUSED_ERROR}: {receipt.refused}"):
            _log(uow, REFUSED, bundle, packed.key, actor, now)
        return Settled(refused=(packed.key,))
    changed = _was_changed(uow, packed)
    done = [job for job in mine if _is_named(job, packed, receipt)]
    for job in done:
        uow.jobs.confirm(job.id, now)
    for file_id, (sha256, place) in receipt.files.items():
        if packed.files.get(file_id) == sha256:
            exchange.uploaded(uow, packed.key, file_id, place)
    if receipt.message == packed.message and receipt.code:
        exchange.known_as(uow, packed.key, receipt.code)
    if done:
        _log(uow, CONFIRMED, bundle, packed.key, actor, now)
    if changed and not receipt.older and bundle.state is not BundleState.RECEIVED:
        _send_newer(uow, bundle, packed, now)
    return Settled(len(done), open=len(mine) - len(done))


def _is_named(job: Job, packed: Packed, receipt: Signed) -> bool:
    """Whether the receipt names what this entry stands for, with the hash that was packed."""
    if receipt.message != packed.message:
        return False
    match job.payload.get("stream"):
        case "progress":
            event = str(job.payload["event"])
            return receipt.steps.get(event) == packed.steps.get(event)
        case "file":
            document = str(job.payload["document"])
            there = receipt.files.get(document, ("", ""))[0]
            # One that was not packed had been replaced, or was at the province before.
            return document not in packed.files or there == packed.files[document]
    return True


def _was_changed(uow: UnitOfWork, packed: Packed) -> bool:
    """Whether somebody here acted on it since it was packed; what the province said is no act."""
    acts = (e for e in uow.events.of(packed.key) if e.seq > packed.event)
    return any(not e.kind.startswith(_NO_ACTS) for e in acts)


def _send_newer(uow: UnitOfWork, bundle: Bundle, packed: Packed, now: datetime) -> None:
    """The line may have told the newer picture before the stick arrived with the older one: say again how it is."""
    waiting = uow.jobs.of_lanes(Wing.SYNC, [packed.key])
    if all(job.payload.get("stream") != "dossier" for job in waiting):
        queue_snapshot(uow, packed.key, f"bundle-{bundle.key}", now)


def _log(uow: UnitOfWork, kind: str, bundle: Bundle, key: str, actor: Actor, now: datetime) -> None:
    uow.events.append(Event(kind, key, now, actor, {"bundle": bundle.key}))
