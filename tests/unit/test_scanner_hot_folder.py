"""The hot folder: half files, series, two desks, a line that breaks, and a power cut between any two steps."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from scanner_samples import drawn, picture_file, printed_pdf, tiff_of

from kiosk.errors import DiskFullError, NotConnectedError
from scanner.devices.hot_folder import HotFolderDevice
from scanner.devices.inbox import Inbox
from scanner.errors import UnwritableFolderError
from scanner.keep import keep_pages
from scanner.page import Page

SHEET = drawn(("Tờ",), dpi=100)


def watching(folder: Path, during: Callable[[], object] = list, age_s: float = 0.0, desk: str = "1") -> HotFolderDevice:
    """A device on the folder; `during` happens while it waits for files to settle."""
    return HotFolderDevice(inbox(folder, during, age_s, desk))


def inbox(folder: Path, during: Callable[[], object] = list, age_s: float = 0.0, desk: str = "1") -> Inbox:
    def now() -> float:
        return max((p.stat().st_mtime for p in folder.iterdir()), default=0.0) + age_s

    def pause(seconds: float) -> None:
        during()

    return Inbox(folder, desk, now=now, pause=pause)


def sources(device: HotFolderDevice) -> list[str]:
    return [p.source for p in device.capture()]


def names(folder: Path) -> set[str]:
    return {p.name for p in folder.rglob("*") if p.is_file()}


def test_a_complete_file_is_taken_once_and_moved_aside(tmp_path: Path) -> None:
    picture_file(SHEET, tmp_path / "a.png")
    assert sources(watching(tmp_path)) == ["a.png"]
    assert sources(watching(tmp_path)) == []
    assert (tmp_path / "done" / "a.png").exists()


def test_files_of_many_pages_give_all_of_them(tmp_path: Path) -> None:
    tiff_of([SHEET] * 3, tmp_path / "a.tif")
    printed_pdf([("Một",), ("Hai",)], tmp_path / "b.pdf")
    pages = list(watching(tmp_path).capture())
    assert [p.source for p in pages] == ["a.tif"] * 3 + ["b.pdf"] * 2
    assert len({p.key for p in pages}) == 5


def test_a_file_that_still_grows_is_left_alone(tmp_path: Path) -> None:
    path = picture_file(SHEET, tmp_path / "a.png")
    whole = path.read_bytes()
    path.write_bytes(whole[:5000])
    assert sources(watching(tmp_path, lambda: path.write_bytes(whole))) == []
    assert sources(watching(tmp_path)) == ["a.png"]


def test_a_file_that_its_writer_holds_is_left_alone(tmp_path: Path) -> None:
    path = picture_file(SHEET, tmp_path / "a.png")
    with path.open("rb+") as writer:
        fcntl.flock(writer, fcntl.LOCK_EX)
        assert sources(watching(tmp_path)) == []
    assert sources(watching(tmp_path)) == ["a.png"]


def test_a_name_without_bytes_yet_is_waited_for(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    assert sources(watching(tmp_path, age_s=30)) == []
    assert (tmp_path / "a.png").exists()


def test_a_stalled_half_file_waits_and_is_set_aside_with_the_reason_only_when_old(tmp_path: Path) -> None:
    path = picture_file(SHEET, tmp_path / "a.png")
    path.write_bytes(path.read_bytes()[:5000])
    assert sources(watching(tmp_path, age_s=30)) == []
    assert path.exists()
    assert sources(watching(tmp_path, age_s=61)) == []
    assert (tmp_path / "bad" / "a.png").stat().st_size == 5000
    assert (tmp_path / "bad" / "a.png.txt").read_text().strip() == "scan.damaged"


def test_an_empty_file_is_set_aside_when_old_and_the_note_has_words(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").touch()
    folder = inbox(tmp_path, age_s=61)
    folder.words = lambda reason: f"Tệp {reason.details['file']} rỗng."
    assert folder.arrived() == []
    assert (tmp_path / "bad" / "a.pdf.txt").read_text().splitlines() == ["Tệp a.pdf rỗng.", "scan.empty"]


def test_links_and_pipes_are_never_opened_and_set_aside_at_once(tmp_path: Path) -> None:
    secret = picture_file(SHEET, tmp_path / "secret.png")
    folder = tmp_path / "share"
    folder.mkdir()
    (folder / "link.png").symlink_to(secret)
    os.mkfifo(folder / "pipe.pdf")
    (folder / "folder.pdf").mkdir()
    assert sources(watching(folder)) == []
    assert {p.name for p in (folder / "bad").iterdir()} == {"link.png", "link.png.txt", "pipe.pdf", "pipe.pdf.txt"}
    assert (folder / "bad" / "pipe.pdf.txt").read_text().strip() == "scan.not_a_file"
    assert (folder / "folder.pdf").is_dir()


@pytest.mark.parametrize(
    "name", ["a" * 251 + ".png", "hồ\nsơ\u202egpj.png", b"\xff\xfe\x80.png".decode(errors="surrogateescape")]
)
def test_a_name_of_any_kind_is_taken_and_shown_safely(tmp_path: Path, name: str) -> None:
    for _ in range(2):  # the second needs another name in `done`
        picture_file(SHEET, tmp_path / "a.png").rename(tmp_path / name)
        (shown,) = sources(watching(tmp_path))
        assert shown.isprintable()
        assert len(shown.encode()) < 200
    assert len(list((tmp_path / "done").iterdir())) == 2


def test_a_bad_file_does_not_hold_up_good_ones_and_strangers_come_by_time(tmp_path: Path) -> None:
    for n, name in enumerate(("c.png", "a.png", "b.jpg")):
        os.utime(picture_file(SHEET, tmp_path / name), (1000 + n, 1000 + n))
    (tmp_path / "zz.pdf").write_bytes(b"not a pdf")
    (tmp_path / "notes.txt").write_bytes(b"x")
    (tmp_path / ".hidden.png").write_bytes(b"x")
    assert sources(watching(tmp_path)) == ["c.png", "a.png", "b.jpg"]
    assert {p.name for p in tmp_path.iterdir() if p.is_file()} == {"zz.pdf", "notes.txt", ".hidden.png"}


def test_a_series_comes_by_its_numbers_whatever_the_network_did_to_the_times(tmp_path: Path) -> None:
    for at, name in ((5, "Scan_1.png"), (3, "Scan_2.png"), (4, "Scan_10.png"), (2, "other.png"), (9, "late.png")):
        os.utime(picture_file(SHEET, tmp_path / name), (at, at))
    assert sources(watching(tmp_path)) == ["other.png", "Scan_1.png", "Scan_2.png", "Scan_10.png", "late.png"]


def test_a_file_left_in_the_middle_is_given_again_with_the_same_keys(tmp_path: Path) -> None:
    tiff_of([SHEET] * 2, tmp_path / "a.tif")
    sides = watching(tmp_path).capture()
    first = next(sides)
    sides.close()  # type: ignore[attr-defined]
    again = list(watching(tmp_path).capture())
    assert [p.key for p in again] == [first.key, again[1].key]
    assert len({p.key for p in again}) == 2


def test_a_file_put_in_again_for_somebody_else_is_another_scan(tmp_path: Path) -> None:
    path = picture_file(SHEET, tmp_path / "a.png")
    one = inbox(tmp_path)
    claims = []
    for owner in ("ho-so-1", "ho-so-2"):
        claim = one.take(path, owner)
        assert claim is not None
        claims.append([p.key for p in one.pages(claim)])
        one.finish(claim)
        shutil.copy2(tmp_path / "done" / "a.png", path)
    assert claims[0] != claims[1]


def test_equal_names_do_not_overwrite_each_other(tmp_path: Path) -> None:
    for _ in range(3):
        picture_file(SHEET, tmp_path / "scan.png")
        assert sources(watching(tmp_path)) == ["scan.png"]
    assert sorted(p.name for p in (tmp_path / "done").iterdir()) == ["scan (2).png", "scan (3).png", "scan.png"]


def test_two_desks_never_take_the_same_file(tmp_path: Path) -> None:
    for n in range(4):
        picture_file(SHEET, tmp_path / f"{n}.png")
    one, two = inbox(tmp_path, desk="1"), inbox(tmp_path, desk="2")
    seen_by_both = one.arrived(), two.arrived()
    taken = [desk.take(path) for path in seen_by_both[0] for desk in (one, two)]
    assert seen_by_both[0] == seen_by_both[1]
    assert [c is not None for c in taken] == [True, False] * 4
    assert two.interrupted() == []
    assert len(one.interrupted()) == 4


def test_an_interrupted_file_goes_to_the_dossier_that_it_was_taken_for(tmp_path: Path) -> None:
    path = picture_file(SHEET, tmp_path / "a.png")
    inbox(tmp_path).take(path, "ho-so-7")
    (claim,) = inbox(tmp_path).interrupted()
    assert claim.owner == "ho-so-7"


def test_a_name_kept_free_when_the_power_went_is_no_file(tmp_path: Path) -> None:
    free = tmp_path / "taken" / "1" / "_" / "a.png"
    free.parent.mkdir(parents=True)
    free.touch()
    assert inbox(tmp_path).interrupted() == []
    assert not free.exists()


def test_a_folder_that_is_gone_is_a_device_that_is_off_and_nothing_is_made_there(tmp_path: Path) -> None:
    with pytest.raises(NotConnectedError):
        list(watching(tmp_path / "gone").capture())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_vanishes_in_the_middle_and_comes_back_loses_and_doubles_nothing(tmp_path: Path) -> None:
    share, away, kept = tmp_path / "share", tmp_path / "away", tmp_path / "kept"
    share.mkdir()
    tiff_of([SHEET] * 3, share / "a.tif")
    sides = keep_pages(watching(share), kept)
    next(sides)
    share.rename(away)
    with pytest.raises(NotConnectedError):
        list(sides)
    away.rename(share)
    list(keep_pages(watching(share), kept))
    assert sorted(p.name for p in kept.iterdir()) == ["0001.png", "0002.png", "0003.png"]
    assert names(share) == {"a.tif"}
    assert (share / "done" / "a.tif").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write_says_so(tmp_path: Path) -> None:
    picture_file(SHEET, tmp_path / "a.png")
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(UnwritableFolderError):
            list(watching(tmp_path).capture())
    finally:
        tmp_path.chmod(0o700)


def test_a_bad_file_found_after_it_was_taken_is_set_aside_and_the_next_one_goes_on(tmp_path: Path) -> None:
    claim = inbox(tmp_path).take(picture_file(SHEET, tmp_path / "a.png"))
    assert claim is not None
    claim.path.write_bytes(b"\x89PNG\r\n\x1a\n")
    picture_file(SHEET, tmp_path / "b.png")
    assert sources(watching(tmp_path)) == ["b.png"]
    assert (tmp_path / "bad" / "a.png").exists()


# Dies at its n-th look at the disk: each is one step of the way of a file.
CHILD = """
import os, sys
from pathlib import Path
from scanner.devices.hot_folder import HotFolderDevice
from scanner.devices.inbox import Inbox
from scanner.keep import keep_pages
left = int(sys.argv[3])
def step(event, args):
    global left
    names = [str(a) for a in args if isinstance(a, str | bytes)]
    ours = any(sys.argv[1] in n or sys.argv[2] in n for n in names)
    if ours and event in ("os.rename", "os.mkdir", "os.remove", "open"):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), 9)
