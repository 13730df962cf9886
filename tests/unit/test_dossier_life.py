"""The life of a dossier: every row of the table and every act outside it, by whom, why, and with what paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

import pytest
from fakes import FakeOffice
from samples import BIRTH, NOON, OFFICER, a_desk, an_intake, marks

from kiosk.domain.dossier import (
    Dossier,
    MissingWordsError,
    NoResultError,
    ReasonRequiredError,
    ResultRecord,
)
from kiosk.domain.event import Actor, Event
from kiosk.domain.life import (
    ACT_WORDS,
    CLOSED_STATES,
    NEED_WORDS,
    ROLE_WORDS,
    TABLE,
    Act,
    DossierState,
    IllegalDossierActError,
    Move,
    Need,
    NotYourActError,
    Role,
)
from kiosk.domain.progress import progress_of
from kiosk.domain.slip import SlipKind
from kiosk.domain.term_clock import EvidenceRequiredError
from kiosk.domain.tracks import HandOverState
from kiosk.errors import RuleError
from kiosk.services import handover
from kiosk.services.reception import receive_dossier, refuse_dossier, request_supplement
from kiosk.services.term_clock import demand_payment, note_payment
from sync.messages.build import STATUS_OF_STATE
from ui.words import DOSSIER_STATES

S = DossierState
LATER = NOON + timedelta(hours=1)
DESK = a_desk()
RESULT = ResultRecord("12/2026", LATER, "result-file")
QUESTION, UNTIL = "Nguồn gốc thửa đất?", date(2026, 12, 1)


@dataclass
class Case:
    """One dossier in an office of its own, and the acts of an officer on it."""

    office: FakeOffice
    key: str = ""

    def __post_init__(self) -> None:
        self.office.shelf.procedures[BIRTH.code, 1] = BIRTH

    @property
    def dossier(self) -> Dossier:
        return self.office.shelf.dossiers[self.key]

    @property
    def events(self) -> list[Event]:
        return [e for e in self.office.shelf.events if e.subject == self.key]

    def put(self, state: DossierState) -> None:
        """As it stands in the store, however it came there."""
        kept = self.office.shelf.dossiers[self.key]
        asked = life_sample(kept, state)
        self.office.shelf.dossiers[self.key] = replace(asked, state=state)

    def act(self, act: Act, actor: Actor = OFFICER) -> None:
        """With all that the act needs."""
        done = ACTS[act](self, actor)
        self.key = done.key


def life_sample(dossier: Dossier, state: DossierState) -> Dossier:
    """What a dossier in that state carries."""
    asked = dossier
    if state is S.DRAFT:
        asked = replace(asked, received_at=None, due_at=None)
    if state in (S.RESULT_READY, S.RETURNED):
        asked = replace(asked, result=RESULT, handed=HandOverState.READY)
    if state is S.CONSULTATION:
        asked.state = S.PROCESSING
        asked.consult("Sở Nông nghiệp và Môi trường", QUESTION, UNTIL, NOON)
    return asked


ACTS: dict[Act, Callable[[Case, Actor], Dossier]] = {
    Act.RECEIVE: lambda c, a: receive_dossier(c.office.units(), DESK, an_intake(), actor=a, now=LATER).dossier,
    Act.SUPPLEMENT: lambda c, a: (
        request_supplement(
            c.office.units(), DESK, an_intake(papers=marks("tp-1")), "Thiếu giấy", "NĐ 118", actor=a, now=LATER
        ).dossier
    ),
    Act.REFUSE: lambda c, a: (
        refuse_dossier(c.office.units(), DESK, an_intake(), "Không thuộc thẩm quyền", actor=a, now=LATER).dossier
    ),
    Act.START: lambda c, a: handover.start_processing(c.office.units(), DESK, c.key, actor=a, now=LATER),
    Act.CONSULT: lambda c, a: handover.consult(
        c.office.units(), c.key, "Sở Tư pháp", QUESTION, UNTIL, actor=a, now=LATER
    ),
    Act.ANSWER: lambda c, a: handover.note_answer(c.office.units(), c.key, "Đồng ý", actor=a, now=LATER),
    Act.DEMAND_PAYMENT: lambda c, a: demand_payment(c.office.units(), DESK, c.key, "TB 15", actor=a, now=LATER)[0],
    Act.PAYMENT_DONE: lambda c, a: note_payment(c.office.units(), DESK, c.key, actor=a, now=LATER, paper="Kho bạc 7")[
        0
    ],
    Act.RESULT: lambda c, a: handover.record_result(c.office.units(), c.key, RESULT, actor=a, now=LATER),
    Act.RETURN: lambda c, a: handover.hand_over(c.office.units(), c.key, "Người nộp", actor=a, now=LATER),
    Act.WITHDRAW: lambda c, a: handover.withdraw(c.office.units(), c.key, "Đổi ý", actor=a, now=LATER),
    Act.STOP: lambda c, a: handover.stop(c.office.units(), DESK, c.key, "Theo quyết định 5", actor=a, now=LATER),
    Act.TRANSFER: lambda c, a: handover.transfer(
        c.office.units(), c.key, "UBND xã bên", "Đất ở xã bên", actor=a, now=LATER
    ),
}


def a_case(state: DossierState) -> Case:
    """Received at NOON, then put into the state."""
    case = Case(FakeOffice())
    case.key = receive_dossier(case.office.units(), DESK, an_intake(), actor=OFFICER, now=NOON).dossier.key
    case.put(state)
    return case


LEGAL = [(move, state) for move in TABLE for state in sorted(move.sources)]
ILLEGAL = [(move, state) for move, state in product(TABLE, sorted(S)) if state not in move.sources]


def test_the_table_has_one_row_an_act_and_no_state_without_a_way_in() -> None:
    assert sorted(move.act for move in TABLE) == sorted(Act)
    assert {move.target for move in TABLE} == set(S) - {S.DRAFT}
    assert set(ACTS) == set(Act) == set(ACT_WORDS)
    assert set(ROLE_WORDS) == set(Role)
    assert set(NEED_WORDS) == set(Need)
    assert set(DOSSIER_STATES) == set(STATUS_OF_STATE) == set(S)
    assert {move.paper for move in TABLE} - {None} == set(SlipKind) - {SlipKind.APOLOGY}, "its act leaves the state"
    assert all(move.by for move in TABLE)
    assert len({move.event for move in TABLE}) == len(TABLE)


def test_closed_states_are_those_that_no_act_leaves() -> None:
    left = {state for move in TABLE for state in move.sources}
    assert set(S) - left == CLOSED_STATES


def test_every_state_can_still_end() -> None:
    for state in set(S) - CLOSED_STATES:
        reached, before = {state}, set[DossierState]()
        while reached != before:
            before = set(reached)
            reached |= {move.target for move in TABLE if move.sources & reached}
        assert reached & CLOSED_STATES, state


@pytest.mark.parametrize(("move", "state"), LEGAL, ids=lambda x: getattr(x, "act", x))
def test_an_act_of_the_table_leads_where_it_says_with_its_event_and_paper(move: Move, state: DossierState) -> None:
    case = a_case(state)
    slips, seen = len(case.office.shelf.slips), len(case.events)
    case.act(move.act)
    assert case.dossier.state is move.target
    assert [e.kind for e in case.events[seen:]] == [move.event]
    assert case.events[-1].actor == OFFICER
    made = list(case.office.shelf.slips.values())[slips:]
    assert [s.kind for s in made] == ([move.paper] if move.paper else [])
    progress = progress_of(case.dossier)
    assert progress is not None
    assert (progress.step == 0) is (move.target in CLOSED_STATES - {S.RETURNED})


@pytest.mark.parametrize(("move", "state"), ILLEGAL, ids=lambda x: getattr(x, "act", x))
def test_an_act_outside_the_table_is_refused_and_changes_nothing(move: Move, state: DossierState) -> None:
    case = a_case(state)
    before, seen = replace(case.dossier), len(case.events)
    if move.act is Act.RECEIVE and state not in (S.REFUSED, S.WITHDRAWN, S.STOPPED):
        case.act(move.act)  # received before: asked again, it answers with the same dossier
    elif (move.act, state) == (Act.REFUSE, S.REFUSED):
        with pytest.raises(IllegalDossierActError):
            case.dossier.refuse("Không thuộc thẩm quyền")
    else:
        with pytest.raises((IllegalDossierActError, NoResultError)):
            case.act(move.act)
    assert case.dossier == before
    assert len(case.events) == seen


@pytest.mark.parametrize(("move", "role"), list(product(TABLE, sorted(Role))), ids=lambda x: getattr(x, "act", x))
def test_an_act_is_done_by_those_who_are_trusted_with_it(move: Move, role: Role) -> None:
    state = min(move.sources - {S.DRAFT}) if move.act is not Act.RECEIVE else S.DRAFT
    case, actor = a_case(state), replace(OFFICER, roles=frozenset({role}))
    if role in move.by:
        case.act(move.act, actor)
        assert case.dossier.state is move.target
        return
    with pytest.raises(NotYourActError) as caught:
        case.act(move.act, actor)
    assert caught.value.details["act"] == ACT_WORDS[move.act]
    assert case.dossier.state is state


def _without(need: Need, act: Act) -> Callable[[Case], object]:
    """The act without what it needs."""
    blank = " "
    calls: dict[tuple[Act, Need], Callable[[Case], object]] = {
        (Act.RECEIVE, Need.ALL_PAPERS): lambda c: receive_dossier(
            c.office.units(), DESK, an_intake(papers=marks("tp-1")), actor=OFFICER, now=LATER
        ),
        (Act.SUPPLEMENT, Need.REASON): lambda c: request_supplement(
            c.office.units(), DESK, an_intake(papers=marks("tp-1")), blank, actor=OFFICER, now=LATER
        ),
        (Act.REFUSE, Need.REASON): lambda c: refuse_dossier(
            c.office.units(), DESK, an_intake(), blank, actor=OFFICER, now=LATER
        ),
        (Act.CONSULT, Need.QUESTION): lambda c: handover.consult(
            c.office.units(), c.key, "Sở", blank, UNTIL, actor=OFFICER, now=LATER
        ),
        (Act.CONSULT, Need.AGENCY): lambda c: handover.consult(
            c.office.units(), c.key, blank, QUESTION, UNTIL, actor=OFFICER, now=LATER
        ),
        (Act.ANSWER, Need.ANSWER): lambda c: handover.note_answer(
            c.office.units(), c.key, blank, actor=OFFICER, now=LATER
        ),
        (Act.DEMAND_PAYMENT, Need.EVIDENCE): lambda c: demand_payment(
            c.office.units(), DESK, c.key, blank, actor=OFFICER, now=LATER
        ),
        (Act.RESULT, Need.RESULT): lambda c: handover.record_result(
            c.office.units(), c.key, ResultRecord(blank, LATER), actor=OFFICER, now=LATER
        ),
        (Act.RETURN, Need.RECEIVER): lambda c: handover.hand_over(
            c.office.units(), c.key, blank, actor=OFFICER, now=LATER
        ),
        (Act.RETURN, Need.RESULT): lambda c: c.dossier.hand_over(LATER, "Người nộp"),
        (Act.WITHDRAW, Need.REASON): lambda c: handover.withdraw(
            c.office.units(), c.key, blank, actor=OFFICER, now=LATER
        ),
        (Act.STOP, Need.REASON): lambda c: handover.stop(
            c.office.units(), DESK, c.key, blank, actor=OFFICER, now=LATER
        ),
        (Act.TRANSFER, Need.REASON): lambda c: handover.transfer(
            c.office.units(), c.key, "Sở", blank, actor=OFFICER, now=LATER
        ),
        (Act.TRANSFER, Need.AGENCY): lambda c: handover.transfer(
            c.office.units(), c.key, blank, "Lý do", actor=OFFICER, now=LATER
        ),
    }
    return calls[act, need]


@pytest.mark.parametrize(("move", "need"), [(m, n) for m in TABLE for n in sorted(m.needs)], ids=str)
def test_an_act_is_not_done_without_what_it_needs(move: Move, need: Need) -> None:
    """Bắc Giang: no closing without a result, no supplement or refusal without its reason."""
    case = a_case(min(move.sources))
    if (move.act, need) == (Act.RETURN, Need.RESULT):
        case.dossier.result = None
    state = case.dossier.state
    with pytest.raises(RuleError) as caught:
        _without(need, move.act)(case)
    wanted = {
        Need.REASON: ReasonRequiredError,
        Need.EVIDENCE: EvidenceRequiredError,
        Need.RESULT: NoResultError,
    }
    if need is not Need.ALL_PAPERS:
        assert isinstance(caught.value, wanted.get(need, MissingWordsError))
    assert case.dossier.state is state


def test_what_was_asked_and_answered_is_kept() -> None:
    case = a_case(S.PROCESSING)
    case.act(Act.CONSULT)
    case.act(Act.ANSWER)
    (asked,) = case.dossier.consultations
    assert (asked.agency, asked.question, asked.until) == ("Sở Tư pháp", QUESTION, UNTIL)
    assert (asked.answer, asked.answered_at) == ("Đồng ý", LATER)
    assert QUESTION not in str([e.data for e in case.events]), "free words are no part of the log"


def test_a_transferred_dossier_says_where_it_went() -> None:
    case = a_case(S.RECEIVED)
    case.act(Act.TRANSFER)
    assert (case.dossier.transferred_to, case.dossier.reason) == ("UBND xã bên", "Đất ở xã bên")
