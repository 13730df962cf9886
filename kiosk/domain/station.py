"""The stations of an office: which machines take part, and under which letter a kiosk numbers by itself.

A kiosk is always the allocator of its own numbers, so that a dead office database changes nothing for the citizen. Two
kiosks never print one number, because each has a letter of its own; a restored, replaced or copied store gets another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.errors import InputError, RuleError

SILENT_AFTER = timedelta(seconds=30)  # three heartbeats missed
CLOCK_SLACK = timedelta(minutes=10)  # a station whose clock is further off raises an alarm
# The office's first kiosk has no letter (A001); I, J, O, Q, U, W and Z are left out because people misread them.
LETTERS: tuple[str, ...] = ("", *"KLMNPRSTVXYABCDEFGH")
DESK_LETTER = "Q"  # numbers that a desk gives while a kiosk of the office numbers without a letter


class StationKind(StrEnum):
    DESK = "desk"
    KIOSK = "kiosk"
    DISPLAY = "display"
    RATING = "rating"


AT_COUNTER = (StationKind.DESK, StationKind.RATING)  # kinds that stand at one counter


class UnknownStationError(InputError):
    """No station of this name was paired with the office. details: name."""

    code = "station.unknown"


class RevokedStationError(RuleError):
    """The office has shut this station out; pair it again. details: name."""

    code = "station.revoked"


class DoubtfulStationError(RuleError):
    """The office has heard a newer word from this station: its disk was copied or restored from an older state, and
    its series may be in use elsewhere. It must be paired again. details: name."""

    code = "station.doubtful"


class WrongClockError(RuleError):
    """This station's clock is far from the office's: a number that it gave now could take the whole office to another
    day. details: minutes."""

    code = "station.wrong_clock"


class NoLetterLeftError(RuleError):
    """Every letter for kiosks is in use, or was today."""

    code = "station.no_letter"


@dataclass(frozen=True)
class Series:
    """What a store numbers under. letter: after the group's own on every number ("" for none); epoch: unique in the
    office, tells a store from its former self."""

    letter: str = ""
    epoch: int = 1


OFFICE_SERIES = Series()


@dataclass(frozen=True)
class Grant:
    """A series in one station's hands; until: None while it has it."""

    epoch: int
    letter: str
    station: str
    since: datetime
    until: datetime | None = None


@dataclass
class Station:
    """machine: what tells the computer from others; lease: mark (`lease_mark`) of the last word heard from it.

    epoch: of a kiosk's grant, 0 for other kinds; clock_off_s: its clock minus the office's; version: of the program;
    counter: where a desk or a rating screen was paired to stand, "" where none was said.
    """

    name: str
    kind: StationKind
    machine: str
    lease: str
    enrolled_at: datetime
    letter: str = ""
    epoch: int = 0
    seen_at: datetime | None = None
    clock_off_s: int = 0
    version: str = ""
    revoked_at: datetime | None = None
    is_doubtful: bool = False
    counter: str = ""

    @property
    def series(self) -> Series:
        return Series(self.letter, self.epoch)

    def is_silent(self, now: datetime) -> bool:
        return self.seen_at is None or now - self.seen_at > SILENT_AFTER

    def renew(self, lease: str, following: str) -> None:
        """Take the word of a station that knows its last lease, and keep the one that follows.

        The station proposes the next lease and keeps it before it asks, so a lost answer does no harm. A copy of its
        disk, or the same disk set back, knows only leases of the past.
        Raises: RevokedStationError, DoubtfulStationError.
        """
        if self.revoked_at is not None:
            raise RevokedStationError(name=self.name)
        if self.is_doubtful or self.lease not in (lease_mark(lease), lease_mark(following)):
            self.is_doubtful = True
            raise DoubtfulStationError(name=self.name)
        self.lease = lease_mark(following)


def lease_mark(lease: str) -> str:
    """What the office keeps of a lease: whoever reads its tables cannot speak for the station."""
    return hashlib.sha256(lease.encode()).hexdigest()


def free_letter(taken: Collection[str], groups: Collection[str]) -> str:
    """The letter of a new grant. taken: held now, or used today; groups: letters of the office's own lines, which a
    citizen could take for one another. Raises: NoLetterLeftError."""
    free: list[str] = [letter for letter in LETTERS if letter not in taken]
    if not free:
        raise NoLetterLeftError
    return next((letter for letter in free if letter not in groups), free[0])
