"""A kiosk that the office refuses asks ever more rarely, and at once when it was paired again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.membership import Membership, Stop
from kiosk.domain.station import DoubtfulStationError, Series, StationKind
from kiosk.services.reporting import is_refusal
from kiosk.storage.errors import LoginRefusedError, StoreOfflineError
from ui.ticketing.retry import AGAIN_LAST_S, REFUSED_LAST_S, Retry

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
