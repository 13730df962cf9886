"""Where the province says one thing of a dossier and the office another: kept and shown, never settled by a machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ConflictKind(StrEnum):
    """STATUS: the province is further, or elsewhere; OWNER: another name; RESULT: it sent a result beside ours;
    RESULT_STATE: one for a dossier that can have none now; CODE: a code that another dossier has."""

    STATUS = "status"
    OWNER = "owner"
    RESULT = "result"
    RESULT_STATE = "result_state"
    CODE = "code"


CONFLICT_WORDS = {
    ConflictKind.STATUS: "trạng thái khác nhau",
    ConflictKind.OWNER: "tên chủ hồ sơ khác nhau",
    ConflictKind.RESULT: "tỉnh gửi kết quả khác kết quả đã ghi",
    ConflictKind.RESULT_STATE: "tỉnh gửi kết quả khi hồ sơ chưa thể có kết quả",
    ConflictKind.CODE: "tỉnh cấp mã của hồ sơ khác",
}


@dataclass(frozen=True)
class Conflict:
    """theirs, ours: what each says, in words; told_at: when the province said so; file_id: a file of it, kept in the
    vault, "" for none; seen_at, seen_by: an officer has taken note, None and "" before."""

    dossier_key: str
    connection: str
    kind: ConflictKind
    theirs: str
    ours: str
    told_at: datetime
    at: datetime
    file_id: str = ""
    id: int = 0
    seen_at: datetime | None = None
    seen_by: str = ""
