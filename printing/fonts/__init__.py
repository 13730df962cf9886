"""The fonts that come with the program, so that a paper or a screen never depends on what the machine has.

Liberation Serif 2.1.5 (Times metrics; TrueType, as ReportLab wants) for forms; Inter for tickets and screens. Both
hold every Vietnamese letter and ₫. Always opened by path: Debian 12 still ships an older Liberation Serif under the
same family name that lacks 92 of them. Licences (SIL OFL 1.1) lie beside the files.
"""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).parent

SERIF = "LiberationSerif"
SERIF_FACES = ("Regular", "Bold", "Italic", "BoldItalic")
SANS = "Inter"
SANS_WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")

# (bold, italic) as ReportLab's mark-up asks for them.
_MARKUP = {"Regular": (0, 0), "Bold": (1, 0), "Italic": (0, 1), "BoldItalic": (1, 1)}


def serif(face: str = "Regular") -> Path:
    """File of a Liberation Serif face. Raises: KeyError for an unknown face."""
    return _file(SERIF, face, SERIF_FACES, "ttf")


def sans(weight: str = "Regular") -> Path:
    """File of an Inter weight. Raises: KeyError for an unknown weight."""
    return _file(SANS, weight, SANS_WEIGHTS, "otf")


def serif_name(face: str = "Regular") -> str:
    """The name under which a registered face is set in a PDF."""
    return f"{SERIF}-{face}"


def register() -> None:
    """Make the serif faces known to ReportLab, with <b> and <i>; may be called any number of times."""
    if serif_name("BoldItalic") in pdfmetrics.getRegisteredFontNames():
        return
    for face in SERIF_FACES:
        pdfmetrics.registerFont(TTFont(serif_name(face), str(serif(face))))
        addMapping(SERIF, *_MARKUP[face], serif_name(face))


def _file(family: str, face: str, known: tuple[str, ...], suffix: str) -> Path:
    if face not in known:
        raise KeyError(f"{family} {face}")
    return FOLDER / f"{family}-{face}.{suffix}"
