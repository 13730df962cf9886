"""What goes back to the offices: decisions and results in order, and dossiers that citizens handed in at the portal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row
from starlette.concurrency import run_in_threadpool

from sync.reference.faults import Faults
from sync.reference.online import Online
from sync.reference.requests import number_of
from sync.reference.store import ProvinceStore

AT_ONCE = 100


class Feed:
    """Pages of `result`, `contro` (where to go on; opaque to the office) and `con_nua` (ask again at once)."""

    def __init__(self, store: ProvinceStore, online: Online, faults: Faults, url: str) -> None:
        """url: of the stand-in, for the addresses of results."""
        self._store, self._online, self._faults, self._url = store, online, faults, url

    async def page(self, cursor: str, office: str) -> dict[str, Any]:
        """Decisions after `cursor`. Raises: MalformedRequestError."""
        after = number_of(cursor)
        rows = await run_in_threadpool(self._store.changes, self._backed(after), AT_ONCE, office)
        return self._paged([self.told(row) for row in rows], rows, after)

    async def online_page(self, cursor: str, office: str) -> dict[str, Any]:
        """Dossiers from the portal after `cursor`. Raises: MalformedRequestError."""
        after = number_of(cursor)
        rows = await run_in_threadpool(self._online.after, self._backed(after), AT_ONCE, office)
        return self._paged([json.loads(row.body) for row in rows], rows, after)

    def told(self, row: Row[Any]) -> dict[str, Any]:
        """One row of `changes` in the form of DongBoTrangThaiHoSo: MaHoSo is the portal's code, MaHoSoDonVi ours."""
        result = {
            "TenGiayTo": row.result_name,
            "DuongDanTepTinKetQua": f"{self._url}/TepTin/{row.result_sha256}",
            "MaBam": row.result_sha256,
        }
        return {
            "MaThongBao": str(row.seq),
            "MaDonVi": row.office,
            "MaHoSo": row.official or row.code,
            "MaHoSoDonVi": row.code,
            "MaHoSoQuocGia": row.official,
            "TrangThai": row.status,
            "NoiDung": row.note,
            "NgayXuLy": row.at,
            "DanhSachGiayToKetQua": [result] if row.result_sha256 else [],
        }

    def _backed(self, after: int) -> int:
        return max(0, after - self._faults.now.repeat_news)

    def _paged(self, items: list[dict[str, Any]], rows: Sequence[Row[Any]], after: int) -> dict[str, Any]:
        cursor = max([after, *(row.seq for row in rows)])
        return {
            "result": self._faults.shuffled(items),
            "contro": str(cursor),
            "con_nua": len(rows) == AT_ONCE and cursor > after,
        }
