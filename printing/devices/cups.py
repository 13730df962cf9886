"""Office printers: a CUPS queue, or a printer that speaks IPP itself. Only the job state "completed" is success."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import NoReturn
from urllib.parse import quote

from reportlab.lib.units import inch
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from kiosk.errors import CoverOpenError, DeviceError, DeviceIOError, NotConnectedError, OutOfPaperError, PaperJamError
from printing.devices.base import Health
from printing.devices.ipp import Attributes, IppClient, IppError
from printing.errors import PrinterPausedError, PrintRefusedError, PrintUnconfirmedError
from printing.paper import Paper, TicketSheet

A5 = "iso_a5_148x210mm"
STOPPED = 5  # printer-state
CANCELED, ABORTED, COMPLETED = 7, 8, 9  # job-state
NOT_FOUND, NOT_ACCEPTING, BUSY = 0x0406, 0x0506, 0x0507

# Beginning of a printer-state-reason -> who must do what; the first that fits.
CAUSES: tuple[tuple[str, type[DeviceError]], ...] = (
    ("media-empty", OutOfPaperError),
    ("media-needed", OutOfPaperError),
    ("media-jam", PaperJamError),
    ("cover-open", CoverOpenError),
    ("door-open", CoverOpenError),
    ("interlock-open", CoverOpenError),
    ("offline", NotConnectedError),
    ("shutdown", NotConnectedError),
    ("timed-out", NotConnectedError),
    ("connecting-to-device", NotConnectedError),
)


def queue_uri(address: str) -> str:
    """A queue's name on this machine, or a whole ipp:// address, as one address."""
    return address if "://" in address else f"ipp://localhost:631/printers/{quote(address)}"


@dataclass(frozen=True)
class CupsPrinter:
    """address: name of a queue on this machine, or ipp://host:port/path. timeout_s: patience with one job."""

    address: str
    timeout_s: float = 45.0
    poll_s: float = 0.25

    @property
    def name(self) -> str:
        return self.address

    @property
    def _client(self) -> IppClient:
        return IppClient(queue_uri(self.address))

    def check(self) -> Health:
        self._ready()
        return Health.READY

    def print(self, paper: Paper) -> str:
        printer = self._ready()
        pdf, media = (ticket_pdf(paper), "") if isinstance(paper, TicketSheet) else (paper.pdf, A5)
        supported = printer.get("media-supported", ())
        if supported and media not in supported:
            media = ""  # asked for, it would be cancelled; left out, it comes on what paper there is
        try:
            self._submit(pdf, paper.title, media)
        except PrintRefusedError:
            if not media:
                raise
            # Some claim A5 and then cancel it ("cannot print with supplied options"), for no reason a program can read.
            self._submit(pdf, paper.title, "")
        return self.name

    def _submit(self, pdf: bytes, title: str, media: str) -> None:
        try:
            job = self._client.print_pdf(pdf, title, media)
        except IppError as refused:
            self._give_up(refused)
        except OSError as cut:  # the printer was there a moment ago: the job may be in, the answer was lost
            raise DeviceIOError(device=self.name) from cut
        self._await(job)

    def _ready(self) -> Attributes:
        """Raises: PrinterPausedError, or what its reasons name, when it stands still. Reasons alone do not count:
        CUPS keeps the last job's until the next one."""
        try:
            printer = self._client.printer()
        except (OSError, IppError) as problem:
            self._give_up(problem)
        if _first(printer, "printer-state") == STOPPED or _first(printer, "printer-is-accepting-jobs") is False:
            raise self._cause(printer) or PrinterPausedError(device=self.name, reason=_words(printer))
        return printer

    def _await(self, job: int) -> None:
        """Raises: DeviceError unless the job is completed in time; a job that is late is taken back."""
        until = time.monotonic() + self.timeout_s
        while True:
            state = self._state(job)
            if state == COMPLETED:
                return
            if state in (CANCELED, ABORTED):
                self._explain(job)
            if time.monotonic() > until:
                self._take_back(job)
                return
            time.sleep(self.poll_s)

    def _state(self, job: int) -> object:
        """None while nobody answers: a line that blinks must not print the paper twice."""
        try:
            return _first(self._client.job(job), "job-state")
        except (OSError, IppError):
            return None

    def _take_back(self, job: int) -> None:
        """It must not come out later beside its repetition. Raises: DeviceError unless it got through after all."""
        with suppress(OSError, IppError):
            self._client.cancel(job)
        if self._state(job) == COMPLETED:
            return
        trouble = None
        with suppress(OSError, IppError):
            trouble = self._cause(self._client.printer())
        raise trouble or PrintUnconfirmedError(device=self.name, seconds=round(self.timeout_s))

    def _explain(self, job: int) -> NoReturn:
        try:
            printer, attributes = self._client.printer(), self._client.job(job)
        except (OSError, IppError) as problem:
            raise DeviceIOError(device=self.name) from problem
        reason = str(_first(attributes, "job-printer-state-message") or _first(attributes, "job-state-message") or "")
        raise self._cause(printer) or PrintRefusedError(device=self.name, reason=reason or _words(printer))

    def _cause(self, printer: Attributes) -> DeviceError | None:
        reasons = [str(r) for r in printer.get("printer-state-reasons", ())]
        for beginning, error in CAUSES:
            if any(r.startswith(beginning) for r in reasons):
                return error(device=self.name)
        return None

    def _give_up(self, problem: Exception) -> NoReturn:
        """Nothing was printed."""
        if isinstance(problem, IppError) and problem.status in (NOT_ACCEPTING, BUSY):
            raise PrinterPausedError(device=self.name, reason=str(problem)) from problem
        if isinstance(problem, IppError) and problem.status != NOT_FOUND:
            raise PrintRefusedError(device=self.name, reason=str(problem)) from problem
        raise NotConnectedError(device=self.name) from problem


def ticket_pdf(sheet: TicketSheet) -> bytes:
    """A ticket as a PDF page of its own size, for an office printer that must stand in for a receipt printer."""
    width, height = (dots / 203 * inch for dots in sheet.image.size)
    out = BytesIO()
    canvas = Canvas(out, pagesize=(width, height), invariant=1)
    canvas.setTitle(sheet.title)
    canvas.drawImage(ImageReader(sheet.image.convert("L")), 0, 0, width, height)
    canvas.save()
    return out.getvalue()


def _first(attributes: Attributes, name: str) -> object:
    return next(iter(attributes.get(name, ())), None)


def _words(printer: Attributes) -> str:
    return str(
        _first(printer, "printer-state-message") or ", ".join(map(str, printer.get("printer-state-reasons", ())))
    )
