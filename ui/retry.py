"""How long a station waits before it asks again an office that refused it. No Qt.

A refusal stands until somebody pairs the station again, and each try is a line in the log of the office's server. So
the tries grow rare, each station's at moments of its own.
"""

from __future__ import annotations

import random
from collections.abc import Callable

FIRST_S, LAST_S = 3.0, 60.0

Between = Callable[[float, float], float]


def refused_pause_s(refusals: int, between: Between = random.uniform) -> float:
    """refusals: in a row, 1 first."""
    longest = min(FIRST_S * 2.0 ** min(max(refusals, 1) - 1, 10), LAST_S)
    return between(longest / 2, longest)
