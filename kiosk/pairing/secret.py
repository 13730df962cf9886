"""The code as a key: scrypt once, then keys for one conversation, bound to both sides' fresh values and the machine.

Either side adds a fresh X25519 value, so that a recorded conversation cannot be opened later, not even with the code.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

PURPOSE = b"motcua pairing 1"
MEMORY_COST, BLOCK, PARALLEL = 2**15, 8, 1  # 32 MiB, about 0.1 s a guess (RFC 7914)
KEY, NONCE, FRESH, ID = 32, 12, 32, 4  # bytes


class SealError(Exception):
    """Made with another code, or changed on the way. Never leaves this package."""


class CodeKey:
    """A code after the slow step. The salt is fixed: a code lives ten minutes, nobody lists 2**60 of them, and a desk
    that answers strangers must not spend a tenth of a second on each."""

    def __init__(self, code: str) -> None:
        self._master = Scrypt(salt=PURPOSE, length=KEY, n=MEMORY_COST, r=BLOCK, p=PARALLEL).derive(code.encode())

    @property
    def public_id(self) -> str:
        """Names the code on the network; tells nothing about it without a guess of the whole code. 8 hex digits."""
        return self._derive(b"id", b"", ID).hex()

    def knows(self, public_id: str) -> bool:
        return hmac.compare_digest(self.public_id.encode(), public_id.encode())

    def channel(self, mine: X25519PrivateKey, said: Greeting, *, is_host: bool) -> Channel:
        """Raises: SealError when the other side's value is no point of the curve."""
        theirs = said.joiner if is_host else said.host
        try:
            shared = mine.exchange(X25519PublicKey.from_public_bytes(theirs))
        except ValueError:
            raise SealError from None
        to_host = self._derive(b"to host" + said.bound(), shared, KEY)
        to_joiner = self._derive(b"to joiner" + said.bound(), shared, KEY)
        return Channel(to_joiner, to_host) if is_host else Channel(to_host, to_joiner)

    def _derive(self, purpose: bytes, shared: bytes, length: int) -> bytes:
        return HKDF(hashes.SHA256(), length, salt=PURPOSE, info=purpose).derive(self._master + shared)


@dataclass(frozen=True)
class Greeting:
    """What was said in the clear: fresh values of both sides (32 bytes each) and the machine that asks."""

    public_id: str
    machine: str
    joiner: bytes
    host: bytes

    def bound(self) -> bytes:
        parts = (self.public_id.encode(), self.machine.encode(), self.joiner, self.host)
        return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


@dataclass
class Channel:
    """Seals what goes out and opens what comes in; each message counts, so none can be left out or said twice."""

    outgoing: bytes
    incoming: bytes
    _sent: int = field(default=0, init=False)
    _taken: int = field(default=0, init=False)

    def seal(self, content: bytes) -> bytes:
        sealed = AESGCM(self.outgoing).encrypt(self._sent.to_bytes(NONCE, "big"), content, PURPOSE)
        self._sent += 1
        return sealed

    def open(self, sealed: bytes) -> bytes:
        """Raises: SealError."""
        try:
            content = AESGCM(self.incoming).decrypt(self._taken.to_bytes(NONCE, "big"), sealed, PURPOSE)
        except (InvalidTag, ValueError):
            raise SealError from None
        self._taken += 1
        return content


def fresh() -> X25519PrivateKey:
    return X25519PrivateKey.generate()


def public_of(private: X25519PrivateKey) -> bytes:
    return private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
