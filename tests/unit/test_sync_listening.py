"""The office's door for what a province pushes: who may knock, how much is taken, and that "taken" means kept."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any

import pytest

from kiosk.errors import StorageError
from kiosk.province_config import ListenConfig
from sync.errors import BadConnectionError
from sync.listening import PATH, Door, check_listening
from sync.province import Change

SECRET, NOW = "bí mật chung", 1_790_000_000.0
ITEM = {"MaHoSo": "H26.107-261123-10001", "TrangThai": "4", "NgayXuLy": "20261123110000"}


class Kept:
    """What the office has taken; full: the disk is."""

    def __init__(self) -> None:
        self.items: list[Change] = []
        self.full = False

    def take(self, changes: Sequence[Change]) -> int:
        if self.full:
            raise StorageError
        self.items += changes
        return len(changes)


def signature(moment: str, body: bytes, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), moment.encode() + b"\n" + body, hashlib.sha256).hexdigest()


def knock(door: Door, body: bytes, headers: dict[str, str], chunk: int = 1000) -> tuple[int, dict[str, Any]]:
    """One request as a server would hand it on."""
    parts = [body[n : n + chunk] for n in range(0, len(body), chunk)] or [b""]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        part = parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": PATH,
        "query_string": b"",
        "headers": [(k.lower().encode(), v.encode()) for k, v in headers.items()],
    }
    asyncio.run(door.app()(scope, receive, send))
    return int(sent[0]["status"]), json.loads(sent[1]["body"])


def pushed(door: Door, items: object, moment: str = f"{NOW:.0f}", secret: str = SECRET) -> tuple[int, dict[str, Any]]:
    body = json.dumps(items).encode()
    return knock(door, body, {"X-Thoi-Diem": moment, "X-Chu-Ky": signature(moment, body, secret)})


def a_door(kept: Kept, largest: int = 100_000, secret: str = SECRET) -> Door:
    return Door(kept.take, secret, largest, lambda: NOW)


def test_what_is_signed_is_taken_and_said_to_be() -> None:
    kept = Kept()
    status, answer = pushed(a_door(kept), [ITEM, ITEM])
    assert (status, answer["error_code"], len(kept.items)) == (200, 0, 2)
    assert kept.items[0].raw == ITEM


@pytest.mark.parametrize(
    ("moment", "secret"),
    [(f"{NOW:.0f}", "khác"), (f"{NOW - 301:.0f}", SECRET), (f"{NOW + 301:.0f}", SECRET), ("hôm nay", SECRET)],
)
def test_a_wrong_secret_or_an_old_moment_is_turned_away(moment: str, secret: str) -> None:
    kept = Kept()
    body = json.dumps([ITEM]).encode()
    headers = {"X-Thoi-Diem": moment.encode().decode("latin-1"), "X-Chu-Ky": signature(moment, body, secret)}
    status, answer = knock(a_door(kept), body, headers)
    assert (status, answer["error_code"], kept.items) == (401, -1, [])


def test_a_changed_body_is_turned_away() -> None:
    kept = Kept()
    body = json.dumps([ITEM]).encode()
    headers = {"X-Thoi-Diem": f"{NOW:.0f}", "X-Chu-Ky": signature(f"{NOW:.0f}", body)}
    assert knock(a_door(kept), body.replace(b'"4"', b'"9"'), headers)[0] == 401
    assert not kept.items


def test_no_signature_at_all_is_turned_away() -> None:
    kept = Kept()
    assert knock(a_door(kept), json.dumps([ITEM]).encode(), {})[0] == 401


def test_a_body_beyond_the_bound_is_not_read_to_its_end() -> None:
    kept = Kept()
    status, answer = pushed(a_door(kept, largest=5_000), [{"MaHoSo": "x" * 20_000}])
    assert (status, answer["error_code"]) == (413, -1)


@pytest.mark.parametrize("items", [{}, [], ["x"], [1], "x", [ITEM] * 501])
def test_what_is_no_list_of_items_is_refused(items: object) -> None:
    kept = Kept()
    assert pushed(a_door(kept), items)[0] == 400
    assert not kept.items


def test_taken_is_said_only_when_it_is_kept() -> None:
    kept = Kept()
    kept.full = True
    status, answer = pushed(a_door(kept), [ITEM])
    assert (status, answer["error_code"]) == (503, -1)
    kept.full = False
    assert pushed(a_door(kept), [ITEM])[0] == 200


@pytest.mark.parametrize(
    ("config", "secret", "field"),
    [
        (ListenConfig(), "", "listen.secret_file"),
        (ListenConfig(host="192.168.1.5"), SECRET, "listen.cert_file"),
        (ListenConfig(host="0.0.0.0"), SECRET, "listen.cert_file"),
        (ListenConfig(cert_file="a.pem"), SECRET, "listen.key_file"),
        (ListenConfig(client_ca="ca.pem"), "", "listen.cert_file"),
    ],
)
def test_a_door_that_anybody_could_open_or_read_along_at_is_not_opened(
    config: ListenConfig, secret: str, field: str
) -> None:
    with pytest.raises(BadConnectionError) as caught:
        check_listening(config, secret)
    assert caught.value.details["field"] == field


def test_doors_that_may_be_opened() -> None:
    check_listening(ListenConfig(), SECRET)
    check_listening(ListenConfig(host="192.168.1.5", cert_file="c", key_file="k"), SECRET)
    check_listening(ListenConfig(host="192.168.1.5", cert_file="c", key_file="k", client_ca="ca"), "")
