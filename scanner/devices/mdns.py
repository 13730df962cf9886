"""Scanners that announce themselves on the local network: _uscan._tcp and _uscans._tcp over mDNS."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import Any

from scanner.devices.escl import ESCL
from scanner.devices.escl_xml import LONGEST_NAME
from scanner.devices.settings import DeviceInfo

PLAIN, SECURED = "_uscan._tcp.local.", "_uscans._tcp.local."
# A machine may answer a second late, because everybody on the network hears each answer (RFC 6762, 6).
LISTEN_S = 2.5
ANSWER_MS = 1000
MOST = 64


@dataclass
class _Heard:
    """Names that the browser's own thread heard."""

    names: list[tuple[str, str]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def on_change(self, **change: Any) -> None:
        with self.lock:
            if len(self.names) < MOST:  # a flood of announcements is no office
                self.names.append((change["service_type"], change["name"]))


def find_escl(seconds: float = LISTEN_S, interfaces: Sequence[str] = ()) -> list[DeviceInfo]:
    """Scanners heard within so many seconds, by name. interfaces: own addresses to listen on, () for all.

    A machine without a network, or where mDNS is shut, hears none.
    """
    from zeroconf import Error, InterfaceChoice, ServiceBrowser, Zeroconf

    heard, infos = _Heard(), []
    try:
        with closing(Zeroconf(interfaces=list(interfaces) or InterfaceChoice.All)) as net:
            browser = ServiceBrowser(net, [PLAIN, SECURED], handlers=[heard.on_change])
            threading.Event().wait(seconds)
            browser.cancel()
            with heard.lock:
                names = sorted(set(heard.names))
            for kind, name in names:
                with suppress(Error):  # a name that is none: anybody may send one
                    infos.append(net.get_service_info(kind, name, timeout=ANSWER_MS))
    except (OSError, Error):
        return []
    return one_each(filter(None, map(_announced, infos)))


@dataclass(frozen=True)
class Announced:
    """uuid: of the machine, "" when it does not say."""

    uuid: str
    is_secured: bool
    info: DeviceInfo


def one_each(found: Iterable[Announced]) -> list[DeviceInfo]:
    """A machine that announces itself twice is listed once: at its plain address, because the old TLS of many machines
    is refused by today's; who wants the secured one writes it (escl:https://…)."""
    chosen: dict[str, DeviceInfo] = {}
    for one in sorted(found, key=lambda a: (a.is_secured, a.info.name)):
        chosen.setdefault(one.uuid or one.info.name, one.info)
    return sorted(chosen.values(), key=lambda info: (info.label, info.name))


def announcement(kind: str, addresses: Sequence[str], port: int, texts: Mapping[str, str]) -> Announced | None:
    """What a service record says. texts: its TXT entries (rs, ty, is, duplex, uuid). None without an address."""
    address = next((a for a in addresses if "." in a), "") or next(iter(addresses), "")
    if not address or not 0 < port < 65536:
        return None
    host = f"[{address}]" if ":" in address else address
    scheme = "https" if kind == SECURED else "http"
    path = _clean(texts.get("rs", "")).strip("/") or "eSCL"
    sources = texts.get("is", "").lower().split(",")
    can = ["glass"] if "platen" in sources else []
    can += ["feeder"] if "adf" in sources else []
    can += ["duplex"] if texts.get("duplex", "").upper() == "T" else []
    label = _clean(texts.get("ty", "")) or address
    info = DeviceInfo(f"{ESCL}{scheme}://{host}:{port}/{path}", label, "escl", tuple(can))
    return Announced(_clean(texts.get("uuid", "")), kind == SECURED, info)


def _announced(info: Any) -> Announced | None:
    if info is None:
        return None
    texts = {_text(key).lower(): _text(value) for key, value in info.properties.items()}
    return announcement(info.type, info.parsed_addresses(), info.port or 0, texts)


def _text(raw: bytes | None) -> str:
    return (raw or b"").decode("utf-8", "replace")


def _clean(text: str) -> str:
    """Anybody on the network may announce anything: no control characters, no line of its own on a terminal."""
    plain = "".join(c for c in text if unicodedata.category(c)[0] != "C" and c not in "\u2028\u2029")
    return plain.strip()[:LONGEST_NAME]
