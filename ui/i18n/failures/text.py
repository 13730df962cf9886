"""One row of a table of failures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """message: what happened; fix: what to do next; the English pair is for IT staff."""

    message: str
    fix: str
    message_en: str
    fix_en: str
