"""The intake of a desk whose database is on another machine: what is typed stays on this one while that is away.

Receiving waits for the server, and says so; a receipt exists only with its dossier.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from kiosk.clock import business_day
from kiosk.domain.by_label import WaitsForServerError
from kiosk.domain.person import Person
from kiosk.domain.procedure import Procedure
from kiosk.errors import KioskError
from kiosk.services import reception
from kiosk.services.ports import UnitOfWork, Units
from kiosk.services.reception import Intake
from ui.desk.drafts import draft_of, state_of
from ui.desk.model import CardRead, DraftState, Known, Saved
from ui.desk.office import LiveIntake
from ui.desk.switched import OFFLINE

T = TypeVar("T")


class ReceivingWaitsError(KioskError):
    """Nothing was received; what was typed is on the screen and on this machine's disk."""

    code = "desk.receiving_waits"


@dataclass
class KeptIntake(LiveIntake):
    """local: this machine's own store."""

    local: Units | None = None

    def procedures(self) -> Sequence[Procedure]:
        """None while the database is away; they are read again when it is back."""
        return self._or(super().procedures, lambda: ())

    def read_card(self, payload: str) -> CardRead:
        return self._or(lambda: super(KeptIntake, self).read_card(payload), lambda: _card_alone(payload))

    def known(self, person: Person, procedure: Procedure, case: str, besides: str) -> Known:
        """Nothing while the database is away; the office looks again when the dossier is received."""
        return self._or(lambda: super(KeptIntake, self).known(person, procedure, case, besides), Known)

    def save_draft(self, draft: DraftState) -> None:
        self._or(lambda: super(KeptIntake, self).save_draft(draft), lambda: self._keep_here(draft))

    def last_draft(self) -> DraftState | None:
        return self._or(super().last_draft, self._last_here)

    def scan(self, draft_key: str) -> int:
        self._ask_server()  # before any sheet goes through the scanner
        return super().scan(draft_key)

    def scan_other(self, draft_key: str) -> int:
        self._ask_server()
        return super().scan_other(draft_key)

    def import_files(self, draft_key: str, paths: Sequence[Path]) -> int:
        self._ask_server()
        return super().import_files(draft_key, paths)

    def receive(self, intake: Intake) -> Saved:
        return self._or_wait(lambda: super(KeptIntake, self).receive(_with_true_ticket(intake)))

    def solve(self, intake: Intake, number: str, to: str) -> Saved:
        return self._or_wait(lambda: super(KeptIntake, self).solve(_with_true_ticket(intake), number, to))

    def supplement(self, intake: Intake, reason: str) -> Saved:
        return self._or_wait(lambda: super(KeptIntake, self).supplement(_with_true_ticket(intake), reason))

    def refuse(self, intake: Intake, reason: str) -> Saved:
        return self._or_wait(lambda: super(KeptIntake, self).refuse(_with_true_ticket(intake), reason))

    def hand_over_drafts(self) -> None:
        """The database is back: what was kept here goes there, unless it has something newer."""
        with self._own() as own:
            drafts = own.drafts.of_officer(self.actor.officer)
        for draft in drafts:
            with self.office.reads() as look:
                there = look.drafts.get(draft.key)
                received = look.dossiers.by_draft(draft.key) is not None
            if not received and (there is None or there.updated_at < draft.updated_at):
                reception.save_draft(self.office.units(), draft)
            with self._own() as own:
                own.drafts.remove(draft.key)
                own.commit()

    def _keep_here(self, draft: DraftState) -> None:
        with self._own() as own:
            own.drafts.save(draft_of(draft, self.actor.officer, self.counter, self.clock()))
            own.commit()

    def _last_here(self) -> DraftState | None:
        with self._own() as own:
            drafts = own.drafts.of_officer(self.actor.officer)
        today = business_day(self.clock())
        mine = [d for d in drafts if d.counter == self.counter and business_day(d.updated_at) == today]
        return state_of(mine[0]) if mine else None

    def _own(self) -> UnitOfWork:
        assert self.local is not None, "made for a desk with a store of its own"
        return self.local()

    def _ask_server(self) -> None:
        """Raises: WaitsForServerError."""
        try:
            with self.office.reads() as look:
                look.events.last_seq()
        except KioskError as error:
            raise (WaitsForServerError() if error.code == OFFLINE else error) from error

    def _or(self, work: Callable[[], T], instead: Callable[[], T]) -> T:
        try:
            return work()
        except KioskError as error:
            if error.code != OFFLINE:
                raise
            return instead()

    def _or_wait(self, work: Callable[[], T]) -> T:
        """Raises: ReceivingWaitsError."""
        try:
            return work()
        except KioskError as error:
            raise (ReceivingWaitsError() if error.code == OFFLINE else error) from error


def _with_true_ticket(intake: Intake) -> Intake:
    """A number that the office does not know yet has no key to name it by."""
    named = intake.ticket_key is not None and intake.ticket_key.startswith("label:")
    return replace(intake, ticket_key=None) if named else intake


def _card_alone(payload: str) -> CardRead:
    """What the card itself says; who it is to the office is asked when the office is there."""
    from kiosk.identity import read_payload

    text = payload.strip()
    if text.isdigit() and len(text) in (9, 12):
        return CardRead(Person(text, "", text))
    read = read_payload(text)
    said = read.fields
    if not said.id_number:
        return CardRead(None, read.problems)
    person = Person(
        key=said.id_number,
        full_name=said.full_name or "",
        id_number=said.id_number,
        old_id_number=said.old_id_number or "",
        born_on=said.born_on or "",
        sex=said.sex or "",
        address=said.address or "",
        source=str(read.kind),
    )
    return CardRead(person, read.problems)
