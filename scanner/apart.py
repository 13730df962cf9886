"""Pages read in a process of their own: whatever a picture does to a library, only that process falls over it.

The worker's own process also prints and talks to the province; it must not go down with one page.
"""

from __future__ import annotations

import sys
import time
import traceback
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Protocol

import cv2
import psutil

from kiosk.errors import KioskError
from kiosk.services.jobs import BugInJobError
from scanner.errors import HeavyFileError, OcrError
from scanner.ocr import OcrEngine
from scanner.pipeline import ReadPage
from scanner.reader import PageReader, Way

MEMORY_BYTES = 1536 * 2**20  # of addresses; a large page fills less than two thirds of it
PAGE_TIMEOUT_S = 150.0  # recognition gives up by itself long before
PAGES_EACH = 2000  # then a new process: what a library leaks is bounded
IDLE_S = 60.0
CV_NO_MEMORY = -4
NICE = 10

Question = tuple[bytes, str, int, Way]


class LostReaderError(OcrError):
    """The reading process ended in the middle of a page: the page's doing, or that of whoever needed the memory."""

    code = "ocr.lost"


class Reader(Protocol):
    def read(self, content: bytes, source: str, dpi: int, way: Way = Way.WHOLE) -> ReadPage:
        """Raises: OcrError, InputError; BugInJobError where it may run in a process of its own."""

    def rest(self) -> None:
        """Called while there is nothing to read."""


@dataclass
class ReaderApart:
    """For one thread. make_engine: called in the child, so it must be importable there; None for the usual engine;
    gently: whatever else this machine does goes first."""

    make_engine: Callable[[], OcrEngine] | None = None
    timeout_s: float = PAGE_TIMEOUT_S
    clock: Callable[[], float] = time.monotonic
    gently: bool = False
    _child: BaseProcess | None = field(default=None, init=False, repr=False)
    _line: Connection | None = field(default=None, init=False, repr=False)
    _end: Callable[[], object] | None = field(default=None, init=False, repr=False)
    _pages: int = field(default=0, init=False)
    _used_at: float = field(default=0.0, init=False)

    def read(self, content: bytes, source: str, dpi: int, way: Way = Way.WHOLE) -> ReadPage:
        """Raises: OcrError, InputError; LostReaderError when the process fell over or took too long; BugInJobError."""
        if self._pages >= PAGES_EACH or self._child is None or not self._child.is_alive():
            self.stop()
        line = self._line or self._started()
        self._pages += 1
        try:
            line.send((content, source, dpi, way))
            if not line.poll(self.timeout_s):
                raise EOFError
            answer = line.recv()
        except (EOFError, OSError) as e:
            self.stop()
            raise LostReaderError(device=source) from e
        self._used_at = self.clock()
        if isinstance(answer, KioskError):
            raise answer
        assert isinstance(answer, ReadPage)
        return answer

    def rest(self) -> None:
        """Give its memory back after a minute without work."""
        if self._child is not None and self.clock() - self._used_at > IDLE_S:
            self.stop()

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child is not None else None

    def stop(self) -> None:
        """End the process; also done when nobody holds this object any more."""
        if self._end is not None:
            self._end()
        self._child, self._line, self._end, self._pages = None, None, None, 0

    def _started(self) -> Connection:
        # spawn: a forked copy of a process with threads may hang.
        context = get_context("spawn")
        line, far = context.Pipe()
        child = context.Process(target=serve, args=(far, self.make_engine, self.gently), daemon=True)
        child.start()
        far.close()
        self._child, self._line = child, line
        self._end = weakref.finalize(self, _stop, child, line)
        return line


def _stop(child: BaseProcess, line: Connection) -> None:
    line.close()
    child.kill()
    child.join()
    child.close()


def serve(line: Connection, make_engine: Callable[[], OcrEngine] | None, gently: bool = False) -> None:
    """The child: one page after the other until the line is closed."""
    _limit_self()
    if gently:
        _stand_back()
    reader = PageReader(make_engine()) if make_engine is not None else PageReader()
    while True:
        try:
            question: Question = line.recv()
        except EOFError:
            return
        line.send(_answer(reader, question))


def _answer(reader: PageReader, question: Question) -> ReadPage | KioskError:
    content, source, dpi, way = question
    try:
        return reader.read(content, source, dpi, way)
    except KioskError as e:
        return e
    except MemoryError:
        return HeavyFileError(file=source)
    except cv2.error as e:
        return HeavyFileError(file=source) if getattr(e, "code", 0) == CV_NO_MEMORY else _bug(e)
    except Exception as e:  # noqa: BLE001 - the end of a worker: the process is still good for other pages
        return _bug(e)


def _bug(error: Exception) -> BugInJobError:
    traceback.print_exception(error)  # on stderr, where the log is
    return BugInJobError(kind=type(error).__name__)


def _limit_self() -> None:
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _stand_back() -> None:
    """A desk on the same machine answers its keys while pages are read."""
    psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if sys.platform == "win32" else NICE)
