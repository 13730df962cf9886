"""The two codes of a slip: Code 128 of the dossier's code, QR of the text that looks it up. Both drawn as vectors."""

from __future__ import annotations

import segno
from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

WIDEST_BAR_MM = 0.35  # also the broadest at which the longest official code stands beside the QR code
NARROWEST_BAR_MM = 0.3  # thinner ones are lost in a scan of 150 dots per inch
QUIET_MODULES = 4


class QrCode(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A QR code with its quiet zone. size: points, quiet zone included; error: level of correction."""

    def __init__(self, text: str, size: float, error: str = "m") -> None:
        super().__init__()
        self.width = self.height = size
        self._rows = [list(row) for row in segno.make(text, error=error, micro=False).matrix_iter(border=QUIET_MODULES)]

    def draw(self) -> None:
        module = self.width / len(self._rows)
        for y, row in enumerate(self._rows):
            for start, length in _dark_runs(row):
                # A hair of overlap, or some viewers show white lines between rows.
                bottom = self.height - (y + 1) * module
                self.canv.rect(start * module, bottom, length * module, module * 1.02, stroke=0, fill=1)


def _dark_runs(row: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs


def barcode(text: str, widest: float, height: float) -> Flowable | None:
    """Code 128 of `text`, its bars as broad as fit into `widest` points; None for what Code 128 cannot carry, or where
    they would be too thin to be read from a scan."""
    if not text or not all(" " <= c <= "~" for c in text):
        return None
    modules = Code128(text, barWidth=1, quiet=0).width
    bar = min(WIDEST_BAR_MM * mm, widest / modules)
    if bar < NARROWEST_BAR_MM * mm:
        return None
    return Code128(text, barWidth=bar, barHeight=height, quiet=0, humanReadable=0)
