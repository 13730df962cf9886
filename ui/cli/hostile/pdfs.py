"""PDF files: bombs of every filter, trees and tables that lead in circles, locks, scripts and attachments."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Literal

import pikepdf

from ui.cli.hostile.good import text_pdf
from ui.cli.hostile.item import ANY, BAD, GOOD, Item, M
from ui.cli.hostile.pdf_parts import CATALOG, FONT, PAGE, WORDS, pdf, simple, stream, with_picture
from ui.cli.hostile.pictures import inflating, repeated

GREY = b"/ColorSpace /DeviceGray "
ACTIONS = {
    "js": b"/OpenAction << /S /JavaScript /JS (app.alert(1); while(true){}) >>",
    "chay": b"/OpenAction << /S /Launch /F (/bin/sh) /Win << /F (cmd.exe) >> >>",
    "uri": b"/OpenAction << /S /URI /URI (http://127.0.0.1/evil) >>",
    "gui": b"/OpenAction << /S /SubmitForm /F (http://127.0.0.1/evil) >>",
    "noi-khac": b"/OpenAction << /S /GoToR /F (/etc/passwd) /D [0 /Fit] >>",
    "ten-js": b"/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (while(true){}) >>] >> >>",
    "aa": b"/AA << /WC << /S /JavaScript /JS (while(true){}) >> >>",
    "xfa": b"/AcroForm << /XFA (<xdp:xdp xmlns:xdp='x'><script>while(1);</script></xdp:xdp>) /Fields [] >>",
}


def pdf_items() -> Iterator[Item]:
    yield from _bombs()
    yield from _drawing()
    yield from _trees()
    yield from _tables()
    yield from _locks()
    yield from _actions()
    yield from _syntax()


def _bombs() -> Iterator[Item]:
    """Pictures and streams of a few KB that are gigabytes."""
    side, once = 32_000, inflating(1024)
    yield Item("bomb", "bom-flate.pdf", with_picture(once, b"/Filter /FlateDecode " + GREY, side, side), ANY)
    for times in (2, 3):
        filters = b"/Filter [" + b"/FlateDecode " * times + b"] "
        body = inflating(1024, times)
        yield Item("bomb", f"bom-flate-{times}.pdf", with_picture(body, filters + GREY, side, side), ANY)
    words = repeated(b"0 0 m 500 700 l S\n" * 60_000, 1000)
    objects = simple()
    flate = b"/Filter /FlateDecode"
    yield Item("bomb", "bom-noi-dung.pdf", pdf({**objects, 4: stream(words, flate)}), ANY)
    yield Item("bomb", "bom-noi-dung-2.pdf", pdf({**objects, 4: stream(once, flate)}), ANY)
    packed = stream(once, b"/Type /ObjStm /N 1000000 /First 8000000 /Filter /FlateDecode")
    yield Item("bomb", "bom-objstm.pdf", pdf({**objects, 9: packed}), ANY)
    nested = stream(
        inflating(512, 4), b"/Type /ObjStm /N 9 /First 90 /Extends 9 0 R /Filter [" + b"/FlateDecode " * 4 + b"]"
    )
    yield Item("bomb", "bom-objstm-long.pdf", pdf({**objects, 9: nested}), ANY)
    for name, extra, body in (
        ("jbig2", b"/Filter /JBIG2Decode " + GREY, _jbig2(65_535)),
        ("jbig2-2", b"/Filter /JBIG2Decode " + GREY, _jbig2(2**31 - 1)),
        ("jpx", b"/Filter /JPXDecode", _jpx(100_000)),
        ("jpx-2", b"/Filter /JPXDecode", _jpx(2**31 - 1)),
        ("ccitt", b"/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 60000 /Rows 60000 >> " + GREY, bytes(3000)),
        ("lzw", b"/Filter /LZWDecode " + GREY, b"\x80\x0b" + b"\x60\x50" * 50_000),
        ("runlength", b"/Filter /RunLengthDecode " + GREY, b"\x81\0" * 400_000 + b"\x80"),
        ("hex", b"/Filter [/ASCIIHexDecode /FlateDecode] " + GREY, once[:200_000].hex().encode()),
        ("predictor", b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 >> " + GREY, once),
    ):
        yield Item("bomb", f"bom-{name}.pdf", with_picture(body, extra, side, side), ANY)
    twenty = b"q 595 0 0 842 0 0 cm /X Do Q " * 500
    objects = simple(twenty, resources=b"/XObject << /X 5 0 R >>")
    size = b"/Type /XObject /Subtype /Image /Width 10000 /Height 5000 /BitsPerComponent 8 /Filter /FlateDecode "
    yield Item("bomb", "bom-lap-anh.pdf", pdf({**objects, 5: stream(inflating(48), size + GREY)}), ANY)


def _jbig2(side: int) -> bytes:
    """A page of that size, and one empty generic region over it."""
    page = side.to_bytes(4, "big") * 2 + bytes(8) + b"\0" + b"\0\0"
    head = b"\0\0\0\0\x30\0\1" + len(page).to_bytes(4, "big") + page
    region = side.to_bytes(4, "big") * 2 + bytes(8) + b"\0\0\3\xff\xfd\xff\2\xfe\xfe\xfe" + bytes(40)
    return head + b"\0\0\0\1\x26\0\1" + len(region).to_bytes(4, "big") + region


def _jpx(side: int) -> bytes:
    """A JPEG 2000 code stream's head, with hardly anything behind."""
    whole = side.to_bytes(4, "big") * 2 + bytes(8)
    size = b"\0\0" + whole + whole + b"\0\3" + b"\7\1\1" * 3
    style = b"\0\0\0\1\0\5\4\4\0\0"
    marked = (
        b"\xff\x51"
        + (len(size) + 2).to_bytes(2, "big")
        + size
        + b"\xff\x52"
        + (len(style) + 2).to_bytes(2, "big")
        + style
    )
    return (
        b"\xff\x4f"
        + marked
        + b"\xff\x5c\0\4\x40\x40"
        + b"\xff\x90\0\x0a\0\0\0\0\0\0\0\1\xff\x93"
        + bytes(200)
        + b"\xff\xd9"
    )


