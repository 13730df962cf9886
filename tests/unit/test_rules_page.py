"""docs/rules.md is true: what it names is there, and no rule's test is left out."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import test_directive_rules

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
ROW = re.compile(r"\| (?P<rule>.+?) \| (?P<source>.+?) \| `(?P<where>[\w.]+)` \| `(?P<test>\w+)` \|")
ROWS = [found for line in PAGE.read_text(encoding="utf-8").splitlines() if (found := ROW.fullmatch(line))]
TESTS = {name for name in vars(test_directive_rules) if name.startswith("test_")}


def test_every_line_of_the_table_is_read() -> None:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert len(ROWS) == len(lines) - 2 >= 20


def test_every_rule_has_its_test_and_every_test_its_line() -> None:
    named = [row["test"] for row in ROWS]
    assert sorted(named) == sorted(TESTS)
    assert len(set(named)) == len(named)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["test"])
def test_the_place_that_keeps_a_rule_exists(row: re.Match[str]) -> None:
    assert callable(_resolved(row["where"]))
    assert row["rule"]
    assert row["source"]


def _resolved(name: str) -> Any:
    """A function, or a method of a class, by its dotted name."""
    parts = name.split(".")
    for cut in range(len(parts) - 1, 1, -1):
        try:
            found: Any = import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            found = getattr(found, part)
        return found
    raise AssertionError(f"no module for {name}")
