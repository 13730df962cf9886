"""Tesseract's library kept loaded in a process of its own: no start, no picture file, no second copy of the model.

The reference engine (`scanner.ocr.TesseractEngine`) starts a program for each page. This one asks the same engine and
the same language data, and needs about half the time. A crash or a hang costs its process and one page's patience.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import weakref
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from scanner.errors import MissingEngineError, MissingLanguageError, OcrError, OcrTimeoutError
from scanner.loaded_child import LIBRARY
from scanner.ocr import AUTO, NAME, PACKAGE, OcrEngine, TesseractEngine, Word, words_of
from scanner.page import Pixels

ROOT = Path(__file__).resolve().parents[1]
SHARE = Path("/usr/share")
SURE_TURN = 0.5
LATIN = "eng"
HEADING = "\n"  # the library's table comes without one


def usual_engine(lang: str = "vie") -> OcrEngine:
    """The fastest engine of this machine: the library where its wheel is installed, with the reference in reserve."""
    reference = TesseractEngine(lang)
    return Reserved(LoadedTesseract(lang), reference) if find_spec(LIBRARY) else reference


def line_engine() -> LoadedTesseract | TesseractEngine:
    """For lines of Latin capitals and figures; Debian installs its language with the program itself."""
    return LoadedTesseract(LATIN) if find_spec(LIBRARY) else TesseractEngine(LATIN)


def data_dirs() -> list[Path]:
    """Where language data may lie: TESSDATA_PREFIX, Debian's place, the others' place."""
    named = os.environ.get("TESSDATA_PREFIX")
    found = sorted((SHARE / "tesseract-ocr").glob("*/tessdata"), reverse=True)
    return [*([Path(named)] if named else []), *found, SHARE / "tessdata"]


@dataclass
class Reserved:
    """first: asked first; reserve: asked where the first is missing or fell over, not where it took too long."""

    first: OcrEngine
    reserve: OcrEngine

    def recognise(self, pixels: Pixels, dpi: int, mode: int = AUTO) -> list[Word]:
        try:
            return self.first.recognise(pixels, dpi, mode)
        except (OcrTimeoutError, MissingLanguageError):
            raise
        except OcrError:
            return self.reserve.recognise(pixels, dpi, mode)

    def turn_of(self, pixels: Pixels, dpi: int) -> int | None:
        return self.first.turn_of(pixels, dpi)


@dataclass
class LoadedTesseract:
    """One child process, started with the first page; not to be shared between threads.

    timeout_s: for a page; data_dir: folder of NAME.traineddata files, "" for the system's.
    """

    lang: str = "vie"
    timeout_s: float = 40.0
    data_dir: str = ""
    _child: _Child | None = field(default=None, repr=False)

    def recognise(self, pixels: Pixels, dpi: int, mode: int = AUTO) -> list[Word]:
        answer, table = self._asked(pixels, do="words", dpi=dpi, mode=mode)
        if "size" not in answer:
            raise OcrError(device=NAME)
        return words_of(HEADING + table.decode())

    def line(self, pixels: Pixels, dpi: int, letters: str) -> str:
        """One line, of these letters only. Raises: OcrError."""
        answer, text = self._asked(pixels, do="line", dpi=dpi, letters=letters)
        if "size" not in answer:
            raise OcrError(device=NAME)
        return text.decode()

    def turn_of(self, pixels: Pixels, dpi: int) -> int | None:
        try:
            answer, _ = self._asked(pixels, do="turn", dpi=dpi)
        except OcrError:
            return None
        return int(answer["turn"]) if answer.get("trust", 0) > SURE_TURN else None

    def _asked(self, pixels: Pixels, **question: Any) -> tuple[dict[str, Any], bytes]:
        height, width = pixels.shape
        if self._child is None:
            self._child = _Child.started(self._folder(), self.lang, self.timeout_s)
        try:
            body = json.dumps({**question, "width": width, "height": height}).encode() + b"\n"
            return self._child.ask(body, np.ascontiguousarray(pixels).tobytes())
        except OcrError:
            self._child.stop()  # whatever state it is in, the next page gets a new one
            self._child = None
            raise

    def _folder(self) -> str:
        """Raises: MissingLanguageError."""
        folders = [Path(self.data_dir)] if self.data_dir else data_dirs()
        for folder in folders:
            if (folder / f"{self.lang}.traineddata").is_file():
                return str(folder)
        raise MissingLanguageError(device=NAME, lang=self.lang, package=f"{PACKAGE}-{self.lang}")


@dataclass
class _Child:
    """The process and its clock. stop: ends it; also called when nobody holds this object any more."""

    process: subprocess.Popen[bytes]
    timeout_s: float
    stop: Any = None

    @classmethod
    def started(cls, folder: str, lang: str, timeout_s: float) -> _Child:
        """Raises: MissingEngineError where the library does not load, OcrError."""
        paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
        process = subprocess.Popen(
            [sys.executable, "-m", "scanner.loaded_child", folder, lang],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
        )
        child = cls(process, timeout_s)
        child.stop = weakref.finalize(child, _stop, process)
        answer, _ = child.ask(b"", b"")
        if "ready" not in answer:
            child.stop()
            raise MissingEngineError(device=NAME, package=LIBRARY)
        return child

    def ask(self, body: bytes, pixels: bytes) -> tuple[dict[str, Any], bytes]:
        """The answer and what follows it. Raises: OcrTimeoutError, OcrError when the process ended."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        is_late = threading.Event()
        watch = threading.Timer(self.timeout_s, self._kill, [is_late])
        watch.daemon = True
        watch.start()
        try:
            self.process.stdin.write(body + pixels)
            self.process.stdin.flush()
            line = self.process.stdout.readline()
            answer = json.loads(line) if line.endswith(b"\n") else {}
            content = self.process.stdout.read(answer.get("size", 0))
        except OSError:
            answer, content = {}, b""
        finally:
            watch.cancel()
            watch.join()
        if is_late.is_set():
            raise OcrTimeoutError(device=NAME, seconds=round(self.timeout_s))
        if not answer or len(content) != answer.get("size", 0):
            raise OcrError(device=NAME)
        return answer, content

    def _kill(self, is_late: threading.Event) -> None:
        is_late.set()
        self.process.kill()


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the process and wait for it; what it used then counts as its parent's."""
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:  # unsent bytes to a process that is gone
                continue
    process.wait()
