"""JPEG and PNG files: bombs in their heads and chunks, tricks in their notes, and rare but honest kinds."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from ui.cli.hostile.good import packed, picture
from ui.cli.hostile.item import ANY, BAD, GOOD, Item

SIGNATURE = b"\x89PNG\r\n\x1a\n"
BLOCK = bytes(2**20)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


@cache
def inflating(megabytes: int, times: int = 1) -> bytes:
    """A few KB that become so much, squeezed as often."""
    body = repeated(BLOCK, megabytes)
    for _ in range(times - 1):
        body = zlib.compress(body, 9)
    return body


def repeated(block: bytes, count: int) -> bytes:
    """What zlib makes of a block repeated so often, without going through it: each repeat has the same packed form."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = squeeze.compress(block) + squeeze.flush(zlib.Z_FULL_FLUSH)
    once = zlib.adler32(block, 0)  # the two sums of Adler-32 over the block alone
    low, high = once & 0xFFFF, once >> 16
    a, b = 1, 0
    for _ in range(count):
        a, b = (a + low) % 65_521, (b + len(block) * a + high) % 65_521
    return b"\x78\xda" + piece * count + b"\3\0" + struct.pack(">HH", b, a)


def head(width: int, height: int, depth: int = 8, colour: int = 0) -> bytes:
    return SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))


def png_items() -> Iterator[Item]:
    end, idat = chunk(b"IEND", b""), chunk(b"IDAT", zlib.compress(bytes(101 * 100)))
    small, bomb = head(100, 100), inflating(1024)
    good = packed(picture(), "PNG")
    body = good[33:]
    for name, side in (("2tr", 2**31 - 1), ("40k", 40_000), ("8k", 8_000)):
        yield Item("dimensions", f"rong-{name}.png", head(side, side, 1) + chunk(b"IDAT", bomb[:5000]) + end)
    yield Item("dimensions", "dai.png", head(1, 60_000) + idat + end)
    yield Item("dimensions", "det.png", head(60_000, 1) + idat + end)
    yield Item("dimensions", "khong.png", head(0, 100) + idat + end)
    yield Item("dimensions", "mot-diem.png", packed(Image.new("RGB", (1, 1)), "PNG"))
    yield Item("chunk bomb", "ztxt.png", small + chunk(b"zTXt", b"a\0\0" + bomb) + idat + end, ANY)
    yield Item("chunk bomb", "itxt.png", small + chunk(b"iTXt", b"a\0\1\0\0\0" + bomb) + idat + end, ANY)
    yield Item("chunk bomb", "iccp.png", small + chunk(b"iCCP", b"a\0\0" + bomb) + idat + end, ANY)
    yield Item("chunk bomb", "text-lon.png", small + chunk(b"tEXt", b"a\0" + bytes(20 * 2**20)) + idat + end, ANY)
    texts = b"".join(chunk(b"tEXt", b"k%d\0v" % n) for n in range(100_000))
    yield Item("chunk bomb", "text-nhieu.png", small + texts + idat + end, ANY)
    yield Item("chunk bomb", "ztxt-nhieu.png", small + chunk(b"zTXt", b"a\0\0" + inflating(1)) * 300 + idat + end, ANY)
    yield Item("chunk", "dai-qua.png", small + struct.pack(">I", 2**31 - 1) + b"IDAT" + bytes(50))
    yield Item("chunk", "sai-crc.png", good[:29] + b"\0\0\0\0" + body, BAD)
    yield Item("chunk", "khong-idat.png", small + end)
    yield Item("chunk", "khong-iend.png", good[:-12], ANY)
    yield Item("chunk", "thieu-dong.png", head(100, 500) + idat + end)
    yield Item("chunk", "thua-dong.png", head(100, 10) + idat + end, ANY)
    yield Item("chunk", "idat-bom.png", small + chunk(b"IDAT", bomb) + end, ANY)
    yield Item("chunk", "bo-loc-9.png", small + chunk(b"IDAT", zlib.compress((b"\x09" + bytes(100)) * 100)) + end, ANY)
    yield Item("chunk", "sau-bit-la.png", head(100, 100, 5, 7) + idat + end)
    yield Item("chunk", "exif-vong.png", small + chunk(b"eXIf", exif_loop()[6:]) + idat + end, ANY)
    control = chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))
    yield Item("chunk", "apng.png", small + control + idat + end, ANY)
    grey = np.asarray(picture().convert("L"))
    for name, image in (
        ("xam-16.png", Image.fromarray(grey.astype(np.uint16) * 257)),
        ("bang-mau.png", picture().convert("P")),
        ("mot-bit.png", picture().convert("1")),
        ("xam-alpha.png", picture().convert("LA")),
        ("alpha.png", picture().convert("RGBA")),
    ):
        yield Item("rare", name, packed(image, "PNG"), GOOD)
    yield Item("rare", "trong-suot.png", packed(picture().convert("P"), "PNG", transparency=0), GOOD)
    samples = np.repeat(grey[:, :, None], 3, axis=2).astype(">u2") * 257
    rows = b"".join(b"\0" + row.tobytes() for row in samples)
    yield Item(
        "rare",
        "mau-16.png",
        head(grey.shape[1], grey.shape[0], 16, 2) + chunk(b"IDAT", zlib.compress(rows)) + end,
        GOOD,
    )


