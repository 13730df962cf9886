"""What a province sends to the office of itself: results of dossiers, and dossiers that citizens sent online."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kiosk.domain.person import Person


@dataclass(frozen=True)
class SentFile:
    """A file that came along. id: the sender's; sha256, size: as the sender says, "" and 0 when it does not.

    url: where it is to be had from, "" when its bytes came with the message; file_id: in the vault, "" before it is
    here; problem: code of the failure for which it cannot be had.
    """

    id: str
    name: str
    component: str = ""
    media_type: str = ""
    sha256: str = ""
    size: int = 0
    url: str = ""
    file_id: str = ""
    problem: str = ""


@dataclass(frozen=True)
class SentOutcome:
    """A result that the province sends. code: any by which the office knows the dossier; official: the province's."""

    code: str
    number: str
    name: str
    at: datetime | None
    file: SentFile
    official: str = ""


class OnlineState(StrEnum):
    """SUPPLEMENT: the citizen was asked to mend it, and it waits for them."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    SUPPLEMENT = "supplement"
    REFUSED = "refused"


ONLINE_WORDS = {
    OnlineState.WAITING: "chờ tiếp nhận",
    OnlineState.ACCEPTED: "đã tiếp nhận",
    OnlineState.SUPPLEMENT: "chờ bổ sung",
    OnlineState.REFUSED: "đã từ chối",
}


@dataclass
class OnlineDossier:
    """One that a citizen sent through the portal (hồ sơ trực tuyến). key: the portal's code, which makes it one for
    ever however often it is delivered; connection: who delivered it.

    came_at: when it reached the office; dossier_key: what it became here, "" before; version: compare-and-set counter.
    """

    key: str
    connection: str
    procedure_code: str
    procedure_name: str
    owner: Person
    submitted_at: datetime
    came_at: datetime
    case: str = ""
    summary: str = ""
    return_by_post: bool = False
    files: tuple[SentFile, ...] = field(default_factory=tuple)
    state: OnlineState = OnlineState.WAITING
    dossier_key: str = ""
    version: int = 0

    @property
    def draft_key(self) -> str:
        """Of its intake: the same for every try, so that it never becomes two dossiers."""
        return f"online:{self.key}"

    @property
    def awaited(self) -> tuple[SentFile, ...]:
        """Files that are still to come through the line."""
        return tuple(f for f in self.files if not f.file_id and not f.problem)
