"""The endurance bench, small: two kills, a page of the desk, every page once."""

from __future__ import annotations

from ui.cli.bench_digitise_endurance import measure_endurance


def test_a_worker_that_is_killed_reads_every_page_once() -> None:
    found = measure_endurance(24, kills=2, real_every=2)
    assert (found.pages, found.read, found.rejected, found.files) == (25, 25, 0, 75)
    assert found.kills >= 1
    assert found.again == found.struck[0]  # a page that was cut off is begun once more, no other is
    assert found.desk_wait <= 1
