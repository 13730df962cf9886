"""The scanner of a desk, opened only when the officer asks for it: nothing of a device is touched before F8."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from kiosk.config import Config, ScannerConfig
from kiosk.errors import NotConnectedError, RuleError
from ui.scan_profiles import FOLDER, desk_profile, profiles, settings_of

if TYPE_CHECKING:
    from scanner.page import Page


class NoOtherScannerError(RuleError):
    """The settings of this desk name one scanner only."""

    code = "scan.no_other"


def no_other_scanner() -> Iterator[Page]:
    """Raises: NoOtherScannerError."""
    raise NoOtherScannerError


def other_capture(config: Config, desk: str = "") -> Callable[[], Iterator[Page]]:
    """Feeds the stack of the desk's second scanner; hot folders, which give their files by themselves, are none."""
    usual = desk_profile(config)
    other = next((p for p in profiles(config) if p is not usual and not p.device.startswith(FOLDER)), None)
    return no_other_scanner if other is None else station_capture(other, desk)


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
