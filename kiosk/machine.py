"""What tells this computer from a copy of its disk in another one."""

from __future__ import annotations

import hashlib
import sys
import uuid
from pathlib import Path

ETHERNET = "1"  # ARPHRD_ETHER of if_arp.h


def this_machine(root: Path = Path("/")) -> str:
    """A mark of 64 hex digits: the same until the system is installed anew, or its disk moves to another computer.

    From the system's own number and the addresses of built-in network cards; adapters on USB come and go. root: of the
    file system, for tests.
    """
    parts = _linux(root) if sys.platform == "linux" else [f"{uuid.getnode():012x}"]
    return hashlib.sha256("\n".join(("motcua machine", *parts)).encode()).hexdigest()


def _linux(root: Path) -> list[str]:
    parts = [_text(root / "etc/machine-id")]
    for card in sorted((root / "sys/class/net").glob("*")):
        device = card / "device"
        built_in = device.exists() and "/usb" not in str(device.resolve())
        if built_in and not (card / "wireless").exists() and _text(card / "type") == ETHERNET:
            parts.append(_text(card / "address"))
    return parts


def _text(file: Path) -> str:
    try:
        return file.read_text("ascii", "replace").strip()
    except OSError:
        return ""
