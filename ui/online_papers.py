"""Papers of an online dossier: its files become pages of its intake, as if they had been scanned, once each."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.domain.event import Actor
from kiosk.domain.incoming import OnlineDossier, SentFile
from kiosk.errors import InputError
from ui.app import OpenedOffice
from ui.papers import keep_file


def keep_papers(office: OpenedOffice, online: OnlineDossier, actor: Actor) -> Mapping[str, str]:
    """Keep every side of every file that is here. Returns file id -> code of the failure, for what cannot be opened.

    Raises: StorageError, DiskFullError, DamagedFileError.
    """
    failed: dict[str, str] = {}
    for file in online.files:
        if not file.file_id:
            continue
        try:
            _keep(office, online, file, actor)
        except InputError as problem:
            failed[file.id] = problem.code
    return failed


def _keep(office: OpenedOffice, online: OnlineDossier, file: SentFile, actor: Actor) -> None:
    prefix = sha256(f"{online.key}:{file.id}:{file.sha256}".encode()).hexdigest()[:32]
    with office.reads() as look:
        if any(page.id == prefix for page in look.papers.pages(online.draft_key)):
            return
        stored = look.papers.file(file.file_id)
    content = office.vault.get(stored)
    # The readers of files work on a path; what a citizen sent stays there for as long as it is being read.
    with TemporaryDirectory(prefix="motcua-online-") as folder:
        path = Path(folder) / "giay-to"
        path.write_bytes(content)
        keep_file(office, online.draft_key, path, actor, component=file.component, id_prefix=prefix)
