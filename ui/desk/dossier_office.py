"""The door of the dossier panel to the office: reads one dossier whole, does an act of the registry, reads a scan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kiosk.clock import OFFICE_ZONE, Clock, office_now
from kiosk.domain.dossier import Dossier
from kiosk.domain.event import Actor
from kiosk.domain.life import DossierState
from kiosk.domain.person import Person
from kiosk.domain.receiver import Proof, proof_of
from kiosk.errors import NotFoundError
from kiosk.identity import read_payload
from kiosk.services import handover
from kiosk.services.lookup import NoReceiptCodeError, receipt_code
from kiosk.services.ports import UnitOfWork
from kiosk.services.reception import Desk
from kiosk.services.touchless import CodeKind, kind_of
from ui.app import OpenedOffice
from ui.desk.actions import DOSSIER_KEYS
from ui.desk.card_reads import of_card
from ui.desk.dossier_acts import PanelAct, offers_of
from ui.desk.dossier_case import At, Case, case_of
from ui.desk.dossier_giving import GIVING_ACTS, ask_copy
from ui.desk.dossier_history import history_of
from ui.desk.dossier_life_acts import LIFE_ACTS
from ui.desk.dossier_mending import MENDING_ACTS
from ui.desk.dossier_model import Form, Found, HandOver, Listed, Offer, Scan, Sheet, Taker
from ui.desk.dossier_sections import alarms_of, due_of, left_of, sections_of, state_of
from ui.desk.money_acts import MONEY_ACTS
from ui.words import DOSSIER_STATES

PANEL_ACTS: tuple[PanelAct, ...] = (*GIVING_ACTS, *LIFE_ACTS, *MENDING_ACTS, *MONEY_ACTS)
TITLES = {name: words for _key, name, words in DOSSIER_KEYS}
SHOWN = 60  # lines of the list


@dataclass
class LiveDossiers:
    """desk: what slips are issued with; names: officers' names by login are in it."""

    office: OpenedOffice
    actor: Actor
    clock: Clock = office_now
    _opened: dict[tuple[str, str], Form] = field(default_factory=dict, repr=False)

    @property
    def desk(self) -> Desk:
        return self.office.desk

    def _at(self) -> At:
        return At(self.office, self.actor, self.clock())

    def _case(self, key: str) -> Case:
        with self.office.reads() as look:
            return case_of(look, self.desk, key)

    def sheet(self, key: str) -> Sheet:
        at, case = self._at(), self._case(key)
        dossier = case.dossier
        due, why = due_of(case)
        offers = offers_of(PANEL_ACTS, at, case)
        return Sheet(
            dossier.key,
            dossier.procedure_name,
            dossier.owner.full_name,
            state_of(dossier),
            due,
            why,
            left_of(at, dossier),
            alarms_of(case),
            sections_of(at, case),
            history_of(dossier, case.events, self.desk.officer_names),
            offers,
            _hand_over(case, offers),
            dossier.code or "",
        )

    def form(self, act: str, key: str) -> Form:
        at, case = self._at(), self._case(key)
        known = _act(act)
        known.check(at, case)
        form = self._opened[act, key] = Form(act, TITLES[act], known.asks(at, case), known.told(at, case))
        return form

    def do(self, act: str, key: str, given: Mapping[str, str]) -> str:
        at, case = self._at(), self._case(key)
        form = self._opened.get((act, key))
        shown = {ask.name: ask.value for ask in form.asks} if form is not None else {}
        return _act(act).do(replace(at, shown=shown), case, given)

    def give(self, key: str, taker: Taker, given: Mapping[str, str]) -> str:
        if taker.proof is None:
            raise ValueError("only who proved it may take a result")
        handover.hand_over(
            self.office.units(),
            key,
            taker.name,
            actor=self.actor,
            now=self.clock(),
            proof=taker.proof,
            without_copy=given.get("without_copy", ""),
        )
        return f"Đã trả kết quả cho {taker.name}."

    def scan(self, payload: str, key: str) -> Scan:
        kind = kind_of(payload)
        with self.office.reads() as look:
            if kind is CodeKind.RECEIPT and (found := _by_receipt(look, payload)) is not None:
                waits = found.state is DossierState.WAITING_SUPPLEMENT and bool(found.draft_key)
                return Scan(Found.SUPPLEMENT if waits else Found.OPEN, found.key)
            person = _person(look, payload)
            if person is None:
                return Scan(Found.NOTHING)
            if kind is not CodeKind.CARD:
                return Scan(Found.CARD)
            return Scan(Found.CARD, "", _taker(look.dossiers.get(key) if key else None, person))

    def listed(self, text: str, *, untold: bool) -> Sequence[Listed]:
        with self.office.reads() as look:
            found = _found(look, text.strip())
        return [_listed(d) for d in found if not untold or _waits_untold(d)]


