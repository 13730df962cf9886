"""For a province that has nothing but people: the messages of the wire as readable files, and the papers beside them.

Nothing is sealed or signed and nobody answers, so nothing counts as sent; the sealed bundle is the way to prefer.
Handing the same folder in twice is harmless: every entry carries its code, every file its hash.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.clock import Clock
from kiosk.services import folder_wait
from kiosk.services.ports import Units, Vault
from sync.connection import Connection
from sync.folder.contents import DOSSIER, FILES, STEPS, Message, as_bytes, place_of
from sync.folder.gather import gather
from sync.folder.stick import MB, Stick

CONTENTS = "danh-sach-tep.json"


@dataclass(frozen=True)
class Exported:
    """problems: dossier key -> what is missing; such a dossier is left out and stays waiting."""

    dossiers: int
    progress: int
    files: int
    problems: dict[str, tuple[str, ...]]


def export_plain(
    units: Units, vault: Vault, keys: Sequence[str], stick: Stick, connection: Connection, unit: str, clock: Clock
) -> Exported:
    """Raises: StickGoneError, StickReadOnlyError, StickFullError, DamagedFileError."""
    stick.prepare(MB)
    stick.make_folder(FILES)
    dossiers, steps, contents = list[Message](), list[Message](), list[Message]()
    problems: dict[str, tuple[str, ...]] = {}
    for key in keys:
        with units() as uow:
            jobs = folder_wait.open_jobs(uow, key)
        found = gather(units, vault, key, jobs, connection, unit, clock())
        if found is None:
            continue
        if found.carried is None:
            problems[key] = found.problems
            continue
        one = found.carried
        dossiers.append(one.message)
        steps += one.steps
        for file in one.entry.files:
            stick.write(place_of(file.id), one.files[file.id])
            contents.append({"TepDinhKemId": file.id, "DuongDan": place_of(file.id), "MaBam": file.sha256})
    stick.write(CONTENTS, as_bytes(contents))
    stick.write(STEPS, as_bytes(steps))
    # Last: whoever sees the dossiers sees everything that they refer to.
    stick.write(DOSSIER, as_bytes(dossiers))
    return Exported(len(dossiers), len(steps), len(contents), problems)
