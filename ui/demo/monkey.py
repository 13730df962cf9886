"""Random hands on the kiosk: what they do, and what must be true of the screen whatever they did."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ui.demo.xhands import Seen, XHands

LOOK_EVERY, PAUSE_S = 50, 0.002
QUIET_S, DRAIN_S = 0.05, 20.0
MODIFIERS = ("Control_L", "Alt_L", "Shift_L", "Super_L")
KEYS = (
    *(f"F{n}" for n in range(1, 13)),
    *("Tab", "Escape", "space", "Delete", "BackSpace", "Return", "Print", "Menu", "Home", "End", "Insert"),
    *("Up", "Down", "Left", "Right", "Prior", "Next", "Super_L", "Multi_key", "Num_Lock", "Caps_Lock", "Pause"),
    *"abcdefghijklmnopqrstuvwxyz0123456789",
)
# Ways out that kiosks are known for; tried as often as all random chords together.
WAYS_OUT = (
    *(("Alt_L", key) for key in ("F4", "Tab", "space", "Escape", "F1", "F2", "F7", "F8", "F10")),
    *(("Control_L", "Alt_L", key) for key in ("Delete", "BackSpace", "t", "d", "Tab", "Left", "F1", "F2", "F7")),
    *(("Control_L", key) for key in ("p", "o", "s", "n", "t", "w", "q", "Escape", "F4", "Tab")),
    *(("Super_L", key) for key in ("d", "e", "r", "l", "Tab", "F1", "Left")),
    *(("Control_L", "Shift_L", key) for key in ("Escape", "i", "Tab")),
    *(("Alt_L", "Shift_L", key) for key in ("Tab", "F10")),
    ("Super_L",),
    ("Menu",),
    ("Print",),
    ("F11",),
)


@dataclass
class Findings:
    """escapes: what was wrong on the screen, in words; looks: how often it was looked at."""

    touches: int = 0
    chords: int = 0
    looks: int = 0
    escapes: list[str] = field(default_factory=list)


@dataclass
class Monkey:
    """allowed: processes whose windows may be on the screen beside the kiosk's."""

    hands: XHands
    width: int
    height: int
    chance: random.Random
    allowed: Callable[[], frozenset[int]]
    found: Findings = field(default_factory=Findings)

    def run(self, events: int, kiosk: int, tell: Callable[[int], None]) -> Findings:
        """kiosk: its process. Touches two of three, key chords one of three."""
        for n in range(1, events + 1):
            if self.chance.random() < 2 / 3:
                self._touch()
                self.found.touches += 1
            else:
                self._keys()
                self.found.chords += 1
            self.hands.sync()
            time.sleep(PAUSE_S)
            if n % LOOK_EVERY == 0 or n == events:
                drain(kiosk)
                self.look(kiosk)
            if n % 5000 == 0:
                tell(n)
        return self.found

    def look(self, kiosk: int) -> None:
        self.found.looks += 1
        seen, focused = self.hands.on_screen(self.width, self.height), self.hands.focused()
        self.found.escapes += wrong(seen, focused, kiosk, self.allowed(), (self.width, self.height))

    def _touch(self) -> None:
        hands, chance = self.hands, self.chance
        x, y = chance.randrange(self.width), chance.randrange(self.height)
        if chance.random() < 0.15:  # edges and corners, where other programs hide their doors
            x = chance.choice((0, self.width - 1, x))
            y = chance.choice((0, self.height - 1, y))
        hands.move(x, y)
        button = chance.choices((1, 2, 3, 4, 5, 6, 7, 8, 9), (80, 2, 6, 3, 3, 1, 1, 2, 2))[0]
        for _time in range(2 if chance.random() < 0.1 else 1):
            hands.press(button, True)
            if chance.random() < 0.1:  # a swipe
                hands.move(chance.randrange(self.width), chance.randrange(self.height))
            hands.press(button, False)

    def _keys(self) -> None:
        chance = self.chance
        if chance.random() < 0.5:
            self.hands.chord(chance.choice(WAYS_OUT))
        elif chance.random() < 0.1:
            for _time in range(5):  # sticky keys
                self.hands.chord(("Shift_L",))
        else:
            held = [m for m in MODIFIERS if chance.random() < 0.4]
            self.hands.chord([*held, chance.choice(KEYS)])


def wrong(seen: Sequence[Seen], focused: int, kiosk: int, allowed: frozenset[int], size: tuple[int, int]) -> list[str]:
    """What of the screen is not as it must be: the kiosk on top, whole, with the keyboard, and nobody else there."""
    top = seen[0] if seen else None
    faults = [] if top is not None and top.pid == kiosk else [f"top window of process {top.pid if top else 0}"]
    if top is not None and top.pid == kiosk and not top.fills(*size):
        faults.append(f"kiosk at {top.x},{top.y} {top.width}x{top.height}")
    if focused != kiosk:
        faults.append(f"focus at process {focused}")
    return faults + [f"window of process {other.pid}" for other in seen if other.pid not in allowed | {kiosk}]


def drain(pid: int) -> None:
    """Until the process has done what it was given: it uses no more processor time."""
    last = time.monotonic() + DRAIN_S
    before = _ticks(pid)
    while time.monotonic() < last:
        time.sleep(QUIET_S)
        now = _ticks(pid)
        if now == before:
            return
        before = now


def _ticks(pid: int) -> int:
    """Of processor time; 0 for a process that has ended."""
    try:
        parts = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0
    return int(parts[11]) + int(parts[12])
