"""What comes late, and what was done by label, in the figures and in the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hall_samples import (
    CALENDAR,
    CALL,
    DAY,
    EVENING,
    FINISH,
    MINUTE,
    PARK,
    SERVE,
    a_visit,
    figures,
    give,
    kept,
    push,
)
from samples import NOON, OFFICE, OFFICER
from station_samples import Hands, OwnStore, paired

from kiosk.domain.by_label import Visit
from kiosk.domain.ticket import TicketState
from kiosk.services import queueing
from kiosk.services.by_label import How, reconcile
from kiosk.services.closing import close_day
from kiosk.services.ports import Units
from kiosk.services.queue_stats import settle_days

HOUR = timedelta(hours=1)


# --- figures ---------------------------------------------------------------------------------------------------------


def test_numbers_told_after_their_day_was_kept_are_in_its_figures(units: Units) -> None:
    kiosk = paired(units)
    kiosk.issue()
    push(kiosk, units, NOON)
    late = kiosk.issue()
    close_day(units(), OFFICE, CALENDAR, actor=OFFICER, now=EVENING)
    for n in range(1, 5):
        give(units, f"t{n}", NOON + n * DAY)
    assert settle_days(units, units, now=NOON + 4 * DAY) > 0
    kiosk.hands.pass_s(4 * 86400 + 3600)
    push(kiosk, units, now := NOON + 4 * DAY + timedelta(hours=1))
    assert kept(units, late.key).business_day == NOON.date()
    assert figures(units, now, rebuild=False) == figures(units, now, rebuild=True)
    settle_days(units, units, now=now)
    assert figures(units, now, rebuild=False) == figures(units, now, rebuild=True)


def test_a_service_that_was_taken_back_is_in_no_figure(units: Units) -> None:
    ticket = give(units, "t", NOON - MINUTE)
    later = a_visit("b", ticket.label, "2", NOON + 30 * MINUTE, CALL, SERVE, FINISH)
    first = a_visit("a", ticket.label, "1", NOON, CALL, SERVE, FINISH)
    assert [s.how for s in reconcile(units, [later], now=EVENING)] == [How.DONE]
    assert [s.how for s in reconcile(units, [first], now=EVENING)] == [How.DONE]
    after = kept(units, ticket.key)
    assert (after.state, after.counter, after.first_called_at) == (TicketState.FINISHED, "1", NOON)
    found = figures(units, EVENING, rebuild=True)
    assert found["total"]["wait"]["max_s"] == 60.0
    assert found["total"]["service"]["max_s"] == 60.0
    assert list(found["counters"]) == ["1"]


# --- by label --------------------------------------------------------------------------------------------------------


def test_a_desk_set_back_that_ends_a_visit_again_leaves_it_ended(units: Units) -> None:
    ticket = give(units, "t", NOON - MINUTE)
    whole = a_visit("a", ticket.label, "1", NOON, CALL, SERVE, FINISH)
    reconcile(units, [whole], now=EVENING)
    again = Visit((*whole.entries[:2], replace(whole.entries[2], key="a/9", at=NOON + 9 * MINUTE)))
    reconcile(units, [again], now=EVENING)
    after = kept(units, ticket.key)
    assert (after.state, after.ended_at) == (TicketState.FINISHED, NOON + 2 * MINUTE)
    with units() as look:
        before = look.events.last_seq()
    reconcile(units, [again], now=EVENING)
    with units() as look:
        assert look.events.last_seq() == before


def test_the_next_morning_a_number_waits_for_the_kiosk_that_was_not_heard_since(units: Units) -> None:
    kiosk = paired(units)
    ticket = kiosk.issue()
    visit = a_visit("a", ticket.label, "1", NOON + MINUTE, CALL, SERVE, FINISH)
    morning = NOON + DAY - timedelta(hours=3)
    assert [s.how for s in reconcile(units, [visit], now=morning)] == [How.WAITS]
    kiosk.hands.pass_s(86400 - 3 * 3600)
    kiosk.reporter.beat(OwnStore(units, Hands(morning)))
    push(kiosk, units, morning)
    assert [s.how for s in reconcile(units, [visit], now=morning)] == [How.DONE]
    assert kept(units, ticket.key).state is TicketState.FINISHED


def test_a_kiosk_that_stays_silent_is_waited_for_and_not_for_ever(units: Units) -> None:
    paired(units)
    visit = a_visit("a", "A009", "1", NOON + MINUTE, CALL, FINISH)
    afternoons = [reconcile(units, [visit], now=NOON + n * DAY + 4 * HOUR)[0].how for n in (1, 5, 14)]
    assert afternoons == [How.WAITS, How.WAITS, How.UNKNOWN]


@pytest.mark.parametrize("at_counter", [True, False])
def test_who_was_finished_by_label_is_served_although_the_day_was_closed_first(units: Units, at_counter: bool) -> None:
    ticket, other = give(units, "t", NOON - MINUTE), give(units, "u", NOON)
    visit = a_visit("a", ticket.label, "1", NOON + MINUTE, CALL, SERVE, FINISH)
    if at_counter:  # called before the office went away, and never heard of again there
        queueing.call_ticket(units(), OFFICE, ticket.key, "1", actor=OFFICER, now=NOON)
        visit = Visit(visit.entries[1:])
    aside = a_visit("b", other.label, "2", NOON + MINUTE, CALL, PARK)
    close_day(units(), OFFICE, CALENDAR, actor=OFFICER, now=EVENING)
    morning = NOON + DAY
    hows = {s.visit.label: s.how for s in reconcile(units, [visit, aside], now=morning)}
    assert hows == {ticket.label: How.DONE, other.label: How.KEPT}
    after = kept(units, ticket.key)
    assert (after.state, after.outcome, after.ended_at) == (TicketState.FINISHED, "served", NOON + 3 * MINUTE)
    assert kept(units, other.key).outcome == "expired_day"
    with units() as look:
        before = look.events.last_seq()
    assert {s.visit.label: s.how for s in reconcile(units, [aside, visit], now=morning)} == hows
    with units() as look:
        assert look.events.last_seq() == before
    found = figures(units, morning, rebuild=True)
    assert (found["outcomes"]["served"], found["outcomes"]["expired"]) == (1, 1)
    assert found["total"]["service"]["max_s"] == 60.0


def test_what_the_officer_ended_is_not_taken_back_for_a_later_counter(units: Units) -> None:
    ticket = give(units, "t", NOON - MINUTE)
    queueing.void(units(), ticket.key, actor=OFFICER, now=NOON)
    visit = a_visit("a", ticket.label, "1", NOON + MINUTE, CALL, SERVE, FINISH)
    assert [s.how for s in reconcile(units, [visit], now=EVENING)] == [How.AGAIN]
    assert kept(units, ticket.key).state is TicketState.VOIDED