def _drawing() -> Iterator[Item]:
    """Pages that never end being drawn."""
    calls = b"/X0 Do " * 12
    objects = simple(calls, resources=b"/XObject << /X0 10 0 R >>")
    for level in range(10):
        inner = b"/Resources << /XObject << /X0 %d 0 R >> >>" % (11 + level)
        body = calls if level < 9 else b"0 0 595 842 re f"
        objects[10 + level] = stream(body, b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] " + inner)
    yield Item("drawing", "ti-lan-ve.pdf", pdf(objects), ANY)
    itself = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"
    objects = simple(b"/X Do", resources=b"/XObject << /X 5 0 R >>")
    yield Item("drawing", "tu-goi.pdf", pdf({**objects, 5: stream(b"/X Do /X Do", itself)}), ANY)
    tile = b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /Resources << >> "
    tile += b"/BBox [0 0 1 1] /XStep .001 /YStep .001"
    objects = simple(b"/Pattern cs /P scn 0 0 595 842 re f", resources=b"/Pattern << /P 5 0 R >>")
    yield Item("drawing", "gach-nho.pdf", pdf({**objects, 5: stream(b"0 0 1 1 re f", tile)}), ANY)
    function = b"{ " + b"{ dup mul sin cos sqrt } if " * 2000 + b"}"
    shade = (
        b"/Shading << /S << /ShadingType 1 /ColorSpace /DeviceRGB /Function << /FunctionType 4 /Domain [0 1 0 1]"
        b" /Range [0 1 0 1 0 1] >> >> >>"
    )
    yield Item("drawing", "to-bong.pdf", pdf({**simple(b"/S sh", resources=shade), 5: stream(function)}), ANY)
    yield Item("drawing", "q-sau.pdf", pdf(simple(b"q " * 2_000_000)), ANY)
    yield Item("drawing", "net-dut.pdf", pdf(simple(b"[.0001 .0001] 0 d 0 0 m 595 842 l S " * 200)), ANY)
    yield Item(
        "drawing",
        "anh-trong-dong.pdf",
        pdf(simple(b"BI /W 60000 /H 60000 /BPC 8 /CS /G ID " + bytes(99) + b" EI")),
        ANY,
    )
    yield Item("drawing", "co-chu.pdf", pdf(simple(b"BT /F1 1e30 Tf 1e30 0 0 1e30 0 0 Tm (x) Tj ET")), ANY)
    file = FONT.replace(b"/Helvetica", b"/X /FontDescriptor << /FontFile2 5 0 R >>")
    yield Item("drawing", "phong-hong.pdf", pdf({**simple(resources=file), 5: stream(bytes(range(256)) * 400)}), ANY)


