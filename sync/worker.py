"""The exchange at work: hear what the province decided, then send what waits, lane by lane, while the line is up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from kiosk.clock import Clock, office_now
from kiosk.domain.event import Actor
from kiosk.domain.job import Job, Wing
from kiosk.errors import KioskError, RejectedSyncError, TransientSyncError
from kiosk.services import arrivals
from kiosk.services.jobs import Effect, PostponedError, drain
from kiosk.services.ports import Units, Vault
from sync.circuit import Circuit
from sync.clients import client_of
from sync.connection import Connection, Timeouts
from sync.errors import LineDownError, ReplyLostError, SignedOutError
from sync.messages.canonical import STATUS_NAMES, Status
from sync.messages.codes import key_of_provisional
from sync.messages.wire import read_time
from sync.province import Change, Changes, ProvinceClient
from sync.routes import Routes
from sync.sender import Sender

log = structlog.get_logger()

LONGEST_WAIT_S = 60.0
POLL_S = 1.0
# The line's own trouble, not one entry's: stop sending and look at the line first.
LINE_TROUBLE = (LineDownError, ReplyLostError, SignedOutError)

Connect = Callable[[Connection], ProvinceClient]


@dataclass(frozen=True)
class Round:
    """What one round did. sent: jobs completed; news: changes applied; is_up: the last that was seen of the line."""

    sent: int = 0
    news: int = 0
    is_up: bool = False


@dataclass
class _Counterpart:
    """One connection in use: its client, its sender and the state of its line."""

    connection: Connection
    client: ProvinceClient
    sender: Sender
    circuit: Circuit = field(default_factory=Circuit)


class SyncWorker:
    """Drains the exchange's jobs. owner: name of the lease holder; unit: the office's name on the wire."""

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
    ) -> None:
        self._units, self._routes, self._owner, self._clock = units, routes, owner, clock
        self._lease_for = lease_for or max((_lease(c.timeouts) for c in routes.lines), default=timedelta(0))
        self._all = [
            _Counterpart(c, client := connect(c), Sender(units, vault, c, client, unit, clock), make_circuit())
            for c in routes.lines
        ]

    def once(self) -> Round:
        """One round: news first, which also tries the line, then everything that is due. Never raises for a line."""
        if not self._all:
            return Round()
        news = sum(self._hear(c) for c in self._all if c.circuit.wait_s == 0)
        sent = drain(
            self._units,
            Wing.SYNC,
            self._owner,
            self._handle,
            self._clock,
            lease_for=self._lease_for,
            longest_wait_s=LONGEST_WAIT_S,
            go_on=self._any_line_may_be_tried,
        )
        return Round(sent, news, all(c.circuit.is_up for c in self._all))

    def run(self, stop: threading.Event, poll_s: float = POLL_S) -> None:
        """Rounds until told to stop; a bug in one round is logged and the next one comes all the same."""
        while not stop.is_set():
            try:
                self.once()
            except Exception:  # the end of a worker: it must outlive any one fault
                log.exception("round failed", wing=Wing.SYNC.value)
            stop.wait(poll_s)

    def close(self) -> None:
        for counterpart in self._all:
            counterpart.client.close()

    def _any_line_may_be_tried(self) -> bool:
        return any(c.circuit.wait_s == 0 for c in self._all)

    def _handle(self, job: Job) -> Effect | None:
        counterpart = self._counterpart(job)
        if (wait_s := counterpart.circuit.wait_s) > 0:
            raise PostponedError(wait_s)
        try:
            effect = self._send(counterpart.sender, job)
        except LINE_TROUBLE as trouble:
            counterpart.circuit.failed()
            log.info("line trouble", connection=counterpart.connection.name, code=trouble.code, job=job.id)
            raise
        except KioskError:
            counterpart.circuit.worked()  # it answered
            raise
        counterpart.circuit.worked()
        return effect

    def _send(self, sender: Sender, job: Job) -> Effect | None:
        match job.payload["stream"]:
            case "dossier":
                return sender.dossier(job)
            case "progress":
                return sender.progress(job)
            case "file":
                return sender.file(job)
        raise ValueError(job.payload["stream"])

    def _counterpart(self, job: Job) -> _Counterpart:
        with self._units() as uow:
            procedure = uow.dossiers.get(str(job.payload["dossier"])).procedure_code
        wanted = self._routes.line(procedure)
        return next(c for c in self._all if c.connection is wanted)

    def _hear(self, counterpart: _Counterpart) -> int:
        """Take in all news of one province; returns how many changed something. Trouble is noted on its circuit."""
        applied, more = 0, True
        try:
            while more:
                changes = self._ask(counterpart)
                applied += self._apply(counterpart.connection, changes)
                more = changes.more and bool(changes.items)
            counterpart.circuit.worked()
        except LINE_TROUBLE:
            counterpart.circuit.failed()
        except (TransientSyncError, RejectedSyncError) as trouble:
            # This province has no feed, or is busy with it; sending need not wait for that.
            log.info("no news", connection=counterpart.connection.name, code=trouble.code)
        except KioskError as trouble:
            # What was heard could not be kept; it will be heard again, and sending need not wait for that either.
            log.warning("news not kept", connection=counterpart.connection.name, code=trouble.code)
        return applied

    def _ask(self, counterpart: _Counterpart) -> Changes:
        with self._units() as uow:
            cursor = uow.exchange.cursor(counterpart.connection.name)
        return counterpart.client.changes(cursor)

    def _apply(self, connection: Connection, changes: Changes) -> int:
        """The news and the place reached in it, in one transaction: neither is ever ahead of the other."""
        if not changes.items:
            return 0
        now = self._clock()
        news = [_news(c, connection.agency_code, now) for c in changes.items]
        actor = Actor("", connection.name)
        return arrivals.apply_changes(self._units, connection.name, news, changes.cursor, actor=actor, now=now)


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


def _news(change: Change, agency: str, now: datetime) -> arrivals.Change:
    """In the office's words. Our own provisional code is turned into the key: it may not be noted yet."""
    named = (change.our_code, change.code)
    key = next((k for code in named if (k := key_of_provisional(agency, code))), "")
    state = STATUS_NAMES[Status(change.status)] if change.status in set(Status) else change.status
    return arrivals.Change(
        code=key or change.our_code or change.code,
        state=state,
        at=read_time(change.at) or now,
        official=change.official_code,
        note=change.note,
    )
