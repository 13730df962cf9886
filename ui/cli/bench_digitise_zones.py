"""Backs of cards and pages of passports as they lie on the glass, for the measure and the tests of their zones."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from kiosk.identity import read_payload
from kiosk.identity.icao import check_digit
from scanner.glyphs import FONT_FILE
from scanner.mrz import LineEngine, read_zone
from scanner.page import Page, as_pixels

# OCR-B, which documents are printed in, is not free; this is the nearest that most systems have, else our own font.
MONO = Path("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf")
DPI, PITCH_MM, SIGN_MM = 200, 2.54, 3.6
CARD_MM, PASSPORT_MM = (85.6, 54.0), (125.0, 88.0)
PAPER, CARD, INK = (248, 248, 248), (222, 228, 215), (30, 25, 25)
FINE = 2  # drawn at twice the size
NAMES = (
    "NGUYEN<<VAN<MAU",
    "TRAN<<THI<BICH<NGOC",
    "LE<<HUU<PHUOC",
    "DANG<<QUOC<BAO<LONG",
    "HOANG<<O<OANH",
    "PHAM<<XUAN<KY",
)


@dataclass
class Zones:
    """How many were drawn; found whole: every field as it was drawn; wrong: fields that came out otherwise."""

    drawn: int = 0
    whole: int = 0
    numbers: int = 0
    wrong: int = 0

    def data(self) -> dict[str, int]:
        return {"drawn": self.drawn, "whole": self.whole, "numbers": self.numbers, "wrong": self.wrong}


def measure_zones(count: int, engine: LineEngine, seed: int = 20261121) -> Zones:
    """Cards and passports in turn, laid a little askew, grainy and soft."""
    told = Zones()
    for n in range(count):
        rng = random.Random(seed + n)
        lines = passport_lines(rng) if n % 4 == 3 else card_lines(rng)
        page = on_glass(lines, rng.uniform(-4, 4), seed + n)
        truth = read_payload("\n".join(lines)).fields
        zone = read_zone(page.grey(), page.dpi, engine)
        told.drawn += 1
        if zone is not None:
            seen = read_payload(zone.text).fields
            sure = ("id_number", "document_number", "born_on", "sex", "expires_on")
            told.whole += seen == truth
            told.numbers += seen.id_number == truth.id_number
            told.wrong += sum(getattr(seen, f) not in (None, getattr(truth, f)) for f in sure)
    return told


def card_lines(rng: random.Random) -> list[str]:
    """The back of a Vietnamese card of somebody made up."""
    number, born, sex = _person(rng)
    expires = f"{rng.randint(27, 50)}{born[2:]}"
    first = f"IDVNM{number[3:]}{check_digit(number[3:])}{number}<<{check_digit(number)}"
    second = f"{born}{check_digit(born)}{sex}{expires}{check_digit(expires)}VNM" + "<" * 11
    second += check_digit(first[5:] + second[:7] + second[8:15] + second[18:29])
    return [first, second, rng.choice(NAMES).ljust(30, "<")]


def passport_lines(rng: random.Random) -> list[str]:
    number, born, sex = _person(rng)
    document, optional = f"C{rng.randrange(10**7):07d}<", number.ljust(14, "<")
    expires = f"{rng.randint(27, 36)}{born[2:]}"
    second = f"{document}{check_digit(document)}VNM{born}{check_digit(born)}{sex}{expires}{check_digit(expires)}"
    second += optional + check_digit(optional)
    return [f"P<VNM{rng.choice(NAMES)}".ljust(44, "<"), second + check_digit(second[:10] + second[13:20] + second[21:])]


def _person(rng: random.Random) -> tuple[str, str, str]:
    year, woman = rng.randint(1940, 2012), rng.randrange(2)
    number = f"0{rng.choice((1, 2, 4, 6, 8)):02d}{woman + 2 * (year >= 2000)}{year % 100:02d}{rng.randrange(10**6):06d}"
    return number, f"{year % 100:02d}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}", "MF"[woman]


def on_glass(lines: Sequence[str], tilt_deg: float = 0.0, seed: int = 0, noise: float = 6.0) -> Page:
    """The document in a corner of an A4 scan at 200 dpi."""
    px = DPI / 25.4
    document = _drawn(lines, CARD_MM if len(lines) == 3 else PASSPORT_MM)
    small = document.resize((document.width // FINE, document.height // FINE), Image.Resampling.LANCZOS)
    laid = small.rotate(tilt_deg, expand=True, fillcolor=PAPER, resample=Image.Resampling.BICUBIC)
    sheet = Image.new("RGB", (round(210 * px), round(297 * px)), PAPER)
    sheet.paste(laid, (round(30 * px), round(40 * px)))
    soft = np.asarray(cv2.GaussianBlur(np.asarray(sheet)[:, :, ::-1], (0, 0), 0.6), np.float32)
    grain = np.random.default_rng(seed).standard_normal((*soft.shape[:2], 1), dtype=np.float32) * np.float32(noise)
    return Page(as_pixels(np.clip(soft + grain, 0, 255)), DPI, "mẫu")


def _drawn(lines: Sequence[str], size_mm: tuple[float, float]) -> Image.Image:
    px = DPI / 25.4 * FINE
    card = Image.new("RGB", (round(size_mm[0] * px), round(size_mm[1] * px)), CARD[::-1])
    pen = ImageDraw.Draw(card)
    plain = ImageFont.truetype(str(FONT_FILE), round(2.4 * px))
    for n, line in enumerate(("Đặc điểm nhân dạng: nốt ruồi C 2 cm", "Ngày, tháng, năm: 22/12/2021", "CỤC TRƯỞNG")):
        pen.text((4 * px, (4 + 5 * n) * px), line, INK, plain)
    sign = ImageFont.truetype(str(MONO if MONO.exists() else FONT_FILE), round(SIGN_MM * px))
    left = (size_mm[0] - len(lines[0]) * PITCH_MM) / 2
    for n, line in enumerate(lines):
        y = (size_mm[1] - 5 - 4.6 * (len(lines) - 1 - n)) * px
        for k, letter in enumerate(line):
            pen.text(((left + (k + 0.5) * PITCH_MM) * px, y), letter, INK, sign, anchor="mm")
    return card
