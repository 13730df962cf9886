from __future__ import annotations

from pathlib import Path

from ui.demo.day import run_day
from ui.demo.faults import run_faults


def test_the_main_job_goes_from_the_number_to_the_province_and_back(tmp_path: Path) -> None:
    """Two citizens, one of whom forgot a paper; a province that is away at first; real recognition, real HTTP."""
    told: list[str] = []
    report = run_day(tmp_path / "office", told.append, visitors=2)
    assert report.problems == []
    assert report.ok
    assert report.character_error_rate < 0.05
    assert report.province["dossiers"] == 2
    assert report.province["files"] == 6
    assert sum(Path(p).name.startswith("mau01-") for p in report.papers) == 2
    assert sum(Path(p).name.startswith("mau02-") for p in report.papers) == 1
    assert all(Path(p).stat().st_size > 0 for p in report.papers)
    assert len(told) == len(report.steps)


def test_killing_desk_workers_and_province_loses_and_doubles_nothing(tmp_path: Path) -> None:
    report = run_faults(tmp_path / "office", kills=6, seed=3, tell=lambda text: None, visitors=2)
    assert report.problems == []
    assert sum(report.kills.values()) == 6
    assert report.dossiers == report.visitors
