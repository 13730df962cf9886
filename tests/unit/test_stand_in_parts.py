"""Small parts of the stand-in: switches, forms with files, catalogues, logins, expiry."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, MutableMapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.reference.app import Province, make_app
from sync.reference.catalogue import Catalogue, UnknownServiceError
from sync.reference.database import Database
from sync.reference.fault_words import WORDS
from sync.reference.faults import COUNTED, KINDS, Faults, UnknownFaultError, switches_of
from sync.reference.files import Files
from sync.reference.html import size, table, when
from sync.reference.logins import Habits, Logins
from sync.reference.multipart import FilePart, file_parts
from sync.reference.replies import reply
from sync.reference.requests import MalformedRequestError
from sync.reference.uploads import Uploads


def met(faults: Faults, n: int = 50) -> list[str]:
    return [faults.meet(is_write=True, is_upload=False) for _ in range(n)]


def test_chance_is_the_same_for_the_same_seed() -> None:
    one, two, three = (Faults(switches_of(["rate=0.5", f"seed={seed}"])) for seed in (7, 7, 8))
    told = met(one)
    assert told == met(two)
    assert told != met(three)
    assert 10 < sum(bool(t) for t in told) < 40


def test_a_counted_fault_is_met_that_often_by_those_whom_it_concerns() -> None:
    faults = Faults(switches_of(["rot=1", "drop_reply_after_commit=1"]))
    assert faults.meet(is_write=False, is_upload=False) == ""
    assert faults.meet(is_write=True, is_upload=False) == "drop_reply_after_commit"
    assert faults.meet(is_write=True, is_upload=True) == "rot"
    assert faults.meet(is_write=True, is_upload=True) == ""


def test_clearing_goes_back_to_how_it_was_started() -> None:
    faults = Faults(switches_of(["naive=true"]))
    faults.switch({"slow_s": 2, "naive": False})
    now = faults.switch({"clear": True})
    assert (now.naive, now.slow_s) == (True, 0.0)


@pytest.mark.parametrize(
    "word",
    [
        "nobody=1",
        "slow_s=-1",
        "slow_s=NaN",
        "slow_s=1e9",
        "http500=1.5",
        "away=1",
        'kinds=["x"]',
        "shape=x",
        "reject=1",
    ],
)
def test_a_switch_that_is_none_is_refused(word: str) -> None:
    with pytest.raises(UnknownFaultError):
        switches_of([word])


def test_every_switch_is_explained() -> None:
    assert set(WORDS) == set(KINDS)
    assert set(COUNTED) <= set(KINDS)


@pytest.mark.parametrize(("form", "text"), [("0", '"0"'), ("00", '"00"'), ("number", "0"), ("raw00", "00")])
def test_success_is_spelt_in_every_way(form: str, text: str) -> None:
    assert reply(0, "Thành công", switches_of([f"code_form={json.dumps(form)}"])).startswith(
        f'{{"error_code": {text},'.encode()
    )


def test_other_systems_name_code_and_message_otherwise() -> None:
    body = json.loads(reply(-1, "không", switches_of(["shape=STATUS"])))
    assert body == {"STATUS": "-1", "DESCRIPTION": "không"}


def read_form(body: bytes, boundary: str, folder: Path, sizes: list[int]) -> list[tuple[FilePart, bytes]]:
    """The form, arriving in pieces of these sizes again and again."""
    numbers = count()

    async def pieces() -> AsyncIterator[bytes]:
        start, turn = 0, 0
        while start < len(body):
            step = sizes[turn % len(sizes)]
            yield body[start : start + step]
            start, turn = start + step, turn + 1

    parts = asyncio.run(
        file_parts(
            f"multipart/form-data; boundary={boundary}", pieces(), lambda: folder / f"{next(numbers)}.part", 10**6
        )
    )
    return [(p, p.part.read_bytes()) for p in parts]


def a_form(files: list[tuple[str, bytes]], boundary: str) -> bytes:
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
        f"Content-Type: application/pdf\r\n\r\n".encode()
        + content
        + b"\r\n"
        for name, content in files
    ]
    field = f'--{boundary}\r\nContent-Disposition: form-data; name="ghi-chu"\r\n\r\nkhông phải tệp\r\n'.encode()
    return field + b"".join(parts) + f"--{boundary}--\r\n".encode()


@settings(max_examples=80, deadline=None)
@given(
    contents=st.lists(st.binary(max_size=200).map(lambda b: b.replace(b"--x", b"")), min_size=1, max_size=3),
    sizes=st.lists(st.integers(1, 40), min_size=1, max_size=5),
)
def test_files_of_a_form_come_out_as_they_went_in_however_the_line_cuts_them(
    tmp_path_factory: pytest.TempPathFactory, contents: list[bytes], sizes: list[int]
) -> None:
    named = [(f"tệp-{n}.pdf", c + b"\r\n--") for n, c in enumerate(contents)]
    found = read_form(a_form(named, "xyz"), "xyz", tmp_path_factory.mktemp("form"), sizes)
    assert [(p.name, p.media_type, content) for p, content in found] == [(n, "application/pdf", c) for n, c in named]


@pytest.mark.parametrize("body", [b"", b"--xyz\r\n", a_form([("a", b"x")], "xyz")[:-8], b"--xyz\r\n" + b"y" * 50_000])
def test_half_a_form_leaves_nothing_behind(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(MalformedRequestError):
        read_form(body, "xyz", tmp_path, [7])
    assert list(tmp_path.iterdir()) == []


def test_a_catalogue_is_read_from_its_folder_and_from_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "catalogue" / "LayThuTuc").mkdir(parents=True)
    (tmp_path / "secret.json").write_text("[1]")
    one = {"MATTHC": "1.001193", "TENTTHC": "Đăng ký khai sinh"}
    (tmp_path / "catalogue" / "LayThuTuc" / "1.001193.json").write_text(json.dumps(one))
    catalogue = Catalogue(tmp_path / "catalogue")
    assert catalogue.result("LayDanhSachTTHC", {}) == [one]
    assert catalogue.result("LayThuTuc", {"maTTHC": "1.001193"}) == [one]
    assert catalogue.result("LayThuTuc", {"maTTHC": "../../secret"}) == []
    for service in ("../secret", "LayNgayNghi", ""):
        with pytest.raises(UnknownServiceError):
            catalogue.result(service, {})


def test_a_session_runs_out_and_can_be_ended() -> None:
    logins = Logins(Habits(secret="mat-khau", session_s=1000))
    session = logins.open()
    assert logins.is_open(session)
    logins.close_all()
    assert not logins.is_open(session)
    assert not Logins(Habits(session_s=0)).is_open(Logins(Habits(session_s=0)).open())
    assert (logins.is_right("mat-khau"), logins.is_right("x"), logins.is_right(5)) == (True, False, False)


def test_an_upload_that_nobody_goes_on_with_expires(tmp_path: Path) -> None:
    database = Database(tmp_path / "received.db")
    uploads = Uploads(database, Files(database, tmp_path / "files"), tmp_path / "files", lifetime_s=-1)
    upload = uploads.create(10, sha256="", file_id="", media_type="", metadata="")
    found = uploads.find(upload.id)
    assert found is not None
    assert found.state == "gone"
    assert list((tmp_path / "files").iterdir()) == []
    database.close()


def test_an_upload_whose_check_was_cut_off_is_checked_again(tmp_path: Path) -> None:
    database = Database(tmp_path / "received.db")
    files = Files(database, tmp_path / "files")
    uploads = Uploads(database, files, tmp_path / "files", lifetime_s=100)
    upload = uploads.create(5, sha256="", file_id="", media_type="", metadata="")
    tail = uploads.tail(upload)
    tail.write(b"01234")
    tail.sync()
    tail.close()
    first = uploads.finish(upload)
    again = uploads.finish(first)
    assert again.sha256 == first.sha256
    kept = files.find(first.sha256)
    assert kept is not None
    assert kept.path.read_bytes() == b"01234"
    database.close()


def test_what_comes_from_outside_is_escaped_on_the_page() -> None:
    made = table(("Tên",), [("<script>alert(1)</script>",)], empty="")
    assert "<script>" not in made
    assert "&lt;script&gt;" in made
    assert table(("Tên",), [], empty="Chưa có") == '<p class="empty">Chưa có</p>'
    assert (when("20261123101500"), when("x")) == ("23/11/2026 10:15:00", "x")
    assert (size(512), size(1536), size(3 * 1024**3)) == ("512 B", "1,5 KB", "3,0 GB")


def test_bytes_that_nobody_can_go_on_with_are_thrown_away_at_the_start(tmp_path: Path) -> None:
    database = Database(tmp_path / "received.db")
    files = Files(database, tmp_path / "files")
    uploads = Uploads(database, files, tmp_path / "files", lifetime_s=100)
    going_on = uploads.create(5, sha256="", file_id="", media_type="", metadata="")
    files.new_part().write_bytes(b"of a form that was cut")
    assert uploads.sweep() == 1
    assert [p.stem for p in (tmp_path / "files").iterdir()] == [going_on.id]
    database.close()


def asked_from(host: str, method: str, path: str, folder: Path) -> int:
    """The status of one request to a stand-in, from a computer with this address."""
    database = Database(folder / "received.db")
    told: list[int] = []
    app = make_app(Province(folder, "http://tinh", Habits(), database, Faults()))
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [],
        "client": (host, 1),
        "server": ("tinh", 80),
        "scheme": "http",
        "root_path": "",
    }

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"{}"}

    async def send(message: MutableMapping[str, Any]) -> None:
        told.append(int(message.get("status", 0)))

    asyncio.run(app(scope, receive, send))
    database.close()
    return told[0]


@pytest.mark.parametrize("path", ["/_faults", "/_admin/report", "/_admin/journal"])
def test_only_this_computer_turns_switches_and_reads_reports(tmp_path: Path, path: str) -> None:
    assert asked_from("127.0.0.1", "GET", path, tmp_path) == 200
    assert asked_from("::1", "GET", path, tmp_path) == 200
    assert asked_from("192.0.2.7", "GET", path, tmp_path) == 403
    assert asked_from("192.0.2.7", "GET", "/", tmp_path) == 200
