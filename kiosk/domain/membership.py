"""What a station knows of its own place in the office, and when a kiosk must give no more numbers.

The rule and its reasons: docs/decisions/0009-stations.md.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from kiosk.domain.station import Series, StationKind
from kiosk.errors import RuleError

# Never granted by the office (`domain.station.LETTERS`): an officer may choose one while nobody can ask the office.
SPARE_LETTERS = ("Z", "W", "U")


class Stop(StrEnum):
    """Why a kiosk gives no numbers. UNPAIRED: it belongs to no office. REVOKED: the office shut it out. DOUBTFUL: the
    office has heard a newer word under this name. MOVED: its store lies on another computer than before. SET_BACK: its
    store is older than what this computer remembers of it."""

    UNPAIRED = "unpaired"
    REVOKED = "revoked"
    DOUBTFUL = "doubtful"
    MOVED = "moved"
    SET_BACK = "set-back"

    @property
    def officer_may_go_on(self) -> bool:
        """Whether a spare letter helps: the station is the office's, only its series is in doubt."""
        return self in (Stop.DOUBTFUL, Stop.MOVED, Stop.SET_BACK)

    @property
    def is_silent(self) -> bool:
        """Whether the station may not even report to the office: a copy that did would shut out the true one."""
        return self in (Stop.UNPAIRED, Stop.MOVED)


class StoppedError(RuleError):
    """This kiosk gives no numbers. details: why."""

    code = "kiosk.stopped"

    def __init__(self, why: Stop) -> None:
        super().__init__(why=why.value)
        self.why = why


class SpareLetterError(RuleError):
    """The letter is no spare one, was used today, or would not help. details: letter."""

    code = "kiosk.spare_letter"


@dataclass(frozen=True)
class Membership:
    """Kept in the station's own store, beside the numbers it gives: whoever sets one back sets back the other.

    lease: the last word that the office knows; following: the next, kept before it is sent, "" while none is under way.
    office_url: the office's database with this station's own login, "" when `database` in config.toml says it.
    machine: where it was paired (`kiosk.machine.this_machine`). told: what the office answered, None while all is well.
    """

    name: str
    kind: StationKind
    series: Series
    lease: str
    office_url: str = ""
    machine: str = ""
    following: str = ""
    told: Stop | None = None

    @property
    def has_spare(self) -> bool:
        return self.series.letter in SPARE_LETTERS

    def stop(self, machine: str, *, set_back: bool = False) -> Stop | None:
        """Why no number may be given here, None when one may. set_back: the store is older than the mark beside it."""
        if self.told is not None:
            return self.told
        if self.machine != machine:
            return Stop.MOVED
        return Stop.SET_BACK if set_back else None

    def with_spare(self, letter: str, machine: str, now: datetime, used: Collection[str]) -> Membership:
        """An officer has chosen a letter at the kiosk itself. used: spare letters of today's numbers in this store.

        The epoch is the second of the choice, far above any that the office counts. Raises: SpareLetterError.
        """
        if letter not in SPARE_LETTERS or letter in used or self.told is Stop.REVOKED:
            raise SpareLetterError(letter=letter)
        return replace(self, series=Series(letter, int(now.timestamp())), machine=machine, told=None)
