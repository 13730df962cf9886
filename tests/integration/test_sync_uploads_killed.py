"""Files and kill -9: of the office's process and of the province's, in the middle of a file."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sync_stand_in import ROOT, StandIn
from tus_fake import FakeTus
from upload_process import a_paper, to_the_province

from kiosk.services.ports import Units
from kiosk.storage import open_store
from sync.clients import client_of
from sync.pace import Bucket
from sync.pieces import FIRST
from sync.province import FileReceipt
from sync.upload_places import StorePlaces
from sync.uploaders import Uploaders
from sync.uploads import Upload

SIZE = 1_500_000
LONGEST_S = 30.0


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST_S
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def sent(units: Units, url: str, upload: Upload, bucket: Bucket) -> FileReceipt:
    """By a new program of the office, whose store is all that it knows."""
    connection = to_the_province(url)
    uploaders, client = Uploaders(StorePlaces(units), bucket=bucket), client_of(connection)
    try:
        return uploaders.send(connection, client, upload)
    finally:
        uploaders.close()
        client.close()


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "to-khai.pdf"
    file.write_bytes(random.Random(5).randbytes(SIZE))
    return file


def test_a_killed_office_goes_on_in_the_file_where_it_stopped(tmp_path: Path, paper: Path) -> None:
    folder = tmp_path / "office"
    folder.mkdir()
    store = open_store(folder / "office.db", folder)
    script = Path(__file__).parents[1] / "upload_process.py"
    with FakeTus() as server:
        office = subprocess.Popen(
            [sys.executable, str(script), str(folder), server.url, str(paper)], cwd=ROOT, env={"PYTHONPATH": str(ROOT)}
        )
        try:
            until(lambda: server.received > 600_000)
        finally:
            office.send_signal(signal.SIGKILL)
            office.wait()
        assert server.received < SIZE
        receipt = sent(store.units, server.url, a_paper(paper), Bucket(0.0))
        assert receipt.sha256 == a_paper(paper).sha256
        assert server.files == [paper.read_bytes()]
        assert server.asked("POST") == 1
        assert server.received <= SIZE + FIRST  # at most one piece twice
    with store.units() as uow:
        assert uow.exchange.upload_place(a_paper(paper).identity("tỉnh")) == ""
    store.close()


def test_a_killed_province_keeps_what_it_has_and_gets_the_rest(tmp_path: Path, paper: Path) -> None:
    folder = tmp_path / "office"
    folder.mkdir()
    store = open_store(folder / "office.db", folder)
    receipts: list[FileReceipt] = []
    bucket = Bucket(300_000)
    with StandIn(tmp_path / "province") as province:
        thread = threading.Thread(
            target=lambda: receipts.append(sent(store.units, province.url, a_paper(paper), bucket))
        )
        thread.start()
        try:
            until(lambda: bucket.passed > 900_000)
            province.kill()
            province.start()
        finally:
            thread.join(LONGEST_S)
        assert [r.sha256 for r in receipts] == [a_paper(paper).sha256]
        kept = [f for f in (tmp_path / "province").rglob(a_paper(paper).sha256) if f.is_file()]
        assert [f.read_bytes() for f in kept] == [paper.read_bytes()]
        assert bucket.passed <= SIZE + FIRST  # it was not begun anew
        again = sent(store.units, province.url, a_paper(paper), Bucket(0.0))
        assert again.sha256 == receipts[0].sha256
    store.close()
