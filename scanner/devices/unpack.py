"""The child process that opens files from outside: whatever is in them, only this process can fall over it.

Run as `python -m scanner.devices.unpack`. Each question on stdin is one JSON line, {"kind", "path", "name", "mode",
"dpi"}; a page of the answer is a JSON line {"width", "height", "dpi", "photo", "key", "mended"} followed by its BGR
bytes, and the last line is {"end"} or {"error", "details"}. Mode "check" opens everything and sends no pixels. The
process is kept for the next file, ends when stdin ends, and goes by itself after a while without work.
"""

from __future__ import annotations

import json
import select
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from kiosk.errors import InputError
from scanner.devices.open_pdf import pdf_pages
from scanner.devices.open_picture import picture_pages, tiff_pages
from scanner.errors import HeavyFileError
from scanner.limits import PDF, TIFF
from scanner.page import Page

MEMORY_BYTES = 1024 * 2**20
# Of the processor, for a file: enough for any single page, and what an honest page needs for each that was given.
FIRST_CPU_S, PAGE_CPU_S = 8.0, 1.0
IDLE_S = 30.0

Open = Callable[[Path, str, int], Iterator[Page]]
OPENED_BY: dict[str, Open] = {PDF: pdf_pages, TIFF: tiff_pages}


def main(questions: BinaryIO, answers: BinaryIO) -> int:
    """Answer until there are no more questions."""
    _limit_self()
    while _has_work(questions) and (line := questions.readline()):
        _answer(json.loads(line), answers)
    return 0


def _answer(question: dict[str, Any], out: BinaryIO) -> None:
    """Unpack one file; failures go out as messages, not as tracebacks."""
    kind, path, name = question["kind"], Path(question["path"]), question["name"]
    _allow_cpu(0)
    try:
        for count, page in enumerate(OPENED_BY.get(kind, picture_pages)(path, name, question["dpi"]), 1):
            notes = {"photo": page.photo, "key": page.key, "mended": page.mended}
            _say(out, width=page.width, height=page.height, dpi=page.dpi, **notes)
            if question["mode"] != "check":
                out.write(page.pixels.data)
            out.flush()
            _allow_cpu(count)
        _say(out, end=True)
    except InputError as e:
        _say(out, error=e.code, details=e.details)
    except MemoryError:
        _say(out, error=HeavyFileError.code, details={"file": name})


def _say(out: BinaryIO, **message: Any) -> None:
    out.write(json.dumps(message).encode() + b"\n")
    out.flush()


def _has_work(questions: BinaryIO) -> bool:
    """False after `IDLE_S` without a question; Windows cannot wait on a pipe this way, and waits for its end."""
    return sys.platform == "win32" or bool(select.select([questions], [], [], IDLE_S)[0])


def _limit_self() -> None:
    """Bounds that the system enforces; Windows has none of this kind and relies on the parent's clock."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


_begun_at = 0.0


def _allow_cpu(pages: int) -> None:
    """Move the bound that the system enforces: by what this file has given so far. pages: 0 when a file begins."""
    global _begun_at
    if sys.platform == "win32":
        return
    import resource

    spent = resource.getrusage(resource.RUSAGE_SELF)
    if pages == 0:
        _begun_at = spent.ru_utime + spent.ru_stime
    bound = int(_begun_at + FIRST_CPU_S + pages * PAGE_CPU_S) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (bound, resource.RLIM_INFINITY))


if __name__ == "__main__":
    sys.exit(main(sys.stdin.buffer, sys.stdout.buffer))
