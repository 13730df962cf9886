"""Fields that a paper states: proposals with their place on the page, for an officer to confirm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.text import fold, tidy
from scanner.layout import lines_of
from scanner.ocr import Word


@dataclass(frozen=True)
class Field:
    """name: ours; value: NFC, dates as YYYY-MM-DD; page: 1..; box: x, y, width, height on that page, in pixels."""

    name: str
    value: str
    confidence: float
    page: int
    box: tuple[int, int, int, int]


@dataclass(frozen=True)
class Label:
    """Folded beginnings of a printed label, and what may follow it."""

    name: str
    starts: tuple[str, ...]
    kind: str = "text"


LABELS: tuple[Label, ...] = (
    Label("mother_name", ("ho, chu dem, ten nguoi me", "ho, chu dem, ten me", "ho va ten me", "ho ten me"), "name"),
    Label("father_name", ("ho, chu dem, ten nguoi cha", "ho, chu dem, ten cha", "ho va ten cha", "ho ten cha"), "name"),
    Label("full_name", ("ho, chu dem, ten", "ho va ten", "ho ten", "ten toi la", "toi ten la"), "name"),
    Label("born_on", ("ngay, thang, nam sinh", "ngay thang nam sinh", "ngay sinh", "sinh ngay"), "date"),
    Label("birth_place", ("noi sinh",)),
    Label("address", ("noi cu tru", "noi thuong tru", "dia chi thuong tru", "dia chi")),
    Label("id_number", ("so dinh danh ca nhan", "so dinh danh", "so cccd", "so can cuoc", "giay to tuy than"), "id"),
    Label("phone", ("so dien thoai", "dien thoai"), "phone"),
    Label("sex", ("gioi tinh",), "sex"),
)
ID_NUMBER = re.compile(r"(?<!\d)0\d{11}(?!\d)")
PHONE = re.compile(r"(?<!\d)0[235789]\d{8}(?!\d)")
NUMERIC_DATE = re.compile(r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?!\d)")
SPOKEN_DATE = re.compile(r"ng[aà]y\s+(\d{1,2})\s+th[aá]ng\s+(\d{1,2})\s+n[aă]m\s+(\d{4})", re.IGNORECASE)
DOCUMENT_NUMBER = re.compile(r"S[ốo]\s*:?\s*(\d{1,6}\s*/\s*(?:\d{4}\s*/\s*)?[A-ZĐƯƠ]{1,8}(?:\s?-\s?[A-ZĐƯƠ&]{1,12})*)")
NAME = re.compile(r"^[^\W\d_]+(?:[ '-][^\W\d_]+){1,6}$")


def propose_fields(pages: Iterable[Sequence[Word]]) -> list[Field]:
    """Fields of a document, the first sighting of each name; pages in order, words in reading order."""
    found: dict[str, Field] = {}
    for number, words in enumerate(pages, 1):
        for line in lines_of(words):
            for field in _of_line(line, number):
                found.setdefault(field.name, field)
    return list(found.values())


def as_date(text: str) -> str:
    """ "05/3/2024" or "ngày 05 tháng 3 năm 2024" -> "2024-03-05"; "" when there is no such day."""
    match = NUMERIC_DATE.search(text) or SPOKEN_DATE.search(text)
    if match is None:
        return ""
    day, month, year = (int(g) for g in match.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _of_line(line: list[Word], page: int) -> Iterable[Field]:
    text = tidy(" ".join(w.text for w in line))
    place = _around(line)
    sure = min((w.confidence for w in line), default=0.0)

    def field(name: str, value: str, factor: float) -> Field:
        return Field(name, value, round(factor * (0.5 + sure / 2), 2), page, place)

    label, rest = _labelled(text)
    if label is not None and (value := _value(label.kind, rest)):
        yield field(label.name, value, 0.9)
    if match := ID_NUMBER.search(text.replace(" ", "") if label and label.kind == "id" else text):
        yield field("id_number", match.group(), 0.8)
    if match := PHONE.search(text):
        yield field("phone", match.group(), 0.7)
    if match := DOCUMENT_NUMBER.search(text):
        yield field("document_number", re.sub(r"\s*/\s*", "/", match.group(1)).strip(), 0.8)
    if SPOKEN_DATE.search(text) and (day := as_date(text)) and label is None:
        yield field("issued_on", day, 0.7)


def _labelled(text: str) -> tuple[Label | None, str]:
    """The label that a line begins with (a list number before it is allowed) and what follows the colon."""
    head, colon, rest = text.partition(":")
    if not colon:
        return None, ""
    folded = re.sub(r"^[\W\d]+", "", fold(head))
    for label in LABELS:
        if any(folded.startswith(start) for start in label.starts):
            return label, rest.strip(" .…_")
    return None, ""


def _value(kind: str, rest: str) -> str:
    """The part of `rest` that is of the kind; "" when it is not."""
    if kind == "date":
        return as_date(rest)
    if kind == "name":
        name = re.split(r"\s{2,}|[;,.…:]", rest)[0].strip()
        return name if NAME.match(name) else ""
    if kind in ("id", "phone"):
        match = (ID_NUMBER if kind == "id" else PHONE).search(rest.replace(" ", ""))
        return match.group() if match else ""
    if kind == "sex":
        words = fold(rest).split()
        return {"nam": "Nam", "nu": "Nữ"}.get(words[0] if words else "", "")
    return rest if sum(c.isalnum() for c in rest) >= 2 else ""


def _around(line: Sequence[Word]) -> tuple[int, int, int, int]:
    left, top = min(w.box[0] for w in line), min(w.box[1] for w in line)
    right, bottom = max(w.box[0] + w.box[2] for w in line), max(w.box[1] + w.box[3] for w in line)
    return left, top, right - left, bottom - top
