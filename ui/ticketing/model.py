"""What the kiosk shows, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.ticket import PrintState


@dataclass(frozen=True)
class Tile:
    """One line of people, as offered. waiting: people in it now; None while unknown; full: no numbers left today; wait:
    minutes that a number taken now would wait, None while that is not known."""

    code: str
    name: str
    icon: str
    series: str
    waiting: int | None = None
    name_en: str = ""
    full: bool = False
    wait: tuple[int, int] | None = None


@dataclass(frozen=True)
class PriorityTile:
    """short: for narrow keys, "" for the name."""

    code: str
    name: str
    icon: str
    name_en: str = ""
    short: str = ""
    short_en: str = ""


@dataclass(frozen=True)
class Issued:
    """A number that was given. key: the ticket's, to ask what became of its paper.

    ahead: people before it, None while the office does not answer; then many_at says how many waited when it last did.
    wait_minutes: the range told, None while too little is known; back_at: when to be back from a very long wait.
    """

    key: str
    label: str
    group: str
    priority: str
    ahead: int | None
    paper: PrintState = PrintState.PENDING
    group_en: str = ""
    priority_en: str = ""
    wait_minutes: tuple[int, int] | None = None
    back_at: datetime | None = None
    many_at: tuple[int, datetime] | None = None


@dataclass(frozen=True)
class Stopped:
    """Why a kiosk gives no numbers: a value of `kiosk.domain.membership.Stop`; letters: spare ones to choose from."""

    why: str
    letters: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProcedureLine:
    code: str
    name: str


@dataclass(frozen=True)
class PaperToBring:
    name: str
    originals: int
    copies: int


@dataclass(frozen=True)
class Checklist:
    """special: papers of special cases exist beside these."""

    procedure: str
    papers: tuple[PaperToBring, ...]
    special: bool = False
