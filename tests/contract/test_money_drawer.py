"""The drawer against the ledger, the ledger against whoever would change it, six counters at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from money_desk import CASH, NEIGHBOUR, QR, TODAY, pay, received
from samples import NOON, OFFICER
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from kiosk.domain.event import Actor, first_broken
from kiosk.domain.money import BadNoteError, DifferenceUnexplainedError
from kiosk.domain.tracks import IllegalStepError
from kiosk.errors import KioskError
from kiosk.services.drawer import count_drawer, money_days
from kiosk.services.ports import Units

if TYPE_CHECKING:
    from kiosk.storage import Store


def test_a_drawer_is_counted_against_the_ledger_of_its_officer(units: Units) -> None:
    pay(units, received(units))
    pay(units, received(units, 2), actor=NEIGHBOUR)
    pay(units, received(units, 3), method=QR)
    notes = {5000: 1, 2000: 1, 1000: 1, 50_000: 2}
    count = count_drawer(units(), TODAY, "lan", notes, opening=100_000, actor=OFFICER, now=NOON)
    assert (count.expected, count.counted, count.difference) == (108_000, 108_000, 0)
    with pytest.raises(DifferenceUnexplainedError):
        count_drawer(units(), TODAY, "", {10_000: 1}, actor=OFFICER, now=NOON)
    whole = count_drawer(units(), TODAY, "", {10_000: 1}, reason="Đổi tiền lẻ", actor=OFFICER, now=NOON)
    assert (whole.expected, whole.difference) == (16_000, -6_000)
    with units() as look:
        assert look.money.counts(TODAY) == [count, whole]
        assert look.money.counts(TODAY - timedelta(days=1)) == []


@pytest.mark.parametrize("notes", [{3000: 1}, {1000: -1}, {1000: 100_001}])
def test_only_notes_in_circulation_are_counted(units: Units, notes: dict[int, int]) -> None:
    with pytest.raises(BadNoteError):
        count_drawer(units(), TODAY, "", notes, actor=OFFICER, now=NOON)


def test_sums_of_days_and_officers_add_up(units: Units) -> None:
    for n in range(4):
        actor = OFFICER if n % 2 else NEIGHBOUR
        pay(units, received(units, n), actor=actor, method=QR if n == 3 else CASH, now=NOON + timedelta(days=n))
    with units() as look:
        whole = money_days(look, TODAY, TODAY + timedelta(days=9))
        mine = money_days(look, TODAY, TODAY + timedelta(days=9), "lan")
        first = money_days(look, TODAY, TODAY)
        nothing = money_days(look, date(2020, 1, 1), date(2020, 1, 2))
    assert (whole.totals.net, mine.totals.net, first.totals.net, nothing.totals.net) == (32_000, 16_000, 8_000, 0)
    assert sum(whole.totals.by_method.values()) == sum(whole.totals.by_kind.values()) == 32_000
    assert len(whole.receipts) == 4


@pytest.mark.parametrize("statement", ["UPDATE money_moves SET amount = 1", "DELETE FROM money_moves"])
def test_the_database_itself_keeps_the_ledger_as_it_is(store: Store, statement: str) -> None:
    paid = pay(store.units, received(store.units))
    with pytest.raises((DBAPIError, KioskError)), store.engine.begin() as connection:
        connection.execute(text(statement))
    with store.reads() as look:
        assert look.money.moves_of(paid.dossier.key) == [paid.move]


def test_two_stations_at_once_take_one_payment_and_give_each_receipt_once(
    store: Store, open_again: Callable[[], Store]
) -> None:
    """Six counters press for the same three dossiers at the same moment."""
    dossiers = [received(store.units, n) for n in range(3)]
    stores = [store, *(open_again() for _ in range(5))]
    gate, outcomes = threading.Barrier(len(stores)), list[str]()

    def press(place: int, own: Store) -> None:
        actor = Actor(f"o{place}", f"ban-{place}", str(place))
        gate.wait()
        for turn in range(3):
            dossier = dossiers[(place + turn) % 3]
            try:
                pay(own.units, dossier, command=f"{place}-{turn}", actor=actor)
                outcomes.append("taken")
            except IllegalStepError:
                outcomes.append("refused")

    threads = [threading.Thread(target=press, args=pair) for pair in enumerate(stores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reads() as look:
        moves = [m for d in dossiers for m in look.money.moves_of(d.key)]
        numbers = [r.number for r in look.money.receipts(2026)]
        assert first_broken(look.events.all()) is None
    assert (outcomes.count("taken"), outcomes.count("refused")) == (3, 15)
    assert (len(moves), numbers) == (3, [1, 2, 3])
