"""How many papers citizens did not have to bring, from the log: the reuse counter of the directives.

Definitions: docs/measures.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from kiosk.clock import OFFICE_ZONE
from kiosk.domain import life
from kiosk.services.ports import UnitOfWork


@dataclass(frozen=True)
class ReuseFigures:
    """dossiers: received; spared: of them, those with a paper less to bring; held: papers of earlier dossiers and
    results used again; database: papers that a database gave; asked: papers that were there and asked for anyway, by
    reason."""

    dossiers: int = 0
    spared: int = 0
    held: int = 0
    database: int = 0
    asked: Mapping[str, int] = field(default_factory=dict)

    @property
    def not_asked(self) -> int:
        return self.held + self.database

    @property
    def share(self) -> float | None:
        """Of the dossiers, those with a paper less; None without a dossier."""
        return self.spared / self.dossiers if self.dossiers else None


def reuse_between(look: UnitOfWork, first: date, last: date) -> ReuseFigures:
    """Of the days from first to last, both included. A dossier that was received again after its supplement counts
    once, as it stood last. Inside a `with`."""
    start = datetime.combine(first, time(), OFFICE_ZONE)
    end = datetime.combine(last + timedelta(days=1), time(), OFFICE_ZONE)
    told = {e.subject: e.data for e in look.events.between(start, end, (life.RECEIVE.event,))}
    held = {key: len(data.get("held", ())) for key, data in told.items()}
    database = {key: len(data.get("database", ())) for key, data in told.items()}
    asked = Counter(reason for data in told.values() for reason in data.get("asked_anyway", {}).values())
    spared = sum(1 for key in told if held[key] or database[key])
    return ReuseFigures(len(told), spared, sum(held.values()), sum(database.values()), dict(asked.most_common()))