def exif_loop() -> bytes:
    """Camera notes whose directory leads back to itself."""
    entry = struct.pack("<HHII", 0x8769, 4, 1, 8)
    return b"Exif\0\0" + b"II*\0" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 8)


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def jpeg_items() -> Iterator[Item]:
    page = picture()
    good = packed(page, "JPEG", quality=80)
    sof = good.index(b"\xff\xc0")

    def sized(width: int, height: int) -> bytes:
        return good[: sof + 5] + struct.pack(">HH", height, width) + good[sof + 9 :]

    def noted(body: bytes) -> bytes:
        return good[:2] + segment(0xE1, body) + good[2:]

    for name, side in (("65535", 65_535), ("20000", 20_000), ("0", 0)):
        yield Item("dimensions", f"canh-{name}.jpg", sized(side, side))
    yield Item("dimensions", "cao-7000.jpg", sized(7000, 7000), BAD)
    yield Item("dimensions", "hai-co.jpg", good[:sof] + good[sof : sof + 19] + good[sof:], ANY)
    for turn in range(1, 9):
        notes = Image.Exif()
        notes[0x0112] = turn
        yield Item("exif", f"xoay-{turn}.jpg", packed(page, "JPEG", exif=notes), GOOD)
    yield Item("exif", "vong.jpg", noted(exif_loop()), GOOD)
    yield Item("exif", "cut.jpg", noted(b"Exif\0\0II*\0\xff\xff\xff\xff"), GOOD)
    many = struct.pack("<HHII", 0x927C, 7, 2**31 - 1, 26) * 2000
    yield Item("exif", "dem-lon.jpg", noted(b"Exif\0\0II*\0" + struct.pack("<IH", 8, 2000) + many), GOOD)
    yield Item("exif", "xoay-99.jpg", noted(b"Exif\0\0II*\0" + struct.pack("<IHHHII", 8, 1, 0x112, 3, 1, 99)), GOOD)
    density = good.index(b"JFIF\0") + 8
    for name, dots in (("0", 0), ("1", 1), ("65535", 65_535)):
        body = good[: density - 1] + b"\1" + struct.pack(">HH", dots, dots) + good[density + 4 :]
        yield Item("exif", f"dpi-{name}.jpg", body, GOOD)
    yield Item("bomb", "nhieu-luot.jpg", lambda path: many_scans(path, 2000), BAD)
    yield Item("bomb", "nhieu-chu-thich.jpg", good[:2] + segment(0xFE, bytes(65_000)) * 800 + good[2:], ANY)
    icc = b"ICC_PROFILE\0\1\1" + bytes(60_000)
    yield Item("bomb", "icc-hong.jpg", good[:2] + segment(0xE2, icc) + good[2:], ANY)
    yield Item(
        "bomb", "icc-255.jpg", good[:2] + segment(0xE2, b"ICC_PROFILE\0\1\xff" + bytes(60_000)) * 255 + good[2:], ANY
    )
    huffman = good.index(b"\xff\xc4")
    yield Item("tables", "khong-huffman.jpg", good[:huffman] + good[good.index(b"\xff\xda") :], ANY)
    quant = good.index(b"\xff\xdb")
    yield Item("tables", "luong-tu-0.jpg", good[: quant + 5] + bytes(64) + good[quant + 69 :], ANY)
    yield Item("tables", "sof3.jpg", good[:sof] + b"\xff\xc3" + good[sof + 2 :], ANY)
    yield Item("tables", "so-hoc.jpg", good[:sof] + b"\xff\xc9" + good[sof + 2 :], ANY)
    yield Item("tables", "12-bit.jpg", good[: sof + 4] + b"\x0c" + good[sof + 5 :], ANY)
    yield Item("tables", "9-kenh.jpg", good[: sof + 9] + b"\x09" + good[sof + 10 :], ANY)
    yield Item("ends", "khong-eoi.jpg", good[:-2], ANY)
    yield Item("ends", "duoi-rac.jpg", good + b"PK\3\4" + bytes(2**20), GOOD)
    yield Item("ends", "hai-anh.jpg", good + good, GOOD)
    for mode in ("CMYK", "L"):
        yield Item("rare", f"{mode.lower()}.jpg", packed(page.convert(mode), "JPEG"), GOOD)
    out = BytesIO()
    page.save(out, "MPO", save_all=True, append_images=[page])
    yield Item("rare", "mpo.jpg", out.getvalue(), GOOD)


def many_scans(path: Path, count: int) -> None:
    """A large progressive picture refined by so many passes: small to keep, minutes to decode."""
    large = packed(Image.new("L", (6000, 8000)), "JPEG", progressive=True)
    last = large.rindex(b"\xff\xda")
    path.write_bytes(large[:last] + large[last:-2] * count + large[-2:])
