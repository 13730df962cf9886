"""Two-sided stacks are kept sheet by sheet: after a jam, scanning goes on exactly at the sheet that is missing."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing

from kiosk.errors import DeviceError
from scanner.page import Page


def whole_sheets(sides: Generator[Page, None, None], *, duplex: bool) -> Generator[Page, None, None]:
    """The same sides; a front is given once its back has come.

    The sheet that was in the machine when it stopped has to be fed again as a whole, and is then there once and whole.
    A failure leaves with the number of that sheet in its details (`sheet`, from 1).
    """
    front: Page | None = None
    given = 0
    try:
        with closing(sides):
            for side in sides:
                if duplex and front is None:
                    front = side
                    continue
                given += 1
                pair = [front, side] if front is not None else [side]
                front = None
                yield from pair
    except DeviceError as e:
        e.details["sheet"] = given + 1
        raise
    if front is not None:  # a last sheet whose empty back the machine left out
        yield front
