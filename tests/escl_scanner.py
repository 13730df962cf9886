"""A scripted eSCL scanner on the loopback interface: does what it is told, mischief included.

sane-airscan, which is not ours, reads it too (tests/integration/test_scanner_airscan.py), so that it is more than our
own opinion of the protocol.
"""

from __future__ import annotations

import re
import sys
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

from PIL import Image

from scanner.page import Page, jpeg_bytes

ESCL = "http://schemas.hp.com/imaging/escl/2011/05/03"
PWG = "http://www.pwg.org/schemas/2010/12/sm"
NAMESPACES = f"xmlns:pwg='{PWG}' xmlns:scan='{ESCL}'"
FEEDER_STATES = {
    "jam": "ScannerAdfJam",
    "cover": "ScannerAdfHatchOpen",
    "double": "ScannerAdfMultipickDetected",
    "mispick": "ScannerAdfMispick",
    "short": "ScannerAdfDuplexPageTooShort",
    "overloaded": "ScannerAdfInputTrayOverloaded",
}
# What may lie in the feeder beside pages:
#   a key of FEEDER_STATES: that trouble · "cancel": somebody pressed the machine's own button · "drop": the connection
#   is cut in the middle of the next picture · "torn": half a picture that calls itself whole · "mute": no answer
#   while `answering` is clear · "error": HTTP 500 · "flood": an answer that does not end · "bomb": a small file of very
#   many pixels · ("busy", n): 503, n times
Step = Page | str | tuple[str, int]


@dataclass
class Job:
    source: str
    request: str
    count: int = 0
    state: str = "Processing"


@dataclass
class EsclScanner:
    """feeder: what comes, in order; glass: the sheet on it. location: host that the job's address names; end: the HTTP
    status after the last sheet; ended_state: state of a job that came to its end. pdf_sheets: knows PDF only, and puts
    so many sheets into one; 0 for JPEG."""

    feeder: list[Step] = field(default_factory=list)
    glass: Page | None = None
    location: str = ""
    end: int = 404
    ended_state: str = "Completed"
    busy_starts: int = 0
    retry_after: str = "0"
    has_duplex: bool = True
    has_glass: bool = True
    pdf_sheets: int = 0
    resolutions: Sequence[int] = (100, 150, 200, 300, 600)
    capabilities: bytes | None = None
    name: str = "Máy quét mô phỏng"
    state: str = "Idle"
    adf: str = ""
    jobs: dict[str, Job] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    answering: threading.Event = field(default_factory=threading.Event)
    asked: threading.Event = field(default_factory=threading.Event)

    def feeder_state(self) -> str:
        return self.adf or ("ScannerAdfLoaded" if self.feeder else "ScannerAdfEmpty")

    def load(self, steps: Sequence[Step]) -> None:
        """Somebody cleared the trouble and put paper in."""
        with self.lock:
            self.feeder, self.adf = list(steps), ""

    def running(self) -> list[str]:
        return [key for key, job in self.jobs.items() if job.state == "Processing"]


