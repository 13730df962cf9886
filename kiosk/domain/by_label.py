"""Serving by the number on the paper (phục vụ theo số trên phiếu) while the office's database is away.

A counter keeps what it did as entries; those from a call to its end are one visit. When the database is back, every
counter's visits of one number are laid along one line of time by `arrange`, in whatever order the counters come back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.domain.ticket import TRANSITIONS, IllegalTicketActError, Ticket, TicketAct, TicketState
from kiosk.errors import InputError, RuleError

ACTS = (TicketAct.CALL, TicketAct.RECALL, TicketAct.SERVE, TicketAct.PARK, TicketAct.MISS, TicketAct.FINISH)
ENDS = frozenset({TicketAct.PARK, TicketAct.MISS, TicketAct.FINISH})
LABEL = re.compile(r"([A-Z]{1,3})[\s.-]*0*(\d{1,5})")
PAPER = re.compile(r"\s*([A-Z]{1,3}\d{3,5}) +(\d{2})/(\d{2})/(\d{4})(?: +(.*))?", re.IGNORECASE)
KEY = re.compile(r"[0-9a-f]{32}")
# What Telex makes of a second letter: "as" -> "á", "aa" -> "â", "dd" -> "đ".
TELEX = {"\u0300": "F", "\u0301": "S", "\u0309": "R", "\u0303": "X", "\u0323": "J", "\u0306": "W", "\u031b": "W"}


class WrongLabelError(InputError):
    """What was typed or scanned is no number of a ticket, or could be several. details: text."""

    code = "ticket.label"


class WaitsForServerError(RuleError):
    """This act needs the office's database; the numbers on the papers are served without it."""

    code = "desk.waits_for_server"


@dataclass(frozen=True)
class LabelEntry:
    """One act of a counter on a number. key: ours, for applying it once; visit: key of the visit's first entry.

    ticket: the ticket's key where the desk knew it, else "".
    """

    key: str
    visit: str
    label: str
    act: TicketAct
    at: datetime
    officer: str
    station: str
    counter: str
    ticket: str = ""


@dataclass(frozen=True)
class Visit:
    """Entries of one counter on one number, from the call to the end, in the order in which they were made."""

    entries: tuple[LabelEntry, ...]

    @property
    def key(self) -> str:
        return self.entries[0].visit

    @property
    def label(self) -> str:
        return self.entries[0].label

    @property
    def counter(self) -> str:
        return self.entries[0].counter

    @property
    def ticket(self) -> str:
        return next((e.ticket for e in self.entries if e.ticket), "")

    @property
    def start(self) -> datetime:
        return min(e.at for e in self.entries)

    @property
    def begun(self) -> datetime:
        """When service began; the call, where nobody noted it."""
        return next((e.at for e in self.entries if e.act is TicketAct.SERVE), self.start)

    @property
    def end(self) -> datetime | None:
        return max(e.at for e in self.entries) if self.is_ended else None

    @property
    def is_ended(self) -> bool:
        return self.entries[-1].act in ENDS

    @property
    def is_served(self) -> bool:
        """Finished, or the citizen stands at the counter still."""
        begun = any(e.act is TicketAct.SERVE for e in self.entries)
        return self.entries[-1].act is TicketAct.FINISH or (begun and not self.is_ended)

    @property
    def goes_on(self) -> bool:
        """Begun before the database went away: the call is in the office's own log."""
        return self.entries[0].act is not TicketAct.CALL


def visits_of(entries: Iterable[LabelEntry]) -> list[Visit]:
    """By the order of their first entries."""
    of: dict[str, list[LabelEntry]] = {}
    for entry in entries:
        of.setdefault(entry.visit, []).append(entry)
    return [Visit(tuple(mine)) for mine in of.values()]


def arrange(visits: Sequence[Visit], base: Ticket) -> tuple[list[Visit], list[Visit]]:
    """(what happened to the ticket, in order; what is only kept). base: the ticket as the office's own acts left it.

    Of several services the one that began first counts. Before it, whoever set the number aside or found nobody, and
    was done with it, counts too. Nothing is taken from a counter that holds the number by the office's own acts.
    """
    line = sorted(visits, key=lambda v: (v.start, v.key))
    took: list[Visit] = []
    if base.state.is_active:
        called_at = base.last_called_at or base.issued_at
        took = [v for v in line if v.counter == base.counter and v.start >= called_at][:1]
        if not took:
            return [], line
    elif base.state not in (TicketState.WAITING, TicketState.PARKED, TicketState.NO_SHOW):
        return [], line
    free = [v for v in line if v not in took and not v.goes_on and _is_free(v, took, base)]
    winner = min((v for v in free if v.is_served), key=lambda v: (v.begun, v.key), default=None)
    for visit in free:
        before = winner is None or visit is winner or (visit.end is not None and visit.end <= winner.start)
        if before and _is_free(visit, took, base):
            took.append(visit)
    return took, [v for v in line if v not in took]


def _is_free(visit: Visit, took: Sequence[Visit], base: Ticket) -> bool:
    """Whether the number was at no counter, and not ended, when the visit began."""
    if took:
        last = took[-1]
        return last.end is not None and last.entries[-1].act is not TicketAct.FINISH and visit.start >= last.end
    return base.state is not TicketState.NO_SHOW or base.ended_at is None or visit.start >= base.ended_at


def state_after(state: TicketState, acts: Iterable[TicketAct], label: str) -> TicketState:
    """By the same table as with the database. Raises: IllegalTicketActError."""
    for act in acts:
        following = TRANSITIONS.get((state, act))
        if following is None:
            raise IllegalTicketActError(number=label, state=state.value, act=act.value)
        state = following
    return state


@dataclass(frozen=True)
class Paper:
    """What the QR code of a ticket says. ticket: its key, "" where a keyboard reader spoiled it."""

    label: str
    day: date
    ticket: str = ""


def _as_struck(text: str) -> str:
    """The keys of a number's letters, in capitals, whatever Telex has made of them; the rest as it is."""
    found = re.match(r"\D*", text)
    letters = unicodedata.normalize("NFD", found[0] if found else "").upper().replace("Đ", "DD")
    struck = re.sub(r"([A-Z])\u0302", r"\1\1", letters)
    return "".join(TELEX.get(sign, sign) for sign in struck) + text[len(found[0]) if found else 0 :]


def read_paper(text: str) -> Paper | None:
    """None when it is no ticket's code."""
    found = PAPER.fullmatch(_as_struck(text))
    if found is None:
        return None
    try:
        day = date(int(found[4]), int(found[3]), int(found[2]))
    except ValueError:
        return None
    key = (found[5] or "").strip().lower()
    return Paper(found[1].upper(), day, key if KEY.fullmatch(key) else "")


def read_label(text: str, known: Sequence[str] = ()) -> str:
    """ "a12" and "A 012" are A012, "á12" is AS012 under Telex; "12" is the one number of the known line that has it.
    Raises: WrongLabelError."""
    tidy = _as_struck(text.strip())
    if (found := LABEL.fullmatch(tidy)) is not None and int(found[2]) > 0:
        return f"{found[1]}{int(found[2]):03d}"
    if tidy.isdigit():
        same = {label for label in known if int(re.sub(r"\D", "", label) or 0) == int(tidy)}
        if len(same) == 1:
            return same.pop()
    raise WrongLabelError(text=text.strip())
