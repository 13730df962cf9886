"""When and how citizens are messaged: data of the office (`notices.toml`), with texts that name nobody."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.citizen_notice import Occasion
from kiosk.domain.sms import unmarked
from kiosk.text import nfc

# All that a text may name; a telephone is read by others.
MAY_NAME = frozenset({"code", "office", "date"})


@dataclass(frozen=True)
class NoticeRules:
    """on: whether anything is sent; marks: with Vietnamese marks, at the price of UCS-2; name: of the office in a text,
    "" for its own; quiet: no message from the first to the second hour; occasions: those that are told; asked_consent:
    only whoever said yes is messaged, else whoever left a number and did not say no; texts: by occasion, with {code},
    {office} and {date}; plain: texts without marks where they are not just the same words.
    """

    on: bool = False
    marks: bool = False
    name: str = ""
    quiet: tuple[time, time] = (time(20, 0), time(7, 0))
    occasions: frozenset[Occasion] = frozenset(Occasion)
    asked_consent: bool = False
    texts: Mapping[Occasion, str] = field(default_factory=dict)
    plain: Mapping[Occasion, str] = field(default_factory=dict)

    def text(self, occasion: Occasion, code: str, office: str, due_at: datetime | None) -> str:
        """The message as it leaves."""
        date = f"{due_at.astimezone(OFFICE_ZONE):%H:%M %d/%m/%Y}" if due_at else "sau"
        wanted = self.texts[occasion] if self.marks else self.plain.get(occasion, self.texts[occasion])
        filled = nfc(wanted.format(code=code, office=self.name or office, date=date))
        return filled if self.marks else unmarked(filled)

    def sendable_at(self, now: datetime) -> datetime:
        """Now, or when the quiet hours are over."""
        begins, ends = self.quiet
        local = now.astimezone(OFFICE_ZONE)
        if begins == ends:
            return now
        over_night = begins > ends
        is_quiet = (local.time() >= begins or local.time() < ends) if over_night else begins <= local.time() < ends
        if not is_quiet:
            return now
        next_day = over_night and local.time() >= begins
        return datetime.combine(local.date() + timedelta(days=next_day), ends, OFFICE_ZONE)


def fault_in_text(text: str) -> str:
    """Why a text cannot be used, in Vietnamese; "" when it can."""
    try:
        named = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return "dấu { } không khớp"
    if odd := sorted(named - MAY_NAME):
        return f"chỉ được dùng {{code}}, {{office}}, {{date}}; không có {', '.join(odd) or '{}'}"
    return "" if "code" in named else "phải có {code}"
