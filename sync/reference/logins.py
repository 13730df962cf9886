"""Who may call: no proof at all, a fixed token, or sessions and OAuth tokens that run out."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.requests import Request


@dataclass(frozen=True)
class Habits:
    """How this province is set up. auth: "none", "bearer" or "session", for the addresses of G1.5.

    allocate: gives official codes. secret: password, client secret or token; "" takes any. session_s: how long a
    session or token lives; upload_s: an unfinished upload after its last byte. auto_s: pause between the rounds of
    its own officers, 0 for none. doors: agency code -> where its news is carried to; door_secret: signs it;
    door_ca: PEM file of the offices' CA.
    """

    allocate: bool = False
    auth: str = "none"
    secret: str = field(default="", repr=False)
    session_s: float = 1800.0
    upload_s: int = 7 * 24 * 3600
    auto_s: float = 0.0
    doors: Mapping[str, str] = field(default_factory=dict)
    door_secret: str = field(default="", repr=False)
    door_ca: str = ""


class Logins:
    """Sessions live in memory: after a restart everybody logs in again, as at real systems. Thread-safe."""

    def __init__(self, habits: Habits) -> None:
        self._habits = habits
        self._lock = threading.Lock()
        self._ends: dict[str, float] = {}

    def is_right(self, password: object) -> bool:
        wanted = self._habits.secret
        return not wanted or secrets.compare_digest(str(password).encode(), wanted.encode())

    def open(self) -> str:
        token, now = secrets.token_hex(16), time.monotonic()
        with self._lock:
            self._ends = {t: end for t, end in self._ends.items() if end > now}
            self._ends[token] = now + self._habits.session_s
        return token

    def close_all(self) -> None:
        with self._lock:
            self._ends.clear()

    def is_open(self, token: object) -> bool:
        with self._lock:
            return isinstance(token, str) and self._ends.get(token, 0.0) > time.monotonic()

    def has_token(self, request: Request) -> bool:
        """An OAuth token of `open`."""
        return self.is_open(_bearer(request))

    def may_call(self, request: Request) -> bool:
        """The proof that the habits ask for, or any session or token that is open."""
        if self._habits.auth == "none" or self.has_token(request) or self.is_open(request.headers.get("session")):
            return True
        given, wanted = _bearer(request), self._habits.secret
        return self._habits.auth == "bearer" and secrets.compare_digest(given.encode(), wanted.encode())


def _bearer(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token if kind.lower() == "bearer" else ""
