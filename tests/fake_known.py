"""What an office in memory has of a person, for the presenters' tests."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kiosk.catalogue.people_pack import load_people
from kiosk.domain.held import PeopleRules
from kiosk.domain.person import Person
from kiosk.domain.procedure import Procedure
from ui.desk.model import Known


@dataclass
class FakeKnown:
    """there: what the office answers; sheets: groups whose sheet was asked for."""

    there: Known = field(default_factory=Known)
    sheets: list[str] = field(default_factory=list)
    linked: list[Person] = field(default_factory=list)

    def rules(self) -> PeopleRules:
        return load_people()

    def known(self, person: Person, procedure: Procedure, case: str, besides: str) -> Known:
        return self.there

    def link(self, person: Person) -> Person:
        self.linked.append(person)
        self.there = replace(self.there, older=0)
        return replace(person, linked_number=person.old_id_number)

    def print_group(self, key: str) -> int:
        self.sheets.append(key)
        return 2
