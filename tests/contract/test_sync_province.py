"""What every ProvinceClient promises: the one in memory, and one of each generation against the stand-in's process."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

import pytest
from sync_fakes import FakeProvince
from sync_speakers import Speaker, speaker
from sync_stand_in import StandIn

from kiosk.errors import TransientSyncError
from sync.errors import LineDownError
from sync.messages.forms import Generation
from sync.outcome import Outcome


class Hand(Protocol):
    """The province's own side: what its clerk, or its bad day, does."""

    def decide(self, code: str, status: str, official: str = "") -> None: ...

    def refuse(self, code: str, reason: str) -> None: ...

    def spoil(self, failure: str) -> None:
        """The next answer: "lost_before", "lost_after", "busy", "wrong_hash"."""

    def go_away(self) -> None: ...


@dataclass
class FakeHand:
    province: FakeProvince

    def decide(self, code: str, status: str, official: str = "") -> None:
        self.province.decide(code, status, official)

    def refuse(self, code: str, reason: str) -> None:
        self.province.refusals[code] = reason

    def spoil(self, failure: str) -> None:
        self.province.failures = [failure]

    def go_away(self) -> None:
        self.province.is_away = True


@dataclass
class HttpHand:
    stand_in: StandIn
    names: dict[str, str] = field(
        default_factory=lambda: {"lost_before": "drop_request", "lost_after": "drop_reply_after_commit"}
    )

    def decide(self, code: str, status: str, official: str = "") -> None:
        self.stand_in.decide(code, status, official=official)

    def refuse(self, code: str, reason: str) -> None:
        self.stand_in.misbehave(reject={code: reason})

    def spoil(self, failure: str) -> None:
        self.stand_in.misbehave(**{self.names.get(failure, failure): 1})

    def go_away(self) -> None:
        self.stand_in.misbehave(away=True)


Pair = tuple[Speaker, Hand]


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    with StandIn(tmp_path_factory.mktemp("province")) as running:
        yield running


@pytest.fixture(params=["memory", Generation.G1, Generation.G15, Generation.G2])
def pair(request: pytest.FixtureRequest) -> Iterator[Pair]:
    if request.param == "memory":
        province = FakeProvince()
        yield Speaker(province), FakeHand(province)
        return
    running: StandIn = request.getfixturevalue("stand_in")
    running.misbehave()
    speaking = speaker(running.url, request.param)
    speaking.client.lookup("nobody's")  # signed in, so that the login meets no fault that is meant for another call
    yield speaking, HttpHand(running)
    speaking.client.close()


@pytest.fixture
def code(pair: Pair) -> str:
    return pair[0].code()


def test_an_unknown_code_is_clearly_unknown(pair: Pair, code: str) -> None:
    assert pair[0].client.lookup(code) is None


def test_what_was_inserted_is_found(pair: Pair, code: str) -> None:
    say, _ = pair
    assert say.client.insert([say.message(code)]).outcome is Outcome.DONE
    found = say.client.lookup(code)
    assert found is not None
    assert found.code == code
    assert found.steps == frozenset()


def test_inserting_twice_says_so_and_keeps_one(pair: Pair, code: str) -> None:
    say, _ = pair
    say.client.insert([say.message(code)])
    verdict = say.client.insert([say.message(code)])
    assert verdict.outcome is Outcome.EXISTS
    assert code in verdict.reason


def test_an_update_replaces_a_known_dossier_and_misses_an_unknown_one(pair: Pair, code: str) -> None:
    say, _ = pair
    assert say.client.update([say.correction(code)]).outcome is Outcome.ABSENT
    say.client.insert([say.message(code)])
    assert say.client.update([say.correction(code)]).outcome is Outcome.DONE


def test_a_step_needs_its_dossier_and_is_told_afterwards(pair: Pair, code: str) -> None:
    say, _ = pair
    assert say.client.progress([say.step(code, "2")]).outcome is Outcome.ABSENT
    say.client.insert([say.message(code)])
    assert say.client.progress([say.step(code, "2"), say.step(code, "4")]).outcome is Outcome.DONE
    assert say.client.progress([say.step(code, "2")]).outcome is Outcome.DONE
    found = say.client.lookup(code)
    assert found is not None
    assert found.steps == frozenset({("20261123100000", "2"), ("20261123100000", "4")})


def test_a_refusal_carries_the_reason(pair: Pair, code: str) -> None:
    say, hand = pair
    hand.refuse(code, "Sai mã lĩnh vực")
    verdict = say.client.insert([say.message(code)])
    assert (verdict.outcome, verdict.reason) == (Outcome.REJECTED, "Sai mã lĩnh vực")
    assert say.client.lookup(code) is None


def test_a_file_is_found_by_its_content_once_it_is_there(pair: Pair, code: str) -> None:
    say, _ = pair
    content = f"%PDF {code}".encode() * 1000
    sha256 = hashlib.sha256(content).hexdigest()
    assert say.client.find_file(sha256) is None
    receipt = say.client.upload_file("doc-1", content, sha256, "application/pdf")
    assert receipt.sha256 == sha256
    assert say.client.find_file(sha256) == receipt


def test_a_wrong_hash_is_told_not_hidden(pair: Pair, code: str) -> None:
    say, hand = pair
    content = code.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    hand.spoil("wrong_hash")
    assert say.client.upload_file("doc-1", content, sha256, "application/pdf").sha256 != sha256


def test_news_comes_in_order_from_the_cursor_on(pair: Pair, code: str) -> None:
    say, hand = pair
    say.client.insert([say.message(code)])
    start = say.client.changes("")
    hand.decide(code, "4")
    hand.decide(code, "9", "H26.107-20261123-0000009")
    news = say.client.changes(start.cursor)
    assert [(c.our_code, c.status, c.official_code) for c in news.items] == [
        (code, "4", ""),
        (code, "9", "H26.107-20261123-0000009"),
    ]
    assert say.client.changes(news.cursor).items == ()


def test_a_reply_lost_after_storing_is_unknown_and_the_dossier_is_there(pair: Pair, code: str) -> None:
    say, hand = pair
    hand.spoil("lost_after")
    assert say.client.insert([say.message(code)]).outcome is Outcome.UNKNOWN
    assert say.client.lookup(code) is not None


def test_a_request_lost_before_storing_is_unknown_and_the_dossier_is_not_there(pair: Pair, code: str) -> None:
    say, hand = pair
    hand.spoil("lost_before")
    assert say.client.insert([say.message(code)]).outcome is Outcome.UNKNOWN
    assert say.client.lookup(code) is None


def test_a_busy_province_is_to_be_tried_again(pair: Pair, code: str) -> None:
    say, hand = pair
    hand.spoil("busy")
    assert say.client.insert([say.message(code)]).outcome is Outcome.TRANSIENT
    hand.spoil("busy")
    with pytest.raises(TransientSyncError):
        say.client.lookup(code)


def test_a_province_that_is_away_never_says_that_there_is_nothing(pair: Pair, code: str) -> None:
    say, hand = pair
    hand.go_away()
    for ask in (
        lambda: say.client.lookup(code),
        lambda: say.client.find_file("ab" * 32),
        lambda: say.client.changes(""),
    ):
        with pytest.raises(TransientSyncError):
            ask()
    with suppress(LineDownError):  # clear that nothing was sent: just as good
        assert say.client.insert([say.message(code)]).outcome is Outcome.UNKNOWN
