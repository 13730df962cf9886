"""The catalogues that a province shares: procedures, calendar, lists; files of a folder, read anew each time."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_SERVICE = re.compile(r"Lay[A-Za-z]{1,60}")
_CODE = re.compile(r"[0-9A-Za-z._-]{1,60}")


class UnknownServiceError(Exception):
    """No such service, or the folder has nothing for it."""


class Catalogue:
    """`<folder>/<service>.json` answers a service with an array; `<folder>/LayThuTuc/<code>.json` one procedure.

    Without a list of procedures in the folder LayDanhSachTTHC names those that LayThuTuc has.
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
        if not isinstance(found, list):
            raise UnknownServiceError(service)
        return found

    def services(self) -> list[str]:
        """What the folder can answer, for the page."""
        names = {p.stem for p in self._folder.glob("Lay*.json")} if self._folder.is_dir() else set()
        return sorted(names | {"LayDanhSachTTHC", "LayThuTuc"})

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
