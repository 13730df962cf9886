"""What goes back to the offices, in the form of sync/messages/incoming.py: decisions, results, online dossiers."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Row
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from sync.reference.faults import Faults
from sync.reference.requests import number_of, plain
from sync.reference.store import ONLINE, RESULT, ProvinceStore

FILES = "/TepTin"
AT_ONCE = 100


class Feed:
    """Pages of `result`, `contro` (where to go on; opaque to the office) and `con_nua` (ask again at once)."""

    def __init__(self, store: ProvinceStore, faults: Faults, url: str) -> None:
        """url: of the stand-in, for the addresses of files."""
        self._store, self._faults, self._url = store, faults, url

    async def page(self, cursor: str, office: str) -> dict[str, Any]:
        """What came after `cursor`. Raises: MalformedRequestError."""
        return await run_in_threadpool(self.after, number_of(cursor), AT_ONCE, office)

    def after(self, seq: int, limit: int, office: str) -> dict[str, Any]:
        """Blocking. A page may begin with old news, and be out of order, when the switches say so."""
        rows = self._store.changes(max(0, seq - self._faults.now.repeat_news), limit, office)
        cursor = max([seq, *(row.seq for row in rows)])
        return {
            "result": self._faults.shuffled([self._told(row) for row in rows]),
            "contro": str(cursor),
            "con_nua": len(rows) == limit and cursor > seq,
        }

    def _told(self, row: Row[Any]) -> dict[str, Any]:
        """MaHoSo is the portal's code, MaHoSoDonVi the office's."""
        body = json.loads(row.body)
        if row.kind == ONLINE:
            return {"LoaiTin": ONLINE, **self._linked(body)}
        told = {
            "LoaiTin": row.kind,
            "MaHoSo": row.official or row.code,
            "MaHoSoDonVi": row.code,
            "MaHoSoQuocGia": row.official,
            "NgayXuLy": row.at,
        }
        if row.kind == RESULT:
            file = {"DuongDanTepTinKetQua": f"{self._url}{FILES}/{row.file}", "MaBam": row.file}
            return {**told, "DanhSachGiayToKetQua": [{**body, **file}]}
        return {**told, "TrangThai": row.status, "NoiDung": row.note}

    def _linked(self, body: dict[str, Any]) -> dict[str, Any]:
        """Papers that are kept here get their address; others bring their bytes along."""
        papers = body.get("TaiLieuNop")
        if not isinstance(papers, list):
            return body
        return {**body, "TaiLieuNop": [self._with_address(p) for p in papers]}

    def _with_address(self, paper: Any) -> Any:
        if not isinstance(paper, dict) or not paper.get("MaBam") or paper.get("Base64"):
            return paper
        return {**paper, "DuongDanTaiTepTin": f"{self._url}{FILES}/{paper['MaBam']}"}


def feed_question(request: Request) -> tuple[str, str]:
    """Cursor and office of a request. Raises: MalformedRequestError."""
    office = request.state.office = plain(request.query_params.get("madonvi", ""))
    return request.query_params.get("contro", ""), office
