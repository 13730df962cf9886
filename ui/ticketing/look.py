"""How the kiosk looks now: size of the glass, colours, language, reach. Handed to every part when it is built."""

from __future__ import annotations

from dataclasses import dataclass

from ui.theme.tokens import LIGHT, Palette
from ui.ticketing.words import VI, Words

CAP = 0.727  # cap height of Inter, em
MAIN_MM, LEAST_MM = 7.3, 4.8  # capitals: of what matters, and of anything else that is to be read
TALL_GLASS_MM = 240  # a lying glass from here on has a low mode
SLIM_GLASS_MM = 400  # an upright glass that is less tall holds its lines in two columns
SMALL_GLASS_MM = 170  # a glass that is less tall holds one row of keys below the tiles, not two

# For who sees little: black on white, all text at 15:1 or more; edges as strong as the text.
CONTRAST = Palette(
    ground="#ffffff",
    sunken="#ffffff",
    line="#000000",
    edge="#000000",
    ink="#000000",
    ink_2="#000000",
    accent="#3a0d00",
    accent_deep="#2a0900",
    accent_soft="#ffffff",
    good="#002b12",
    good_soft="#ffffff",
    warn="#2b1900",
    warn_soft="#ffffff",
    bad="#400008",
    bad_soft="#ffffff",
    info="#001f3f",
    info_soft="#ffffff",
)


class Scale:
    """Pixels for millimetres on one screen. px_per_mm: measured; the default fits a 21.5" portrait 1080 x 1920."""

    def __init__(self, px_per_mm: float = 4.03) -> None:
        self.px_per_mm = px_per_mm

    def mm(self, millimetres: float) -> int:
        return round(millimetres * self.px_per_mm)

    def cap(self, millimetres: float) -> int:
        """Font px whose capitals are so many millimetres tall."""
        return round(millimetres * self.px_per_mm / CAP)


@dataclass(frozen=True)
class Mode:
    """What a citizen may choose; forgotten with everything else. language: a code of the kiosk's languages."""

    language: str = "vi"
    low: bool = False
    contrast: bool = False


@dataclass(frozen=True)
class Look:
    """portrait: the glass; roomy: parts are laid out for the whole tall glass; small: 170 mm or less in reach;
    tall: a lying glass whose upper half is out of reach; slim: an upright glass of 16 inches or less; narrow: its lower
    half, where what stands in one row elsewhere takes two."""

    scale: Scale
    portrait: bool
    words: Words = VI
    mode: Mode = Mode()
    small: bool = False
    tall: bool = False
    slim: bool = False
    narrow: bool = False

    @property
    def palette(self) -> Palette:
        return CONTRAST if self.mode.contrast else LIGHT

    @property
    def low(self) -> bool:
        """Only a tall glass has an upper half out of reach, and room for everything in the lower one."""
        return self.mode.low and self.has_low

    @property
    def has_low(self) -> bool:
        return self.tall or self.portrait

    @property
    def roomy(self) -> bool:
        return self.portrait and not self.low

    def mm(self, millimetres: float) -> int:
        return self.scale.mm(millimetres)

    def cap(self, millimetres: float) -> int:
        return self.scale.cap(millimetres)

    @property
    def main(self) -> int:
        """Px of main texts: capitals of 7.3 mm, for eyes at 600 mm."""
        return self.cap(MAIN_MM)

    def pick(self, name: str, english: str) -> str:
        """A name of the office's data in the chosen language."""
        return english if self.mode.language == "en" and english else name
