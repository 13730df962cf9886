"""The fault run itself, small: a real office, a real stand-in, kills of both, and a ledger that finds nothing."""

from __future__ import annotations

from pathlib import Path

from ui.cli.bench_sync_faults import run_faults


def test_a_small_fault_run_ends_with_everything_there_once(tmp_path: Path) -> None:
    run = run_faults(tmp_path, dossiers=6, offices=1, kills=2, seed=4)
    assert run.problems == []
    assert (run.dossiers, sum(run.kills.values())) == (6, 2)
    assert run.steps >= 6
    assert run.files
