"""A page from pixels to words, and pages to one document: the steps in order."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

import cv2
import numpy as np

from kiosk.domain.keeping import KeptAs
from scanner.clean import clean, set_upright
from scanner.codes import Code, read_codes
from scanner.columns import in_blocks
from scanner.compress import KEPT_QUALITY, archive
from scanner.labels import rejoined
from scanner.layout import mean_confidence, plausible, scaled, text_of
from scanner.legible import Legible, legible
from scanner.loaded import line_engine
from scanner.mrz import read_zone
from scanner.ocr import AUTO, ONE_BLOCK, OcrEngine, Word
from scanner.page import Page, Pixels, as_pixels, jpeg_bytes
from scanner.pdf import PdfPage, searchable_pdf
from scanner.sheet import Sheet
from scanner.syllables import checked
from scanner.xmp import PaperFacts

LEGAL_DPI = 200
MOST_WORDS_BESIDE_ZONE = 300  # a letter has more; the two sides of a card, or a passport's page, some dozens
DOUBTFUL = 0.6
MEDIA_TYPE = "image/jpeg"
_own = threading.local()  # an engine belongs to one thread; this one starts with the first zone


@dataclass(frozen=True)
class ReadPage:
    """A page that was read. image: the cleaned colour page as JPEG, b"" where layers stand for it; words: boxes in its
    pixels.

    rotation_deg: clockwise turns applied; skew_deg: skew taken out; seconds: wall time of "clean", "ocr", "keep".
    steps: what clean-up did, (code, words for the officer).
    """

    image: bytes
    width: int
    height: int
    dpi: int
    source: str
    words: tuple[Word, ...]
    rotation_deg: int = 0
    skew_deg: float = 0.0
    blank: bool = False
    codes: tuple[Code, ...] = ()
    confidence: float = 0.0
    warnings: tuple[str, ...] = ()
    seconds: tuple[tuple[str, float], ...] = ()
    steps: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        return text_of(self.words)

    def meta(self) -> dict[str, Any]:
        """What screens and reports need: JSON values."""
        return {
            "blank": self.blank,
            "skew_deg": round(self.skew_deg, 3),
            "rotation_deg": self.rotation_deg,
            "dpi": self.dpi,
            "codes": [{"kind": c.kind, "text": c.text} for c in self.codes],
            "text": self.text,
            "confidence": round(self.confidence, 3),
            "warnings": list(self.warnings),
            "steps": [{"code": code, "did": words} for code, words in self.steps],
        }

    def words_json(self) -> bytes:
        """Everything but the picture, in a form that `of` reads back."""
        body = {
            "width": self.width,
            "height": self.height,
            "source": self.source,
            "words": [[w.text, *w.box, round(w.confidence, 3), w.line] for w in self.words],
            "seconds": {name: round(value, 4) for name, value in self.seconds},
            **{k: v for k, v in self.meta().items() if k != "text"},
        }
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def of(cls, image: bytes, words_json: bytes) -> Self:
        """The same page again from its two parts. Raises: ValueError, KeyError for bytes of another make."""
        body = json.loads(words_json)
        return cls(
            image=image,
            width=body["width"],
            height=body["height"],
            dpi=body["dpi"],
            source=body["source"],
            words=tuple(Word(w[0], (w[1], w[2], w[3], w[4]), w[5], w[6]) for w in body["words"]),
            rotation_deg=body["rotation_deg"],
            skew_deg=body["skew_deg"],
            blank=body["blank"],
            codes=tuple(Code(c["kind"], c["text"]) for c in body["codes"]),
            confidence=body["confidence"],
            warnings=tuple(body["warnings"]),
            seconds=tuple(body["seconds"].items()),
            # Pages read before clean-up kept its record have none.
            steps=tuple((s["code"], s["did"]) for s in body.get("steps", ())),
        )


def read_page(page: Page, engine: OcrEngine) -> ReadPage:
    """Clean, codes, recognition of one side. A blank side is flagged and kept.

    Raises: OcrError; the page is then unread, not lost.
    """
    read, pixels = read_sheet(page, engine)
    started = time.perf_counter()
    image = jpeg_bytes(pixels, KEPT_QUALITY)
    return replace(read, image=image, seconds=(*read.seconds, ("keep", time.perf_counter() - started)))


def read_sheet(page: Page, engine: OcrEngine) -> tuple[ReadPage, Pixels]:
    """The same with the cleaned pixels (BGR) beside the page instead of a picture in it. Raises: OcrError."""
    started = time.perf_counter()
    sheet, source = clean(page), page.source
    del page  # a dozen megabytes; the clean one is a copy
    picture = legible(sheet.page)
    cleaned = time.perf_counter()
    if not sheet.is_upright_sure and not sheet.blank:
        sheet, picture = _turned_by_letters(sheet, picture, engine)
    codes = read_codes(sheet.page.grey(), sheet.page.dpi)
    words = [] if sheet.blank and not codes else words_in(picture, engine)
    codes += _zone(sheet, words)
    read = time.perf_counter()
    confidence = mean_confidence(words)
    done = ReadPage(
        image=b"",
        width=sheet.page.width,
        height=sheet.page.height,
        dpi=sheet.page.dpi,
        source=source,
        words=tuple(words),
        rotation_deg=sheet.rotation_deg,
        skew_deg=sheet.skew_deg,
        blank=sheet.blank,
        codes=codes,
        confidence=confidence,
        warnings=tuple(_warnings(sheet, words, confidence)),
        seconds=(("clean", cleaned - started), ("ocr", read - cleaned)),
        steps=tuple((step.code, step.words) for step in sheet.done if step.words),
    )
    return done, sheet.page.pixels


def as_it_is(page: Page) -> ReadPage:
    """The side as it came, neither cleaned nor read: what an officer chooses for a page that cannot be read."""
    return ReadPage(
        image=jpeg_bytes(page.pixels, KEPT_QUALITY),
        width=page.width,
        height=page.height,
        dpi=page.dpi,
        source=page.source,
        words=(),
        warnings=("Giữ nguyên ảnh, không đọc chữ.",),
    )


def assemble(
    pages: Iterable[ReadPage],
    *,
    title: str,
    at: datetime,
    facts: PaperFacts | None = None,
    whole: Collection[int] = (),
    kept: list[KeptAs] | None = None,
) -> bytes:
    """One searchable PDF/A of read pages, in order. Equal pages, title, facts and instant give equal bytes.

    whole: places of pages that are kept as one picture (`compress.archive`); each other page is judged by itself.
    kept: given to be filled with the way that each page took.
    """

    def made() -> Iterable[PdfPage]:
        for place, page in enumerate(pages):
            one = _pdf_page(page, faithful=place in whole)
            if kept is not None:
                kept.append(KeptAs.WHOLE if one.layers.is_faithful else KeptAs.LAYERS)
            yield one

    return searchable_pdf(made(), title=title, at=at, facts=facts)


def document_text(pages: Sequence[ReadPage]) -> str:
    return "\n\n".join(page.text for page in pages if page.words)


def document_confidence(pages: Sequence[ReadPage]) -> float:
    """Mean over the letters of all pages."""
    return mean_confidence([w for page in pages for w in page.words])


def _pdf_page(page: ReadPage, *, faithful: bool) -> PdfPage:
    pixels = as_pixels(cv2.imdecode(np.frombuffer(page.image, np.uint8), cv2.IMREAD_COLOR))
    return PdfPage(archive(pixels, faithful=faithful), page.dpi, page.words)


def words_in(picture: Legible, engine: OcrEngine) -> list[Word]:
    """What is read on a page, in reading order; boxes in the page's own pixels. Raises: OcrError."""
    words = engine.recognise(picture.pixels, picture.dpi, ONE_BLOCK if picture.is_table else AUTO)
    kept = [checked(word) for word in plausible(words, picture.pixels.shape[0])]
    return scaled(in_blocks(rejoined(kept)), 1 / picture.scale)


