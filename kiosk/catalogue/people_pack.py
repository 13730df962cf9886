"""Who may submit for whom and which papers may be used again, from people.toml; the shipped one is a starting point."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kiosk.catalogue.toml_reader import Table, read_pack, shipped_pack
from kiosk.domain.held import PaperKind, PeopleRules
from kiosk.domain.proxy import Standing, StandingRule
from kiosk.text import fold

PEOPLE_FILE = "people.toml"
FOREVER = 0  # of `months` in the file: it never expires


def load_people(path: Path | None = None) -> PeopleRules:
    """The rules of a file, or the shipped ones. Raises: PackError naming the key."""
    table = read_pack(path) if path is not None else shipped_pack(PEOPLE_FILE)
    table.allow("standing", "paper")
    return PeopleRules(
        tuple(_standing(row) for row in table.tables("standing")), tuple(_kind(row) for row in table.tables("paper"))
    )


def _standing(row: Table) -> StandingRule:
    row.allow("standing", "paper", "dated", "fields", "instrument", "valid_from", "valid_to")
    name = row.text("standing")
    if name not in tuple(Standing):
        row.fail("standing", f"chỉ dùng {', '.join(Standing)}")
    return StandingRule(
        Standing(name),
        row.text("paper", ""),
        row.flag("dated", False),
        row.texts("fields"),
        row.text("instrument", ""),
        _day(row, "valid_from"),
        _day(row, "valid_to"),
    )


def _kind(row: Table) -> PaperKind:
    row.allow("code", "name", "names", "results", "months", "source")
    names, results = tuple(fold(name) for name in row.texts("names")), row.texts("results")
    if not (names or results):
        row.fail("names", "cần tên thành phần (names) hoặc mã kết quả (results)")
    months = row.number("months", FOREVER, low=FOREVER, high=1200)
    return PaperKind(row.text("code"), row.text("name"), names, results, months or None, row.text("source", ""))


def _day(row: Table, key: str) -> date | None:
    return row.day(key) if key in row.values else None
