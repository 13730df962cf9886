"""The append-only log of what people did, chained by hash so that no line can be changed or taken out unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from kiosk.errors import KioskError

GENESIS = "0" * 64


class DuplicateCommandError(KioskError):
    """This very command was carried out before; read its outcome instead of doing it again. details: command."""

    code = "event.duplicate_command"


@dataclass(frozen=True)
class Actor:
    """Who acts and where: officer's login, station's name, counter if any. roles: what the officer is trusted with
    (`domain.life.Role`), None for everything; no part of the log."""

    officer: str
    station: str
    counter: str | None = None
    roles: frozenset[str] | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Event:
    """One act. kind: "ticket.called"; subject: ticket or dossier key; data: JSON values, no personal data.

    seq and hash are given by the log; command: idempotency key of the act, unique where present.
    """

    kind: str
    subject: str
    at: datetime
    actor: Actor
    data: Mapping[str, Any] = field(default_factory=dict)
    command: str | None = None
    seq: int = 0
    prev_hash: str = ""
    hash: str = ""


def chain_hash(prev_hash: str, event: Event) -> str:
    """SHA-256 over the previous hash and the canonical JSON of the event (instants in UTC, microseconds)."""
    body = json.dumps(
        {
            "kind": event.kind,
            "subject": event.subject,
            "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "officer": event.actor.officer,
            "station": event.actor.station,
            "counter": event.actor.counter,
            "data": dict(event.data),
            "command": event.command,
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(f"{prev_hash}\n{body}".encode()).hexdigest()


def first_broken(events: Iterable[Event]) -> int | None:
    """The seq of the first event that does not fit the chain from the beginning, or None when it is intact."""
    previous, expected = GENESIS, 1
    for event in events:
        if event.seq != expected or event.prev_hash != previous or event.hash != chain_hash(previous, event):
            return event.seq
        previous, expected = event.hash, expected + 1
    return None
