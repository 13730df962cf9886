from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from scanner_samples import drawn

from kiosk.errors import PaperJamError
from scanner.devices.fake import FakeCaptureDevice
from scanner.errors import UnwritableFolderError
from scanner.keep import keep_pages
from scanner.page import Page
from scanner.pictures import picture_page

PAGE = drawn(("Trang",), dpi=100)


@dataclass
class WatchfulDevice:
    """Looks, whenever it is asked for a side, which files are there already."""

    folder: Path
    sides: int
    seen: list[list[str]]

    def capture(self) -> Iterator[Page]:
        for _ in range(self.sides):
            self.seen.append(sorted(p.name for p in self.folder.iterdir()))
            yield PAGE
        self.seen.append(sorted(p.name for p in self.folder.iterdir()))

    def cancel(self) -> None:
        """Never asked to in these tests."""


def test_a_side_is_on_disk_before_the_next_is_asked_for(tmp_path: Path) -> None:
    device = WatchfulDevice(tmp_path, 3, [])
    list(keep_pages(device, tmp_path))
    assert device.seen == [[], ["0001.png"], ["0001.png", "0002.png"], ["0001.png", "0002.png", "0003.png"]]


def test_sides_before_a_jam_are_kept_and_scanning_goes_on_with_the_next_number(tmp_path: Path) -> None:
    kept: list[Path] = []
    with pytest.raises(PaperJamError):
        kept.extend(keep_pages(FakeCaptureDevice([PAGE] * 5, jam_after=2), tmp_path))
    assert [p.name for p in kept] == ["0001.png", "0002.png"]
    assert [p.name for p in keep_pages(FakeCaptureDevice([PAGE] * 3), tmp_path)] == ["0003.png", "0004.png", "0005.png"]


def test_what_is_kept_is_what_was_captured(tmp_path: Path) -> None:
    (path,) = keep_pages(FakeCaptureDevice([PAGE]), tmp_path / "mới" / "sâu")
    page = picture_page(path.read_bytes(), path.name)
    assert page.dpi == 100
    assert (page.pixels == PAGE.pixels).all()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(UnwritableFolderError):
        list(keep_pages(FakeCaptureDevice([PAGE]), tmp_path / "file" / "folder"))
