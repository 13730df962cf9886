"""A dossier as the commands tell it: as JSON values, and as a line."""

from __future__ import annotations

from typing import Any

from kiosk.domain.dossier import Dossier
from kiosk.domain.proxy import collectors
from ui.words import DOSSIER_STATES, due_line


def dossier_row(dossier: Dossier) -> dict[str, Any]:
    return {
        "key": dossier.key,
        "code": dossier.code,
        "state": dossier.state.value,
        "procedure": dossier.procedure_code,
        "received_at": dossier.received_at.isoformat() if dossier.received_at else None,
        "due_at": dossier.due_at.isoformat() if dossier.due_at else None,
        "printed_due_at": dossier.original_due_at.isoformat() if dossier.original_due_at else None,
        "clock_stands": dossier.clock.stands,
        "fee": dossier.fee,
        "money": dossier.money.value,
        "handed": dossier.handed.value,
        "province_state": dossier.province_state,
        "submitter": _submitter(dossier),
        "collectors": list(collectors(dossier.owner, dossier.submitter, dossier.proxy)),
        "group": dossier.group_key,
    }


def _submitter(dossier: Dossier) -> dict[str, Any] | None:
    if dossier.submitter is None:
        return None
    proxy = dossier.proxy
    return {
        "full_name": dossier.submitter.full_name,
        "standing": proxy.standing.value if proxy else None,
        "paper_number": proxy.paper_number if proxy else "",
        "paper_date": proxy.paper_date.isoformat() if proxy and proxy.paper_date else None,
    }


def dossier_lines(dossier: Dossier) -> str:
    due = f" · {due_line(dossier)}" if dossier.due_at else ""
    by = f" · nộp hộ: {dossier.submitter.full_name}" if dossier.submitter else ""
    return f"{dossier.key} · {dossier.procedure_name} · {DOSSIER_STATES[dossier.state]}{due}{by}"
