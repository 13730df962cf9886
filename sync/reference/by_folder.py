"""Sticks at the stand-in: the same rows, files and news that the line fills and tells, reached without a line."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sync.folder.answer import News
from sync.folder.contents import FileEntry
from sync.reference.database import Database
from sync.reference.faults import Faults
from sync.reference.feed import FILES, Feed
from sync.reference.files import Files
from sync.reference.intake import G1, G15, RULES
from sync.reference.requests import now_text
from sync.reference.rules import fault_in_progress
from sync.reference.serve import DATABASE_FILE
from sync.reference.store import Arrival, KnownDossierError, ProvinceStore, Step

NEWS_AT_ONCE = 500
NAMES = {"g1": G1, "g15": G15}  # of a manifest -> as the stand-in calls it
LARGEST_RESULT = 20 * 1024 * 1024


class FolderShelf:
    """`sync.folder.far_end.FarStore` on the stand-in's own store; safe beside a stand-in that runs.

    url: of the stand-in, for the addresses of files; allocate: give official codes.
    """

    def __init__(self, folder: Path, url: str, database: str = "", *, allocate: bool = False) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._database = Database(database or folder / DATABASE_FILE)
        self._store, self._files = ProvinceStore(self._database), Files(self._database, folder / "files")
        self._feed = Feed(self._store, Faults(), url)
        self._url, self._allocate = url.rstrip("/"), allocate

    def close(self) -> None:
        self._database.close()

    def find(self, codes: Sequence[str]) -> Mapping[str, Any] | None:
        return next((found for code in codes if (found := self._store.find(code)) is not None), None)

    def fault(self, message: Mapping[str, Any], steps: Sequence[Mapping[str, Any]], generation: str) -> str:
        rule = RULES.get(NAMES.get(generation, ""))
        if rule is None:
            return f"dạng hồ sơ “{generation}” không nhận qua USB"
        return rule(message) or next((f for step in steps if (f := fault_in_progress(step))), "")

    def insert(self, office: str, message: Mapping[str, Any], generation: str) -> None:
        arrival = _arrival(office, message, generation)
        try:
            self._store.insert([arrival], naive=False, allocate=self._allocate)
        except KnownDossierError:  # the line brought it this very moment
            self._store.update([arrival])

    def replace(self, office: str, message: Mapping[str, Any], generation: str) -> None:
        self._store.update([_arrival(office, message, generation)])

    def add_steps(self, messages: Sequence[Mapping[str, Any]]) -> None:
        """Only those that are not there: a stick that comes twice is not counted as a repetition of the line."""
        found = self._store.find(str(messages[0]["MaHoSo"])) or {}
        known = {(s["ThoiDiemXuLy"], s["TrangThai"]) for s in found.get("DanhSachTienTrinh", ())}
        new = [m for m in messages if (m["ThoiDiemXuLy"], m["TrangThai"]) not in known]
        self._store.add_steps([Step(m["MaHoSo"], m["ThoiDiemXuLy"], m["TrangThai"], m) for m in new])

    def keep_file(self, file: FileEntry, content: bytes) -> str:
        if self._files.find(file.sha256) is None:
            self._files.keep(content, file.sha256, file.id, file.media_type)
        return f"{self._url}{FILES}/{file.sha256}"

    def news(self, office: str, after: str) -> Sequence[News]:
        """The first of them, one by one so that each has its place; the others come with the next stick."""
        told: list[News] = []
        place = int(after) if after.isascii() and after.isdigit() else 0
        more = True
        while more and len(told) < NEWS_AT_ONCE:
            page = self._feed.after(place, 1, office)
            place, more = int(page["contro"]), bool(page["con_nua"])
            told += [News(str(place), self._with_bytes(item)) for item in page["result"]]
        return told

    def _with_bytes(self, item: Mapping[str, Any]) -> dict[str, Any]:
        """An office without a line cannot fetch anything, so what it would fetch travels along."""
        return {name: self._filled(value) for name, value in item.items()}

    def _filled(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._filled(entry) for entry in value]
        if not isinstance(value, Mapping):
            return value
        kept = self._files.find(str(value.get("MaBam", "")))
        if kept is None or kept.size > LARGEST_RESULT:
            return dict(value)
        return {**value, "KichThuoc": str(kept.size), "Base64": base64.b64encode(kept.path.read_bytes()).decode()}


def _arrival(office: str, message: Mapping[str, Any], generation: str) -> Arrival:
    return Arrival(office, message["MaHoSo"], message["TrangThaiHoSo"], NAMES[generation], message, now_text())
