"""One vote per ticket, tied to the ticket and to nobody's name; few votes are shown to nobody."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from fakes import FakeOffice
from samples import KIOSK, MOTHER, NOON, OFFICE, OFFICER

from kiosk.domain.event import Actor, Event
from kiosk.domain.rating import (
    NotRatedError,
    OtherCounterError,
    RatingClosedError,
    Reason,
    Score,
    UnknownReasonError,
    UnknownScoreError,
    Vote,
    tallies,
    tally,
)
from kiosk.domain.station import StationKind
from kiosk.domain.ticket import Ticket
from kiosk.services import moving, queueing
from kiosk.services.rating import explain, rate, rateable, satisfaction, shown_data
from kiosk.services.stations import enrol

SCREEN = Actor("", "rating-1", "1")
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
TODAY = NOON.date()


def served(office: FakeOffice, at: datetime = NOON, counter: str = "1", officer: str = "lan") -> Ticket:
    """Issued, called and served at once; finished at `at`."""
    units, actor = office.units(), Actor(officer, "ban-1", counter)
    group = "chung-thuc" if counter == "2" else "ho-tich"
    touch = f"{at}/{len(office.shelf.tickets)}"
    queueing.issue_ticket(units, OFFICE, group, actor=KIOSK, now=at - 5 * MINUTE, touch=touch)
    ticket = queueing.call_next(units, OFFICE, counter, actor=actor, now=at - 4 * MINUTE)
    queueing.serve(units, ticket.key, actor=actor, now=at - 3 * MINUTE)
    return queueing.finish(units, ticket.key, actor=actor, now=at)


def asked(office: FakeOffice, after: timedelta, counter: str = "1") -> str | None:
    with office.units() as uow:
        ticket = rateable(uow, counter, NOON + after)
    return None if ticket is None else ticket.label


def vote(office: FakeOffice, ticket: Ticket, score: str = "good", after: timedelta = SECOND) -> Score:
    at = (ticket.ended_at or NOON) + after
    return rate(office.units(), ticket.key, score, actor=SCREEN, now=at)


def test_a_counter_asks_about_the_ticket_it_finished_for_two_minutes() -> None:
    office = FakeOffice()
    assert asked(office, SECOND) is None
    served(office)
    assert asked(office, SECOND) == "A001"
    assert asked(office, 2 * MINUTE) == "A001"
    assert asked(office, 2 * MINUTE + SECOND) is None
    assert asked(office, SECOND, "2") is None


def test_nobody_is_asked_once_the_next_citizen_is_being_served() -> None:
    office = FakeOffice()
    served(office)
    queueing.issue_ticket(office.units(), OFFICE, "ho-tich", actor=KIOSK, now=NOON, touch="next")
    following = queueing.call_next(office.units(), OFFICE, "1", actor=OFFICER, now=NOON + 5 * SECOND)
    assert asked(office, 10 * SECOND) == "A001"  # still walking
    queueing.serve(office.units(), following.key, actor=OFFICER, now=NOON + 20 * SECOND)
    assert asked(office, 30 * SECOND) is None


def test_a_finish_that_was_taken_back_is_not_asked_about() -> None:
    office = FakeOffice()
    ticket = served(office)
    moving.undo(office.units(), ticket.key, actor=OFFICER, now=NOON + SECOND)
    assert asked(office, 2 * SECOND) is None
    with pytest.raises(RatingClosedError):
        vote(office, ticket)


def test_one_ticket_has_one_vote_and_the_first_counts() -> None:
    office = FakeOffice()
    ticket = served(office)
    assert vote(office, ticket, "bad") is Score.BAD
    assert vote(office, ticket, "very_good", 30 * SECOND) is Score.BAD
    assert vote(office, ticket, "very_good", timedelta(days=1)) is Score.BAD
    assert [e.kind for e in office.shelf.events].count("rating.given") == 1
    assert asked(office, SECOND) is None


def test_a_paired_screen_votes_on_its_own_counter_only() -> None:
    office = FakeOffice()
    enrol(office.units(), OFFICE, "rating-1", StationKind.RATING, "may-9", "L0", "2", actor=OFFICER, now=NOON)
    ticket, elsewhere = served(office), served(office, NOON + MINUTE, counter="2")
    with pytest.raises(OtherCounterError) as caught:
        vote(office, ticket)
    assert caught.value.details == {"counter": "2"}
    assert vote(office, elsewhere) is Score.GOOD


def test_a_vote_comes_in_time_or_not_at_all() -> None:
    office = FakeOffice()
    ticket = served(office)
    with pytest.raises(RatingClosedError) as caught:
        vote(office, ticket, after=3 * MINUTE)
    assert caught.value.details == {"number": "A001"}
    vote(office, ticket, after=2 * MINUTE + 20 * SECOND)  # who saw the faces in time may finish thinking


def test_a_waiting_ticket_has_nothing_to_rate() -> None:
    office = FakeOffice()
    ticket = queueing.issue_ticket(office.units(), OFFICE, "ho-tich", actor=KIOSK, now=NOON, touch="t")
    with pytest.raises(RatingClosedError):
        rate(office.units(), ticket.key, "good", actor=SCREEN, now=NOON)


def test_reasons_follow_the_vote_once() -> None:
    office = FakeOffice()
    ticket = served(office)

    def say(*reasons: str) -> None:
        explain(office.units(), ticket.key, reasons, actor=SCREEN, now=NOON + 3 * SECOND)

    with pytest.raises(NotRatedError):
        say("time")
    vote(office, ticket)
    say()
    say("time", "attitude", "time")
    say("place")
    told = [e.data for e in office.shelf.events if e.kind == "rating.explained"]
    assert told == [{"reasons": ["attitude", "time"]}]


def test_unknown_scores_and_reasons_are_named() -> None:
    office = FakeOffice()
    ticket = served(office)
    with pytest.raises(UnknownScoreError) as caught:
        vote(office, ticket, "five stars")
    assert "very_good" in str(caught.value.details["known"])
    with pytest.raises(UnknownReasonError):
        explain(office.units(), ticket.key, ["weather"], actor=SCREEN, now=NOON)


def test_a_vote_carries_no_person() -> None:
    office = FakeOffice()
    ticket = served(office)
    vote(office, ticket)
    given = next(e for e in office.shelf.events if e.kind == "rating.given")
    assert set(given.data) == {"score", "group", "counter", "officer"}
    assert given.actor == SCREEN
    assert MOTHER.full_name not in json.dumps(dict(given.data), ensure_ascii=False)


def votes(*parts: tuple[str, int]) -> list[Vote]:
    return [Vote(f"{officer}-{n}", Score.GOOD, "g", "1", officer) for officer, count in parts for n in range(count)]


def test_four_votes_are_too_few_and_five_are_enough() -> None:
    assert tally(votes(("lan", 4))) is None
    found = tally(votes(("lan", 5)))
    assert found is not None
    assert (found.n, found.content, found.scores["good"], found.scores["bad"]) == (5, 1.0, 5, 0)


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ([("an", 20), ("binh", 4)], set()),  # 24 - 20 would tell
        ([("an", 20), ("binh", 4), ("chi", 6)], {"an"}),
        ([("an", 20), ("binh", 4), ("chi", 3)], {"an"}),
        ([("an", 20), ("binh", 9)], {"an", "binh"}),
        ([("an", 2)], set()),
    ],
)
def test_too_few_votes_cannot_be_worked_out_from_the_rest(parts: Sequence[tuple[str, int]], shown: set[str]) -> None:
    found = tallies(votes(*parts), "officer")
    assert {name for name, of in found.items() if of is not None} == shown
    assert set(found) == {name for name, _ in parts}


def test_satisfaction_of_a_period_comes_from_the_log() -> None:
    office = FakeOffice()
    for n in range(6):
        ticket = served(office, NOON + n * 10 * MINUTE)
        vote(office, ticket, "bad" if n == 0 else "very_good")
        if n < 2:
            reason = ["time"] if n else ["attitude"]
            explain(office.units(), ticket.key, reason, actor=SCREEN, now=NOON)
    served(office, NOON + 90 * MINUTE, "2")
    vote(office, served(office, NOON + timedelta(days=1)))
    found = satisfaction(office.units(), TODAY, TODAY)
    assert (found.served, found.votes) == (7, 6)
    assert found.total is not None
    assert found.total.reasons == {"+time": 1, "-attitude": 1}
    assert found.total.content == round(5 / 6, 4)
    assert set(found.by_officer) == {"lan"}
    both = satisfaction(office.units(), TODAY, TODAY + timedelta(days=1))
    assert (both.votes, both.served) == (7, 8)


def test_every_level_and_reason_has_words_and_a_picture() -> None:
    from ui.cli.report_text import REASONS, SCORES
    from ui.rating import tiles
    from ui.theme.icons import NAMES

    assert set(tiles.FACES) == set(Score) == set(SCORES)
    assert set(tiles.REASONS) == set(Reason) == set(REASONS)
    assert {look.icon for looks in (tiles.FACES, tiles.REASONS) for look in looks.values()} <= NAMES


def test_a_line_of_the_log_tells_neither_how_nor_to_whom_a_vote_was_given() -> None:
    said = {"score": "bad", "group": "ho-tich", "counter": "1", "officer": "lan"}
    vote = Event("rating.given", "t-1", NOON, KIOSK, said)
    reason = Event("rating.explained", "t-1", NOON, KIOSK, {"reasons": ["attitude"]})
    assert shown_data(vote) == {"group": "ho-tich", "counter": "1"}
    assert shown_data(reason) == {}
    assert shown_data(Event("ticket.called", "t-1", NOON, KIOSK, said)) == said
