"""The parent's side of `unpack`: starts the child, watches its clock, and turns its messages into pages or errors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kiosk.errors import InputError
from scanner import errors
from scanner.page import Page

PAGE_TIMEOUT_S = 20.0
ROOT = Path(__file__).resolve().parents[2]
BY_CODE: dict[str, type[InputError]] = {
    e.code: e
    for e in (
        errors.DamagedInputError,
        errors.HeavyFileError,
        errors.LockedPdfError,
        errors.TooManyPagesError,
        errors.TooManyPixelsError,
    )
}


def unpacked(path: Path, kind: str, *, timeout_s: float = PAGE_TIMEOUT_S) -> Iterator[Page]:
    """Pages of a PDF or TIFF, one at a time. timeout_s: for each page.

    Raises: DamagedInputError, HeavyFileError, LockedPdfError, TooManyPagesError, TooManyPixelsError.
    """
    with _child(path, kind, "pages", timeout_s) as child:
        for message in child.messages():
            size = message["width"] * message["height"] * 3
            pixels = child.read(size).reshape(message["height"], message["width"], 3)
            child.has_progressed()
            yield Page(pixels, message["dpi"], path.name)


def check(path: Path, kind: str, *, timeout_s: float = PAGE_TIMEOUT_S) -> int:
    """Open every page without keeping any; returns how many. Raises as `unpacked`."""
    with _child(path, kind, "check", timeout_s) as child:
        count = 0
        for _ in child.messages():
            child.has_progressed()
            count += 1
        return count


@dataclass
class _Child:
    process: subprocess.Popen[bytes]
    name: str
    timeout_s: float
    watch: threading.Timer | None = None

    def messages(self) -> Iterator[dict[str, Any]]:
        """Page messages until the end. Raises: the child's error; HeavyFileError when it fell silent or died."""
        while True:
            line = self._pipe().readline()
            if not line.endswith(b"\n"):
                raise errors.HeavyFileError(file=self.name)
            message = json.loads(line)
            if message.get("end"):
                return
            if code := message.get("error"):
                raise BY_CODE.get(code, errors.DamagedInputError)(**message["details"])
            yield message

    def read(self, size: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
        """Exactly `size` bytes. Raises: HeavyFileError."""
        content = self._pipe().read(size)
        if len(content) != size:
            raise errors.HeavyFileError(file=self.name)
        return np.frombuffer(bytearray(content), np.uint8)

    def has_progressed(self) -> None:
        """Give the child its full time again."""
        if self.watch is not None:
            self.watch.cancel()
        self.watch = threading.Timer(self.timeout_s, self.process.kill)
        self.watch.daemon = True
        self.watch.start()

    def stop(self) -> None:
        if self.watch is not None:
            self.watch.cancel()
            self.watch.join()
        self.process.kill()
        self._pipe().close()
        self.process.wait()

    def _pipe(self) -> Any:
        return self.process.stdout


@contextmanager
def _child(path: Path, kind: str, mode: str, timeout_s: float) -> Iterator[_Child]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    # Threads of number libraries would reserve the memory that the child may not have.
    environment |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "scanner.devices.unpack", kind, str(path.resolve()), mode],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    child = _Child(process, path.name, timeout_s)
    child.has_progressed()
    try:
        yield child
    finally:
        child.stop()
