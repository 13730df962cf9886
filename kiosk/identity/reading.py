"""What was read from a card: fields, or None where nothing certain was read, and a sentence for every doubt."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class CardKind(StrEnum):
    CCCD_QR = "cccd-qr"
    CAN_CUOC_QR = "can-cuoc-qr"
    MRZ = "mrz"
    BHYT_QR = "bhyt-qr"
    VIETQR = "vietqr"
    URL = "url"
    UNKNOWN = "unknown"


PERSON_KINDS = frozenset({CardKind.CCCD_QR, CardKind.CAN_CUOC_QR, CardKind.MRZ})


@dataclass(frozen=True)
class CardFields:
    """Dates are "YYYY-MM-DD"; born_on may be "YYYY" alone. sex: "Nam" or "Nữ". None: not there or not certain.

    document_number, nationality (three letters): of a passport or a foreign card.
    """

    id_number: str | None = None
    old_id_number: str | None = None
    full_name: str | None = None
    born_on: str | None = None
    sex: str | None = None
    address: str | None = None
    issued_on: str | None = None
    expires_on: str | None = None
    document_number: str | None = None
    nationality: str | None = None


@dataclass(frozen=True)
class CardReading:
    """problems: Vietnamese sentences, in the order of the card. tail: further items of a Căn cước, raw; their order is
    not published, so they are only kept. whole: False when the code broke off or has an odd number of items."""

    kind: CardKind
    fields: CardFields = CardFields()
    problems: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    whole: bool = True

    @property
    def is_usable(self) -> bool:
        """A card that came whole and names a person; a health insurance card never gives the identity number."""
        if self.kind is CardKind.BHYT_QR:
            return self.fields.full_name is not None
        number = self.fields.id_number or self.fields.document_number
        person = (number, self.fields.full_name, self.fields.born_on)
        return self.whole and self.kind in PERSON_KINDS and None not in person

    def as_json(self) -> dict[str, Any]:
        """The shape of `motcua card read --json`."""
        return {
            "kind": self.kind.value,
            "problems": list(self.problems),
            "fields": asdict(self.fields),
            "tail": list(self.tail),
        }


@dataclass
class Problems:
    """Gathers sentences, each once."""

    told: list[str] = field(default_factory=list)

    def add(self, sentence: str) -> None:
        if sentence not in self.told:
            self.told.append(sentence)
