"""Confirmed fields as the facts that a PDF says of its paper (Decree 30/2020/ND-CP)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from scanner.xmp import PaperFacts


def facts_of(fields: Mapping[str, str]) -> PaperFacts:
    """fields: what an officer confirmed; a day or a number that is none is left out."""
    number, _, symbol = fields.get("document_number", "").partition("/")
    if symbol[:4].isdigit():  # "12/2024/QĐST-HNGĐ"
        year, _, symbol = symbol.partition("/")
        number = f"{number}/{year}"
    return PaperFacts(
        issuer=fields.get("issuer", ""),
        number=number.strip(),
        symbol=symbol.strip(),
        issued=_day(fields.get("issued_on", "")),
        subject=fields.get("subject", ""),
        signer=fields.get("signer", ""),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
