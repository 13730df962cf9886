"""Papers that the office already holds (giấy tờ đã có): what may be used again instead of being asked for.

Source: docs/legal.md#held-papers (no paper is asked for that the office holds or a database gives).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.domain.procedure import Component, ComponentKind
from kiosk.domain.proxy import StandingRule
from kiosk.errors import RuleError
from kiosk.text import fold


class HeldPaperError(RuleError):
    """A paper was asked for that the office holds or a database gives, and nobody said why. details: papers."""

    code = "dossier.held_paper"


class NotHeldError(RuleError):
    """The office does not hold this paper, or it is no longer valid. details: papers."""

    code = "dossier.not_held"


@dataclass(frozen=True)
class PaperKind:
    """One row of the pack. names: how a component that asks for it begins, without marks; results: codes of results
    (KQ.…) that are such a paper; months: how long it may be used again, None for ever."""

    code: str
    name: str
    names: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    months: int | None = None
    source: str = ""

    def asked_by(self, component: Component) -> bool:
        if component.replaced_by and component.replaced_by in self.results:
            return True
        name = fold(component.name)
        return any(name.startswith((n, f"ban sao {n}", f"ban chinh {n}")) for n in self.names)


@dataclass(frozen=True)
class PeopleRules:
    """The pack `people.toml`: who may submit for whom, and which papers may be used again."""

    standings: tuple[StandingRule, ...] = ()
    kinds: tuple[PaperKind, ...] = ()

    def kind_of(self, component: Component) -> PaperKind | None:
        """A paper that is only shown is given back at once, so the office never holds it."""
        if component.kind is not ComponentKind.SUBMIT:
            return None
        return next((kind for kind in self.kinds if kind.asked_by(component)), None)

    def kind_of_result(self, codes: Iterable[str]) -> PaperKind | None:
        wanted = set(codes)
        return next((kind for kind in self.kinds if wanted & set(kind.results)), None)


@dataclass(frozen=True)
class HeldPaper:
    """One paper that the office has of a person. dossier: where it came in or was made; component: its code there, ""
    for the result; since: when; until: last day on which it may be used again, None for ever; file_id: in the vault;
    number: of a result; kind: code of `PaperKind`."""

    dossier: str
    component: str
    name: str
    since: datetime
    kind: str
    file_id: str
    until: date | None = None
    number: str = ""

    @property
    def words(self) -> str:
        """On slips: "Đã có tại hồ sơ 261123100015 ngày 23/11/2026"."""
        made = f"số {self.number}, " if self.number else ""
        return f"Đã có: {made}hồ sơ {self.dossier} ngày {self.since:%d/%m/%Y}"


def valid_until(since: date, months: int | None) -> date | None:
    """The last day. The same day so many months later; the month's last where it has no such day."""
    if months is None:
        return None
    year, month = divmod(since.month - 1 + months, 12)
    for day in (since.day, 30, 29, 28):
        try:
            return date(since.year + year, month + 1, day)
        except ValueError:
            continue
    raise ValueError(since)


def newest_first(papers: Sequence[HeldPaper]) -> list[HeldPaper]:
    """A result of the office before a paper that somebody brought, then the newest."""
    return sorted(papers, key=lambda p: (bool(p.component), -p.since.timestamp()))
