"""The endurance bench, small: one kill, a page of the desk, every page once."""

from __future__ import annotations

from ui.cli.bench_digitise_endurance import measure_endurance


def test_a_worker_that_is_killed_reads_every_page_once() -> None:
    found = measure_endurance(12, kills=1, real_every=0)
    assert (found.pages, found.read, found.rejected, found.files) == (13, 13, 0, 39)
    assert found.again <= 1
    assert found.desk_wait <= 1
