"""How this process's windows look now: colours, zoom, density. `ui.theme.apply.dress` sets it; what paints asks it.

Sizes are written in px at 100 % everywhere. Type goes through `ui.theme.fonts`; fixed sizes of widgets and their
layouts are kept right by `ui.theme.zoom`; a delegate, which paints by itself, asks `px`.
"""

from __future__ import annotations

from dataclasses import dataclass

from ui.theme.tokens import LIGHT, THEMES, Palette

ZOOMS = (100, 110, 125, 150, 175, 200)
COMPACT = 0.86  # share of heights, gaps and margins that stays; letters keep their size


@dataclass(frozen=True)
class Look:
    """theme: a key of `THEMES`; zoom: percent; compact: less air around the same letters."""

    theme: str = "light"
    zoom: int = 100
    compact: bool = False

    @property
    def palette(self) -> Palette:
        return THEMES.get(self.theme, LIGHT)

    @property
    def type_factor(self) -> float:
        return self.zoom / 100

    @property
    def size_factor(self) -> float:
        return self.type_factor * (COMPACT if self.compact else 1.0)


class _Now:
    look = Look()


def look() -> Look:
    return _Now.look


def set_look(chosen: Look) -> None:
    """Only `dress` calls this: the application's style sheet must say the same."""
    _Now.look = chosen


def colours() -> Palette:
    return _Now.look.palette


def px(size: float) -> int:
    """A height, gap or margin of so many px at 100 % as it is now; what is there does not vanish."""
    return max(1, round(size * _Now.look.size_factor)) if size > 0 else 0


def type_px(size: float) -> int:
    """The same for letters, and for widths that are measured by them: density does not change these. Rounded down, so
    that words never grow faster than the room that they are in."""
    return max(1, int(size * _Now.look.type_factor))


def next_theme(chosen: Look) -> str:
    names = list(THEMES)
    return names[(names.index(chosen.theme) + 1) % len(names)]


def next_zoom(chosen: Look, step: int) -> int:
    """The zoom one step larger or smaller, as far as there is one."""
    at = ZOOMS.index(chosen.zoom) if chosen.zoom in ZOOMS else 0
    return ZOOMS[min(max(at + step, 0), len(ZOOMS) - 1)]
