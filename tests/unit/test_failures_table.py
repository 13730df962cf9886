"""docs/failures.md names tests that exist, and every failure has one."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs" / "failures.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(unit|contract|integration|e2e)/(\w+)::(\w+)`", TABLE)


def test_every_failure_has_a_line() -> None:
    assert re.findall(r"^\| (F\d\d) ", TABLE, re.MULTILINE) == [f"F{n:02d}" for n in range(1, 49)]


def test_every_test_that_is_named_exists() -> None:
    wrong = []
    for folder, file, test in NAMED:
        path = ROOT / "tests" / folder / f"test_{file}.py"
        if not path.exists() or f"def test_{test}(" not in path.read_text(encoding="utf-8"):
            wrong.append(f"{folder}/{file}::{test}")
    assert len(NAMED) > 80
    assert wrong == []
