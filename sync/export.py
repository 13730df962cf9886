"""For a commune without any line: the same messages as files, and the papers beside them, named by id.

Handing the same folder in twice is harmless: every entry carries its code, every file its hash.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kiosk.domain.job import JobState, Wing
from kiosk.errors import InputError
from kiosk.services import exchange
from kiosk.services.ports import Units, Vault
from sync.messages.build import canonical_dossier, file_name, progress_entry
from sync.messages.canonical import FileRef
from sync.messages.g15 import Message, dossier_message, progress_message
from sync.messages.preflight import missing_fields
from sync.messages.profile import Profile

DOSSIERS, PROGRESS, FILES, CONTENTS = "DongBoHoSoMC.json", "CapNhatTienDoHoSoMC.json", "tep", "danh-sach-tep.json"
OPEN_STATES = (JobState.WAITING, JobState.LEASED, JobState.REJECTED)


class ExportFolderError(InputError):
    """The folder to export into cannot be used. details: folder."""

    code = "sync.export_folder"


@dataclass(frozen=True)
class Exported:
    """problems: dossier key -> what is missing; such a dossier is left out and stays waiting."""

    dossiers: int
    progress: int
    files: int
    problems: dict[str, list[str]]


def waiting_dossiers(units: Units) -> list[str]:
    """Keys of every dossier with something that the province has not confirmed, oldest first."""
    with units() as uow:
        jobs = uow.jobs.listed(Wing.SYNC, OPEN_STATES, limit=100_000)
    return list(dict.fromkeys(str(j.payload["dossier"]) for j in jobs))


def export_dossiers(
    units: Units, vault: Vault, keys: Sequence[str], folder: Path, *, agency: str, unit: str, profile: Profile
) -> Exported:
    """Write the dossiers, their steps and their files into `folder`. Raises: ExportFolderError, DamagedFileError."""
    try:
        (folder / FILES).mkdir(parents=True, exist_ok=True)
    except OSError:
        raise ExportFolderError(folder=str(folder)) from None
    dossiers: list[Message] = []
    steps: list[Message] = []
    contents: list[dict[str, Any]] = []
    problems: dict[str, list[str]] = {}
    for key in keys:
        snapshot = exchange.snapshot(units, key)
        if snapshot.dossier.state_secret:
            continue
        local = tuple(replace(d, remote=_place(d.id)) for d in snapshot.documents)
        result = _result_file(units, snapshot)
        message = dossier_message(canonical_dossier(replace(snapshot, documents=local), agency, unit, result), profile)
        if missing := missing_fields(message, profile):
            problems[key] = missing
            continue
        dossiers.append(message)
        entries = (progress_entry(snapshot.dossier, e, agency, unit) for e in snapshot.events)
        steps += [progress_message(e) for e in entries if e is not None]
        contents += [_write_file(folder, d.id, vault.get(snapshot.files[d.id])) for d in snapshot.documents]
        if result is not None and snapshot.dossier.result is not None:
            contents.append(_write_result(units, vault, snapshot.dossier.result.file_id, folder))
    _write(folder / CONTENTS, _json(contents))
    _write(folder / PROGRESS, _json(steps))
    # Last: whoever sees the dossiers sees everything that they refer to.
    _write(folder / DOSSIERS, _json(dossiers))
    return Exported(len(dossiers), len(steps), len(contents), problems)


def _place(file_id: str) -> str:
    return f"{FILES}/{file_id}.pdf"


def _result_file(units: Units, snapshot: exchange.Snapshot) -> FileRef | None:
    result = snapshot.dossier.result
    if result is None or not result.file_id:
        return None
    with units() as uow:
        stored = uow.papers.file(result.file_id)
    return FileRef(stored.id, file_name(result.name or "Kết quả"), stored.sha256, stored.size, _place(stored.id))


def _write_result(units: Units, vault: Vault, file_id: str, folder: Path) -> dict[str, Any]:
    with units() as uow:
        stored = uow.papers.file(file_id)
    return _write_file(folder, file_id, vault.get(stored))


def _write_file(folder: Path, file_id: str, content: bytes) -> dict[str, Any]:
    _write(folder / _place(file_id), content)
    return {"TepDinhKemId": file_id, "DuongDan": _place(file_id), "MaBam": hashlib.sha256(content).hexdigest()}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all; safe on the stick when it returns. Raises: ExportFolderError."""
    part = file.with_suffix(file.suffix + ".part")
    try:
        with part.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(file)
    except OSError:
        raise ExportFolderError(folder=str(file.parent)) from None
