"""Whether a PNG holds all the rows that its head promises: the picture library shows missing ones as black paper."""

from __future__ import annotations

import zlib

HEAD_END = 33
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
# First column and row, and the steps, of the seven passes of an interlaced picture (PNG specification, 8.2).
PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
PIECE = 2**20


def is_whole(content: bytes) -> bool:
    """content: at least a signature and a head (`limits.size_of` has looked)."""
    wide, high = int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    depth, colour, interlaced = content[24], content[25], content[28]
    if colour not in CHANNELS:
        return False
    bits = depth * CHANNELS[colour]
    passes = PASSES if interlaced else ((0, 0, 1, 1),)
    promised = sum(_bytes_of(wide, high, bits, *one) for one in passes)
    return _inflated(content, promised) >= promised


def _bytes_of(wide: int, high: int, bits: int, left: int, top: int, across: int, down: int) -> int:
    """Of one pass: each row has a byte for its filter in front."""
    columns, rows = -(-(wide - left) // across), -(-(high - top) // down)
    return rows * (1 + -(-columns * bits // 8)) if columns > 0 and rows > 0 else 0


def _inflated(content: bytes, enough: int) -> int:
    """Bytes of pixels that really come out, counted to `enough`."""
    inflate, got, at = zlib.decompressobj(), 0, HEAD_END
    while got < enough and at + 8 <= len(content):
        size, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        body = content[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        try:
            while body and got < enough:
                got += len(inflate.decompress(body, PIECE))
                body = inflate.unconsumed_tail
        except zlib.error:
            return got
        at += 12 + size
    return got
