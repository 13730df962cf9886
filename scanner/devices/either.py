"""One machine's feeder and glass as one device: the stack if there is one, else the sheet on the glass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scanner.errors import FeederEmptyError
from scanner.page import CaptureDevice, Page


@dataclass
class FeederElseGlass:
    """feeder, glass: the same machine with either source."""

    feeder: CaptureDevice
    glass: CaptureDevice

    def capture(self) -> Iterator[Page]:
        """Raises: DeviceError of whichever source is used."""
        try:
            yield from self.feeder.capture()
        except FeederEmptyError:  # not one sheet: later ends of a stack are no failure
            yield from self.glass.capture()

    def cancel(self) -> None:
        self.feeder.cancel()
        self.glass.cancel()
