"""Pairing: a one-time code, shown at a desk and typed or scanned at a new machine, lets that machine into the office.

The code is the only secret: 60 bits, ten minutes, one machine, five wrong tries (docs/decisions/0009-stations.md).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.domain.station import StationKind
from kiosk.errors import InputError
from kiosk.text import nfc

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # 32 signs, 5 bits each; no I, O, 0, 1: people misread them
LENGTH, GROUP = 12, 4
VALID = timedelta(minutes=10)
TRIES = 5
SEPARATORS = " -–—_./·\t\r\n\u00a0"
LIKELY = {"0": "Q, D, C", "O": "Q, D, C", "1": "L, 7, J", "I": "L, J, 7"}  # sign that no code has -> what it may be


class ConfusableSignError(InputError):
    """A sign that no code has, because it is taken for another. details: sign, likely."""

    code = "pairing.sign"


class ForeignSignError(InputError):
    """A sign that belongs to no code; one with a mark was made by an input method. details: sign."""

    code = "pairing.foreign_sign"


class CodeLengthError(InputError):
    """details: found, needed."""

    code = "pairing.length"


def new_code(random: bytes) -> str:
    """random: LENGTH bytes nobody can guess."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in random[:LENGTH])  # 256 = 8 * 32: no sign is likelier


def read_code(text: str) -> str:
    """A code as a person types it: any case, any separators.

    Raises: ConfusableSignError, ForeignSignError, CodeLengthError.
    """
    signs = [sign for sign in nfc(text).upper() if sign not in SEPARATORS]
    for sign in signs:
        if sign in LIKELY:
            raise ConfusableSignError(sign=sign, likely=LIKELY[sign])
        if sign not in ALPHABET:
            raise ForeignSignError(sign=sign)
    if len(signs) != LENGTH:
        raise CodeLengthError(found=len(signs), needed=LENGTH)
    return "".join(signs)


def grouped(code: str) -> str:
    """ "ABCDEFGHJKLM" -> "ABCD-EFGH-JKLM"; shorter ones too, while they are typed."""
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


PREFIX = {
    StationKind.DESK: "ban",
    StationKind.KIOSK: "kiosk",
    StationKind.DISPLAY: "man-hinh",
    StationKind.RATING: "danh-gia",
}


def free_name(kind: StationKind, taken: Collection[str]) -> str:
    """The next name of a kind, such as "kiosk-2"."""
    return next(name for n in range(1, len(taken) + 2) if (name := f"{PREFIX[kind]}-{n}") not in taken)


class Refusal(StrEnum):
    """Why a machine is not let in."""

    WRONG = "wrong"
    EXPIRED = "expired"
    USED = "used"
    SPENT = "spent"  # five wrong tries
    OLDER = "older"  # the machine's program is older than the office's
    NEWER = "newer"
    FAILED = "failed"  # the office could not take it in


@dataclass
class Offer:
    """A code in force. machine: who proved to know it, "" while nobody did; kept: that machine has everything;
    counter: where a desk or a rating screen will stand."""

    name: str
    kind: StationKind
    until: datetime
    machine: str = ""
    kept: bool = False
    wrong: int = field(default=0)
    counter: str = ""

    @property
    def is_spent(self) -> bool:
        return self.wrong >= TRIES

    def is_open(self, now: datetime) -> bool:
        return not (self.kept or self.is_spent or now >= self.until)

    def refusal(self, machine: str, now: datetime) -> Refusal | None:
        """Whether `machine` may still come in. The one that began may begin again until it has kept everything: its
        line may have been cut."""
        if self.is_spent:
            return Refusal.SPENT
        if self.kept or self.machine not in ("", machine):
            return Refusal.USED
        return Refusal.EXPIRED if now >= self.until else None

    def note_wrong(self) -> None:
        self.wrong += 1