def _trees() -> Iterator[Item]:
    """Pages that are their own parents, far too many, or of no size."""
    base = simple()
    pages = b"<< /Type /Pages /Kids [%s] /Count %d >>"
    yield Item("tree", "vong-trang.pdf", pdf({**base, 2: pages % (b"2 0 R", 1)}), BAD)
    yield Item("tree", "vong-hai.pdf", pdf({**base, 2: pages % (b"5 0 R", 1), 5: pages % (b"2 0 R", 1)}), BAD)
    yield Item("tree", "dem-sai.pdf", pdf({**base, 2: pages % (b"3 0 R", 2**31 - 1)}), ANY)
    yield Item("tree", "dem-am.pdf", pdf({**base, 2: pages % (b"3 0 R", -5)}), ANY)
    yield Item("tree", "lap-trang.pdf", pdf({**base, 2: pages % (b"3 0 R " * 2000, 2000)}))
    yield Item("tree", "khong-trang.pdf", pdf({**base, 2: pages % (b"", 0)}))
    yield Item("tree", "khong-goc.pdf", pdf({4: stream(WORDS)}))
    deep = {n: pages % (b"%d 0 R" % (n + 1), 1) for n in range(10, 5000)}
    yield Item("tree", "sau.pdf", pdf({**base, 2: pages % (b"10 0 R", 1), **deep, 5000: PAGE % (FONT, b"")}), ANY)
    for name, box in (
        ("lon", b"0 0 99999 99999"),
        ("rat-lon", b"0 0 1e30 1e30"),
        ("dai", b"0 0 14400 1"),
        ("khong", b"0 0 0 0"),
        ("am", b"500 800 0 0"),
        ("chu", b"/a (b) null"),
        ("nan", b"0 0 nan inf"),
    ):
        page = (PAGE % (FONT, b"")).replace(b"0 0 595 842", box)
        yield Item("tree", f"kho-{name}.pdf", pdf({**base, 3: page}), ANY)
    yield Item("tree", "don-vi.pdf", pdf({**base, 3: PAGE % (FONT, b"/UserUnit 75000")}), ANY)


def _tables() -> Iterator[Item]:
    """Tables of contents that are wrong, missing, or lead to themselves."""
    base = simple()
    good = pdf(base)
    start = int(good.rsplit(b"startxref\n", 1)[1].split()[0])
    yield Item("table", "muc-luc-vong.pdf", pdf(base, b"/Prev %d" % start), ANY)
    yield Item("table", "muc-luc-lech.pdf", pdf(base, shift=37), frozenset({M}))
    yield Item("table", "muc-luc-mat.pdf", good[:start] + b"%%EOF", BAD)
    yield Item("table", "muc-luc-ngoai.pdf", good.replace(b"startxref\n%d" % start, b"startxref\n99999999"), BAD)
    yield Item("table", "muc-luc-am.pdf", good.replace(b"startxref\n%d" % start, b"startxref\n-5"), BAD)
    yield Item("table", "xrefstm-vong.pdf", pdf(base, b"/XRefStm %d" % start), ANY)
    yield Item("table", "kich-thuoc.pdf", pdf(base, b"/Size 2147483647"), ANY)
    loop = b"<< /Type /XRef /W [1 2 1] /Size 9 /Root 1 0 R /Prev %d /Length 36 >>\nstream\n" % start
    tail = b"9 0 obj\n" + loop + bytes(36) + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % start
    yield Item("table", "xref-dong-vong.pdf", good[:start] + tail, ANY)
    yield Item(
        "table", "them-1000.pdf", good + (b"4 0 obj\n" + stream(WORDS) + b"\nendobj\n") * 1000 + good[start:], ANY
    )
    yield Item("table", "dau-xa.pdf", b"\n" * 900 + good, ANY)
    yield Item("table", "dau-qua-xa.pdf", b"\n" * 3000 + good)


