"""What stood before a correction is kept beside the log, and may go without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samples import BIRTH, NOON, OFFICER, a_desk, an_intake
from sqlalchemy import text

from kiosk.domain.event import first_broken
from kiosk.services.corrections import Correction, correct_dossier, corrections_of
from kiosk.services.ports import Units
from kiosk.services.reception import receive_dossier

if TYPE_CHECKING:
    from kiosk.storage import Store

CHANGE = Correction({"id_number": "001195000009"}, counts={"tp-1": 2})


def mended(units: Units) -> str:
    with units() as uow:
        uow.procedures.add(BIRTH)
        uow.commit()
    key = receive_dossier(units(), a_desk(), an_intake(), actor=OFFICER, now=NOON).dossier.key
    correct_dossier(units(), a_desk(), key, CHANGE, "Gõ sai", actor=OFFICER, now=NOON)
    correct_dossier(units(), a_desk(), key, Correction({"phone": "0912"}), "Đổi số", actor=OFFICER, now=NOON)
    return key


def test_corrections_are_told_in_their_order(units: Units) -> None:
    key = mended(units)
    with units() as look:
        told = corrections_of(look, key)
    assert [(m.reason, m.is_whole) for m in told] == [("Gõ sai", True), ("Đổi số", True)]
    assert told[0].changes == {"owner.id_number": ["001195000007", "001195000009"], "papers.tp-1.count": [1, 2]}


def test_erasing_them_breaks_no_chain(store: Store) -> None:
    key = mended(store.units)
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM corrections"))
    with store.units() as look:
        assert first_broken(look.events.all()) is None
        assert [m.changes for m in corrections_of(look, key)] == [None, None]
