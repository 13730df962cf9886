"""The register of dossiers (Sổ theo dõi hồ sơ): one line a receipt, numbered through the year as the receipts are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.dossier import Dossier
from kiosk.domain.life import DossierState
from kiosk.domain.slip import Slip

ENDED = {
    DossierState.REFUSED: "Từ chối giải quyết",
    DossierState.WITHDRAWN: "Công dân rút hồ sơ",
    DossierState.STOPPED: "Dừng giải quyết",
    DossierState.TRANSFERRED: "Chuyển cơ quan khác",
    DossierState.WAITING_SUPPLEMENT: "Chờ bổ sung",
}
ON_THE_SPOT = "Giải quyết ngay"
TAKEN_IN_AGAIN = "Trả bổ sung, nhận lại theo số sau"


@dataclass(frozen=True)
class Entry:
    """receipt: as it was issued, with its number in the book; agency: that solves it; returned_at, receiver: None and
    "" while the result is not handed over; note: what else became of it."""

    receipt: Slip
    agency: str
    by_post: bool
    returned_at: datetime | None = None
    receiver: str = ""
    note: str = ""


@dataclass(frozen=True)
class Closing:
    """How a year's register stood when it was closed. last: number of its last line, 0 for an empty book."""

    year: int
    count: int
    last: int
    at: datetime
    officer: str


@dataclass(frozen=True)
class Reopening:
    """A closed register that was opened again, with the reason; count, last: as the closing that it lifts had them."""

    year: int
    count: int
    last: int
    at: datetime
    officer: str
    reason: str


def entry_of(receipt: Slip, dossier: Dossier, after: Slip | None) -> Entry:
    """after: the receipt that came in this one's place, because of a supplement or of a correction; None for the
    dossier's last one."""
    if after is not None:
        note = f"Sửa đổi, xem số {after.number:02d}" if after.amendment else TAKEN_IN_AGAIN
        return Entry(receipt, receipt.office.name, dossier.return_by_post, note=note)
    return Entry(
        receipt,
        dossier.transferred_to or dossier.competent_agency or receipt.office.name,
        dossier.return_by_post,
        dossier.returned_at,
        dossier.returned_to,
        "; ".join(words for words in (_amended(receipt), _kind(receipt, dossier), _moved(receipt, dossier)) if words),
    )


def _amended(receipt: Slip) -> str:
    return f"Sửa đổi lần {receipt.amendment}" if receipt.amendment else ""


def _kind(receipt: Slip, dossier: Dossier) -> str:
    if dossier.state in ENDED:
        return ENDED[dossier.state]
    return ON_THE_SPOT if receipt.on_the_spot else ""


def _moved(receipt: Slip, dossier: Dossier) -> str:
    """The other date, whose paper names it when the citizen was given one."""
    if dossier.due_at is None or dossier.due_at == receipt.due_at:
        return ""
    paper = f" ({dossier.clock.extension_paper})" if dossier.clock.extension_paper else ""
    return f"Hẹn lại {dossier.due_at.astimezone(OFFICE_ZONE):%d/%m/%Y}{paper}"
