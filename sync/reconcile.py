"""Comparing with the province what was sent to it (đối soát), as after its server was restored from an old copy.

For each dossier that the province took once it is asked what it has; what is missing goes the ordinary way again,
behind whatever still waits. Nothing is taken away or overwritten here, there or in the office.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.clock import Clock
from kiosk.domain.dossier import Dossier
from kiosk.domain.event import Actor, Event
from kiosk.domain.job import Job, JobState, Wing
from kiosk.domain.scan import Document
from kiosk.services import exchange
from kiosk.services.exchange import Snapshot
from kiosk.services.ports import UnitOfWork, Units
from kiosk.services.reception import queue_snapshot
from sync.connection import Connection
from sync.messages.build import codes_of, progress_entry
from sync.messages.wire import wire_time
from sync.province import Found, ProvinceClient

BEGINNING = ""  # of the news


@dataclass(frozen=True)
class Gap:
    """What the province lacks of one dossier. lost: the dossier itself; steps: events; files: documents; is_old: what
    it has of the dossier is an earlier picture, without a paper or the result's file."""

    key: str
    lost: bool
    steps: tuple[int, ...]
    files: tuple[str, ...]
    is_old: bool = False


@dataclass(frozen=True)
class Reconciled:
    """asked: dossiers; skipped: those of which something still waits, or was never taken."""

    asked: int
    skipped: int
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class Reconciliation:
    """Over one connection. unit: the office's name on the wire."""

    units: Units
    connection: Connection
    client: ProvinceClient
    unit: str
    actor: Actor
    clock: Clock

    def run(self, keys: Iterable[str], *, repair: bool) -> Reconciled:
        """repair: send again what is missing, and hear all news once more where a dossier was lost.

        Raises: TransientSyncError when the province does not answer; what was found until then is repaired.
        """
        gaps: list[Gap] = []
        asked = skipped = 0
        for key in keys:
            snapshot = exchange.snapshot(self.units, key)
            if not snapshot.dossier.external_codes or snapshot.dossier.state_secret or self._waits(key):
                skipped += 1
                continue
            asked += 1
            gap = self._gap(snapshot)
            if gap is not None:
                gaps.append(gap)
                if repair:
                    self._repair(gap)
        return Reconciled(asked, skipped, tuple(gaps))

    def _waits(self, key: str) -> bool:
        with self.units() as uow:
            return bool(uow.jobs.of_lanes(Wing.SYNC, [key]))

    def _gap(self, snapshot: Snapshot) -> Gap | None:
        dossier = snapshot.dossier
        codes = codes_of(dossier, self.connection.agency_code)
        found = next((f for code in codes if (f := self.client.lookup(code)) is not None), None)
        steps = tuple(self._missing_steps(snapshot, found))
        files = tuple(d.id for d in snapshot.documents if d.remote and not self._has(snapshot, d))
        is_old = not self._has_result(dossier) or not all(_names(found, d) for d in snapshot.documents if d.remote)
        gap = Gap(dossier.key, found is None, steps, files, is_old)
        return gap if gap.lost or steps or files or is_old else None

    def _missing_steps(self, snapshot: Snapshot, found: Found | None) -> Iterable[int]:
        """None where the province does not tell its steps."""
        if found is not None and found.steps is None:
            return
        known = found.steps or frozenset() if found is not None else frozenset()
        with self.units() as uow:
            sent = uow.exchange.sent_steps(self.connection.name, snapshot.dossier.key)
        for event in snapshot.events:
            entry = progress_entry(snapshot.dossier, event, self.connection.agency_code, self.unit)
            if entry is not None and event.seq in sent and (wire_time(entry.at), entry.status.value) not in known:
                yield event.seq

    def _has(self, snapshot: Snapshot, document: Document) -> bool:
        return self._has_bytes(snapshot.files[document.id].sha256)

    def _has_result(self, dossier: Dossier) -> bool:
        """It goes up with the picture that names it."""
        if dossier.result is None or not dossier.result.file_id:
            return True
        with self.units() as uow:
            return self._has_bytes(uow.papers.file(dossier.result.file_id).sha256)

    def _has_bytes(self, sha256: str) -> bool:
        receipt = self.client.find_file(sha256)
        return receipt is not None and receipt.sha256 == sha256

    def _repair(self, gap: Gap) -> None:
        now = self.clock()
        with self.units() as uow:
            uow.lock()
            mark = f"again-{uow.events.last_seq()}"
            if gap.lost:
                uow.exchange.set_cursor(self.connection.name, BEGINNING)
            if gap.lost or gap.steps or gap.is_old:
                # Whoever has not the step has not the picture that came with it either.
                queue_snapshot(uow, gap.key, mark, now)
            uow.exchange.forget_sent(self.connection.name, gap.key, gap.steps)
            self._forget_places(uow, uow.dossiers.get(gap.key), gap.files)
            for name in [f"progress:{seq}" for seq in gap.steps] + [f"file:{document}" for document in gap.files]:
                _queue_again(uow, f"{gap.key}:{name}", mark, now)
            if gap.files:
                queue_snapshot(uow, gap.key, f"{mark}-files", now)
            data = {"lost": gap.lost, "steps": len(gap.steps), "files": len(gap.files)}
            uow.events.append(Event("exchange.reconciled", gap.key, now, self.actor, data))
            uow.commit()

    @staticmethod
    def _forget_places(uow: UnitOfWork, dossier: Dossier, documents: Iterable[str]) -> None:
        """Until they are up again no picture names an address that leads nowhere."""
        gone = set(documents)
        for document in uow.papers.documents(dossier.key):
            if document.id in gone:
                uow.papers.add_document(replace(document, remote=""))


def _names(found: Found | None, document: Document) -> bool:
    """Whether the province's own picture leads to this document; True where it does not show its papers."""
    if found is None or "TaiLieuNop" not in found.body:
        return True
    return document.remote.rpartition("/")[2] in found.body


def _queue_again(uow: UnitOfWork, key: str, mark: str, now: datetime) -> None:
    """A job that is done already, under a name of its own; it keeps its lane and its place among others."""
    done = uow.jobs.by_key(Wing.SYNC, key)
    if done is not None and done.state is JobState.DONE:
        again = Job(Wing.SYNC, f"{key}:{mark}", done.payload, lane=done.lane, priority=done.priority, due_at=now)
        uow.jobs.add(again)
