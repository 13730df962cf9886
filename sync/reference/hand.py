"""The admin's hand on a stand-in that runs: decisions, online dossiers, the fault switch."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx2

from kiosk.errors import InputError
from sync.reference.serve import PORT_FILE

PATIENCE_S = 10.0


class NoStandInError(InputError):
    """No stand-in answers there. details: url."""

    code = "province.not_running"


class RefusedByStandInError(InputError):
    """The stand-in cannot do this. details: reason."""

    code = "province.refused"


def address_in(folder: Path) -> str:
    """Of the stand-in that runs, or ran last, with this folder on this computer. Raises: NoStandInError."""
    try:
        return f"http://127.0.0.1:{int((folder / PORT_FILE).read_text(encoding='ascii'))}"
    except (OSError, ValueError):
        raise NoStandInError(url=str(folder)) from None


class AdminHand:
    """Every method raises NoStandInError, RefusedByStandInError."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")

    def switches(self) -> dict[str, Any]:
        return self._ask("GET", "/_faults")

    def switch(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        return self._ask("POST", "/_faults", dict(wanted))

    def decide(self, decision: Mapping[str, str]) -> dict[str, Any]:
        return self._ask("POST", "/_admin/decide", dict(decision))

    def hand_in(self, office: str, wanted: Mapping[str, Any], *, by_url: bool) -> dict[str, Any]:
        asked = {"office": office, "dossier": dict(wanted), "by_url": by_url}
        return self._ask("POST", "/_admin/online", asked)

    def keep(self, content: bytes) -> str:
        """A result's file; returns its SHA-256."""
        sha256 = hashlib.sha256(content).hexdigest()
        self._ask("PUT", f"/_admin/files/{sha256}", content)
        return sha256

    def _ask(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        sent = {"content": body} if isinstance(body, bytes) else {"json": body}
        try:
            answer = httpx2.request(method, self._url + path, timeout=PATIENCE_S, trust_env=False, **sent)
            found = answer.json()
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError):
            raise NoStandInError(url=self._url) from None
        if answer.status_code != 200 or not isinstance(found, dict):
            raise RefusedByStandInError(reason=found.get("error", "") if isinstance(found, dict) else "")
        return found
