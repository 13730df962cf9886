"""Work that follows an act, done later by a worker: nothing that a person waits for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

BULK = 6  # from this priority on a job moves many bytes: it has a thread of its own, and no message waits behind it
EXPIRED = "expired"  # error of a job whose time was over before it was done


class JobState(StrEnum):
    WAITING = "waiting"
    LEASED = "leased"
    DONE = "done"
    REJECTED = "rejected"


class Wing(StrEnum):
    """Which worker does it."""

    DIGITISE = "digitise"
    PRINT = "print"
    SYNC = "sync"
    NOTIFY = "notify"


@dataclass(frozen=True)
class Job:
    """key: idempotency key, unique for ever within the wing: adding it twice adds it once.

    lane: jobs of one lane run one at a time, oldest first (a dossier's exchange); None: any order.
    A rejected job keeps its lane closed until an officer mends or drops it. priority: smaller goes first.
    station: the machine that does it, by name; None: whichever looks first.
    """

    wing: Wing
    key: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    lane: str | None = None
    priority: int = 5
    due_at: datetime | None = None
    expires_at: datetime | None = None
    id: int = 0
    state: JobState = JobState.WAITING
    attempts: int = 0
    owner: str | None = None
    error: str = ""
    created_at: datetime | None = None
    done_at: datetime | None = None
    station: str | None = None


def files_lane(lane: str) -> str:
    """Beside a dossier's lane, for its files: they hold up nothing that it has to say."""
    return f"{lane}:files"
