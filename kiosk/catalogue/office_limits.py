"""`[[limits]]` of `office.toml`: numbers of the law from a day on."""

from __future__ import annotations

from kiosk.catalogue.toml_reader import Table
from kiosk.domain.limits import Limits

LIMITS = "limits"


def read_limits(table: Table) -> tuple[Limits, ...]:
    """Oldest first. Raises: PackError."""
    rows: list[Limits] = []
    for row in table.tables(LIMITS):
        row.allow("supplements", "return_days", "alarm_days", "valid_from", "basis")
        since = row.day("valid_from")
        if since in (known.valid_from for known in rows):
            row.fail("valid_from", "đã có mục [[limits]] khác từ cùng ngày")
        basis = row.text("basis", "").strip()
        if not basis:
            row.fail("basis", "cần ghi văn bản, ví dụ Nghị định … Điều …")
        usual = Limits()
        rows.append(
            Limits(
                row.number("supplements", usual.supplements, low=1, high=9),
                row.number("return_days", usual.return_days, low=1, high=30),
                row.number("alarm_days", usual.alarm_days, low=1, high=30),
                since,
                basis,
            )
        )
    return tuple(sorted(rows, key=lambda known: known.valid_from))
