"""The bench of links: screens behind real connections that are cut, and what it would find."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from samples import NOON

from kiosk.storage.private_cluster import PrivateCluster
from ui.cli.bench_links import not_in_order
from ui.cli.bench_screen import Glass
from ui.cli.bench_wire import Cut, Link
from ui.display.presenter import Call


class Echo:
    """Says back what it hears."""

    def __init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()

    def _serve(self) -> None:
        talks = []
        with suppress(OSError):
            while True:
                talk = threading.Thread(target=self._answer, args=(self.server.accept()[0],))
                talk.start()
                talks.append(talk)
        for talk in talks:
            talk.join()

    @staticmethod
    def _answer(caller: socket.socket) -> None:
        with caller, suppress(OSError):
            while heard := caller.recv(100):
                caller.sendall(heard)

    def close(self) -> None:
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
        self.thread.join()


@pytest.fixture
def link() -> Iterator[Link]:
    echo = Echo()
    made = Link(echo.server.getsockname())
    yield made
    made.close()
    echo.close()


def called(link: Link) -> socket.socket:
    caller = socket.create_connection(("127.0.0.1", link.port))
    caller.settimeout(5)
    return caller


def test_a_link_passes_on_what_is_said(link: Link) -> None:
    with called(link) as caller:
        caller.sendall(b"A001")
        assert caller.recv(100) == b"A001"


def test_a_reset_hangs_up_and_refuses_until_it_is_mended(link: Link) -> None:
    with called(link) as caller:
        caller.sendall(b"A001")
        assert caller.recv(100) == b"A001"
        link.cut(Cut.RESET)
        with suppress(ConnectionResetError):
            assert caller.recv(100) == b""
    with called(link) as refused, suppress(ConnectionError):
        refused.sendall(b"A002")
        assert refused.recv(100) == b""
    link.mend()
    with called(link) as caller:
        caller.sendall(b"A003")
        assert caller.recv(100) == b"A003"


def test_a_silent_cut_holds_back_and_loses_nothing(link: Link) -> None:
    with called(link) as caller:
        link.cut(Cut.SILENT)
        caller.sendall(b"A001")
        caller.settimeout(0.2)
        with pytest.raises(TimeoutError):
            caller.recv(100)
        link.mend()
        caller.settimeout(5)
        assert caller.recv(100) == b"A001"


def test_a_call_that_is_spoken_twice_or_too_early_is_found() -> None:
    made = ["A001", "A002", "A001", "A003"]
    assert not_in_order(["A001", "A002", "A001"], made) == 0
    assert not_in_order(["A002", "A003"], made) == 0
    assert not_in_order(["A002", "A002"], made) == 1
    assert not_in_order(["A003", "A002"], made) == 1


def test_the_glass_keeps_the_newest_call_of_each_number() -> None:
    glass, early, late = Glass(), Call(3, "A001", "Quầy 1", NOON), Call(9, "A001", "Quầy 2", NOON)
    glass.show_calls((late,), ())
    glass.show_calls((), (early,))
    assert glass.listed == {"A001": 9}


def test_screens_whose_links_are_cut_show_every_call(cluster: PrivateCluster) -> None:
    words = ["links", "--calls", "40", "--displays", "1", "--speed", "60", "--json"]
    ran = subprocess.run([sys.executable, "-m", "kiosk", "bench", *words], capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    told = json.loads(ran.stdout)
    assert told["made"] == 40
    assert told["screens"][0]["called"] > 0
