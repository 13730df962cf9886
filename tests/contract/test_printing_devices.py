"""What every printer promises: whole papers, honest failures, and no word of success that was not earned."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from printing_escpos import ReceiptPrinter
from printing_escpos import on_network as on_port
from printing_ipp import OfficePrinter
from printing_ipp import on_network as on_ipp
from printing_samples import a_slip, a_ticket, pixels

from kiosk.errors import DeviceError, NotConnectedError, OutOfPaperError
from printing.devices import Health, Printer
from printing.devices.channels import NodeWire, TcpWire
from printing.devices.cups import CupsPrinter
from printing.devices.escpos import EscposPrinter
from printing.devices.fake import FakePrinter
from printing.devices.folder import FolderPrinter
from printing.errors import WrongPaperKindError
from printing.paper import PdfSheet, TicketSheet


@dataclass
class Rig:
    """A printer and the hand that can look into its tray and do it harm."""

    printer: Printer
    tickets: Callable[[], list[Image.Image]]
    slips: Callable[[], list[bytes]] | None = None
    no_paper: Callable[[], None] | None = None
    cut_midway: Callable[[], None] | None = None
    mend: Callable[[], None] | None = None


def a_fake(tmp_path: Path) -> Iterator[Rig]:
    fake = FakePrinter()

    def no_paper() -> None:
        fake.troubles.append(OutOfPaperError(device=fake.name))

    def cut_midway() -> None:
        fake.dies_midway = True
        fake.troubles.append(NotConnectedError(device=fake.name))

    yield Rig(
        fake,
        lambda: [p.image for p in fake.out if isinstance(p, TicketSheet)],
        lambda: [p.pdf for p in fake.out if isinstance(p, PdfSheet)],
        no_paper,
        cut_midway,
        fake.troubles.clear,
    )


def a_folder(tmp_path: Path) -> Iterator[Rig]:
    folder = tmp_path / "papers"
    yield Rig(
        FolderPrinter(folder),
        lambda: [Image.open(BytesIO(f.read_bytes())) for f in sorted(folder.glob("*.png"))],
        lambda: [f.read_bytes() for f in sorted(folder.glob("*.pdf"))],
    )


def a_receipt_printer(tmp_path: Path) -> Iterator[Rig]:
    machine = ReceiptPrinter()

    def no_paper() -> None:
        machine.paper = "out"

    def cut_midway() -> None:
        machine.dies_after = 5000

    def mend() -> None:
        machine.paper, machine.dies_after = "ok", None

    with on_port(machine) as port:
        wire = TcpWire(f"127.0.0.1:{port}", timeout_s=2)
        yield Rig(EscposPrinter(wire, 0.5, 0.5), lambda: machine.tickets, None, no_paper, cut_midway, mend)


def a_device_file(tmp_path: Path) -> Iterator[Rig]:
    tape = tmp_path / "lp0"
    machine = ReceiptPrinter()

    def read_tape() -> list[Image.Image]:
        machine.tickets = []
        machine.feed(bytearray(tape.read_bytes() if tape.exists() else b""))
        return machine.tickets

    yield Rig(EscposPrinter(NodeWire(tape)), read_tape)


def an_office_printer(tmp_path: Path) -> Iterator[Rig]:
    machine = OfficePrinter()

    def no_paper() -> None:
        machine.paused, machine.reasons = True, ("media-empty-error",)

    def cut_midway() -> None:
        machine.loses_replies = True

    def mend() -> None:
        machine.paused, machine.reasons, machine.loses_replies = False, ("none",), False

    def tickets() -> list[Image.Image]:
        return [picture for document in machine.documents if (picture := _picture(document)) is not None]

    with on_ipp(machine) as uri:
        printer = CupsPrinter(uri, timeout_s=2, poll_s=0.01)
        yield Rig(printer, tickets, lambda: list(machine.documents), no_paper, cut_midway, mend)


def _picture(pdf: bytes) -> Image.Image | None:
    with pikepdf.open(BytesIO(pdf)) as document:
        streams = [i for i in document.pages[0].get_images().values() if isinstance(i, pikepdf.Stream)]
        return pikepdf.PdfImage(streams[0]).as_pil_image() if streams else None


RIGS = {r.__name__: r for r in (a_fake, a_folder, a_receipt_printer, a_device_file, an_office_printer)}


@pytest.fixture(params=RIGS)
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    with contextlib.contextmanager(RIGS[request.param])(tmp_path) as made:
        yield made


def _needs(what: object) -> None:
    if what is None:
        pytest.skip("this device cannot show it")


def test_a_ticket_comes_out_dot_by_dot(rig: Rig) -> None:
    sheet = a_ticket()
    assert rig.printer.print(sheet)
    (out,) = rig.tickets()
    assert (pixels(out) == pixels(sheet.image)).all()


def test_a_slip_comes_out_byte_by_byte_or_is_refused_before_anything_is_sent(rig: Rig) -> None:
    if rig.slips is None:
        with pytest.raises(WrongPaperKindError):
            rig.printer.print(a_slip())
        assert rig.tickets() == []
        return
    rig.printer.print(a_slip())
    assert rig.slips() == [a_slip().pdf]


def test_a_printer_that_works_says_so_or_that_it_does_not_know(rig: Rig) -> None:
    assert rig.printer.check() in (Health.READY, Health.UNKNOWN)


def test_without_paper_nothing_comes_out_and_nobody_is_told_it_did(rig: Rig) -> None:
    _needs(rig.no_paper)
    assert rig.no_paper is not None
    rig.no_paper()
    with pytest.raises(OutOfPaperError) as caught:
        rig.printer.print(a_ticket())
    assert caught.value.details["device"] == rig.printer.name
    assert rig.tickets() == []


def test_after_mending_the_same_printer_prints(rig: Rig) -> None:
    _needs(rig.no_paper)
    assert rig.no_paper is not None
    assert rig.mend is not None
    rig.no_paper()
    with pytest.raises(DeviceError):
        rig.printer.print(a_ticket())
    rig.mend()
    rig.printer.print(a_ticket())
    assert len(rig.tickets()) == 1


def test_a_link_cut_midway_is_a_failure_never_a_success(rig: Rig) -> None:
    _needs(rig.cut_midway)
    assert rig.cut_midway is not None
    rig.cut_midway()
    with pytest.raises(DeviceError):
        rig.printer.print(a_ticket())


@pytest.mark.parametrize(
    "printer",
    [
        EscposPrinter(TcpWire("127.0.0.1:1")),
        EscposPrinter(NodeWire(Path("/dev/no-such-printer"))),
        CupsPrinter("ipp://127.0.0.1:1/ipp/print"),
        FolderPrinter(Path("/proc/no-such-folder/papers")),
    ],
    ids=["tcp", "device-file", "ipp", "folder"],
)
def test_what_is_not_there_is_not_connected(printer: Printer) -> None:
    with pytest.raises(NotConnectedError) as caught:
        printer.check()
    assert caught.value.details["device"] == printer.name
    with pytest.raises(NotConnectedError):
        printer.print(a_ticket())


def test_a_device_file_that_stops_taking_data_does_not_hold_the_worker(tmp_path: Path) -> None:
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        EscposPrinter(NodeWire(pipe, timeout_s=0.2)).print(a_ticket())
        with pytest.raises(DeviceError):  # the pipe holds one ticket, and nobody reads
            EscposPrinter(NodeWire(pipe, timeout_s=0.2)).print(a_ticket())
    finally:
        os.close(reader)
    with pytest.raises(NotConnectedError):
        EscposPrinter(NodeWire(pipe)).print(a_ticket())