def _locks() -> Iterator[Item]:
    ways: dict[str, Literal[2, 3, 4, 6]] = {"rc4-40": 2, "rc4-128": 3, "aes-128": 4, "aes-256": 6}
    for name, revision in ways.items():
        lock = pikepdf.Encryption(owner="chu", user="mat", R=revision, aes=revision >= 4, metadata=revision >= 4)
        yield Item("locked", f"khoa-{name}.pdf", _locked(lock))
    open_to_all = pikepdf.Encryption(owner="chu", user="", allow=pikepdf.Permissions(extract=False))
    yield Item("locked", "khoa-chu.pdf", _locked(open_to_all), GOOD)
    yield Item("locked", "khoa-la.pdf", pdf(simple(), b"/Encrypt << /Filter /Strange /V 99 >>"))


def _locked(lock: pikepdf.Encryption) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(text_pdf(1))) as document:
        document.save(out, encryption=lock)
    return out.getvalue()


def _actions() -> Iterator[Item]:
    """What acts when opened: shown as plain pages, and nothing happens."""
    for name, action in ACTIONS.items():
        yield Item("active", f"hanh-dong-{name}.pdf", pdf(simple(catalog=action)), GOOD)
    attached = (
        b"/Names << /EmbeddedFiles << /Names [(evil.exe) << /Type /Filespec /F (evil.exe) /EF << /F 5 0 R >> >>] >> >>"
    )
    evil = stream(b"MZ" + bytes(2000), b"/Type /EmbeddedFile")
    yield Item("active", "dinh-kem.pdf", pdf({**simple(catalog=attached), 5: evil}), GOOD)
    inner = stream(inflating(512), b"/Type /EmbeddedFile /Filter /FlateDecode")
    yield Item("active", "dinh-kem-bom.pdf", pdf({**simple(catalog=attached), 5: inner}), GOOD)
    media = b"/Annots [<< /Type /Annot /Subtype /RichMedia /Rect [0 0 9 9] /RichMediaContent << >> >>]"
    yield Item("active", "da-phuong-tien.pdf", pdf(simple(page=media)), GOOD)
    link = (
        b"/Annots ["
        + b"<< /Type /Annot /Subtype /Link /Rect [0 0 595 842] /A << /S /Launch /F (x) >> >> " * 5000
        + b"]"
    )
    yield Item("active", "lien-ket.pdf", pdf(simple(page=link)), GOOD)
    page = CATALOG % b"/Collection << /View /H >>"
    yield Item("active", "tuyen-tap.pdf", pdf({**simple(), 1: page}), GOOD)


def _syntax() -> Iterator[Item]:
    """Words that are hard to parse."""
    base = simple()
    for name, extra in (
        ("mang-sau", b"/X " + b"[" * 100_000 + b"]" * 100_000),
        ("tu-dien-sau", b"/X " + b"<< /A " * 50_000 + b"1" + b" >>" * 50_000),
        ("ten-dai", b"/" + b"a" * 2_000_000 + b" 1"),
        ("chuoi-dai", b"/X (" + b"a" * 5_000_000 + b")"),
        ("so-lon", b"/X " + b"9" * 100_000),
        ("ngoac-sau", b"/X " + b"(" * 200_000 + b")" * 200_000),
    ):
        yield Item("syntax", f"cu-phap-{name}.pdf", pdf({**base, 1: CATALOG % extra}), ANY)
    yield Item(
        "syntax", "do-dai-sai.pdf", pdf({**base, 4: stream(WORDS).replace(b"/Length 40", b"/Length 4000000")}), ANY
    )
    yield Item(
        "syntax", "do-dai-tu-tro.pdf", pdf({**base, 4: stream(WORDS).replace(b"/Length 40", b"/Length 4 0 R")}), ANY
    )
    yield Item("syntax", "tham-chieu-vong.pdf", pdf({**base, 4: b"4 0 R"}), ANY)
