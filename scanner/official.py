"""Parts of an official paper by their place (thể thức văn bản, Decree 30/2020/ND-CP, Annex I).

Issuer left above, number below it, place and day right, subject below the title or the number, signer right below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from kiosk.text import fold, tidy
from scanner.extract import DOCUMENT_NUMBER, DOUBTED, NAME, SPOKEN_DATE, Field, around, as_date, sureness
from scanner.layout import lines_of
from scanner.ocr import Word

KINDS = frozenset(
    (
        *("decision", "official-letter", "court-ruling", "minutes", "residence-confirmation"),
        *("birth-certificate", "marriage-certificate", "single-status-certificate", "death-extract"),
        *("birth-notification", "death-notification", "land-certificate"),
    )
)
HEAD, FOOT = 0.45, 0.5  # of the page's lines
GAP = 1.1  # line heights between two columns
BODIES = (
    *("uy ban", "ubnd", "hoi dong", "so ", "bo ", "phong ", "cong an", "toa an", "trung tam", "benh vien", "tram "),
    *("chi cuc", "cuc ", "ban ", "van phong", "truong ", "nha ho sinh"),
)
TITLES = ("quyet dinh", "thong bao", "bao cao", "ke hoach", "to trinh", "cong dien", "nghi quyet", "chi thi")
ABOUT = re.compile(r"^(v/v|ve viec|v v|quy dinh|ban hanh|phe duyet)\b")
ENDS_SUBJECT = re.compile(
    r"^(can cu|chu tich|giam doc|uy ban|kinh gui|xet|theo de nghi|thuc hien|toa an|\d+[.)]|i+[.])"
)
ROLES = (
    *("chu tich", "pho chu tich", "giam doc", "pho giam doc", "truong phong", "pho truong phong", "tham phan"),
    *("truong cong an", "chanh van phong", "cuc truong", "bo truong", "thu truong"),
)
ROLE = re.compile(rf"^(?:(?:kt|tm|tl|q)[. ]+)?(?:{'|'.join(ROLES)})\b")
MOTTO = ("cong hoa xa hoi chu nghia viet nam", "doc lap tu do hanh phuc")


@dataclass(frozen=True)
class _Part:
    """A piece of a line that stands by itself. left: it begins in the left half; place: of the line, 0..1."""

    words: tuple[Word, ...]
    left: bool
    place: float

    @property
    def text(self) -> str:
        return tidy(" ".join(w.text for w in self.words))

    @property
    def folded(self) -> str:
        return fold(self.text)


def official_fields(pages: Sequence[Sequence[Word]], width: int) -> list[Field]:
    """Parts that the first page's head and the last page's foot show. width: of a page, in pixels."""
    if not pages:
        return []
    head = list(_parts(pages[0], width))
    foot = head if len(pages) == 1 else list(_parts(pages[-1], width))
    found = [_number(head), _issuer(head), *_place_and_day(head), _subject(head)]
    found += _signer(foot, len(pages))
    return [f for f in found if f is not None]


def _parts(words: Sequence[Word], width: int) -> Iterator[_Part]:
    lines = lines_of(words)
    for n, line in enumerate(lines):
        for piece in _split(line):
            yield _Part(tuple(piece), piece[0].box[0] < 0.45 * width, n / max(1, len(lines)))


def _split(line: Sequence[Word]) -> Iterator[list[Word]]:
    """Where a gap is much wider than a blank, or the motto begins, a new column does."""
    high = sorted(w.box[3] for w in line)[len(line) // 2]
    piece: list[Word] = []
    for n, word in enumerate(line):
        wide = piece and word.box[0] - piece[-1].box[0] - piece[-1].box[2] > GAP * high
        if piece and (wide or _begins_motto(line[n : n + 4])):
            yield piece
            piece = []
        piece.append(word)
    if piece:
        yield piece


def _begins_motto(words: Sequence[Word]) -> bool:
    said = fold(" ".join(w.text for w in words))
    return any(Indel.normalized_similarity(said, motto[: len(said)]) > 0.85 for motto in MOTTO) and len(said) > 9


def _is_motto(part: _Part) -> bool:
    said = re.sub(r"[^a-z ]", "", part.folded)
    return any(Indel.normalized_similarity(" ".join(said.split()), motto) > 0.8 for motto in MOTTO)


def _field(name: str, value: str, sure: float, words: Sequence[Word], page: int = 1) -> Field:
    return Field(name, value, round(sure * sureness(words), 2), page, around(words))


def _number(head: Sequence[_Part]) -> Field | None:
    for part in head:
        if part.place < HEAD and (match := DOCUMENT_NUMBER.search(part.text)):
            words = [w for w in part.words if w.text in match.group()] or list(part.words)
            return _field("document_number", tidy(re.sub(r"\s*([/-])\s*", r"\1", match[1])), 0.9, words)
    return None


def _issuer(head: Sequence[_Part]) -> Field | None:
    """The last body named on the left above the number; the one above it is its parent."""
    named: list[_Part] = []
    for part in head:
        if part.place >= HEAD or DOCUMENT_NUMBER.search(part.text) or part.folded.startswith(("so:", "giay", "quyet")):
            break
        if part.left and not _is_motto(part) and _capitals(part.text):
            if part.folded.startswith(BODIES):
                named = [part]
            elif named:
                named.append(part)
    if not named:
        return None
    words = [w for part in named for w in part.words]
    return _field("issuer", tidy(" ".join(p.text.strip(" _-—.") for p in named)), 0.85, words)


def _capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and sum(c.isupper() for c in letters) >= 0.8 * len(letters)


def _place_and_day(head: Sequence[_Part]) -> list[Field]:
    for part in head:
        match = SPOKEN_DATE.search(part.folded)
        if part.place >= HEAD or match is None or (part.left and part.words[0].box[0] < 0.2 * part.words[-1].box[0]):
            continue
        first = part.folded[: match.start()].count(" ")
        before, day_words = part.words[:first], part.words[first:]
        day = as_date(part.text)
        found = [_field("issued_on", day or match.group(), 0.95 if day else DOUBTED, day_words)]
        place = tidy(" ".join(w.text for w in before)).strip(" ,.")
        if place:
            found.append(_field("place", place, 0.85, before))
        return found
    return []


def _subject(head: Sequence[_Part]) -> Field | None:
    """ "V/v …" below a letter's number, or what follows the name of the kind in capitals; it may take several lines."""
    for n, part in enumerate(head):
        titled = n > 0 and head[n - 1].folded.strip(" :.") in TITLES
        if not ABOUT.match(part.folded) or not (titled or part.left or not _capitals(part.text)):
            continue
        if part.place > HEAD:
            return None
        words = list(part.words)
        for after in head[n + 1 :]:
            if after.left != part.left or ENDS_SUBJECT.match(after.folded) or _capitals(after.text):
                break
            if SPOKEN_DATE.search(after.folded) or len(words) > 60:
                break
            words += after.words
        return _field("subject", tidy(" ".join(w.text for w in words)), 0.85 if titled else 0.8, words)
    return None


