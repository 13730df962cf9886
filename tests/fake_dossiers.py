"""The dossiers of the fake office: procedures, people, drafts, slips."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date, datetime

from fake_shelf import Shelf

from kiosk.domain.dossier import Dossier
from kiosk.domain.life import ON_CLOCK, DossierState
from kiosk.domain.person import KEPT, Person
from kiosk.domain.procedure import Procedure
from kiosk.domain.progress import Progress, progress_of
from kiosk.domain.slip import Slip, SlipKind
from kiosk.errors import NotFoundError, StaleError
from kiosk.services.ports import Draft
from kiosk.text import fold


class FakeProcedures:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def add(self, procedure: Procedure) -> None:
        self._shelf.procedures[procedure.code, procedure.version] = procedure

    def get(self, code: str, version: int) -> Procedure:
        if (code, version) not in self._shelf.procedures:
            raise NotFoundError(what="thủ tục", key=code)
        return self._shelf.procedures[code, version]

    def current(self, code: str, day: date) -> Procedure | None:
        live = [p for p in self.versions(code) if p.in_force(day)]
        return live[-1] if live else None

    def all_current(self, day: date) -> list[Procedure]:
        codes = sorted({code for code, _ in self._shelf.procedures})
        return [p for code in codes if (p := self.current(code, day)) is not None]

    def versions(self, code: str) -> list[Procedure]:
        mine = [p for (c, _), p in self._shelf.procedures.items() if c == code]
        return sorted(mine, key=lambda p: p.version)

    def close(self, code: str, version: int, valid_to: date) -> None:
        self._shelf.procedures[code, version] = replace(self.get(code, version), valid_to=valid_to)


class FakePeople:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def save(self, person: Person) -> None:
        known = self._shelf.people.get(person.key)
        kept = {name: getattr(person, name) or (getattr(known, name) if known else "") for name in KEPT}
        self._shelf.people[person.key] = replace(person, **kept)

    def by_id_number(self, id_number: str) -> Person | None:
        people = list(reversed(self._shelf.people.values()))
        known = [p for p in people if id_number and id_number in (p.id_number, p.old_id_number)]
        return next(iter([p for p in people if id_number and p.linked_number == id_number] + known), None)


class FakeDossiers:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def next_serial(self, day: date, station: int) -> int:
        key = ("dossier", day, station)
        self._shelf.numbers[key] = self._shelf.numbers.get(key, 0) + 1
        return self._shelf.numbers[key]

    def add(self, dossier: Dossier) -> None:
        if dossier.draft_key and self.by_draft(dossier.draft_key) is not None:
            raise StaleError
        self._shelf.dossiers[dossier.key] = copy.deepcopy(dossier)

    def save(self, dossier: Dossier) -> None:
        if self._shelf.dossiers[dossier.key].version != dossier.version:
            raise StaleError
        dossier.version += 1
        self._shelf.dossiers[dossier.key] = copy.deepcopy(dossier)

    def get(self, key: str) -> Dossier:
        for dossier in self._shelf.dossiers.values():
            if key in (dossier.key, dossier.code, *dossier.external_codes):
                return copy.deepcopy(dossier)
        raise NotFoundError(what="hồ sơ", key=key)

    def progress(self, key: str) -> Progress | None:
        try:
            return progress_of(self.get(key))
        except NotFoundError:
            return None

    def by_draft(self, draft_key: str) -> Dossier | None:
        return next((copy.deepcopy(d) for d in self._shelf.dossiers.values() if d.draft_key == draft_key), None)

    def of_person(self, id_number: str, limit: int = 20) -> list[Dossier]:
        linked = [(p.id_number, p.linked_number) for p in self._shelf.people.values() if p.linked_number]
        numbers = {id_number, *(n for pair in linked if id_number in pair for n in pair)}

        def concerns(dossier: Dossier) -> bool:
            people = [p for p in (dossier.owner, dossier.submitter) if p is not None]
            return any({p.id_number, p.old_id_number} & numbers for p in people)

        return [d for d in self.recent(10_000) if concerns(d)][:limit]

    def of_group(self, key: str) -> list[Dossier]:
        return [copy.deepcopy(d) for d in self._shelf.dossiers.values() if key in (d.key, d.group_key)]

    def search(self, text: str, limit: int = 50) -> list[Dossier]:
        def words(d: Dossier) -> str:
            return fold(" ".join([d.key, d.code or "", d.owner.full_name, d.procedure_name, d.owner.phone]))

        return [d for d in self.recent(10_000) if all(w in words(d) for w in fold(text).split())][:limit]

    def ready(self, limit: int = 50) -> list[Dossier]:
        found = [d for d in self._shelf.dossiers.values() if d.state is DossierState.RESULT_READY]
        return copy.deepcopy(found[:limit])

    def on_clock(self, after: str, limit: int) -> list[Dossier]:
        found = [d for d in self._shelf.dossiers.values() if d.state in ON_CLOCK and d.key > after]
        return copy.deepcopy(sorted(found, key=lambda d: d.key)[:limit])

    def recent(self, limit: int = 50) -> list[Dossier]:
        return [copy.deepcopy(d) for d in reversed(self._shelf.dossiers.values())][:limit]


class FakeDrafts:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def save(self, draft: Draft) -> None:
        self._shelf.drafts[draft.key] = draft

    def get(self, key: str) -> Draft | None:
        return self._shelf.drafts.get(key)

    def of_officer(self, officer: str) -> list[Draft]:
        mine = [d for d in self._shelf.drafts.values() if d.officer == officer]
        return sorted(mine, key=lambda d: d.updated_at, reverse=True)

    def remove(self, key: str) -> None:
        self._shelf.drafts.pop(key, None)


class FakeSlips:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def next_number(self, kind: SlipKind, year: int) -> int:
        key = ("slip", kind, year)
        self._shelf.numbers[key] = self._shelf.numbers.get(key, 0) + 1
        return self._shelf.numbers[key]

    def add(self, slip: Slip) -> None:
        self._shelf.slips[slip.id] = slip

    def get(self, slip_id: str) -> Slip:
        if slip_id not in self._shelf.slips:
            raise NotFoundError(what="phiếu", key=slip_id)
        return self._shelf.slips[slip_id]

    def of_dossier(self, dossier_key: str) -> list[Slip]:
        return [s for s in self._shelf.slips.values() if s.dossier_key == dossier_key]

    def issued(self, kind: SlipKind, year: int, start: datetime, end: datetime) -> list[Slip]:
        found = [s for s in self._shelf.slips.values() if (s.kind, s.year) == (kind, year)]
        return sorted((s for s in found if start <= s.issued_at < end), key=lambda s: s.number)

    def count_print(self, slip_id: str) -> int:
        self._shelf.prints[slip_id] = self._shelf.prints.get(slip_id, 0) + 1
        return self._shelf.prints[slip_id]
