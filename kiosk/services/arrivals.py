"""What the province decided, as it comes back here: by polling or by push, once or several times.

The server's word wins on status, the office's on what it received; where the two contradict each other an officer is
told (`kiosk.domain.conflict`) and nothing is overwritten.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.domain.conflict import Conflict, ConflictKind
from kiosk.domain.dossier import Dossier
from kiosk.domain.event import Actor, Event
from kiosk.errors import NotFoundError
from kiosk.services.exchange_ports import Reply
from kiosk.services.ports import UnitOfWork, Units
from kiosk.text import nfc

STATUS = "province.status"
UNREAD_KEPT = 20_000


@dataclass(frozen=True)
class Change:
    """One piece of news from the province. code: the one we sent; official: its own, once given.

    owner: whose dossier it is there, "" where it does not say. agrees: kinds of our own events that say the same;
    empty where nothing can contradict.
    """

    code: str
    state: str
    at: datetime
    official: str = ""
    note: str = ""
    owner: str = ""
    agrees: frozenset[str] = frozenset()


Arrival = Callable[[UnitOfWork], bool]


def apply_changes(
    units: Units, feed: str, changes: Sequence[Change], cursor: str, *, actor: Actor, now: datetime
) -> int:
    """Apply statuses and move the cursor, in one transaction; returns how many changed something.

    News of a dossier that this office does not know is kept as an event, not dropped.
    """
    return apply_news(units, feed, [of_change(change, actor, now) for change in changes], cursor)


def apply_news(units: Units, feed: str, news: Sequence[Arrival], cursor: str | None) -> int:
    """Everything of one answer and the place reached in the feed, in one transaction: neither is ever ahead of the
    other. cursor: None for what was pushed, which has no place. Returns how many changed something."""
    with units() as uow:
        uow.lock()
        applied = sum(arrival(uow) for arrival in news)
        if cursor is not None:
            uow.exchange.set_cursor(feed, cursor)
        uow.commit()
    return applied


def of_change(change: Change, actor: Actor, now: datetime) -> Arrival:
    return lambda uow: _apply(uow, change, actor, now)


def of_unread(item: Mapping[str, str], now: datetime) -> Arrival:
    """What nobody here can read is kept as it came, under its code, and changes nothing."""

    def keep(uow: UnitOfWork) -> bool:
        body = json.dumps(dict(item), ensure_ascii=False)[:UNREAD_KEPT]
        code = str(item.get("MaHoSo", ""))
        if all(reply.body != body for reply in uow.exchange.replies(code)):
            uow.exchange.keep_reply(Reply(0, code, now, "news", "unread", body))
        return False

    return keep


def _apply(uow: UnitOfWork, change: Change, actor: Actor, now: datetime) -> bool:
    data = {"code": change.code, "state": change.state, "at": change.at.isoformat()}  # a note may name people
    try:
        dossier = uow.dossiers.get(change.code)
    except NotFoundError:
        uow.events.append(Event("province.unknown", change.code, now, actor, data))
        return False
    events = uow.events.of(dossier.key)
    told = _contradictions(dossier, change, events, actor.station, now)
    official = change.official or dossier.code
    if official != dossier.code and _is_of_another(uow, official, dossier):
        # One bad entry must not stop all news after it, and a code is never taken from the dossier that has it.
        said = {**data, "official": official}
        if not any(e.kind == "province.code_taken" and dict(e.data) == said for e in events):
            uow.events.append(Event("province.code_taken", dossier.key, now, actor, said))
        theirs, ours = f"mã {official}", f"mã này là của hồ sơ {uow.dossiers.get(str(official)).key}"
        told.append(_conflict(dossier, actor.station, ConflictKind.CODE, (theirs, ours), change.at, now))
        official = dossier.code
    news = [uow.exchange.add_conflict(conflict) for conflict in told]
    return _keep(uow, dossier, change, official, events, actor, now, data) or any(news)


def _keep(
    uow: UnitOfWork,
    dossier: Dossier,
    change: Change,
    official: str | None,
    events: Sequence[Event],
    actor: Actor,
    now: datetime,
    data: dict[str, Any],
) -> bool:
    """The new status and code; a word that came before or that a later one has overtaken sets nothing back."""
    before = [(str(e.data.get("at")), e.data.get("state")) for e in events if e.kind == STATUS]
    is_late = any(_is_later(at, change.at) for at, _state in before)
    state = dossier.province_state if is_late else change.state
    if dossier.province_state == state and dossier.code == official:
        return False
    if (change.at.isoformat(), change.state) in before and dossier.code == official:
        return False
    if official != dossier.code and dossier.code and dossier.code not in dossier.external_codes:
        dossier.external_codes.append(dossier.code)  # it finds the dossier for ever
    dossier.province_state, dossier.code = state, official
    uow.dossiers.save(dossier)
    uow.events.append(Event(STATUS, dossier.key, now, actor, {**data, "official": change.official}))
    return True


def _is_later(at: str, than: datetime) -> bool:
    try:
        return datetime.fromisoformat(at) > than
    except ValueError:
        return False


def _contradictions(
    dossier: Dossier, change: Change, events: Sequence[Event], connection: str, now: datetime
) -> list[Conflict]:
    found = []
    if change.agrees and not any(event.kind in change.agrees for event in events):
        words = (change.state, dossier.state.value)
        found.append(_conflict(dossier, connection, ConflictKind.STATUS, words, change.at, now))
    if change.owner and _plain(change.owner) != _plain(dossier.owner.full_name):
        names = (change.owner, dossier.owner.full_name)
        found.append(_conflict(dossier, connection, ConflictKind.OWNER, names, change.at, now))
    return found


def _conflict(
    dossier: Dossier, connection: str, kind: ConflictKind, words: tuple[str, str], told_at: datetime, now: datetime
) -> Conflict:
    return Conflict(dossier.key, connection, kind, *words, told_at, now)


def _plain(name: str) -> str:
    return " ".join(nfc(name).casefold().split())


def _is_of_another(uow: UnitOfWork, code: str | None, dossier: Dossier) -> bool:
    try:
        return code is not None and uow.dossiers.get(code).key != dossier.key
    except NotFoundError:
        return False
