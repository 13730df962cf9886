"""Scanners of Windows: WIA in a helper process that can be ended at any moment."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from kiosk import errors as common
from kiosk.errors import CancelledError, DeviceError, DeviceIOError
from scanner import errors
from scanner.devices.settings import DeviceInfo, ScanSettings
from scanner.devices.sheets import whole_sheets
from scanner.errors import DeviceTimeoutError
from scanner.limits import MAX_PIXELS
from scanner.page import Page

HELPER = (sys.executable, "-m", "scanner.devices.wia_helper")
ROOT = Path(__file__).resolve().parents[2]
LIST_S = 20.0
LOOK_S = 0.1
BY_CODE: Mapping[str, type[DeviceError]] = {
    e.code: e
    for e in (
        common.CancelledError,
        common.CoverOpenError,
        common.DeviceBusyError,
        common.DeviceIOError,
        common.DoubleFeedError,
        common.NotConnectedError,
        common.PaperJamError,
        errors.FeederEmptyError,
        errors.FeederTroubleError,
        errors.ScanRefusedError,
    )
}
Message = dict[str, Any]


@dataclass
class WiaCaptureDevice:
    """One WIA scanner. device_id: as Windows names it; helper: the program that talks to it."""

    device_id: str
    settings: ScanSettings = field(default_factory=ScanSettings)
    helper: Sequence[str] = HELPER
    _cancelled: threading.Event = field(default_factory=threading.Event, init=False, repr=False)

    def capture(self) -> Iterator[Page]:
        """Sides as they come, with two sides sheet by sheet.

        Raises: PaperJamError, FeederEmptyError, CoverOpenError, DoubleFeedError, DeviceBusyError, CancelledError,
        NotConnectedError, DeviceTimeoutError, DeviceIOError (also when the helper dies).
        """
        self._cancelled.clear()
        yield from whole_sheets(self._sides(), duplex=self.settings.duplex and self.settings.feeder)

    def cancel(self) -> None:
        """Stop a running capture, from any thread; it ends with CancelledError."""
        self._cancelled.set()

    def _sides(self) -> Generator[Page, None, None]:
        question = ["scan", self.device_id, json.dumps(asdict(self.settings))]
        with _answers([*self.helper, *question]) as answers:
            while True:
                message = self._next(answers)
                if message.get("end"):
                    return
                if (code := message.get("error")) is not None:
                    kind = BY_CODE.get(code, DeviceIOError)
                    raise kind(str(message.get("words", "")), device=self.device_id)
                yield Page(message["pixels"], message["dpi"], self.device_id)

    def _next(self, answers: queue.Queue[Message]) -> Message:
        ends = time.monotonic() + self.settings.page_timeout_s
        while time.monotonic() < ends:
            if self._cancelled.is_set():
                raise CancelledError(device=self.device_id)
            with suppress(queue.Empty):
                return answers.get(timeout=LOOK_S)
        raise DeviceTimeoutError(device=self.device_id, seconds=round(self.settings.page_timeout_s))


def list_wia(helper: Sequence[str] = HELPER) -> list[DeviceInfo]:
    """Scanners that Windows knows; none elsewhere, or when WIA does not answer."""
    with _answers([*helper, "list"]) as answers:
        try:
            message = answers.get(timeout=LIST_S)
        except queue.Empty:
            return []
    return [DeviceInfo(d["name"], d["label"], d["kind"], tuple(d["can"])) for d in message.get("devices", ())]


@contextmanager
def _answers(command: Sequence[str]) -> Iterator[queue.Queue[Message]]:
    """Messages of a helper that is ended on leaving. At most one side waits to be taken."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )
    answers: queue.Queue[Message] = queue.Queue(maxsize=1)
    has_left = threading.Event()
    reader = threading.Thread(target=_read, args=(process, answers, has_left), name="wia-answers", daemon=True)
    reader.start()
    try:
        yield answers
    finally:
        has_left.set()
        process.kill()
        reader.join()
        process.wait()


def _read(process: subprocess.Popen[bytes], answers: queue.Queue[Message], has_left: threading.Event) -> None:
    assert process.stdout is not None
    with process.stdout as pipe:
        while (message := _message(pipe)) is not None and _put(message, answers, has_left):
            if message.get("end") or message.get("error"):
                return
    _put({"error": DeviceIOError.code, "words": "the helper ended"}, answers, has_left)


def _message(pipe: Any) -> Message | None:
    """The next message with its side's pixels, or None when the helper ended or says nonsense."""
    try:
        message: Message = json.loads(pipe.readline(2**20))
        if "width" in message:
            width, height = int(message["width"]), int(message["height"])
            if not 0 < width * height <= MAX_PIXELS:
                return None
            content = pipe.read(width * height * 3)
            message["pixels"] = np.frombuffer(bytearray(content), np.uint8).reshape(height, width, 3)
    except (ValueError, TypeError, KeyError):
        return None
    return message


def _put(message: Message, answers: queue.Queue[Message], has_left: threading.Event) -> bool:
    """Whether somebody still listens."""
    while not has_left.is_set():
        with suppress(queue.Full):
            answers.put(message, timeout=LOOK_S)
            return True
    return False
