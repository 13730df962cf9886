"""The office of `motcua bench desk`: years of dossiers, results that wait, and papers that are read beside the desk."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from kiosk.clock import OFFICE_ZONE, office_now
from kiosk.domain.dossier import Dossier, PaperState, ResultRecord, dossier_key
from kiosk.domain.event import Actor
from kiosk.domain.job import JobState, Wing
from kiosk.domain.life import DossierState
from kiosk.domain.person import Person
from kiosk.domain.tracks import HandOverState
from kiosk.errors import NotFoundError
from kiosk.services import handover
from kiosk.services.digitisation import FROM_THE_ARCHIVE, keep_page
from kiosk.services.reception import Intake, PaperMark, receive_dossier
from kiosk.storage.engine import writing
from kiosk.storage.models import DossierCodeRow, DossierPersonRow, DossierRow, PersonRow, table_of
from kiosk.storage.rows import values_of
from kiosk.storage.search import SearchIndex, words_of
from ui.app import OpenedOffice
from ui.demo.people import FAMILY, GIVEN, MIDDLE, VILLAGES
from ui.demo.sample_papers import BODY

D, P = table_of(DossierRow), table_of(PersonRow)
CODES, NUMBERS = table_of(DossierCodeRow), table_of(DossierPersonRow)
BIRTH = "1.001193"  # four papers
OFFICER = Actor("lan", "ban-1", "1")
SEED, BATCH, A_DAY = 20261122, 1000, 150
EACH, OPEN_SHARE = 3, 100  # dossiers of one citizen; one in so many is still being solved
FIRST_DAY = date(2022, 1, 3)
STRANGERS = 500_000  # from this number on nobody is in the store
WORDS = " ".join(BODY)  # of a dossier's scanned papers, in the index


@dataclass
class Town:
    """Who lives there: `n` is the same person at any time. known: how many of them the store knows."""

    known: int
    _chance: random.Random = field(default_factory=lambda: random.Random(SEED))
    _strangers: int = 0

    def person(self, n: int) -> Person:
        chance = random.Random(SEED + n)
        sex = chance.choice(("Nam", "Nữ"))
        name = f"{chance.choice(FAMILY)} {chance.choice(MIDDLE[sex])} {chance.choice(GIVEN[sex])}"
        year = chance.randint(50, 99)
        number = f"004{'0' if sex == 'Nam' else '1'}{year}{n:06d}"
        born = f"19{year}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        return Person(number, name, number, "", born, sex, f"{chance.choice(VILLAGES)}, Xã Mẫu", f"09{n:08d}")

    def returning(self) -> Person:
        return self.person(self._chance.randrange(self.known))

    def newcomer(self) -> Person:
        self._strangers += 1
        return self.person(STRANGERS + self._strangers)


def card_of(person: Person) -> str:
    """The payload of a citizen's card."""
    born = "".join(reversed(person.born_on.split("-")))
    return f"{person.id_number}||{person.full_name}|{born}|{person.sex}|{person.address}|15042022"


def fill(office: OpenedOffice, dossiers: int) -> Town:
    """Dossiers as they stand after years, with their people and all that finds them.

    Copies of one that was really received; one after the other they would take an hour. Their events and files are
    not made: no screen reads through either.
    """
    town = Town(max(dossiers // EACH, 1))
    pattern, chance = received(office, town.newcomer()), random.Random(SEED)
    sessions = writing(office.store.engine)
    for at in range(0, town.known, BATCH):
        people = [town.person(n) for n in range(at, min(at + BATCH, town.known))]
        with sessions.begin() as session:
            session.execute(insert(P), [values_of(p) | {"saved_at": office_now()} for p in people])
    for at in range(0, dossiers, BATCH):
        made = [_dossier(pattern, town, n, chance) for n in range(at, min(at + BATCH, dossiers))]
        with sessions.begin() as session:
            _add(session, made)
    return town


def _dossier(pattern: Dossier, town: Town, n: int, chance: random.Random) -> Dossier:
    day = FIRST_DAY + timedelta(days=n // A_DAY)
    at = datetime.combine(day, time(8), OFFICE_ZONE) + timedelta(minutes=2 * (n % A_DAY))
    is_open = chance.randrange(OPEN_SHARE) == 0
    due = office_now() + timedelta(days=9) if is_open else at + timedelta(days=3)
    copy = replace(
        pattern,
        key=dossier_key(f"{day:%y%m%d}", 2, n % A_DAY + 1),
        code=f"000.00.01.H26-{day:%y%m%d}-{n:06d}",
        owner=town.person(n // EACH % town.known),
        state=DossierState.PROCESSING,
        draft_key="",
        created_at=at,
        received_at=at,
        due_at=due,
        original_due_at=due,
    )
    if is_open:
        return copy
    return replace(copy, state=DossierState.RETURNED, returned_at=due, handed=HandOverState.HANDED_OVER)


def _add(session: Session, made: Sequence[Dossier]) -> None:
    rows = [values_of(dossier) | {"words": words_of(dossier)} for dossier in made]
    wanted = insert(D).returning(D.c.id, sort_by_parameter_order=True)
    ids = session.execute(wanted, rows).scalars().all()
    found_by = [(n, d.owner.id_number, d.code) for n, d in zip(ids, made, strict=True)]
    session.execute(insert(NUMBERS), [{"id_number": number, "dossier_id": n} for n, number, _code in found_by])
    session.execute(insert(CODES), [{"code": code, "dossier_id": n} for n, _number, code in found_by])
    index = SearchIndex(session)
    for n, row in zip(ids, rows, strict=True):
        index.put(n, row["words"], [WORDS])


def received(office: OpenedOffice, owner: Person) -> Dossier:
    """Really received, with originals of all papers. Raises: NotFoundError when the catalogue has no such procedure."""
    now = office_now()
    with office.reads() as look:
        procedure = look.procedures.current(BIRTH, now.date())
    if procedure is None:
        raise NotFoundError(what="thủ tục", key=BIRTH)
    papers = {c.code: PaperMark(PaperState.ORIGINAL, asked="Bản mới") for c in procedure.components}
    intake = Intake(f"bench-{owner.id_number}", BIRTH, owner, papers, case=procedure.options[0].case)
    return receive_dossier(office.units(), office.desk, intake, actor=OFFICER, now=now).dossier


def with_result(office: OpenedOffice, owner: Person) -> str:
    """The key of a dossier whose result, with its electronic copy, waits for its citizen."""
    key, now = received(office, owner).key, office_now()
    file = office.vault.put(b"%PDF-1.7 result", "application/pdf")
    handover.record_result(office.units(), key, ResultRecord("12/TLKT", now), actor=OFFICER, now=now, file=file)
    return key


@dataclass
class Archive:
    """Pages of old papers for the reading worker. scans: JPEG; ahead: how many wait, so that it never runs dry."""

    office: OpenedOffice
    scans: Sequence[bytes]
    ahead: int = 12
    _kept: int = 0

    def top_up(self) -> None:
        with self.office.reads() as look:
            waiting = look.jobs.counts(Wing.DIGITISE)[JobState.WAITING]
        for _page in range(self.ahead - waiting):
            content, owner = self.scans[self._kept % len(self.scans)], f"kho-{self._kept}"
            kept = (self.office.units, self.office.vault, owner, content, "image/jpeg")
            keep_page(*kept, source="bench", actor=OFFICER, now=office_now(), priority=FROM_THE_ARCHIVE)
            self._kept += 1

    def read(self) -> int:
        """Pages read so far, of the archive and of the desk."""
        with self.office.reads() as look:
            return look.jobs.counts(Wing.DIGITISE)[JobState.DONE]
