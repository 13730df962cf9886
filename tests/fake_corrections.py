"""What was mended in the fake office (`fakes.FakeOffice`)."""

from __future__ import annotations

from kiosk.domain.correction import CorrectionRecord


class FakeCorrections:
    """shelf: what is committed with the rest of the unit, by key."""

    def __init__(self, shelf: dict[str, CorrectionRecord]) -> None:
        self._shelf = shelf

    def add(self, record: CorrectionRecord) -> None:
        self._shelf[record.key] = record

    def of_dossier(self, dossier_key: str) -> list[CorrectionRecord]:
        return [record for record in self._shelf.values() if record.dossier_key == dossier_key]
