"""Fields that a form states: proposals with their place on the page, for an officer to confirm.

A label is found in spite of misread letters; its value ends where the next label begins, and may stand on the line
below. What cannot be true (a day that is in no calendar, a number of another length) is proposed with little
confidence, as it was printed, so that somebody looks at it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from heapq import merge
from itertools import chain
from operator import attrgetter

from rapidfuzz.distance import Indel

from kiosk.identity.number import PROVINCES
from kiosk.text import fold, tidy
from scanner.labels_printed import CALLED, LABELS, OWN, SECTIONS, Label
from scanner.layout import lines_of
from scanner.ocr import Word

Box = tuple[int, int, int, int]

LIKE = 0.86  # of a printed label's letters
LOST_WORD = 0.85
DOUBTED, REPAIRED = 0.3, 0.5
GLOSS = 6  # words of English after a slash
LONGEST = max(text.count(" ") + 1 for label in (*LABELS, *chain(*OWN.values())) for text in label.starts)
COLON_WITHIN = 7  # words between a label's end and its colon: "/ Full name:"
ID_NUMBER = re.compile(r"(?<!\d)0\d{11}(?!\d)")
PHONE = re.compile(r"(?<!\d)0[235789]\d{8}(?!\d)")
NUMERIC_DATE = re.compile(r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?!\d)")
# The first word is under a stamp often enough: "agày", "qgày".
SPOKEN_DATE = re.compile(r"\b\w{2,5}\s+(\d{1,2})\s+t\w{3,5}\s+(\d{1,2})\s+n\w{1,3}\s+(\d{4})")
DOCUMENT_NUMBER = re.compile(
    r"S[ốoôõó6]\s*:?\s*(\d{1,6}\s*/\s*(?:\d{4}\s*/\s*)?[A-ZĐƯƠ]{1,8}(?:\s?-\s?[A-ZĐƯƠ&]{1,12})*)", re.IGNORECASE
)
SERIAL = re.compile(r"\b([A-ZĐ]{1,2})\s?(\d{6,8})\b")
NAME = re.compile(r"^[^\W\d_]+(?:[ '-][^\W\d_]+){1,6}$")
DIGITS_READ_AS = str.maketrans("OoQDlI|iSsBZ", "000011115582")
TRIM = " .,;:…_-–()"


@dataclass(frozen=True)
class Field:
    """name: ours; value: NFC, dates as YYYY-MM-DD; page: 1..; box: x, y, width, height of the value on that page, in
    pixels. Below 0.5 confidence the value is what was printed, and may be no date or number at all."""

    name: str
    value: str
    confidence: float
    page: int
    box: Box


@dataclass(frozen=True)
class _Token:
    """A folded piece of a word. at: place of the word in its line; last: a colon follows."""

    text: str
    at: int
    last: bool


@dataclass(frozen=True)
class _Found:
    """A label in a line: words `first`..`last`; the value begins at word `value`."""

    label: Label
    first: int
    value: int
    glued: str = ""  # of the value, in the word of the colon
    colon: bool = True


def propose_fields(pages: Iterable[Sequence[Word]], code: str = "") -> list[Field]:
    """Fields of a document, the first sighting of each name; pages in order, words in reading order.

    code: kind of paper, "" where it is not known.
    """
    found: dict[str, Field] = {}
    days: list[Field] = []
    renamed: dict[str, str] = {}
    for number, words in enumerate(pages, 1):
        lines = lines_of(words)
        for place, line in enumerate(lines):
            renamed = _section(line, code, renamed)
            below = lines[place + 1] if place + 1 < len(lines) else []
            for field in _of_line(line, below, number, code):
                name = renamed.get(field.name, CALLED.get(code, {}).get(field.name, field.name))
                if name and (name not in found or found[name].confidence <= DOUBTED < field.confidence):
                    found[name] = Field(name, field.value, field.confidence, number, field.box)
            days += _day_of_issue(line, number)
    if days and "issued_on" not in found:
        found["issued_on"] = days[-1]
    return list(found.values())


def as_date(text: str) -> str:
    """ "05/3/2024" or "ngày 05 tháng 3 năm 2024" -> "2024-03-05"; "" when there is no such day."""
    folded = _with_digits(fold(text))
    match = SPOKEN_DATE.search(folded) or NUMERIC_DATE.search(folded)
    if match is None:
        return ""
    day, month, year = (int(g) for g in match.groups())
    try:
        return date(year, month, day).isoformat() if 1850 <= year <= 2150 else ""
    except ValueError:
        return ""


def around(words: Sequence[Word]) -> Box:
    """The smallest box around words; there is at least one."""
    left, top = min(w.box[0] for w in words), min(w.box[1] for w in words)
    right, bottom = max(w.box[0] + w.box[2] for w in words), max(w.box[1] + w.box[3] for w in words)
    return left, top, right - left, bottom - top


def sureness(words: Sequence[Word]) -> float:
    """What the engine's doubt of the worst of these words leaves of ours, 0.4..1."""
    return 0.4 + 0.6 * min((w.confidence for w in words), default=0.0)


