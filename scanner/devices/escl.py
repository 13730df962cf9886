"""Network scanners without a driver: eSCL (AirScan), spoken by ourselves over HTTP."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx2

from kiosk.errors import (
    CancelledError,
    CoverOpenError,
    DeviceBusyError,
    DeviceError,
    DeviceIOError,
    DoubleFeedError,
    InputError,
    NotFoundError,
    PaperJamError,
)
from scanner.devices.escl_line import Answer, EsclLine, path_of
from scanner.devices.escl_xml import (
    FEEDER,
    PLATEN,
    Capabilities,
    Source,
    Status,
    StrangeAnswerError,
    job_request,
    nearest_dpi,
    read_capabilities,
    read_status,
)
from scanner.devices.files import pages_of
from scanner.devices.settings import DeviceInfo, ScanSettings
from scanner.devices.sheets import whole_sheets
from scanner.errors import DeviceTimeoutError, FeederEmptyError, FeederTroubleError, ScanRefusedError
from scanner.page import Page

ESCL = "escl:"
ASK_S = 15.0
SHORTEST_WAIT_S = 0.1
# States of the feeder that stop a scan (eSCL 2.97, AdfState).
BY_FEEDER: Mapping[str, type[DeviceError]] = {
    "ScannerAdfJam": PaperJamError,
    "ScannerAdfHatchOpen": CoverOpenError,
    "ScannerAdfMultipickDetected": DoubleFeedError,
    "ScannerAdfMispick": FeederTroubleError,
    "ScannerAdfDuplexPageTooShort": FeederTroubleError,
    "ScannerAdfDuplexPageTooLong": FeederTroubleError,
    "ScannerAdfInputTrayOverloaded": FeederTroubleError,
    "ScannerAdfInputTrayFailed": FeederTroubleError,
}
EMPTY = "ScannerAdfEmpty"
STARTED = (200, 201, 202)
GONE, CONFLICT, BUSY = (404, 410), 409, 503


@dataclass(frozen=True)
class _Plan:
    kind: str
    dpi: int
    duplex: bool
    body: bytes


@dataclass
class EsclCaptureDevice:
    """One scanner. base: http(s)://host[:port]/path, as `base_of` makes it from a name."""

    base: str
    settings: ScanSettings = field(default_factory=ScanSettings)
    _cancelled: threading.Event = field(default_factory=threading.Event, init=False, repr=False)

    def capture(self) -> Iterator[Page]:
        """Sides as they arrive; with a two-sided feeder, sheet by sheet. Later trouble leaves earlier ones good, and
        the next capture goes on with the sheets that are then in the feeder.

        Raises: PaperJamError, FeederEmptyError, CoverOpenError, DoubleFeedError, DeviceBusyError, CancelledError,
        NotConnectedError, DeviceTimeoutError, DeviceIOError. The job is taken back from the machine whatever happens.
        """
        self._cancelled.clear()
        with self._line() as line:
            plan = self._plan(_capabilities(line))
            yield from whole_sheets(self._sides(line, plan), duplex=plan.duplex)

    def cancel(self) -> None:
        """Stop a running capture, from any thread; it ends with CancelledError."""
        self._cancelled.set()

    def describe(self) -> DeviceInfo:
        """What the machine says about itself. Raises: DeviceError."""
        with self._line() as line:
            found = _capabilities(line)
        sources = (("glass", found.platen), ("feeder", found.feeder), ("duplex", found.duplex))
        can = tuple(word for word, source in sources if source is not None)
        return DeviceInfo(f"{ESCL}{self.base}", found.model or _host(self.base), "escl", can)

    def _line(self) -> EsclLine:
        return EsclLine(self.base, _host(self.base), self._cancelled)

    def _plan(self, found: Capabilities) -> _Plan:
        wanted = self.settings
        one_sided = found.feeder or found.duplex
        if wanted.feeder and wanted.duplex and found.duplex is not None:
            return self._planned(FEEDER, found.duplex, duplex=True)
        if (wanted.feeder or found.platen is None) and one_sided is not None:
            return self._planned(FEEDER, one_sided, duplex=False)
        return self._planned(PLATEN, found.platen or Source(), duplex=False)

    def _planned(self, kind: str, source: Source, *, duplex: bool) -> _Plan:
        dpi = nearest_dpi(source.resolutions, self.settings.dpi)
        return _Plan(kind, dpi, duplex, job_request(source, kind, self.settings, dpi, duplex=duplex))

    def _sides(self, line: EsclLine, plan: _Plan) -> Generator[Page, None, None]:
        job = self._start(line, plan)
        count, has_ended = 0, False
        try:
            while (content := self._next(line, plan, job, count)) is not None:
                count += 1
                yield from _pages(content, plan, line.device)
                if plan.kind == PLATEN:
                    return
            has_ended = True
        finally:
            if not has_ended:  # or the machine waits for us, and is busy for everybody
                line.delete(job)

    def _start(self, line: EsclLine, plan: _Plan) -> str:
        """Path of the new job; a busy machine is asked again for as long as a page may take."""
        ends = time.monotonic() + self.settings.page_timeout_s
        while (left := ends - time.monotonic()) > 0:
            answer = line.post("ScanJobs", plan.body, left)
            if answer.status in STARTED:
                return _job(answer, line)
            status = None if answer.status == BUSY else _status(line)
            if status is not None and status.state != "Processing":
                raise _refusal(status, plan, answer, line.device)
            line.wait(min(answer.retry_after_s, max(left, SHORTEST_WAIT_S)))
        raise DeviceBusyError(device=line.device)

    def _next(self, line: EsclLine, plan: _Plan, job: str, count: int) -> bytes | None:
        """The next side, or None when there is none. Raises: DeviceError."""
        ends = time.monotonic() + self.settings.page_timeout_s
        while (left := ends - time.monotonic()) > 0:
            answer = line.get_page(f"{job}/NextDocument", left)
            if answer.status == 200:
                return answer.content
            if answer.status != BUSY:
                _judge_end(_status(line), plan, job, answer, count, line.device)
                return None
            line.wait(min(answer.retry_after_s, max(left, SHORTEST_WAIT_S)))
        raise DeviceTimeoutError(device=line.device, seconds=round(self.settings.page_timeout_s))


