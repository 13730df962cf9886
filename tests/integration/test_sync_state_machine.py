"""Any order of acts, faults, deaths, waits and news: nothing twice, nothing out of order, and in the end all is there.

MOTCUA_EXAMPLES: how many lives are tried (a dozen by default; thousands for a release, docs/measures.md).
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sync_stand_in import StandIn
from sync_world import OPERATIONS, QUICK, World

EXAMPLES = int(os.environ.get("MOTCUA_EXAMPLES", "12"))
STEPS = 30


@pytest.fixture(scope="module")
def provinces(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[bool, StandIn]]:
    """By whether it takes the same code twice."""
    folder = tmp_path_factory.mktemp("provinces")
    with (
        StandIn(folder / "naive", "--naive", "--allocate") as naive,
        StandIn(folder / "strict", "--allocate") as strict,
    ):
        yield {True: naive, False: strict}


class Exchange(RuleBasedStateMachine):
    """provinces: set by the test."""

    provinces: dict[bool, StandIn]

    @initialize(seed=st.integers(0, 2**16), naive=st.booleans())
    def begin(self, seed: int, naive: bool) -> None:
        self.naive = naive
        self.world = World(self.provinces[naive], seed)

    @rule(count=st.integers(1, 3))
    def receive(self, count: int) -> None:
        for _ in range(count):
            self.world.receive()

    @rule(count=st.integers(1, 3))
    def go_on(self, count: int) -> None:
        for _ in range(count):
            self.world.go_on()

    @rule()
    def round(self) -> None:
        self.world.round()

    @rule(seconds=st.sampled_from((1, 10, 60, 3600)))
    def wait(self, seconds: int) -> None:
        self.world.clock.move(seconds)

    @rule(kind=st.sampled_from(QUICK), operation=st.sampled_from(OPERATIONS))
    def misfortune(self, kind: str, operation: str) -> None:
        # A request that arrives twice where nobody looks for the code: that no office could prevent.
        if not (self.naive and kind == "duplicate"):
            self.world.misfortune(kind, operation)

    @rule(steps=st.integers(0, 30))
    def die(self, steps: int) -> None:
        self.world.death.left = steps

    @rule(
        habit=st.sampled_from(
            ({"no_words": True}, {"hide_steps": True}, {"double_encoded": True}, {"code_form": "raw00"}, {"away": True})
        )
    )
    def habit(self, habit: dict[str, object]) -> None:
        self.world.habit(**habit)

    @rule()
    def behave(self) -> None:
        self.world.province.misbehave()

    @rule()
    def news(self) -> None:
        self.world.decide()

    @rule()
    def lose_cursor(self) -> None:
        self.world.lose_cursor()

    @invariant()
    def nothing_is_twice_or_out_of_order(self) -> None:
        if hasattr(self, "world"):
            assert self.world.wrong_so_far() == []

    def teardown(self) -> None:
        if hasattr(self, "world"):
            try:
                assert self.world.calm_down() == []
            finally:
                self.world.close()


def test_whatever_happens_everything_arrives_exactly_once(provinces: dict[bool, StandIn]) -> None:
    Exchange.provinces = provinces
    run_state_machine_as_test(
        Exchange,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
