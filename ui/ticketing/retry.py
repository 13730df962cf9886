"""When a kiosk tries its line to the office again: soon after a silence, ever more rarely after a refusal. No Qt."""

from __future__ import annotations

import random
from dataclasses import dataclass

from kiosk.domain.membership import Membership
from ui.retry import Between, refused_pause_s

AGAIN_S, AGAIN_LAST_S = 0.5, 3.0


@dataclass
class Retry:
    """refused: the membership that the office does not take; None while it only did not answer. A new pairing ends the
    wait at once (`is_over`)."""

    failures: int = 0
    refused: Membership | None = None
    between: Between = random.uniform

    def failed(self, refused: Membership | None = None) -> None:
        self.failures, self.refused = self.failures + 1, refused

    def answered(self) -> None:
        self.failures, self.refused = 0, None

    def pause_s(self) -> float:
        """0 while nothing failed."""
        if not self.failures:
            return 0.0
        if self.refused is not None:
            return refused_pause_s(self.failures, self.between)
        return min(AGAIN_S * 2.0 ** min(self.failures - 1, 10), AGAIN_LAST_S)

    def is_over(self, known: Membership | None) -> bool:
        """Whether this kiosk was paired again since the refusal."""
        was = self.refused
        return was is not None and known is not None and (known.lease, known.office_url) != (was.lease, was.office_url)
