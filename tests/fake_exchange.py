"""The exchange of the fake office (`fakes.FakeOffice`): answers, marks, conflicts, online dossiers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime

from fake_shelf import Shelf

from kiosk.domain.conflict import Conflict
from kiosk.domain.incoming import OnlineDossier, OnlineState
from kiosk.domain.told import ToldFile
from kiosk.errors import NotFoundError, StaleError
from kiosk.services.exchange_ports import Reply


class FakeExchange:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def keep_reply(self, reply: Reply) -> None:
        self._shelf.replies.append(reply)

    def replies(self, subject: str) -> list[Reply]:
        return [r for r in self._shelf.replies if r.subject == subject]

    def cursor(self, name: str) -> str:
        return self._shelf.cursors.get(name, "")

    def set_cursor(self, name: str, value: str) -> None:
        self._shelf.cursors[name] = value

    def upload_place(self, identity: str) -> str:
        return self._shelf.upload_places.get(identity, "")

    def keep_upload_place(self, identity: str, url: str) -> None:
        self._shelf.upload_places.pop(identity, None)
        if url:
            self._shelf.upload_places[identity] = url

    def sent_steps(self, connection: str, dossier_key: str) -> set[int]:
        return {seq for c, key, seq in self._shelf.sent_steps if c in ("", connection) and key == dossier_key}

    def mark_sent(self, connection: str, dossier_key: str, events: Collection[int], now: datetime) -> None:
        self._shelf.sent_steps |= {(connection, dossier_key, seq) for seq in events}

    def forget_sent(self, connection: str, dossier_key: str, events: Collection[int]) -> None:
        self._shelf.sent_steps -= {(c, dossier_key, seq) for c in ("", connection) for seq in events}

    def told_files(self, connection: str, dossier_key: str) -> list[ToldFile]:
        mine = (t for (c, key, _), t in self._shelf.told_files.items() if (c, key) == (connection, dossier_key))
        return sorted(mine, key=lambda told: told.file_id)

    def note_told(self, connection: str, dossier_key: str, files: Sequence[ToldFile]) -> None:
        self._shelf.told_files |= {(connection, dossier_key, file.file_id): file for file in files}

    def add_conflict(self, conflict: Conflict) -> bool:
        def said(c: Conflict) -> tuple[object, ...]:
            return c.dossier_key, c.kind, c.theirs, c.told_at

        if any(said(c) == said(conflict) for c in self._shelf.conflicts):
            return False
        self._shelf.conflicts.append(replace(conflict, id=len(self._shelf.conflicts) + 1))
        return True

    def conflicts(self, *, unseen: bool, dossier_key: str = "", limit: int = 200) -> list[Conflict]:
        mine = [c for c in self._shelf.conflicts if not dossier_key or c.dossier_key == dossier_key]
        return [c for c in mine if not unseen or c.seen_at is None][:limit]

    def note_seen(self, conflict_id: int, officer: str, now: datetime) -> None:
        if not 0 < conflict_id <= len(self._shelf.conflicts):
            raise NotFoundError(what="mục khác nhau với tỉnh", key=conflict_id)
        known = self._shelf.conflicts[conflict_id - 1]
        if known.seen_at is None:
            self._shelf.conflicts[conflict_id - 1] = replace(known, seen_at=now, seen_by=officer)


class FakeOnline:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def add(self, dossier: OnlineDossier) -> bool:
        if dossier.key in self._shelf.online:
            return False
        self._shelf.online[dossier.key] = copy(dossier)
        return True

    def save(self, dossier: OnlineDossier) -> None:
        if self._shelf.online[dossier.key].version != dossier.version:
            raise StaleError
        dossier.version += 1
        self._shelf.online[dossier.key] = copy(dossier)

    def get(self, key: str) -> OnlineDossier:
        if key not in self._shelf.online:
            raise NotFoundError(what="hồ sơ trực tuyến", key=key)
        return copy(self._shelf.online[key])

    def listed(self, states: Sequence[OnlineState], limit: int = 200) -> list[OnlineDossier]:
        mine = sorted((o for o in self._shelf.online.values() if o.state in states), key=lambda o: o.submitted_at)
        return [copy(o) for o in mine][:limit]
