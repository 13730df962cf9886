"""Colours, spaces and type of every window. One accent (terracotta, docs/legal.md#identity), warm neutral surfaces.

Text pairs reach 7:1 and control edges 4.5:1 (WCAG 1.4.6, 1.4.11) in every palette; tests/unit/test_ui_theme.py holds
it. An officer chooses light, dark or high contrast (`THEMES`); `ui.theme.look` knows which one it is now.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Colours as "#rrggbb". *_soft: a tint that carries text of the same name."""

    ground: str = "#f5f2ee"
    surface: str = "#ffffff"
    sunken: str = "#ece7e1"
    line: str = "#ddd6cd"
    edge: str = "#6d645b"
    ink: str = "#211c18"
    ink_2: str = "#4f4741"
    accent: str = "#8d301b"
    accent_deep: str = "#75260f"
    accent_soft: str = "#f9e9e3"
    on_accent: str = "#ffffff"
    good: str = "#14572f"
    good_soft: str = "#e2f1e7"
    warn: str = "#6f4200"
    warn_soft: str = "#fdeecb"
    bad: str = "#960f1e"
    bad_soft: str = "#fde7e6"
    info: str = "#174a78"
    info_soft: str = "#e4eef8"


LIGHT = Palette()

# For long evenings and dim rooms: dark warm grounds, light letters, the accent lightened until it reads on them.
DARK = Palette(
    ground="#1b1714",
    surface="#26201c",
    sunken="#14110e",
    line="#453c35",
    edge="#a99d92",
    ink="#f7f1ea",
    ink_2="#d3c8bd",
    accent="#f2b59f",
    accent_deep="#ffd2c2",
    accent_soft="#4a2a1f",
    on_accent="#1b1714",
    good="#a8e0bd",
    good_soft="#17301f",
    warn="#ffd88a",
    warn_soft="#3a2b0a",
    bad="#ffc9c4",
    bad_soft="#4d1218",
    info="#b7d7f5",
    info_soft="#152c42",
)

# For who sees little: black, white and yellow alone; every edge as strong as the text.
HIGH_CONTRAST = Palette(
    ground="#000000",
    surface="#000000",
    sunken="#000000",
    line="#ffffff",
    edge="#ffffff",
    ink="#ffffff",
    ink_2="#ffffff",
    accent="#ffff00",
    accent_deep="#ffffff",
    accent_soft="#00325c",
    on_accent="#000000",
    good="#80ff9f",
    good_soft="#000000",
    warn="#ffd75e",
    warn_soft="#000000",
    bad="#ffb3b3",
    bad_soft="#000000",
    info="#9fdcff",
    info_soft="#000000",
)

THEMES: dict[str, Palette] = {"light": LIGHT, "dark": DARK, "contrast": HIGH_CONTRAST}

# Hall screens stand in bright halls and are read from ten metres: dark ground, light figures.
HALL = Palette(
    ground="#17120f",
    surface="#241d18",
    sunken="#0f0b09",
    line="#3f352d",
    edge="#a3968a",
    ink="#fffaf5",
    ink_2="#d9cec3",
    accent="#f2b59f",
    accent_deep="#ffd2c2",
    accent_soft="#43251b",
    on_accent="#17120f",
    good="#a8e0bd",
    good_soft="#16301f",
    warn="#ffd88a",
    warn_soft="#3a2b0a",
    bad="#ffffff",
    bad_soft="#a3101f",
    info="#b7d7f5",
    info_soft="#152738",
)

# Spacing scale, px at 100 %.
XS, SM, MD, LG, XL, XXL = 4, 8, 12, 16, 24, 32
RADIUS = 10


@dataclass(frozen=True)
class Face:
    """A step of the type scale: px at 100 %, weight 400..800."""

    px: int
    weight: int = 400


TYPE: dict[str, Face] = {
    "caption": Face(13),
    "label": Face(13, 600),
    "body": Face(15),
    "strong": Face(15, 600),
    "lead": Face(17, 600),
    "title": Face(20, 700),
    "figure": Face(26, 700),
    "number": Face(64, 800),
}


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2) of "#rrggbb"."""

    def channel(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (channel(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1..21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
