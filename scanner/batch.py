"""Files in, searchable PDFs and a report out: pages are read side by side in processes of their own."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.domain.procedure import Component
from kiosk.domain.separator import Judge
from scanner.classify import TYPE_NAMES, Proposal, propose_component
from scanner.devices.files import pages_of
from scanner.extract import Field
from scanner.layers import PageLayers
from scanner.page import Handed, Page
from scanner.papers.guess import begins_paper
from scanner.papers.office import Known
from scanner.papers.reading import paper_fields, sheet_of
from scanner.papers.traits import traits_of
from scanner.pdf import PdfPage
from scanner.pipeline import ReadPage, document_confidence, document_text
from scanner.reader import bound, read_one
from scanner.readers import Readers, readers, result_of
from scanner.stack import Stack, stack_of

WORKERS = 2

Done = tuple[ReadPage, PageLayers]


@dataclass
class MadeDocument:
    """One PDF to be. numbers: of its pages in the whole run, 1..; pages, layers: without and with their pictures;
    type: kind of paper or component, a proposal; component: as its separator says, certain."""

    source: str
    numbers: list[int]
    pages: list[ReadPage]
    layers: list[PageLayers]
    type: Proposal | None = None
    fields: list[Field] = field(default_factory=list)
    text: str = ""
    confidence: float = 0.0
    pdf: bytes = b""
    component: str = ""


@dataclass
class Batch:
    """What a run made. seconds: summed over pages but for "total", which is wall time; cpu_seconds with children;
    stack: what its separators did."""

    documents: list[MadeDocument]
    pages: list[ReadPage]
    seconds: dict[str, float]
    cpu_seconds: float = 0.0
    stack: Stack = field(default_factory=lambda: stack_of(None))


def digitise(
    files: Sequence[Path],
    *,
    at: datetime,
    components: Sequence[Component] = (),
    workers: int = WORKERS,
    faithful: bool = False,
    judge: Judge | None = None,
    whole: bool = False,
    shared: Readers | None = None,
    known: Known | None = None,
    seen: Callable[[Page], None] | None = None,
) -> Batch:
    """Read every page of the files. components: of a procedure, to be proposed instead of general kinds of papers.

    faithful: every page as one picture instead of layers (`compress.archive`). judge: says which separator sheets are
    good; documents are then divided there. whole: all pages are one document, whatever stands on them. shared:
    `readers` that many runs use; None for some of this run's own. known: what papers are told by; None for what the
    program was taught. seen: called with each page as it came.

    Raises: InputError of the first file that cannot be used, OcrError; nothing is written here.
    """
    started, cpu = time.perf_counter(), cpu_seconds()
    batch = Batch([], [], {"clean": 0.0, "ocr": 0.0, "pdf": 0.0, "total": 0.0}, stack=stack_of(judge))
    pages = _opened(files, seen)
    with nullcontext(shared) if shared is not None else readers(workers) as own:
        for file, (read, layers) in _read_all(own, pages, faithful=faithful):
            _place(batch, file, read, layers, whole=whole)
            for name in ("clean", "ocr", "pdf"):
                batch.seconds[name] += dict(read.seconds).get(name, 0.0)
        written = time.perf_counter()
        _finish(own, batch.documents, at, components, known or _taught())
        batch.seconds["pdf"] += time.perf_counter() - written
    batch.seconds["total"] = time.perf_counter() - started
    batch.cpu_seconds = cpu_seconds() - cpu
    return batch


def _opened(files: Sequence[Path], seen: Callable[[Page], None] | None) -> Iterator[tuple[Path, Handed]]:
    """Every page with its file; none is held here once it is given."""
    for file in files:
        sides = pages_of(file)
        while (page := next(sides, None)) is not None:
            if seen is not None:
                seen(page)
            given = Handed(page)
            del page
            yield file, given


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
                "warnings": list(dict.fromkeys(batch.stack.doubts[n] for n in d.numbers if n in batch.stack.doubts)),
            }
            for name, d in zip(names, batch.documents, strict=True)
        ],
        "pages": [{"number": n, "source": p.source, **p.meta()} for n, p in enumerate(batch.pages, 1)],
        "separators": {"sheets": batch.stack.sheets, "left_out": batch.stack.left_out},
        "seconds": {name: round(value, 3) for name, value in batch.seconds.items()},
        "cpu_seconds": round(batch.cpu_seconds, 2),
        "bytes": sum(len(d.pdf) for d in batch.documents),
    }


def _place(batch: Batch, file: Path, read: ReadPage, layers: PageLayers, *, whole: bool) -> None:
    """Put a page into its file's document; a separator, or where there are none an obvious title, begins a new one."""
    batch.pages.append(read)
    number = len(batch.pages)
    placed, begins = batch.stack.place(number, read.codes, blank=read.blank)
    if placed.left_out:
        return
    last = batch.documents[-1] if batch.documents else None
    begins = begins or last is None or last.source != str(file)
    begins = begins or (not batch.stack.is_divided and begins_paper(sheet_of(read)))
    if last is None or (begins and not whole):
        batch.documents.append(MadeDocument(str(file), [number], [read], [layers], component=placed.paper))
    else:
        last.numbers.append(number)
        last.pages.append(read)
        last.layers.append(layers)


