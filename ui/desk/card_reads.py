"""What a card, passport or its zone means to the office: the person, and the dossiers that the office has of them."""

from __future__ import annotations

from uuid import uuid4

from kiosk.domain.life import DossierState
from kiosk.domain.person import Person
from kiosk.identity import CardKind, CardReading
from kiosk.services.ports import UnitOfWork
from kiosk.text import fold
from ui.desk.model import CardRead, Earlier
from ui.words import DOSSIER_STATES


def of_card(look: UnitOfWork, read: CardReading) -> CardRead:
    """The card's holder; what a keyboard reader spoiled is left empty to be typed, the number stays good."""
    fields = read.fields
    if not fields.id_number:
        return CardRead(_of_document(read), read.problems)
    known = look.people.by_id_number(fields.id_number) or Person(fields.id_number, "")
    person = Person(
        key=known.key,
        full_name=_name(known.full_name, read),
        id_number=fields.id_number,
        old_id_number=fields.old_id_number or known.old_id_number,
        born_on=fields.born_on or known.born_on,
        sex=fields.sex or known.sex,
        address=fields.address or known.address,
        phone=known.phone,
        email=known.email,
        source=str(read.kind),
    )
    return CardRead(person, read.problems, earlier_of(look, fields.id_number))


def _name(known: str, read: CardReading) -> str:
    """A machine-readable zone has no marks: the office's own spelling of the same name is better."""
    name = read.fields.full_name or known
    return known if read.kind is CardKind.MRZ and fold(known) == fold(name) else name


def _of_document(read: CardReading) -> Person | None:
    """Of a passport without an identity number; nobody can be found by it."""
    fields = read.fields
    if not (fields.document_number and fields.full_name):
        return None
    return Person(
        uuid4().hex,
        fields.full_name,
        born_on=fields.born_on or "",
        sex=fields.sex or "",
        source=str(read.kind),
    )


def earlier_of(look: UnitOfWork, id_number: str) -> tuple[Earlier, ...]:
    known = look.dossiers.of_person(id_number, limit=3) if id_number else []
    return tuple(
        Earlier(
            d.key,
            d.procedure_code,
            d.procedure_name,
            DOSSIER_STATES[d.state],
            d.received_at or d.created_at,
            d.state is DossierState.WAITING_SUPPLEMENT,
        )
        for d in known
    )
