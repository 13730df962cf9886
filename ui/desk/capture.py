"""The scanner of a desk, opened only when the officer asks for it: nothing of a device is touched before F8."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from kiosk.config import ScannerConfig
from ui.scan_profiles import settings_of

if TYPE_CHECKING:
    from scanner.page import Page


def station_capture(config: ScannerConfig, desk: str = "") -> Callable[[], Iterable[Page]]:
    """Feeds the stack of the configured device. desk: this desk's name. Raises, when called: DeviceError."""

    def capture() -> Iterable[Page]:
        from scanner.devices import open_device

        return open_device(config.device, settings=settings_of(config), desk=desk).capture()

    return capture
