"""A disk that fills in the middle of a scan: told, and every file on it is whole."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from scanner_samples import drawn, scanned

from kiosk.errors import DiskFullError
from scanner.devices.fake import FakeCaptureDevice
from scanner.keep import keep_pages
from scanner.pictures import picture_page


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    command = ["mount", "-t", "tmpfs", "-o", "size=3M", "tmpfs", str(folder)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_disk_that_fills_keeps_whole_pages_and_leaves_no_half_one(small_disk: Path) -> None:
    page = scanned(drawn(dpi=75))
    kept: list[Path] = []
    with pytest.raises(DiskFullError):
        kept.extend(keep_pages(FakeCaptureDevice([page] * 20), small_disk))
    assert 1 <= len(kept) < 20
    assert sorted(p.name for p in small_disk.iterdir()) == [p.name for p in kept]
    for path in kept:
        assert (picture_page(path.read_bytes(), path.name).pixels == page.pixels).all()
    kept[-1].unlink()
    again = next(iter(keep_pages(FakeCaptureDevice([drawn((), dpi=75)]), small_disk)))
    assert again.name == kept[-1].name
