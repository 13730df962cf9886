"""Linked procedures on the fake and both engines: one receipt, steps with their own terms, the whole with the last."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from samples import MOTHER, NOON, OFFICER, a_desk, marks

from kiosk.catalogue.starter import load_starter
from kiosk.clock import OFFICE_ZONE
from kiosk.domain.dossier import Dossier, NoResultError, ReasonRequiredError, ResultRecord
from kiosk.domain.life import DossierState, IllegalDossierActError, NotYourActError, Role
from kiosk.domain.linked import StepsOpenError, StepTooEarlyError
from kiosk.domain.slip import SlipKind
from kiosk.domain.term_words import parse_term
from kiosk.errors import NotFoundError
from kiosk.services import handover, linked
from kiosk.services.ports import Units
from kiosk.services.reception import Intake, receive_dossier
from kiosk.services.recount import recount
from kiosk.services.term_clock import demand_payment, extend, note_payment

DESK = a_desk()
LINKED = {p.code: p for p in load_starter() if p.steps}
BIRTH, DEATH = LINKED["2.000986"], LINKED["2.002622"]
TO_DO: dict[str, Any] = {"actor": OFFICER, "now": NOON}


def at(day: int, hour: int = 17) -> datetime:
    """Of December 2026; day 0 is the last of November."""
    return (
        datetime(2026, 12, day, hour, tzinfo=OFFICE_ZONE) if day else datetime(2026, 11, 30, hour, tzinfo=OFFICE_ZONE)
    )


def received(units: Units, procedure: Any = BIRTH, draft: str = "d-1") -> Dossier:
    """On Monday 23/11 at 10:00: birth the same day, residence and insurance 7 and 5 working days from then."""
    with units() as uow:
        if not uow.procedures.versions(procedure.code):
            uow.procedures.add(procedure)
            uow.commit()
    papers = marks(*(c.code for c in procedure.papers() if c.required))
    return receive_dossier(units(), DESK, Intake(draft, procedure.code, MOTHER, papers), **TO_DO).dossier


def kept(units: Units, key: str) -> Dossier:
    with units() as look:
        return look.dossiers.get(key)


@pytest.mark.parametrize("procedure", [BIRTH, DEATH], ids=["birth", "death"])
def test_one_receipt_has_every_step_the_date_of_the_whole_and_the_date_at_this_unit(
    units: Units, procedure: Any
) -> None:
    dossier = received(units, procedure)
    with units() as look:
        (receipt,) = look.slips.of_dossier(dossier.key)
    assert [(s.name, s.agency) for s in receipt.steps] == [(s.name, s.agency) for s in procedure.steps]
    assert dossier.due_at == receipt.due_at == max(s.due_at for s in receipt.steps)
    here = [line.due_at for line, step in zip(receipt.steps, procedure.steps, strict=True) if step.here]
    assert receipt.unit_due_at == max(here)
    assert [r.state for r in kept(units, dossier.key).steps] == [DossierState.RECEIVED] * 3


def test_a_step_s_term_is_counted_from_the_end_of_the_one_before(units: Units) -> None:
    dossier = received(units)
    with units() as look:
        lines = look.slips.of_dossier(dossier.key)[0].steps
    assert [line.due_at for line in lines] == [at(0).replace(day=23), at(2), at(0)]
    assert dossier.due_at == at(2)


def test_steps_move_in_turn_and_the_whole_is_done_with_the_last(units: Units) -> None:
    key = received(units).key
    with pytest.raises(StepTooEarlyError) as caught:
        linked.start_step(units(), DESK, key, "thuong-tru", **TO_DO)
    assert caught.value.details["before"] == "Đăng ký khai sinh"
    with pytest.raises(StepTooEarlyError):
        linked.note_step_result(units(), key, "the-bhyt", "B-1", **TO_DO)
    linked.start_step(units(), DESK, key, "khai-sinh", **TO_DO)
    linked.note_step_result(units(), key, "khai-sinh", "15/2026", actor=OFFICER, now=at(0, 8).replace(day=24))
    linked.start_step(units(), DESK, key, "thuong-tru", actor=OFFICER, now=at(0, 9).replace(day=24))
    record = kept(units, key).steps[1]
    assert (record.state, record.due_at) == (DossierState.PROCESSING, at(3)), "by its own term from its own start"
    linked.note_step_result(units(), key, "the-bhyt", "B-1", actor=OFFICER, now=at(1, 9))
    with pytest.raises(StepsOpenError) as left:
        handover.record_result(units(), key, ResultRecord("15", NOON), actor=OFFICER, now=at(1, 10))
    assert left.value.details["steps"] == "Đăng ký thường trú"
    assert kept(units, key).state is DossierState.RECEIVED
    done = linked.note_step_result(units(), key, "thuong-tru", "TT-9", actor=OFFICER, now=at(2, 9))
    assert done.state is DossierState.RESULT_READY
    assert done.result is not None
    assert done.result.number == "15/2026; TT-9; B-1"
    with units() as look:
        kinds = [e.kind for e in look.events.of(key)]
    assert kinds.count("dossier.step_result") == 3
    assert kinds[-1] == "dossier.result"
    handover.hand_over(units(), key, "Nguyễn Thị Ánh", actor=OFFICER, now=at(2, 10), without_copy="Bản giấy")
    assert kept(units, key).state is DossierState.RETURNED


def test_a_step_keeps_to_the_one_life_table(units: Units) -> None:
    key = received(units).key
    linked.start_step(units(), DESK, key, "khai-sinh", **TO_DO)
    with pytest.raises(IllegalDossierActError):
        linked.start_step(units(), DESK, key, "khai-sinh", **TO_DO)
    linked.note_step_result(units(), key, "khai-sinh", "15", **TO_DO)
    with pytest.raises(IllegalDossierActError):
        linked.refuse_step(units(), key, "khai-sinh", "Muộn", **TO_DO)
    cashier = replace(OFFICER, roles=frozenset({Role.CASHIER}))
    with pytest.raises(NotYourActError):
        linked.start_step(units(), DESK, key, "the-bhyt", actor=cashier, now=NOON)
    with pytest.raises(NotFoundError):
        linked.start_step(units(), DESK, key, "khong-co", **TO_DO)
    demand_payment(units(), DESK, key, "TB 1", **TO_DO)
    with pytest.raises(IllegalDossierActError):
        linked.start_step(units(), DESK, key, "the-bhyt", **TO_DO)


def test_a_step_needs_its_number_or_its_reason(units: Units) -> None:
    key = received(units).key
    with pytest.raises(NoResultError):
        linked.note_step_result(units(), key, "khai-sinh", " ", **TO_DO)
    with pytest.raises(ReasonRequiredError):
        linked.refuse_step(units(), key, "khai-sinh", "", **TO_DO)
    linked.note_step_result(units(), key, "khai-sinh", "15", **TO_DO)
    linked.refuse_step(units(), key, "thuong-tru", "Chủ hộ không đồng ý", **TO_DO)
    done = linked.note_step_result(units(), key, "the-bhyt", "B-1", **TO_DO)
    assert (done.state, done.result and done.result.number) == (DossierState.RESULT_READY, "15; B-1")
    assert done.steps[1].reason == "Chủ hộ không đồng ý"


def test_where_every_step_is_refused_the_dossier_waits_for_its_own_refusal(units: Units) -> None:
    key = received(units).key
    for code in ("khai-sinh", "thuong-tru", "the-bhyt"):
        dossier = linked.refuse_step(units(), key, code, "Không thuộc thẩm quyền", **TO_DO)
    assert (dossier.state, dossier.result) == (DossierState.RECEIVED, None)


def test_waiting_extension_and_a_recount_move_the_whole(units: Units) -> None:
    key = received(units).key
    demand_payment(units(), DESK, key, "TB 1", actor=OFFICER, now=at(0, 9).replace(day=24))
    paid, _ = note_payment(units(), DESK, key, actor=OFFICER, now=at(0, 9).replace(day=26))
    assert paid.due_at == at(4), "two working days of waiting"
    assert recount(units, DESK, "pack-2", actor=OFFICER, now=at(0)).moved == ()
    extended, counted = extend(
        units(), DESK, key, parse_term("1 ngày làm việc"), "Chờ ý kiến", actor=OFFICER, now=at(1)
    )
    assert extended.due_at == at(7)
    assert counted is not None
    assert counted.before_extension == at(4)


def test_an_ordinary_receipt_has_no_steps(units: Units) -> None:
    from samples import BIRTH as PLAIN
    from samples import an_intake

    with units() as uow:
        uow.procedures.add(PLAIN)
        uow.commit()
    dossier = receive_dossier(units(), DESK, an_intake(), **TO_DO).dossier
    with units() as look:
        (receipt,) = look.slips.of_dossier(dossier.key)
    assert (receipt.kind, receipt.steps, receipt.unit_due_at) == (SlipKind.RECEIPT, (), None)
