"""One dossier as it is now, made ready to travel in a folder: the messages of the wire and the bytes that they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.domain.job import Job
from kiosk.services import exchange
from kiosk.services.ports import Units, Vault
from sync.connection import Connection
from sync.folder.contents import Carried, carried, place_of
from sync.messages.build import canonical_dossier, codes_of, progress_entry
from sync.messages.canonical import FileRef
from sync.messages.forms import FORMS, Form, Generation
from sync.messages.papers import file_name
from sync.messages.preflight import missing_fields
from sync.messages.wire import wire_time


@dataclass(frozen=True)
class Gathered:
    """carried: None when it cannot travel; then `problems` says what is to be mended. jobs: ids that it answers for;
    event: seq of the last line of its log."""

    carried: Carried | None
    jobs: tuple[int, ...] = ()
    event: int = 0
    problems: tuple[str, ...] = ()


def form_of(connection: Connection) -> tuple[Generation, Form]:
    """G2 has no code without asking for one, so on a stick it speaks G1.5, as a folder without a line does."""
    generation = connection.generation
    if generation is Generation.FILES or FORMS[generation].allots:
        generation = Generation.G15
    return generation, FORMS[generation]


def gather(
    units: Units, vault: Vault, key: str, jobs: Sequence[Job], connection: Connection, unit: str, now: datetime
) -> Gathered | None:
    """None for a state secret, which never travels. jobs: of its lane, not done; steps without one are there already.

    Raises: NotFoundError, DamagedFileError.
    """
    snapshot = exchange.snapshot(units, key)
    dossier, agency, profile = snapshot.dossier, connection.agency_code, connection.profile
    if dossier.state_secret:
        return None
    _, form = form_of(connection)
    away = [d for d in snapshot.documents if not d.remote]
    local = tuple(d if d.remote else replace(d, remote=place_of(d.id)) for d in snapshot.documents)
    result, result_bytes = _result(units, vault, snapshot)
    canonical = canonical_dossier(replace(snapshot, documents=local), agency, unit, result)
    message = form.insertion(canonical, profile)
    if missing := missing_fields(FORMS[Generation.G15].insertion(canonical, profile), profile):
        return Gathered(None, problems=tuple(missing))
    wanted = {int(j.payload["event"]) for j in jobs if j.payload.get("stream") == "progress"}
    entries = ((e.seq, progress_entry(dossier, e, agency, unit)) for e in snapshot.events if e.seq in wanted)
    steps = [(seq, form.progress(entry)) for seq, entry in entries if entry is not None]
    files = [(d.id, snapshot.files[d.id].media_type, vault.get(snapshot.files[d.id])) for d in away]
    codes = codes_of(dossier, agency)
    whole = carried(dossier.key, dossier.version, wire_time(now), codes, message, steps, [*files, *result_bytes])
    return Gathered(whole, tuple(j.id for j in jobs), max((e.seq for e in snapshot.events), default=0))


def _result(
    units: Units, vault: Vault, snapshot: exchange.Snapshot
) -> tuple[FileRef | None, list[tuple[str, str, bytes]]]:
    """The electronic result always travels along: nothing is remembered of where the province keeps it."""
    result = snapshot.dossier.result
    if result is None or not result.file_id:
        return None, []
    with units() as uow:
        stored = uow.papers.file(result.file_id)
    name = file_name(result.name or "Kết quả")
    ref = FileRef(stored.id, name, stored.sha256, stored.size, place_of(stored.id))
    return ref, [(stored.id, stored.media_type, vault.get(stored))]
