"""TIFF files: directories that lead in circles, thousands of pages, strips that inflate, rare but honest kinds."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from PIL import Image

from ui.cli.hostile.good import packed, picture
from ui.cli.hostile.item import ANY, BAD, GOOD, Item
from ui.cli.hostile.pictures import inflating

SHORT, LONG = 3, 4
NONE, DEFLATE, PACKBITS, G4, OLD_JPEG, LZW = 1, 8, 32773, 4, 6, 5


def tiff(body: bytes, tags: Mapping[int, int], following: int = 0) -> bytes:
    """One page; its pixels behind the head. following: where the next directory is."""
    at = 8 + len(body) + len(body) % 2
    usual = {256: 100, 257: 100, 258: 8, 259: NONE, 262: 1, 273: 8, 277: 1, 278: 100, 279: len(body)}
    entries = sorted({**usual, **tags}.items())
    listed = b"".join(struct.pack("<HHII", tag, LONG, 1, value) for tag, value in entries)
    head = b"II*\0" + struct.pack("<I", at) + body + b"\0" * (len(body) % 2)
    return head + struct.pack("<H", len(entries)) + listed + struct.pack("<I", following)


def chained(pages: int) -> bytes:
    """So many small pages, all of the same pixels."""
    body = bytes(40 * 40)
    entries = {256: 40, 257: 40, 258: 8, 259: 1, 262: 1, 273: 8, 277: 1, 278: 40, 279: len(body)}
    listed = b"".join(struct.pack("<HHII", tag, LONG, 1, value) for tag, value in sorted(entries.items()))
    first, size = 8 + len(body), 2 + len(listed) + 4
    out = [b"II*\0", struct.pack("<I", first), body]
    for page in range(pages):
        following = first + (page + 1) * size if page + 1 < pages else 0
        out.append(struct.pack("<H", len(entries)) + listed + struct.pack("<I", following))
    return b"".join(out)


def tiff_items() -> Iterator[Item]:
    grey = bytes(100 * 100)
    alone = tiff(grey, {})
    directory = 8 + len(grey)
    yield Item("loop", "tu-vong.tif", tiff(grey, {}, directory), ANY)
    pair = tiff(grey, {}, len(alone))
    yield Item("loop", "vong-hai.tif", pair + alone[directory:-4] + struct.pack("<I", directory), ANY)
    yield Item("loop", "subifd-vong.tif", tiff(grey, {330: directory}), ANY)
    yield Item("loop", "exif-vong.tif", tiff(grey, {34665: directory}), ANY)
    for pages in (501, 5_000, 200_000):
        yield Item("many pages", f"{pages}-trang.tif", chained(pages))
    yield Item("many pages", "500-trang.tif", chained(500), GOOD)
    for name, wide, high in (("65k", 65_535, 65_535), ("2tr", 2**31 - 1, 2**31 - 1), ("dai", 40_000, 3), ("0", 0, 10)):
        yield Item("dimensions", f"co-{name}.tif", tiff(grey, {256: wide, 257: high}))
    side = {256: 7000, 257: 7000, 278: 7000}
    for name, body, method in (
        ("deflate", inflating(1024), DEFLATE),
        ("deflate-2", inflating(1024, 2), DEFLATE),
        ("packbits", b"\x81\0" * 200_000, PACKBITS),
        ("g4", bytes(5000), G4),
        ("lzw", b"\x80\0" * 5000, LZW),
        ("jpeg-cu", bytes(5000), OLD_JPEG),
    ):
        yield Item("strip bomb", f"bom-{name}.tif", tiff(body, {**side, 259: method}), ANY)
    yield Item("strip bomb", "bom-16-bit.tif", tiff(inflating(200), {**side, 259: DEFLATE, 258: 16}), ANY)
    for name, tags in (
        ("dai-sai", {273: 2**31}),
        ("dai-dem", {279: 2**32 - 1}),
        ("hang-0", {278: 0}),
        ("mau-255", {277: 255}),
        ("bit-0", {258: 0}),
        ("bit-7", {258: 7}),
        ("nen-la", {259: 60_000}),
        ("mau-la", {262: 99}),
        ("o-lon", {322: 2**31 - 1, 323: 2**31 - 1}),
        ("do-0", {282: 8, 283: 8, 296: 7}),
        ("mat-phang-9", {284: 9}),
        ("doan-lon", {317: 65_535, 259: LZW}),
    ):
        yield Item("tags", f"the-{name}.tif", tiff(grey, tags), ANY)
    counted = bytearray(alone)
    struct.pack_into("<I", counted, directory + 2 + 12 + 4, 2**31 - 1)
    yield Item("tags", "the-dem-lon.tif", bytes(counted), ANY)
    yield Item("tags", "so-the-65535.tif", alone[:directory] + b"\xff\xff" + alone[directory + 2 :])
    yield Item("tags", "thu-muc-ngoai.tif", b"II*\0" + struct.pack("<I", 2**31) + grey)
    yield Item("tags", "bigtiff.tif", b"II+\0\x08\0\0\0" + struct.pack("<Q", 16) + bytes(64))
    yield from rare_tiffs()


def rare_tiffs() -> Iterator[Item]:
    page = picture()
    grey = np.asarray(page.convert("L"))
    for name, image, options in (
        ("cmyk", page.convert("CMYK"), {"compression": "tiff_lzw"}),
        ("lab", page.convert("LAB"), {}),
        ("alpha", page.convert("RGBA"), {"compression": "tiff_deflate"}),
        ("bang-mau", page.convert("P"), {}),
        ("jpeg", page, {"compression": "jpeg"}),
        ("ycbcr", page.convert("YCbCr"), {}),
        ("packbits", page, {"compression": "packbits"}),
        ("g3", page.convert("1"), {"compression": "group3"}),
        ("16-bit", Image.fromarray(grey.astype(np.uint16) * 257), {}),
        ("32-bit", Image.fromarray(grey.astype(np.int32)), {}),
        ("thuc", Image.fromarray(grey.astype(np.float32) / 255), {}),
    ):
        yield Item("rare", f"hiem-{name}.tif", packed(image, "TIFF", **options), GOOD)
    for turn in (3, 6, 8, 200):
        yield Item("rare", f"xoay-{turn}.tif", packed(page, "TIFF", tiffinfo={274: turn}), GOOD)


def write_big_endian(path: Path) -> None:
    """The other order of bytes, written by hand."""
    body = zlib.compress(bytes(100 * 100))
    tags = {256: 100, 257: 100, 258: 8, 259: DEFLATE, 262: 1, 273: 8, 277: 1, 278: 100, 279: len(body)}
    listed = b"".join(struct.pack(">HHII", tag, LONG, 1, value) for tag, value in sorted(tags.items()))
    padded = body + b"\0" * (len(body) % 2)
    head = b"MM\0*" + struct.pack(">I", 8 + len(padded))
    path.write_bytes(head + padded + struct.pack(">H", len(tags)) + listed + bytes(4))


def big_endian_items() -> Iterator[Item]:
    yield Item("rare", "mm.tif", write_big_endian, BAD | GOOD)
