"""What the acts need to keep what was mended beside the log."""

from __future__ import annotations

from typing import Protocol

from kiosk.domain.correction import CorrectionRecord


class Corrections(Protocol):
    def add(self, record: CorrectionRecord) -> None: ...

    def of_dossier(self, dossier_key: str) -> list[CorrectionRecord]:
        """Oldest first; one that was erased is not among them."""