def value_of(kind: str, words: Sequence[Word], glued: str = "") -> tuple[str, Sequence[Word], float]:
    """The part of the words that is of the kind, its words, and how far it can be believed (0: nothing is there)."""
    text = tidy(f"{glued} " + " ".join(w.text for w in words)).strip(TRIM)
    if not any(c.isalnum() for c in text):
        return "", (), 0.0
    if kind == "date":
        return _date_value(text, words)
    if kind in ("id", "phone"):
        return _number_value(kind, text, words)
    if kind == "number":
        match = re.match(r"\W*(\d{1,5})\b", _with_digits(text))
        return (match[1], words[:1], 1.0) if match else ("", (), 0.0)
    if kind == "sex":
        said = {"nam": "Nam", "nu": "Nữ"}.get(fold(text).split()[0].strip(TRIM), "")
        return said, words[:1], 1.0 if said else 0.0
    if kind == "name":
        return _name_value(text, words)
    return (text, words, 1.0) if sum(c.isalnum() for c in text) >= 2 else ("", (), 0.0)


def _of_line(line: list[Word], below: list[Word], page: int, code: str) -> Iterable[Field]:
    labels = _labels_in(line, code)
    for n, found in enumerate(labels):
        if not found.label.name:
            continue
        end = labels[n + 1].first if n + 1 < len(labels) else len(line)
        mine = _without_number(line[found.value : end]) if end < len(line) else line[found.value : end]
        value, words, belief = value_of(found.label.kind, mine, found.glued)
        # A card prints the value under its label.
        if not value and not mine and n + 1 == len(labels) and not _labels_in(below, code):
            value, words, belief = value_of(found.label.kind, below)
        if value:
            sure = belief * sureness(words) * (0.9 if found.colon else 0.75)
            yield Field(found.label.name, value, round(sure, 2), page, around(words or line))
    text = " ".join(w.text for w in line)
    named = {f.label.name for f in labels}
    if not labels and (match := ID_NUMBER.search(_with_digits(text))):
        yield _plain("id_number", match.group(), 0.75, line, page)
    if "phone" not in named and not labels and (match := PHONE.search(text)):
        yield _plain("phone", match.group(), 0.6, line, page)
    if match := DOCUMENT_NUMBER.search(text):
        yield _plain("document_number", tidy(re.sub(r"\s*([/-])\s*", r"\1", match[1])), 0.8, line, page)
    if code == "land-certificate" and len(line) <= 6 and (match := SERIAL.search(text)):
        yield _plain("serial", f"{match[1]} {match[2]}", 0.85, line, page)


def _without_number(words: list[Word]) -> list[Word]:
    """Without the list number of the label that follows: "… 4." """
    return words[:-1] if words and re.fullmatch(r"[(]?\d{1,2}[.)]?|[a-hđ][)]", words[-1].text) else words


def _plain(name: str, value: str, factor: float, line: Sequence[Word], page: int) -> Field:
    """A field by its form alone; its box is that of the words that carry it."""
    bare = re.sub(r"\W", "", value)
    mine = [w for w in line if len(p := re.sub(r"\W", "", w.text)) > 1 and (p in bare or bare in _with_digits(p))]
    return Field(name, value, round(factor * sureness(mine or line), 2), page, around(mine or line))