def base_of(name: str) -> str:
    """Address from a name: "escl:http://10.0.0.5:8080/eSCL", or just "escl:10.0.0.5". Raises: NotFoundError."""
    text = name.removeprefix(ESCL)
    try:
        url = httpx2.URL(text if "://" in text else f"http://{text}/eSCL")
    except httpx2.InvalidURL:
        raise NotFoundError(what="thiết bị", key=name) from None
    if url.scheme not in ("http", "https") or not url.host or url.query or url.userinfo:
        raise NotFoundError(what="thiết bị", key=name)
    return str(url).rstrip("/")


def _pages(content: bytes, plan: _Plan, device: str) -> Iterator[Page]:
    """The side of a picture, or those of a PDF: some machines put the whole stack into one. Raises: DeviceIOError."""
    with tempfile.TemporaryDirectory(prefix="motcua-escl-") as scratch:
        file = Path(scratch) / "side"
        file.write_bytes(content)
        try:
            for page in pages_of(file, dpi=plan.dpi):
                yield replace(page, source=device)
        except InputError as e:  # a machine's broken or monstrous picture is the machine's trouble
            raise DeviceIOError(e.code, device=device) from e


def _host(base: str) -> str:
    return httpx2.URL(base).host


def _capabilities(line: EsclLine) -> Capabilities:
    """Also gives the line the machine's own name. Raises: DeviceError."""
    answer = line.get("ScannerCapabilities", ASK_S)
    if answer.status != 200:
        raise DeviceIOError(f"ScannerCapabilities {answer.status}", device=line.device)
    try:
        found = read_capabilities(answer.content)
    except StrangeAnswerError as e:
        raise DeviceIOError(str(e), device=line.device) from e
    line.device = found.model or line.device
    return found


def _status(line: EsclLine) -> Status:
    """What the machine says of itself; one that says nothing that can be understood is only unknown."""
    answer = line.get("ScannerStatus", ASK_S)
    try:
        return read_status(answer.content) if answer.status == 200 else Status()
    except StrangeAnswerError:
        return Status()


def _job(answer: Answer, line: EsclLine) -> str:
    try:
        return path_of(answer.location, line.base)
    except StrangeAnswerError as e:
        raise DeviceIOError(str(e), device=line.device) from e


def _refusal(status: Status, plan: _Plan, answer: Answer, device: str) -> DeviceError:
    """Why a job was not begun."""
    told = f"ScanJobs {answer.status}, {status.state}, {status.adf}"
    if plan.kind == FEEDER and status.adf in BY_FEEDER:
        return BY_FEEDER[status.adf](told, device=device)
    if plan.kind == FEEDER and status.adf == EMPTY:
        return FeederEmptyError(told, device=device)
    return ScanRefusedError(told, device=device)


def _judge_end(status: Status, plan: _Plan, job: str, answer: Answer, count: int, device: str) -> None:
    """No page came: the end of the stack, or trouble. Machines differ in the number they end with (404, 409, 410), so
    the feeder's state decides. Raises: DeviceError."""
    told, state = f"NextDocument {answer.status}, {status.state}, {status.adf}", status.of_job(job)
    if plan.kind == FEEDER and status.adf in BY_FEEDER:
        raise BY_FEEDER[status.adf](told, device=device)
    if state == "Canceled":
        raise CancelledError(told, device=device)
    if answer.status not in (*GONE, CONFLICT):
        raise DeviceIOError(told, device=device)
    if count and (status.adf == EMPTY or state == "Completed"):
        return
    if not count and plan.kind == FEEDER and status.adf in (EMPTY, ""):
        raise FeederEmptyError(told, device=device)
    if not count or state == "Aborted" or answer.status == CONFLICT:
        raise DeviceIOError(told, device=device)