def _signer(foot: Sequence[_Part], page: int) -> list[Field]:
    """The last role in capitals on the right, and the last name below it."""
    low = [p for p in foot if p.place >= FOOT]
    roles = [n for n, p in enumerate(low) if ROLE.match(p.folded) and not p.text.endswith((";", ",", "."))]
    found = []
    if roles:
        role = low[roles[-1]]
        found.append(_field("signer_title", role.text, 0.8, role.words, page))
    below = low[roles[-1] + 1 :] if roles else low
    names = [p for p in below if _is_name(p)]
    if names:
        found.append(_field("signer", names[-1].text, 0.8 if roles else 0.6, names[-1].words, page))
    return found


def _is_name(part: _Part) -> bool:
    return (
        2 <= len(part.words) <= 5
        and bool(NAME.match(part.text))
        and all(w.text[:1].isupper() for w in part.words)
        and not _capitals(part.text)
        and (not part.left or part.words[0].box[0] > 400)
    )


def merged(first: Iterable[Field], then: Iterable[Field]) -> list[Field]:
    """Fields by name; the first one's are believed over the others'."""
    found: dict[str, Field] = {}
    for field in (*first, *then):
        known = found.get(field.name)
        if known is None or (known.confidence <= DOUBTED < field.confidence):
            found[field.name] = field
    return list(found.values())