def _day_of_issue(line: Sequence[Word], page: int) -> Iterable[Field]:
    """ "Mẫu Sơn, ngày 23 tháng 11 năm 2026": a short line, or the right half of one, that ends with a day."""
    texts = [_with_digits(fold(w.text)) for w in line]
    match = SPOKEN_DATE.search(" ".join(texts))
    if match is None or len(" ".join(texts)) - match.end() > 4:
        return
    first = " ".join(texts)[: match.start()].count(" ")
    before = " ".join(texts[:first])
    if first > 14 or (":" in before and "tai:" not in before.replace(" ", "") and "so" not in before):
        return
    mine = line[first:]
    day = as_date(" ".join(w.text for w in mine))
    printed = tidy(" ".join(w.text for w in mine))
    yield Field("issued_on", day or printed, round((0.85 if day else DOUBTED) * sureness(mine), 2), page, around(mine))


def _section(line: Sequence[Word], code: str, now: dict[str, str]) -> dict[str, str]:
    """Whose fields follow from this line on."""
    said = " ".join(t.text for t in _tokens(line))
    for phrase, names in SECTIONS.get(code, {}).items():
        head = re.sub(r"^[\d .]+", "", said)[: len(phrase)]
        if Indel.normalized_similarity(phrase, head) >= 0.9:
            return dict(names)
    return now


def _tokens(line: Sequence[Word]) -> list[_Token]:
    return [
        _Token(bare, at, word.text.endswith(":"))
        for at, word in enumerate(line)
        for piece in re.split(r"[/,:.]", fold(word.text))
        if (bare := piece.strip("'\"()*-_…;")) and not bare.isdigit()
    ]


def _labels_in(line: Sequence[Word], code: str) -> list[_Found]:
    """Labels of a line from left to right; the longer label wins where two begin together."""
    tokens = _tokens(line)
    found: list[_Found] = []
    free = 0
    for n, token in enumerate(tokens):
        if token.at < free:
            continue
        best, named = _best(tokens, n, code)
        # "Sơn CCCD" is a name and a label, not "Số CCCD" misread.
        if named is not None and not best.exact and n + 1 < len(tokens) and _best(tokens, n + 1, code)[0].exact:
            continue
        if named is not None and (hit := _placed(line, tokens[n : n + best.size], named, exact=best.exact)):
            found.append(hit)
            free = max(hit.value, token.at + 1)
    return found


def _best(tokens: Sequence[_Token], at: int, code: str) -> tuple[_Fit, Label | None]:
    """The label that fits best from token `at` on; of two alike, the one that is listed first."""
    by_first, by_second = _starts(code)
    likely = [by_first.get(tokens[at].text[0], ())]
    if at + 1 < len(tokens):
        likely.append(by_second.get(tokens[at + 1].text[0], ()))
    best, named = _Fit(), None
    windows = _windows(tokens, at)
    for start in merge(*likely, key=_place):
        fit = _fitting(windows, start)
        if fit.score > best.score:
            best, named = fit, start.label
    return best, named


def _windows(tokens: Sequence[_Token], at: int) -> dict[int, str]:
    """From token `at` on: how many tokens -> what they say. No label goes on behind its colon."""
    found: dict[int, str] = {}
    for many in range(1, min(LONGEST, len(tokens) - at) + 1):
        mine = tokens[at : at + many]
        if not any(t.last and t.at != mine[-1].at for t in mine):
            found[many] = " ".join(t.text for t in mine)
    return found


@dataclass(frozen=True)
class _Start:
    """One way in which a label begins. place: among all that are listed; words: how many `text` has."""

    place: int
    label: Label
    text: str
    words: int


_place = attrgetter("place")
_ByLetter = Mapping[str, Sequence[_Start]]


@cache
def _starts(code: str) -> tuple[_ByLetter, _ByLetter]:
    """Of a kind of paper: by the first letter of the first word, and of the second one where there are three or more.

    One of the two is read rightly, else nothing is compared: there are hundreds of words and over a hundred labels.
    """
    by_first: defaultdict[str, list[_Start]] = defaultdict(list)
    by_second: defaultdict[str, list[_Start]] = defaultdict(list)
    listed = [(label, text) for label in (*OWN.get(code, ()), *LABELS) for text in label.starts]
    for place, (label, text) in enumerate(listed):
        pieces = text.split(" ")
        start = _Start(place, label, text, len(pieces))
        by_first[text[0]].append(start)
        if len(pieces) >= 3:
            by_second[pieces[1][0]].append(start)
    return by_first, by_second


@dataclass(frozen=True)
class _Fit:
    """How well a label fits, in letters; size: how many tokens it takes; exact: nothing was misread."""

    score: float = 0.0
    size: int = 0
    exact: bool = False