@contextmanager
def serving(scanner: EsclScanner) -> Iterator[str]:
    """The scanner's address while it is switched on."""

    class Handler(_Handler):
        machine = scanner

    server = _Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/eSCL"
    finally:
        scanner.answering.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Who was cancelled hangs up; anything else is a fault of the script."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    machine: EsclScanner
    protocol_version = "HTTP/1.1"
    timeout = 20

    def log_message(self, format: str, *args: object) -> None:
        """Tests read the scanner's fields, not a log."""

    def answer(self, status: int, body: bytes = b"", kind: str = "text/xml", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", kind)
        # A keep-alive thread would outlive the test.
        self.send_header("Connection", "close")
        self.close_connection = True
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        machine = self.machine
        if self.path.endswith("/ScannerCapabilities"):
            self.answer(200, machine.capabilities or _capabilities(machine))
        elif self.path.endswith("/ScannerStatus"):
            self.answer(200, _status(machine))
        elif self.path.endswith("/NextDocument"):
            self.next_page(self.path.split("/")[-2])
        else:
            self.answer(404)

    def do_POST(self) -> None:
        machine = self.machine
        request = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        source = _asked(request, "InputSource", "Platen")
        if machine.busy_starts:
            machine.busy_starts -= 1
            return self.answer(503, Retry_After=machine.retry_after)
        if source == "Feeder" and not machine.feeder:
            return self.answer(409)
        key = str(uuid.uuid4())
        machine.jobs[key] = Job(source, request)
        host = machine.location or f"http://{self.headers['Host']}"
        return self.answer(201, Location=f"{host}/eSCL/ScanJobs/{key}")

    def do_DELETE(self) -> None:
        key = self.path.rstrip("/").split("/")[-1]
        job = self.machine.jobs.get(key)
        if job is not None:
            job.state = "Canceled"
            self.machine.deleted.append(key)
        self.answer(200 if job else 404)

    def next_page(self, key: str) -> None:
        machine = self.machine
        job = machine.jobs.get(key)
        machine.asked.set()
        if job is None or job.state != "Processing":
            return self.answer(404)
        with machine.lock:
            step = self.take(job)
        if step is None:
            job.state = machine.ended_state
            return self.answer(machine.end)
        if isinstance(step, Page) and machine.pdf_sheets:
            return self.answer(200, self.pdf(step, job), "application/pdf")
        if isinstance(step, Page):
            job.count += 1
            return self.answer(200, _picture(step, job), "image/jpeg")
        return self.mischief(step, job)

    def pdf(self, first: Page, job: Job) -> bytes:
        """It, and the sheets behind it that go into the same file."""
        machine, sheets = self.machine, [first]
        while job.source == "Feeder" and len(sheets) < machine.pdf_sheets and machine.feeder:
            sheet = machine.feeder.pop(0)
            assert isinstance(sheet, Page)
            sheets.append(sheet)
        job.count += len(sheets)
        pictures = [Image.open(BytesIO(_picture(sheet, job))) for sheet in sheets]
        dpi, out = int(_asked(job.request, "XResolution", "300")), BytesIO()
        pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=dpi)
        return out.getvalue()

    def take(self, job: Job) -> Step | None:
        machine = self.machine
        if job.source == "Platen":
            return machine.glass if job.count == 0 else None
        return machine.feeder.pop(0) if machine.feeder else None

    def mischief(self, step: str | tuple[str, int], job: Job) -> None:
        machine = self.machine
        if isinstance(step, tuple):
            if step[1] > 1:
                machine.feeder.insert(0, (step[0], step[1] - 1))
            return self.answer(503, Retry_After=machine.retry_after)
        if step in FEEDER_STATES:
            machine.adf, job.state = FEEDER_STATES[step], "Aborted"
            return self.answer(409)
        if step == "cancel":
            job.state = "Canceled"
            return self.answer(404)
        if step == "error":
            return self.answer(500)
        if step == "mute":
            machine.answering.wait(20)
            return self.answer(404)
        if step == "flood":
            return self.flood()
        if step == "bomb":
            return self.answer(200, _bomb(), "image/png")
        return self.half(_picture(machine.feeder.pop(0), job), calls_itself_whole=step == "torn")

    def half(self, picture: bytes, *, calls_itself_whole: bool) -> None:
        if calls_itself_whole:
            return self.answer(200, picture[: len(picture) // 2], "image/jpeg")
        self.send_response(200)
        self.send_header("Content-Length", str(len(picture)))
        self.end_headers()
        self.wfile.write(picture[: len(picture) // 2])
        self.wfile.flush()
        self.close_connection = True
        return None

    def flood(self) -> None:
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        block = b"\xff\xd8\xff" + b"\0" * 2**20
        try:
            for _ in range(400):
                self.wfile.write(block)
        except OSError:
            return


def _bomb() -> bytes:
    """A few KB that would be gigabytes of pixels."""
    out = BytesIO()
    Image.new("1", (12000, 12000)).save(out, "PNG")
    return out.getvalue()


def _asked(request: str, name: str, usual: str) -> str:
    found = re.search(rf"<[^>]*:?{name}>([^<]*)<", request)
    return found.group(1) if found else usual


def _picture(step: Step, job: Job) -> bytes:
    """The sheet at the size and resolution asked for, without a word on its resolution, as cheap machines do."""
    import cv2

    assert isinstance(step, Page)
    dpi = int(_asked(job.request, "XResolution", "300"))
    size = tuple(int(_asked(job.request, side, "2480")) * dpi // 300 for side in ("Width", "Height"))
    pixels = cv2.resize(step.pixels, size, interpolation=cv2.INTER_AREA)
    if "Gray" in _asked(job.request, "ColorMode", "RGB24"):
        pixels = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    return jpeg_bytes(pixels, 85)  # type: ignore[arg-type]


def _capabilities(machine: EsclScanner) -> bytes:
    resolutions = "".join(
        f"<scan:DiscreteResolution><scan:XResolution>{r}</scan:XResolution><scan:YResolution>{r}</scan:YResolution>"
        "</scan:DiscreteResolution>"
        for r in machine.resolutions
    )
    kind = "application/pdf" if machine.pdf_sheets else "image/jpeg"
    profile = (
        "<scan:SettingProfiles><scan:SettingProfile><scan:ColorModes><scan:ColorMode>Grayscale8</scan:ColorMode>"
        "<scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes><scan:DocumentFormats>"
        f"<pwg:DocumentFormat>{kind}</pwg:DocumentFormat><scan:DocumentFormatExt>{kind}</scan:DocumentFormatExt>"
        "</scan:DocumentFormats><scan:SupportedResolutions><scan:DiscreteResolutions>"
        f"{resolutions}</scan:DiscreteResolutions></scan:SupportedResolutions></scan:SettingProfile>"
        "</scan:SettingProfiles>"
    )
    caps = (
        "<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>2550</scan:MaxWidth><scan:MinHeight>16</scan:MinHeight>"
        f"<scan:MaxHeight>4200</scan:MaxHeight><scan:MaxScanRegions>1</scan:MaxScanRegions>{profile}"
        "<scan:SupportedIntents><scan:Intent>Document</scan:Intent></scan:SupportedIntents>"
    )
    glass = f"<scan:Platen><scan:PlatenInputCaps>{caps}</scan:PlatenInputCaps></scan:Platen>"
    duplex = f"<scan:AdfDuplexInputCaps>{caps}</scan:AdfDuplexInputCaps>"
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<scan:ScannerCapabilities {NAMESPACES}>"
        f"<pwg:Version>2.63</pwg:Version><pwg:MakeAndModel>{machine.name}</pwg:MakeAndModel>"
        "<pwg:SerialNumber>SIM1</pwg:SerialNumber>"
        f"<scan:UUID>{uuid.uuid5(uuid.NAMESPACE_DNS, 'sim')}</scan:UUID>{glass if machine.has_glass else ''}"
        f"<scan:Adf><scan:AdfSimplexInputCaps>{caps}</scan:AdfSimplexInputCaps>{duplex if machine.has_duplex else ''}"
        "<scan:FeederCapacity>50</scan:FeederCapacity></scan:Adf></scan:ScannerCapabilities>"
    ).encode()


def _status(machine: EsclScanner) -> bytes:
    jobs = "".join(
        f"<scan:JobInfo><pwg:JobUri>/eSCL/ScanJobs/{key}</pwg:JobUri><pwg:JobUuid>{key}</pwg:JobUuid>"
        f"<scan:Age>0</scan:Age><pwg:ImagesCompleted>{job.count}</pwg:ImagesCompleted>"
        f"<pwg:JobState>{job.state}</pwg:JobState></scan:JobInfo>"
        for key, job in list(machine.jobs.items())
    )
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<scan:ScannerStatus {NAMESPACES}><pwg:Version>2.63</pwg:Version>"
        f"<pwg:State>{machine.state}</pwg:State><scan:AdfState>{machine.feeder_state()}</scan:AdfState>"
        f"<scan:Jobs>{jobs}</scan:Jobs></scan:ScannerStatus>"
    ).encode()
