"""Envelopes made small for a weak line, and only for a province that reads them."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sync_stand_in import StandIn

from kiosk.province_config import ProvinceConfig
from sync.connection import Connection
from sync.line import Line
from sync.reference.requests import MalformedRequestError, unpacked
from sync.settings import connection_of

DOSSIERS = [{"MaHoSo": f"H26.107-261123-{n:04d}", "ChuHoSo": "Nguyễn Văn Ước"} for n in range(200)]


class Taken:
    """Bodies and their Content-Encoding as they came."""

    def __init__(self) -> None:
        self.bodies: list[tuple[str, bytes]] = []
        taken = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                assert self.headers["content-type"] == "application/json"
                taken.bodies.append((self.headers.get("content-encoding", ""), body))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def taken() -> Iterator[Taken]:
    made = Taken()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.02,))
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def test_many_dossiers_are_a_tenth_of_their_size_where_the_province_reads_it(taken: Taken) -> None:
    with Line(Connection(taken.url, "H26.107", compresses=True)) as line:
        line.send("POST", "/", json=DOSSIERS)
        line.send("POST", "/", json=DOSSIERS[:1])
    with Line(Connection(taken.url, "H26.107")) as line:
        line.send("POST", "/", json=DOSSIERS)
    (packed, small), (as_is, one), (usual, large) = taken.bodies
    assert (packed, as_is, usual) == ("gzip", "", "")
    assert len(small) * 10 < len(large)
    assert json.loads(gzip.decompress(small)) == json.loads(large) == DOSSIERS
    assert json.loads(one) == DOSSIERS[:1]


def test_the_stand_in_reads_what_was_made_small(tmp_path: Path) -> None:
    with StandIn(tmp_path / "province") as province:
        answers = []
        for compresses in (True, False):
            connection = Connection(province.url, "H26.107", compresses=compresses)
            with Line(connection) as line:
                answers.append(line.send("POST", "/DongBoHoSoMC/ThemMoi", json=DOSSIERS).body)
        assert answers[0] == answers[1]
        assert "JSON" not in answers[0]


@pytest.mark.parametrize("body", [b"not gzip", gzip.compress(b"[1]")[:-4], gzip.compress(bytes(65 * 1024 * 1024))])
def test_what_is_no_gzip_or_would_become_too_much_is_refused(body: bytes) -> None:
    with pytest.raises(MalformedRequestError):
        unpacked(body, "gzip")


def test_the_settings_say_whether_the_province_reads_it() -> None:
    usual = connection_of(ProvinceConfig(url="http://tinh.test"), "H26.107")
    assert (usual.compresses, usual.dossiers_at_once) == (False, 100)
    told = ProvinceConfig(url="http://tinh.test", compresses=True, dossiers_at_once=200)
    assert connection_of(told, "H26.107").compresses
    assert connection_of(told, "H26.107").dossiers_at_once == 200
