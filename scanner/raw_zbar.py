"""zbar through pyzbar, told to leave the bytes of a code alone. Optional: without its library nothing is found."""

from __future__ import annotations

from ctypes import c_void_p, cast
from typing import Any

from scanner.page import Pixels

try:
    from pyzbar import pyzbar, wrapper
except (ImportError, OSError):  # the wheel is there; the system's libzbar, or what that needs on Windows, is not
    pyzbar = None

BINARY = 4  # ZBAR_CFG_BINARY of zbar.h since 0.23.1; older libraries refuse it
DENSITY = 2  # every second row and column is looked along


def raw_symbols(grey: Pixels) -> list[tuple[str, bytes]]:
    """Kind ("qr", "code128") and bytes of each code. grey: (height, width) uint8.

    A library too old for the raw mode may have "repaired" anything beyond ASCII into Chinese: that is left out.
    """
    if pyzbar is None:
        return []
    kinds = {pyzbar.ZBarSymbol.QRCODE: "qr", pyzbar.ZBarSymbol.CODE128: "code128"}
    is_raw, symbols = _scanned(grey, kinds)
    return [(kinds[pyzbar.ZBarSymbol[s.type]], s.data) for s in symbols if is_raw or s.data.isascii()]


def _scanned(grey: Pixels, kinds: dict[Any, str]) -> tuple[bool, list[Any]]:
    """pyzbar's decode, and whether the library obeys the raw mode."""
    pixels, width, height = pyzbar._pixel_data(grey)
    with pyzbar._image_scanner() as scanner:
        for symbol in pyzbar.ZBarSymbol:
            wrapper.zbar_image_scanner_set_config(scanner, symbol, wrapper.ZBarConfig.CFG_ENABLE, symbol in kinds)
        for density in (wrapper.ZBarConfig.CFG_X_DENSITY, wrapper.ZBarConfig.CFG_Y_DENSITY):
            wrapper.zbar_image_scanner_set_config(scanner, 0, density, DENSITY)
        qr = pyzbar.ZBarSymbol.QRCODE
        is_raw = wrapper.zbar_image_scanner_set_config(scanner, qr, BINARY, 1) == 0
        with pyzbar._image() as picture:
            wrapper.zbar_image_set_format(picture, pyzbar._FOURCC["L800"])
            wrapper.zbar_image_set_size(picture, width, height)
            wrapper.zbar_image_set_data(picture, cast(pixels, c_void_p), len(pixels), None)
            if wrapper.zbar_scan_image(scanner, picture) < 0:
                return is_raw, []
            return is_raw, list(pyzbar._decode_symbols(pyzbar._symbols_for_image(picture)))
