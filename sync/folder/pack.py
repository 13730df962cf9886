"""The office's side: what waits is sealed onto the stick, part by part, and goes on where the stick was pulled out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kiosk.clock import Clock
from kiosk.domain.bundle import Bundle, BundleState, Packed, Part
from kiosk.domain.event import Actor, Event
from kiosk.domain.job import Job
from kiosk.services import folder_wait
from kiosk.services.ports import UnitOfWork, Units, Vault
from sync.connection import Connection
from sync.folder.contents import Carried, packed
from sync.folder.gather import Gathered, form_of, gather
from sync.folder.keys import OVERHEAD, Card, OwnKeys
from sync.folder.sealed import (
    MANIFEST,
    TO_PROVINCE,
    Manifest,
    SealedPart,
    binding,
    folder_name,
    part_name,
    signed,
)
from sync.folder.stick import MB, Stick

PART_SIZE = 16 * MB  # closed at the first dossier that reaches it: what is written anew after the stick was pulled out
WRITTEN = "bundle.written"
_MANIFEST_ROOM = 256 * 1024


@dataclass(frozen=True)
class Load:
    """What one run is to carry. again: also what lies in bundles that nobody has signed for yet."""

    connection: Connection
    recipient: Card
    keys: Sequence[str]
    again: bool = False


@dataclass(frozen=True)
class Brought:
    """bundle: None when there was nothing to carry. problems: dossier -> what is to be mended; left: dossiers for which
    this stick had no room; kept: parts that were on the stick already."""

    bundle: Bundle | None
    folder: str = ""
    dossiers: int = 0
    steps: int = 0
    files: int = 0
    size: int = 0
    problems: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left: tuple[str, ...] = ()
    kept: int = 0


@dataclass(frozen=True)
class Ready:
    """One dossier on its way into a part. jobs, event: as `Packed` has them."""

    carried: Carried
    jobs: tuple[int, ...]
    event: int


@dataclass(frozen=True)
class Packer:
    """unit: name of the office on the wire; agency is the connection's."""

    units: Units
    vault: Vault
    own: OwnKeys
    unit: str
    actor: Actor
    clock: Clock

    def bring(self, load: Load, stick: Stick, max_size: int | None = None, part_size: int = PART_SIZE) -> Brought:
        """Write one bundle, or finish the one that was begun. max_size: bytes that it may take; None: what is free.

        Raises: StickGoneError, StickReadOnlyError, StickFullError, DamagedFileError. What is on the stick by then
        stays, and the next run goes on there.
        """
        stick.prepare(_MANIFEST_ROOM)
        agency, bundle = load.connection.agency_code, self._begun(load)
        if bundle is not None:
            bundle = self._still_there(bundle, stick, agency)
        stick.clear(".motcua-*.dang-ghi", keep=unfinished(agency, bundle) if bundle else "")
        there = sum(part.size for part in bundle.parts) if bundle else 0
        free = stick.free()
        room = free if max_size is None else min(free, max_size - there)
        return _Run(self, load, stick, bundle, room, part_size).brought(len(bundle.parts) if bundle else 0)

    def _begun(self, load: Load) -> Bundle | None:
        with self.units() as uow:
            begun = (b for b in uow.bundles.all() if b.state is BundleState.WRITING)
            mine = (b for b in begun if (b.recipient, b.station) == (load.recipient.id, self.actor.station))
            return next(mine, None)

    def _still_there(self, bundle: Bundle, stick: Stick, agency: str) -> Bundle:
        """Without the parts that are not on this stick: another one, or one that lost what it had not written yet."""
        folder = unfinished(agency, bundle)
        parts = tuple(p for p in bundle.parts if stick.holds(f"{folder}/{p.name}", p.size, p.sha256))
        if parts != bundle.parts:
            bundle = replace(bundle, parts=parts)
            with self.units() as uow:
                uow.bundles.save(bundle)
                uow.commit()
        return bundle


