"""The simulated hall: real acts, repeatable days, and a table that can be believed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from samples import KIOSK, NOON, OFFICE, OFFICER

from kiosk.domain.ticket import QueueEmptyError, TicketState
from kiosk.services import queueing
from kiosk.simulation.checks import check, erlang_c_wait
from kiosk.simulation.memory import MemoryOffice
from kiosk.simulation.run import run
from kiosk.simulation.scenario import SCENARIOS, Purpose, Scenario, scenarios
from kiosk.simulation.score import report, scored, waits


@pytest.fixture(scope="module")
def small() -> Scenario:
    return replace(scenarios(Purpose.SCORING, "chuyen-gac")[0], load=0.5)


def test_tuning_and_scoring_share_no_scenario() -> None:
    tuning, scoring = (scenarios(p) for p in Purpose)
    assert not {s.name for s in tuning} & {s.name for s in scoring}
    assert len({s.name for s in SCENARIOS}) == len(SCENARIOS)
    assert any(s.patience_min for s in scoring)
    assert any(s.lunch for s in scoring)
    assert any(s.parked and s.transferred for s in scoring)
    assert any(people == 25 for s in scoring for _, people in s.bus)


def test_a_seed_gives_the_same_days_again(small: Scenario) -> None:
    first, again, other = (report(run(small, 2, seed)) for seed in (3, 3, 4))
    assert first == again
    assert first != other


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.name)
def test_every_number_of_a_day_comes_to_an_end(scenario: Scenario) -> None:
    tickets = run(scenario, 1, 5).tickets
    assert tickets
    ended = {TicketState.FINISHED, TicketState.NO_SHOW, TicketState.LEFT}
    assert {t.state for t in tickets} <= ended
    assert len({t.label for t in tickets}) == len(tickets)


def test_priority_waits_less_where_people_wait() -> None:
    tickets = run(scenarios(Purpose.TUNING, "qua-tai")[0], 4, 1).tickets
    assert waits([t for t in tickets if t.priority]).p50 < waits([t for t in tickets if not t.priority]).p50


def test_estimates_are_scored_on_the_same_numbers(small: Scenario) -> None:
    outcome = run(small, 2, 2, ask=True)
    table = scored(outcome)
    assert table is not None
    assert set(table.scores) == {
        *("roll-out", "closed-form", "position-x-mean", "last-to-enter", "mean-of-last-30", "oracle")
    }
    assert all(s.mae >= abs(s.bias) for s in table.scores.values())
    assert 0 < table.scored <= len(outcome.tickets)
    assert table.coverage["all"] is not None


def test_the_simulator_agrees_with_theory() -> None:
    assert erlang_c_wait(1, 6, 0.5) == pytest.approx(6)  # M/M/1: rho / (1 - rho) x mean
    found = check(1, days=2, long_days=400)
    assert found.littles_law == pytest.approx(1, abs=0.01)
    assert found.worst < 1e-4, "each person waits exactly as in the recursion"
    assert found.simulated_wait == pytest.approx(found.exact_wait, rel=1e-6)
    assert found.long_run_wait == pytest.approx(found.erlang_c_wait, rel=0.1)  # 3,000 days in `--checks`, for 3 %


def test_a_hall_that_lets_people_wait_longer_than_they_must_is_found_out() -> None:
    found = check(1, days=1, long_days=40)
    assert not replace(found, worst=0.01).ok
    assert not replace(found, long_run_wait=found.erlang_c_wait * 1.04).ok
    assert replace(found, long_run_wait=found.erlang_c_wait).ok


def test_an_act_that_is_refused_leaves_the_memory_as_it_was() -> None:
    memory = MemoryOffice()
    with pytest.raises(QueueEmptyError):
        queueing.call_next(memory.units(), OFFICE, "1", actor=OFFICER, now=NOON)
    with memory.units() as uow:
        uow.tickets.next_number(NOON.date(), "A", 1)
    ticket = queueing.issue_ticket(memory.units(), OFFICE, "ho-tich", actor=KIOSK, now=NOON, touch="t")
    assert ticket.label == "A001"
    with memory.units() as uow:
        mine = uow.tickets.get(ticket.key)
        mine.state = TicketState.LEFT
        uow.tickets.save(mine)
    assert memory.tickets.get(ticket.key).state is TicketState.WAITING
    assert [t.key for t in memory.tickets.waiting(NOON.date())] == [ticket.key]
