"""The bench of random hands finds what it is there to find."""

from __future__ import annotations

import pytest

from ui.demo.monkey import wrong
from ui.demo.xhands import Seen

SIZE = (1080, 1920)
KIOSK, CURTAIN, OTHER = 10, 11, 12
WHOLE = Seen(1, KIOSK, 0, 0, *SIZE)
UNDER = Seen(2, CURTAIN, 0, 0, *SIZE)
OWN = frozenset({KIOSK, CURTAIN})


def test_the_kiosk_on_top_with_the_keyboard_is_as_it_must_be() -> None:
    assert wrong([WHOLE, UNDER], KIOSK, KIOSK, OWN, SIZE) == []


@pytest.mark.parametrize(
    ("seen", "focused", "fault"),
    [
        ([UNDER, WHOLE], KIOSK, "top window of process 11"),
        ([], KIOSK, "top window of process 0"),
        ([Seen(1, KIOSK, 0, 0, 1080, 1900), UNDER], KIOSK, "kiosk at 0,0 1080x1900"),
        ([WHOLE, UNDER], CURTAIN, "focus at process 11"),
        ([WHOLE, UNDER], 0, "focus at process 0"),
        ([WHOLE, Seen(3, OTHER, 5, 5, 10, 10)], KIOSK, "window of process 12"),
        ([WHOLE, Seen(3, 0, 5, 5, 10, 10)], KIOSK, "window of process 0"),
    ],
)
def test_every_way_out_is_named(seen: list[Seen], focused: int, fault: str) -> None:
    assert fault in wrong(seen, focused, KIOSK, OWN, SIZE)
