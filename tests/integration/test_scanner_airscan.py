"""sane-airscan, which is not ours, as the referee of the scripted eSCL scanner: it must understand it as we do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from escl_scanner import EsclScanner, serving
from scanner_samples import drawn

from kiosk.errors import DeviceError, DeviceIOError, PaperJamError
from scanner.devices.sane import SaneCaptureDevice
from scanner.devices.settings import ScanSettings
from scanner.errors import FeederEmptyError
from scanner.page import Page

pytestmark = pytest.mark.device

A, B, C = (drawn((f"Tờ {letter}",) * n, dpi=60) for n, letter in enumerate("ABC", 1))
On = Callable[..., SaneCaptureDevice]


def airscan(address: str, **settings: object) -> SaneCaptureDevice:
    """A scanner at this address, through sane-airscan with a private configuration and no search on the network."""
    chosen = ScanSettings(**{"dpi": 150, **settings})  # type: ignore[arg-type]
    lines = f'[devices]\n"Sim" = {address}, eSCL\n[options]\ndiscovery = disable\n'
    return SaneCaptureDevice("airscan:e0:Sim", chosen, ("airscan",), configuration={"airscan.conf": lines})


@pytest.fixture
def on() -> Iterator[On]:
    with ExitStack() as stack:
        yield lambda scanner, **settings: airscan(stack.enter_context(serving(scanner)), **settings)


def ink(page: Page) -> int:
    return int((page.grey() < 100).sum())


def failure_of(device: SaneCaptureDevice) -> tuple[int, DeviceError]:
    kept: list[Page] = []
    with pytest.raises(DeviceError) as caught:
        kept.extend(device.capture())
    return len(kept), caught.value


def test_the_feeder_gives_its_sheets_in_order(on: On) -> None:
    sides = list(on(EsclScanner([A, B, C])).capture())
    assert [ink(s) for s in sides] == sorted({ink(s) for s in sides})
    assert len(sides) == 3
    assert sides[0].dpi == 150


def test_the_glass_gives_one_sheet(on: On) -> None:
    assert len(list(on(EsclScanner(glass=A), feeder=False).capture())) == 1


def test_a_jam_is_a_jam_and_the_first_sheet_is_kept(on: On) -> None:
    count, caught = failure_of(on(EsclScanner([A, "jam", B])))
    assert count == 1
    assert type(caught) is PaperJamError


@pytest.mark.parametrize(("steps", "error"), [(["cover", A], DeviceError), (["drop", A], DeviceIOError)])
def test_other_trouble_is_trouble_there_too(on: On, steps: list[Page | str], error: type[DeviceError]) -> None:
    count, caught = failure_of(on(EsclScanner(list(steps))))
    assert count == 0
    assert isinstance(caught, error)


def test_an_empty_feeder_is_empty(on: On) -> None:
    assert type(failure_of(on(EsclScanner()))[1]) is FeederEmptyError


def test_a_busy_machine_is_waited_for(on: On) -> None:
    assert len(list(on(EsclScanner([("busy", 2), A, B], retry_after="1")).capture())) == 2
