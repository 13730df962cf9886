"""A province that says 429 to everybody is not asked by everybody; one bad entry holds up no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from sync_fakes import Bench, FakeProvince

from kiosk.domain.job import JobState
from sync.circuit import Circuit
from sync.errors import ReplyLostError
from sync.messages.g15 import Message
from sync.outcome import Outcome, Verdict
from sync.province import Changes

DOSSIERS = 60


@dataclass
class Stormy(FakeProvince):
    """storm: what every write is answered while it lasts; an overloaded gateway (503) has no news either."""

    storm: Verdict | None = None
    writes: int = 0

    def insert(self, dossiers: Sequence[Message]) -> Verdict:
        return self._through(lambda: super(Stormy, self).insert(dossiers))

    def update(self, dossiers: Sequence[Message]) -> Verdict:
        return self._through(lambda: super(Stormy, self).update(dossiers))

    def progress(self, entries: Sequence[Message]) -> Verdict:
        return self._through(lambda: super(Stormy, self).progress(entries))

    def changes(self, cursor: str) -> Changes:
        if self.storm is not None and self.storm.outcome is Outcome.UNKNOWN:
            self.asked.append("changes")
            raise ReplyLostError
        return super().changes(cursor)

    def _through(self, act: Callable[[], Verdict]) -> Verdict:
        self.writes += 1
        return self.storm or act()


@pytest.mark.parametrize(
    "storm",
    [
        Verdict(Outcome.TRANSIENT, "HTTP 429", retry_after_s=20.0),
        Verdict(Outcome.TRANSIENT, "HTTP 429"),
        Verdict(Outcome.TRANSIENT, "Hệ thống đang bận"),
        Verdict(Outcome.UNKNOWN, "HTTP 503"),
        Verdict(Outcome.UNKNOWN, "HTTP 503", retry_after_s=1e30),
    ],
    ids=["429-after-20s", "429", "busy", "503", "503-for-ever"],
)
def test_a_storm_of_a_minute_costs_few_requests(storm: Verdict) -> None:
    province = Stormy(storm=storm)
    bench = Bench(province=province)
    for n in range(DOSSIERS):
        bench.receive(f"draft-{n}")
    for _second in range(60):
        bench.worker.once()
        bench.clock.move(1)
    in_the_storm = province.writes
    province.storm = None
    bench.rounds(40, seconds=20)
    assert not bench.jobs(JobState.WAITING, JobState.LEASED, JobState.REJECTED)
    messages = 2 * DOSSIERS
    assert in_the_storm <= messages / 10
    # Each new dossier that was in a batch is asked for once before it is sent alone; news come at their own pace.
    assert province.writes <= 1.5 * messages
    assert province.writes + province.asked.count("lookup") <= 2 * messages
    assert (len(province.codes), len(set(province.codes)), province.repeated_steps) == (DOSSIERS, DOSSIERS, 0)


def test_one_busy_answer_holds_up_nobody_and_several_in_a_row_do() -> None:
    now = 0.0
    circuit = Circuit(lambda: now)
    circuit.busy(None)
    assert (circuit.wait_s, circuit.is_up) == (0.0, True)
    circuit.busy(None)
    assert circuit.wait_s > 0
    circuit.worked()
    assert circuit.wait_s == 0


def test_a_pause_that_the_province_asks_for_is_kept_within_reason() -> None:
    circuit = Circuit(lambda: 0.0)
    circuit.busy(20.0)
    assert circuit.wait_s == 20
    circuit.busy(1e30)
    assert circuit.wait_s == 300
