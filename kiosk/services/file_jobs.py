"""Files on their way to the province: a lane of their own beside the dossier's, the urgent and the small ones first."""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk.domain.dossier import Dossier
from kiosk.domain.job import BULK, Job, Wing, files_lane
from kiosk.domain.scan import StoredFile
from kiosk.services.ports import UnitOfWork

SOON = timedelta(hours=24)
SMALL, MIDDLING = 256 * 1024, 2 * 1024 * 1024


def queue_file(uow: UnitOfWork, dossier: Dossier, document_id: str, file: StoredFile, now: datetime) -> None:
    """Once for each document. A state secret goes through no network: docs/legal.md#state-secret."""
    if dossier.state_secret:
        return
    payload = {"stream": "file", "dossier": dossier.key, "document": document_id}
    lane, priority = files_lane(dossier.key), _priority(file.size, is_urgent(dossier, now))
    uow.jobs.add(Job(Wing.SYNC, f"{dossier.key}:file:{document_id}", payload, lane=lane, priority=priority, due_at=now))


def is_urgent(dossier: Dossier, now: datetime) -> bool:
    """Due within a day, or late: its papers wait for no quiet hour."""
    return dossier.due_at is not None and dossier.due_at - now <= SOON


def _priority(size: int, urgent: bool) -> int:
    if urgent:
        return BULK
    return BULK + 1 + (size > SMALL) + (size > MIDDLING)
