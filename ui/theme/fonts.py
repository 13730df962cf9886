"""The house's typeface: Inter, bundled; every step of the type scale as a QFont."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QWidget

from ui.theme.look import type_px
from ui.theme.tokens import TYPE

FAMILY = "Inter"
FALLBACKS = ["Inter", "Noto Sans", "DejaVu Sans"]


def _bundled() -> list[Path]:
    """Inter files shipped with the program (`printing.fonts`)."""
    folder = Path(str(import_module("printing").__path__[0])) / "fonts"
    return sorted(p for p in folder.glob("Inter*") if p.suffix in {".otf", ".ttf"})


@lru_cache(maxsize=1)
def load_fonts() -> tuple[str, ...]:
    """Register the bundled faces, once; returns the families that are now there."""
    made = (QFontDatabase.addApplicationFont(str(path)) for path in _bundled())
    return tuple(family for one in made for family in QFontDatabase.applicationFontFamilies(one))


def font(px: int, weight: int = 400, *, tabular: bool = False) -> QFont:
    """Inter at `px` of 100 % and weight; tabular: figures of one width, for clocks and numbers that change in place."""
    made = QFont()
    made.setFamilies(FALLBACKS)
    made.setPixelSize(type_px(px))
    made.setWeight(QFont.Weight(weight))
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def role(name: str) -> QFont:
    """The face of a step of the scale, such as "title"."""
    face = TYPE[name]
    return font(face.px, face.weight, tabular=name in ("figure", "number"))


def set_face(widget: QWidget, px: int, weight: int = 400, *, tabular: bool = False) -> None:
    widget.setFont(font(px, weight, tabular=tabular))