def _fitting(windows: Mapping[int, str], start: _Start) -> _Fit:
    """A label in front of these windows; a score of 0 when it is not there."""
    text, count, best = start.text, start.words, _Fit()
    for many in (count, count - 1) if count > 3 else (count,):  # a word may be lost
        window = windows.get(many, "")
        if abs(len(window) - len(text)) <= 0.2 * len(text):
            alike = Indel.normalized_similarity(window, text, score_cutoff=LIKE)
            # The third power: a shorter label that fits to the letter beats a longer one that only looks like it.
            score = alike**3 * len(text) * (1.0 if many == count else LOST_WORD)
            if score > best.score and (len(text) > 4 or alike == 1.0):
                best = _Fit(score, many, alike == 1.0)
    return best


def _placed(line: Sequence[Word], tokens: Sequence[_Token], label: Label, *, exact: bool) -> _Found | None:
    """Where the label's value begins; None when these words are no label here but part of a sentence."""
    begin, end = tokens[0].at, tokens[-1].at
    for at in range(end, min(end + COLON_WITHIN, len(line))):
        _head, colon, rest = line[at].text.partition(":")
        if colon and (at == end or _is_gloss(line[end + 1 : at + 1])):
            return _Found(label, begin, at + 1, rest)
    after = end + 1
    at_head = all(not any(c.isalpha() for c in w.text) for w in line[:begin])
    if at_head and _is_gloss(line[after:]) and line[after:]:
        return _Found(label, begin, len(line), colon=False)
    if (label.bare and exact) or (at_head and label.name and (len(tokens) > 2 or not line[after:])):
        return _Found(label, begin, after, colon=False)
    if not label.name and exact and end > begin:
        return _Found(label, begin, after, colon=False)
    return None


def _is_gloss(words: Sequence[Word]) -> bool:
    """English beside a Vietnamese label, a note in brackets, "số", "là", or nothing."""
    text = " ".join(w.text for w in words)
    if text.startswith("/ ") and len(words) <= GLOSS and not any(c.isdigit() for c in text):
        return True  # "/ Date of birth:", however it was read
    return bool(
        re.fullmatch(r"(?:\s|/|\(.*\)|[A-Za-z. ]*(?:name|birth|[Ss]ex|No|number|residence)\W*|số|la|là|:)*", text)
    )


def _date_value(text: str, words: Sequence[Word]) -> tuple[str, Sequence[Word], float]:
    folded = _with_digits(fold(text))
    if day := as_date(text):
        match = SPOKEN_DATE.search(folded) or NUMERIC_DATE.search(folded)
        assert match is not None
        mine = [w for w in words if _with_digits(fold(w.text)).strip(TRIM) in match.group()]
        return day, mine or words, 1.0
    if match := SPOKEN_DATE.search(folded) or NUMERIC_DATE.search(folded):
        return match.group(), words, DOUBTED
    return "", (), 0.0


def _number_value(kind: str, text: str, words: Sequence[Word]) -> tuple[str, Sequence[Word], float]:
    pattern, text = ID_NUMBER if kind == "id" else PHONE, _with_digits(text)
    match = pattern.search(text) or pattern.search(text.replace(" ", ""))
    if match is None:
        return "", (), 0.0
    number = match.group()
    mine = [w for w in words if sum(c.isdigit() for c in w.text) >= 3] or words
    repaired = not any(number in w.text for w in words)
    strange = kind == "id" and int(number[:3]) < 100 and number[:3] not in PROVINCES
    # A wrong number is a wrong person: below the half, so that it is asked for.
    return number, mine, DOUBTED if strange else REPAIRED if repaired else 1.0


def _name_value(text: str, words: Sequence[Word]) -> tuple[str, Sequence[Word], float]:
    name = re.split(r"[;,.…:(]|\s\d", text)[0].strip(TRIM)
    if not NAME.match(name):
        return "", (), 0.0
    mine = words[: name.count(" ") + 1]
    capital = all(part[0].isupper() for part in name.split())
    return name, mine, 1.0 if capital else DOUBTED


def _with_digits(text: str) -> str:
    """Letters that were read for figures, inside words that are figures otherwise."""

    def turned(word: str) -> str:
        figures = sum(c.isdigit() for c in word)
        return word.translate(DIGITS_READ_AS) if figures and 2 * figures >= sum(c.isalnum() for c in word) else word

    return " ".join(turned(word) for word in text.split(" "))
