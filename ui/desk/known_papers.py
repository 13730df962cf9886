"""What the office has of a person for a procedure: papers to use again, dossiers that this one may repeat. No Qt."""

from __future__ import annotations

from datetime import date

from kiosk.domain.dossier import Dossier
from kiosk.domain.held import PeopleRules
from kiosk.domain.life import CLOSED_STATES
from kiosk.domain.person import Person
from kiosk.domain.procedure import Procedure
from kiosk.domain.proxy import same_person
from kiosk.errors import NotFoundError
from kiosk.services.identities import older_dossiers
from kiosk.services.intake_papers import held_papers
from kiosk.services.ports import UnitOfWork
from ui.desk.model import Known, Same
from ui.words import DOSSIER_STATES

SHOWN = 3


def known_of(
    look: UnitOfWork, rules: PeopleRules, person: Person, procedure: Procedure, case: str, besides: str, day: date
) -> Known:
    """besides: draft key of the intake itself. Inside a `with`."""
    itself = look.dossiers.by_draft(besides)
    own = itself.key if itself is not None else ""
    held = held_papers(look, rules, person, procedure.papers(case), day, own)
    number = person.id_number or person.old_id_number
    theirs = look.dossiers.of_person(number) if number else []
    again = [
        d
        for d in theirs
        if d.procedure_code == procedure.code
        and d.state not in CLOSED_STATES
        and d.draft_key != besides
        and same_person(d.owner, person)
    ]
    same = [Same(d.key, _words(d)) for d in again]
    named = {one.key for one in same} | {own}
    same += [
        Same(d.key, f"cùng tệp giấy tờ với {_words(d)}") for d in _with_same_files(look, besides) if d.key not in named
    ]
    return Known(held, tuple(same[:SHOWN]), len(older_dossiers(look, person)))


def _with_same_files(look: UnitOfWork, owner: str) -> list[Dossier]:
    """Drafts that hold the same file are nobody's dossier yet."""
    found: dict[str, Dossier] = {}
    for key, _file in look.papers.same_files(owner):
        if key not in found:
            try:
                found[key] = look.dossiers.get(key)
            except NotFoundError:
                continue
    return list(found.values())[:SHOWN]


def _words(dossier: Dossier) -> str:
    at = dossier.received_at or dossier.created_at
    day = f" ngày {at:%d/%m/%Y}" if at else ""
    return f"hồ sơ {dossier.key} ({dossier.procedure_name}{day}, {DOSSIER_STATES[dossier.state]})"
