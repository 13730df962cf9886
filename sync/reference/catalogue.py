"""The catalogues that a province shares: procedures, calendar, lists; files of a folder, read anew each time."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

# Of TrangThaiHoSo 1 to 10; the one list that is known, so that it is there without a file.
STATUS_NAMES = (
    *("Mới đăng ký", "Được tiếp nhận", "Không được tiếp nhận", "Đang xử lý", "Yêu cầu bổ sung giấy tờ"),
    *("Yêu cầu thực hiện nghĩa vụ tài chính", "Công dân yêu cầu rút hồ sơ", "Dừng xử lý"),
    *("Đã xử lý xong", "Đã trả kết quả"),
)
STATUSES = "LayDanhMucTrangThai"

_SERVICE = re.compile(r"Lay[A-Za-z]{1,60}")
_CODE = re.compile(r"[0-9A-Za-z._-]{1,60}")


class UnknownServiceError(Exception):
    """No such service, or the folder has nothing for it."""


class Catalogue:
    """`<folder>/<service>.json` answers a service with an array; `<folder>/LayThuTuc/<code>.json` one procedure.

    Without a list of procedures in the folder LayDanhSachTTHC names those that LayThuTuc has; the statuses are known.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def result(self, service: str, asked: Mapping[str, str]) -> list[Any]:
        """Raises: UnknownServiceError."""
        if not _SERVICE.fullmatch(service):
            raise UnknownServiceError(service)
        if service == "LayThuTuc":
            code = asked.get("maTTHC", "")
            found = self._read(self._folder / service / f"{code}.json") if _CODE.fullmatch(code) else None
            return [found] if found is not None else []
        found = self._read(self._folder / f"{service}.json")
        if found is None and service == "LayDanhSachTTHC":
            found = self._procedures()
        if found is None and service == STATUSES:
            found = [{"MA": str(n), "TEN": name} for n, name in enumerate(STATUS_NAMES, 1)]
        if not isinstance(found, list):
            raise UnknownServiceError(service)
        return found

    def services(self) -> list[str]:
        """What the folder can answer, for the page."""
        names = {p.stem for p in self._folder.glob("Lay*.json")} if self._folder.is_dir() else set()
        return sorted(names | {"LayDanhSachTTHC", "LayThuTuc", STATUSES})

    def _procedures(self) -> list[dict[str, Any]]:
        read = (self._read(p) for p in sorted((self._folder / "LayThuTuc").glob("*.json")))
        return [{"MATTHC": p.get("MATTHC"), "TENTTHC": p.get("TENTTHC")} for p in read if isinstance(p, dict)]

    @staticmethod
    def _read(file: Path) -> Any:
        """None for a file that is not there or cannot be read."""
        try:
            return json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
