"""Drains the print jobs: makes the paper, prints it, remembers that it is out.

What is promised. Saving never waits for this; no printer means no loss. A device in trouble is tried again with pauses
until the job expires: a ticket after 2 minutes (nobody stands at the kiosk any more), a slip after a day; nothing is
printed late. Should the program die between the printer and the commit, the paper comes out a second time: a ticket
with the same number, never another; a slip marked as a re-print, because whoever repeats a vanished or half-done
attempt cannot know that the first sheet is not out. A slip whose machine is gone is moved to another one by an officer
(`kiosk.services.unprinted`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from kiosk.clock import Clock, business_day
from kiosk.domain.event import Actor
from kiosk.domain.job import EXPIRED, Job, Wing
from kiosk.domain.office import Office
from kiosk.domain.separator import Separator
from kiosk.domain.slip import slip_name
from kiosk.domain.ticket import Ticket
from kiosk.errors import DeviceError, DeviceIOError, KioskError
from kiosk.services.drawer import CountToPrint
from kiosk.services.jobs import Effect, drain
from kiosk.services.ports import UnitOfWork, Units
from kiosk.services.printing import (
    DemandToPrint,
    GroupToPrint,
    NoticeToPrint,
    ReceiptToPrint,
    SeparatorsToPrint,
    SlipToPrint,
    Tell,
    TicketToPrint,
    not_printed,
    paper_of,
    printed,
)
from kiosk.services.slips import office_head
from kiosk.services.waiting import WaitingTimes
from printing.devices import SLIP, TICKET, Printers
from printing.errors import PrintUnconfirmedError
from printing.forms import render_slip
from printing.forms.group import render_group
from printing.forms.money import render_demand, render_receipt
from printing.forms.money_book import receipt_numbers, render_count
from printing.forms.notice import render_notice
from printing.forms.separator import render_separators, set_mark
from printing.paper import PdfSheet, TicketSheet
from printing.tickets import TicketPaper, render_ticket

# Longer than the slowest printer, or a second worker prints beside the first; shorter than a ticket's life, or a
# worker that dies takes the number's paper with it.
LEASE = timedelta(seconds=90)
LONGEST_WAIT_S = 30.0

# After these the sheet may be out although nobody confirmed it; what ran out of time does not say how it was tried.
MAYBE_OUT = frozenset({DeviceIOError.code, PrintUnconfirmedError.code, EXPIRED})


@dataclass(frozen=True)
class PrintWorker:
    """units: of the office; printers: by kind of paper (`printing.devices.open_printers`); owner: this process.

    station: this machine, which prints what was asked for here and what names no machine; None: everything.
    waits: tells the range on a ticket; None: tickets say only how many are ahead. tell: for a kiosk with a store of its
    own, who knows the line at all. separator_code: signs separator sheets.
    """

    units: Units
    office: Office
    printers: Printers
    actor: Actor
    clock: Clock
    owner: str
    waits: WaitingTimes | None = None
    tell: Tell | None = None
    station: str | None = None
    separator_code: Callable[[Separator], str] | None = None

    def drain(self, limit: int | None = None) -> int:
        """Print what is due; returns how many papers came out."""
        return drain(
            self.units,
            Wing.PRINT,
            self.owner,
            self._print,
            self.clock,
            on_problem=self._tell,
            limit=limit,
            lease_for=LEASE,
            longest_wait_s=LONGEST_WAIT_S,
            station=self.station,
        )

    def _print(self, job: Job) -> Effect:
        content = paper_of(self.units, self.office, job, self.clock(), self._wait, self.tell)
        if isinstance(content, SlipToPrint):
            where = self.printers[SLIP].printer.print(slip_sheet(content, may_be_out=_may_be_out(job)))
        elif isinstance(content, ReceiptToPrint):
            where = self.printers[SLIP].printer.print(receipt_sheet(content, may_be_out=_may_be_out(job)))
        elif isinstance(content, GroupToPrint):
            where = self.printers[SLIP].printer.print(group_sheet(content))
        elif isinstance(content, NoticeToPrint):
            where = self.printers[SLIP].printer.print(notice_sheet(content))
        elif isinstance(content, DemandToPrint):
            where = self.printers[SLIP].printer.print(demand_sheet(content))
        elif isinstance(content, CountToPrint):
            where = self.printers[SLIP].printer.print(count_sheet(content))
        elif isinstance(content, SeparatorsToPrint):
            assert self.separator_code is not None, "asked for by a desk of this office, which has its key"
            where = self.printers[SLIP].printer.print(separators_sheet(content, self.office, self.separator_code))
        else:
            device = self.printers[TICKET]
            where = device.printer.print(ticket_sheet(content, device.width_dots))
        return printed(job, self.actor, self.clock(), where)

    def _wait(self, ticket: Ticket) -> tuple[int, int] | None:
        return None if self.waits is None else self.waits.tell(ticket, actor=self.actor, now=self.clock())

    def _tell(self, uow: UnitOfWork, job: Job, problem: KioskError) -> None:
        if isinstance(problem, DeviceError):
            not_printed(uow, job, self.actor, self.clock())


def _may_be_out(job: Job) -> bool:
    """An earlier attempt vanished without a word (its process died), or ended in doubt."""
    return job.attempts > 1 and (not job.error or job.error.split(":")[0] in MAYBE_OUT)


def slip_sheet(content: SlipToPrint, *, may_be_out: bool = False) -> PdfSheet:
    """The slip as it goes to the printer; print_no 2 is the first re-print. Its feedback slip goes with
    the first print."""
    slip = content.slip
    reprint = content.print_no - 1 + may_be_out
    name = f"mau{slip.kind.value}-{slip.dossier_key}-{slip.number:04d}"
    again = f"-lan{content.print_no}" if content.print_no > 1 else ""
    return PdfSheet(
        name + again,
        slip_name(slip.kind, slip.number, slip.year),
        render_slip(slip, content.copies, reprint, feedback=not reprint),
    )


def receipt_sheet(content: ReceiptToPrint, *, may_be_out: bool = False) -> PdfSheet:
    """A receipt of money on the slips' A5; print_no 2 is the first re-print."""
    receipt = content.receipt
    name = f"bien-lai-{receipt.series.replace('/', '-')}-{receipt.number:07d}-{receipt.year}"
    again = f"-lan{content.print_no}" if content.print_no > 1 else ""
    pdf = render_receipt(receipt, content.print_no - 1 + may_be_out)
    return PdfSheet(name + again, f"Biên lai {receipt.name}", pdf)


