"""One adapter per kind of printer; `open_printers` chooses them by the settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from printing.devices.base import Health, Printer
from printing.devices.channels import NodeWire, TcpWire
from printing.devices.cups import CupsPrinter
from printing.devices.escpos import EscposPrinter
from printing.devices.folder import FolderPrinter
from printing.errors import UnknownTargetError

__all__ = ["DEFAULT_WIDTH", "Health", "Printer", "PrinterSettings", "Printers", "open_printer", "open_printers"]

TICKET, SLIP = "ticket", "slip"
DEFAULT_WIDTH = 576
RECEIPT_PRINTERS = ("escpos-tcp", "escpos-file")
KINDS = ("file", *RECEIPT_PRINTERS, "cups")


@dataclass(frozen=True)
class PrinterSettings:
    """papers: the kinds of paper that go there (a receipt printer takes tickets only). kind: of KINDS.

    address: folder ("" for the papers folder), host:port, device file, or queue. width_dots: of its head.
    """

    papers: tuple[str, ...] = (TICKET, SLIP)
    kind: str = "file"
    address: str = ""
    width_dots: int = DEFAULT_WIDTH


@dataclass(frozen=True)
class Chosen:
    printer: Printer
    width_dots: int = DEFAULT_WIDTH


Printers = Mapping[str, Chosen]
"""Kind of paper -> its printer."""


def open_printers(settings: Sequence[PrinterSettings], folder: Path) -> Printers:
    """The printer of each kind of paper: the first one that takes it, files in `folder` for what none takes.

    No device is touched. Raises: UnknownTargetError.
    """
    chosen = {kind: Chosen(FolderPrinter(folder)) for kind in (TICKET, SLIP)}
    for one in reversed(settings):
        papers = [p for p in one.papers if p == TICKET or one.kind not in RECEIPT_PRINTERS]
        chosen |= dict.fromkeys(papers, Chosen(open_printer(one, folder), one.width_dots))
    return chosen


def open_printer(settings: PrinterSettings, folder: Path) -> Printer:
    """Raises: UnknownTargetError for an unknown kind, or one that needs an address and has none."""
    if settings.kind == "file":
        return FolderPrinter(Path(settings.address) if settings.address else folder)
    if settings.kind not in KINDS or not settings.address:
        raise UnknownTargetError(target=f"{settings.kind} {settings.address}".strip(), known=", ".join(KINDS))
    if settings.kind == "cups":
        return CupsPrinter(settings.address)
    wire = TcpWire(settings.address) if settings.kind == "escpos-tcp" else NodeWire(Path(settings.address))
    return EscposPrinter(wire)
