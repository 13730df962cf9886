"""The modelled protocol keeps every promise; each rule that is taken out of it breaks one."""

from __future__ import annotations

import pytest

from ui.cli.bench_sync_model import Bug, Life
from ui.cli.bench_sync_protocol import seeds_until_caught


def test_no_life_of_the_protocol_breaks_a_promise() -> None:
    assert {seed: found for seed in range(800) if (found := Life(seed).live())} == {}


@pytest.mark.parametrize("bug", [bug for bug in Bug if bug is not Bug.NONE])
def test_each_planted_bug_is_seen(bug: Bug) -> None:
    assert seeds_until_caught(bug, 0) is not None
