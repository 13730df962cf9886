"""Papers for the scanner's tests, drawn here: printed lines, then as a feeder would give them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from scanner.glyphs import FONT_FILE
from scanner.ocr import AUTO, Word
from scanner.page import Page, Pixels

DPI = 200
DECLARATION = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "TỜ KHAI ĐĂNG KÝ KHAI SINH",
    "Kính gửi: Ủy ban nhân dân xã Mẫu Sơn",
    "Họ, chữ đệm, tên: Nguyễn Thị Ánh Tuyết",
    "Ngày, tháng, năm sinh: 05/03/1995",
    "Số định danh cá nhân: 001195047382",
    "Nơi cư trú: Thôn Nà Pài, xã Mẫu Sơn, tỉnh Lạng Sơn",
    "Số điện thoại: 0912345678",
    "Đề nghị cơ quan đăng ký khai sinh cho người dưới đây.",
    "Họ, chữ đệm, tên người mẹ: Trần Thị Bích Ngọc",
    "Họ, chữ đệm, tên người cha: Lê Hữu Phước",
    "Tôi cam đoan những nội dung khai trên đây là đúng sự thật",
    "và chịu trách nhiệm trước pháp luật về cam đoan của mình.",
    "Làm tại xã Mẫu Sơn, ngày 23 tháng 11 năm 2026",
)
NOTIFICATION = (
    "BỆNH VIỆN ĐA KHOA HUYỆN",
    "GIẤY CHỨNG SINH",
    *(f"Dòng ghi chú thứ {n} của bệnh viện." for n in range(9)),
)


def drawn(lines: Sequence[str] = DECLARATION, dpi: int = DPI, size_pt: float = 13, left_pt: float = 70) -> Page:
    """Lines on a clean A4 sheet, colour."""
    unit = dpi / 72
    sheet = Image.new("RGB", (round(595.3 * unit), round(841.9 * unit)), "white")
    pen, font = ImageDraw.Draw(sheet), ImageFont.truetype(str(FONT_FILE), round(size_pt * unit))
    for n, line in enumerate(lines):
        pen.text((left_pt * unit, (60 + n * size_pt * 2) * unit), line, (25, 25, 28), font)
    return Page(np.ascontiguousarray(np.asarray(sheet)[:, :, ::-1]), dpi, "mẫu")


def scanned(page: Page, skew_deg: float = 0.0, seed: int = 1, noise: float = 5.0) -> Page:
    """The sheet turned counter-clockwise, tinted, grainy and shaded from left to right."""
    pixels = page.pixels
    if skew_deg:
        turn = cv2.getRotationMatrix2D((page.width / 2, page.height / 2), skew_deg, 1)
        size = (page.width, page.height)
        pixels = np.asarray(
            cv2.warpAffine(pixels, turn, size, flags=cv2.INTER_CUBIC, borderValue=(250, 250, 250)), np.uint8
        )
    rng = np.random.default_rng(seed)
    tint = np.array([0.95, 0.98, 1.0], np.float32)
    shade = np.linspace(0.82, 1.0, page.width, dtype=np.float32)[None, :, None] * tint
    grain = rng.standard_normal((page.height, page.width, 1), dtype=np.float32) * np.float32(noise)
    return page.with_pixels(np.clip(pixels * shade + grain, 0, 255).astype(np.uint8))


def empty_sheet(noise: float = 4.0, dpi: int = DPI) -> Page:
    return scanned(drawn((), dpi), noise=noise)


def printed_pdf(sheets: Sequence[Sequence[str]], path: Path, password: str | None = None) -> Path:
    """A PDF with text, a sheet per page."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    pdfmetrics.registerFont(TTFont("Sheet", str(FONT_FILE)))
    lock = StandardEncryption(password, strength=128) if password else None
    canvas = Canvas(str(path), pagesize=A4, invariant=True, encrypt=lock)
    for lines in sheets:
        canvas.setFont("Sheet", 13)
        for n, line in enumerate(lines):
            canvas.drawString(70, 760 - n * 26, line)
        canvas.showPage()
    canvas.save()
    return path


def tiff_of(pages: Sequence[Page], path: Path) -> Path:
    """All pages in one file."""
    pictures = [Image.fromarray(np.ascontiguousarray(p.pixels[:, :, ::-1])) for p in pages]
    pictures[0].save(path, save_all=True, append_images=pictures[1:], dpi=(DPI, DPI), compression="tiff_lzw")
    return path


def picture_file(page: Page, path: Path) -> Path:
    """PNG or JPEG by the name, resolution written into it."""
    picture = Image.fromarray(np.ascontiguousarray(page.pixels[:, :, ::-1]))
    if path.suffix == ".png":
        picture.save(path, dpi=(page.dpi, page.dpi), compress_level=1)
    else:
        picture.save(path, dpi=(page.dpi, page.dpi))
    return path


def huge_png_header(side: int) -> bytes:
    """A real PNG of one colour, `side` x `side`: a few KB that would decode to gigabytes."""
    out = BytesIO()
    Image.new("1", (side, side)).save(out, "PNG")
    return out.getvalue()


def letter_errors(read: str, truth: str) -> float:
    """Character error rate over text with white space folded (Levenshtein distance over the length of the truth)."""
    a, b = " ".join(read.split()), " ".join(truth.split())
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        corner, row[0] = row[0], i
        for j, right in enumerate(b, 1):
            corner, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, corner + (left != right))
    return row[-1] / max(1, len(b))


class PreparedEngine:
    """An engine that says prepared lines, or raises a prepared error; remembers what it was shown."""

    def __init__(self, lines: Sequence[str] = DECLARATION, error: Exception | None = None, turn: int = 0) -> None:
        self.lines, self.error, self.turn = lines, error, turn
        self.seen: list[tuple[int, ...]] = []

    def recognise(self, pixels: Pixels, dpi: int, mode: int = AUTO) -> list[Word]:
        self.seen.append(pixels.shape)
        if self.error is not None:
            raise self.error
        return [
            Word(text, (100 + 120 * column, 100 + 60 * row, 110, 40), 0.9, row)
            for row, line in enumerate(self.lines)
            for column, text in enumerate(line.split())
        ]

    def turn_of(self, pixels: Pixels, dpi: int) -> int | None:
        return self.turn
