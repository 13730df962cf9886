"""Files in, searchable PDFs and a report out: pages are read side by side in processes of their own."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.domain.procedure import Component
from scanner.classify import PAPER_TYPES, Proposal, propose_component, propose_type
from scanner.devices.files import check_file, pages_of
from scanner.errors import HeavyFileError
from scanner.extract import Field, propose_fields
from scanner.page import Page
from scanner.pipeline import ReadPage, document_confidence, document_text
from scanner.reader import assembled, read_one, start_engine

WORKERS = 2
AHEAD = 2  # pages waiting for each worker: enough to keep it busy, few enough to hold in memory
OBVIOUS = 0.95
# Titles so general that they also stand inside other papers: no new document begins there.
GENERAL = frozenset({"decision", "contract", "application", "identity-card"})


@dataclass
class MadeDocument:
    """One PDF to be. numbers: of its pages in the whole run, 1..; type: kind of paper or component, a proposal."""

    source: str
    numbers: list[int]
    pages: list[ReadPage]
    type: Proposal | None = None
    fields: list[Field] = field(default_factory=list)
    text: str = ""
    confidence: float = 0.0
    pdf: bytes = b""


@dataclass
class Batch:
    """What a run made. seconds: summed over pages but for "total", which is wall time; cpu_seconds with children."""

    documents: list[MadeDocument]
    pages: list[ReadPage]
    seconds: dict[str, float]
    cpu_seconds: float = 0.0


def digitise(
    files: Sequence[Path],
    *,
    at: datetime,
    components: Sequence[Component] = (),
    workers: int = WORKERS,
    faithful: bool = False,
) -> Batch:
    """Read every page of the files. components: of a procedure, to be proposed instead of general kinds of papers.

    faithful: every page as one picture instead of layers (`compress.archive`).

    Raises: InputError of the first file that cannot be used, OcrError; nothing is written here.
    """
    for file in files:
        check_file(file)
    started, cpu = time.perf_counter(), _cpu_seconds()
    batch = Batch([], [], {"clean": 0.0, "ocr": 0.0, "pdf": 0.0, "total": 0.0})
    pages = ((file, page) for file in files for page in pages_of(file))
    with _readers(workers) as pool:
        for file, read in _read_all(pool, pages, workers):
            _place(batch, file, read)
            for name in ("clean", "ocr"):
                batch.seconds[name] += dict(read.seconds).get(name, 0.0)
        written = time.perf_counter()
        _finish(pool, batch.documents, at, components, faithful=faithful)
        batch.seconds["pdf"] = time.perf_counter() - written
    batch.seconds["total"] = time.perf_counter() - started
    batch.cpu_seconds = _cpu_seconds() - cpu
    return batch


def report(batch: Batch, names: Sequence[str]) -> dict[str, Any]:
    """result.json: documents in the order of `names`, pages by number."""
    return {
        "documents": [
            {
                "file": name,
                "source": d.source,
                "type": {"code": d.type.code, "confidence": d.type.confidence} if d.type else None,
                "fields": {f.name: f.value for f in d.fields},
                "proposals": [
                    {"name": f.name, "value": f.value, "confidence": f.confidence, "page": f.page, "box": list(f.box)}
                    for f in d.fields
                ],
                "pages": d.numbers,
                "confidence": round(d.confidence, 3),
                "bytes": len(d.pdf),
            }
            for name, d in zip(names, batch.documents, strict=True)
        ],
        "pages": [{"number": n, "source": p.source, **p.meta()} for n, p in enumerate(batch.pages, 1)],
        "seconds": {name: round(value, 3) for name, value in batch.seconds.items()},
        "cpu_seconds": round(batch.cpu_seconds, 2),
        "bytes": sum(len(d.pdf) for d in batch.documents),
    }


def _place(batch: Batch, file: Path, read: ReadPage) -> None:
    """Put a page into its file's document; an obvious title begins a new one."""
    batch.pages.append(read)
    number = len(batch.pages)
    last = batch.documents[-1] if batch.documents else None
    if last is None or last.source != str(file) or _begins_paper(read):
        batch.documents.append(MadeDocument(str(file), [number], [read]))
    else:
        last.numbers.append(number)
        last.pages.append(read)


def _begins_paper(read: ReadPage) -> bool:
    kind = propose_type(read.text)
    return kind is not None and kind.confidence >= OBVIOUS and kind.code not in GENERAL


def _finish(
    pool: Executor, documents: list[MadeDocument], at: datetime, components: Sequence[Component], *, faithful: bool
) -> None:
    made: list[Future[bytes]] = []
    for document in documents:
        document.text = document_text(document.pages)
        document.confidence = document_confidence(document.pages)
        document.type = (propose_component(document.text, components) if components else None) or propose_type(
            document.text
        )
        document.fields = propose_fields([p.words for p in document.pages])
        made.append(pool.submit(assembled, document.pages, _title(document), at, faithful))
    for document, pdf in zip(documents, made, strict=True):
        document.pdf = pdf.result()


def _title(document: MadeDocument) -> str:
    code = document.type.code if document.type else ""
    return next((t.name for t in PAPER_TYPES if t.code == code), Path(document.source).stem)


def _read_all(pool: Executor, pages: Iterable[tuple[Path, Page]], workers: int) -> Iterator[tuple[Path, ReadPage]]:
    """Read in parallel, give in order, hold only a few pages at a time."""
    waiting: deque[tuple[Path, Future[ReadPage]]] = deque()
    for file, page in pages:
        waiting.append((file, pool.submit(read_one, page)))
        while len(waiting) > workers * AHEAD:
            yield _taken(*waiting.popleft())
    while waiting:
        yield _taken(*waiting.popleft())


def _taken(file: Path, future: Future[ReadPage]) -> tuple[Path, ReadPage]:
    try:
        return file, future.result()
    except BrokenProcessPool as e:  # a worker was killed: by the system, for its memory
        raise HeavyFileError(file=file.name) from e


@contextmanager
def _readers(workers: int) -> Iterator[Executor]:
    """Processes that read pages; started with the first one."""
    # spawn: a forked copy of a process with threads (a window, a driver) may hang.
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=start_engine)
    try:
        yield pool
    except BaseException:
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()


def _cpu_seconds() -> float:
    """User and system time of this process and of its finished children."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system
