"""What an officer confirmed of a paper: its kind and its fields. It stays with the paper's first page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from kiosk.domain.scan import Document, ScannedPage

KEY = "confirmed"  # of a page's meta
GUESS = "guess"  # of a page's meta: what the reading worker proposed (`scanner.papers.guess`)


@dataclass(frozen=True)
class Confirmed:
    """type: code of the kind; fields: values by name, dates as YYYY-MM-DD; pages: ids, in order."""

    type: str
    fields: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[str, ...] = ()

    def data(self) -> dict[str, Any]:
        """JSON values that `of` reads back."""
        return {"type": self.type, "fields": dict(self.fields), "pages": list(self.pages)}

    @classmethod
    def of(cls, page: ScannedPage) -> Self | None:
        """What was confirmed of the paper that begins with this page; None where nobody has."""
        data = page.meta.get(KEY)
        if data is None:
            return None
        return cls(str(data["type"]), dict(data["fields"]), tuple(data["pages"]))


def confirmed_of(pages: Sequence[ScannedPage]) -> Confirmed | None:
    """Of all papers of one document together: the first one's kind, and each field from the first that has it."""
    papers = [c for p in pages if (c := Confirmed.of(p)) is not None]
    if not papers:
        return None
    fields: dict[str, str] = {}
    for paper in papers:
        fields = {**paper.fields, **fields}
    return Confirmed(papers[0].type, fields, tuple(p.id for p in pages))


def shows(document: Document, pages: Sequence[ScannedPage]) -> bool:
    """Whether a document, made of these pages, says what was confirmed of them."""
    known = confirmed_of(pages)
    if known is None:
        return True
    return document.type_code == known.type and all(document.fields.get(n) == v for n, v in known.fields.items())
