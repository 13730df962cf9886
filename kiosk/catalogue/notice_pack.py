"""Messages to citizens from notices.toml: when, with which words; the shipped one is switched off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from pathlib import Path

from kiosk.catalogue.toml_reader import Table, read_pack, shipped_pack
from kiosk.domain.citizen_notice import Occasion
from kiosk.domain.notice_rules import NoticeRules, fault_in_text

NOTICES_FILE = "notices.toml"


def load_notices(path: Path | None = None) -> NoticeRules:
    """The rules of a file over the shipped words. Raises: PackError naming the key."""
    shipped = _texts(shipped_pack(NOTICES_FILE).table("texts"))
    table = read_pack(path) if path is not None else shipped_pack(NOTICES_FILE)
    table.allow("send", "texts", "plain")
    send = table.table("send").allow("on", "marks", "name", "quiet_from", "quiet_until", "consent", "occasions")
    consent = send.text("consent", "phone")
    if consent not in ("phone", "asked"):
        send.fail("consent", 'chỉ là "phone" hoặc "asked"')
    return NoticeRules(
        on=send.flag("on", False),
        marks=send.flag("marks", False),
        name=send.text("name", ""),
        quiet=(_hour(send, "quiet_from", "20:00"), _hour(send, "quiet_until", "07:00")),
        occasions=_occasions(send),
        asked_consent=consent == "asked",
        texts=shipped | _texts(table.table("texts")),
        plain=_texts(table.table("plain")),
    )


def _texts(table: Table) -> dict[Occasion, str]:
    table.allow(*(o.value for o in Occasion))
    found: dict[Occasion, str] = {}
    for name in table.values:
        text = table.text(name)
        if fault := fault_in_text(text):
            table.fail(name, fault)
        found[Occasion(name)] = text
    return found


def _occasions(send: Table) -> frozenset[Occasion]:
    if "occasions" not in send.values:
        return frozenset(Occasion)
    known: Mapping[str, Occasion] = {o.value: o for o in Occasion}
    for name in send.texts("occasions"):
        if name not in known:
            send.fail("occasions", f"chỉ dùng {', '.join(known)}")
    return frozenset(known[name] for name in send.texts("occasions"))


def _hour(send: Table, key: str, usual: str) -> time:
    try:
        return time.fromisoformat(send.text(key, usual))
    except ValueError:
        send.fail(key, "cần giờ dạng 20:00")
