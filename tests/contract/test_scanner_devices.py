"""What every capture device promises: the same tests on the fake, files, hot folder, and SANE's test device."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from scanner_samples import DPI, drawn, picture_file, printed_pdf, tiff_of

from kiosk.errors import DeviceError, InputError
from scanner.devices.fake import FakeCaptureDevice
from scanner.devices.files import FileCaptureDevice
from scanner.devices.hot_folder import HotFolderDevice
from scanner.devices.inbox import Inbox
from scanner.devices.sane import SaneCaptureDevice
from scanner.devices.settings import ScanSettings
from scanner.page import CaptureDevice, Page

MakeDevice = Callable[[Path], CaptureDevice]
SHEETS = [drawn((f"Tờ thứ {n}",)) for n in range(3)]


def fake(folder: Path) -> CaptureDevice:
    return FakeCaptureDevice(SHEETS)


def pictures(folder: Path) -> CaptureDevice:
    return FileCaptureDevice([picture_file(s, folder / f"{n}.png") for n, s in enumerate(SHEETS)])


def tiff(folder: Path) -> CaptureDevice:
    return FileCaptureDevice([tiff_of(SHEETS, folder / "ba trang.tiff")])


def pdf(folder: Path) -> CaptureDevice:
    return FileCaptureDevice([printed_pdf([("Tờ một",), ("Tờ hai",), ("Tờ ba",)], folder / "ba trang.pdf")])


def hot_folder(folder: Path) -> CaptureDevice:
    for n, sheet in enumerate(SHEETS):
        picture_file(sheet, folder / f"scan{n}.jpg")
    return HotFolderDevice(Inbox(folder, settle_s=0))


def sane(folder: Path) -> CaptureDevice:
    return SaneCaptureDevice("test:0", ScanSettings(extra=("--test-picture=Color pattern",)), ("test",))


DEVICES = [
    pytest.param(fake, id="fake"),
    pytest.param(pictures, id="pictures"),
    pytest.param(tiff, id="tiff"),
    pytest.param(pdf, id="pdf"),
    pytest.param(hot_folder, id="hot-folder"),
    pytest.param(sane, id="sane", marks=pytest.mark.device),
]


@pytest.mark.parametrize("make", DEVICES)
def test_sides_are_colour_pixels_with_resolution_and_source(make: MakeDevice, tmp_path: Path) -> None:
    sides = list(make(tmp_path).capture())
    assert len(sides) >= 3
    for side in sides:
        assert side.pixels.dtype == np.uint8
        assert side.pixels.shape[2] == 3
        assert side.dpi == DPI
        assert side.source


@pytest.mark.parametrize("make", DEVICES)
def test_a_capture_can_be_left_in_the_middle_and_leaves_nothing_running(make: MakeDevice, tmp_path: Path) -> None:
    before = threading.active_count()
    sides = make(tmp_path).capture()
    next(sides)
    sides.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before


@pytest.mark.parametrize("make", DEVICES[:4])
def test_sides_come_in_feeding_order_and_again_when_asked_again(make: MakeDevice, tmp_path: Path) -> None:
    device = make(tmp_path)
    first = [int(np.count_nonzero(side.pixels < 100)) for side in device.capture()]
    assert [int(np.count_nonzero(side.pixels < 100)) for side in device.capture()] == first


def broken_fake(folder: Path) -> CaptureDevice:
    return FakeCaptureDevice(SHEETS, jam_after=1)


def broken_files(folder: Path) -> CaptureDevice:
    good, bad = picture_file(SHEETS[0], folder / "a.png"), folder / "b.png"
    bad.write_bytes(good.read_bytes()[:2000])
    return FileCaptureDevice([good, bad])


def broken_sane(folder: Path) -> CaptureDevice:
    """A program in scanimage's place: one good sheet, then a jam, with SANE's own exit code."""
    program = folder / "scanimage"
    program.write_text(
        "#!/bin/sh\n"
        'for a; do case "$a" in -A) printf "    --source Flatbed|ADF [Flatbed]\\n"; exit 0;;\n'
        '  --batch=*) d="${a#--batch=}";; esac; done\n'
        'f="$(dirname "$d")/p1.pnm"\n'
        '{ printf "P6\\n2 2\\n255\\n"; printf "abcdefghijkl"; } > "$f"; echo "$f"\n'
        'echo "scanimage: sane_start: Document feeder jammed" >&2; exit 6\n'
    )
    program.chmod(0o755)
    return SaneCaptureDevice("fujitsu:fi-7160:1", program=str(program))


@pytest.mark.parametrize("make", [broken_fake, broken_files, broken_sane])
def test_the_first_side_survives_trouble_with_the_second(make: MakeDevice, tmp_path: Path) -> None:
    kept: list[Page] = []
    with pytest.raises((DeviceError, InputError)) as caught:
        kept.extend(make(tmp_path).capture())  # extend keeps what came before the trouble
    assert len(kept) == 1
    assert caught.value.code in ("device.jam", "scan.damaged")
    assert caught.value.details
