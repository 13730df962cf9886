"""The part of office.toml that says which papers are archived as whole pictures."""

from __future__ import annotations

from kiosk.catalogue.toml_reader import Table
from kiosk.domain.keeping import Keeping

TABLE = "archive"
_KEYS = ("whole_kinds", "whole_words", "whole_procedures")


def read_keeping(table: Table) -> Keeping:
    """What the file leaves out is as shipped; an empty list means none. Raises: PackError naming the key."""
    rows, usual = table.table(TABLE).allow(*_KEYS), Keeping()
    given = [rows.texts(key) if key in rows.values else None for key in _KEYS]
    for key, texts in zip(_KEYS, given, strict=True):
        if texts is not None and not all(text.strip() for text in texts):
            rows.fail(key, "có mục để trống; bỏ mục đó đi")
    kinds, words, procedures = given
    return Keeping(
        usual.kinds if kinds is None else kinds,
        usual.words if words is None else words,
        usual.procedures if procedures is None else procedures,
    )
