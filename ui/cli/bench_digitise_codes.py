"""Codes: what share of worn ones is read, in what time, beside the engines alone; and whether a text is ever wrong."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
import segno
import zxingcpp
from PIL import Image

from kiosk.identity.letters import LETTERS
from kiosk.text import nfc
from scanner.codes import ALL, WANTED, read_codes
from scanner.loaded import line_engine
from scanner.page import DEFAULT_DPI, Pixels, as_pixels
from ui.cli.bench_digitise_pages import BenchPage
from ui.cli.bench_digitise_wear import WEARS, coarse
from ui.cli.bench_digitise_zones import Zones, measure_zones

EACH = 24  # pictures of each symbology for each kind of wear
PAYLOADS = 5000
DOCUMENTS = 100
LIGHT = 0.45  # strength up to which cards are worn where no text may be wrong
SIZE = 560, 760  # height and width of a picture, px: about a card with paper around it
PX_PER_MM = DEFAULT_DPI / 25.4
SEED = 20261121
FORMATS = {name: code for code, name in WANTED.items()}
# Width of a module as printed, mm: a receipt's bars, a card's QR code, squares on forms of other offices.
MODULE_MM = {"qr": 0.36, "code128": 0.33, "datamatrix": 0.5, "pdf417": 0.33}
QUIET = {"qr": 4, "code128": 10, "datamatrix": 2, "pdf417": 4}

Read = Callable[[Pixels, int], Sequence[str]]


@dataclass
class Tally:
    """One engine on one symbology."""

    read: int = 0
    wrong: int = 0
    pictures: int = 0
    cpu_s: float = 0.0

    def data(self) -> dict[str, Any]:
        share, ms = self.read / max(self.pictures, 1), 1000 * self.cpu_s / max(self.pictures, 1)
        return {"read": round(share, 3), "wrong": self.wrong, "cpu_ms": round(ms, 1), "pictures": self.pictures}


@dataclass
class CodesOutcome:
    """worn: engine -> symbology -> tally; by_wear: kind of wear -> share that we read; cards: of the 5,000 payloads."""

    worn: dict[str, dict[str, Tally]] = field(default_factory=dict)
    by_wear: dict[str, float] = field(default_factory=dict)
    cards: Tally = field(default_factory=Tally)
    zones: Zones = field(default_factory=Zones)

    @property
    def ok(self) -> bool:
        """No wrong text, and no symbology read less often than by any engine alone."""
        ours = self.worn["ours"]
        wrong = self.cards.wrong + self.zones.wrong + sum(t.wrong for t in ours.values())
        return not wrong and all(ours[k].read >= e[k].read for e in self.worn.values() for k in ours)

    def data(self) -> dict[str, Any]:
        worn = {name: {kind: tally.data() for kind, tally in kinds.items()} for name, kinds in self.worn.items()}
        by_wear = {name: round(share, 3) for name, share in self.by_wear.items()}
        return {"worn": worn, "by_wear": by_wear, "cards": self.cards.data(), "zones": self.zones.data(), "ok": self.ok}

    def text(self) -> str:
        lines = ["Mã trên ảnh xấu (tỷ lệ đọc được, ms CPU, chữ sai):"]
        for name, kinds in self.worn.items():
            told = [(k, t.data()) for k, t in kinds.items()]
            cells = ", ".join(f"{k} {d['read']:.0%} {d['cpu_ms']:.0f} ms {d['wrong']} sai" for k, d in told)
            lines.append(f"  {name}: {cells}")
        lines.append("  theo lỗi ảnh: " + ", ".join(f"{name} {share:.0%}" for name, share in self.by_wear.items()))
        card = self.cards.data()
        lines.append(f"  {card['pictures']} thẻ căn cước: đọc được {card['read']:.1%}, chữ sai {card['wrong']}")
        zones = self.zones
        if zones.drawn:
            words = (
                f"  {zones.drawn} vùng đọc máy (thẻ, hộ chiếu): đủ mọi mục {zones.whole}, số định danh {zones.numbers}"
            )
            lines.append(f"{words}, mục sai {zones.wrong}")
        return "\n".join(lines)


def measure_codes(
    pages: Sequence[BenchPage],  # noqa: ARG001 - codes are drawn here
    peer: bool,
    *,
    each: int = EACH,
    payloads: int = PAYLOADS,
    documents: int = DOCUMENTS,
) -> CodesOutcome:
    """peer: zxing-cpp, pyzbar and OpenCV alone on the same pictures. documents: zones of cards and passports."""
    engines = {"ours": _ours, **(peers() if peer else {})}
    outcome = CodesOutcome({name: {kind: Tally() for kind in FORMATS} for name in engines})
    for wear_name, wear in WEARS.items():
        read = 0
        for kind in FORMATS:
            for n in range(each):
                strength, rng = (n + 0.5) / each, np.random.default_rng(SEED + n)
                text, picture = sample(kind, n)
                worn = wear(picture, strength, rng)
                dpi = round(DEFAULT_DPI * worn.shape[1] / picture.shape[1])
                for name, engine in engines.items():
                    got = _judge(engine, worn, dpi, text, outcome.worn[name][kind])
                    read += got and name == "ours"
        outcome.by_wear[wear_name] = read / (each * len(FORMATS))
    for n, card in enumerate(cards(payloads)):
        _judge(_ours, _worn_card(card, n), DEFAULT_DPI, card, outcome.cards)
    if documents:
        outcome.zones = measure_zones(documents, line_engine())
    return outcome


def _judge(engine: Read, picture: Pixels, dpi: int, text: str, tally: Tally) -> bool:
    started = time.thread_time()
    got = [nfc(one) for one in engine(picture, dpi)]
    tally.cpu_s += time.thread_time() - started
    tally.pictures += 1
    tally.wrong += any(one != text for one in got)
    tally.read += text in got
    return text in got


def _ours(picture: Pixels, dpi: int) -> list[str]:
    return [code.text for code in read_codes(picture, dpi)]


def peers() -> Mapping[str, Read]:
    """Each as its own documents say to call it, where it is installed."""
    qr = cv2.QRCodeDetectorAruco()  # of OpenCV's readers the one that reads most

    def by_opencv(picture: Pixels, _dpi: int) -> list[str]:
        text, _, _ = qr.detectAndDecode(picture)
        return [text] if text else []

    def by_zxing(picture: Pixels, _dpi: int) -> list[str]:
        return [found.text for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(list(ALL)))]

    known: dict[str, Read] = {"zxing-cpp": by_zxing, "opencv": by_opencv}
    try:
        from pyzbar import pyzbar
    except ImportError:  # no libzbar on this machine
        return known
    known["pyzbar"] = lambda picture, _dpi: [s.data.decode(errors="replace") for s in pyzbar.decode(picture)]
    return known


# --- pictures ---------------------------------------------------------------------------------------------------------


def sample(kind: str, n: int) -> tuple[str, Pixels]:
    """Text and picture of a code as printed, at 200 dpi."""
    rng = random.Random(SEED + n)
    number = f"{rng.randrange(10**12):012d}"
    texts = {
        "qr": lambda: next(cards(1, SEED + n)),
        "code128": lambda: number,
        "datamatrix": lambda: f"HS-{number}-{n}",
        "pdf417": lambda: f"{number};{n};TO-KHAI-{number[::-1]}",
    }
    text = texts[kind]()
    return text, on_paper(modules(kind, text), MODULE_MM[kind], 30 if kind == "code128" else 1)


def modules(kind: str, text: str) -> Pixels:
    """One pixel a module, with its quiet zone; one row for bars."""
    if kind == "qr":
        out = io.BytesIO()
        made = segno.make(text, mode="byte", encoding="utf-8", eci=False, error="m", micro=False)
        made.save(out, kind="png", scale=1, border=0)
        dots = np.asarray(Image.open(out).convert("L"))
    else:
        dots = np.asarray(zxingcpp.create_barcode(text, FORMATS[kind]).to_image(scale=1))
        if kind == "code128":
            dots = dots[dots.shape[0] // 2][None, :]
    high = 0 if kind == "code128" else QUIET[kind]
    return as_pixels(np.pad(dots, ((high, high), (QUIET[kind], QUIET[kind])), constant_values=255))


def on_paper(dots: Pixels, module_mm: float, stretch: int) -> Pixels:
    """Printed in the middle of an empty card, seen at 200 dpi. stretch: height of a row in modules."""
    high, wide = dots.shape[0] * stretch * module_mm * PX_PER_MM, dots.shape[1] * module_mm * PX_PER_MM
    size = round(wide), round(high)
    fine = cv2.resize(dots, (size[0] * 4, size[1] * 4), interpolation=cv2.INTER_NEAREST)
    printed = cv2.resize(fine, size, interpolation=cv2.INTER_AREA)
    paper = np.full(SIZE, 250, np.uint8)
    top, left = (SIZE[0] - size[1]) // 2, (SIZE[1] - size[0]) // 2
    paper[top : top + size[1], left : left + size[0]] = np.clip(printed, 25, 250)
    return paper


def cards(count: int, seed: int = SEED) -> Iterator[str]:
    """Payloads of citizen cards of made-up people: every letter with every tone, names of two to seven words, cards of
    seven items and of ten."""
    rng = random.Random(seed)
    vowels = sorted(letter for letter in LETTERS if letter.islower() and letter not in "bcdđfghjklmnpqrstvwxz")
    for n in range(count):
        words = [_syllable(rng, vowels[(n + k) % len(vowels)]) for k in range(rng.randint(2, 7))]
        sex, year = rng.randrange(2), rng.randint(1925, 2012)
        born = f"{rng.randint(1, 28):02d}{rng.randint(1, 12):02d}{year}"
        number = (
            f"0{rng.choice((1, 2, 4, 6, 8)):02d}{sex + 2 * (year >= 2000)}{year % 100:02d}{rng.randrange(10**6):06d}"
        )
        old = f"{rng.randrange(10**9):09d}" if rng.random() < 0.5 else ""
        place = ", ".join(" ".join(_syllable(rng, rng.choice(vowels)) for _ in range(3)) for _ in range(3))
        items = [number, old, " ".join(words), born, "Nữ" if sex else "Nam", place, "15042022"]
        if n % 4 == 0:
            items += ["", " ".join(words[::-1]), " ".join(_syllable(rng, rng.choice(vowels)) for _ in range(3))]
        yield nfc("|".join(items))


def _syllable(rng: random.Random, vowel: str) -> str:
    first = rng.choice(
        ("", "b", "ch", "d", "đ", "gi", "h", "kh", "l", "ng", "nh", "ph", "qu", "s", "th", "tr", "v", "x")
    )
    return f"{first}{vowel}{rng.choice(('', '', 'n', 'm', 'ng', 'c', 't', 'i', 'o'))}".capitalize()


def _worn_card(card: str, n: int) -> Pixels:
    """Every kind of wear in turn, from none to moderate."""
    names = list(WEARS)
    picture = on_paper(modules("qr", card), MODULE_MM["qr"], 1)
    strength = LIGHT * (n % 97) / 96
    wear = WEARS[names[n % len(names)]]
    if wear is coarse:
        strength *= 0.5
    return wear(picture, strength, np.random.default_rng(SEED + n))
