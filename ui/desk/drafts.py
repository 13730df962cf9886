"""An intake on its way as the draft store keeps it, and back. No Qt."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from kiosk.domain.person import Person
from kiosk.domain.proxy import Proxy, Standing
from kiosk.services.extra_papers import ExtraPaper
from kiosk.services.ports import Draft
from ui.desk.model import DraftState


def draft_of(draft: DraftState, officer: str, counter: str, now: datetime) -> Draft:
    data = {
        "person": asdict(draft.person) if draft.person else None,
        "procedure": draft.procedure,
        "case": draft.case,
        "marks": {code: list(mark) for code, mark in draft.marks.items()},
        "ticket": draft.ticket_key,
        "scanned": draft.scanned,
        "submitter": asdict(draft.submitter) if draft.submitter else None,
        "proxy": _proxy_data(draft.proxy) if draft.proxy else None,
        "group": draft.group_key,
        "state_secret": draft.state_secret,
        "agency": draft.competent_agency,
        "extra_papers": [[paper.name, paper.legal_basis] for paper in draft.extra_papers],
    }
    return Draft(draft.key, officer, counter, data, now)


def state_of(draft: Draft) -> DraftState:
    """Of an earlier version, too: what it did not know is left out."""
    data: dict[str, Any] = dict(draft.data)
    marks = {str(code): (str(mark[0]), str(mark[1])) for code, mark in dict(data.get("marks") or {}).items()}
    return DraftState(
        draft.key,
        _person(data.get("person")),
        str(data.get("procedure") or ""),
        str(data.get("case") or ""),
        marks,
        data.get("ticket"),
        draft.updated_at,
        bool(data.get("scanned")),
        _person(data.get("submitter")),
        _proxy(data["proxy"]) if data.get("proxy") else None,
        str(data.get("group") or ""),
        bool(data.get("state_secret")),
        str(data.get("agency") or ""),
        tuple(ExtraPaper(str(name), str(basis)) for name, basis in data.get("extra_papers") or ()),
    )


def _person(data: dict[str, Any] | None) -> Person | None:
    return Person(**data) if data else None


def _proxy_data(proxy: Proxy) -> dict[str, Any]:
    day = proxy.paper_date.isoformat() if proxy.paper_date else ""
    return {"standing": proxy.standing.value, "number": proxy.paper_number, "day": day, "collects": proxy.collects}


def _proxy(data: dict[str, Any]) -> Proxy:
    day = date.fromisoformat(data["day"]) if data["day"] else None
    return Proxy(Standing(data["standing"]), str(data["number"]), day, bool(data["collects"]))
