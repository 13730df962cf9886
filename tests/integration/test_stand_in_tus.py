"""Resumable uploads to the stand-in's own process, spoken by hand: tus 1.0.0, and what happens on bad lines."""

from __future__ import annotations

import base64
import hashlib
import random
import socket
import time
from collections.abc import Iterator
from contextlib import suppress

import httpx2
import pytest
from sync_stand_in import StandIn

TUS = {"Tus-Resumable": "1.0.0"}
PIECE = {**TUS, "Content-Type": "application/offset+octet-stream"}
PATIENCE_S = 30.0


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    with StandIn(tmp_path_factory.mktemp("province")) as stand_in:
        yield stand_in


@pytest.fixture
def province(running: StandIn) -> StandIn:
    running.misbehave()
    return running


@pytest.fixture
def line(province: StandIn) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=province.url, trust_env=False, timeout=10) as client:
        yield client


def some_bytes(size: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(size)


def a_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def metadata(sha256: str) -> str:
    words = {"sha256": sha256, "filename": "đơn.pdf", "filetype": "application/pdf"}
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in words.items())


def create(line: httpx2.Client, content: bytes, sha256: str = "") -> str:
    """The address of a new upload."""
    headers = {**TUS, "Upload-Length": str(len(content)), "Upload-Metadata": metadata(sha256 or a_hash(content))}
    answer = line.post("/tus", headers=headers)
    assert answer.status_code == 201
    return str(answer.headers["Location"])


def send(line: httpx2.Client, place: str, offset: int, content: bytes) -> httpx2.Response:
    return line.patch(place, headers={**PIECE, "Upload-Offset": str(offset)}, content=content)


def offset_of(line: httpx2.Client, place: str) -> int:
    answer = line.head(place, headers=TUS)
    assert answer.status_code == 200
    return int(answer.headers["Upload-Offset"])


def broken_request(province: StandIn, place: str, offset: int, promised: int, content: bytes) -> socket.socket:
    """A request that promises more than it brings and then says nothing."""
    head = [
        f"PATCH {place.removeprefix(province.url)} HTTP/1.1",
        "Host: tinh",
        *(f"{name}: {value}" for name, value in PIECE.items()),
        f"Upload-Offset: {offset}",
        f"Content-Length: {promised}",
    ]
    wire = socket.create_connection(("127.0.0.1", province.port))
    wire.sendall("\r\n".join([*head, "", ""]).encode() + content)
    return wire


