"""Lists that a province shares, asked for as they are: procedures one by one, days off, names of states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from kiosk.domain.proposal import ProposalKind
from sync.errors import RefusedByProvinceError
from sync.reading import entries_of

LIST, ONE = "LayDanhSachTTHC", "LayThuTuc"
CALENDAR, STATUSES = "LayNgayNghi", "LayDanhMucTrangThai"
MOST = 5_000  # procedures; the whole country has fewer for a commune

Tell = Callable[[int, int], None]


class CatalogueSource(Protocol):
    """`HttpProvince` is one."""

    def service(self, name: str, members: Mapping[str, str]) -> Any:
        """`result` of a catalogue service. Raises: TransientSyncError, RejectedSyncError."""


def pull(source: CatalogueSource, kind: ProposalKind, tell: Tell) -> dict[str, Any]:
    """The list as plain JSON: {"records": [...]}. A list of which one entry does not come is not a list.

    tell: how many procedures of how many are here. Raises: as `CatalogueSource.service`, RefusedByProvinceError.
    """
    if kind is ProposalKind.PROCEDURES:
        return {"records": _procedures(source, tell)}
    return {"records": _asked(source, CALENDAR if kind is ProposalKind.CALENDAR else STATUSES, {})}


def _procedures(source: CatalogueSource, tell: Tell) -> list[dict[str, Any]]:
    codes = [str(e.get("MATTHC") or "") for e in _asked(source, LIST, {})]
    wanted = list(dict.fromkeys(code for code in codes if code))[:MOST]
    records = []
    for done, code in enumerate(wanted):
        tell(done, len(wanted))
        found = [e for e in _asked(source, ONE, {"maTTHC": code}) if str(e.get("MATTHC") or "") == code]
        if not found:
            raise RefusedByProvinceError(reason=f"{ONE} không trả lời thủ tục {code} có trong {LIST}")
        # What a list for the public names is public, unless the entry itself says otherwise.
        records.append({**found[0], "TRANGTHAI": str(found[0].get("TRANGTHAI") or "1")})
    return records


def _asked(source: CatalogueSource, name: str, members: Mapping[str, str]) -> list[dict[str, Any]]:
    """Raises: RefusedByProvinceError for an empty list: nothing is closed because a server forgot its data."""
    found = [dict(entry) for entry in entries_of(source.service(name, members))]
    if not found:
        raise RefusedByProvinceError(reason=f"{name}: danh sách rỗng")
    return found
