"""Files that are not what their names say, two things at once, no files at all, or called in evil ways."""

from __future__ import annotations

import io
import os
import socket
import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np

from ui.cli.hostile.good import good_files
from ui.cli.hostile.item import ANY, GOOD, Item

SPARSE = 100 * 2**30
ODD_NAMES = (
    "xuống\ndòng.png",
    "‮gpj.đảo.png",
    "a..%2f..%2fetc%2fpasswd.png",
    "a..\\..\\windows.png",
    "-rf .png",
    "$(reboot);`id`.png",
    "%s%n%x.png",
    "CON.png",
    "a" * 251 + ".png",
    "\x01\x02\x1b[31m.png",
    "👩‍👩‍👧.png",
    "<script>alert(1)</script>.png".replace("/", "∕"),
    "' OR 1=1 --.png",
    "trắng  cuối .png",
)


def other_items(seed: int) -> Iterator[Item]:
    yield from _misnamed(seed)
    yield from _polyglots()
    yield from _no_files()
    yield from _names()


def _misnamed(seed: int) -> Iterator[Item]:
    good = good_files()
    for name, source in (("jpeg.png", "anh.jpg"), ("png.pdf", "anh.png"), ("pdf.jpg", "van-ban.pdf")):
        yield Item("misnamed", f"ten-sai-{name}", good[source], GOOD)
    yield Item("misnamed", "ten-sai-tiff.jpeg", good["lzw.tif"], GOOD)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "<w/>" * 100)
    strange = {
        "van-ban.pdf": "Đây là tệp chữ".encode(),
        "docx.pdf": packed.getvalue(),
        "exe.pdf": b"MZ" + bytes(500),
        "elf.png": b"\x7fELF" + bytes(500),
        "gif.jpg": b"GIF89a" + bytes(500),
        "webp.jpg": b"RIFF\0\0\0\0WEBPVP8 " + bytes(500),
        "bmp.png": b"BM" + bytes(500),
        "heic.jpg": b"\0\0\0\x18ftypheic" + bytes(500),
        "svg.png": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "html.pdf": b"<html><script>alert(1)</script></html>",
        "ps.pdf": b"%!PS-Adobe-3.0\n(x) show",
        "mp4.tif": b"\0\0\0\x20ftypisom" + bytes(500),
    }
    for name, content in strange.items():
        yield Item("misnamed", f"la-{name}", content)
    rng = np.random.default_rng(seed)
    magics = {
        "png": b"\x89PNG\r\n\x1a\n",
        "jpg": b"\xff\xd8\xff",
        "tif": b"II*\0",
        "tiff": b"MM\0*",
        "pdf": b"%PDF-1.7\n",
    }
    for suffix, magic in magics.items():
        yield Item("empty", f"rong.{suffix}", b"")
        yield Item("empty", f"dau.{suffix}", magic)
        yield Item("empty", f"so-khong.{suffix}", bytes(2**20))
        noise = rng.integers(0, 256, 50_000, np.uint8).tobytes()
        yield Item("noise", f"nhieu.{suffix}", magic + noise)
    yield Item("noise", "nhieu-co-cuoi.pdf", magics["pdf"] + noise + b"\nstartxref\n99\n%%EOF")


def _polyglots() -> Iterator[Item]:
    good = good_files()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("evil.exe", bytes(1000))
    jpeg, pdf = good["anh.jpg"], good["van-ban.pdf"]
    comment = b"\xff\xfe" + (len(pdf) + 2).to_bytes(2, "big") + pdf
    yield Item("polyglot", "png-zip.png", good["anh.png"] + packed.getvalue(), GOOD)
    yield Item("polyglot", "pdf-zip.pdf", pdf + packed.getvalue(), ANY)
    yield Item("polyglot", "zip-pdf.pdf", packed.getvalue() + pdf, ANY)
    yield Item("polyglot", "jpg-pdf.jpg", jpeg[:2] + comment + jpeg[2:], GOOD)
    yield Item("polyglot", "html-pdf.pdf", b"<html><script>alert(1)</script>" + pdf, ANY)
    yield Item("polyglot", "pdf-jpg.pdf", pdf + jpeg, ANY)
    yield Item("polyglot", "tiff-pdf.tif", good["g4.tif"] + pdf, GOOD)


def _sparse(path: Path, size: int, head: bytes) -> None:
    with path.open("wb") as file:
        file.write(head)
        file.truncate(size)


def _device(path: Path) -> None:
    os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))  # /dev/zero by another name


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the address has room for a short name only
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def _no_files() -> Iterator[Item]:
    if os.name == "nt":
        return
    yield Item("no file", "duong-ong.pdf", partial(os.mkfifo))
    yield Item("no file", "o-cam.png", _socket)
    yield Item("no file", "thiet-bi.tif", _device)
    yield Item("no file", "loi-tat.pdf", lambda path: path.symlink_to("/etc/passwd"))
    yield Item("no file", "loi-tat-treo.png", lambda path: path.symlink_to("khong-co"))
    yield Item("no file", "loi-tat-vong.png", lambda path: path.symlink_to(path.name))
    yield Item("no file", "loi-tat-zero.jpg", lambda path: path.symlink_to("/dev/zero"))
    yield Item("sparse", "thua-100gb.pdf", lambda path: _sparse(path, SPARSE, b"%PDF-1.7\n"))
    yield Item("sparse", "thua-100gb.tif", lambda path: _sparse(path, SPARSE, b"II*\0"))
    yield Item("sparse", "thua-90mb.png", lambda path: _sparse(path, 90 * 2**20, b"\x89PNG\r\n\x1a\n"))
    yield Item("sparse", "thua-90mb.pdf", lambda path: _sparse(path, 90 * 2**20, b"%PDF-1.7\n"))


def _names() -> Iterator[Item]:
    picture = good_files()["anh.png"]
    for name in ODD_NAMES:
        yield Item("name", name, picture, GOOD)
    yield Item("name", unicodedata.normalize("NFD", "hộ tịch.png"), picture, GOOD)
    if os.name != "nt":
        yield Item("name", os.fsdecode(b"\xff\xfe\x80 kh\xf4ng.png"), picture, GOOD)
        yield Item("name", os.fsdecode(b"\xc3\x28 hong.pdf"), b"%PDF-1.7\nhong")
