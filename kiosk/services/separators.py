"""Separator sheets of an office: printed with a line in the log, judged by it when they come back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from kiosk.clock import business_day
from kiosk.domain.event import Actor, Event
from kiosk.domain.job import Job, Wing
from kiosk.domain.scan import Finding
from kiosk.domain.separator import (
    LIFE,
    LONG_LIFE,
    MOST_SHEETS,
    NONCE_DIGITS,
    USED,
    Judge,
    PrintedSet,
    Separator,
    TooManySheetsError,
    Verdict,
    looks_like_separator,
    read_separator,
)
from kiosk.errors import NotFoundError
from kiosk.services.digitisation import home_of, make_again
from kiosk.services.ports import UnitOfWork, Units

PRINTED = "separators.printed"
PAPER = "separators"
PAPER_LIFE = timedelta(hours=1)  # nobody waits longer at a desk for them


def print_separators(
    units: Units,
    owner: str,
    papers: Sequence[tuple[str, str]],
    *,
    actor: Actor,
    now: datetime,
    count: int = 0,
    to_printer: bool = False,
) -> PrintedSet:
    """Make a set: one sheet for each paper (code, name), or `count` sheets for papers of any kind.

    owner: draft or dossier that the set is for, once; "" for archives, again and again. to_printer: also queue it for
    this machine's printer. Raises: TooManySheetsError.
    """
    count = len(papers) or count
    if not 0 < count <= MOST_SHEETS:
        raise TooManySheetsError(count=count, most=MOST_SHEETS)
    nonce = f"{secrets.randbelow(10**NONCE_DIGITS):0{NONCE_DIGITS}d}"
    made = PrintedSet(nonce, owner, count, business_day(now), tuple(papers))
    data = {"owner": owner, "count": count, "day": made.day.isoformat(), "papers": [list(p) for p in papers]}
    with units() as uow:
        uow.events.append(Event(PRINTED, nonce, now, actor, data))
        if to_printer:
            payload, ends = {"paper": PAPER, "set": nonce}, now + PAPER_LIFE
            key = f"{PAPER}:{nonce}"
            uow.jobs.add(
                Job(Wing.PRINT, key, payload, priority=2, due_at=now, expires_at=ends, station=actor.station or None)
            )
        uow.commit()
    return made


def printed_set(look: UnitOfWork, nonce: str) -> PrintedSet:
    """Raises: NotFoundError. Reads only; inside a `with`."""
    for event in look.events.of(nonce):
        if event.kind == PRINTED:
            data = event.data
            papers = tuple((str(code), str(name)) for code, name in data["papers"])
            return PrintedSet(nonce, str(data["owner"]), int(data["count"]), date.fromisoformat(data["day"]), papers)
    raise NotFoundError(what="bộ tờ ngăn", key=nonce)


def judge_for(reads: Units, key: bytes, owner: str, now: datetime) -> Judge:
    """Judges sheets in a stack of one draft or dossier (`owner`), or of an archive (""). key: the office's, for
    separators."""

    def judge(text: str) -> Verdict | None:
        if not looks_like_separator(text):
            return None
        sheet = read_separator(text, key)
        if sheet is None:
            return Verdict(None, "Tờ ngăn này không do cơ quan này in; trang được giữ lại, xem kỹ các trang sau nó.")
        with reads() as look:
            try:
                made = printed_set(look, sheet.nonce)
            except NotFoundError:
                return Verdict(sheet, "Tờ ngăn này không có trong sổ in của cơ quan; in bộ mới (Ctrl+I).")
            refused = _refusal(look, sheet, made, owner, now)
        return Verdict(sheet, refused, made.paper(sheet.number))

    return judge


def doubt_pages(
    uow: UnitOfWork, owner: str, page_ids: Sequence[str], finding: Finding, *, actor: Actor, now: datetime
) -> None:
    """Take pages from the paper that they were given to: a sheet between them is missing, so an officer must look."""
    with uow:
        uow.lock()
        dossier = home_of(uow, owner)
        for page in uow.papers.pages(dossier.key if dossier else owner):
            if page.id in page_ids:
                told = [*page.meta.get("findings", ()), finding.data()]
                uow.papers.save_page(replace(page, component="", meta={**page.meta, "findings": told}))
                data = {"page": page.id, "component": "", "finding": finding.code}
                event = uow.events.append(Event("page.assigned", page.owner, now, actor, data))
                make_again(uow, dossier, [page.component, ""], event, now)
        uow.commit()


def _refusal(look: UnitOfWork, sheet: Separator, made: PrintedSet, owner: str, now: datetime) -> str:
    """Why a sheet of ours is not good here; "" where it is."""
    n = f"Tờ ngăn số {sheet.number}"
    if _root(look, made.owner) != _root(look, owner):
        if not made.owner:
            return f"{n} là tờ dùng cho kho lưu trữ; ở quầy hãy in bộ của hồ sơ này (Ctrl+I)."
        return f"{n} in cho hồ sơ khác: các trang sau nó có thể là giấy của người khác, xem từng trang."
    if business_day(now) - made.day > (LIFE if made.owner else LONG_LIFE):
        return f"{n} in từ ngày {made.day:%d/%m/%Y}, đã quá hạn dùng; in bộ mới rồi gắn trang bằng phím số."
    if made.owner and any(e.kind == USED and e.data["number"] == sheet.number for e in look.events.of(made.nonce)):
        return f"{n} đã dùng một lần; bỏ tờ này đi, gắn các trang sau nó bằng phím số."
    return ""


def _root(look: UnitOfWork, owner: str) -> str:
    """A draft and the dossier that it became are one."""
    dossier = look.dossiers.by_draft(owner) if owner else None
    return dossier.key if dossier is not None else owner
