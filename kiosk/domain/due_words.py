"""The reason of a return date in words: "trừ lễ 30/4 – 1/5; làm bù thứ Bảy 10/1"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from kiosk.domain.calendar import WEEKDAYS, DayKind, Skipped
from kiosk.domain.due import Due
from kiosk.domain.procedure import TermUnit
from kiosk.domain.term_words import term_words

EXPECTED = "(dự kiến)"
_TET = ("Tết", "Giao thừa", "Mùng")


def skipped_words(due: Due) -> str:
    """Which days do not count, and which do although they are Saturdays; "" when there is nothing to tell."""
    year = due.received_at.year
    parts = [_off(run, year) for run in _runs(due.skipped)]
    if weekdays := sorted({s.day.weekday() for s in due.skipped if s.kind is DayKind.WEEKEND}):
        parts.append("trừ " + _listed([_small(WEEKDAYS[d]) for d in weekdays]))
    if any(s.kind is DayKind.RECEPTION for s in due.skipped):
        parts.append("thứ Bảy chỉ tiếp nhận, không tính")
    if due.made_up:
        days = [f"{_small(WEEKDAYS[s.day.weekday()])} {_day(s.day, year)}" for s in due.made_up]
        parts.append("làm bù " + _listed(days))
    return "; ".join(parts)


def due_reason(due: Due) -> str:
    """The whole reason: the term, where its clock starts, what is left out, the extension."""
    parts = [_term(due)]
    if due.competent_at is not None:
        parts.append(f"tính từ lúc cơ quan có thẩm quyền nhận, {due.starts_at:%H:%M} ngày {due.starts_at:%d/%m/%Y}")
    elif due.starts_at.date() > due.received_at.date():
        parts.append(f"nhận ngoài giờ làm việc, tính từ {due.starts_at:%d/%m}")
    if skipped := skipped_words(due):
        parts.append(skipped)
    if due.extension is not None and due.before_extension is not None:
        parts.append(f"gia hạn thêm {term_words(due.extension)} (hẹn trước là {due.before_extension:%d/%m/%Y})")
    return "; ".join(parts)


def _term(due: Due) -> str:
    if due.term.unit is not TermUnit.SAME_DAY:
        return term_words(due.term)
    if (due.before_extension or due.due_at).date() == due.starts_at.date():
        return "giải quyết trong ngày"
    if any(s.day == due.starts_at.date() for s in due.skipped):
        return "giải quyết trong ngày làm việc tiếp theo"
    return "nhận sau giờ chốt trong ngày, trả trong ngày làm việc tiếp theo"


def _runs(skipped: Iterable[Skipped]) -> list[list[Skipped]]:
    """Days that are off for one kind of reason, with nothing but weekends between them."""
    runs: list[list[Skipped]] = []
    before: date | None = None
    for one in sorted(skipped, key=lambda s: s.day):
        is_next = before is not None and one.day - before == timedelta(days=1)
        before = one.day
        if one.kind in (DayKind.WEEKEND, DayKind.RECEPTION):
            if not is_next:
                before = None
            continue
        if is_next and runs and _name(one) == _name(runs[-1][-1]):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _off(run: Sequence[Skipped], year: int) -> str:
    first, last = run[0].day, run[-1].day
    days = _day(first, year) if first == last else f"{_day(first, year)} – {_day(last, year)}"
    if run[0].kind is DayKind.LOCAL:
        return f"trừ {days} ({run[0].reason})"
    if run[0].kind is DayKind.HOLIDAY and len(run) == 1:
        return f"trừ {_name(run[0])} {days} ({run[0].reason})"
    expected = f" {EXPECTED}" if any(EXPECTED in s.reason for s in run) else ""
    return f"trừ {_name(run[0])} {days}{expected}"


def _name(one: Skipped) -> str:
    if one.kind is DayKind.SWAP:
        return "ngày nghỉ hoán đổi"
    if one.kind is DayKind.IN_LIEU:
        return "ngày nghỉ bù"
    if one.kind is DayKind.WAITING:
        return f"ngày {_small(one.reason)}"
    if one.kind is DayKind.LOCAL:
        return one.reason
    is_tet = any(word in one.reason for word in _TET) and "Dương lịch" not in one.reason
    return "Tết" if is_tet else "lễ"


def _day(day: date, year: int) -> str:
    return f"{day.day}/{day.month}" if day.year == year else f"{day.day}/{day.month}/{day.year}"


def _small(words: str) -> str:
    return words if words == WEEKDAYS[6] else words[:1].lower() + words[1:]


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words)
