"""What the QR beside the code says: where the desk is, and the code. Signs of QR's small alphabet: a coarse picture."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.domain.pairing import read_code
from kiosk.pairing.bundle import PROTOCOL
from kiosk.pairing.errors import AddressError, NewerProgramError, OlderProgramError

PORT = 27110  # TCP for the conversation, UDP for the question who shows a code
MOST_ADDRESSES = 3
_TEXT = re.compile(r"MOTCUA/(\d{1,4})/([^/]+)((?:/[0-9.]+:\d{1,5})*)")

Address = tuple[str, int]


@dataclass(frozen=True)
class Invitation:
    """addresses: host and port, most likely one first; () when the desk must be looked for."""

    code: str
    addresses: tuple[Address, ...] = ()

    @property
    def text(self) -> str:
        places = "".join(f"/{host}:{port}" for host, port in self.addresses)
        return f"MOTCUA/{PROTOCOL}/{self.code}{places}"


def read_invitation(text: str) -> Invitation:
    """A scanned QR or a typed code. Raises: CodeLengthError and its kind, OlderProgramError, NewerProgramError."""
    scanned = _TEXT.fullmatch(text.strip().upper())
    if scanned is None:
        return Invitation(read_code(text))
    protocol, code, places = int(scanned[1]), scanned[2], scanned[3]
    if protocol != PROTOCOL:
        kind = OlderProgramError if protocol > PROTOCOL else NewerProgramError
        raise kind(mine=f"giao thức {PROTOCOL}", theirs=f"giao thức {protocol}")
    return Invitation(read_code(code), tuple(read_address(place) for place in places.split("/") if place))


def read_address(text: str) -> Address:
    """ "192.0.2.10" or "192.0.2.10:27110", a name instead of the number too. Raises: AddressError."""
    host, colon, port = text.strip().partition(":")
    if not re.fullmatch(r"[A-Za-z0-9.-]{1,253}", host) or (colon and not re.fullmatch(r"\d{1,5}", port)):
        raise AddressError(address=text)
    number = int(port) if colon else PORT
    if not 0 < number < 65536:
        raise AddressError(address=text)
    return host.lower(), number


def own_addresses() -> list[str]:
    """IPv4 addresses of this machine that others may reach, office networks (private ones) first."""
    import psutil  # takes longer to load than everything else here, and most starts never need it

    found = {
        entry.address
        for name, entries in psutil.net_if_addrs().items()
        if (state := psutil.net_if_stats().get(name)) is not None and state.isup
        for entry in entries
        if entry.family == socket.AF_INET and not ipaddress.ip_address(entry.address).is_loopback
    }
    return sorted(found, key=lambda a: (not ipaddress.ip_address(a).is_private, a))[:MOST_ADDRESSES]


def broadcast_addresses() -> list[str]:
    """Where a question to everybody goes, this machine included."""
    import psutil

    found = {
        entry.broadcast
        for entries in psutil.net_if_addrs().values()
        for entry in entries
        if entry.family == socket.AF_INET and entry.broadcast
    }
    return ["127.0.0.1", *sorted(found), "255.255.255.255"]


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def reachable(addresses: Sequence[str], port: int) -> tuple[Address, ...]:
    return tuple((host, port) for host in addresses)
