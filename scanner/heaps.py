"""Folders of old papers, heap by heap: what goes together, read side by side, and given back in order.

A heap is one file, or all files of one folder, or everything that was named. What cannot be used is said of its heap;
the others go on.
"""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from kiosk.domain.procedure import Component
from kiosk.domain.scan import Finding
from kiosk.domain.separator import Judge
from kiosk.errors import InputError, NotFoundError
from scanner.batch import Batch, digitise
from scanner.devices.files import check_file
from scanner.errors import HeavyFileError, NothingToReadError
from scanner.grouping import One
from scanner.limits import SUFFIXES, shown_name
from scanner.page import Page, Pixels
from scanner.papers.office import Known
from scanner.quality import findings
from scanner.readers import AHEAD, Readers, readers
from scanner.twins import Mark, mark_of, small_of

DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Heap:
    """Files that are read together. name: for people and for finding it again, by its place below what was named;
    is_named: given by itself rather than found in a folder."""

    name: str
    files: tuple[Path, ...]
    is_named: bool = False

    def print(self) -> str:
        """The same while nothing in it changes: names, sizes and times. Raises: OSError."""
        told = [f"{p.name}\0{p.lstat().st_size}\0{p.lstat().st_mtime_ns}" for p in self.files]
        return sha256("\n".join(told).encode(errors="surrogateescape")).hexdigest()[:32]


@dataclass(frozen=True)
class HeapWays:
    """How `batch.digitise` is to do each heap."""

    components: Sequence[Component] = ()
    faithful: bool = False
    whole: bool = False
    judge: Judge | None = None
    known: Known | None = None


@dataclass
class ReadHeap:
    """batch: None when not one file could be used; refused: those that could not; marks, findings (of the
    quality gate): of its pages; sums: SHA-256 of each file, by its place."""

    heap: Heap
    print: str
    batch: Batch | None
    refused: list[tuple[Path, InputError]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    findings: list[tuple[Finding, ...]] = field(default_factory=list)
    sums: list[str] = field(default_factory=list)


def heaps_of(inputs: Sequence[Path], one: One, leave_out: Path) -> list[Heap]:
    """Pictures and PDFs of files and folders, however deep, in the order in which people count. leave_out: a folder
    that is not looked into: the results' own.

    Raises: NotFoundError; NothingToReadError for a folder without any.
    """
    found: list[Heap] = []
    for given in inputs:
        if given.is_dir():
            inside = [h for folder in _folders(given, leave_out.resolve()) for h in _heaps_in(given, folder, one)]
            if not inside:
                raise NothingToReadError(file=shown_name(given))
            found += inside
        elif given.exists() or given.is_symlink():
            found.append(Heap(shown_name(given), (given,), is_named=True))
        else:
            raise NotFoundError(what="tệp", key=shown_name(given))
    return found


def read_heaps(
    heaps: Sequence[Heap],
    *,
    at: datetime,
    workers: int,
    ways: HeapWays,
) -> Iterator[ReadHeap]:
    """In order; some are read ahead, side by side. Raises: OcrError."""

    def read(shared: Readers, heap: Heap) -> ReadHeap:
        with shared.opening:
            done = _checked(heap)
        good = [p for p in heap.files if p not in {path for path, _reason in done.refused}]
        if not good:
            return done
        try:
            try:
                _read(done, good, shared, at, ways)
            except HeavyFileError:  # a reader was killed, over this heap or a neighbour: alone it shows which
                with readers(1) as alone:
                    _read(done, good, alone, at, ways)
        except InputError as e:  # good when it was looked at, and not any more
            done.refused = [(path, e) for path in good]
        return done

    with readers(workers) as shared, ThreadPoolExecutor(workers + AHEAD) as threads:
        waiting: deque[Future[ReadHeap]] = deque()
        try:
            for heap in heaps:
                waiting.append(threads.submit(read, shared, heap))
                if len(waiting) > workers + AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _read(done: ReadHeap, files: Sequence[Path], shared: Readers, at: datetime, ways: HeapWays) -> None:
    """Fill in what was read of the files. Raises: InputError, OcrError."""
    small: list[Pixels] = []
    done.findings.clear()
    done.batch = digitise(
        files,
        at=at,
        components=ways.components,
        faithful=ways.faithful,
        judge=ways.judge,
        known=ways.known,
        whole=ways.whole,
        shared=shared,
        seen=lambda page: _look_at(page, small, done.findings),
    )
    done.marks = [mark_of(s, page) for s, page in zip(small, done.batch.pages, strict=True)]


def _look_at(page: Page, small: list[Pixels], found: list[tuple[Finding, ...]]) -> None:
    """What can be seen only before a page is cleaned."""
    small.append(small_of(page))
    found.append(findings(page))


def _checked(heap: Heap) -> ReadHeap:
    """Of a folder's files each is opened once beforehand: one bad file must not cost the others."""
    done = ReadHeap(heap, heap.print(), None, sums=[_sum(path) for path in heap.files])
    if len(heap.files) > 1 and not heap.is_named:
        for path in heap.files:
            try:
                check_file(path)
            except InputError as e:
                done.refused.append((path, e))
    return done


def _sum(path: Path) -> str:
    """ "" for what is no file, or cannot be read: its own message follows."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            whole = sha256()
            while piece := file.read(2**20):
                whole.update(piece)
    except OSError:
        return ""
    return whole.hexdigest()


def _folders(root: Path, leave_out: Path) -> Iterator[Path]:
    for folder, below, _files in os.walk(root):
        below[:] = sorted((b for b in below if (Path(folder) / b).resolve() != leave_out), key=_counted)
        yield Path(folder)


def _heaps_in(root: Path, folder: Path, one: One) -> list[Heap]:
    inside = [p for p in folder.iterdir() if p.suffix.lower() in SUFFIXES and not p.name.startswith((".", "~"))]
    files = sorted((p for p in inside if not p.is_dir()), key=lambda p: _counted(p.name))
    place = "/".join(shown_name(Path(part)) for part in folder.relative_to(root).parts)
    if one is One.FOLDER:
        return [Heap(place or shown_name(root), tuple(files))] if files else []
    return [Heap(f"{place}/{shown_name(p)}" if place else shown_name(p), (p,)) for p in files]


def _counted(name: str) -> list[tuple[int, int, str]]:
    """scan2 before scan10."""
    parts = DIGITS.split(name.lower())
    return [(1, int(part), "") if part.isdigit() and part.isascii() else (0, 0, part) for part in parts]
