"""A receipt printer on the network, as it is found in offices: out of paper, open, mute, talkative."""

from __future__ import annotations

import contextlib
import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from printing_escpos import ReceiptPrinter, on_network
from printing_samples import TICKET, a_ticket, codes, pixels

from kiosk.errors import CoverOpenError, DeviceBusyError, OutOfPaperError
from printing.devices import Health
from printing.devices.channels import TcpWire
from printing.devices.escpos import EscposPrinter
from printing.devices.library import encode
from printing.errors import UnknownTargetError


@contextlib.contextmanager
def plugged_in(machine: ReceiptPrinter, answer_s: float = 0.3) -> Iterator[EscposPrinter]:
    with on_network(machine) as port:
        yield EscposPrinter(TcpWire(f"127.0.0.1:{port}", timeout_s=2), answer_s, 0.4)


def test_code_on_the_printed_ticket_is_read_by_another_reader() -> None:
    machine = ReceiptPrinter()
    with plugged_in(machine) as printer:
        printer.print(a_ticket())
    assert codes(machine.tickets[0]) == {"QRCode": TICKET.lookup}
    assert machine.unknown == []


def test_several_tickets_in_a_row_are_each_cut_off() -> None:
    machine = ReceiptPrinter()
    with plugged_in(machine) as printer:
        for _ in range(3):
            printer.print(a_ticket())
    assert len(machine.tickets) == 3


def test_end_of_the_roll_is_told_before_it_comes() -> None:
    with plugged_in(ReceiptPrinter(paper="near")) as printer:
        assert printer.check() is Health.PAPER_LOW
        printer.print(a_ticket())


@pytest.mark.parametrize(
    ("machine", "error"),
    [
        (ReceiptPrinter(paper="out"), OutOfPaperError),
        (ReceiptPrinter(cover_open=True), CoverOpenError),
        (ReceiptPrinter(jammed=True), DeviceBusyError),
    ],
)
def test_trouble_is_named_before_anything_is_sent(machine: ReceiptPrinter, error: type[Exception]) -> None:
    with plugged_in(machine) as printer:
        with pytest.raises(error):
            printer.check()
        with pytest.raises(error):
            printer.print(a_ticket())
    assert machine.bands == []


def test_paper_that_ends_in_the_middle_of_a_ticket_is_no_success() -> None:
    machine = ReceiptPrinter(bands_left=2)
    with plugged_in(machine) as printer, pytest.raises(OutOfPaperError):
        printer.print(a_ticket())
    assert machine.tickets == []


def test_a_clone_that_never_answers_prints_and_its_state_is_unknown() -> None:
    machine = ReceiptPrinter(mute=True)
    with plugged_in(machine, answer_s=0.1) as printer:
        assert printer.check() is Health.UNKNOWN
        printer.print(a_ticket())
    assert (pixels(machine.tickets[0]) == pixels(a_ticket().image)).all()


def test_answers_that_nobody_asked_for_are_not_taken_for_trouble() -> None:
    machine = ReceiptPrinter(chatty=True)
    with plugged_in(machine) as printer:
        printer.print(a_ticket())
        assert printer.check() is Health.READY
    assert len(machine.tickets) == 1


@pytest.mark.parametrize("address", ["", ":9100", "host:port"])
def test_an_address_that_is_none_is_a_matter_of_settings(address: str) -> None:
    with pytest.raises(UnknownTargetError):
        EscposPrinter(TcpWire(address)).check()


def test_encoding_leaves_nothing_behind_and_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    before = {p.name for p in Path(tempfile.gettempdir()).glob("*/*.capabilities.pickle")}
    handlers = list(logging.getLogger().handlers)
    encode(a_ticket().image)
    assert capfd.readouterr() == ("", "")
    assert list(logging.getLogger().handlers) == handlers
    assert {p.name for p in Path(tempfile.gettempdir()).glob("*/*.capabilities.pickle")} <= before
