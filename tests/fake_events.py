"""The log of the fake office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from fake_shelf import Shelf

from kiosk.domain.event import GENESIS, DuplicateCommandError, Event, chain_hash
from kiosk.domain.journey import MARK_KINDS, Mark, mark_of


class FakeEvents:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def append(self, event: Event) -> Event:
        if event.command is not None and self.by_command(event.command) is not None:
            raise DuplicateCommandError(command=event.command)
        previous = self._shelf.events[-1].hash if self._shelf.events else GENESIS
        numbered = replace(event, seq=len(self._shelf.events) + 1, prev_hash=previous)
        chained = replace(numbered, hash=chain_hash(previous, numbered))
        self._shelf.events.append(chained)
        return chained

    def after(self, seq: int, limit: int = 500, kinds: Sequence[str] = ()) -> list[Event]:
        return [e for e in self._shelf.events if e.seq > seq and (not kinds or e.kind in kinds)][:limit]

    def of(self, subject: str) -> list[Event]:
        return [e for e in self._shelf.events if e.subject == subject]

    def by_command(self, command: str) -> Event | None:
        return next((e for e in self._shelf.events if e.command == command), None)

    def last_seq(self) -> int:
        return len(self._shelf.events)

    def all(self) -> Iterator[Event]:
        return iter(list(self._shelf.events))

    def between(self, start: datetime, end: datetime, kinds: Sequence[str]) -> Iterator[Event]:
        return (e for e in self.all() if start <= e.at < end and e.kind in kinds)

    def is_late(self, seq: int, before: datetime) -> bool:
        return any(e.seq > seq and e.at < before and e.kind in MARK_KINDS for e in self._shelf.events)

    def marks(self, start: datetime, end: datetime) -> Iterator[Mark]:
        return map(mark_of, self.between(start, end, MARK_KINDS))
