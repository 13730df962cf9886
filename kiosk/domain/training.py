"""Training (tập huấn): the office's facts as an exercise has them."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.office import Office

MARK = "TẬP HUẤN"
SERIES = "TH-"  # before a ticket's letter
AGENCY = "TAP-HUAN"


def training_facts(facts: Office) -> Office:
    """The same office under names and numbers that nobody can take for real ones (`Office.key_day` for dossiers)."""
    groups = tuple(replace(group, series=f"{SERIES}{group.series}") for group in facts.groups)
    return replace(facts, name=f"{MARK} – {facts.name}", agency_code=AGENCY, groups=groups, training=True)
