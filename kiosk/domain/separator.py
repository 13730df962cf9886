"""Separator sheets (tờ ngăn): what stands in their code, and what a stack of papers with such sheets in it means.

The code is 54 digits: our mark, the set's nonce, the sheet's number and how many there are, the day of printing, and a
signature under a key that only this office has. It names nobody and no dossier; what a set is for stands in the log.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from kiosk.domain.scan import Finding
from kiosk.errors import RuleError

MARK = "82041"  # with the version of this layout at its end
NONCE_DIGITS, NUMBER_DIGITS, DAY_DIGITS, SIGNED_DIGITS = 18, 3, 5, 20
LENGTH = len(MARK) + NONCE_DIGITS + 2 * NUMBER_DIGITS + DAY_DIGITS + SIGNED_DIGITS
FIRST_DAY = date(2000, 1, 1)
MOST_SHEETS = 10**NUMBER_DIGITS - 1
# A dossier waits for its supplement about so long; sheets for archives are used again and again.
LIFE, LONG_LIFE = timedelta(days=45), timedelta(days=400)


class TooManySheetsError(RuleError):
    """details: count, most."""

    code = "separator.too_many"


@dataclass(frozen=True)
class Separator:
    """One sheet of a set. nonce: the set's; number: 1..count."""

    nonce: str
    number: int
    count: int
    day: date


@dataclass(frozen=True)
class PrintedSet:
    """What the log says of a set. owner: draft or dossier, "" for archives; papers: (code, name) by number of sheet, ()
    where sheets begin papers of any kind."""

    nonce: str
    owner: str
    count: int
    day: date
    papers: tuple[tuple[str, str], ...] = ()

    def sheets(self) -> list[Separator]:
        return [Separator(self.nonce, n, self.count, self.day) for n in range(1, self.count + 1)]

    def paper(self, number: int) -> tuple[str, str]:
        """Code and name of the paper behind a sheet."""
        return self.papers[number - 1] if number <= len(self.papers) else ("", "")


@dataclass(frozen=True)
class Verdict:
    """What a sheet is worth here. refused: the sentence, "" where it is good; paper: (code, name) of what follows."""

    sheet: Separator | None
    refused: str = ""
    paper: tuple[str, str] = ("", "")


Judge = Callable[[str], Verdict | None]
"""From the text of a code to a verdict; None for a code that is no separator's."""


def separator_code(sheet: Separator, key: bytes) -> str:
    """Digits of the sheet's code."""
    day = (sheet.day - FIRST_DAY).days
    body = f"{MARK}{sheet.nonce}{sheet.number:0{NUMBER_DIGITS}d}{sheet.count:0{NUMBER_DIGITS}d}{day:0{DAY_DIGITS}d}"
    return body + _signature(body, key)


def looks_like_separator(text: str) -> bool:
    return len(text) == LENGTH and text.isascii() and text.isdigit() and text.startswith(MARK)


def read_separator(text: str, key: bytes) -> Separator | None:
    """The sheet of a code that `looks_like_separator`; None where another office, or nobody, signed it."""
    body, signature = text[:-SIGNED_DIGITS], text[-SIGNED_DIGITS:]
    if not hmac.compare_digest(signature, _signature(body, key)):
        return None
    parts, at = [], len(MARK)
    for digits in (NONCE_DIGITS, NUMBER_DIGITS, NUMBER_DIGITS, DAY_DIGITS):
        parts.append(body[at : at + digits])
        at += digits
    return Separator(parts[0], int(parts[1]), int(parts[2]), FIRST_DAY + timedelta(days=int(parts[3])))


def _signature(body: str, key: bytes) -> str:
    made = hmac.new(key, body.encode("ascii"), hashlib.sha256).digest()
    return f"{int.from_bytes(made[:8], 'big') % 10**SIGNED_DIGITS:0{SIGNED_DIGITS}d}"


# --- a stack with sheets in it ----------------------------------------------------------------------------------------

USED = "separator.used"
MIXED = "separator.missing"
REFUSED = "separator.refused"
STRANGE = (
    "Sau trang này có tờ ngăn của bộ khác mà thiếu tờ đầu: trang này có thể là giấy của người khác, xem rồi gắn lại."
)


