"""What was fetched from the province and waits for a person: procedures, calendar, names of states (đề xuất)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from kiosk.errors import RuleError


class ProposalKind(StrEnum):
    PROCEDURES = "procedures"
    CALENDAR = "calendar"
    STATUSES = "statuses"


class ProposalState(StrEnum):
    """REPLACED: a newer list of the same kind and source came before anybody decided."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    REPLACED = "replaced"


class DecidedProposalError(RuleError):
    """Somebody has decided it already, or a newer one took its place. details: id, state."""

    code = "proposal.decided"


@dataclass(frozen=True)
class Proposal:
    """id: 0 until it is kept. digest: SHA-256 of `content`; content: plain JSON values, by kind (`services.proposals`);
    diff: in words, one line a difference."""

    kind: ProposalKind
    source: str
    fetched_at: datetime
    digest: str
    content: Mapping[str, Any]
    diff: tuple[str, ...] = ()
    id: int = 0
    state: ProposalState = ProposalState.OPEN
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
