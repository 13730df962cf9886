"""What the panel of one dossier shows, as plain data, and what it needs of the office. No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.domain.receiver import Proof


@dataclass(frozen=True)
class Fact:
    """One line of a section. tone: "" or a colour of the theme's tones."""

    name: str
    words: str
    tone: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Ask:
    """One field of an act's form. value: proposed; choices: words that a number key puts into the field; hint: shown
    while it is empty; is_file: a path, chosen with Ctrl+O; needed: the form does not go without it."""

    name: str
    words: str
    value: str = ""
    choices: tuple[str, ...] = ()
    hint: str = ""
    is_file: bool = False
    needed: bool = True


@dataclass(frozen=True)
class Offer:
    """An act of the registry as it stands for this dossier, this officer, now. why_not: "" when it may be done."""

    id: str
    key: str
    words: str
    why_not: str = ""


@dataclass(frozen=True)
class Form:
    """What one act asks before it is done. told: text to read or to send, such as the notice to the citizen."""

    act: str
    title: str
    asks: tuple[Ask, ...]
    told: str = ""


@dataclass(frozen=True)
class HandOver:
    """A result that can be given now. result: in words; originals: names of what must go back with it; asks: what has
    to be written even when a card proves who takes it, such as why there is no electronic copy."""

    result: str
    originals: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()


@dataclass(frozen=True)
class Line:
    """A line of the history."""

    at: str
    words: str
    who: str


@dataclass(frozen=True)
class Sheet:
    """One dossier as the panel shows it. left: how much of the term is left, in words; alarms: in red, above all;
    code: the province's, "" while it has none."""

    key: str
    title: str
    people: str
    state: Fact
    due: str
    due_why: str
    left: Fact | None
    alarms: tuple[str, ...]
    sections: tuple[Section, ...]
    history: tuple[Line, ...]
    offers: tuple[Offer, ...]
    hand_over: HandOver | None = None
    code: str = ""


@dataclass(frozen=True)
class Taker:
    """Whose card was read while a result lies ready. proof: None for somebody who may not take it."""

    name: str
    proof: Proof | None


class Found(StrEnum):
    """What a scanned text leads to. OPEN: a dossier's panel; SUPPLEMENT: a dossier that the intake goes on with; CARD:
    somebody's card; NOTHING: neither of them."""

    OPEN = "open"
    SUPPLEMENT = "supplement"
    CARD = "card"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Scan:
    """key: of the dossier; taker: for a card, None for an identity number alone, which anybody can type."""

    found: Found
    key: str = ""
    taker: Taker | None = None


@dataclass(frozen=True)
class Listed:
    """A dossier of the list. since: since when its result waits, "" without one; told: whether the citizen knows."""

    key: str
    who: str
    what: str
    since: str
    state: str
    tone: str


class DossierOffice(Protocol):
    """Off the UI thread. Raises: KioskError."""

    def sheet(self, key: str) -> Sheet:
        """key: ours, the official one, or an external one."""

    def form(self, act: str, key: str) -> Form:
        """What the act asks; without fields it is done at once. Raises: as the act, when it may not be done now."""

    def do(self, act: str, key: str, given: Mapping[str, str]) -> str:
        """Do it; returns what to tell the officer. given: by name of the fields."""

    def give(self, key: str, taker: Taker, given: Mapping[str, str]) -> str:
        """Hand the result over to who showed a card; returns what to tell the officer. given: what `HandOver` asks."""

    def scan(self, payload: str, key: str) -> Scan:
        """What a scanned text means while a dossier is open. key: of the open one, "" for none."""

    def listed(self, text: str, *, untold: bool) -> Sequence[Listed]:
        """Without a text the results that wait to be handed over, the oldest first; else what the words, codes, or the
        number of a card find. untold: only those whose citizen was not told yet."""
