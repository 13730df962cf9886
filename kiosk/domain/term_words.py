"""A procedure's time to solve in words: read from the catalogue's, and told again in Vietnamese."""

from __future__ import annotations

import re

from kiosk.domain.procedure import Term, TermUnit
from kiosk.errors import RuleError
from kiosk.text import fold

MAX_TERM = 3650  # ten years of days; a larger figure is a slip of the pen, not a term


class UnknownTermError(RuleError):
    """The procedure's time to solve is not understood; an officer must settle it first. details: verbatim."""

    code = "term.unknown"
    exit_code = 2


_SAME_DAY = {"same day", "trong ngay", "trong ngay lam viec", "ngay trong ngay", "ngay trong ngay lam viec"}
_UNITS = {
    "hour": TermUnit.HOURS,
    "hours": TermUnit.HOURS,
    "working hours": TermUnit.HOURS,
    "gio": TermUnit.HOURS,
    "gio lam viec": TermUnit.HOURS,
    "working day": TermUnit.WORKING_DAYS,
    "working days": TermUnit.WORKING_DAYS,
    "ngay lam viec": TermUnit.WORKING_DAYS,
    "calendar day": TermUnit.CALENDAR_DAYS,
    "calendar days": TermUnit.CALENDAR_DAYS,
    "day": TermUnit.CALENDAR_DAYS,
    "days": TermUnit.CALENDAR_DAYS,
    "ngay": TermUnit.CALENDAR_DAYS,
    "ngay lich": TermUnit.CALENDAR_DAYS,
}
# "Không quá 03 (ba) ngày làm việc, kể từ ngày nhận đủ hồ sơ": one number, one unit, and no condition.
_TERM = re.compile(r"(?:khong qua )?(\d{1,4}) ?(?:\([a-z ]+\) ?)?([a-z ]+?)(?:,? ke tu (?:ngay|khi) nhan [a-z ]+)?\.?")


def parse_term(text: str) -> Term:
    """ "3 working days", "8 giờ", "15 ngày", "trong ngày" -> Term; "ngày" alone is a calendar day, as in the catalogue.

    Raises: UnknownTermError for anything that is not exactly one number and one unit.
    """
    words = fold(text)
    if words in _SAME_DAY:
        return Term(None, TermUnit.SAME_DAY, text.strip())
    found = _TERM.fullmatch(words)
    unit = _UNITS.get(found[2].strip()) if found else None
    if found is None or unit is None or not 1 <= int(found[1]) <= MAX_TERM:
        raise UnknownTermError(verbatim=text.strip())
    return Term(int(found[1]), unit, text.strip())


_NAMES = {
    TermUnit.HOURS: "giờ làm việc",
    TermUnit.WORKING_DAYS: "ngày làm việc",
    TermUnit.CALENDAR_DAYS: "ngày",
}


def term_words(term: Term) -> str:
    """The term in Vietnamese; the source's own words where it is not understood."""
    if not term.is_known or term.unit is None:
        return term.verbatim
    return "trong ngày" if term.unit is TermUnit.SAME_DAY else f"{term.value} {_NAMES[term.unit]}"
