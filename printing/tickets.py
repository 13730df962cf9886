"""The queue ticket as one 1-bit raster: printers' own fonts print Vietnamese wrongly, a raster prints the same on all.

Nothing on it tells who took the number (docs/legal.md#personal-data).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import segno
from PIL import Image, ImageDraw, ImageFont

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.waiting import LONGEST_SPELL_MIN, come_back_at
from kiosk.text import tidy
from printing.fonts import sans

DOTS_PER_MM = 8  # 203 dpi
WIDTHS = (384, 512, 576, 640)
NUMBER_DOTS = 19 * DOTS_PER_MM  # legible at arm's length; at least 18 mm are asked for
MARGIN, EDGE = 12, 16
QR_DOTS = 216
INK_BELOW = 150  # grey level; higher makes strokes fatter

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
THANKS = "Xin giữ phiếu và chờ gọi số. Cảm ơn ông/bà!"


@dataclass(frozen=True)
class TicketPaper:
    """All that a ticket says. ahead: people before this number when printed; wait_minutes: range, None if unknown.

    lookup: text of the QR code, "" for none; width: dots of the printing head.
    """

    office: str
    number: str
    group: str
    issued_at: datetime
    ahead: int | None = None
    wait_minutes: tuple[int, int] | None = None
    priority: str = ""
    lookup: str = ""
    width: int = 576


def render_ticket(paper: TicketPaper) -> Image.Image:
    """The ticket, `paper.width` dots wide, as high as its words; mode "1"."""
    strip = _Strip(paper.width)
    strip.words(paper.office.upper(), "SemiBold", 27)
    strip.rule()
    strip.words("SỐ THỨ TỰ CỦA ÔNG/BÀ", "Medium", 24)
    strip.number(tidy(paper.number))
    strip.words(paper.group, "Bold", 34)
    if paper.priority:
        strip.words(f"Ưu tiên: {paper.priority}", "SemiBold", 26)
    strip.rule()
    for line in _waiting(paper):
        strip.words(line, "SemiBold", 28)
    strip.words(_when(paper.issued_at), "Regular", 24)
    if paper.lookup:
        strip.gap(6)
        strip.qr(paper.lookup)
        if paper.lookup.startswith("http"):
            strip.words("Quét mã để xem còn bao nhiêu người", "Regular", 21)
    strip.gap(6)
    strip.words(THANKS, "Medium", 23)
    return strip.cut()


def _waiting(paper: TicketPaper) -> list[str]:
    """How long, as a range; a single figure would be a promise that nobody can keep."""
    lines: list[str] = []
    if paper.ahead is not None:
        lines.append("Chưa có ai chờ trước ông/bà" if paper.ahead == 0 else f"Trước ông/bà còn {paper.ahead} người")
    if paper.wait_minutes is not None:
        lines += wait_lines(paper.wait_minutes, paper.issued_at)
    return lines


def wait_lines(told: tuple[int, int], issued_at: datetime) -> list[str]:
    """A range in words; who would wait over an hour is told when to be back instead."""
    back = come_back_at(told, issued_at)
    if back is not None:
        return [
            f"Dự kiến chờ trên {LONGEST_SPELL_MIN} phút",
            f"Mời ông/bà quay lại sau {back.astimezone(OFFICE_ZONE):%H:%M}",
        ]
    shortest, longest = told
    if shortest == 0:
        return [f"Dự kiến chờ dưới {longest} phút"]
    spell = f"{shortest}–{longest}" if longest > shortest else f"{longest}"
    return [f"Dự kiến chờ {spell} phút"]


def _when(at: datetime) -> str:
    local = at.astimezone(OFFICE_ZONE)
    return f"{local:%H:%M} · {WEEKDAYS[local.weekday()]}, {local:%d/%m/%Y}"


class _Strip:
    """A strip of paper that grows downwards; every block is centred."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._image = Image.new("L", (width, 4000), 255)
        self._draw = ImageDraw.Draw(self._image)
        self._y = MARGIN

    def gap(self, dots: int) -> None:
        self._y += dots

    def rule(self) -> None:
        self._y += 8
        self._draw.line((EDGE, self._y, self.width - EDGE, self._y), fill=0, width=2)
        self._y += 10

    def words(self, text: str, weight: str, size: int) -> None:
        """Text over as many lines as it needs."""
        font = _font(weight, size)
        for line in _wrapped(self._draw, tidy(text), font, self.width - 2 * EDGE):
            self._draw.text((self.width // 2, self._y), line, font=font, fill=0, anchor="ma")
            self._y += round(size * 1.32)

    def number(self, text: str) -> None:
        """The number, NUMBER_DOTS high whatever the width of the paper: on a narrow head it gets slimmer, not lower."""
        font = _font("Bold", _size_for_height(NUMBER_DOTS))
        left, top, right, bottom = self._draw.textbbox((0, 0), text, font=font, anchor="ls")
        big = Image.new("L", (round(right - left) + 2, round(bottom - top) + 2), 255)
        ImageDraw.Draw(big).text((1 - left, 1 - top), text, font=font, fill=0, anchor="ls")
        room = self.width - 2 * EDGE
        if big.width > room:
            big = big.resize((room, big.height), Image.Resampling.LANCZOS)
        self._y += 10
        self._image.paste(big, ((self.width - big.width) // 2, self._y))
        self._y += big.height + 16

    def qr(self, text: str) -> None:
        """Every module a whole number of dots, or the code blurs."""
        rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix_iter(border=2)]
        code = Image.new("L", (len(rows), len(rows)), 255)
        code.putdata([0 if dark else 255 for row in rows for dark in row])
        scale = max(3, QR_DOTS // len(rows))
        code = code.resize((len(rows) * scale, len(rows) * scale), Image.Resampling.NEAREST)
        self._image.paste(code, ((self.width - code.width) // 2, self._y))
        self._y += code.height + 4

    def cut(self) -> Image.Image:
        strip = self._image.crop((0, 0, self.width, self._y + MARGIN))
        return strip.point(lambda grey: 255 * (grey >= INK_BELOW)).convert("1", dither=Image.Dither.NONE)


def _wrapped(draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, room: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and draw.textlength(longer, font=font) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@lru_cache(maxsize=32)
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(sans(weight)), size)


@lru_cache(maxsize=4)
def _size_for_height(dots: int) -> int:
    """The type size whose figures are at least `dots` high."""
    return next(size for size in range(dots, dots * 2) if -_font("Bold", size).getbbox("0", anchor="ls")[1] >= dots)
