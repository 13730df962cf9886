"""Whatever comes back over the line is one of the foreseen failures, soon, and never a fault of the program."""

from __future__ import annotations

import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from kiosk.errors import KioskError
from sync.clients import client_of
from sync.connection import Connection, Timeouts
from sync.outcome import Outcome, Verdict
from sync.province import ProvinceClient

Answer = Callable[[socket.socket], None]
SOON_S = 20.0  # a hang, not a slow machine, is what this is for
DONE = '"error_code": 0, "message": "Thành công"'


def says(body: bytes | str, *headers: str) -> Answer:
    content = body.encode() if isinstance(body, str) else body
    head = "\r\n".join(
        ["HTTP/1.1 200 OK", "Content-Type: application/json", *headers, f"Content-Length: {len(content)}"]
    )
    return lambda peer: peer.sendall(head.encode() + b"\r\n\r\n" + content)


def drips(peer: socket.socket) -> None:
    peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
    while True:
        peer.sendall(b" ")
        time.sleep(0.05)


def floods(peer: socket.socket) -> None:
    peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n")
    for _ in range(1000):
        peer.sendall(b"a" * 1_000_000)


def bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b"0" * 1_000_000) for _ in range(300)) + packer.flush()


ANSWERS: dict[str, Answer] = {
    "drips": drips,
    "a gigabyte": floods,
    "gzip bomb": says(bomb(), "Content-Encoding: gzip"),
    "no gzip": says(b"not gzip", "Content-Encoding: gzip"),
    "deep lists": says("[" * 100_000 + "]" * 100_000),
    "deep objects": says('{"message":' * 50_000 + "1" + "}" * 50_000),
    "NaN": says('{"error_code": NaN, "message": "x", "result": NaN, "contro": NaN, "con_nua": NaN}'),
    "endless number": says('{"error_code": ' + "9" * 5000 + ', "message": "Thành công"}'),
    "endless digits": says('{"error_code": "' + "9" * 5000 + '", "message": "Thành công"}'),
    "null bytes": says("{" + DONE + ', "result": [{"MaHoSo": "\\u0000", "DuongDan": "\\u0000"}], "contro": "\\u0000"}'),
    "half a character": says("{" + DONE + ', "result": [{"MaHoSo": "\\ud800", "MaBam": "\\udfff"}], "contro": "1"}'),
    "other types": says('{"error_code": [], "message": {}, "result": {"a": []}, "contro": {"x": 1}, "con_nua": "no"}'),
    "wrong members": says("{" + DONE + ', "result": [1, null, [], {"MaHoSo": {}, "DanhSachTienTrinh": [1]}]}'),
    "UTF-16": says(("{" + DONE + "}").encode("utf-16"), "Content-Type: application/json; charset=utf-16"),
    "another protocol": lambda peer: peer.sendall(b"SSH-2.0-OpenSSH_9\r\n"),
    "impossible length": lambda peer: peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}"),
    "broken chunks": lambda peer: peer.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"),
    "elsewhere": lambda peer: peer.sendall(
        b"HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"
    ),
    "later": lambda peer: peer.sendall(
        b"HTTP/1.1 429 Later\r\nRetry-After: 99999999999999999999999\r\nContent-Length: 0\r\n\r\n"
    ),
}
CALLS: dict[str, Callable[[ProvinceClient], object]] = {
    "lookup": lambda province: province.lookup("H26.107-261122-10001"),
    "insert": lambda province: province.insert([{"MaHoSo": "x"}]),
    "find_file": lambda province: province.find_file("0" * 64),
    "changes": lambda province: province.changes("1"),
}


@contextmanager
def a_server(answer: Answer) -> Iterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                peer, _ = listener.accept()
                threading.Thread(target=answer_one, args=(peer,), daemon=True).start()

    def answer_one(peer: socket.socket) -> None:
        with suppress(OSError), peer:
            asked = b""
            while b"\r\n\r\n" not in asked:
                if not (more := peer.recv(65536)):
                    return
                asked += more
            answer(peer)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


@pytest.mark.parametrize("name", ANSWERS)
def test_no_answer_is_more_than_a_foreseen_failure(name: str) -> None:
    with a_server(ANSWERS[name]) as url:
        province = client_of(Connection(url, "H26.107", timeouts=Timeouts(2, 0.5, 1)))
        for call in CALLS.values():
            began = time.monotonic()
            with suppress(KioskError):
                answered = call(province)
                # Nothing of this proves that a dossier arrived.
                assert not isinstance(answered, Verdict) or name in WORDED or answered.outcome is not Outcome.DONE
            assert time.monotonic() - began < SOON_S
        province.close()


# These do say "Thành công", in good JSON; only what hangs on it is broken.
WORDED = {"null bytes", "half a character", "wrong members"}
