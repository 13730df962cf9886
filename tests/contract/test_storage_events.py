from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from samples import NOON, OFFICER
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from kiosk.domain.event import GENESIS, DuplicateCommandError, Event, chain_hash, first_broken
from kiosk.services.ports import Units

if TYPE_CHECKING:
    from kiosk.storage import Store


def an_event(n: int, command: str | None = None, **data: Any) -> Event:
    return Event("ticket.issued" if n % 2 else "ticket.called", f"t-{n}", NOON, OFFICER, data, command)


def log(units: Units, count: int) -> None:
    with units() as uow:
        for n in range(1, count + 1):
            uow.events.append(an_event(n, label=f"A{n:03d}"))
        uow.commit()


def disarm(store: Store, statement: str) -> None:
    """What somebody with the key and the time would do: take the triggers off and change the log."""
    on_sqlite = store.engine.dialect.name == "sqlite"
    triggers = ("events_no_update", "events_no_delete") if on_sqlite else ("events_no_change", "events_no_truncate")
    with store.engine.begin() as connection:
        for trigger in triggers:
            connection.execute(text(f"DROP TRIGGER {trigger}" + ("" if on_sqlite else " ON events")))
        connection.execute(text(statement))


def test_events_are_numbered_and_chained_from_the_beginning(units: Units) -> None:
    log(units, 3)
    with units() as uow:
        events = list(uow.events.all())
        assert [e.seq for e in events] == [1, 2, 3]
        assert events[0].prev_hash == GENESIS
        assert events[1].hash == chain_hash(events[0].hash, events[1])
        assert first_broken(events) is None
        assert uow.events.last_seq() == 3


def test_an_event_is_read_back_as_it_was_told(units: Units) -> None:
    told = an_event(1, "command-1", label="A001", lời="Mời số", số=[1, 2.5, None], nhóm={"mã": "ho-tich", "1e22": 1e22})
    with units() as uow:
        kept = uow.events.append(told)
        uow.commit()
    with units() as uow:
        assert uow.events.by_command("command-1") == kept
        assert replace(kept, seq=0, hash="", prev_hash="") == told


def test_an_event_that_was_not_committed_leaves_no_gap(units: Units) -> None:
    log(units, 1)
    with units() as uow:
        assert uow.events.append(an_event(2)).seq == 2
    with units() as uow:
        assert uow.events.append(an_event(3)).seq == 2
        uow.commit()
    with units() as uow:
        assert first_broken(uow.events.all()) is None


def test_one_command_is_done_once(units: Units) -> None:
    with units() as uow:
        uow.events.append(an_event(1, "press-1"))
        uow.commit()
    with pytest.raises(DuplicateCommandError) as caught, units() as uow:
        uow.events.append(an_event(2, "press-1"))
    assert caught.value.details == {"command": "press-1"}
    with units() as uow:
        assert uow.events.by_command("press-2") is None
        assert uow.events.last_seq() == 1


def test_a_screen_pulls_the_gap_in_order_and_only_the_kinds_it_shows(units: Units) -> None:
    log(units, 9)
    with units() as uow:
        assert [e.seq for e in uow.events.after(4)] == [5, 6, 7, 8, 9]
        assert [e.seq for e in uow.events.after(2, limit=3)] == [3, 4, 5]
        assert [e.seq for e in uow.events.after(3, kinds=["ticket.called"])] == [4, 6, 8]
        assert [e.seq for e in uow.events.of("t-5")] == [5]
        assert uow.events.after(9) == []


def test_tuples_and_numbers_as_keys_do_not_break_the_chain(store: Store) -> None:
    with store.units() as uow:
        uow.events.append(an_event(1, data=(1, 2), table={1: "a", 10: "b"}))
        uow.commit()
    assert store.first_broken() is None


@pytest.mark.parametrize("statement", ["UPDATE events SET subject = 'x'", "DELETE FROM events"])
def test_the_log_cannot_be_changed(store: Store, statement: str) -> None:
    log(store.units, 2)
    with pytest.raises(DBAPIError, match="append-only"), store.engine.begin() as connection:
        connection.execute(text(statement))
    assert store.first_broken() is None


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE events SET officer = 'khác' WHERE seq = 3", 3),
        ("UPDATE events SET data = '{}' WHERE seq = 1", 1),
        ("DELETE FROM events WHERE seq = 4", 5),
        ("DELETE FROM events WHERE seq = 1", 2),
        ("DELETE FROM events WHERE seq > 3", 4),
        ("DELETE FROM events", 1),
    ],
)
def test_a_changed_or_missing_event_is_found_by_its_number(store: Store, statement: str, broken: int) -> None:
    log(store.units, 5)
    assert store.first_broken() is None
    disarm(store, statement)
    assert store.first_broken() == broken


def test_a_long_log_is_checked_in_pieces(store: Store) -> None:
    log(store.units, 1203)
    assert store.first_broken() is None
    with store.reads() as uow:
        assert sum(1 for _ in uow.events.all()) == 1203


def test_events_of_many_writers_keep_one_gap_free_order(store: Store) -> None:
    seen: list[int] = []

    def writer(name: int) -> None:
        for n in range(20):
            with store.units() as uow:
                seen.append(uow.events.append(an_event(n, f"{name}/{n}")).seq)
                uow.commit()

    threads = [threading.Thread(target=writer, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == list(range(1, 81))
    assert store.first_broken() is None
