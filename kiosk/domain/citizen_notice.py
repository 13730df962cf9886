"""A short message to a citizen's telephone (tin nhắn): occasion and state. Source: docs/legal.md#no-result

It names the dossier's code and the office, and nothing else of anybody: telephones are read by others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Occasion(StrEnum):
    RESULT = "result"
    LATE = "late"
    SUPPLEMENT = "supplement"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class NoticeState(StrEnum):
    """WAITING: for its hour or the carrier; HANDED: the carrier has it; SKIPPED: not to be sent, `reason` says why."""

    WAITING = "waiting"
    HANDED = "handed"
    SKIPPED = "skipped"


class Skip(StrEnum):
    """Why a citizen gets no message."""

    NO_PHONE = "no_phone"
    NOT_MOBILE = "not_mobile"
    REFUSED = "refused"
    SECRET = "secret"
    STALE = "stale"


@dataclass(frozen=True)
class CitizenNotice:
    """key: dossier and occasion, once for ever; parts: SMS that it costs; event: seq of the act that it tells of.

    phone: as it is dialled ("0912345678"), "" for a skipped one; text: as it leaves; reference: the carrier's.
    """

    key: str
    dossier_key: str
    occasion: Occasion
    event: int
    made_at: datetime
    state: NoticeState = NoticeState.WAITING
    phone: str = ""
    text: str = ""
    parts: int = 0
    due_at: datetime | None = None
    handed_at: datetime | None = None
    carrier: str = ""
    reference: str = ""
    reason: str = ""
