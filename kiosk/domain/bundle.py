"""A bundle for the province on a stick (gói USB): what was put in it, and whether the province has signed for it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum


class BundleState(StrEnum):
    """WRITING: begun, the stick may have been pulled out; WRITTEN: whole; RECEIVED: the province's receipt is here."""

    WRITING = "writing"
    WRITTEN = "written"
    RECEIVED = "received"


@dataclass(frozen=True)
class Packed:
    """One dossier in a bundle. event: seq of its last line in the log when it was packed; jobs: what of the outbox it
    carries.

    message: SHA-256 of its picture as packed, which the receipt must name; steps: seq of event -> SHA-256; files: id of
    document -> SHA-256.
    """

    key: str
    event: int
    jobs: tuple[int, ...]
    message: str
    steps: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """One file of a bundle, whole on the stick. sha256: of the sealed bytes."""

    name: str
    size: int
    sha256: str
    packed: tuple[Packed, ...] = ()


@dataclass(frozen=True)
class Bundle:
    """epoch: raised when the office was restored from a copy; sequence: 1.. within it, never given twice.

    recipient: id of the key that it is sealed for; connection: its name; digest: SHA-256 of the signed manifest, ""
    until it is whole; station: the machine that writes it.
    """

    epoch: int
    sequence: int
    recipient: str
    connection: str
    made_at: datetime
    state: BundleState = BundleState.WRITING
    parts: tuple[Part, ...] = ()
    digest: str = ""
    received_at: datetime | None = None
    station: str = ""

    @property
    def key(self) -> str:
        return f"{self.epoch}-{self.sequence:06d}"

    @property
    def packed(self) -> tuple[Packed, ...]:
        return tuple(p for part in self.parts for p in part.packed)

    def with_part(self, part: Part) -> Bundle:
        return replace(self, parts=(*self.parts, part))
