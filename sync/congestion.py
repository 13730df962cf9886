"""How a socket shares a bad line: BBR where the system lets the program choose it, honest progress everywhere."""

from __future__ import annotations

import socket

from sync.line import SocketOption
from sync.uploads import Congestion

UNSENT = 64 * 1024  # bytes that may wait in the system: more would be taken for progress, and sent again after a cut
_BBR = b"bbr"


def chosen(wanted: Congestion) -> bytes:
    """What to ask the system for; b"" to leave it at its own."""
    match wanted:
        case "system":
            return b""
        case "cubic":
            return b"cubic" if _may(b"cubic") else b""
        case "auto" | "bbr":
            return _BBR if _may(_BBR) else b""


def resists_loss(wanted: Congestion) -> bool:
    """Whether one stream will do: BBR does not take each lost packet for a full line."""
    return (chosen(wanted) or _own()) == _BBR


def socket_options(wanted: Congestion, stall_s: float) -> list[SocketOption]:
    """For the sockets of uploads."""
    options: list[SocketOption] = [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)]
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        options.append((socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(stall_s * 1000)))
    if hasattr(socket, "TCP_NOTSENT_LOWAT"):
        options.append((socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT))
    else:
        options.append((socket.SOL_SOCKET, socket.SO_SNDBUF, 2 * UNSENT))
    if name := chosen(wanted):
        options.append((socket.IPPROTO_TCP, socket.TCP_CONGESTION, name))
    return options


def _may(name: bytes) -> bool:
    """Whether this process may choose it: known to the system, and allowed for all or us (docs/exchange.md)."""
    if not hasattr(socket, "TCP_CONGESTION"):
        return False
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        try:
            probe.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, name)
        except OSError:
            return False
    return True


def _own() -> bytes:
    """What the system takes by itself."""
    if not hasattr(socket, "TCP_CONGESTION"):
        return b""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        return probe.getsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, 16).rstrip(b"\0")
