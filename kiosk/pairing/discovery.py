"""Finding the desk that shows a code: a question to the whole office network, which only that desk answers."""

from __future__ import annotations

import contextlib
import json
import select
import socket
import time
from collections.abc import Sequence

from kiosk.pairing.invitation import Address, broadcast_addresses
from kiosk.pairing.wire import BadMessageError, parsed, text_of

AGAIN_S, GIVE_UP_S, GATHER_S = 0.3, 4.0, 0.2
LONGEST = 512  # bytes of a datagram


def question(public_id: str) -> bytes:
    return json.dumps({"motcua": "where", "id": public_id}).encode()


def answer_to(datagram: bytes, public_id: str, port: int) -> bytes | None:
    """The answer when the question is for this code; None for anything else."""
    try:
        values = parsed(datagram)
        asked = text_of(values, "motcua") == "where" and text_of(values, "id") == public_id
    except BadMessageError:
        return None
    return json.dumps({"motcua": "here", "id": public_id, "port": port}).encode() if asked else None


def _place(datagram: bytes, public_id: str, host: str) -> Address | None:
    try:
        values = parsed(datagram)
        if text_of(values, "motcua") != "here" or text_of(values, "id") != public_id:
            return None
    except BadMessageError:
        return None
    port = values.get("port")
    return (host, port) if isinstance(port, int) and 0 < port < 65536 else None


def look_for(
    public_id: str, port: int, targets: Sequence[str] | None = None, *, give_up_s: float = GIVE_UP_S
) -> list[Address]:
    """Who answers for a code, in the order of answers; whoever answers must still prove to know it. Empty if nobody.

    targets: addresses asked, None for all of the network.
    """
    asked = broadcast_addresses() if targets is None else list(targets)
    found: list[Address] = []
    end, ask_at = time.monotonic() + give_up_s, 0.0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        asking.bind(("", 0))
        while (now := time.monotonic()) < end:
            if now >= ask_at and not found:
                ask_at = now + AGAIN_S
                for target in asked:
                    with contextlib.suppress(OSError):  # a network that is down or forbids it: the others remain
                        asking.sendto(question(public_id), (target, port))
            place = _next_answer(asking, public_id, min(end, ask_at) - time.monotonic())
            if place is not None and place not in found:
                if not found:
                    end = min(end, time.monotonic() + GATHER_S)
                found.append(place)
            ask_at = max(ask_at, end) if found else ask_at
    return found


def _next_answer(asking: socket.socket, public_id: str, wait_s: float) -> Address | None:
    if not select.select([asking], [], [], max(wait_s, 0.0))[0]:
        return None
    try:
        datagram, (host, _port) = asking.recvfrom(LONGEST)
    except OSError:
        return None  # Windows tells here that an earlier question found a closed port
    return _place(datagram, public_id, host)