def _finish(
    own: Readers, documents: list[MadeDocument], at: datetime, components: Sequence[Component], known: Known
) -> None:
    made: list[Future[bytes]] = []
    for document in documents:
        document.text = document_text(document.pages)
        document.confidence = document_confidence(document.pages)
        sheets = [sheet_of(page) for page in document.pages]
        kind = known.model.propose(traits_of(sheets))
        code = kind.code if kind else ""
        proposed = propose_component(document.text, components, code) if components else None
        document.type = Proposal(document.component, 1.0) if document.component else proposed or kind
        document.fields = paper_fields(sheets, code, known.anchors.get(code, ()))
        sides = [PdfPage(layers, p.dpi, p.words) for p, layers in zip(document.pages, document.layers, strict=True)]
        made.append(own.submit(bound, sides, _title(document), at))
    for document, pdf in zip(documents, made, strict=True):
        document.pdf = result_of(pdf, Path(document.source).name)


@cache
def _taught() -> Known:
    """What the program was taught, for all documents of all runs: nothing is learned from archives."""
    return Known()


def _title(document: MadeDocument) -> str:
    code = document.type.code if document.type else ""
    return TYPE_NAMES.get(code, Path(document.source).stem)


def _read_all(readers: Readers, pages: Iterator[tuple[Path, Handed]], *, faithful: bool) -> Iterator[tuple[Path, Done]]:
    """Read in parallel, give in order. What waits to be read is held to a few pages; what was read is small."""
    waiting: deque[tuple[Path, Future[Done]]] = deque()
    with readers.opening:
        while (begun := _begun(readers, pages, faithful=faithful)) is not None:
            waiting.append(begun)
            while waiting and waiting[0][1].done():
                yield _taken(*waiting.popleft())
    while waiting:
        yield _taken(*waiting.popleft())


def _begun(
    readers: Readers, pages: Iterator[tuple[Path, Handed]], *, faithful: bool
) -> tuple[Path, Future[Done]] | None:
    """The next page on its way to a reader, None behind the last. It is opened when there is a place for it, not
    before: it has a dozen megabytes."""
    readers.places.acquire()
    reading: Future[Done] | None = None
    try:
        one = next(pages, None)
        if one is None:
            return None
        file, page = one
        reading = readers.submit(read_one, page, faithful)
        return file, reading
    finally:
        if reading is None:
            readers.places.release()
        else:
            reading.add_done_callback(lambda _done: readers.places.release())


def _taken(file: Path, future: Future[Done]) -> tuple[Path, Done]:
    return file, result_of(future, file.name)


def cpu_seconds() -> float:
    """User and system time of this process and of its finished children."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system
