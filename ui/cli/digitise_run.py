"""`motcua digitise` over many papers: what is done is written down at once, so that a run that was killed goes on."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kiosk.errors import InputError
from scanner.batch import report
from scanner.devices.files import check_file
from scanner.heaps import Heap, ReadHeap
from scanner.keep import make_folder, write_durably
from scanner.limits import shown_name
from scanner.twins import Mark, twins_among
from ui.cli.digitise_report import CSV, HTML, report_csv, report_html
from ui.i18n.errors import explain

JOURNAL, RESULT = "journal.jsonl", "result.json"
STEPS = ("clean", "ocr", "pdf", "total")


@dataclass
class Journal:
    """One line for each heap that is done, behind a line with the settings. A half line at the end is a power cut's.

    settings: what a run must have in common with the one that it goes on with; else it begins anew.
    """

    folder: Path
    settings: Mapping[str, Any]
    done: dict[str, dict[str, Any]] = field(default_factory=dict)
    last_number: int = 0

    def open(self, *, afresh: bool = False) -> None:
        """afresh: whatever was done before. Raises: UnwritableFolderError, DiskFullError, StorageError."""
        make_folder(self.folder)
        lines = [] if afresh else list(_lines(self._path))
        if lines and lines[0] == {"settings": self.settings}:
            self.done = {line["heap"]: line for line in lines[1:]}
        whole = [{"settings": self.settings}, *self.done.values()]
        write_durably(self._path, "".join(_line(one) for one in whole).encode())
        names = (d["file"] for line in self.done.values() for d in line["result"]["documents"])
        self.last_number = max((int(name.partition(".")[0]) for name in names), default=0)

    def has(self, heap: Heap) -> bool:
        """Whether it is done and nothing in it changed since."""
        line = self.done.get(heap.name)
        return line is not None and line["print"] == heap.print()

    def add(self, line: dict[str, Any]) -> None:
        self.done[line["heap"]] = line
        with self._path.open("a", encoding="utf-8") as file:
            file.write(_line(line))
            file.flush()
            os.fsync(file.fileno())

    @property
    def _path(self) -> Path:
        return self.folder / JOURNAL


def one_heap(heaps: Sequence[Heap]) -> list[Heap]:
    """Separator sheets divide all pages together, across files."""
    return [Heap("*", tuple(path for heap in heaps for path in heap.files), is_named=True)]


def whole_or_none(heaps: Sequence[Heap]) -> None:
    """What was named file by file is wanted as it stands: nothing is begun when one of them cannot be used.

    Raises: InputError.
    """
    for heap in heaps:
        if heap.is_named:
            for path in heap.files:
                check_file(path)


def write_result(out: Path, result: Mapping[str, Any]) -> None:
    """result.json, and the same for people. Raises: UnwritableFolderError, DiskFullError, StorageError."""
    write_durably(out / RESULT, json.dumps(result, ensure_ascii=False, indent=1).encode())
    write_durably(out / HTML, report_html(result))
    write_durably(out / CSV, report_csv(result))


def digitise_heaps(
    heaps: Sequence[Heap],
    journal: Journal,
    read: Callable[[Sequence[Heap]], Iterable[ReadHeap]],
    tell: Callable[[str], None],
) -> dict[str, Any]:
    """Documents into the journal's folder, and the result of all heaps, those of an earlier run included.

    Raises: OcrError; UnwritableFolderError, DiskFullError, StorageError: what is written down stays.
    """
    left = [heap for heap in heaps if not journal.has(heap)]
    if len(left) < len(heaps):
        tell(f"Làm tiếp: {len(heaps) - len(left)} trên {len(heaps)} tệp, thư mục đã xong.")
    for count, done in enumerate(read(left), 1):
        _write(journal, done)
        if len(left) > 1:
            tell(f"{len(heaps) - len(left) + count}/{len(heaps)} {done.heap.name}")
    return joined([journal.done[heap.name] for heap in heaps])


def joined(lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """result.json of all heaps: pages numbered on, what was refused, and what is there twice."""
    documents: list[dict[str, Any]] = []
    pages: list[dict[str, Any]] = []
    seconds, left_out, sheets = dict.fromkeys(STEPS, 0.0), [], 0
    for line in lines:
        result, before = line["result"], len(pages)
        documents += [{**d, "pages": [before + n for n in d["pages"]]} for d in result["documents"]]
        pages += [{**p, "number": before + p["number"]} for p in result["pages"]]
        left_out += [before + n for n in result["separators"]["left_out"]]
        sheets += result["separators"]["sheets"]
        for step in STEPS:
            seconds[step] = round(seconds[step] + result["seconds"][step], 3)
    return {
        "documents": documents,
        "pages": pages,
        "refused": [refused for line in lines for refused in line["refused"]],
        "duplicates": _duplicates(lines, pages, documents),
        "separators": {"sheets": sheets, "left_out": left_out},
        "seconds": seconds,
        "cpu_seconds": 0.0,
        "bytes": sum(d["bytes"] for d in documents),
    }


def _write(journal: Journal, done: ReadHeap) -> None:
    """Documents first, then the line: a cut between the two writes the same names again."""
    former = [d["file"] for d in journal.done.get(done.heap.name, {"result": EMPTY})["result"]["documents"]]
    documents = done.batch.documents if done.batch else []
    fresh = [f"{n:02d}.pdf" for n in range(journal.last_number + 1, journal.last_number + 1 + len(documents))]
    names = (former + fresh)[: len(documents)]
    for name, document in zip(names, documents, strict=True):
        write_durably(journal.folder / name, document.pdf)
    journal.last_number += len([n for n in names if n in fresh])
    marks = [{**asdict(mark), "numbers": sorted(mark.numbers)} for mark in done.marks]
    journal.add(
        {
            "heap": done.heap.name,
            "print": done.print,
            "sums": [[shown_name(path), digest] for path, digest in zip(done.heap.files, done.sums, strict=True)],
            "result": _result(done, names),
            "refused": [_refused(done.heap, path, reason) for path, reason in done.refused],
            "marks": marks,
        }
    )
    for name in former[len(names) :]:  # it has fewer documents than before it changed
        (journal.folder / name).unlink(missing_ok=True)


def _result(done: ReadHeap, names: Sequence[str]) -> dict[str, Any]:
    if done.batch is None:
        return EMPTY
    result = report(done.batch, names)
    for page, found in zip(result["pages"], done.findings, strict=True):
        page["findings"] = [finding.data() for finding in found]
    return result


EMPTY: dict[str, Any] = {
    "documents": [],
    "pages": [],
    "separators": {"sheets": 0, "left_out": []},
    "seconds": dict.fromkeys(STEPS, 0.0),
}


def _refused(heap: Heap, path: Path, reason: InputError) -> dict[str, str]:
    words = explain(reason)
    return {"heap": heap.name, "file": shown_name(path), "code": words.code, "message": words.message, "fix": words.fix}


def _duplicates(
    lines: Sequence[Mapping[str, Any]], pages: Sequence[Mapping[str, Any]], documents: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """files: groups of equal bytes; pages: pairs of one paper, by number. Nothing is ever thrown away."""
    equal: dict[str, list[str]] = {}
    for line in lines:
        for name, digest in line["sums"]:
            if digest:
                equal.setdefault(digest, []).append(
                    line["heap"] if line["heap"].endswith(name) else f"{line['heap']}/{name}"
                )
    marks = [_mark(m) for line in lines for m in line["marks"]]
    home = {number: document["file"] for document in documents for number in document["pages"]}
    found = [
        {
            "pages": [twins.first + 1, twins.second + 1],
            "documents": [home.get(twins.first + 1, ""), home.get(twins.second + 1, "")],
            "sources": [pages[twins.first]["source"], pages[twins.second]["source"]],
            "likeness": twins.likeness,
        }
        for twins in twins_among([None if p["blank"] else m for m, p in zip(marks, pages, strict=True)])
    ]
    return {"files": [names for names in equal.values() if len(names) > 1], "pages": found}


def _mark(told: Mapping[str, Any]) -> Mark:
    sets = {"letters": tuple(told["letters"]), "picture": tuple(told["picture"]), "numbers": frozenset(told["numbers"])}
    return Mark(**{**told, **sets})


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)
    except (OSError, ValueError):  # none yet, or the last line is half a line
        return


def _line(one: Mapping[str, Any]) -> str:
    return json.dumps(one, ensure_ascii=True, separators=(",", ":")) + "\n"