sys.addaudithook(step)
device = HotFolderDevice(Inbox(Path(sys.argv[1]), "1", settle_s=0.0))
list(keep_pages(device, Path(sys.argv[2])))
"""


@pytest.mark.parametrize("steps", range(0, 60, 6))
def test_killed_before_any_step_it_loses_nothing_and_takes_nothing_twice(tmp_path: Path, steps: int) -> None:
    share, kept = tmp_path / "share", tmp_path / "kept"
    share.mkdir()
    small: Page = SHEET.with_pixels(SHEET.pixels[:100, :100])
    tiff_of([small, small], share / "a.tif")
    picture_file(small, share / "b.png")
    root = Path(__file__).resolve().parents[2]
    code = subprocess.run(
        [sys.executable, "-c", CHILD, str(share), str(kept), str(steps)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        check=False,
    ).returncode
    assert code in (-9, 0)
    list(keep_pages(HotFolderDevice(Inbox(share, "1", settle_s=0.0)), kept))
    assert len([p for p in kept.iterdir() if p.name[0].isdigit()]) == 3
    done = {p.name for p in (share / "done").iterdir() if p.stat().st_size}
    # A name kept free when the power went stays behind empty, and the file gets the next one.
    assert sorted(name.replace(" (2)", "") for name in done) == ["a.tif", "b.png"]
    assert not [p for p in share.iterdir() if p.is_file()]


def test_a_full_disk_here_is_not_taken_for_a_broken_line(tmp_path: Path) -> None:
    with pytest.raises(DiskFullError), inbox(tmp_path)._folder_is_there():
        raise OSError(errno.ENOSPC, "full")
