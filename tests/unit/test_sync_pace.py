"""How much, how fast and at which hours files go."""

from __future__ import annotations

import socket
import threading
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from kiosk.clock import OFFICE_ZONE
from sync.congestion import UNSENT, chosen, resists_loss, socket_options
from sync.pace import Bucket, Courtesy, Hours, hours_of
from sync.pieces import LEAST, SHORT, Pieces

KIB = 1024


@dataclass
class Hands:
    now: float = 100.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-23T{text}").replace(tzinfo=OFFICE_ZONE)


def test_a_bucket_lets_through_what_it_says_over_any_long_time() -> None:
    hands = Hands()
    bucket = Bucket(10_000, lambda: hands.now, hands.sleep)
    began = hands.now
    for _ in range(100):
        bucket.take(1_000)
    assert bucket.passed == 100_000
    assert hands.now - began == pytest.approx(9.0)  # ten seconds' worth, of which the first second was saved up


def test_what_was_not_used_is_not_saved_up_for_ever() -> None:
    hands = Hands()
    bucket = Bucket(10_000, lambda: hands.now, hands.sleep)
    hands.now += 3_600
    for _ in range(50):
        bucket.take(1_000)
    assert sum(hands.slept) == pytest.approx(4.0)


def test_without_a_limit_nobody_waits() -> None:
    hands = Hands()
    bucket = Bucket(0.0, lambda: hands.now, hands.sleep)
    bucket.take(10**9)
    assert hands.slept == []


@pytest.mark.parametrize(
    ("hours", "now", "wait_s"),
    [
        ("18:00-06:00", "17:59:00", 60),
        ("18:00-06:00", "18:00:00", 0),
        ("18:00-06:00", "00:00:00", 0),
        ("18:00-06:00", "05:59:59", 0),
        ("18:00-06:00", "06:00:00", 12 * 3600),
        ("12:00-13:30", "13:30:00", 22.5 * 3600),
        ("12:00-13:30", "11:59:30", 30),
        ("07:00-07:00", "03:00:00", 0),
    ],
)
def test_hours_over_midnight_and_within_a_day(hours: str, now: str, wait_s: float) -> None:
    found = hours_of(hours)
    assert found is not None
    assert found.wait_s(at(now)) == wait_s


@pytest.mark.parametrize("text", ["18:00", "25:00-06:00", "six-seven"])
def test_hours_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        hours_of(text)


def test_no_hours_at_all() -> None:
    assert hours_of("") is None
    assert Courtesy().wait_s(at("10:00:00"), 0.0) == 0.0


def test_pages_wait_for_their_hours_only_on_a_weak_line_and_never_the_urgent_ones() -> None:
    night = Hours(at("18:00:00").time(), at("06:00:00").time())
    noon = at("12:00:00")
    always, weak = Courtesy(night), Courtesy(night, weak_below=60_000)
    assert always.wait_s(noon, 1e6) == weak.wait_s(noon, 59_999) == weak.wait_s(noon, 0.0) == 6 * 3600
    assert weak.wait_s(noon, 60_000) == 0.0
    assert weak.wait_s(noon, 1_000, urgent=True) == 0.0


def test_pieces_are_long_by_themselves_and_never_shorter_than_a_line_is_worth() -> None:
    pieces = Pieces()
    assert pieces.size(10**9) == 512 * KIB
    assert pieces.size(100) == 100
    pieces.took(512 * KIB, 4.0)
    assert pieces.size(10**9) == 60 * 128 * KIB
    slow = Pieces()
    slow.took(512 * KIB, 512.0)
    assert slow.size(10**9) == SHORT


def test_the_rate_follows_the_line_without_jumping() -> None:
    pieces = Pieces()
    pieces.took(1_000_000, 10)
    pieces.took(1_000_000, 100)
    assert 10_000 < pieces.rate < 100_000
    pieces.took(100, 1)  # too little to say anything
    assert pieces.rate == pytest.approx(73_000)


def test_after_a_refusal_pieces_shrink_down_to_the_least_and_stay_there() -> None:
    pieces, sizes = Pieces(), []
    size = pieces.size(10**9)
    while pieces.too_large(size):
        size = pieces.size(10**9)
        sizes.append(size)
    assert sizes[0] == 256 * KIB
    assert sizes[-1] == LEAST
    assert sizes == sorted(sizes, reverse=True)
    pieces.took(LEAST, 0.001)
    assert pieces.size(10**9) == LEAST


def test_a_small_cut_says_nothing_of_a_proxy() -> None:
    pieces = Pieces()
    pieces.held_back(SHORT - 1)
    assert pieces.size(10**9) == 512 * KIB
    pieces.took(10**6, 1)
    pieces.held_back(SHORT)
    assert pieces.size(10**9) == SHORT
    pieces.took(SHORT, 1.0)
    assert pieces.size(10**9) == 8 * SHORT


def test_sockets_take_the_options_that_are_chosen() -> None:
    """On this machine, whatever it is; what the system does not offer is not asked for."""
    for wanted in ("auto", "bbr", "system", "cubic"):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as opened:
            for option in socket_options(wanted, 12.0):
                opened.setsockopt(*option)
            if hasattr(socket, "TCP_CONGESTION"):
                took = opened.getsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, 16).rstrip(b"\0")
                assert chosen(wanted) in (took, b"")
                assert resists_loss(wanted) == (took == b"bbr")
            if hasattr(socket, "TCP_NOTSENT_LOWAT"):
                assert opened.getsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT) == UNSENT


def test_who_holds_the_line_may_send_and_the_others_wait() -> None:
    bucket = Bucket(0.0)
    other = threading.Thread(target=bucket.take, args=(5,))
    with bucket.held():
        other.start()
        bucket.take(100)
        other.join(0.05)
        assert bucket.passed == 100
    other.join(30)
    assert bucket.passed == 105
