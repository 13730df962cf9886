"""Pages and documents of a dossier: what came off the glass and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self


@dataclass(frozen=True)
class ScannedPage:
    """One captured side, as kept. owner: dossier key or draft key. file_id: image in the vault.

    component: code of the component it belongs to, "" until assigned. number: 1.. within the owner, feeding order.
    """

    id: str
    owner: str
    number: int
    file_id: str
    source: str
    at: datetime
    component: str = ""
    dpi: int = 0
    blank: bool = False
    discarded: bool = False
    meta: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """Something wrong with a captured side, told while the citizen is still here.

    words: Vietnamese, what is wrong and what to do. box: x, y, width, height as shares (0..1) of the picture as kept.
    again: the side should be scanned again; False when a look at the place is enough.
    """

    code: str
    words: str
    box: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    again: bool = True

    def data(self) -> dict[str, Any]:
        """JSON values that `of` reads back."""
        return {"code": self.code, "words": self.words, "box": [round(v, 4) for v in self.box], "again": self.again}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        x, y, wide, high = data["box"]
        return cls(str(data["code"]), str(data["words"]), (x, y, wide, high), bool(data["again"]))


@dataclass(frozen=True)
class Document:
    """A searchable PDF of one component. text: NFC; fields and type are proposals until an officer confirms them.

    remote: address at the province once it was uploaded, "" before.
    """

    id: str
    owner: str
    component: str
    file_id: str
    page_ids: tuple[str, ...]
    text: str
    at: datetime
    confidence: float = 0.0
    type_code: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    remote: str = ""


@dataclass(frozen=True)
class StoredFile:
    """A file of the vault. id: random name; sha256 of the plain content; sealed_key: its own AES key, wrapped."""

    id: str
    sha256: str
    size: int
    media_type: str
    sealed_key: bytes
