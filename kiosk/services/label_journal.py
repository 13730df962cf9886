"""What a desk keeps on its own disk for when the office's database is away: acts by label, the last known line.

It is a store like the office's own, under a key of this desk: acts are lines of its log, so one is on the disk when its
function returns, and half a line cannot be. The last known line is one value that each reading replaces.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.by_label import ACTS, LabelEntry
from kiosk.domain.event import Actor, Event
from kiosk.domain.ticket import Ticket, TicketAct, TicketState
from kiosk.services.ports import UnitOfWork

SETTLED = "label.settled"
PREFIX = "label."
KINDS = (*(f"{PREFIX}{act.value}" for act in ACTS), SETTLED)
PAGE = 500


@dataclass(frozen=True)
class LastKnown:
    """The line as this desk last read it. current: what was at this counter; ordinary_calls: for the ratio rule.

    seen: keys of the entries that were made before this reading and that the office had not taken yet.
    """

    at: datetime
    current: Ticket | None = None
    waiting: tuple[Ticket, ...] = ()
    parked: tuple[Ticket, ...] = ()
    ordinary_calls: int = 0
    seen: tuple[str, ...] = ()

    @property
    def tickets(self) -> tuple[Ticket, ...]:
        return (*((self.current,) if self.current else ()), *self.waiting, *self.parked)


def note(local: UnitOfWork, entry: LabelEntry) -> None:
    """On this machine's disk when it returns; the same entry again changes nothing."""
    with local:
        if local.events.by_command(entry.key) is not None:
            return
        actor = Actor(entry.officer, entry.station, entry.counter)
        data = {"visit": entry.visit, "ticket": entry.ticket}
        local.events.append(Event(f"{PREFIX}{entry.act.value}", entry.label, entry.at, actor, data, entry.key))
        local.commit()


def unsettled(local: UnitOfWork, counter: str) -> list[LabelEntry]:
    """What the office has not taken yet, in the order in which it was done."""
    with local:
        return _unsettled(local, counter)


def settle(local: UnitOfWork, counter: str, entries: Sequence[LabelEntry], how: str, now: datetime) -> None:
    """The office has these; they are never given to it again."""
    first = entries[0]
    with local:
        data = {"keys": [e.key for e in entries], "how": how}
        local.events.append(Event(SETTLED, first.label, now, Actor(first.officer, first.station, counter), data))
        if not _unsettled(local, counter):
            local.exchange.set_cursor(_from(counter), str(local.events.last_seq()))
        local.commit()


def _unsettled(local: UnitOfWork, counter: str) -> list[LabelEntry]:
    waiting: dict[str, LabelEntry] = {}
    last = int(local.exchange.cursor(_from(counter)) or 0)
    while lines := local.events.after(last, PAGE, KINDS):
        for line in lines:
            if line.kind == SETTLED:
                for key in line.data["keys"]:
                    waiting.pop(key, None)
            elif line.actor.counter == counter:
                waiting[str(line.command)] = _entry(line)
        last = lines[-1].seq
    return list(waiting.values())


def keep_line(local: UnitOfWork, counter: str, known: LastKnown) -> None:
    plain = {
        "at": known.at.isoformat(),
        "current": _plain(known.current) if known.current else None,
        "waiting": [_plain(t) for t in known.waiting],
        "parked": [_plain(t) for t in known.parked],
        "ordinary_calls": known.ordinary_calls,
        "seen": list(known.seen),
    }
    with local:
        local.exchange.set_cursor(_line(counter), json.dumps(plain, ensure_ascii=False))
        local.commit()


def last_line(local: UnitOfWork, counter: str) -> LastKnown | None:
    """None before the first reading."""
    with local:
        text = local.exchange.cursor(_line(counter))
    if not text:
        return None
    plain = json.loads(text)
    return LastKnown(
        _at(plain["at"]),
        _ticket(plain["current"]) if plain["current"] else None,
        tuple(map(_ticket, plain["waiting"])),
        tuple(map(_ticket, plain["parked"])),
        int(plain["ordinary_calls"]),
        tuple(plain["seen"]),
    )


def _from(counter: str) -> str:
    return f"label/{counter}/from"


def _line(counter: str) -> str:
    return f"label/{counter}/line"


def _entry(line: Event) -> LabelEntry:
    act = TicketAct(line.kind.removeprefix(PREFIX))
    who, data = line.actor, line.data
    at = line.at.astimezone(OFFICE_ZONE)
    return LabelEntry(
        str(line.command), data["visit"], line.subject, act, at, who.officer, who.station, who.counter or "",
        data["ticket"],
    )  # fmt: skip


_TIMES = ("issued_at", "effective_at", "line_at", "first_called_at", "last_called_at", "serving_at")
_DAYS = ("business_day", "serve_day")
_WORDS = (
    *("key", "label", "series", "n", "epoch", "group", "priority", "touch", "counter", "officer", "calls", "rank"),
    *("for_counter", "dossiers", "returns"),
)


def _plain(ticket: Ticket) -> dict[str, Any]:
    """What the order of calls and the counter's screen need of a ticket; it holds no person."""
    times = {name: at.isoformat() for name in (*_TIMES, *_DAYS) if (at := getattr(ticket, name)) is not None}
    return {name: getattr(ticket, name) for name in _WORDS} | times | {"state": ticket.state.value}


def _ticket(plain: dict[str, Any]) -> Ticket:
    days = {name: date.fromisoformat(plain[name]) for name in _DAYS}
    times = {name: _at(plain[name]) for name in _TIMES if name in plain}
    return Ticket(**{name: plain[name] for name in _WORDS} | days | times | {"state": TicketState(plain["state"])})


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(OFFICE_ZONE)
