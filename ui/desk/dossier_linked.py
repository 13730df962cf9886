"""What the panel of a dossier shows of linked steps, and of the agency that solves it elsewhere. No Qt."""

from __future__ import annotations

from ui.desk.dossier_case import At, Case
from ui.desk.dossier_model import Fact, Section
from ui.linked_words import step_tone, step_words
from ui.words import vietnamese_time


def linked(at: At, case: Case) -> Section:
    """A line a step: who solves it and how it stands."""
    facts = (
        Fact(f"{record.step.name} ({record.step.agency})", step_words(record), step_tone(record, at.now))
        for record in case.dossier.steps
    )
    return Section("Các bước liên thông", tuple(facts))


def elsewhere(_at: At, case: Case) -> Section:
    """Both days of a dossier that another agency solves."""
    dossier = case.dossier
    if not dossier.competent_agency:
        return Section("Cơ quan có thẩm quyền", ())
    there = dossier.clock.competent_at
    received = (vietnamese_time(there), "good") if there else ("chưa báo nhận; ngày hẹn là dự kiến", "warn")
    return Section(
        "Cơ quan có thẩm quyền", (Fact("Giải quyết", dossier.competent_agency), Fact("Nhận hồ sơ", *received))
    )
