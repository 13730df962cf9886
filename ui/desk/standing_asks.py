"""The fields of a form that say with what right somebody submits for the owner, and what they were given. No Qt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from kiosk.domain.proxy import STANDING_WORDS, Proxy, Standing
from ui.desk.dossier_model import Ask

YES, NO = "Có", "Không, chỉ chủ hồ sơ"
STANDINGS = tuple(Standing)
PAPER = re.compile(
    r"(?:số\s*)?(?P<number>.*?)[\s,;]*(?:ngày\s*)?(?P<day>\d{1,2}[/.-]\d{1,2}[/.-]\d{4})?", re.IGNORECASE
)


def standing_asks(proxy: Proxy | None) -> tuple[Ask, ...]:
    """proxy: as it stands, None to propose a written authority."""
    paper = ""
    if proxy is not None:
        day = f"{proxy.paper_date:%d/%m/%Y}" if proxy.paper_date else ""
        paper = " ngày ".join(part for part in (proxy.paper_number, day) if part)
    return (
        Ask(
            "standing",
            "Tư cách",
            STANDING_WORDS[proxy.standing if proxy else Standing.AUTHORISED],
            tuple(STANDING_WORDS[s] for s in STANDINGS),
        ),
        Ask("paper", "Số, ngày của giấy ủy quyền", paper, hint="Ví dụ: 12 ngày 20/11/2026", needed=False),
        Ask("collects", "Được nhận kết quả thay", YES if proxy is None or proxy.collects else NO, (YES, NO)),
    )


def proxy_of(given: Mapping[str, str]) -> Proxy | None:
    """None where no standing is named."""
    chosen = given.get("standing", "").strip()
    standing = next((s for s in STANDINGS if STANDING_WORDS[s].casefold() == chosen.casefold()), None)
    if standing is None:
        return None
    number, day = paper_of(given.get("paper", ""))
    return Proxy(standing, number, day, collects=given.get("collects", "") != NO)


def paper_of(text: str) -> tuple[str, date | None]:
    """Number and day of an authority as an officer types them: "12 ngày 20/11/2026", "20/11/2026", "12"."""
    found = PAPER.fullmatch(text.strip())
    if found is None or found["day"] is None:
        return re.sub(r"^số\s+", "", text.strip(), flags=re.IGNORECASE), None
    day, month, year = (int(part) for part in re.split(r"[/.-]", found["day"]))
    try:
        return found["number"].strip(), date(year, month, day)
    except ValueError:
        return text.strip(), None