class _Run:
    """One writing. The row of a part is kept after the part is on the stick, so what the office signs is its own."""

    def __init__(
        self, packer: Packer, load: Load, stick: Stick, bundle: Bundle | None, room: int, part_size: int
    ) -> None:
        self._packer, self._load, self._stick, self._bundle = packer, load, stick, bundle
        self._room, self._part_size = room - _MANIFEST_ROOM, part_size
        self._problems: dict[str, tuple[str, ...]] = {}
        self._left: dict[str, int] = {}
        self._on_the_way: frozenset[int] = frozenset()
        if not load.again:
            with packer.units() as uow:
                self._on_the_way = folder_wait.on_the_way(uow)

    def brought(self, kept: int) -> Brought:
        heap: list[Ready] = []
        for ready in self._dossiers():
            heap.append(ready)
            if sum(r.carried.size for r in heap) >= self._part_size:
                self._write_part(heap)
                heap = []
        if heap:
            self._write_part(heap)
        if self._bundle is None or not self._bundle.parts:
            if self._left:
                self._stick.prepare(min(self._left.values()) + _MANIFEST_ROOM)
            return Brought(None, problems=self._problems, left=tuple(self._left))
        return self._finish(self._bundle, kept)

    def _dossiers(self) -> Iterator[Ready]:
        """Those that fit, oldest first; a smaller one may still fit where a larger one did not."""
        there = {p.key for p in self._bundle.packed} if self._bundle else set()
        for key in self._load.keys:
            jobs = self._jobs(key)
            if key in there or not jobs:
                continue
            found = self._gather(key, jobs)
            if found is None:
                continue
            if found.carried is None:
                self._problems[key] = found.problems
            elif found.carried.size + OVERHEAD > self._room:
                self._left[key] = found.carried.size
            else:
                self._room -= found.carried.size + OVERHEAD
                yield Ready(found.carried, found.jobs, found.event)

    def _gather(self, key: str, jobs: Sequence[Job]) -> Gathered | None:
        packer = self._packer
        return gather(packer.units, packer.vault, key, jobs, self._load.connection, packer.unit, packer.clock())

    def _jobs(self, key: str) -> list[Job]:
        """What of a dossier is not done; [] when all of it is on the way already."""
        with self._packer.units() as uow:
            jobs = folder_wait.open_jobs(uow, key)
        return jobs if any(job.id not in self._on_the_way for job in jobs) else []

    def _write_part(self, heap: Sequence[Ready]) -> None:
        bundle = self._bundle or self._begin()
        agency = self._load.connection.agency_code
        taken = {p.name for p in bundle.parts}
        name = next(n for number in range(1, 10_000) if (n := part_name(number)) not in taken)
        bound = binding(TO_PROVINCE, agency, bundle.epoch, bundle.sequence, name)
        content = self._load.recipient.seal_for(packed([ready.carried for ready in heap]), bound)
        folder = unfinished(agency, bundle)
        self._stick.make_folder(folder)
        self._stick.write(f"{folder}/{name}", content)
        noted = tuple(map(_packed, heap))
        self._bundle = bundle.with_part(Part(name, len(content), hashlib.sha256(content).hexdigest(), noted))
        with self._packer.units() as uow:
            uow.bundles.save(self._bundle)
            uow.commit()

    def _begin(self) -> Bundle:
        packer, load = self._packer, self._load
        with packer.units() as uow:
            uow.lock()
            epoch = folder_wait.epoch(uow)
            sequence = uow.bundles.next_sequence(epoch)
            bundle = Bundle(
                epoch, sequence, load.recipient.id, load.connection.name, packer.clock(), station=packer.actor.station
            )
            uow.bundles.save(bundle)
            uow.commit()
        return bundle

    def _finish(self, bundle: Bundle, kept: int) -> Brought:
        """The list goes in last, and the folder takes its name after that: half a bundle never looks like one."""
        packer, load = self._packer, self._load
        agency = load.connection.agency_code
        count = {
            "dossiers": len(bundle.packed),
            "steps": sum(len(p.steps) for p in bundle.packed),
            "files": sum(len(p.files) for p in bundle.packed),
        }
        generation, _ = form_of(load.connection)
        with packer.units() as uow:
            cursor = uow.exchange.cursor(load.connection.name)
        manifest = Manifest(
            TO_PROVINCE,
            agency,
            bundle.epoch,
            bundle.sequence,
            packer.own.card.id,
            load.recipient.id,
            bundle.made_at.isoformat(timespec="seconds"),
            tuple(SealedPart(p.name, p.size, p.sha256) for p in sorted(bundle.parts, key=lambda p: p.name)),
            generation.value,
            count,
            cursor,
        )
        content, digest = signed(manifest, packer.own)
        self._stick.write(f"{unfinished(agency, bundle)}/{MANIFEST}", content)
        self._stick.rename(unfinished(agency, bundle), manifest.folder)
        written = replace(bundle, state=BundleState.WRITTEN, digest=digest)
        with packer.units() as uow:
            uow.lock()
            uow.bundles.save(written)
            _log(uow, written, count, packer)
            uow.commit()
        size = sum(p.size for p in written.parts) + len(content)
        left, problems = tuple(self._left), self._problems
        return Brought(written, manifest.folder, size=size, problems=problems, left=left, kept=kept, **count)


def unfinished(agency: str, bundle: Bundle) -> str:
    """The folder's name while it is being written: no far end takes it for a bundle."""
    return f".{folder_name(TO_PROVINCE, agency, bundle.epoch, bundle.sequence)}.dang-ghi"


def write_card(stick: Stick, keys: OwnKeys, name: str) -> None:
    """The public keys, for the other side. Raises: as `Stick.write`."""
    stick.prepare(_MANIFEST_ROOM)
    stick.write(name, keys.card.to_bytes())


def _packed(ready: Ready) -> Packed:
    entry = ready.carried.entry
    steps = {str(s.event): s.sha256 for s in entry.steps}
    return Packed(entry.key, ready.event, ready.jobs, entry.sha256, steps, {f.id: f.sha256 for f in entry.files})


def _log(uow: UnitOfWork, bundle: Bundle, count: Mapping[str, int], packer: Packer) -> None:
    data = {"connection": bundle.connection, "digest": bundle.digest, **count}
    uow.events.append(Event(WRITTEN, bundle.key, packer.clock(), packer.actor, data))
