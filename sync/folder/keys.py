"""Who signs and who opens: own keys from one secret, the other side's as a small file that people compare by telephone.

Ed25519 signs, X25519 opens; both come from one 256-bit secret that never leaves its machine (docs/decisions).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from kiosk.text import fold
from sync.folder.errors import BadKeyCardError, NoPartnerKeyError, OtherKeyKnownError

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)  # RFC 9180, base mode
FORM = "motcua-khoa/1"
OVERHEAD = 48  # bytes that sealing adds: the encapsulated key and the tag
_CARD_MAX = 4096


@dataclass(frozen=True)
class Card:
    """Public keys of one side, as hex. code: agency code of an office, "" of a province."""

    name: str
    code: str
    sign: str
    seal: str

    @property
    def fingerprint(self) -> str:
        """To be compared by telephone: "9f86 d081 884c 7d65"."""
        digest = hashlib.sha256(bytes.fromhex(self.sign) + bytes.fromhex(self.seal)).hexdigest()
        return " ".join(digest[place : place + 4] for place in range(0, 16, 4))

    @property
    def id(self) -> str:
        """The whole of it, for manifests."""
        return hashlib.sha256(bytes.fromhex(self.sign) + bytes.fromhex(self.seal)).hexdigest()

    def seal_for(self, content: bytes, bound_to: str) -> bytes:
        """Only this side opens it, and only as what it is said to be."""
        return SUITE.encrypt(
            content, X25519PublicKey.from_public_bytes(bytes.fromhex(self.seal)), info=bound_to.encode()
        )

    def has_signed(self, content: bytes, signature: str) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.sign)).verify(bytes.fromhex(signature), content)
        except (InvalidSignature, ValueError):
            return False
        return signature == signature.lower()  # one signature has one spelling

    def to_bytes(self) -> bytes:
        return json.dumps({"form": FORM, **asdict(self)}, ensure_ascii=False, indent=1).encode()


@dataclass(frozen=True)
class OwnKeys:
    """secret: 32 bytes that no other purpose uses."""

    secret: bytes
    name: str
    code: str = ""

    @cached_property
    def card(self) -> Card:
        return Card(
            self.name,
            self.code,
            self._signing.public_key().public_bytes_raw().hex(),
            self._opening.public_key().public_bytes_raw().hex(),
        )

    def sign(self, content: bytes) -> str:
        return self._signing.sign(content).hex()

    def open(self, sealed: bytes, bound_to: str) -> bytes | None:
        """None when it is for somebody else, was changed, or is not what it is said to be."""
        try:
            return SUITE.decrypt(sealed, self._opening, info=bound_to.encode())
        except (InvalidTag, ValueError):
            return None

    @cached_property
    def _signing(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self._part("sign"))

    @cached_property
    def _opening(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self._part("seal"))

    def _part(self, purpose: str) -> bytes:
        return hmac.new(self.secret, f"motcua bundle {purpose} v1".encode(), hashlib.sha256).digest()


@dataclass(frozen=True)
class KnownCards:
    """The other sides that are trusted here: a folder with one file each."""

    folder: Path

    def trust(self, card: Card, place: str, *, instead: bool = False) -> None:
        """place: under which name. instead: a person says that the new key replaces the known one.

        Raises: OtherKeyKnownError.
        """
        known = self.get(place)
        if known is not None and known.id != card.id and not instead:
            raise OtherKeyKnownError(partner=place, known=known.fingerprint, given=card.fingerprint)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = self._file(place).with_suffix(".new")
        new.write_bytes(card.to_bytes())
        new.replace(self._file(place))

    def get(self, place: str) -> Card | None:
        file = self._file(place)
        return read_card(file) if file.exists() else None

    def require(self, place: str) -> Card:
        """Raises: NoPartnerKeyError."""
        if (card := self.get(place)) is None:
            raise NoPartnerKeyError(partner=place)
        return card

    def all(self) -> Iterator[Card]:
        return (read_card(file) for file in sorted(self.folder.glob("*.json")))

    def _file(self, place: str) -> Path:
        return self.folder / f"{re.sub(r'[^a-z0-9.-]+', '-', fold(place)) or 'tinh'}.json"


def read_card(file: Path) -> Card:
    """Raises: BadKeyCardError."""
    try:
        content = file.read_bytes()
        values = json.loads(content) if len(content) <= _CARD_MAX else {}
        card = Card(*(str(values[name]) for name in ("name", "code", "sign", "seal")))
        if values["form"] != FORM:
            raise BadKeyCardError(file=file.name)
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(card.sign))
        X25519PublicKey.from_public_bytes(bytes.fromhex(card.seal))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise BadKeyCardError(file=file.name) from None
    return card
