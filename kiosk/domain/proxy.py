"""Who brings a dossier for its owner (người nộp hộ), in what standing, and who may take the result.

The owner and the submitter are different people; without a submitter the owner came in person.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kiosk.domain.person import Person
from kiosk.domain.procedure import Component
from kiosk.errors import RuleError

PAPER_CODE = "giay-uy-quyen"  # of the paper that a submitter brings, where the procedure names none of its own


class Standing(StrEnum):
    """AUTHORISED: by a written authority; PARENT: or guardian; RELATIVE: one whom the law needs no paper of;
    REPRESENTATIVE: of an organisation."""

    AUTHORISED = "authorised"
    PARENT = "parent"
    RELATIVE = "relative"
    REPRESENTATIVE = "representative"


STANDING_WORDS = {
    Standing.AUTHORISED: "Người được ủy quyền",
    Standing.PARENT: "Cha, mẹ, người giám hộ",
    Standing.RELATIVE: "Người thân, không cần ủy quyền",
    Standing.REPRESENTATIVE: "Người đại diện của tổ chức",
}


class StandingError(RuleError):
    """This standing is not known in this procedure's field. details: standing, field."""

    code = "dossier.standing"


class SameSubmitterError(RuleError):
    """Owner and submitter are one person: then nobody submits for anybody."""

    code = "dossier.same_submitter"


@dataclass(frozen=True)
class Proxy:
    """paper_number, paper_date: of the authority, as it says; collects: may also take the result."""

    standing: Standing
    paper_number: str = ""
    paper_date: date | None = None
    collects: bool = True

    @property
    def words(self) -> str:
        """As it stands on slips: "Người được ủy quyền, giấy số 12 ngày 20/11/2026"."""
        number = f"số {self.paper_number}" if self.paper_number else ""
        day = f"ngày {self.paper_date:%d/%m/%Y}" if self.paper_date else ""
        paper = " ".join(part for part in (number, day) if part)
        return ", giấy ".join(part for part in (STANDING_WORDS[self.standing], paper) if part)


@dataclass(frozen=True)
class StandingRule:
    """One row of the pack. fields: of procedures where it holds, () for all; paper: what must be brought, "" for
    nothing; dated: the paper's number or day is kept; instrument: where the rule stands."""

    standing: Standing
    paper: str = ""
    dated: bool = False
    fields: tuple[str, ...] = ()
    instrument: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, field_name: str, day: date) -> bool:
        in_force = (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )
        return in_force and (not self.fields or field_name in self.fields)


def rule_of(rules: tuple[StandingRule, ...], standing: Standing, field_name: str, day: date) -> StandingRule:
    """A rule for the field goes before one for all fields. Raises: StandingError."""
    mine = [r for r in rules if r.standing is standing and r.holds(field_name, day)]
    if not mine:
        raise StandingError(standing=STANDING_WORDS[standing], field=field_name)
    return max(mine, key=lambda r: bool(r.fields))


def with_proxy_paper(components: tuple[Component, ...], rule: StandingRule | None) -> tuple[Component, ...]:
    """The papers to bring when somebody submits for the owner: the procedure's own paper of authority becomes
    required; where it names none, the rule's is added at the end. rule: None while the owner comes in person."""
    if rule is None or not rule.paper:
        return components
    own = next((c for c in components if is_authority(c)), None)
    if own is None:
        return (*components, Component(PAPER_CODE, rule.paper))
    return tuple(replace(c, required=True) if c is own else c for c in components)


def is_authority(component: Component) -> bool:
    """Whether the catalogue means the paper by which somebody acts for the owner."""
    name = component.name.casefold()
    return "ủy quyền" in name or "uỷ quyền" in name


def same_person(one: Person, other: Person) -> bool:
    """By identity number; two without one are never known to be the same."""
    numbers = {one.id_number, one.old_id_number} - {""}
    return bool(numbers & {other.id_number, other.old_id_number})


def collectors(owner: Person, submitter: Person | None, proxy: Proxy | None) -> tuple[str, ...]:
    """Who may take the result: the owner always, the submitter where it was said so.

    A submitter of earlier versions, of whom no standing is known, brings an authority again.
    """
    if submitter is None or proxy is None or not proxy.collects:
        return (owner.full_name,)
    return (owner.full_name, submitter.full_name)
