"""What a slow province stores long after the office gave up waiting undoes nothing that was sent since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest
from samples import OFFICER, a_desk
from sync_fakes import Bench, FakeProvince

from kiosk.domain.job import JobState
from kiosk.services import handover
from sync.messages.g15 import Message
from sync.outcome import Outcome, Verdict


@dataclass
class SlowProvince(FakeProvince):
    """slow: the next writes of this name are under way until `arrive`. under_way: what has not come in yet."""

    slow: str = ""
    under_way: list[Callable[[], Verdict]] = field(default_factory=list)

    def update(self, dossiers: Sequence[Message]) -> Verdict:
        return self._put_off("update", lambda: super(SlowProvince, self).update(dossiers))

    def progress(self, entries: Sequence[Message]) -> Verdict:
        return self._put_off("progress", lambda: super(SlowProvince, self).progress(entries))

    def _put_off(self, name: str, act: Callable[[], Verdict]) -> Verdict:
        if self.slow != name:
            return act()
        self.slow = ""
        self.under_way.append(act)
        return Verdict(Outcome.UNKNOWN)

    def arrive(self) -> None:
        for act in self.under_way:
            act()
        self.under_way.clear()


@pytest.mark.parametrize("write", ["update", "progress"])
def test_nothing_follows_what_may_still_be_under_way(write: str) -> None:
    province = SlowProvince()
    bench = Bench(province=province)
    key = bench.receive().key
    bench.rounds(2)
    province.slow = write
    handover.start_processing(bench.units(), a_desk(), key, actor=OFFICER, now=bench.clock())
    bench.worker.once()
    assert province.under_way
    before = list(province.asked)
    bench.rounds(4, seconds=5)
    assert [name for name in province.asked[len(before) :] if name in ("insert", "update", "progress")] == []
    province.arrive()
    bench.rounds(4)
    assert not bench.jobs(JobState.WAITING, JobState.LEASED, JobState.REJECTED)
    assert province.dossiers[0][1]["TrangThaiHoSo"] == "4"
    assert (len(province.steps[province.codes[0]]), province.repeated_steps) == (2, 0)


def test_a_worker_killed_while_a_picture_left_is_followed_by_one_that_lets_it_settle() -> None:
    class KilledError(BaseException):
        pass

    province = SlowProvince()
    bench = Bench(province=province)
    key = bench.receive().key
    bench.rounds(2)

    def die(name: str) -> None:
        if name == "update":
            raise KilledError

    handover.start_processing(bench.units(), a_desk(), key, actor=OFFICER, now=bench.clock())
    province.on_call = die
    with pytest.raises(KilledError):
        bench.worker.once()
    province.on_call = lambda _name: None
    bench.clock.move(31)  # the lease of the killed one
    bench.worker, asked = bench.a_worker(), province.asked.count("update")
    bench.clock.move(-30)
    with bench.units() as uow:
        uow.jobs.reclaim("sync", bench.clock())
        uow.commit()
    bench.worker.once()
    assert province.asked.count("update") == asked
    bench.rounds(3)
    assert province.dossiers[0][1]["TrangThaiHoSo"] == "4"
