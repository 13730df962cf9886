"""The port to a province: ask, insert, update, tell progress, hand in files, hear what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sync.messages.forms import Message
from sync.outcome import Verdict


@dataclass(frozen=True)
class Found:
    """A dossier as the province has it. code: under which it was found; official_code: "" when none was given.

    steps: (ThoiDiemXuLy as yyyyMMddHHmmss, TrangThai) already there; None when this province does not tell. remote_id:
    its own number of the dossier, "" where it has none.
    """

    code: str
    official_code: str = ""
    status: str = ""
    steps: frozenset[tuple[str, str]] | None = None
    body: str = ""
    remote_id: str = ""


@dataclass(frozen=True)
class FileReceipt:
    """Where the province keeps a file (its address, or its id in G2), and the SHA-256 that it computed itself."""

    url: str
    sha256: str


@dataclass(frozen=True)
class Change:
    """Something the province decided. status: TrangThai code; at: yyyyMMddHHmmss, local; raw: the entry as it came."""

    code: str
    our_code: str
    status: str
    note: str
    at: str
    official_code: str = ""
    raw: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Changes:
    """In the province's order. cursor: where to go on, opaque; more: ask again at once."""

    items: tuple[Change, ...]
    cursor: str
    more: bool = False


class ProvinceClient(Protocol):
    """Writes answer with a Verdict (never raise for what a server says); all raise LineDownError when nothing was
    sent, and a write whose answer was lost is Outcome.UNKNOWN. Reads raise TransientSyncError when there is no answer.
    """

    def allot(self, procedure_code: str) -> str:
        """The code of a new dossier where the province gives it beforehand, "" where the office makes its own.

        Every call may use up a number, so the answer is kept before anything else is done (decision 0004).
        """

    def lookup(self, code: str) -> Found | None:
        """The dossier under any of its codes; None only when the province clearly says that there is none."""

    def insert(self, dossiers: Sequence[Message]) -> Verdict: ...

    def update(self, dossiers: Sequence[Message]) -> Verdict:
        """Replace whole dossiers by MaHoSo."""

    def progress(self, entries: Sequence[Message]) -> Verdict:
        """At most ten, oldest first."""

    def find_file(self, sha256: str) -> FileReceipt | None:
        """By content, before any byte is sent."""

    def upload_file(self, file_id: str, content: bytes, sha256: str, media_type: str) -> FileReceipt:
        """Raises: ReplyLostError, BusyProvinceError, RefusedByProvinceError. The caller compares the hash."""

    def fetch(self, address: str, at_most: int) -> bytes:
        """A file that the province has for the office. Raises: ForeignAddressError, TooLargeError,
        RefusedByProvinceError where it is not to be had; as reads do."""

    def changes(self, cursor: str) -> Changes:
        """What happened after `cursor` ("" from the beginning)."""

    def close(self) -> None: ...
