"""Find a procedure by its short name, its code, or words without marks, in any order. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.domain.procedure import Procedure
from kiosk.text import fold, nfc


def find_procedures(
    procedures: Sequence[Procedure], text: str, fields: Sequence[str] = (), limit: int = 6
) -> list[Procedure]:
    """Best first. fields: names of the fields of the number at the counter; theirs come first, and with no text they
    are the proposal."""
    wanted = fold(text)
    home = {fold(name) for name in fields}
    ranked: list[tuple[int, int, int, int, str, Procedure]] = []
    for procedure in procedures:
        rank = _rank(procedure, wanted, nfc(text).casefold().strip())
        if rank is None or (not wanted and home and fold(procedure.field_name) not in home):
            continue
        away = 0 if fold(procedure.field_name) in home else 1
        name = fold(procedure.name)
        # "khai sinh" means the registration, not an extract of it: the name that says the least besides.
        besides = len(name) if wanted else 0
        ranked.append((rank, away, 0 if procedure.mnemonic else 1, besides, name, procedure))
    ranked.sort(key=lambda entry: entry[:5])
    return [entry[5] for entry in ranked[:limit]]


def _rank(procedure: Procedure, wanted: str, exact: str) -> int | None:
    """0 best; None when it does not fit."""
    if not wanted:
        return 5
    if wanted == fold(procedure.mnemonic):
        return 0
    if procedure.code.startswith(wanted):
        return 1
    if procedure.mnemonic and fold(procedure.mnemonic).startswith(wanted):
        return 1
    name = fold(procedure.name)
    if exact in procedure.name.casefold():
        return 2
    if wanted in name:
        return 3
    words = name.split()
    if all(any(word.startswith(part) for word in words) for part in wanted.split()):
        return 4
    return None