def _act(name: str) -> PanelAct:
    return next(act for act in PANEL_ACTS if act.id == name)


def _hand_over(case: Case, offers: Sequence[Offer]) -> HandOver | None:
    """None while there is nothing to give, or this officer may not give it."""
    dossier = case.dossier
    giving = next(offer for offer in offers if offer.id == "return")
    if dossier.result is None or giving.why_not:
        return None
    name = f", {dossier.result.name}" if dossier.result.name else ""
    originals = tuple(original.name for original in case.custody)
    return HandOver(f"{dossier.result.number}{name}", originals, ask_copy(dossier))


def _by_receipt(look: UnitOfWork, payload: str) -> Dossier | None:
    try:
        return look.dossiers.get(receipt_code(payload))
    except (NoReceiptCodeError, NotFoundError):
        return None


def _person(look: UnitOfWork, payload: str) -> Person | None:
    """Of a card that was read, or of an identity number that was typed."""
    text = payload.strip()
    if text.isdigit():
        return look.people.by_id_number(text)
    return of_card(look, read_payload(text)).person


def _taker(dossier: Dossier | None, card: Person) -> Taker:
    """By the name that the dossier knows: a reader may spoil that of the card, its number it does not."""
    proof = proof_of(dossier, card) if dossier is not None else None
    if dossier is None or proof is None:
        return Taker(card.full_name, None)
    known = dossier.submitter if proof is Proof.PROXY_CARD else dossier.owner
    return Taker((known or dossier.owner).full_name, proof)


def _found(look: UnitOfWork, text: str) -> Sequence[Dossier]:
    if not text:
        return sorted(look.dossiers.ready(SHOWN), key=_ready_at)
    if (of_receipt := _by_receipt(look, text)) is not None:
        return [of_receipt]
    person = _person(look, text) if kind_of(text) is CodeKind.CARD or text.isdigit() else None
    if person is not None and person.id_number:
        # Somebody with a card and no receipt comes for what is ready.
        theirs = look.dossiers.of_person(person.id_number, SHOWN)
        return sorted(theirs, key=lambda d: d.state is not DossierState.RESULT_READY)
    return look.dossiers.search(text, SHOWN)


def _ready_at(dossier: Dossier) -> float:
    return dossier.result.at.timestamp() if dossier.result is not None else 0.0


def _waits_untold(dossier: Dossier) -> bool:
    return dossier.state is DossierState.RESULT_READY and dossier.notified_at is None


def _listed(dossier: Dossier) -> Listed:
    result = dossier.result
    ready = dossier.state is DossierState.RESULT_READY and result is not None
    since = f"{result.at.astimezone(OFFICE_ZONE):%d/%m %H:%M}" if ready and result is not None else ""
    state, tone = DOSSIER_STATES[dossier.state], ""
    if ready:
        told = dossier.notified_at
        state = f"đã báo {told.astimezone(OFFICE_ZONE):%d/%m}" if told else "chưa báo"
        tone = "good" if told else "warn"
    return Listed(dossier.key, dossier.owner.full_name, dossier.procedure_name, since, state, tone)
