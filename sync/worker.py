"""The exchange at work: hear what the province decided, then send what waits, lane by lane, while the line is up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog

from kiosk.clock import Clock, office_now
from kiosk.domain.job import Job, Wing
from kiosk.errors import RejectedSyncError, TransientSyncError
from kiosk.services.jobs import Effect, drain
from kiosk.services.ports import Units, Vault
from sync.circuit import Circuit
from sync.clients import client_of
from sync.connection import Connection, Timeouts
from sync.counterpart import LINE_TROUBLE, Counterpart, Parts, counterpart_of
from sync.errors import NoProvinceError
from sync.fetching import Check, unchecked
from sync.province import ProvinceClient
from sync.routes import Routes
from sync.streams import Crew
from sync.upload_places import StorePlaces
from sync.uploaders import Uploaders

log = structlog.get_logger()

LONGEST_WAIT_S = 60.0
POLL_S = 1.0

Connect = Callable[[Connection], ProvinceClient]


@dataclass(frozen=True)
class Round:
    """What one round did. sent: jobs completed; news: changes applied; is_up: the last that was seen of the line."""

    sent: int = 0
    news: int = 0
    is_up: bool = False


class SyncWorker:
    """Drains the exchange's jobs. owner: name of the lease holder; unit: the office's name on the wire; check: opens a
    result's PDF within the office's bounds and says what it is signed with, in words (raises InputError)."""

    def __init__(
        self,
        units: Units,
        vault: Vault,
        routes: Routes,
        unit: str,
        *,
        owner: str = "sync",
        connect: Connect = client_of,
        clock: Clock = office_now,
        make_circuit: Callable[[], Circuit] = Circuit,
        lease_for: timedelta | None = None,
        check: Check = unchecked,
        uploaders: Uploaders | None = None,
    ) -> None:
        self._units, self._routes, self._owner, self._clock = units, routes, owner, clock
        self._lease_for = lease_for or max((_lease(c.timeouts) for c in routes.lines), default=timedelta(0))
        self._ends = False
        self._uploaders = uploaders or Uploaders(StorePlaces(units))
        # A turn of a long file is long; whoever names a lease knows better.
        self._bulk_lease = lease_for or max(self._lease_for, timedelta(seconds=self._uploaders.settings.lease_s))
        parts = Parts(units, vault, unit, clock, check, owner, self._lease_for, self._uploaders)
        self._all = [counterpart_of(parts, routes, c, connect(c), make_circuit()) for c in routes.lines]

    def once(self) -> Round:
        """One round of all: messages, then files, then what the files' arrival has to say. Never raises for a line."""
        first = self.messages()
        files = self.files()
        then = self.messages() if files else Round(is_up=first.is_up)
        return Round(first.sent + files + then.sent, first.news + then.news, then.is_up)

    def messages(self) -> Round:
        """One round of what is small: news first, which also tries the line, then everything that is due."""
        if not self._all:
            return Round()
        news = sum(c.hear() for c in self._all if c.circuit.wait_s == 0)
        with self._uploaders.bucket.held():
            # After an outage the line is the dossiers' until the province knows of all of them.
            sent = sum(c.send_batches() for c in self._all)
        sent += self._drain(bulk=False)
        return Round(sent, news, all(c.circuit.is_up for c in self._all))

    def files(self) -> int:
        """One round of what moves many bytes, for a thread beside that of the messages; how many jobs were completed.

        Several files at once where one stream does not fill the line.
        """
        done: list[int] = []

        def one(_number: int) -> bool:
            done.append(self._drain(bulk=True, limit=1))
            return done[-1] > 0

        if self._all:
            Crew(self._uploaders.at_once, lambda: self._uploaders.bucket.passed).run(one)
        return sum(done)

    def run(self, stop: threading.Event, poll_s: float = POLL_S) -> None:
        """Rounds until told to stop; a bug in one round is logged and the next one comes all the same."""
        while not stop.is_set():
            try:
                self.once()
            except Exception:  # the end of a worker: it must outlive any one fault
                log.exception("round failed", wing=Wing.SYNC.value)
            stop.wait(poll_s)

    def give_way(self) -> None:
        """The program ends: no job is begun, a long file stops where it is, and goes on from there another time."""
        self._ends = True
        self._uploaders.give_way()

    def close(self) -> None:
        for counterpart in self._all:
            counterpart.client.close()
        self._uploaders.close()

    def _drain(self, *, bulk: bool, limit: int | None = None) -> int:
        return drain(
            self._units,
            Wing.SYNC,
            self._owner,
            self._handle,
            self._clock,
            limit=limit,
            lease_for=self._bulk_lease if bulk else self._lease_for,
            longest_wait_s=LONGEST_WAIT_S,
            go_on=self._any_line_may_be_tried,
            bulk=bulk,
        )

    def _any_line_may_be_tried(self) -> bool:
        return not self._ends and any(c.wait_s == 0 for c in self._all)

    def _handle(self, job: Job) -> Effect | None:
        return self._counterpart(job).handle(job)

    def _counterpart(self, job: Job) -> Counterpart:
        """By whom it came, for what came; by what it is about, for what goes."""
        named = job.payload.get("connection")
        if named is None:
            with self._units() as uow:
                procedure = uow.dossiers.get(str(job.payload["dossier"])).procedure_code
            named = self._routes.line(procedure).name
        counterpart = next((c for c in self._all if c.connection.name == named), None)
        if counterpart is None:
            raise NoProvinceError
        return counterpart


def line_is_up(connections: Sequence[Connection], connect: Connect = client_of) -> bool:
    """True when every province answers now. For a status screen: asks, changes nothing."""
    for connection in connections:
        client = connect(connection)
        try:
            client.changes("")
        except LINE_TROUBLE:
            return False
        except (TransientSyncError, RejectedSyncError):
            continue
        finally:
            client.close()
    return bool(connections)


def _lease(times: Timeouts) -> timedelta:
    """Longer than the slowest job: ask, send, ask again. Nobody else may take a job that is still being sent."""
    return timedelta(seconds=3 * (times.connect_s + times.read_s) + 5)
