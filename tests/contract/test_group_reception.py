"""Dossiers of one citizen that are handed in together are taken in together, or not at all."""

from __future__ import annotations

import pytest
from samples import BIRTH, MOTHER, NOON, OFFICER, a_desk, an_intake

from kiosk.domain.dossier import IncompleteDossierError
from kiosk.domain.person import Person
from kiosk.services.group_reception import receive_group
from kiosk.services.groups import AnotherOwnerError
from kiosk.services.ports import Units


def test_one_dossier_that_cannot_be_received_leaves_none_half_done(units: Units) -> None:
    with units() as uow:
        uow.procedures.add(BIRTH)
        uow.commit()
    good, bad = an_intake(draft="a"), an_intake("tp-1", draft="b")
    with pytest.raises(IncompleteDossierError):
        receive_group(units(), a_desk(), [good, bad], actor=OFFICER, now=NOON)
    with units() as look:
        assert look.dossiers.of_person(MOTHER.id_number, 9) == []
        assert list(look.events.all()) == []
    mended = [good, an_intake(draft="b")]
    first, second = receive_group(units(), a_desk(), mended, actor=OFFICER, now=NOON)
    assert (first.group_key, second.group_key) == ("", first.key)
    again = receive_group(units(), a_desk(), mended, actor=OFFICER, now=NOON)
    assert [d.key for d in again] == [first.key, second.key]


def test_dossiers_of_two_people_are_refused_before_one_has_a_key(units: Units) -> None:
    with units() as uow:
        uow.procedures.add(BIRTH)
        uow.commit()
    two = [an_intake(draft="a"), an_intake(draft="b", owner=Person("p-2", "Lò Văn Pâng"))]
    with pytest.raises(AnotherOwnerError) as caught:
        receive_group(units(), a_desk(), two, actor=OFFICER, now=NOON)
    assert caught.value.details["key"] == "thứ nhất trong lượt"
