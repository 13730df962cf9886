from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from samples import NOON, OFFICER

from kiosk.domain.event import Event
from kiosk.services.ports import Units

if TYPE_CHECKING:
    from kiosk.storage import Store


def tell(units: Units, commit: bool = True) -> None:
    with units() as uow:
        uow.events.append(Event("ticket.called", "t-1", NOON, OFFICER))
        if commit:
            uow.commit()


def test_the_feed_answers_at_once_when_there_is_news(store: Store) -> None:
    tell(store.units)
    tell(store.units)
    began = time.monotonic()
    assert store.feed.wait(0, 5) == 2
    assert store.feed.wait(1, 5) == 2
    assert time.monotonic() - began < 1


def test_the_feed_waits_no_longer_than_told(store: Store) -> None:
    began = time.monotonic()
    assert store.feed.wait(0, 0.2) == 0
    assert 0.15 < time.monotonic() - began < 1
    assert store.feed.wait(0, 0) == 0


def test_what_another_process_commits_is_told_within_a_fifth_of_a_second(
    store: Store, open_again: Callable[[], Store]
) -> None:
    other, delays = open_again(), []
    store.feed.wait(0, 0)
    for n in range(5):
        committed: list[float] = []

        def act(moments: list[float] = committed) -> None:
            time.sleep(0.03)
            tell(other.units)
            moments.append(time.monotonic())

        thread = threading.Thread(target=act)
        thread.start()
        assert store.feed.wait(n, 5) == n + 1
        heard = time.monotonic()
        thread.join()
        delays.append(heard - committed[0])
    assert sorted(delays)[2] < 0.2


def test_what_was_undone_is_not_told(store: Store) -> None:
    tell(store.units, commit=False)
    assert store.feed.wait(0, 0.1) == 0


def test_several_windows_of_one_process_wait_at_the_same_time(store: Store) -> None:
    heard: list[int] = []
    windows = [threading.Thread(target=lambda: heard.append(store.feed.wait(0, 5))) for _ in range(3)]
    for window in windows:
        window.start()
    tell(store.units)
    for window in windows:
        window.join()
    assert heard == [1, 1, 1]


def test_a_closed_feed_can_be_asked_again(store: Store) -> None:
    tell(store.units)
    store.feed.wait(0, 0)
    store.feed.close()
    assert store.feed.wait(0, 0) == 1
