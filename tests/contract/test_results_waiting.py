"""Results that wait to be handed over, on the fake and both engines."""

from __future__ import annotations

import pytest
from samples import BIRTH, NOON, OFFICER, a_desk, an_intake

from kiosk.domain.dossier import ResultRecord
from kiosk.domain.original import in_custody
from kiosk.domain.receiver import Proof
from kiosk.services import handover, originals
from kiosk.services.ports import Units
from kiosk.services.reception import receive_dossier

RESULT = ResultRecord("12/KS", NOON, "f-1", "Giấy khai sinh", "có 1 chữ ký số, chưa kiểm tra")


@pytest.fixture
def office(units: Units) -> Units:
    with units() as uow:
        uow.procedures.add(BIRTH)
        uow.commit()
    return units


def received(units: Units, draft: str) -> str:
    intake = an_intake(draft=draft)
    return receive_dossier(units(), a_desk(), intake, actor=OFFICER, now=NOON).dossier.key


def ready(units: Units, limit: int = 50) -> list[str]:
    with units() as look:
        return [dossier.key for dossier in look.dossiers.ready(limit)]


def test_only_what_has_a_result_and_is_not_handed_over_waits_the_oldest_first(office: Units) -> None:
    first, second, third, _open = (received(office, f"d-{n}") for n in range(4))
    for key in (third, first, second):
        handover.record_result(office(), key, RESULT, actor=OFFICER, now=NOON)
    assert ready(office) == [first, second, third]
    assert ready(office, 2) == [first, second]
    handover.hand_over(office(), first, "Nguyễn Thị Ánh", actor=OFFICER, now=NOON, proof=Proof.OWNER_CARD)
    assert ready(office) == [second, third]


def test_what_is_kept_of_a_hand_over_comes_back_whole(office: Units) -> None:
    key = received(office, "d-1")
    handover.record_result(office(), key, RESULT, actor=OFFICER, now=NOON)
    handover.hand_over(
        office(), key, "Ánh", actor=OFFICER, now=NOON, proof=Proof.TYPED, note="Mất giấy", without_copy="x"
    )
    with office() as look:
        result = look.dossiers.get(key).result
    assert result is not None
    assert (result.signature, result.proof, result.proof_note) == (RESULT.signature, "typed", "Mất giấy")


def test_custody_is_what_the_log_says(office: Units) -> None:
    key = received(office, "d-1")
    originals.hold(office(), key, ["tp-1", "tp-2"], actor=OFFICER, now=NOON)
    originals.give_back(office(), key, ["tp-1"], actor=OFFICER, now=NOON)
    with office() as look:
        here = in_custody(look.dossiers.get(key), look.events.of(key))
    assert [(original.component, original.name) for original in here] == [("tp-2", "Giấy chứng sinh")]
