"""What a province says of itself, into the office's words: one way for what is polled and what is pushed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.clock import Clock
from kiosk.domain.event import Actor
from kiosk.services import arrivals, online_inbox, results_back
from kiosk.services.arrivals import Arrival
from kiosk.services.ports import Units, Vault
from kiosk.services.proposals import status_names
from sync.connection import Connection
from sync.messages import incoming
from sync.messages.build import STATUS_OF_EVENT
from sync.messages.canonical import STATUS_NAMES, Status
from sync.messages.codes import key_of_provisional
from sync.messages.wire import read_time
from sync.province import Change, ProvinceClient

ROUNDS = 100  # of one hearing; the rest is heard the next time
# What the province merely has not heard of yet is no contradiction; nor that it is done there, its result comes then.
LAGS = {Status.REGISTERED, Status.ACCEPTED, Status.IN_PROGRESS, Status.DONE}


@dataclass(frozen=True)
class Hearing:
    """Of one connection."""

    units: Units
    vault: Vault
    connection: Connection
    client: ProvinceClient
    clock: Clock

    def rounds(self) -> Iterator[int]:
        """Ask until there is no more; yields how many of each answer changed something. Raises: as the client."""
        for _ in range(ROUNDS):
            with self.units() as uow:
                cursor = uow.exchange.cursor(self.connection.name)
            changes = self.client.changes(cursor)
            yield self.take(changes.items, changes.cursor)
            if not (changes.more and changes.items):
                return

    def take(self, items: Sequence[Change], cursor: str | None) -> int:
        """The news and the place reached in it, in one transaction. cursor: None for what was pushed.

        Nothing is dropped: an item that cannot be read is kept as it came. Raises: StorageError, DiskFullError.
        """
        if not items:
            return 0
        now = self.clock()
        news = [arrival for item in items for arrival in self._arrivals(item, now)]
        return arrivals.apply_news(self.units, self.connection.name, news, cursor)

    def _arrivals(self, change: Change, now: datetime) -> list[Arrival]:
        item = dict(change.raw or {})
        match incoming.kind_of(item):
            case incoming.STATUS:
                return [arrivals.of_change(self._news(change, item, now), self._actor, now)]
            case incoming.RESULT:
                found = [self._result(sent, now) for sent in incoming.results_of(item)]
            case incoming.ONLINE:
                sent = incoming.online_of(item)
                found = [self._online(sent, now)] if sent is not None else []
            case _:
                found = []
        return found or [arrivals.of_unread(_without_bytes(item), now)]

    @property
    def _actor(self) -> Actor:
        return Actor("", self.connection.name)

    def _news(self, change: Change, item: Mapping[str, Any], now: datetime) -> arrivals.Change:
        known = change.status in set(Status)
        status = Status(change.status) if known else None
        says_the_same = {kind for kind, told in STATUS_OF_EVENT.items() if told is status}
        return arrivals.Change(
            code=self._key(change.our_code, change.code) or change.our_code or change.code,
            state=STATUS_NAMES[status] if status else self._named(change.status),
            at=read_time(change.at) or now,
            official=change.official_code,
            note=change.note,
            owner=str(item.get("ChuHoSo") or ""),
            agrees=frozenset() if status is None or status in LAGS else frozenset(says_the_same),
        )

    def _named(self, code: str) -> str:
        """A state beyond the known ten, by the province's own list once that was approved; else as it came."""
        with self.units() as uow:
            return status_names(uow).get(code, code)

    def _key(self, *codes: str) -> str:
        """Our own provisional code is turned into the key: it may not be noted yet."""
        return next((k for code in codes if (k := key_of_provisional(self.connection.agency_code, code))), "")

    def _result(self, sent: incoming.SentResult, now: datetime) -> Arrival:
        outcome = sent.outcome
        code = self._key(outcome.code, outcome.official) or outcome.code
        stored = self.vault.put(sent.content, "application/pdf") if sent.content is not None else None
        return lambda uow: results_back.announced(uow, code, outcome, stored, self.connection.name, now)

    def _online(self, sent: incoming.SentOnline, now: datetime) -> Arrival:
        """Bytes that came along are safe before the row that names them."""
        kept = [
            (carried.file, self.vault.put(carried.content, carried.file.media_type) if carried.content else None)
            for carried in sent.files
        ]
        told = online_inbox.Told(
            sent.code,
            sent.procedure_code,
            sent.procedure_name,
            sent.owner,
            read_time(sent.submitted) or now,
            sent.case,
            sent.summary,
            sent.return_by_post,
            tuple(kept),
        )
        return lambda uow: online_inbox.arrived(uow, told, self.connection.name, now)


def _without_bytes(item: Mapping[str, Any]) -> dict[str, Any]:
    """For the record: what stands on the first level, without the bytes of files."""
    return {name: value for name, value in item.items() if isinstance(value, str) and name != "Base64"}
