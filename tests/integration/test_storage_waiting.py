"""Writers of one store wait for each other in order, for a while, and then are told."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from samples import NOON

from kiosk.services.ports import Draft
from kiosk.storage import Store
from kiosk.storage.errors import BusyStoreError
from kiosk.storage.turnstile import enter, leave


def act(store: Store, key: str) -> None:
    with store.units() as uow:
        uow.drafts.save(Draft(key, "lan", None, {}, NOON))
        uow.commit()


def test_an_act_waits_until_the_one_before_it_is_done(store: Store) -> None:
    waiting = threading.Thread(target=act, args=(store, "second"))
    with store.units() as uow:
        uow.tickets.next_number(NOON.date(), "A", 1)
        uow.drafts.save(Draft("first", "lan", None, {}, NOON))
        waiting.start()
        time.sleep(0.3)
        uow.commit()
    waiting.join()
    with store.reads() as uow:
        assert {d.key for d in uow.drafts.of_officer("lan")} == {"first", "second"}


def test_an_act_that_is_given_up_lets_the_next_one_in(store: Store) -> None:
    with store.units() as uow:
        uow.drafts.save(Draft("given up", "lan", None, {}, NOON))
    act(store, "next")
    with store.reads() as uow:
        assert [d.key for d in uow.drafts.of_officer("lan")] == ["next"]


def test_writers_get_their_turn_in_the_order_they_came(tmp_path: Path) -> None:
    file, came = tmp_path / "turn", []
    first = enter(file, 1)
    assert first is not None

    def writer(place: int) -> None:
        handle = enter(file, 5)
        assert handle is not None
        came.append(place)
        leave(handle)

    writers = [threading.Thread(target=writer, args=(place,)) for place in range(4)]
    for one in writers:
        one.start()
        time.sleep(0.05)
    leave(first)
    for one in writers:
        one.join()
    assert sorted(came) == [0, 1, 2, 3]
    assert came[0] == 0


def test_who_waits_too_long_is_told_and_does_not_stand_in_the_way_afterwards(tmp_path: Path) -> None:
    file = tmp_path / "turn"
    first = enter(file, 1)
    assert first is not None
    assert enter(file, 0.1) is None
    leave(first)
    second = enter(file, 2)
    assert second is not None
    leave(second)
    while any(thread.name == "turnstile" for thread in threading.enumerate()):
        time.sleep(0.01)


def test_a_store_held_by_another_program_is_told_as_busy(sqlite_office: Path) -> None:
    """A program that does not queue up, such as a copy tool, holds SQLite's own lock."""
    from kiosk.storage.keys import derived, office_key
    from kiosk.storage.sqlite import _begin_immediate, connector

    key = derived(office_key(sqlite_office / "office.key", database_exists=True), "database")
    copier, writer = (connector(sqlite_office / "office.db", key)() for _ in range(2))
    copier.execute("BEGIN IMMEDIATE")
    with pytest.raises(BusyStoreError) as caught:
        _begin_immediate(writer, time.monotonic() + 0.1)
    assert caught.value.details == {"seconds": 10}
    copier.execute("ROLLBACK")
    _begin_immediate(writer, time.monotonic() + 0.1)
    for connection in (copier, writer):
        connection.close()
