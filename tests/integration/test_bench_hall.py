"""The bench of a large office: it ends, every screen has every call, and it would find one that has not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from ui.cli.bench_hall import figures_of


def tell(folder: Path, name: str, told: list[Any]) -> None:
    (folder / f"{name}.told").write_text(json.dumps(told))


def a_hall(folder: Path) -> Path:
    """Two calls, 10 and 20 ms long, read by two screens after 50 and 90 ms."""
    tell(folder, "counter-1", [["call", "A001", 100.0, 0.010], ["call", "A002", 200.0, 0.020]])
    tell(folder, "kiosk-0", [["issue", "", 90.0, 0.005]])
    for n, after in enumerate((0.05, 0.09)):
        tell(folder, f"screen-{n}", [["A001", 100 + after], ["A002", 200 + after]])
    return folder


def test_a_call_is_timed_from_the_press_to_each_screen(tmp_path: Path) -> None:
    figures = figures_of(a_hall(tmp_path), 1.0)
    assert figures.ok
    assert (figures.calls, figures.seen, figures.commands.max_ms) == (2, 4, 20.0)
    assert (figures.to_display.p50_ms, figures.to_display.max_ms) == (50.0, 90.0)


def test_a_screen_that_missed_a_call_is_found(tmp_path: Path) -> None:
    tell(a_hall(tmp_path), "screen-1", [["A001", 101.0]])
    assert (figures_of(tmp_path, 1.0).missed, figures_of(tmp_path, 1.0).ok) == (1, False)


def test_a_screen_that_read_a_call_twice_is_found(tmp_path: Path) -> None:
    tell(a_hall(tmp_path), "screen-1", [["A001", 101.0], ["A001", 101.0], ["A002", 201.0]])
    assert figures_of(tmp_path, 1.0).missed == 1


def test_screens_that_read_calls_in_another_order_are_found(tmp_path: Path) -> None:
    tell(a_hall(tmp_path), "screen-1", [["A002", 201.0], ["A001", 201.0]])
    assert (figures_of(tmp_path, 1.0).out_of_order, figures_of(tmp_path, 1.0).ok) == (1, False)


def test_a_small_hall_is_served_and_every_screen_knows() -> None:
    words = ["--displays", "3", "--counters", "2", "--tickets", "10", "--measured", "6", "--per-second", "4"]
    ran = subprocess.run(
        [sys.executable, "-m", "kiosk", "bench", "hall", *words, "--engine", "sqlite", "--json"],
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    figures = json.loads(ran.stdout)["engines"]["sqlite"]
    assert (figures["calls"], figures["seen"], figures["missed"]) == (6, 18, 0)
