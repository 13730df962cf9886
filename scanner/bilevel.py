"""One bit a pixel, packed without loss: CCITT Group 4, which every PDF viewer reads (ITU-T T.6)."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from PIL import Image

from scanner.page import Pixels

ROWS_PER_STRIP, OFFSETS, LENGTHS = 278, 273, 279


def g4_bytes(mask: Pixels) -> bytes:
    """Bare T.6 code of a mask; what is not 0 is black. The same mask gives the same bytes."""
    file = BytesIO()
    # One strip: PDF knows no strips.
    Image.fromarray(mask > 0).save(file, "TIFF", compression="group4", tiffinfo={ROWS_PER_STRIP: mask.shape[0]})
    tags = Image.open(file).tag_v2  # type: ignore[attr-defined]
    start, length = tags[OFFSETS][0], tags[LENGTHS][0]
    return file.getvalue()[start : start + length]


def mask_of(code: bytes, width: int, height: int) -> Pixels:
    """The mask again, 255 where black: the code in the plainest TIFF around it."""
    entries = (
        (256, 4, width),
        (257, 4, height),
        (258, 3, 1),
        (259, 3, 4),
        (262, 3, 1),
        (OFFSETS, 4, 8),
        (277, 3, 1),
        (ROWS_PER_STRIP, 4, height),
        (LENGTHS, 4, len(code)),
    )
    body = code + b"\0" * (len(code) % 2)
    folder = b"".join(
        tag.to_bytes(2, "little") + kind.to_bytes(2, "little") + (1).to_bytes(4, "little") + value.to_bytes(4, "little")
        for tag, kind, value in entries
    )
    head = b"II*\0" + (8 + len(body)).to_bytes(4, "little")
    with Image.open(BytesIO(head + body + len(entries).to_bytes(2, "little") + folder + bytes(4))) as picture:
        return np.asarray(picture).astype(np.uint8) * np.uint8(255)
