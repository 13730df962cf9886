"""How large the figures must be for the last row of seats, and what fits beside them. Pure arithmetic, no Qt.

A capital must fill 0.7 degrees of sight: 49, 73, 98, 122 mm at 4, 6, 8, 10 m (EN 301 549 takes 0.7 for public screens).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

DEGREES = 0.7
CAP_SHARE = 0.727  # of Inter's pixel size
WIDTH, HEIGHT = 1920, 1080  # all lengths below are px of this picture
HEAD, FOOT, TITLE, GAP = 148, 106, 68, 18
ROOM = HEIGHT - HEAD - FOOT - TITLE
MOST_ROWS, FEWEST_ROWS = 4, 2
ROW_OVER_CAP = 1.28  # height of a row over the height of its capitals
FIGURES_EM = 4.14  # width of "D012" and "40" together, of the pixel size
FIXED_PX, BARE_PX = 400, 184  # margins, with and without the arrow and the small word "Quầy"
WIDEST_COLUMN, USUAL_COLUMN = 1400, 1160  # what remains must still hold the recent calls
LARGEST_CAP = 212
USUAL_CAP = 108


@dataclass(frozen=True)
class Sizes:
    """For the picture of 1080 px. cap_px: of number and counter, lead_cap_px: of the newest call, which takes what room
    is left; rows: calls at once; column_px: width of the calls; wordy: there is room for the word before the figure.

    reached: False when the screen is too small for its hall; the figures are then as large as fits.
    """

    cap_px: int
    lead_cap_px: int
    rows: int
    column_px: int
    wordy: bool
    reached: bool

    @property
    def font_px(self) -> int:
        return math.ceil(self.cap_px / CAP_SHARE)

    @property
    def lead_font_px(self) -> int:
        return math.ceil(self.lead_cap_px / CAP_SHARE)

    @property
    def lead_share(self) -> float:
        """Height of the newest call's row over that of another."""
        return self.lead_cap_px / self.cap_px


def cap_mm(distance_m: float) -> float:
    """Height of a capital that can be read from `distance_m`, mm."""
    return distance_m * 1000 * math.tan(math.radians(DEGREES))


def screen_height_mm(diagonal_in: float) -> float:
    """Of a 16:9 screen."""
    return diagonal_in * 25.4 * HEIGHT / math.hypot(WIDTH, HEIGHT)


def sizes_for(diagonal_in: float, back_row_m: float) -> Sizes:
    """The fewest changes that let the back row read: larger figures, a wider column, fewer rows, in that order."""
    needed = math.ceil(cap_mm(back_row_m) / screen_height_mm(diagonal_in) * HEIGHT)
    cap = max(USUAL_CAP, min(needed, LARGEST_CAP))
    row = cap * ROW_OVER_CAP + GAP
    rows = max(FEWEST_ROWS, min(MOST_ROWS, int((ROOM + GAP) // row)))
    figures = cap / CAP_SHARE * FIGURES_EM
    fixed = FIXED_PX if figures + FIXED_PX <= WIDEST_COLUMN else BARE_PX
    column = max(USUAL_COLUMN, math.ceil(figures + fixed))
    left = ROOM - (rows - 1) * row
    lead = min(int(left / ROW_OVER_CAP), int((column - fixed) / FIGURES_EM * CAP_SHARE))
    return Sizes(cap, max(cap, lead), rows, column, wordy=fixed == FIXED_PX, reached=needed <= LARGEST_CAP)