def _zone(sheet: Sheet, words: Sequence[Word]) -> tuple[Code, ...]:
    """The machine-readable lines of a card or passport; pages full of text have none."""
    if not 0 < len(words) <= MOST_WORDS_BESIDE_ZONE:
        return ()
    if not hasattr(_own, "lines"):
        _own.lines = line_engine()
    found = read_zone(sheet.page.grey(), sheet.page.dpi, _own.lines)
    return (found,) if found else ()


def _turned_by_letters(sheet: Sheet, picture: Legible, engine: OcrEngine) -> tuple[Sheet, Legible]:
    """The second opinion where the shape of the lines did not settle which way is up."""
    turned = set_upright(sheet, engine.turn_of(picture.pixels, picture.dpi) or 0)
    return turned, (picture if turned.page is sheet.page else legible(turned.page))


def _warnings(sheet: Sheet, words: Sequence[Word], confidence: float) -> list[str]:
    said = []
    if sheet.page.dpi < LEGAL_DPI:
        said.append(f"Ảnh chỉ {sheet.page.dpi} dpi, quy định tối thiểu {LEGAL_DPI} dpi: hãy quét lại.")
    if sheet.blank:
        said.append("Trang có vẻ trắng: xem lại trước khi bỏ.")
    elif not words:
        said.append("Không đọc được chữ nào: xem lại mặt giấy và chiều đặt.")
    elif confidence < DOUBTFUL:
        said.append("Chữ khó đọc: hãy đối chiếu với bản giấy hoặc quét lại.")
    return said
