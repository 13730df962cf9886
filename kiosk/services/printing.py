"""What a print job prints, and what is remembered of it. No act waits for any of this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.dossier import Dossier
from kiosk.domain.event import Actor, Event
from kiosk.domain.fees import FeeLine
from kiosk.domain.job import Job, Wing
from kiosk.domain.money import Ask, BankAccount, MoneyReceipt, NoBankAccountError
from kiosk.domain.office import Office
from kiosk.domain.separator import PrintedSet
from kiosk.domain.slip import OfficeHead, Slip
from kiosk.domain.ticket import PrintState, Ticket
from kiosk.services.drawer import CountToPrint, count_to_print
from kiosk.services.groups import PAPER as GROUP
from kiosk.services.groups import group_of
from kiosk.services.jobs import Effect
from kiosk.services.notices import PAPER as NOTICE
from kiosk.services.paper_jobs import COUNT, DEMAND, RECEIPT, SLIP_KEY, ask_slip_paper
from kiosk.services.ports import UnitOfWork, Units
from kiosk.services.queueing import mark_printed, people_ahead
from kiosk.services.separators import PAPER as SEPARATORS
from kiosk.services.separators import printed_set
from kiosk.services.slips import office_head, with_both_dates


@dataclass(frozen=True)
class TicketToPrint:
    """ahead: people before this number when it is printed, None where nobody can know; wait_minutes: range, None while
    too little is known."""

    ticket: Ticket
    office: Office
    group_name: str
    ahead: int | None
    wait_minutes: tuple[int, int] | None = None


@dataclass(frozen=True)
class SlipToPrint:
    """print_no: 1 for the original, 2.. for marked re-prints."""

    slip: Slip
    copies: int
    print_no: int


@dataclass(frozen=True)
class ReceiptToPrint:
    """A receipt of money, as it stands now. print_no: 1 for the original, 2.. for marked re-prints."""

    receipt: MoneyReceipt
    print_no: int


@dataclass(frozen=True)
class DemandToPrint:
    """What a citizen takes to pay by transfer. lines: what it is for."""

    ask: Ask
    bank: BankAccount
    office: OfficeHead
    payer: str
    procedure: str
    lines: tuple[FeeLine, ...]


@dataclass(frozen=True)
class SeparatorsToPrint:
    """A set of separator sheets. at: when it was asked for."""

    made: PrintedSet
    at: datetime


@dataclass(frozen=True)
class GroupToPrint:
    """One sheet for dossiers that came together, oldest first. at: when it was asked for."""

    dossiers: tuple[Dossier, ...]
    office: Office
    at: datetime


@dataclass(frozen=True)
class NoticeToPrint:
    """Word to the citizen that the result is there. at: when it was asked for."""

    dossier: Dossier
    office: Office
    at: datetime


@dataclass(frozen=True)
class Told:
    """What a paper says of the line: people before a number, and the range of minutes; None for what is not known."""

    ahead: int | None = None
    wait_minutes: tuple[int, int] | None = None


Paper = (
    TicketToPrint
    | SlipToPrint
    | SeparatorsToPrint
    | ReceiptToPrint
    | GroupToPrint
    | DemandToPrint
    | NoticeToPrint
    | CountToPrint
)
Wait = Callable[[Ticket], tuple[int, int] | None]
Tell = Callable[[Ticket], Told]


def paper_of(
    units: Units, office: Office, job: Job, now: datetime, wait: Wait = lambda _: None, tell: Tell | None = None
) -> Paper:
    """The paper of a job. wait: the range told of a number, in minutes; tell: who knows the line, where it is not in
    this store. Raises: NotFoundError."""
    with units() as uow:
        if job.payload["paper"] == GROUP:
            return GroupToPrint(tuple(group_of(uow, str(job.payload["group"]))), office, job.due_at or now)
        if job.payload["paper"] == NOTICE:
            return NoticeToPrint(uow.dossiers.get(str(job.payload["dossier"])), office, job.due_at or now)
        if job.payload["paper"] == SEPARATORS:
            return SeparatorsToPrint(printed_set(uow, str(job.payload["set"])), job.due_at or now)
        if job.payload["paper"] == RECEIPT:
            return ReceiptToPrint(uow.money.receipt(str(job.payload["receipt"])), int(job.payload["print_no"]))
        if job.payload["paper"] == DEMAND:
            return _demand(uow, office, str(job.payload["ask"]))
        if job.payload["paper"] == COUNT:
            return count_to_print(uow, office, job.payload)
        if job.payload["paper"] == "slip":
            slip = with_both_dates(uow, uow.slips.get(str(job.payload["slip"])))
            return SlipToPrint(slip, int(job.payload["copies"]), int(job.payload.get("print_no", 1)))
        ticket = uow.tickets.get(str(job.payload["ticket"]))
        group = next((g.name for g in office.groups if g.code == ticket.group), ticket.group)
        ahead = people_ahead(uow, office, ticket, now) if tell is None else None
    told = Told(ahead, wait(ticket)) if tell is None else tell(ticket)
    return TicketToPrint(ticket, office, group, told.ahead, told.wait_minutes)


def _demand(uow: UnitOfWork, office: Office, key: str) -> DemandToPrint:
    """Raises: NotFoundError, NoBankAccountError where the account was taken out of the office's facts since."""
    ask = uow.money.ask(key)
    dossier = uow.dossiers.get(ask.dossier_key)
    if office.money.bank is None:
        raise NoBankAccountError
    payer = (dossier.submitter or dossier.owner).full_name
    head = office_head(office)
    return DemandToPrint(ask, office.money.bank, head, payer, dossier.procedure_name, dossier.fee_lines)


