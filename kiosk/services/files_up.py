"""When the files of a dossier have arrived at the province."""

from __future__ import annotations

from datetime import datetime

from kiosk.domain.job import Wing
from kiosk.services.digitisation import all_attached
from kiosk.services.ports import UnitOfWork
from kiosk.services.reception import queue_snapshot


def is_up(uow: UnitOfWork, key: str, document_id: str, now: datetime) -> None:
    """After a document was uploaded, in the same transaction: once all are, one more picture tells where they lie."""
    mine = f"{key}:file:{document_id}"
    waiting = any(j.payload.get("stream") == "file" and j.key != mine for j in uow.jobs.of_lanes(Wing.SYNC, [key]))
    if not waiting and all_attached(uow, key):
        queue_snapshot(uow, key, f"up:{document_id}", now)
