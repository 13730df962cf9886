from __future__ import annotations

import io
import unicodedata
from datetime import timedelta

import numpy as np
import pikepdf
import pypdfium2
import pytest
from samples import NOON
from scanner_samples import DECLARATION, PreparedEngine, drawn, empty_sheet, scanned

from scanner.compress import archive
from scanner.ocr import Word
from scanner.page import Page
from scanner.pdf import PdfPage, searchable_pdf
from scanner.pipeline import ReadPage, assemble, read_page
from scanner.xmp import srgb_profile


def read(lines: tuple[str, ...] = DECLARATION) -> ReadPage:
    return read_page(scanned(drawn(lines)), PreparedEngine(lines))


def texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    finally:
        document.close()


def sheet_with(words: list[Word]) -> bytes:
    return searchable_pdf([PdfPage(archive(drawn(()).pixels), 200, words)], title="Thử", at=NOON)


def test_the_text_taken_out_is_the_text_that_was_read() -> None:
    pages = [read(), read(("Ộ ợ ữ ẫ ỵ Đ đ ₫", "Giấy — “trích lục” số 12/HT…"))]
    assert texts(assemble(pages, title="Tờ khai", at=NOON)) == [p.text for p in pages]


def test_text_is_nfc_and_letters_outside_the_font_survive() -> None:
    (text,) = texts(sheet_with([Word("☑", (100, 100, 40, 40), 0.9, 0), Word("đồng→ý", (160, 100, 200, 40), 0.9, 0)]))
    assert text == "☑ đồng→ý"
    assert unicodedata.is_normalized("NFC", text)


def test_words_lie_over_their_place_on_the_page() -> None:
    document = pypdfium2.PdfDocument(sheet_with([Word("Nguyễn", (400, 600, 200, 50), 0.9, 0)]))
    page = document[0]
    left, bottom, _, top = page.get_textpage().get_charbox(0)
    last = page.get_textpage().get_charbox(5)
    assert left == pytest.approx(400 * 72 / 200, abs=2)
    assert last[2] == pytest.approx(600 * 72 / 200, abs=3)
    high = page.get_height()
    assert high - 660 * 72 / 200 < bottom < top < high - 590 * 72 / 200
    document.close()


def test_the_words_cannot_be_seen() -> None:
    def shown(pdf: bytes) -> np.ndarray:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return np.array(document[0].render(scale=0.5).to_numpy())
        finally:
            document.close()

    assert (shown(sheet_with([Word("Nguyễn", (400, 600, 900, 300), 0.9, 0)])) == shown(sheet_with([]))).all()


def test_the_same_pages_give_the_same_bytes() -> None:
    pages = [read()]
    first = assemble(pages, title="Tờ khai", at=NOON)
    assert assemble(pages, title="Tờ khai", at=NOON) == first
    assert assemble(pages, title="Tờ khai", at=NOON + timedelta(days=1)) != first


def test_the_file_declares_and_keeps_what_pdfa_asks() -> None:
    with pikepdf.open(io.BytesIO(assemble([read(), read()], title="Đơn <1> & 2", at=NOON))) as pdf:
        root = pdf.Root
        meta = root.Metadata.read_bytes().decode()
        assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in meta
        assert "Đơn &lt;1&gt; &amp; 2" in meta
        assert "2026-11-23T10:00:00+07:00" in meta
        assert str(pdf.trailer.Info.CreationDate) == "D:20261123100000+07'00'"
        assert str(pdf.trailer.Info.Title) == "Đơn <1> & 2"
        intent = root.OutputIntents[0]
        assert intent.S == "/GTS_PDFA1"
        assert intent.DestOutputProfile.read_bytes() == srgb_profile()
        assert len(pdf.trailer.ID) == 2
        assert not pdf.is_encrypted
        for page in pdf.pages:
            font = page.Resources.Font.F1
            assert font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()[:4] in (b"\0\1\0\0", b"true")
            assert page.Resources.XObject.Im0.ColorSpace == "/DeviceRGB"
        names = {str(o.get("/S")) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o}
        assert not names & {"/JavaScript", "/Launch"}


def test_the_colour_profile_is_the_same_every_day() -> None:
    assert srgb_profile()[24:36] == srgb_profile.__wrapped__()[24:36]
    assert srgb_profile()[36:40] == b"acsp"


def test_a_page_is_as_large_as_its_paper_and_stays_colour() -> None:
    page = drawn()
    pixels = page.pixels.copy()
    pixels[1500:1700, 900:1100] = (40, 30, 205)
    kept = read_page(Page(pixels, 200, "x"), PreparedEngine())
    document = pypdfium2.PdfDocument(assemble([kept], title="x", at=NOON))
    wide, high = document[0].get_size()
    assert (wide, high) == (pytest.approx(595, abs=1), pytest.approx(842, abs=1))
    shown = document[0].render(scale=1).to_numpy()
    blue, green, red = (int(v) for v in shown[1600 * 72 // 200, 1000 * 72 // 200, :3])
    assert red > 170
    assert max(blue, green) < 90
    document.close()


def test_a_blank_page_has_a_place_and_no_text() -> None:
    engine = PreparedEngine()
    blank = read_page(empty_sheet(), engine)
    assert blank.blank
    assert engine.seen == []
    assert texts(assemble([blank, read()], title="x", at=NOON))[0] == ""


def test_a_read_page_survives_its_way_through_the_store() -> None:
    page = read()
    again = ReadPage.of(page.image, page.words_json())
    assert again.meta() == page.meta()
    assert assemble([again], title="x", at=NOON) == assemble([page], title="x", at=NOON)


def test_warnings_say_what_to_do() -> None:
    low = read_page(drawn(dpi=150), PreparedEngine())
    assert any("150 dpi" in w for w in low.warnings)
    silent = read_page(drawn(), PreparedEngine(()))
    assert any("Không đọc được chữ nào" in w for w in silent.warnings)
    assert read().warnings == ()


@pytest.mark.parametrize("text", ["KHAI", "Ngay", "GIẤY", "nam", "Hộ"])
def test_text_is_as_high_as_its_picture_with_or_without_letters_below_the_line(text: str) -> None:
    document = pypdfium2.PdfDocument(sheet_with([Word(text, (400, 600, 200, 50), 0.9, 0)]))
    page = document[0]
    boxes = [page.get_textpage().get_charbox(n) for n in range(len(text))]
    high = page.get_height()
    bottom, top = min(b[1] for b in boxes), max(b[3] for b in boxes)
    assert bottom == pytest.approx(high - 650 * 72 / 200, abs=1.8)
    assert top == pytest.approx(high - 600 * 72 / 200, abs=2.6)
    document.close()
