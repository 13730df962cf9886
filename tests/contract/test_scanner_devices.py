"""What every capture device promises: the same tests on each kind, machines being scripted ones.

Kinds: the fake; pictures, TIFF and PDF; the hot folder; SANE's test device; the scripted eSCL scanner through our own
client and through sane-airscan; WIA with a fake of Windows' objects.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import wia_scanner
from escl_scanner import EsclScanner, serving
from scanner_samples import DPI, drawn, picture_file, printed_pdf, tiff_of

from kiosk.errors import CancelledError, DeviceError, InputError
from scanner.devices.escl import EsclCaptureDevice
from scanner.devices.fake import FakeCaptureDevice
from scanner.devices.files import FileCaptureDevice
from scanner.devices.hot_folder import HotFolderDevice
from scanner.devices.inbox import Inbox
from scanner.devices.sane import SaneCaptureDevice
from scanner.devices.settings import ScanSettings
from scanner.devices.wia import WiaCaptureDevice
from scanner.errors import FeederEmptyError
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


def escl(folder: Path) -> CaptureDevice:
    return EsclCaptureDevice(switched_on(EsclScanner(list(SHEETS))))


def airscan(folder: Path) -> CaptureDevice:
    lines = f'[devices]\n"Sim" = {switched_on(EsclScanner(list(SHEETS)))}, eSCL\n[options]\ndiscovery = disable\n'
    return SaneCaptureDevice("airscan:e0:Sim", backends=("airscan",), configuration={"airscan.conf": lines})


def wia(folder: Path, *steps: object) -> CaptureDevice:
    script = json.dumps({"steps": steps or (5, 6, 7)})
    return WiaCaptureDevice(wia_scanner.DEVICE_ID, helper=[sys.executable, wia_scanner.__file__, script])


SWITCHED_ON = ExitStack()


def switched_on(scanner: EsclScanner) -> str:
    """The address of a scripted scanner, which the test's end switches off."""
    return SWITCHED_ON.enter_context(serving(scanner))


@pytest.fixture(autouse=True)
def machines_off() -> Iterator[None]:
    yield
    SWITCHED_ON.close()


DEVICES = [
    pytest.param(fake, id="fake"),
    pytest.param(pictures, id="pictures"),
    pytest.param(tiff, id="tiff"),
    pytest.param(pdf, id="pdf"),
    pytest.param(hot_folder, id="hot-folder"),
    pytest.param(escl, id="escl"),
    pytest.param(wia, id="wia"),
    pytest.param(sane, id="sane", marks=pytest.mark.device),
    pytest.param(airscan, id="airscan", marks=pytest.mark.device),
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
    device = make(tmp_path)
    before = own_threads()
    sides = device.capture()
    next(sides)
    sides.close()  # type: ignore[attr-defined]
    assert not own_threads() - before


def own_threads() -> set[threading.Thread]:
    """Threads of the program; those of the scripted scanner's server are not."""
    return {t for t in threading.enumerate() if "process_request_thread" not in t.name}


@pytest.mark.parametrize("make", DEVICES)
def test_a_running_capture_can_be_cancelled_and_the_next_one_goes_on(make: MakeDevice, tmp_path: Path) -> None:
    device = make(tmp_path)
    sides = device.capture()
    next(sides)
    device.cancel()
    with pytest.raises(CancelledError) as caught:
        list(sides)
    assert caught.value.details["device"]
    device.cancel()  # nothing runs: nothing happens, and the next capture is not ended by it
    with suppress(FeederEmptyError):  # drivers of SANE may have drawn in the whole stack ahead of us
        next(device.capture())


@pytest.mark.parametrize("make", DEVICES)
def test_two_devices_scan_at_once_without_a_word_to_each_other(make: MakeDevice, tmp_path: Path) -> None:
    devices = []
    for name in ("trái", "phải"):
        (tmp_path / name).mkdir()
        devices.append(make(tmp_path / name))
    both_run = threading.Barrier(2, timeout=120)

    def scan(device: CaptureDevice) -> list[int]:
        dark: list[int] = []
        for side in device.capture():
            if not dark:
                both_run.wait()  # the second side of each comes while the other one is in the middle, too
            dark.append(int(np.count_nonzero(side.pixels < 100)))
        return dark

    with ThreadPoolExecutor(2) as pool:
        left, right = pool.map(scan, devices)
    assert left == right
    assert len(left) >= 3


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


def broken_escl(folder: Path) -> CaptureDevice:
    return EsclCaptureDevice(switched_on(EsclScanner([SHEETS[0], "jam", SHEETS[1]])))


def broken_airscan(folder: Path) -> CaptureDevice:
    device = airscan(folder)
    assert isinstance(device, SaneCaptureDevice)
    address = switched_on(EsclScanner([SHEETS[0], "jam", SHEETS[1]]))
    lines = f'[devices]\n"Sim" = {address}, eSCL\n[options]\ndiscovery = disable\n'
    return replace(device, configuration={"airscan.conf": lines})


def broken_wia(folder: Path) -> CaptureDevice:
    return wia(folder, 5, "0x80210002", 6)


BROKEN = [
    broken_fake,
    broken_files,
    broken_sane,
    broken_escl,
    broken_wia,
    pytest.param(broken_airscan, marks=pytest.mark.device),
]


@pytest.mark.parametrize("make", BROKEN)
def test_the_first_side_survives_trouble_with_the_second(make: MakeDevice, tmp_path: Path) -> None:
    kept: list[Page] = []
    with pytest.raises((DeviceError, InputError)) as caught:
        kept.extend(make(tmp_path).capture())  # extend keeps what came before the trouble
    assert len(kept) == 1
    assert caught.value.code in ("device.jam", "scan.damaged")
    assert caught.value.details
