"""Words that several screens and commands share: states, instants, money."""

from __future__ import annotations

from datetime import datetime

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.calendar import WEEKDAYS
from kiosk.domain.dossier import Dossier
from kiosk.domain.life import DossierState
from kiosk.domain.ticket import TicketState
from kiosk.domain.waiting import LONGEST_SPELL_MIN

DOSSIER_STATES = {
    DossierState.DRAFT: "đang nhập",
    DossierState.WAITING_SUPPLEMENT: "chờ bổ sung",
    DossierState.RECEIVED: "đã tiếp nhận",
    DossierState.PROCESSING: "đang giải quyết",
    DossierState.WAITING_PAYMENT: "chờ nộp tiền",
    DossierState.CONSULTATION: "đang lấy ý kiến",
    DossierState.RESULT_READY: "đã có kết quả",
    DossierState.RETURNED: "đã trả kết quả",
    DossierState.REFUSED: "từ chối",
    DossierState.WITHDRAWN: "công dân rút",
    DossierState.STOPPED: "dừng giải quyết",
    DossierState.TRANSFERRED: "chuyển cơ quan khác",
}

TICKET_STATES = {
    TicketState.WAITING: "đang chờ",
    TicketState.CALLED: "đang gọi",
    TicketState.SERVING: "đang phục vụ",
    TicketState.PARKED: "tạm hoãn",
    TicketState.FINISHED: "đã xong",
    TicketState.NO_SHOW: "vắng mặt",
    TicketState.LEFT: "đã về",
    TicketState.VOIDED: "đã hủy",
    TicketState.EXPIRED: "hết ngày",
}


def vietnamese_time(at: datetime) -> str:
    """17:00 ngày 26/11/2026, in the office's zone."""
    return f"{at.astimezone(OFFICE_ZONE):%H:%M ngày %d/%m/%Y}"


def due_line(dossier: Dossier) -> str:
    """When the result is promised, "" without a date; where the citizen's paper says another one, it stands beside."""
    if dossier.due_at is None:
        return ""
    at, printed = dossier.due_at.astimezone(OFFICE_ZONE), dossier.original_due_at
    line = f"Hẹn trả trước {at:%H:%M}, {WEEKDAYS[at.weekday()]} {at:%d/%m/%Y}"
    if printed is not None and printed != dossier.due_at:
        line += f" (giấy đã in: {vietnamese_time(printed)})"
    return f"{line}; thời hạn đang tạm dừng" if dossier.clock.stands else line


def dong(amount: int | None) -> str:
    """20.000 ₫; a fee nobody knows yet says so."""
    return "chưa rõ" if amount is None else f"{amount:,} ₫".replace(",", ".")


def wait_range(told: tuple[int, int]) -> str:
    """A range of waiting minutes as told to people (`domain.waiting.told_range`): "10–20 phút"."""
    first, last = told
    if first == 0:
        return f"dưới {last} phút"
    return f"trên {LONGEST_SPELL_MIN} phút" if first >= LONGEST_SPELL_MIN else f"{first}–{last} phút"
