"""The port through which a file reaches the province: what is sent, who sends it, where an unfinished one goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from kiosk.uploads_config import UploadsConfig
from sync.pace import Courtesy, hours_of
from sync.pieces import LONG_S
from sync.province import FileReceipt

# Headers that prove who we are; asked with True when the last ones were refused.
SignIn = Callable[[bool], Mapping[str, str]]
# What the province says it has under a SHA-256; None when it has no such file.
AskReceipt = Callable[[str], FileReceipt | None]

Congestion = Literal["auto", "bbr", "system", "cubic"]


@dataclass(frozen=True)
class Upload:
    """One file of one dossier document on its way. sha256: of `content`, hexadecimal; name: as people see it."""

    document: str
    sha256: str
    media_type: str
    content: bytes = field(repr=False)
    name: str = ""

    @property
    def size(self) -> int:
        return len(self.content)

    def identity(self, connection: str) -> str:
        """Which unfinished upload this one may go on with: the same content of the same document, to the same place.

        Never the first bytes and the size: two scans with one header would be merged into one stored file.
        """
        return hashlib.sha256(f"{connection}\n{self.document}\n{self.sha256}".encode()).hexdigest()


@dataclass(frozen=True)
class UploadSettings:
    """How files go. congestion: "auto" takes BBR where the system lets us choose it; "system" chooses nothing.

    streams: at most so many files at once, where there is no BBR. limit: bytes/s over all streams, 0.0 for no limit.
    stall_s: without progress for so long, reconnect. turn_s: a call of `send` ends after about so long, below any
    lease; the next one goes on. give_up_s: so long without progress, and the line is the worker's to watch.
    hash_header, link_header: where an answer to a finished upload tells the SHA-256 computed there and the address.
    """

    congestion: Congestion = "auto"
    streams: int = 4
    limit: float = 0.0
    stall_s: float = 12.0
    turn_s: float = 120.0
    give_up_s: float = 60.0
    hash_header: str = "x-ma-bam"
    link_header: str = "x-duong-dan"

    @property
    def lease_s(self) -> float:
        """Longer than any call of `send`: a turn, the piece at its end, and the wait for a line that went meanwhile."""
        return self.turn_s + LONG_S + self.give_up_s + 5 * self.stall_s


class Uploader(Protocol):
    """Sends files over one connection, one at a time for each object; objects may share limits, never sockets."""

    def send(self, upload: Upload) -> FileReceipt:
        """What the province says that it stored; the caller compares the hash. Calling again goes on where it stopped.

        Raises: PostponedError when its turn is over and bytes are left; LineDownError, ReplyLostError, SignedOutError,
        BusyProvinceError, RefusedByProvinceError; WrongHashError when the province says that the bytes are not right.
        """

    def close(self) -> None: ...


class Places(Protocol):
    """Where unfinished uploads go on; outlives the process."""

    def find(self, identity: str) -> str:
        """The upload's address; "" when there is none."""

    def keep(self, identity: str, url: str) -> None:
        """Durable when it returns; "" forgets it."""


def settings_of(config: UploadsConfig) -> UploadSettings:
    return UploadSettings(config.congestion, config.streams, config.limit_kib_s * 1024)


def courtesy_of(config: UploadsConfig) -> Courtesy:
    return Courtesy(hours_of(config.hours), config.weak_kib_s * 1024)
