"""SANE's own test device: every status, cancelling, and time-outs, without a scanner."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from kiosk.errors import (
    CancelledError,
    CoverOpenError,
    DeviceBusyError,
    DeviceError,
    DeviceIOError,
    NotConnectedError,
    NotFoundError,
    PaperJamError,
)
from scanner.devices import ScanSettings, list_devices, open_device
from scanner.devices.sane import SaneCaptureDevice
from scanner.devices.sane_setup import arguments, choose_source
from scanner.errors import DeviceTimeoutError, FeederEmptyError, NoScanProgramError

pytestmark = pytest.mark.device

SLOW = ("--read-delay=yes", "--read-delay-duration=200000")


def scanner(*extra: str, **settings: object) -> SaneCaptureDevice:
    return SaneCaptureDevice("test:0", ScanSettings(extra=extra, **settings), ("test",))  # type: ignore[arg-type]


def test_the_feeder_gives_all_its_sheets_and_then_ends() -> None:
    sizes = {side.pixels.shape for side in scanner(dpi=100).capture()}
    sides = list(scanner(dpi=100).capture())
    assert len(sides) == 10
    assert sizes == {(787, 787, 3)}


def test_the_glass_gives_one_sheet() -> None:
    assert len(list(scanner(dpi=100, feeder=False).capture())) == 1


def test_grey_scans_are_given_as_colour_pixels_too() -> None:
    side = next(iter(scanner("--test-picture=Grid", dpi=100, colour=False).capture()))
    assert side.pixels.shape[2] == 3
    assert (side.pixels[:, :, 0] == side.pixels[:, :, 2]).all()


@pytest.mark.parametrize(
    ("status", "error"),
    [
        ("JAMMED", PaperJamError),
        ("NO_DOCS", FeederEmptyError),
        ("COVER_OPEN", CoverOpenError),
        ("DEVICE_BUSY", DeviceBusyError),
        ("CANCELLED", CancelledError),
        ("IO_ERROR", DeviceIOError),
        ("NO_MEM", DeviceIOError),
        ("ACCESS_DENIED", DeviceIOError),
    ],
)
def test_every_status_is_our_own_error(status: str, error: type[DeviceError]) -> None:
    caught = failure_of(status)
    assert type(caught) is error
    assert caught.details["device"] == "test:0"


def failure_of(status: str) -> DeviceError:
    """What the scan ends with. SANE's test device itself hangs in about one failing scan of a hundred (seen with
    scanimage alone); that is then the time-out, and the scan is made again."""
    for _ in range(4):
        with pytest.raises(DeviceError) as caught:
            list(scanner(f"--read-return-value=SANE_STATUS_{status}", dpi=100, page_timeout_s=8.0).capture())
        if not isinstance(caught.value, DeviceTimeoutError):
            break
    return caught.value


def test_a_running_scan_can_be_cancelled_from_another_thread() -> None:
    device = scanner(*SLOW, dpi=150)
    timer = threading.Timer(0.5, device.cancel)
    timer.start()
    started = time.monotonic()
    with pytest.raises(CancelledError):
        list(device.capture())
    timer.join()
    assert time.monotonic() - started < 5


def test_a_silent_scanner_is_given_up_after_its_time() -> None:
    with pytest.raises(DeviceTimeoutError) as caught:
        list(scanner(*SLOW, dpi=300, page_timeout_s=0.5).capture())
    assert caught.value.details["seconds"] == 0


def test_a_device_that_is_not_there_is_told() -> None:
    for name in ("test:7", "khong-co:1"):
        with pytest.raises(NotConnectedError):
            list(open_device(name).capture())
    with pytest.raises(NotFoundError):
        open_device("máy quét")


def test_without_the_program_the_package_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoScanProgramError) as caught:
        list(SaneCaptureDevice("test:0", program=str(tmp_path / "scanimage")).capture())
    assert caught.value.details["package"] == "sane-utils"


def test_devices_are_listed_with_folders() -> None:
    names = [d.name for d in list_devices(("test",), [Path("/quet")])]
    assert names == ["folder:/quet", "test:0", "test:1"]


def test_options_are_given_in_the_words_of_the_device() -> None:
    options = (
        "    --mode Lineart|Gray|Color [Lineart]\n"
        "    --source Flatbed|ADF Front|ADF Duplex [Flatbed]\n"
        "    -x 0..215.9mm [215.9]\n    -y 0..279.4mm [279.4]\n"
    )
    given = arguments(options, ScanSettings(duplex=True))
    assert given == ["--resolution=200", "--mode=Color", "--source=ADF Duplex", "-x", "210", "-y", "279.4"]
    assert choose_source(options, ScanSettings()) == "ADF Front"
    assert choose_source(options, ScanSettings(feeder=False)) == "Flatbed"
    assert arguments("", ScanSettings(dpi=300)) == ["--resolution=300"]


def test_sheets_that_went_through_before_the_stop_are_kept(tmp_path: Path) -> None:
    """A program in scanimage's place: two sheets at once, then a third that never comes."""
    program = tmp_path / "scanimage"
    program.write_text(
        "#!/bin/sh\n"
        'for a; do case "$a" in -A) printf "    --source ADF [ADF]\\n"; exit 0;;\n'
        '  --batch=*) d="$(dirname "${a#--batch=}")";; esac; done\n'
        'for n in 1 2; do { printf "P6\\n2 2\\n255\\n"; printf "abcdefghijkl"; } > "$d/p$n.pnm"; done\n'
        'printf "%s\\n" "$d/p1.pnm" "$d/p2.pnm"\nexec sleep 60\n'
    )
    program.chmod(0o755)
    device = SaneCaptureDevice("fujitsu:fi-7160:1", program=str(program))
    kept = []
    sides = device.capture()
    kept.append(next(sides))
    device.cancel()
    with pytest.raises(CancelledError):
        kept.extend(sides)
    assert len(kept) == 2
