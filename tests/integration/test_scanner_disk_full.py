"""A disk that fills in the middle of a scan: told, and every file on it is whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from scanner_samples import drawn, scanned

from kiosk.errors import DiskFullError
from scanner.devices.fake import FakeCaptureDevice
from scanner.keep import keep_pages
from scanner.pictures import picture_page


@pytest.mark.parametrize("small_disk", ["3M"], indirect=True)
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