def group_sheet(content: GroupToPrint) -> PdfSheet:
    """The sheet that names all dossiers of a visit."""
    key, count = content.dossiers[0].key, len(content.dossiers)
    pdf = render_group(content.dossiers, office_head(content.office), content.at)
    return PdfSheet(f"phieu-chung-{key}-{count}", f"Phiếu chung {count} hồ sơ", pdf)


def demand_sheet(content: DemandToPrint) -> PdfSheet:
    """Not marked when it is printed again: it is no receipt, and paying by it twice is refused."""
    ask = content.ask
    pdf = render_demand(ask, content.bank, content.office, content.payer, content.procedure, content.lines)
    return PdfSheet(f"nop-tien-{ask.dossier_key}-{ask.key[:8]}", f"Nộp tiền hồ sơ {ask.dossier_key}", pdf)


def count_sheet(content: CountToPrint) -> PdfSheet:
    """To be signed by who took the money and by the head."""
    count, days, names = content.count, content.days, content.names
    whose = names.get(count.officer, count.officer) if count.officer else "cả cơ quan"
    numbers = receipt_numbers(days.moves, {key: receipt.name for key, receipt in days.receipts.items()})
    pdf = render_count(content.office, count, days.totals, whose, numbers, names)
    return PdfSheet(f"kiem-quy-{count.day:%y%m%d}-{count.key[:8]}", f"Kiểm quỹ {count.day:%d/%m/%Y}", pdf)


def notice_sheet(content: NoticeToPrint) -> PdfSheet:
    """The title tells no name."""
    dossier = content.dossier
    pdf = render_notice(dossier, content.office, office_head(content.office), content.at)
    return PdfSheet(f"giay-bao-{dossier.key}-{content.at:%y%m%d-%H%M%S}", f"Giấy báo {dossier.key}", pdf)


def separators_sheet(content: SeparatorsToPrint, office: Office, code_of: Callable[[Separator], str]) -> PdfSheet:
    """On the slips' A5, which is what lies in that printer. The title tells no name."""
    mark = set_mark(content.made.nonce)
    pdf = render_separators(content.made, code_of, office.name, content.at)
    return PdfSheet(f"to-ngan-{mark}-{content.at:%y%m%d-%H%M%S}", f"Tờ ngăn bộ {mark}", pdf)


def ticket_sheet(content: TicketToPrint, width_dots: int) -> TicketSheet:
    """The ticket as it goes to the printer. Its code holds the ticket's key: it tells nothing, and finds it again."""
    ticket, office = content.ticket, content.office
    day = business_day(ticket.issued_at)
    priority = next((p.name for p in office.priorities if p.code == ticket.priority), "")
    paper = TicketPaper(
        office=office.name,
        number=ticket.label,
        group=content.group_name,
        issued_at=ticket.issued_at,
        ahead=content.ahead,
        wait_minutes=content.wait_minutes,
        priority=priority,
        lookup=f"{ticket.label} {day:%d/%m/%Y} {ticket.key}",
        width=width_dots,
    )
    return TicketSheet(f"so-{ticket.label}-{day:%y%m%d}", f"Số {ticket.label}", render_ticket(paper))