def hold(province: StandIn, line: httpx2.Client, place: str, promised: int, content: bytes) -> socket.socket:
    """A broken request that the server certainly takes for the writer: our own look may get in its way, then again."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        wire = broken_request(province, place, 0, promised, content)
        wire.settimeout(0.05)
        while time.monotonic() < end:
            # An offset behind the end is refused by a free upload, and not even looked at while somebody writes.
            if send(line, place, promised + 1, b"").status_code == 423:
                return wire
            with suppress(TimeoutError):
                if wire.recv(1):
                    break  # it was turned away itself
        wire.close()
    raise AssertionError("the server never took the writer")


def test_what_the_server_can_do_is_told(line: httpx2.Client) -> None:
    answer = line.options("/tus")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert int(answer.headers["Tus-Max-Size"]) >= 100 * 1024 * 1024
    assert set(answer.headers["Tus-Extension"].split(",")) == {
        "creation",
        "creation-with-upload",
        "expiration",
        "termination",
    }


def test_a_file_in_two_pieces_arrives_byte_for_byte_and_is_named_by_its_hash(line: httpx2.Client) -> None:
    content = some_bytes(3_000_000)
    place, sha256 = create(line, content), a_hash(content)
    assert line.head(f"/TepTin/{sha256}").status_code == 404
    first = send(line, place, 0, content[:1_000_000])
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "1000000")
    last = send(line, place, 1_000_000, content[1_000_000:])
    assert (last.status_code, last.headers["X-Ma-Bam"]) == (204, sha256)
    assert line.get(last.headers["X-Duong-Dan"]).content == content
    assert line.head(f"/TepTin/{sha256}").headers["X-Ma-Bam"] == sha256
    whole = line.head(place, headers=TUS)
    assert (whole.headers["Upload-Offset"], whole.headers["X-Ma-Bam"]) == ("3000000", sha256)


def test_the_first_bytes_may_come_with_the_creation(line: httpx2.Client) -> None:
    content = some_bytes(5000, seed=2)
    headers = {**PIECE, "Upload-Length": "5000", "Upload-Metadata": metadata(a_hash(content))}
    answer = line.post("/tus", headers=headers, content=content[:3000])
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, "3000")
    assert send(line, answer.headers["Location"], 3000, content[3000:]).headers["X-Ma-Bam"] == a_hash(content)


def test_an_empty_file_is_there_at_once(line: httpx2.Client) -> None:
    assert line.head(create(line, b""), headers=TUS).headers["X-Ma-Bam"] == a_hash(b"")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({**PIECE, "Upload-Offset": "1"}, 409),
        ({**PIECE}, 400),
        ({**TUS, "Upload-Offset": "0"}, 415),
        ({**PIECE, "Upload-Offset": "0", "Tus-Resumable": "0.2.2"}, 412),
    ],
)
def test_a_wrong_piece_is_refused_and_changes_nothing(
    line: httpx2.Client, headers: dict[str, str], status: int
) -> None:
    place = create(line, b"0123456789")
    assert line.patch(place, headers=headers, content=b"01234").status_code == status
    assert offset_of(line, place) == 0
    assert "GMT" in line.head(place, headers=TUS).headers["Upload-Expires"]


def test_more_bytes_than_announced_are_refused(line: httpx2.Client) -> None:
    place = create(line, b"01234")
    assert send(line, place, 0, b"0123456789").status_code == 413
    assert line.post("/tus", headers={**TUS, "Upload-Length": str(10**12)}).status_code == 413
    assert line.post("/tus", headers=TUS).status_code == 400


def test_other_bytes_than_announced_are_refused_at_the_end_and_not_kept(line: httpx2.Client) -> None:
    place = create(line, b"01234", a_hash(b"56789"))
    assert send(line, place, 0, b"01234").status_code == 460
    assert line.head(place, headers=TUS).status_code == 410
    assert line.head(f"/TepTin/{a_hash(b'01234')}").status_code == 404


def test_an_upload_that_was_given_up_is_gone(line: httpx2.Client) -> None:
    place = create(line, b"01234")
    assert line.post(place, headers={**TUS, "X-HTTP-Method-Override": "DELETE"}).status_code == 204
    assert line.head(place, headers=TUS).status_code == 410
    assert line.head("/tus/nobody", headers=TUS).status_code == 404


def test_a_second_writer_is_kept_out_until_the_first_falls_silent(province: StandIn, line: httpx2.Client) -> None:
    content = some_bytes(400_000, seed=3)
    place = create(line, content)
    with hold(province, line, place, 400_000, content[:150_000]):
        end, status = time.monotonic() + PATIENCE_S, 423
        while status == 423:
            assert time.monotonic() < end
            offset = offset_of(line, place)
            status = send(line, place, offset, content[offset:]).status_code
            time.sleep(0.1)
    assert (status, offset) == (204, 150_000)  # what the silent one had brought was not thrown away
    assert line.get(f"/TepTin/{a_hash(content)}").content == content


def test_after_a_cut_it_goes_on_where_the_line_broke(province: StandIn, line: httpx2.Client) -> None:
    content = some_bytes(600_000, seed=4)
    place = create(line, content)
    broken_request(province, place, 0, 600_000, content[:250_000]).close()
    end = time.monotonic() + PATIENCE_S
    while offset_of(line, place) != 250_000:
        assert time.monotonic() < end
        time.sleep(0.02)
    assert send(line, place, 250_000, content[250_000:]).headers["X-Ma-Bam"] == a_hash(content)


def test_a_killed_server_goes_on_from_what_was_certain(province: StandIn, line: httpx2.Client) -> None:
    content = some_bytes(5_000_000, seed=5)
    place = create(line, content)
    with broken_request(province, place, 0, 5_000_000, content[:3_500_000]):
        end = time.monotonic() + PATIENCE_S
        while offset_of(line, place) < 2_000_000:
            assert time.monotonic() < end
            time.sleep(0.02)
        province.kill()
    province.start()
    with httpx2.Client(base_url=province.url, trust_env=False, timeout=10) as again:
        offset = offset_of(again, place)
        assert 2_000_000 <= offset <= 3_500_000
        assert send(again, place, offset, content[offset:]).headers["X-Ma-Bam"] == a_hash(content)
        assert again.get(f"/TepTin/{a_hash(content)}").content == content


@pytest.mark.parametrize(
    ("fault", "status"), [("locked", 423), ("gone", 410), ("not_found", 404), ("too_many", 429), ("too_large", 413)]
)
def test_each_fault_of_uploads_is_met_once(province: StandIn, line: httpx2.Client, fault: str, status: int) -> None:
    place = create(line, b"01234")
    province.misbehave(**{fault: 1})
    with httpx2.Client(base_url=province.url, trust_env=False) as other:
        answer = send(other, place, 0, b"01234")
    assert answer.status_code == status
    assert (fault == "too_many") == ("Retry-After" in answer.headers)
    assert send(line, place, 0, b"01234").status_code == 204


def test_bytes_that_rot_on_the_way_are_noticed(province: StandIn, line: httpx2.Client) -> None:
    place = create(line, b"01234")
    province.misbehave(rot=1)
    assert send(line, place, 0, b"01234").status_code == 460


def test_a_line_cut_by_the_server_keeps_the_first_half(province: StandIn, line: httpx2.Client) -> None:
    content = some_bytes(2_000_000, seed=6)
    place = create(line, content)
    province.misbehave(cut_upload=1)
    with pytest.raises(httpx2.HTTPError), httpx2.Client(base_url=province.url, trust_env=False) as other:
        send(other, place, 0, content)
    end = time.monotonic() + PATIENCE_S
    while not 1_000_000 <= offset_of(line, place) < 2_000_000:
        assert time.monotonic() < end
        time.sleep(0.02)
