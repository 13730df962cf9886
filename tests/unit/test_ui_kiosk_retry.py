"""A kiosk that the office refuses asks ever more rarely, and at once when it was paired again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from kiosk.domain.membership import Membership, Stop
from kiosk.domain.station import DoubtfulStationError, Series, StationKind
from kiosk.services.reporting import is_refusal
from kiosk.storage.errors import LoginRefusedError, StoreOfflineError
from ui.feed import PAUSE_S, FeedThread
from ui.pairing.heart import BEAT_S, StationHeart
from ui.retry import LAST_S as REFUSED_LAST_S
from ui.ticketing.retry import AGAIN_LAST_S, Retry

OURS = Membership("kiosk-1", StationKind.KIOSK, Series("K", 2), "L1", "postgresql://a@h/x")


def pauses(retry: Retry, times: int, refused: Membership | None) -> list[float]:
    found = []
    for _ in range(times):
        retry.failed(refused)
        found.append(retry.pause_s())
    return found


def test_after_a_silence_the_office_is_looked_for_every_few_seconds() -> None:
    assert pauses(Retry(), 5, None) == [0.5, 1.0, 2.0, AGAIN_LAST_S, AGAIN_LAST_S]


def test_after_a_refusal_the_pauses_grow_to_a_minute() -> None:
    longest = Retry(between=lambda _low, high: high)
    assert pauses(longest, 7, OURS) == [3, 6, 12, 24, 48, REFUSED_LAST_S, REFUSED_LAST_S]


def test_two_refused_kiosks_do_not_ask_in_step() -> None:
    one, other = pauses(Retry(), 8, OURS), pauses(Retry(), 8, OURS)
    assert one != other
    assert all(REFUSED_LAST_S / 2 <= pause <= REFUSED_LAST_S for pause in one[5:])


def test_a_silence_that_follows_a_refusal_is_a_silence() -> None:
    retry = Retry()
    pauses(retry, 6, OURS)
    assert pauses(retry, 1, None) == [AGAIN_LAST_S]
    retry.answered()
    assert retry.pause_s() == 0


@pytest.mark.parametrize(
    ("known", "over"),
    [
        (OURS, False),
        (replace(OURS, told=Stop.REVOKED), False),  # what the refusal itself leaves behind
        (replace(OURS, following="L2"), False),
        (replace(OURS, lease="L9", office_url="postgresql://b@h/x"), True),
        (replace(OURS, lease="L9"), True),
        (None, False),
    ],
)
def test_only_a_new_pairing_ends_the_wait(known: Membership | None, over: bool) -> None:
    retry = Retry()
    retry.failed(OURS)
    assert retry.is_over(known) is over


def test_who_was_not_refused_waits_for_no_pairing() -> None:
    retry = Retry()
    retry.failed()
    assert not retry.is_over(replace(OURS, lease="L9"))


def test_a_server_that_is_away_is_no_refusal() -> None:
    assert is_refusal(DoubtfulStationError(name="kiosk-1"))
    assert is_refusal(LoginRefusedError())
    assert not is_refusal(StoreOfflineError())


class NoBeat:
    def __call__(self) -> None: ...

    def close(self) -> None: ...


def test_a_screen_that_was_shut_out_beats_ever_more_rarely_until_it_is_taken_again() -> None:
    heart = StationHeart(NoBeat())
    assert heart.pause_s() == BEAT_S
    for _ in range(8):
        heart._tell(LoginRefusedError())
    assert REFUSED_LAST_S / 2 <= heart.pause_s() <= REFUSED_LAST_S
    heart._let_in()
    assert heart.pause_s() == BEAT_S


class RefusedFeed:
    """Refuses so often, then says that nothing happened."""

    def __init__(self, refusals: int) -> None:
        self.refusals = refusals
        self.asked = 0

    def wait(self, after: int, timeout_s: float) -> int:
        self.asked += 1
        if self.asked <= self.refusals:
            raise LoginRefusedError
        return after


def test_the_feed_of_a_screen_that_was_shut_out_is_not_asked_each_second(qtbot: QtBot) -> None:
    thread = FeedThread(RefusedFeed(100))
    with qtbot.waitSignal(thread.lost, timeout=20_000):
        thread.start()
    assert thread.pause_s() > PAUSE_S
    thread.close()


def test_the_feed_of_a_server_that_is_away_is_asked_each_second() -> None:
    assert FeedThread(RefusedFeed(0)).pause_s() == PAUSE_S
