"""The tariff (biểu mức thu) of data packs: the shipped one, and the province's and the office's own on top of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from kiosk.catalogue.toml_reader import Table, read_pack, shipped_pack
from kiosk.domain.fees import FeeKind, FeeUnit, Rate, Relief, Tariff, Tier
from kiosk.domain.procedure import Channel

SHIPPED = "fees.toml"
# The office's own pack, and any number of others: fees-nghi-quyet-2026.toml
PACK_NAME = re.compile(r"fees(-[A-Za-z0-9_-]{1,60})?\.(toml|json)")
SCOPES = {"nation": 0, "province": 1, "office": 2}
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_PROCEDURE = re.compile(r"\d\.\d{6}")
_RATE_KEYS = (
    *("procedure", "name", "kind", "amount", "unit", "tiers", "most", "channels", "case", "basis", "tag"),
    *("valid_from", "valid_to", "verbatim"),
)
_RELIEF_KEYS = ("code", "words", "percent", "proof", "basis", "procedures", "kinds", "tag", "valid_from", "valid_to")
MOST_DONG = 10**9


def load_tariff(root: Path | None = None) -> Tariff:
    """The shipped tariff, and the packs of a data directory. Raises: PackError naming file, key and line."""
    packs = [shipped_pack(SHIPPED), *(read_pack(path) for path in pack_files(root))]
    read = [_read(pack) for pack in packs]
    reliefs = {relief.code: relief for tariff in read for relief in tariff.reliefs}
    return Tariff(tuple(rate for tariff in read for rate in tariff.rates), tuple(reliefs.values()))


def pack_files(root: Path | None) -> list[Path]:
    """By name; a folder that is not there has none."""
    found: Iterable[Path] = root.glob("fees*") if root is not None else ()
    return sorted(path for path in found if PACK_NAME.fullmatch(path.name) and path.is_file())


def _read(pack: Table) -> Tariff:
    pack.allow("pack", "rate", "relief")
    head = pack.table("pack").allow("name", "scope", "checked_on", "note")
    scope = head.text("scope", "office")
    if scope not in SCOPES:
        head.fail("scope", f"“{scope}” không có; chọn một trong: {', '.join(SCOPES)}")
    rates = tuple(_rate(row, SCOPES[scope]) for row in pack.tables("rate"))
    return Tariff(rates, _reliefs(pack))


def _rate(row: Table, rank: int) -> Rate:
    row.allow(*_RATE_KEYS)
    since, until = _days(row)
    tiers, verbatim = _tiers(row), row.text("verbatim", "")
    amount = row.number("amount", high=MOST_DONG) if "amount" in row.values else None
    if sum((bool(tiers), amount is not None, bool(verbatim) and amount is None and not tiers)) != 1:
        row.fail("amount", "ghi đúng một trong: amount (một mức), tiers (theo trang), verbatim (chưa rõ mức)")
    channels = row.texts("channels")
    if not set(channels) <= {c.value for c in Channel}:
        row.fail("channels", "chỉ gồm 1 (trực tiếp), 2 (trực tuyến), 3 (bưu chính)")
    return Rate(
        _procedure(row, "procedure", row.text("procedure")),
        _needed(row, "name"),
        FeeKind(_one_of(row, "kind", tuple(FeeKind))),
        amount,
        FeeUnit.PAGE if tiers else FeeUnit(_one_of(row, "unit", tuple(FeeUnit))),
        tiers,
        row.number("most", high=MOST_DONG) if "most" in row.values else None,
        tuple(Channel(c) for c in channels),
        row.text("case", ""),
        _needed(row, "basis"),
        row.text("tag", ""),
        since,
        until,
        verbatim,
        rank,
    )


def _tiers(row: Table) -> tuple[Tier, ...]:
    """[{ upto = 2, price = 2000 }, { price = 1000 }]: rising, the last one open."""
    tiers: list[Tier] = []
    for line in row.tables("tiers"):
        line.allow("upto", "price")
        upto = line.number("upto", low=1) if "upto" in line.values else None
        if tiers and (tiers[-1].upto is None or (upto is not None and upto <= (tiers[-1].upto or 0))):
            line.fail("upto", "các bậc phải tăng dần, chỉ bậc cuối không ghi upto")
        tiers.append(Tier(upto, line.number("price", high=MOST_DONG)))
    if tiers and tiers[-1].upto is not None:
        row.fail("tiers", "bậc cuối không ghi upto, để các trang sau cùng cũng có mức thu")
    return tuple(tiers)


def _reliefs(pack: Table) -> tuple[Relief, ...]:
    reliefs: list[Relief] = []
    for row in pack.tables("relief"):
        row.allow(*_RELIEF_KEYS)
        code, kinds = row.text("code"), row.texts("kinds")
        if not _CODE.fullmatch(code) or code in (r.code for r in reliefs):
            row.fail("code", f"“{code}” trùng hoặc không phải chữ thường không dấu, số và gạch nối")
        if not set(kinds) <= set(FeeKind):
            row.fail("kinds", f"chỉ gồm: {', '.join(FeeKind)}")
        procedures = tuple(_procedure(row, "procedures", one) for one in row.texts("procedures"))
        percent = row.number("percent", 100, low=1, high=100)
        words, proof, basis = (_needed(row, key) for key in ("words", "proof", "basis"))
        taken = tuple(FeeKind(kind) for kind in kinds)
        reliefs.append(Relief(code, words, percent, proof, basis, procedures, taken, row.text("tag", ""), *_days(row)))
    return tuple(reliefs)


def _days(row: Table) -> tuple[date, date | None]:
    since = row.day("valid_from")
    until = row.day("valid_to") if "valid_to" in row.values else None
    if until is not None and until <= since:
        row.fail("valid_to", "phải sau valid_from")
    return since, until


def _procedure(row: Table, key: str, code: str) -> str:
    if not _PROCEDURE.fullmatch(code):
        row.fail(key, f"“{code}” không phải mã thủ tục dạng 1.001193")
    return code


def _one_of(row: Table, key: str, known: tuple[str, ...]) -> str:
    word = row.text(key, known[0])
    if word not in known:
        row.fail(key, f"“{word}” không có; chọn một trong: {', '.join(known)}")
    return word


def _needed(row: Table, key: str) -> str:
    text = row.text(key)
    if not text:
        row.fail(key, "không được để trống")
    return text
