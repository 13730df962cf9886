"""Reading one record of the national catalogue: tolerant of shape, and every doubt is written down once."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.domain.procedure import Unclear
from kiosk.text import tidy

MAX_VERBATIM = 300
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")


def clean(text: str) -> str:
    """Without HTML, entities, invisible characters and runs of blanks; NFC."""
    bare = _TAG.sub(" ", html.unescape(text))
    seen = (" " if unicodedata.category(c) in ("Cc", "Zs", "Zl", "Zp") else c for c in bare)
    return tidy("".join(c for c in seen if unicodedata.category(c) not in ("Cf", "Co", "Cn", "Cs")))


@dataclass
class Doubts:
    """What could not be understood, in order; the same doubt in several places is one line."""

    _places: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)

    def add(self, where: str, verbatim: str, why: str, place: str = "") -> None:
        """place: a channel or position that is gathered into one line with its likes."""
        places = self._places.setdefault((where, verbatim[:MAX_VERBATIM], why), [])
        if place and place not in places:
            places.append(place)

    def listed(self) -> tuple[Unclear, ...]:
        return tuple(
            Unclear(f"{where} ({', '.join(places)})" if places else where, verbatim, why)
            for (where, verbatim, why), places in self._places.items()
        )


@dataclass(frozen=True)
class Record:
    """One JSON object of the source; keys are the catalogue's own (interop: UPPERCASE)."""

    values: Mapping[str, Any]
    doubts: Doubts

    def text(self, key: str) -> str:
        """The cleaned text of a key; numbers are texts too. Anything else is a doubt and reads as ""."""
        value = self.values.get(key)
        if value is None or isinstance(value, bool):
            return ""
        if isinstance(value, (str, int, float)):
            return clean(str(value))
        self.doubts.add(key, repr(value), "Không phải chữ hay số")
        return ""

    def items(self, key: str) -> list[Record]:
        """The objects of a list; one object alone is a list of one."""
        value = self.values.get(key)
        if value is None or value == "":
            return []
        found = value if isinstance(value, list) else [value]
        records = [Record(item, self.doubts) for item in found if isinstance(item, dict)]
        if len(records) < len(found):
            self.doubts.add(key, repr(value), "Có phần tử không đúng dạng, đã bỏ qua")
        return records
