"""Draining the print jobs: nothing is lost without a printer, nothing is printed late, a repeated slip is marked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from fakes import FakeOffice
from printing_samples import codes, texts
from samples import BIRTH, KIOSK, NOON, OFFICE, OFFICER, a_desk, an_intake

from kiosk.domain.event import Actor
from kiosk.domain.job import Job, JobState, Wing
from kiosk.domain.slip import Slip
from kiosk.domain.ticket import PrintState, Ticket
from kiosk.errors import DeviceError, DeviceIOError, NotConnectedError, OutOfPaperError
from kiosk.services import queueing
from kiosk.services.printing import reprint_slip
from kiosk.services.reception import receive_dossier
from kiosk.services.unprinted import print_here
from printing.devices import Chosen, Health, PrinterSettings, open_printers
from printing.devices.cups import CupsPrinter
from printing.devices.escpos import EscposPrinter
from printing.devices.fake import FakePrinter
from printing.devices.folder import FolderPrinter
from printing.errors import UnknownTargetError
from printing.paper import Paper, PdfSheet, TicketSheet
from printing.worker import PrintWorker

WORKER = Actor("", "in-an")


@dataclass
class Hall:
    """An office in memory with a worker, a printer of tickets and a printer of slips, and a clock."""

    office: FakeOffice = field(default_factory=FakeOffice)
    tickets: FakePrinter = field(default_factory=FakePrinter)
    slips: FakePrinter = field(default_factory=FakePrinter)
    now: datetime = NOON

    def __post_init__(self) -> None:
        self.office.shelf.procedures[BIRTH.code, 1] = BIRTH

    def worker(self, owner: str = "w-1") -> PrintWorker:
        printers = {"ticket": Chosen(self.tickets), "slip": Chosen(self.slips)}
        return PrintWorker(self.office.units, OFFICE, printers, WORKER, lambda: self.now, owner)

    def take_number(self, touch: str = "t-1") -> Ticket:
        return queueing.issue_ticket(
            self.office.units(), OFFICE, "ho-tich", actor=KIOSK, now=self.now, touch=touch, priority="cao-tuoi"
        )

    def receive(self) -> Slip:
        slip = receive_dossier(self.office.units(), a_desk(), an_intake(), actor=OFFICER, now=self.now).slip
        assert slip is not None
        return slip

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def jobs(self, *states: JobState) -> list[Job]:
        return [j for j in self.office.shelf.jobs if j.wing is Wing.PRINT and (not states or j.state in states)]

    def paper_state(self, ticket: Ticket) -> PrintState:
        return self.office.shelf.tickets[ticket.key].print_state


@dataclass
class DyingPrinter:
    """The paper is out, and the program is gone before it can remember."""

    inner: FakePrinter
    name: str = "máy in"

    def check(self) -> Health:
        return Health.READY

    def print(self, paper: Paper) -> str:
        self.inner.print(paper)
        raise SystemExit


def pdfs(printer: FakePrinter) -> list[bytes]:
    return [p.pdf for p in printer.out if isinstance(p, PdfSheet)]


def in_trouble(*troubles: DeviceError | None) -> FakePrinter:
    return FakePrinter(troubles=troubles)


def test_a_number_taken_comes_out_on_paper_and_is_known_to_be_printed() -> None:
    hall = Hall()
    ticket = hall.take_number()
    assert hall.worker().drain() == 1
    (sheet,) = hall.tickets.out
    assert isinstance(sheet, TicketSheet)
    assert ticket.key in codes(sheet.image)["QRCode"]
    assert hall.paper_state(ticket) is PrintState.PRINTED


def test_a_receipt_comes_out_in_two_leaves_with_a_feedback_slip_and_is_counted() -> None:
    hall = Hall()
    slip = hall.receive()
    hall.worker().drain()
    (pdf,) = pdfs(hall.slips)
    *leaves, feedback = texts(pdf)
    assert (len(leaves), "GÓP Ý" in feedback) == (2, True)
    assert slip.dossier_key in texts(pdf)[0]
    assert hall.office.shelf.prints == {slip.id: 1}
    assert [e.kind for e in hall.office.shelf.events][-1] == "slip.printed"


def test_numbers_go_before_slips() -> None:
    hall = Hall(slips=FakePrinter())
    hall.slips = hall.tickets
    hall.receive()
    hall.take_number()
    hall.worker().drain()
    assert [type(p) for p in hall.tickets.out] == [TicketSheet, PdfSheet]


def test_a_printer_in_trouble_loses_nothing_and_the_kiosk_hears_of_it() -> None:
    hall = Hall(tickets=in_trouble(OutOfPaperError(device="máy in"), None))
    ticket = hall.take_number()
    assert hall.worker().drain() == 0
    assert hall.paper_state(ticket) is PrintState.FAILED
    (job,) = hall.jobs(JobState.WAITING)
    assert job.error == "device.paper"
    hall.wait(40)
    assert hall.worker().drain() == 1
    assert hall.paper_state(ticket) is PrintState.PRINTED


def test_a_number_is_not_printed_when_its_owner_has_gone() -> None:
    hall = Hall(tickets=in_trouble(NotConnectedError(device="máy in")))
    hall.take_number()
    hall.worker().drain()
    hall.wait(600)
    assert hall.worker().drain() == 0
    assert hall.tickets.out == []
    assert len(hall.jobs(JobState.REJECTED)) == 1


def test_a_receipt_waits_for_its_printer_but_not_for_ever() -> None:
    hall = Hall(slips=in_trouble(NotConnectedError(device="máy in")))
    hall.receive()
    hall.worker().drain()
    hall.wait(8 * 3600)
    assert hall.worker().drain() == 1

    late = Hall()
    late.receive()
    late.wait(25 * 3600)
    assert late.worker().drain() == 0
    assert late.slips.out == []


def test_a_reprint_that_is_asked_for_is_marked() -> None:
    hall = Hall()
    slip = hall.receive()
    hall.worker().drain()
    reprint_slip(hall.office.units(), slip.id, 1, actor=OFFICER, now=hall.now)
    hall.worker().drain()
    first, again = pdfs(hall.slips)
    assert "BẢN IN LẠI" not in texts(first)[0]
    assert "BẢN IN LẠI LẦN 1" in texts(again)[0]
    assert hall.office.shelf.prints == {slip.id: 2}


def test_a_slip_whose_line_was_cut_is_marked_when_it_is_repeated() -> None:
    hall = Hall(slips=in_trouble(DeviceIOError(device="máy in")))
    hall.slips.dies_midway = True
    hall.receive()
    hall.worker().drain()
    hall.wait(60)
    assert hall.worker().drain() == 1
    assert ["BẢN IN LẠI LẦN 1" in texts(pdf)[0] for pdf in pdfs(hall.slips)] == [False, True]


def test_a_program_that_dies_after_printing_prints_again_a_marked_slip_and_the_same_number() -> None:
    hall = Hall()
    ticket, slip = hall.take_number(), hall.receive()
    for printer in (hall.tickets, hall.slips):
        dying = {"ticket": Chosen(DyingPrinter(printer)), "slip": Chosen(DyingPrinter(printer))}
        with pytest.raises(SystemExit):
            PrintWorker(hall.office.units, OFFICE, dying, WORKER, lambda: hall.now, "w-0").drain()
    hall.wait(100)
    assert hall.worker("w-2").drain() == 2
    assert {p.name for p in hall.tickets.out} == {f"so-{ticket.label}-261123"}
    assert ["BẢN IN LẠI LẦN 1" in texts(pdf)[0] for pdf in pdfs(hall.slips)] == [False, True]
    assert hall.office.shelf.prints == {slip.id: 1}


def test_a_slip_that_surely_did_not_come_out_is_not_marked() -> None:
    hall = Hall(slips=in_trouble(OutOfPaperError(device="máy in")))
    hall.receive()
    hall.worker().drain()
    hall.wait(60)
    hall.worker().drain()
    assert "BẢN IN LẠI" not in texts(pdfs(hall.slips)[0])[0]


def move_here(hall: Hall, slip: Slip) -> None:
    print_here(hall.office.units(), f"slip:{slip.id}:1", "ban-1", actor=OFFICER, now=hall.now)


def test_a_slip_that_its_machine_never_tried_comes_out_elsewhere_without_a_mark() -> None:
    hall = Hall()
    slip = hall.receive()
    hall.wait(60)
    move_here(hall, slip)
    assert hall.worker().drain() == 1
    assert "BẢN IN LẠI" not in texts(pdfs(hall.slips)[0])[0]


@pytest.mark.parametrize("seconds", [100, 90_000])
def test_a_slip_that_its_machine_left_half_done_comes_out_elsewhere_with_a_mark(seconds: float) -> None:
    hall = Hall()
    slip = hall.receive()
    dying = {"ticket": Chosen(hall.tickets), "slip": Chosen(DyingPrinter(hall.slips))}
    with pytest.raises(SystemExit):
        PrintWorker(hall.office.units, OFFICE, dying, WORKER, lambda: hall.now, "w-0").drain()
    hall.wait(seconds)
    hall.worker("w-1").drain(0 if seconds < 1000 else None)  # after a day it has run out of time
    move_here(hall, slip)
    assert hall.worker("w-2").drain() == 1
    assert ["BẢN IN LẠI LẦN 1" in texts(pdf)[0] for pdf in pdfs(hall.slips)] == [False, True]


def test_where_no_printer_is_set_papers_become_files(tmp_path: Path) -> None:
    hall = Hall()
    hall.take_number()
    hall.receive()
    worker = PrintWorker(hall.office.units, OFFICE, open_printers((), tmp_path), WORKER, lambda: hall.now, "w")
    assert worker.drain() == 2
    assert sorted(p.suffix for p in tmp_path.iterdir()) == [".pdf", ".png"]


def test_each_paper_goes_to_the_first_printer_that_is_set_for_it(tmp_path: Path) -> None:
    settings = (
        PrinterSettings(("ticket", "slip"), "escpos-tcp", "10.0.0.9", 512),
        PrinterSettings(("slip",), "cups", "MayIn"),
        PrinterSettings(),
    )
    printers = open_printers(settings, tmp_path)
    assert isinstance(printers["ticket"].printer, EscposPrinter)
    assert printers["ticket"].width_dots == 512
    assert isinstance(printers["slip"].printer, CupsPrinter)
    assert isinstance(open_printers((), tmp_path)["slip"].printer, FolderPrinter)


@pytest.mark.parametrize("settings", [PrinterSettings(kind="laser"), PrinterSettings(kind="cups")])
def test_a_printer_that_cannot_be_meant_is_refused_by_name(settings: PrinterSettings, tmp_path: Path) -> None:
    with pytest.raises(UnknownTargetError):
        open_printers((settings,), tmp_path)