@dataclass(frozen=True)
class Placed:
    """Where a side of the stack goes.

    paper: code of its component, "" for none; left_out: a sheet or its empty back, kept but not shown in a document;
    begins: a new paper begins with the next side; sheet: the good separator that this side is; findings: to be told.
    doubtful: ids of earlier sides that may belong to two papers, because a sheet between them is missing.
    """

    paper: str = ""
    left_out: bool = False
    begins: bool = False
    sheet: Separator | None = None
    findings: tuple[Finding, ...] = ()
    doubtful: tuple[str, ...] = ()
    doubt: Finding | None = None


@dataclass
class Sorting:
    """Follows one stack, side by side. judge: says what a code on a side is worth."""

    judge: Judge
    seen: dict[str, set[int]] = field(default_factory=dict)
    _last: Separator | None = None
    _paper: str = ""
    _was_sheet: bool = False
    _since: list[str] = field(default_factory=list)

    def place(self, side: str, codes: Sequence[str], is_empty: Callable[[], bool]) -> Placed:
        """side: any id of the side, given back in `doubtful`; codes: texts on it; is_empty: asked only where it
        matters."""
        verdict = next((v for code in codes if (v := self.judge(code)) is not None), None)
        after_sheet, self._was_sheet = self._was_sheet, False
        if verdict is None:
            if after_sheet and is_empty():
                return Placed(left_out=True)
            self._since.append(side)
            return Placed(self._paper)
        sheet = verdict.sheet
        if sheet is None:
            return self._refuse(verdict.refused)
        if sheet == self._last and after_sheet:
            return Placed(left_out=True)  # the other side of the same sheet shows the code too
        if sheet.number in self.seen.get(sheet.nonce, ()):
            return self._refuse(f"Tờ ngăn số {sheet.number} đã gặp trong tập này; xem rồi gắn các trang sau nó.")
        return self._refuse(verdict.refused, sheet) if verdict.refused else self._accept(sheet, verdict.paper[0])

    def begin_stack(self) -> None:
        """Another stack, after the one before came through: what lies on top of it belongs to no sheet yet."""
        self._paper, self._was_sheet, self._since = "", False, []

    def _refuse(self, sentence: str, sheet: Separator | None = None) -> Placed:
        """The sheet stays a page, and nothing behind it is given to anybody without an officer.

        sheet: of another stack that got into this one. Where sheets of its set should have come before it, one of them
        may be missing, and then somebody else's papers have begun earlier than this sheet.
        """
        is_late = sheet is not None and sheet.number > 1 and not self._seen_of(sheet)
        if sheet is not None:
            self._seen_of(sheet).add(sheet.number)
        doubtful = tuple(self._since) if is_late else ()
        doubt = Finding(MIXED, STRANGE, again=False) if doubtful else None
        self._paper, self._since, self._last = "", [], None
        refused = Finding(REFUSED, sentence, again=False)
        return Placed(begins=True, findings=(refused,), doubtful=doubtful, doubt=doubt)

    def _accept(self, sheet: Separator, paper: str) -> Placed:
        last = self._last if self._last is not None and self._last.nonce == sheet.nonce else None
        lost = [n for n in range((last.number if last else 0) + 1, sheet.number) if n not in self._seen_of(sheet)]
        doubtful = tuple(self._since) if lost else ()
        self._seen_of(sheet).add(sheet.number)
        self._last, self._paper, self._was_sheet, self._since = sheet, paper, True, []
        doubt = _mixed(lost, sheet) if doubtful else None
        return Placed(left_out=True, begins=True, sheet=sheet, doubtful=doubtful, doubt=doubt)

    def _seen_of(self, sheet: Separator) -> set[int]:
        return self.seen.setdefault(sheet.nonce, set())


def _mixed(lost: Sequence[int], sheet: Separator) -> Finding:
    numbers = ", ".join(map(str, lost))
    words = f"Thiếu tờ ngăn số {numbers} trước tờ số {sheet.number}: trang này có thể thuộc giấy khác, xem rồi gắn lại."
    return Finding(MIXED, words, again=False)
