"""One connection in use: its client and sender, the state of its line, its budget of calls, and what is put aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from kiosk.clock import Clock
from kiosk.domain.job import Job
from kiosk.errors import KioskError, RejectedSyncError, TransientSyncError
from kiosk.services.jobs import Effect, PostponedError
from kiosk.services.ports import Units, Vault
from sync.batches import Batches
from sync.budget import Budget, counted
from sync.circuit import Circuit
from sync.connection import Connection
from sync.errors import (
    BusyProvinceError,
    LineDownError,
    ParkedError,
    ReplyLostError,
    SignedOutError,
    WrongHashError,
)
from sync.fetching import Check, Fetching
from sync.hearing import Hearing
from sync.parking import Parking
from sync.province import ProvinceClient
from sync.routes import Routes
from sync.sender import Sender
from sync.uploaders import Uploaders

log = structlog.get_logger()

# The line's own trouble, not one entry's: stop sending and look at the line first.
LINE_TROUBLE = (LineDownError, ReplyLostError, SignedOutError)
# What may be one entry's own fault, should it come again and again while others get through.
OWN_TROUBLE = (ReplyLostError, BusyProvinceError, WrongHashError)


@dataclass(frozen=True)
class Parts:
    """What all counterparts of a worker share."""

    units: Units
    vault: Vault
    unit: str
    clock: Clock
    check: Check
    owner: str
    lease_for: timedelta
    uploaders: Uploaders


@dataclass
class Counterpart:
    connection: Connection
    client: ProvinceClient
    sender: Sender
    batches: Batches
    hearing: Hearing
    fetching: Fetching
    circuit: Circuit
    budget: Budget
    parking: Parking = field(default_factory=Parking)
    _heard_at: float | None = None

    @property
    def wait_s(self) -> float:
        """Seconds until something may be sent: the line's pause, or the budget's."""
        return max(self.circuit.wait_s, self.budget.wait_s)

    def hear(self) -> int:
        """Take in all news; returns how many changed something. Trouble is noted on the line.

        While the line is down this is its one probe; while it is up the province is asked no oftener than it allows.
        """
        now = self.circuit.now
        asked_lately = self._heard_at is not None and now - self._heard_at < self.connection.news_every_s
        if (self.circuit.is_up and asked_lately) or self.budget.wait_s > 0:
            return 0
        self._heard_at = now
        applied = 0
        try:
            for count in self.hearing.rounds():
                applied += count
            self.circuit.worked(took=False)
        except LINE_TROUBLE:
            self.circuit.failed()
        except (TransientSyncError, RejectedSyncError) as trouble:
            # This province has no feed, or is busy with it; sending need not wait for that.
            log.info("no news", connection=self.connection.name, code=trouble.code)
        except KioskError as trouble:
            # What was heard could not be kept; it will be heard again, and sending need not wait for that either.
            log.warning("news not kept", connection=self.connection.name, code=trouble.code)
        return applied

    def send_batches(self) -> int:
        """How many dossiers arrived in batches."""
        sent = 0
        try:
            while self.wait_s == 0 and (arrived := self.batches.once()):
                sent += arrived
                self.circuit.worked()
        except LineDownError as trouble:
            self.circuit.failed()
            log.info("line trouble", connection=self.connection.name, code=trouble.code)
        return sent

    def handle(self, job: Job) -> Effect | None:
        """For `kiosk.services.jobs.drain`."""
        if (wait_s := self.wait_s) > 0:
            raise PostponedError(wait_s)
        try:
            effect = self._do(job)
        except LINE_TROUBLE as trouble:
            self.circuit.failed()
            log.info("line trouble", connection=self.connection.name, code=trouble.code, job=job.id)
            raise self._parked_or(trouble, job) from trouble
        except BusyProvinceError as trouble:
            asked = trouble.details.get("retry_after_s")
            self.circuit.busy(asked if isinstance(asked, float) else None)
            raise self._parked_or(trouble, job) from trouble
        except PostponedError:
            raise  # nothing was sent, so nothing is known of the line
        except KioskError as trouble:
            self.circuit.worked()  # it answered
            raise self._parked_or(trouble, job) from trouble
        self.circuit.worked()
        self.parking.worked(job.id)
        return effect

    def _do(self, job: Job) -> Effect | None:
        match job.payload["stream"]:
            case "dossier":
                return self.sender.dossier(job)
            case "progress":
                return self.sender.progress(job)
            case "file":
                return self.sender.file(job)
            case "result":
                return self.fetching.result(job)
            case "online_file":
                return self.fetching.online_file(job)
        raise ValueError(job.payload["stream"])

    def _parked_or(self, trouble: KioskError, job: Job) -> KioskError:
        if isinstance(trouble, OWN_TROUBLE) and self.parking.failed(job.id):
            log.warning("entry put aside", connection=self.connection.name, job=job.id, code=trouble.code)
            return ParkedError(tries=job.attempts, reason=trouble.code)
        return trouble


def counterpart_of(
    parts: Parts, routes: Routes, connection: Connection, client: ProvinceClient, circuit: Circuit
) -> Counterpart:
    budget = Budget(connection.calls_per_minute, lambda: circuit.now)
    client = counted(client, budget.spend)
    sender = Sender(parts.units, parts.vault, connection, client, parts.unit, parts.clock, parts.uploaders)
    is_mine: Callable[[str], bool] = lambda procedure: routes.takes(connection, procedure)  # noqa: E731
    return Counterpart(
        connection,
        client,
        sender,
        Batches(parts.units, sender, is_mine, parts.owner, parts.lease_for, parts.clock),
        Hearing(parts.units, parts.vault, connection, client, parts.clock),
        Fetching(parts.units, parts.vault, connection, client, parts.clock, parts.check),
        circuit,
        budget,
    )
