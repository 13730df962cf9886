"""What one province wants said differently; the rest of a generation's form is fixed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.messages.canonical import OwnerKind


@dataclass(frozen=True)
class Profile:
    """submitted_to: NoiNopHoSo. unpaid_online, paid_online: DuocThanhToanTrucTuyen of a fee that was not, or was, paid
    so (one source only).

    identity_required: refuse before sending when the owner has no 9- or 12-digit number. field_codes: name of a field
    -> its code there, for procedures whose catalogue entry has none. owner_kinds: LoaiDoiTuong where it differs.
    databases: our name of a national database -> its MaCSDL; services: procedure -> MaDichVuCong.
    """

    submitted_to: str = "2"
    unpaid_online: str = "3"
    paid_online: str = "2"
    identity_required: bool = True
    field_codes: Mapping[str, str] = field(default_factory=dict)
    owner_kinds: Mapping[OwnerKind, str] = field(default_factory=dict)
    databases: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)

    def owner_kind(self, kind: OwnerKind) -> str:
        return self.owner_kinds.get(kind, kind.value)
