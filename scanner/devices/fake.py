"""A scanner without a machine: plays prepared pages, and can fail. Also the scanner of demo mode."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kiosk.errors import CancelledError, DeviceError, PaperJamError
from scanner.page import Page


@dataclass
class FakeCaptureDevice:
    """Plays prepared pages, and stops once with `trouble` after `jam_after` of them; then it goes on from there."""

    pages: Sequence[Page]
    jam_after: int | None = None
    name: str = "máy quét thử"
    trouble: type[DeviceError] = PaperJamError
    _fed: int = field(default=0, init=False, repr=False)
    _cancelled: threading.Event = field(default_factory=threading.Event, init=False, repr=False)

    def capture(self) -> Iterator[Page]:
        self._cancelled.clear()
        first, self._fed = self._fed, 0
        stop, self.jam_after = self.jam_after, None
        for page in self.pages[first:stop]:
            if self._cancelled.is_set():
                raise CancelledError(device=self.name)
            yield page
        if stop is not None:
            self._fed = stop
            raise self.trouble(f"after {stop} pages", device=self.name, sheet=stop + 1)

    def cancel(self) -> None:
        self._cancelled.set()
