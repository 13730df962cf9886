"""The parent's side of `unpack`: keeps children, watches their clock, turns their messages into pages or errors."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kiosk.errors import InputError
from scanner import errors
from scanner.limits import shown_name
from scanner.page import Page

PAGE_TIMEOUT_S = 18.0
FILES_EACH = 200  # then a new child: what a decoder leaks is bounded
KEPT_IDLE = 8  # they go by themselves after a while without work
ROOT = Path(__file__).resolve().parents[2]
BY_CODE: dict[str, type[InputError]] = {
    e.code: e
    for e in (
        errors.DamagedInputError,
        errors.HeavyFileError,
        errors.LockedPdfError,
        errors.TooManyPagesError,
        errors.TooManyPixelsError,
        errors.TooSmallError,
    )
}


def unpacked(path: Path, kind: str, *, dpi: int = 0, timeout_s: float = PAGE_TIMEOUT_S) -> Iterator[Page]:
    """Pages of a file, one at a time. dpi: of a PDF's pages as drawn, and of pictures that do not say; 0 for the
    usual. timeout_s: of waiting for each page; what the caller does between two pages does not count.

    Raises: DamagedInputError, HeavyFileError, LockedPdfError, TooManyPagesError, TooManyPixelsError, TooSmallError.
    """
    name = shown_name(path)
    with _asked(path, kind, "pages", dpi) as child:
        while (head := child.next_head(name, timeout_s)) is not None:
            shape, notes = (head["height"], head["width"], 3), (head["photo"], head["key"], head["mended"])
            # Without a name for the pixels: the page is not to be held here while others work on it.
            yield Page(child.read(math.prod(shape), name, timeout_s).reshape(shape), head["dpi"], name, *notes)


def check(path: Path, kind: str, *, timeout_s: float = PAGE_TIMEOUT_S) -> int:
    """Open every page without keeping any; returns how many. Raises as `unpacked`."""
    name, count = shown_name(path), 0
    with _asked(path, kind, "check", 0) as child:
        while child.next_head(name, timeout_s) is not None:
            count += 1
    return count


@dataclass
class _Child:
    """is_free: the answer to its last question was read to the end. stop: ends it; also called when nobody holds this
    object any more, and at the end of the program."""

    process: subprocess.Popen[bytes]
    files: int = 0
    is_free: bool = True
    stop: Any = None

    @classmethod
    def started(cls) -> _Child:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
        # Threads of number libraries would reserve the memory that the child may not have.
        environment |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        process = subprocess.Popen(
            [sys.executable, "-m", "scanner.devices.unpack"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        child = cls(process)
        child.stop = weakref.finalize(child, _stop, process)
        return child

    def ask(self, question: dict[str, Any]) -> bool:
        """False when it had gone by itself meanwhile."""
        assert self.process.stdin is not None
        self.files, self.is_free = self.files + 1, False
        try:
            self.process.stdin.write(json.dumps(question).encode() + b"\n")
            self.process.stdin.flush()
        except OSError:
            return False
        return True

    def next_head(self, name: str, timeout_s: float) -> dict[str, Any] | None:
        """What is said of the next page; None at the end. Raises: the child's error; HeavyFileError when it fell silent
        or died."""
        with self._clock(timeout_s):
            line = self._pipe().readline()
        if not line.endswith(b"\n"):
            raise errors.HeavyFileError(file=name)
        message: dict[str, Any] = json.loads(line)
        if code := message.get("error"):
            self.is_free = True
            raise BY_CODE.get(code, errors.DamagedInputError)(**message["details"])
        if message.get("end"):
            self.is_free = True
            return None
        return message

    def read(self, size: int, name: str, timeout_s: float) -> np.ndarray[Any, np.dtype[np.uint8]]:
        """Exactly `size` bytes. Raises: HeavyFileError."""
        pixels = np.empty(size, np.uint8)
        with self._clock(timeout_s):
            got = self._pipe().readinto(pixels.data)
        if got != size:
            raise errors.HeavyFileError(file=name)
        return pixels

    @contextmanager
    def _clock(self, timeout_s: float) -> Iterator[None]:
        watch = threading.Timer(timeout_s, self.process.kill)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()
            watch.join()

    def _pipe(self) -> Any:
        return self.process.stdout


_idle: list[_Child] = []
_idle_lock = threading.Lock()


@contextmanager
def _asked(path: Path, kind: str, mode: str, dpi: int) -> Iterator[_Child]:
    """A child that has begun with the file. A start takes longer than most files, so it is kept when all went well."""
    question = {"kind": kind, "path": str(path.resolve()), "name": shown_name(path), "mode": mode, "dpi": dpi}
    while not (child := _taken()).ask(question):
        child.stop()
    try:
        yield child
    finally:
        with _idle_lock:
            keep = child.is_free and child.files < FILES_EACH and len(_idle) < KEPT_IDLE
            if keep:
                _idle.append(child)
        if not keep:
            child.stop()


def _taken() -> _Child:
    with _idle_lock:
        while _idle:
            child = _idle.pop()
            if child.process.poll() is None:
                return child
            child.stop()
    return _Child.started()


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):  # unsent bytes to a process that is gone
                pipe.close()
    process.wait()