def printed(job: Job, actor: Actor, now: datetime, where: str) -> Effect:
    """The paper is out. where: the device, or the file's name; applied with the end of the job."""

    def effect(uow: UnitOfWork) -> None:
        if job.payload["paper"] == "ticket":
            mark_printed(uow, str(job.payload["ticket"]), PrintState.PRINTED, actor, now)
            return
        if job.payload["paper"] in (GROUP, NOTICE):
            return  # asked for again where it is wanted again
        if job.payload["paper"] in (SEPARATORS, DEMAND, COUNT):
            return  # the sheets themselves come back through the scanner; nothing else waits for them
        if job.payload["paper"] == RECEIPT:
            receipt = uow.money.receipt(str(job.payload["receipt"]))
            told = {"receipt": receipt.key, "times": uow.money.count_print(receipt.key), "where": where}
            uow.events.append(Event("receipt.printed", receipt.dossier_key, now, actor, told))
            return
        slip = uow.slips.get(str(job.payload["slip"]))
        times = uow.slips.count_print(slip.id)
        data = {"slip": slip.id, "form": slip.kind.value, "times": times, "where": where}
        uow.events.append(Event("slip.printed", slip.dossier_key, now, actor, data))

    return effect


def not_printed(uow: UnitOfWork, job: Job, actor: Actor, now: datetime) -> None:
    """The paper did not come out; the kiosk then shows the number large. Part of the worker's own transaction."""
    if job.payload["paper"] == "ticket":
        mark_printed(uow, str(job.payload["ticket"]), PrintState.FAILED, actor, now)


def reprint_slip(
    uow: UnitOfWork, slip_id: str, copies: int, *, actor: Actor, now: datetime, paper_at: str = ""
) -> None:
    """Ask for a marked re-print of a slip. paper_at: the machine whose printer makes it, "" for any."""
    with uow:
        ask_reprint(uow, uow.slips.get(slip_id), copies, actor=actor, now=now, paper_at=paper_at)
        uow.commit()


def ask_reprint(uow: UnitOfWork, slip: Slip, copies: int, *, actor: Actor, now: datetime, paper_at: str) -> None:
    """The same in an act's own transaction. What was solved on the spot has its first print now."""
    event = uow.events.append(Event("slip.reprint_asked", slip.dossier_key, now, actor, {"slip": slip.id}))
    asked = [e for e in uow.events.of(slip.dossier_key) if e.kind == event.kind and e.data["slip"] == slip.id]
    before = 0 if slip.on_the_spot else 1
    ask_slip_paper(uow, slip.id, copies, paper_at, now, print_no=len(asked) + before)


def slip_print(uow: UnitOfWork, slip_id: str) -> Job | None:
    """The last print that was asked of a slip, in whatever state. Reads only; inside a `with`."""
    last, times = None, 1
    while (job := uow.jobs.by_key(Wing.PRINT, f"{SLIP_KEY}{slip_id}:{times}")) is not None:
        last, times = job, times + 1
    return last
