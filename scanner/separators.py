"""Codes of separator sheets on a side that has just come from the feeder: large, square, and looked for at a glance."""

from __future__ import annotations

import zxingcpp

from kiosk.domain.separator import looks_like_separator
from scanner.clean import flag_blank, trim_border
from scanner.page import Page, glance
from scanner.sheet import Sheet

GLANCE_WIDTH = 1100


def separator_codes(page: Page) -> list[str]:
    """Texts of the side's codes that are separators', ours or not."""
    small, squares = glance(page.grey(), GLANCE_WIDTH), zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    found = zxingcpp.read_barcodes(small, formats=squares, try_invert=False)
    return [r.text for r in found if looks_like_separator(r.text)]


def is_empty(page: Page) -> bool:
    """Whether the side is blank, as the back of a separator is."""
    return flag_blank(trim_border(Sheet(page))).blank
