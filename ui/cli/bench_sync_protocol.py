"""`motcua bench sync --only protocol`: many lives of the modelled protocol, and every planted bug found."""

from __future__ import annotations

import time

from ui.cli.bench_sync_model import Bug, Life
from ui.cli.bench_sync_part import Measured, Wanted

RUNS = 20_000
SEEDS_FOR_A_BUG = 1_000


def measure(wanted: Wanted) -> Measured:
    runs, began = wanted.runs or RUNS, time.monotonic()
    seeds = range(wanted.seed, wanted.seed + runs)
    broken = {seed: found for seed in seeds if (found := Life(seed).live())}
    took = time.monotonic() - began
    caught = {bug.value: seeds_until_caught(bug, wanted.seed) for bug in Bug if bug is not Bug.NONE}
    missed = [name for name, count in caught.items() if count is None]
    figures = {
        "runs": runs,
        "runs_per_second": round(runs / took),
        "broken": {str(seed): found for seed, found in list(broken.items())[:20]},
        "bugs": len(caught),
        "seeds_until_caught": caught,
    }
    verdict = f"SAI ở {len(broken)} lượt, hạt giống {sorted(broken)[:20]}." if broken else "Không lượt nào sai."
    bugs = f"Tìm ra cả {len(caught)} lỗi cài sẵn." if not missed else f"KHÔNG tìm ra: {', '.join(missed)}."
    return Measured(not broken and not missed, figures, f"{runs} lượt mô phỏng. {verdict} {bugs}")


def seeds_until_caught(bug: Bug, first: int, most: int = SEEDS_FOR_A_BUG) -> int | None:
    """How many lives it takes until the ledger sees this bug; None when `most` do not show it."""
    return next((n + 1 for n in range(most) if Life(first + n, bug).live()), None)
