"""What stood before an officer mended a dossier: kept beside the log, which names only the fields and a mark."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

Changes = Mapping[str, list[object]]


@dataclass(frozen=True)
class CorrectionRecord:
    """One mending. changes: name -> [before, now], as {"owner.phone": ["0912", "0913"]}; salt: random hex, so that the
    mark in the log gives nothing away (an identity number could be tried out) once this record is erased."""

    key: str
    dossier_key: str
    at: datetime
    officer: str
    reason: str
    changes: Changes
    salt: str

    @property
    def digest(self) -> str:
        """SHA-256 of salt, reason and changes, as the log keeps it."""
        body = json.dumps([self.salt, self.reason, dict(self.changes)], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(body.encode()).hexdigest()
