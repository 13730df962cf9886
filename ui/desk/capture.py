"""The scanner of a desk, opened only when the officer asks for it: nothing of a device is touched before F8."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from kiosk.config import ScannerConfig
from kiosk.errors import NotConnectedError
from ui.scan_profiles import settings_of

if TYPE_CHECKING:
    from scanner.page import Page


def station_capture(config: ScannerConfig, desk: str = "") -> Callable[[], Iterator[Page]]:
    """Feeds the stack of the configured device. desk: this desk's name. Raises, when called: DeviceError.

    Where the settings name no device, the first one found is remembered while it answers: a search takes seconds.
    """
    known = config.device

    def capture() -> Iterator[Page]:
        from scanner.devices import first_device, open_device

        nonlocal known
        known = known or first_device()
        try:
            yield from open_device(known, settings=settings_of(config), desk=desk).capture()
        except NotConnectedError:
            known = config.device
            raise

    return capture
