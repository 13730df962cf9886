"""The generations of the exchange, and what each makes of a canonical dossier."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sync.messages import g1, g1_table, g2, g2_table, g15, g15_table
from sync.messages.canonical import CanonicalDossier, ProgressEntry
from sync.messages.profile import Profile
from sync.messages.table import Table

Message = dict[str, Any]


class Generation(StrEnum):
    """FILES: no line at all; a folder carries the messages of G1.5."""

    G1 = "g1"
    G15 = "g15"
    G2 = "g2"
    FILES = "files"


@dataclass(frozen=True)
class Form:
    """insertion: for a dossier that the province does not have; replacements: what tells it how the dossier is now, in
    order; progress: one step; table, steps: fields of an insertion and of a step. allots: the province gives the code,
    which must be asked for before the insertion; it is a creation then, which takes the files along once and for all.
    leaves_unsaid: an insertion of this dossier has to be followed by its replacements.
    """

    insertion: Callable[[CanonicalDossier, Profile], Message]
    replacements: Callable[[CanonicalDossier, Profile], list[Message]]
    progress: Callable[[ProgressEntry], Message]
    table: Table
    steps: Table
    allots: bool = False
    leaves_unsaid: Callable[[CanonicalDossier], bool] = lambda _: False


def _whole(make: Callable[[CanonicalDossier, Profile], Message]) -> Callable[..., list[Message]]:
    """Where a dossier is replaced whole, what tells it is what inserted it."""
    return lambda dossier, profile: [make(dossier, profile)]


_G15 = Form(
    g15.dossier_message,
    _whole(g15.dossier_message),
    g15.progress_message,
    g15_table.DOSSIER,
    g15_table.PROGRESS,
)
FORMS: dict[Generation, Form] = {
    Generation.G1: Form(
        g1.dossier_message, _whole(g1.dossier_message), g15.progress_message, g1_table.DOSSIER, g1_table.PROGRESS
    ),
    Generation.G15: _G15,
    Generation.G2: Form(
        g2.dossier_message,
        lambda dossier, _: g2.status_messages(dossier),
        g2.progress_message,
        g2_table.DOSSIER,
        g2_table.PROGRESS,
        allots=True,
        leaves_unsaid=g2.leaves_unsaid,
    ),
    Generation.FILES: _G15,
}
