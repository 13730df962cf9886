"""What stood before a dossier was mended: personal data, so outside the log, where it can be erased."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.storage.models.base import ROW_ID, Base


class CorrectionRow(Base):
    """`kiosk.domain.correction.CorrectionRecord`, field by field."""

    __tablename__ = "corrections"

    id: Mapped[int] = mapped_column(ROW_ID, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(unique=True)
    dossier_key: Mapped[str] = mapped_column(
        ForeignKey("dossiers.key", deferrable=True, initially="DEFERRED"), index=True
    )
    at: Mapped[datetime]
    officer: Mapped[str]
    reason: Mapped[str]
    changes: Mapped[dict[str, Any]]
    salt: Mapped[str]
