"""News carried to the offices' own doors, in the same form as they would fetch it (sync/messages/incoming.py)."""

from __future__ import annotations

import hashlib
import hmac
import json
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

import httpx2
import structlog
from sqlalchemy.exc import SQLAlchemyError

from sync.reference.feed import Feed
from sync.reference.store import ProvinceStore

PATH = "/TinTuTinh"
AT_ONCE = 20
PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
PATIENCE_S = 20.0

log = structlog.get_logger()


@dataclass
class Door:
    """One office's address. pause_s: before the next try; it grows while nobody opens."""

    office: str
    url: str
    pause_s: float = PAUSE_S
    next_at: float = 0.0


class Pusher:
    """Where each office's news stands is kept in the store: after a restart nothing is left out."""

    def __init__(
        self, store: ProvinceStore, feed: Feed, doors: Mapping[str, str], secret: str, ca_file: str = ""
    ) -> None:
        """doors: agency code -> URL of the office. secret: shared with the offices. ca_file: theirs, "" for the usual.

        Raises: OSError, ssl.SSLError for a CA file that is none.
        """
        self._store, self._feed, self._secret = store, feed, secret.encode()
        self._doors = [Door(office, url.rstrip("/") + PATH) for office, url in doors.items()]
        self._client = httpx2.Client(
            timeout=PATIENCE_S, trust_env=False, verify=ssl.create_default_context(cafile=ca_file or None)
        )

    def close(self) -> None:
        self._client.close()

    def once(self, now: float) -> int:
        """Knock where it is time. now: seconds of a clock that never jumps. Returns how many items were taken."""
        taken = 0
        for door in self._doors:
            if door.next_at > now:
                continue
            done = self._bring(door)
            door.pause_s = PAUSE_S if done is not None else min(LONGEST_PAUSE_S, door.pause_s * 2)
            door.next_at = now + (0.0 if done else door.pause_s)
            taken += done or 0
        return taken

    def _bring(self, door: Door) -> int | None:
        """How many items were taken; None when the door stayed shut."""
        name = f"pushed {door.office}"
        stands = self._store.number(name)
        page = self._feed.after(stands, AT_ONCE, door.office)
        if int(page["contro"]) == stands:
            return 0  # nothing new; old news comes again with the next new one
        if not self._is_taken(door, json.dumps(page["result"], ensure_ascii=False).encode()):
            return None
        self._store.set_number(name, int(page["contro"]))
        return len(page["result"])

    def _is_taken(self, door: Door, body: bytes) -> bool:
        moment = str(int(time.time()))
        headers = {
            "Content-Type": "application/json",
            "X-Thoi-Diem": moment,
            "X-Chu-Ky": signature(self._secret, moment, body),
        }
        try:
            answer = self._client.post(door.url, content=body, headers=headers)
            reply = answer.json()
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError):
            return False
        return answer.status_code == 200 and isinstance(reply, dict) and str(reply.get("error_code")) in ("0", "00")


def signature(secret: bytes, moment: str, body: bytes) -> str:
    """Hex HMAC-SHA256 of the moment, a line feed and the body."""
    return hmac.new(secret, f"{moment}\n".encode() + body, hashlib.sha256).hexdigest()


def work(pusher: Pusher, stop: threading.Event) -> None:
    """Until told to stop."""
    while not stop.wait(PAUSE_S / 5):
        try:
            pusher.once(time.monotonic())
        except SQLAlchemyError:
            log.warning("push waits for the database", exc_info=True)
    pusher.close()
