"""WIA through its helper process, with a fake of Windows' objects that can fail in every way."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

import pytest
import wia_scanner

from kiosk.errors import (
    CancelledError,
    CoverOpenError,
    DeviceBusyError,
    DeviceError,
    DeviceIOError,
    DoubleFeedError,
    NotConnectedError,
    PaperJamError,
)
from scanner.devices.settings import ScanSettings
from scanner.devices.wia import WiaCaptureDevice, list_wia
from scanner.devices.wia_com import SOURCE
from scanner.errors import DeviceTimeoutError, FeederEmptyError, FeederTroubleError, ScanRefusedError
from scanner.page import Page


def helper(*steps: object, **more: object) -> list[str]:
    script = json.dumps({"steps": steps, **more})
    return [sys.executable, str(Path(wia_scanner.__file__)), script]


def device(*steps: object, settings: ScanSettings | None = None, **more: object) -> WiaCaptureDevice:
    return WiaCaptureDevice(wia_scanner.DEVICE_ID, settings or ScanSettings(), helper(*steps, **more))


def black_rows(page: Page) -> int:
    return int((page.grey()[:, 0] < 100).sum())


def scanned(source: WiaCaptureDevice) -> tuple[list[int], DeviceError]:
    kept: list[int] = []
    with pytest.raises(DeviceError) as caught:
        kept.extend(black_rows(page) for page in source.capture())
    return kept, caught.value


def test_the_feeder_gives_its_sheets_in_order_with_size_and_resolution() -> None:
    pages = list(device(5, 6, 7).capture())
    assert [black_rows(p) for p in pages] == [5, 6, 7]
    assert (pages[0].width, pages[0].height, pages[0].dpi) == (1654, 2339, 200)


def test_the_glass_gives_one_sheet_and_a_device_without_a_feeder_too() -> None:
    assert len(list(device(5, 6, settings=ScanSettings(feeder=False)).capture())) == 1
    assert len(list(device(5, 6, can=2, missing=[SOURCE]).capture())) == 1


@pytest.mark.parametrize(
    ("result", "error"),
    [
        ("0x80210001", DeviceIOError),
        ("0x80210002", PaperJamError),
        ("0x80210004", FeederTroubleError),
        ("0x80210005", NotConnectedError),
        ("0x80210006", DeviceBusyError),
        ("0x80210007", DeviceBusyError),
        ("0x80210008", FeederTroubleError),
        ("0x8021000A", DeviceIOError),
        ("0x8021000C", ScanRefusedError),
        ("0x8021000D", DeviceBusyError),
        ("0x80210016", CoverOpenError),
        ("0x80210020", DoubleFeedError),
        ("0x80004004", CancelledError),
        ("0x80004005", DeviceIOError),
        ("die", DeviceIOError),
        ("nonsense", DeviceIOError),
    ],
)
def test_every_failure_is_our_own_error_and_the_first_sheet_is_kept(result: str, error: type[DeviceError]) -> None:
    kept, caught = scanned(device(5, result, 6))
    assert kept == [5]
    assert type(caught) is error
    assert caught.details["device"] == wia_scanner.DEVICE_ID
    assert caught.details["sheet"] == 2


@pytest.mark.parametrize(("status", "error"), [(0x00, FeederEmptyError), (0x20, PaperJamError), (0x11, CoverOpenError)])
def test_what_the_device_says_before_the_scan_is_heard(status: int, error: type[DeviceError]) -> None:
    assert type(scanned(device(5, status=status))[1]) is error


def test_an_empty_feeder_that_called_itself_ready_is_empty() -> None:
    assert type(scanned(device())[1]) is FeederEmptyError


def test_a_setting_that_the_driver_refuses_is_told() -> None:
    assert type(scanned(device(5, refuses=0x8021000C))[1]) is ScanRefusedError


def test_a_half_sheet_is_fed_again_whole() -> None:
    kept, jam = scanned(device(5, 6, 7, "0x80210002", settings=ScanSettings(duplex=True)))
    assert kept == [5, 6]
    assert jam.details["sheet"] == 2


def test_a_driver_that_hangs_can_be_cancelled_or_is_given_up() -> None:
    hanging = device(5, "hang")
    sides = hanging.capture()
    next(sides)
    threading.Timer(0.2, hanging.cancel).start()
    with pytest.raises(CancelledError):
        next(sides)
    assert type(scanned(device("hang", settings=ScanSettings(page_timeout_s=0.5)))[1]) is DeviceTimeoutError


def test_a_device_that_is_not_there_is_told() -> None:
    gone = WiaCaptureDevice("khong-co", helper=helper(5))
    assert type(scanned(gone)[1]) is NotConnectedError


def test_scanners_are_listed_and_cameras_are_not() -> None:
    (found,) = list_wia(helper())
    assert found.name == f"wia:{wia_scanner.DEVICE_ID}"
    assert found.label == "Máy quét giả"
    assert found.can == ("glass", "feeder", "duplex")


def test_where_there_is_no_wia_no_scanner_is_listed() -> None:
    assert list_wia() == []
