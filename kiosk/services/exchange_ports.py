"""What the acts of the exchange need of its tables."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.domain.conflict import Conflict
from kiosk.domain.incoming import OnlineDossier, OnlineState
from kiosk.domain.told import ToldFile


@dataclass(frozen=True)
class Reply:
    """One answer of another system, kept as it came."""

    job_id: int
    subject: str
    at: datetime
    operation: str
    outcome: str
    body: str


class Exchange(Protocol):
    def keep_reply(self, reply: Reply) -> None: ...

    def replies(self, subject: str) -> list[Reply]:
        """Oldest first."""

    def cursor(self, name: str) -> str:
        """ "" before the first reading."""

    def set_cursor(self, name: str, value: str) -> None: ...

    def upload_place(self, identity: str) -> str:
        """Where an unfinished upload goes on; "" when there is none."""

    def keep_upload_place(self, identity: str, url: str) -> None:
        """Insert, or replace; "" forgets it."""

    def sent_steps(self, connection: str, dossier_key: str) -> set[int]:
        """Numbers of the events of a dossier that this connection has been told; those sent before marks were kept
        count for every connection."""

    def mark_sent(self, connection: str, dossier_key: str, events: Collection[int], now: datetime) -> None:
        """Marking one twice marks it once."""

    def forget_sent(self, connection: str, dossier_key: str, events: Collection[int]) -> None:
        """The connection has lost these: they are to be told again."""

    def told_files(self, connection: str, dossier_key: str) -> list[ToldFile]:
        """Every file that this connection was ever told of, by id."""

    def note_told(self, connection: str, dossier_key: str, files: Sequence[ToldFile]) -> None:
        """Insert, or replace by id; none is ever taken out."""

    def add_conflict(self, conflict: Conflict) -> bool:
        """False, and nothing added, when the province said the same before."""

    def conflicts(self, *, unseen: bool, dossier_key: str = "", limit: int = 200) -> list[Conflict]:
        """Oldest first. unseen: only those that nobody has taken note of."""

    def note_seen(self, conflict_id: int, officer: str, now: datetime) -> None:
        """Raises: NotFoundError. Noting it twice keeps the first."""


class Online(Protocol):
    """Dossiers that citizens sent through the portal, by its code."""

    def add(self, dossier: OnlineDossier) -> bool:
        """False, and nothing added, when this code was delivered before."""

    def save(self, dossier: OnlineDossier) -> None:
        """Compare-and-set on `version`. Raises: StaleError."""

    def get(self, key: str) -> OnlineDossier:
        """Raises: NotFoundError."""

    def listed(self, states: Sequence[OnlineState], limit: int = 200) -> list[OnlineDossier]:
        """Those sent first come first."""
