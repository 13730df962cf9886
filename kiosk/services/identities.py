"""One person under two numbers: the card tells the old one (9 digits), an officer confirms that it is the same person.

A card's code is unsigned, so it never joins dossiers by itself.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kiosk.domain.dossier import Dossier
from kiosk.domain.event import Actor, Event
from kiosk.domain.person import Person
from kiosk.services.ports import UnitOfWork

LINKED = "person.linked"


def older_dossiers(look: UnitOfWork, person: Person) -> list[Dossier]:
    """Dossiers that only the old number names, and that nobody has confirmed to be this person's. Inside a `with`."""
    old = person.old_id_number
    if not old or not person.id_number or old in (person.id_number, person.linked_number):
        return []
    known = {d.key for d in look.dossiers.of_person(person.id_number)}
    return [d for d in look.dossiers.of_person(old) if d.owner.id_number == old and d.key not in known]


def link_old_number(uow: UnitOfWork, person: Person, *, actor: Actor, now: datetime) -> Person:
    """From now on the dossiers under the old number are this person's too; the log keeps which, not the numbers."""
    with uow:
        uow.lock()
        dossiers = older_dossiers(uow, person)
        linked = replace(person, linked_number=person.old_id_number)
        uow.people.save(linked)
        for dossier in dossiers:
            uow.events.append(Event(LINKED, dossier.key, now, actor, {"dossiers": [d.key for d in dossiers]}))
        uow.commit()
    return linked
