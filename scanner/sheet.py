"""A page under the hands of clean-up: its pixels, how it looks at a glance, and what was found and done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from scanner.orient import without_rules
from scanner.page import Page, Pixels, glance
from scanner.skew import WORK_WIDTH, ink_mask


@dataclass(frozen=True)
class Look:
    """A page at a glance. small: grey, about WORK_WIDTH wide; mask: its ink; letters: its ink without ruled lines."""

    small: Pixels
    mask: Pixels
    letters: Pixels

    def map(self, change: Callable[[Pixels], Pixels]) -> Look:
        """The same cut or turn for all three."""
        return Look(*(np.ascontiguousarray(change(layer)) for layer in (self.small, self.mask, self.letters)))


def look_at(page: Page) -> Look:
    """Shrink the page and find its ink."""
    small = glance(page.grey(), WORK_WIDTH)
    mask = ink_mask(small)
    return Look(small, mask, without_rules(mask))


# OpenCV draws no picture of 32,767 pixels or more; a strip or a stamp's worth of pixels is no sheet on a desk.
LONGEST_PX, SHORTEST_PX, SLIMMEST = 32_000, 200, 8.0


def can_be_drawn(page: Page) -> bool:
    """Whether the pixels can be turned and bent at all."""
    return max(page.width, page.height) <= LONGEST_PX


def has_shape_of_paper(page: Page) -> bool:
    """Whether a sheet may be looked for in the picture."""
    short, long = sorted((page.width, page.height))
    return short >= SHORTEST_PX and long <= SLIMMEST * short and can_be_drawn(page)


@dataclass(frozen=True)
class Done:
    """What one step did. words: for the officer, "" where there was nothing to do; cpu_ms: what it took."""

    code: str
    words: str
    cpu_ms: float


@dataclass(frozen=True)
class Sheet:
    """A page under the hands, and what was found.

    rotation_deg: clockwise quarter turns applied; skew_deg: counter-clockwise skew found and taken out.
    is_upright_sure: False when letters must decide (`pipeline`). trimmed: pixels cut off (top, right, bottom, left).
    said: what the last step did, for the officer; done: every step so far. seen: a look that is still true, if any.
    """

    page: Page
    rotation_deg: int = 0
    skew_deg: float = 0.0
    blank: bool = False
    is_upright_sure: bool = True
    trimmed: tuple[int, int, int, int] = (0, 0, 0, 0)
    said: str = ""
    done: tuple[Done, ...] = ()
    seen: list[Look] = field(default_factory=list, compare=False, repr=False)

    @property
    def look(self) -> Look:
        if not self.seen:
            self.seen.append(look_at(self.page))
        return self.seen[0]

    @property
    def scale(self) -> float:
        """Shrunk pixels per page pixel."""
        return float(self.look.small.shape[1]) / self.page.width

    def with_page(self, page: Page, said: str, look: Look | None = None) -> Self:
        """The sheet with other pixels. look: known to be true for them."""
        return replace(self, page=page, said=said, seen=[] if look is None else [look])
