"""An office that is brought to this version: its dossiers get money, hand-over and clock as they stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from samples import BIRTH, NOON, OFFICER, a_desk, an_intake
from sqlalchemy import Connection, text

from kiosk.domain.dossier import ResultRecord
from kiosk.domain.due import Counting
from kiosk.domain.term_clock import TermClock
from kiosk.domain.tracks import HandOverState, MoneyState
from kiosk.services import fee_acts, handover
from kiosk.services.reception import receive_dossier
from kiosk.services.recount import recount
from kiosk.storage.models import Base

if TYPE_CHECKING:
    from kiosk.storage import Store

TABLES = (  # as migration 0013 left them
    *("appointments", "blobs", "chain_head", "counters", "cursors", "documents", "dossier_codes", "dossier_people"),
    *("dossiers", "drafts", "events", "facts", "files", "jobs", "pages", "pauses", "people", "procedures"),
    *("queue_days", "replies", "series_grants", "slips", "stations", "tickets"),
)
ADDED = (
    *("clock", "consultations", "transferred_to"),
    *("money", "money_paper", "handed", "notified_at", "notified_by", "waybill"),
    *("proxy", "group_key", "steps", "competent_agency"),
)


def _without_money(connection: Connection) -> None:
    """As before migration 0014."""
    for table in reversed(Base.metadata.sorted_tables):
        if table.name not in TABLES:
            connection.execute(text(f"DROP TABLE {table.name}"))
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP FUNCTION money_append_only"))
    for name in ("fee_lines", "quantity", "relief", "payment_elsewhere"):
        connection.execute(text(f"ALTER TABLE dossiers DROP COLUMN {name}"))


def test_dossiers_of_before_stand_as_their_fee_and_their_end_say(store: Store, open_again: Callable[[], Store]) -> None:
    with store.units() as uow:
        uow.procedures.add(BIRTH)
        uow.commit()
    keys = [
        receive_dossier(
            store.units(), a_desk(), an_intake(draft=f"d-{n}", fee=fee), actor=OFFICER, now=NOON
        ).dossier.key
        for n, fee in enumerate((8000, 0, 8000, 8000))
    ]
    for key in keys[2:]:
        handover.record_result(store.units(), key, ResultRecord("1", NOON, "r-1"), actor=OFFICER, now=NOON)
    handover.hand_over(store.units(), keys[3], "Người nộp", actor=OFFICER, now=NOON, without_copy="Bản giấy")
    with store.engine.begin() as connection:
        for name in ("ix_dossiers_group_key", "ix_people_linked_number", "ix_files_sha256"):
            connection.execute(text(f"DROP INDEX {name}"))
        connection.execute(text("ALTER TABLE people DROP COLUMN linked_number"))
        _without_money(connection)
        for name in ADDED:
            connection.execute(text(f"ALTER TABLE dossiers DROP COLUMN {name}"))
        connection.execute(text("UPDATE dossiers SET fee = NULL WHERE key = :key"), {"key": keys[2]})
        connection.execute(text("UPDATE alembic_version SET version_num = '0008'"))
    with open_again().reads() as look:
        found = [look.dossiers.get(key) for key in keys]
    assert [d.money for d in found] == [MoneyState.OWED, MoneyState.NOTHING, MoneyState.UNKNOWN, MoneyState.UNKNOWN]
    assert [d.handed for d in found[1:]] == [HandOverState.NOTHING_YET, HandOverState.READY, HandOverState.HANDED_OVER]
    assert {d.clock for d in found} == {TermClock()}
    assert {(d.consultations, d.notified_at, d.waybill) for d in found} == {((), None, "")}


def test_a_fee_that_is_noted_as_owed_stays_owed_when_the_dossier_has_ended(
    store: Store, open_again: Callable[[], Store]
) -> None:
    with store.units() as uow:
        uow.procedures.add(BIRTH)
        uow.commit()
    keys = []
    for n, fee in enumerate((8000, 0)):
        intake = an_intake(draft=f"d-{n}", fee=fee)
        keys.append(receive_dossier(store.units(), a_desk(), intake, actor=OFFICER, now=NOON).dossier.key)
    fee_acts.set_fee(store.units(), a_desk(), keys[1], 9000, actor=OFFICER, now=NOON)
    for key in keys:
        handover.withdraw(store.units(), key, "Theo đơn", actor=OFFICER, now=NOON)
    with store.engine.begin() as connection:
        _without_money(connection)
        for name in ("steps", "competent_agency"):
            connection.execute(text(f"ALTER TABLE dossiers DROP COLUMN {name}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0012'"))
    with open_again().reads() as look:
        found = [look.dossiers.get(key) for key in keys]
    assert [(d.money, d.fee) for d in found] == [(MoneyState.UNKNOWN, 8000), (MoneyState.OWED, 9000)]


@pytest.mark.parametrize("counting", list(Counting))
def test_the_first_count_moves_no_date_of_before_whichever_way_the_office_counts(
    store: Store, open_again: Callable[[], Store], counting: Counting
) -> None:
    desk = replace(a_desk(), counting=counting)
    with store.units() as uow:
        uow.procedures.add(BIRTH)
        uow.commit()
    received = receive_dossier(store.units(), desk, an_intake(), actor=OFFICER, now=NOON).dossier
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE dossiers SET clock = '{}'"))  # as migration 0009 leaves it
    again = open_again()
    assert recount(again.units, desk, "first", actor=OFFICER, now=NOON).moved == ()
    with again.reads() as look:
        assert look.dossiers.get(received.key).due_at == received.due_at
