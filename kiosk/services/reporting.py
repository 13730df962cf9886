"""A kiosk's talk with the office: the heartbeat with its lease, and the words that the office does not know yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from kiosk.domain.membership import Membership, Stop
from kiosk.domain.station import DoubtfulStationError, RevokedStationError, UnknownStationError
from kiosk.errors import KioskError, StorageError
from kiosk.services.admission import Admitted, Report, admit
from kiosk.services.membership import heard, membership_of, next_lease, refused
from kiosk.services.ports import UnitOfWork
from kiosk.services.pushing import Gap, acknowledged, gap
from kiosk.services.station_clock import StationClock
from kiosk.services.stations import renew

CONFLICT = "storage.conflict"  # a row that must be unique is there already
LOGIN_REFUSED = "storage.login_refused"  # the office answers, and knows this station no more
REFUSALS = (RevokedStationError, DoubtfulStationError, UnknownStationError)


def is_refusal(error: KioskError) -> bool:
    """Whether the office answered that it does not take this station: only a new pairing ends that."""
    return error.code == LOGIN_REFUSED or isinstance(error, REFUSALS)


class Stores(Protocol):
    """One side's store."""

    def units(self) -> UnitOfWork: ...

    def reads(self) -> UnitOfWork: ...


class Far(Stores, Protocol):
    """The office's store, over the network."""

    def now(self) -> datetime:
        """The office's clock."""


@dataclass
class Reporter:
    """own: the kiosk's store; version: of the program. One at a time for one store."""

    own: Stores
    clock: StationClock = field(default_factory=StationClock)
    version: str = ""

    def beat(self, far: Far) -> None:
        """One heartbeat. A refusal is kept, so that no number is given after a restart either, and raised.

        Raises: UnknownStationError, RevokedStationError, DoubtfulStationError, StorageError.
        """
        with self.own.reads() as look:
            known, seq = membership_of(look), look.events.last_seq()
        if known is None:
            return
        said = next_lease(self.own.units(), known)
        before = self.clock.own()
        office = far.now()
        own = before + (self.clock.own() - before) / 2
        try:
            renew(
                far.units(), said.name, said.lease, said.following,
                now=office, station_clock=own, version=self.version,
            )  # fmt: skip
        except (UnknownStationError, RevokedStationError):
            refused(self.own.units(), said, Stop.REVOKED)
            raise
        except DoubtfulStationError:
            refused(self.own.units(), said, Stop.DOUBTFUL)
            raise
        heard(self.own.units(), said)
        self.clock.hear(office, seq)

    def shut_out(self, said: Membership) -> None:
        """The office's database answers and refuses the login of this membership: its numbers would reach nobody."""
        refused(self.own.units(), said, Stop.REVOKED)

    def push(self, far: Far) -> int:
        """Tell all that the office does not know; returns how many words were told. Raises: as `beat`."""
        count = 0
        while True:
            with self.own.reads() as look:
                known, told = membership_of(look), gap(look)
            if known is None or told is None:
                return count
            if known.following:  # the answer to the last heartbeat was lost: nobody knows which lease counts
                self.beat(far)
                continue
            acknowledged(self.own.units(), told, self._tell(far, known, told))
            count += len(told.words)

    def _tell(self, far: Far, known: Membership, told: Gap) -> Admitted:
        report = told.report(known.name, known.lease, self.clock)
        try:
            return admit(far.units(), report, now=far.now())
        except StorageError as error:
            if error.code != CONFLICT:
                raise
            return self._one_by_one(far, report)

    def _one_by_one(self, far: Far, report: Report) -> Admitted:
        """One number that the store refuses must not keep the others away; it comes in under an epoch of its own."""
        floor, new = report.floor, 0
        for word in report.words:
            alone = Report(report.station, report.lease, (word,), floor)
            try:
                done = admit(far.units(), alone, now=far.now())
            except StorageError as error:
                if error.code != CONFLICT:
                    raise
                done = admit(far.units(), alone, now=far.now(), fresh_epochs=True)
            floor, new = done.floor, new + done.new
        return Admitted(new, floor)
