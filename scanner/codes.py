"""Bar and square codes on a page: zxing-cpp first, zbar second and only for its raw bytes; text is strict UTF-8.

zbar guesses East Asian encodings and so misreads a quarter of Vietnamese identity cards; its bytes are sound.
"""

from __future__ import annotations

from ctypes import c_void_p, cast
from dataclasses import dataclass
from typing import Any

import zxingcpp
from pyzbar import pyzbar, wrapper

from kiosk.text import nfc
from scanner.page import Pixels, glance

ZBAR_CFG_BINARY = 4  # zbar.h since 0.23.1; older libraries refuse it
# What is asked for, and our names; a search for QR also finds its small variants, which are QR to us.
WANTED = {
    zxingcpp.BarcodeFormat.QRCode: "qr",
    zxingcpp.BarcodeFormat.Code128: "code128",
    zxingcpp.BarcodeFormat.DataMatrix: "datamatrix",
    zxingcpp.BarcodeFormat.PDF417: "pdf417",
}
SECOND = {pyzbar.ZBarSymbol.QRCODE: "qr", pyzbar.ZBarSymbol.CODE128: "code128"}
# Looked for at full size, because they are common and cheap; the rest on a shrunk page.
FIRST = (zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128)
RARE = (zxingcpp.BarcodeFormat.DataMatrix, zxingcpp.BarcodeFormat.PDF417)
SHRUNK_WIDTH = 1100


@dataclass(frozen=True)
class Code:
    """kind: "qr", "code128", "datamatrix", "pdf417"; text: NFC."""

    kind: str
    text: str


def read_codes(grey: Pixels) -> tuple[Code, ...]:
    """Codes of a picture, each once, in the order found. grey: (height, width) uint8, any direction."""
    codes = _by_zxing(grey, FIRST)
    if not codes:
        small = glance(grey, SHRUNK_WIDTH)
        codes = _by_zxing(small, RARE) or _by_zbar(small)
    return tuple(dict.fromkeys(codes))


def _by_zxing(grey: Pixels, formats: tuple[zxingcpp.BarcodeFormat, ...]) -> list[Code]:
    results = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(list(formats)), try_invert=False)
    return [Code(WANTED.get(r.format, "qr"), text) for r in results if (text := _strict(r.bytes)) is not None]


def _by_zbar(grey: Pixels) -> list[Code]:
    is_raw, symbols = _decode_raw(grey)
    codes = []
    for symbol in symbols:
        # Without the raw mode anything beyond ASCII may have been "repaired" into Chinese.
        if (is_raw or symbol.data.isascii()) and (text := _strict(symbol.data)) is not None:
            codes.append(Code(SECOND[pyzbar.ZBarSymbol[symbol.type]], text))
    return codes


def _strict(content: bytes) -> str | None:
    """The text, or None where the bytes are no UTF-8: a wrong name is worse than none."""
    try:
        return nfc(content.decode("utf-8"))
    except UnicodeDecodeError:
        return None


def _decode_raw(grey: Pixels) -> tuple[bool, list[Any]]:
    """pyzbar's decode with the library told to leave the bytes alone; False when it is too old to obey."""
    pixels, width, height = pyzbar._pixel_data(grey)
    with pyzbar._image_scanner() as scanner:
        for symbol in pyzbar.ZBarSymbol:
            wrapper.zbar_image_scanner_set_config(scanner, symbol, wrapper.ZBarConfig.CFG_ENABLE, symbol in SECOND)
        for density in (wrapper.ZBarConfig.CFG_X_DENSITY, wrapper.ZBarConfig.CFG_Y_DENSITY):
            wrapper.zbar_image_scanner_set_config(scanner, 0, density, 2)
        qr = pyzbar.ZBarSymbol.QRCODE
        is_raw = wrapper.zbar_image_scanner_set_config(scanner, qr, ZBAR_CFG_BINARY, 1) == 0
        with pyzbar._image() as picture:
            wrapper.zbar_image_set_format(picture, pyzbar._FOURCC["L800"])
            wrapper.zbar_image_set_size(picture, width, height)
            wrapper.zbar_image_set_data(picture, cast(pixels, c_void_p), len(pixels), None)
            if wrapper.zbar_scan_image(scanner, picture) < 0:
                return is_raw, []
            return is_raw, list(pyzbar._decode_symbols(pyzbar._symbols_for_image(picture)))
