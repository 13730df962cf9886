"""Scanners through SANE: `scanimage` in its own process, so that a driver's crash is only a failed scan."""

from __future__ import annotations

import queue
import subprocess
import tempfile
import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import cv2

from kiosk.errors import CancelledError, DeviceError, DeviceIOError
from scanner.devices.sane_setup import (
    NO_DOCS,
    PACKAGE,
    PROGRAM,
    abilities,
    arguments,
    choose_source,
    failure,
    is_feeder,
    private_environment,
    query,
)
from scanner.devices.settings import DeviceInfo, ScanSettings
from scanner.devices.sheets import whole_sheets
from scanner.errors import DeviceTimeoutError, NoScanProgramError
from scanner.page import Page, as_pixels

STOP_S = 3.0


@dataclass
class SaneCaptureDevice:
    """One SANE device. name: as `scanimage -L` gives it; backends: SANE drivers to load, () for the system's list.

    configuration: file name -> text of drivers' settings, instead of the system's.
    """

    name: str
    settings: ScanSettings = field(default_factory=ScanSettings)
    backends: Sequence[str] = ()
    program: str = PROGRAM
    configuration: Mapping[str, str] = field(default_factory=dict)
    _cancelled: threading.Event = field(default_factory=threading.Event, init=False, repr=False)

    def capture(self) -> Iterator[Page]:
        """Sides as their files are complete, with two sides sheet by sheet; a jam later on leaves earlier ones good.

        Raises: PaperJamError, FeederEmptyError (not one sheet), CoverOpenError, DeviceBusyError, CancelledError,
        NotConnectedError, DeviceTimeoutError, DeviceIOError, NoScanProgramError.
        """
        self._cancelled.clear()
        with tempfile.TemporaryDirectory(prefix="motcua-scan-") as scratch:
            folder = Path(scratch)
            environment = private_environment(folder, self.backends, self.configuration)
            options = query(self.program, ["-d", self.name, "-A"], environment, self.name)
            command = [self.program, "-d", self.name, "--format=pnm", f"--batch={folder}/p%d.pnm", "--batch-print"]
            command += arguments(options, self.settings)
            if not is_feeder(choose_source(options, self.settings)):
                command.append("--batch-count=1")
            duplex = self.settings.duplex and "duplex" in choose_source(options, self.settings).lower()
            yield from whole_sheets(self._run(command, environment, folder), duplex=duplex)

    def cancel(self) -> None:
        """Stop a running capture, from any thread; it ends with CancelledError."""
        self._cancelled.set()

    def _run(self, command: Sequence[str], environment: dict[str, str], folder: Path) -> Generator[Page, None, None]:
        errors_file = folder / "stderr"
        try:
            with errors_file.open("wb") as errors:
                process = subprocess.Popen(
                    command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, env=environment
                )
        except FileNotFoundError:
            raise NoScanProgramError(device=self.name, package=PACKAGE) from None
        count = 0
        try:
            for line in self._lines(process):
                yield self._page(Path(line))
                count += 1
        finally:
            _stop(process)
        status = process.returncode
        # Some versions end with 0 although the feeder was empty: not one side is never a success.
        if not count or (status and status != NO_DOCS):
            raise failure(status, errors_file.read_text("utf-8", "replace"), self.name)

    def _lines(self, process: subprocess.Popen[bytes]) -> Iterator[str]:
        """File names as scanimage prints them. Raises: CancelledError, once the sheets that were already through the
        machine are given; DeviceTimeoutError."""
        lines: queue.Queue[str | None] = queue.Queue()
        reader = threading.Thread(target=_read_lines, args=(process, lines), name="scanimage-lines", daemon=True)
        reader.start()
        try:
            while not self._cancelled.is_set():
                line = self._next(lines)
                if line is None:
                    process.wait(STOP_S)
                    return
                if line:
                    yield line
            _stop(process)
            yield from filter(None, iter(lines.get, None))
            raise CancelledError(device=self.name)
        except subprocess.TimeoutExpired:
            raise DeviceTimeoutError(device=self.name, seconds=round(STOP_S)) from None
        finally:
            _stop(process)
            reader.join()

    def _next(self, lines: queue.Queue[str | None]) -> str | None:
        """The next line, "" when somebody cancelled, None at the end. Raises: DeviceTimeoutError."""
        ends = time.monotonic() + self.settings.page_timeout_s
        while time.monotonic() < ends:
            if self._cancelled.is_set():
                return ""
            with suppress(queue.Empty):
                return lines.get(timeout=0.1)
        raise DeviceTimeoutError(device=self.name, seconds=round(self.settings.page_timeout_s))

    def _page(self, path: Path) -> Page:
        pixels = cv2.imread(str(path), cv2.IMREAD_COLOR)
        path.unlink(missing_ok=True)
        if pixels is None:
            raise DeviceIOError(device=self.name)
        return Page(as_pixels(pixels), self.settings.dpi, self.name)


def list_sane(backends: Sequence[str] = (), program: str = PROGRAM) -> list[DeviceInfo]:
    """Scanners that SANE finds, with what each can do. Raises: NoScanProgramError, DeviceTimeoutError."""
    found = []
    with tempfile.TemporaryDirectory(prefix="motcua-scan-") as scratch:
        environment = private_environment(Path(scratch), backends)
        for row in query(program, ["-f", "%d|%v|%m|%t%n"], environment, program).splitlines():
            name, _, rest = row.partition("|")
            if rest:
                can: tuple[str, ...] = ()
                with suppress(DeviceError):  # one in use by somebody else is listed all the same
                    can = abilities(query(program, ["-d", name, "-A"], environment, name))
                found.append(DeviceInfo(name, " ".join(rest.split("|")).strip(), "sane", can))
    return found


def _read_lines(process: subprocess.Popen[bytes], lines: queue.Queue[str | None]) -> None:
    assert process.stdout is not None
    with process.stdout:
        for raw in process.stdout:
            if text := raw.decode("utf-8", "replace").strip():
                lines.put(text)
    lines.put(None)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask politely, so that the device parks; then insist."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
