"""A scanner without a machine: plays prepared pages, and can fail. Also the scanner of demo mode."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.errors import PaperJamError
from scanner.page import Page


@dataclass
class FakeCaptureDevice:
    """Plays prepared pages, and jams after `jam_after` of them."""

    pages: Sequence[Page]
    jam_after: int | None = None
    name: str = "máy quét thử"

    def capture(self) -> Iterator[Page]:
        yield from self.pages[: self.jam_after]
        if self.jam_after is not None:
            raise PaperJamError(f"after {self.jam_after} pages", device=self.name)
