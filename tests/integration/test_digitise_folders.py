"""`motcua digitise` over a tree of old papers: goes on after kill -9, names what is bad and what is there twice."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pypdfium2
import pytest
from scanner_samples import DECLARATION, NOTIFICATION, drawn, picture_file, scanned

from ui.cli import main
from ui.cli.console import frame

MINUTES = DECLARATION[:2] + tuple(f"Biên bản số 4{n}: cuộc họp thôn lần thứ {n} năm 200{n}" for n in range(1, 9))


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    root = tmp_path / "kho"
    (root / "1998" / "hồ sơ 2").mkdir(parents=True)
    (root / "1998" / "hồ sơ 10").mkdir()
    picture_file(scanned(drawn(NOTIFICATION, dpi=150), 0.5), root / "1998" / "hồ sơ 2" / "1.jpg")
    picture_file(scanned(drawn(dpi=150), 0.7, seed=3), root / "1998" / "hồ sơ 2" / "2.jpg")
    picture_file(scanned(drawn(dpi=150), -1.2, seed=9, noise=7.0), root / "1998" / "hồ sơ 10" / "quét lại.jpg")
    picture_file(drawn(MINUTES, dpi=150), root / "1998" / "hồ sơ 10" / "biên bản.png")
    shutil.copy(root / "1998" / "hồ sơ 2" / "1.jpg", root / "bản sao.jpg")
    (root / "hỏng.pdf").write_bytes(b"%PDF-1.7\nhong")
    return root


def digitised(papers: Path, out: Path, *words: str) -> Any:
    stdout, sys.stdout = sys.stdout, io.StringIO()
    try:
        code = main(["digitise", str(papers), "--out", str(out), "--json", *words])
        told = sys.stdout.getvalue()
    finally:
        sys.stdout, frame.json = stdout, False
    assert code == 0, told
    return json.loads(told)


def heaps_done(out: Path) -> list[str]:
    lines = (out / "journal.jsonl").read_text().splitlines() if (out / "journal.jsonl").exists() else []
    return [json.loads(line)["heap"] for line in lines[1:] if line.endswith("}")]


def test_a_run_that_was_killed_goes_on_and_does_nothing_twice(papers: Path, tmp_path: Path) -> None:
    out = tmp_path / "ra"
    command = [sys.executable, "-c", "import sys; from ui.cli import main; sys.exit(main(sys.argv[1:]))"]
    command += ["digitise", str(papers), "--out", str(out), "--jobs", "1"]
    started = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    while len(heaps_done(out)) < 2 and started.poll() is None:
        time.sleep(0.05)
    os.killpg(started.pid, signal.SIGKILL)
    started.wait()
    with (out / "journal.jsonl").open("a") as journal:
        journal.write('{"heap": "nửa dòng')  # as a power cut may leave it
    before = {path.name: path.stat().st_mtime_ns for path in out.glob("*.pdf")}
    done = heaps_done(out)
    assert 2 <= len(done) < 6
    result = digitised(papers, out)
    assert heaps_done(out)[: len(done)] == done
    assert sorted(heaps_done(out)) == sorted(set(heaps_done(out)))
    files = [document["file"] for document in result["documents"]]
    assert (
        sorted(files)
        == sorted({path.name for path in out.glob("*.pdf")})
        == ["01.pdf", "02.pdf", "03.pdf", "04.pdf", "05.pdf"]
    )
    kept = [document["file"] for document in result["documents"][: len(done) - 1]]
    assert {name: before[name] for name in kept if name in before}.items() <= {
        path.name: path.stat().st_mtime_ns for path in out.glob("*.pdf")
    }.items()

    # What is bad, and what is there twice.
    assert [(r["file"], r["code"]) for r in result["refused"]] == [("hỏng.pdf", "scan.damaged")]
    assert result["duplicates"]["files"] == [["bản sao.jpg", "1998/hồ sơ 2/1.jpg"]]
    sources = {frozenset(pair["sources"]) for pair in result["duplicates"]["pages"]}
    assert frozenset(("2.jpg", "quét lại.jpg")) in sources
    assert not any("biên bản.png" in pair for pair in sources)
    rows = list(csv.reader(io.StringIO((out / "report.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == 1 + len(result["pages"])
    html = (out / "report.html").read_text(encoding="utf-8")
    assert "Tệp hỏng.pdf bị cắt cụt hoặc hỏng." in html
    assert "150 dpi, quy định tối thiểu 200 dpi" in html

    # Once more: nothing is left to do; then a file is added.
    again = digitised(papers, out)
    assert again["documents"] == result["documents"]
    picture_file(drawn(("Tờ mới thêm",), dpi=100), papers / "1998" / "hồ sơ 2" / "3.jpg")
    more = digitised(papers, out)
    assert [d["file"] for d in more["documents"] if d["source"].endswith("3.jpg")] == ["06.pdf"]


def test_a_folder_becomes_one_document(papers: Path, tmp_path: Path) -> None:
    shutil.rmtree(papers / "1998" / "hồ sơ 10")
    (papers / "bản sao.jpg").unlink()
    out = tmp_path / "ra"
    result = digitised(papers, out, "--one", "folder")
    (document,) = result["documents"]
    assert document["pages"] == [1, 2]
    pdf = pypdfium2.PdfDocument(out / document["file"])
    assert len(pdf) == 2
    pdf.close()
    assert [r["heap"] for r in result["refused"]] == ["kho"]


def test_readers_end_with_a_command_that_was_killed_alone(papers: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; from ui.cli import main; sys.exit(main(sys.argv[1:]))"]
    command += ["digitise", str(papers), "--out", str(tmp_path / "ra"), "--jobs", "1"]
    started = psutil.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    while not heaps_done(tmp_path / "ra") and started.poll() is None:
        time.sleep(0.05)
    family = started.children(recursive=True)
    assert family
    started.kill()
    started.wait()
    _gone, alive = psutil.wait_procs(family, timeout=30)
    assert alive == []


def test_a_reader_that_is_killed_costs_no_paper(papers: Path, tmp_path: Path) -> None:
    """The system takes a reader, for its memory: what the others had in hand is read again, and nothing is refused."""
    killed = threading.Event()

    def kill_one() -> None:
        own = psutil.Process()
        while not killed.is_set():
            for child in own.children(recursive=True):
                with suppress(psutil.Error):
                    if "scanner.loaded_child" in child.cmdline() and not killed.is_set():
                        child.parent().kill()  # it has a page in hand, or is about to
                        killed.set()
            time.sleep(0.05)

    hunter = threading.Thread(target=kill_one)
    hunter.start()
    try:
        result = digitised(papers, tmp_path / "ra", "--jobs", "2")
    finally:
        fell = killed.is_set()
        killed.set()
        hunter.join()
    assert fell
    assert [refused["code"] for refused in result["refused"]] == ["scan.damaged"]
    assert len(result["pages"]) == 5
