from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from scanner_samples import drawn, picture_file

from kiosk.errors import NotConnectedError
from scanner.devices.hot_folder import HotFolderDevice

SHEET = drawn(("Tờ",), dpi=100)


def watching(folder: Path, during: Callable[[], object] = list, age_s: float = 0.0) -> HotFolderDevice:
    """A device on the folder; `during` happens while it waits for files to settle."""

    def now() -> float:
        return max((p.stat().st_mtime for p in folder.iterdir()), default=0.0) + age_s

    def pause(seconds: float) -> None:
        during()

    return HotFolderDevice(folder, now=now, pause=pause)


def test_a_complete_file_is_taken_once_and_moved_aside(tmp_path: Path) -> None:
    picture_file(SHEET, tmp_path / "a.png")
    assert len(list(watching(tmp_path).capture())) == 1
    assert list(watching(tmp_path).capture()) == []
    assert (tmp_path / "done" / "a.png").exists()


def test_a_file_that_still_grows_is_left_alone(tmp_path: Path) -> None:
    path = picture_file(SHEET, tmp_path / "a.png")
    whole = path.read_bytes()
    path.write_bytes(whole[:5000])
    assert list(watching(tmp_path, lambda: path.write_bytes(whole)).capture()) == []
    assert len(list(watching(tmp_path).capture())) == 1


def test_a_stalled_half_file_waits_and_is_set_aside_with_the_reason_only_when_old(tmp_path: Path) -> None:
    path = picture_file(SHEET, tmp_path / "a.png")
    path.write_bytes(path.read_bytes()[:5000])
    assert list(watching(tmp_path, age_s=30).capture()) == []
    assert path.exists()
    assert list(watching(tmp_path, age_s=61).capture()) == []
    assert (tmp_path / "bad" / "a.png").stat().st_size == 5000
    assert (tmp_path / "bad" / "a.png.txt").read_text().strip() == "scan.damaged"


def test_a_bad_file_does_not_hold_up_good_ones_and_order_is_by_time(tmp_path: Path) -> None:
    for n, name in enumerate(("c.png", "a.png", "b.jpg")):
        os.utime(picture_file(SHEET, tmp_path / name), (1000 + n, 1000 + n))
    (tmp_path / "zz.pdf").write_bytes(b"not a pdf")
    (tmp_path / "notes.txt").write_bytes(b"x")
    (tmp_path / ".hidden.png").write_bytes(b"x")
    assert [p.source for p in watching(tmp_path).capture()] == ["c.png", "a.png", "b.jpg"]
    assert {p.name for p in tmp_path.iterdir()} == {"done", "zz.pdf", "notes.txt", ".hidden.png"}


def test_a_file_left_in_the_middle_is_given_again(tmp_path: Path) -> None:
    picture_file(SHEET, tmp_path / "a.png")
    sides = watching(tmp_path).capture()
    next(sides)
    sides.close()  # type: ignore[attr-defined]
    assert len(list(watching(tmp_path).capture())) == 1


def test_equal_names_do_not_overwrite_each_other(tmp_path: Path) -> None:
    for _ in range(3):
        picture_file(SHEET, tmp_path / "scan.png")
        assert len(list(watching(tmp_path).capture())) == 1
    assert sorted(p.name for p in (tmp_path / "done").iterdir()) == ["scan (2).png", "scan (3).png", "scan.png"]


def test_a_folder_that_is_gone_is_a_device_that_is_off(tmp_path: Path) -> None:
    with pytest.raises(NotConnectedError):
        list(HotFolderDevice(tmp_path / "gone").capture())
