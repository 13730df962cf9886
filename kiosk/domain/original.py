"""Originals taken for comparison (bản chính để đối chiếu): in the office's custody until each one is given back.

The log alone tells which they are: a line when one is kept, a line when it goes back. Source: docs/legal.md#return
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.dossier import Dossier
from kiosk.domain.event import Event
from kiosk.errors import RuleError

HELD, GIVEN_BACK = "original.held", "original.given_back"


class NothingToHoldError(RuleError):
    """No paper of the dossier is an original that is not in custody yet."""

    code = "original.nothing_to_hold"


class NotInCustodyError(RuleError):
    """None of these papers is in the office's custody."""

    code = "original.not_in_custody"


@dataclass(frozen=True)
class Original:
    """One component's originals. component: its code; name: as the dossier has it; at: since when they are here."""

    component: str
    name: str
    at: datetime


def in_custody(dossier: Dossier, events: Sequence[Event]) -> tuple[Original, ...]:
    """What is still here, oldest first. events: of the dossier, in the log's order."""
    names = {paper.component.code: paper.component.name for paper in dossier.papers}
    held: dict[str, Original] = {}
    for event in events:
        code = str(event.data.get("component", ""))
        if event.kind == HELD:
            held[code] = Original(code, names.get(code, code), event.at)
        elif event.kind == GIVEN_BACK:
            held.pop(code, None)
    return tuple(held.values())
