"""`motcua sync waiting/retry/show/again/seen/online/listen` on a real office."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from exchange_samples import PORTAL_CODE, contradicted, refused, sent_online
from office_commands import commands_in, done_by
from sync_stand_in import ROOT
from sync_tls import Authority

from kiosk.domain.incoming import OnlineState
from ui.app import open_office

SECRET = "khoa-chung-cua-tinh"
ITEM = {"LoaiTin": "HoSoTrucTuyen", "MaHoSo": "H26-9", "MaTTHC": "1.004873", "ChuHoSo": "Nguyễn Thị Ánh"}


def test_what_waits_is_explained_sent_again_and_told_in_full(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_office(tmp_path) as office:
        key, other = refused(office, tmp_path), contradicted(office, tmp_path)
        sent_online(office, tmp_path)
    run = commands_in(tmp_path, capsys)
    done = done_by(run, "sync")
    seen = done("waiting")
    assert (seen["rejected"], [n["key"] for n in seen["dossiers"]]) == (1, [key, other])
    assert "Sai mã lĩnh vực" in seen["dossiers"][0]["why"]
    (conflict,) = seen["conflicts"]
    done("seen", str(conflict["id"]))
    for _ in range(3):
        done("retry", key)
    again = done("waiting")
    assert (again["rejected"], again["conflicts"]) == (0, [])
    assert done("show", other)["conflicts"][0]["theirs"] == "Đã trả kết quả"
    assert not done("again", key, "--reason", "Tỉnh báo chưa thấy")["queued"]  # it waits already
    assert [o["code"] for o in done("online")["online"]] == [PORTAL_CODE]
    assert "Nguyễn" not in str(done("online"))
    assert run("sync", "retry", "khong-co")[0] != 0


@contextmanager
def listening(root: Path) -> Iterator[str]:
    """`motcua sync listen` as its own process: its address."""
    command = [sys.executable, "-m", "kiosk", "--data", str(root), "--json", "sync", "listen"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    try:
        assert process.stdout is not None
        yield str(json.loads(process.stdout.readline())["url"])
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        if process.stdout is not None:
            process.stdout.close()


def pushed(url: str, items: object, secret: str = SECRET, tls: ssl.SSLContext | None = None) -> int:
    body, moment = json.dumps(items).encode(), str(int(time.time()))
    told = hmac.new(secret.encode(), f"{moment}\n".encode() + body, hashlib.sha256).hexdigest()
    headers = {"X-Thoi-Diem": moment, "X-Chu-Ky": told, "Content-Type": "application/json"}
    request = urllib.request.Request(url, body, headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=30, context=tls) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused_:
        with refused_:
            return refused_.code


def settings(root: Path, listen: str) -> None:
    (root / "khoa").write_text(SECRET, encoding="utf-8")
    listen = listen.replace("KHOA", str(root / "khoa"))
    province = '[[provinces]]\nurl = "http://127.0.0.1:9"\n'
    (root / "config.toml").write_text(f"{province}\n[listen]\nport = 0\n{listen}", encoding="utf-8")


def waiting(root: Path) -> list[str]:
    with open_office(root) as office, office.reads() as look:
        return [o.key for o in look.online.listed((OnlineState.WAITING,))]


def test_what_is_pushed_is_kept_once_however_often_it_comes(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        assert office.facts.agency_code
    settings(tmp_path, 'secret_file = "KHOA"\n')
    with listening(tmp_path) as url:
        assert [pushed(url, [ITEM]) for _ in range(3)] == [200, 200, 200]
        assert pushed(url, [ITEM], secret="khác") == 401
        assert pushed(url, {"a": 1}) == 400
    assert waiting(tmp_path) == ["H26-9"]
    with open_office(tmp_path) as office, office.reads() as look:
        events: list[Any] = [e.kind for e in look.events.of("H26-9")]
        assert events == ["online.arrived"]


def test_a_certificate_that_the_office_s_ca_signed_opens_the_door_and_no_other_does(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        assert office.facts.agency_code
    ours, theirs = Authority.made(tmp_path, "CA xã"), Authority.made(tmp_path, "CA tỉnh")
    place = ours.issue(tmp_path, "127.0.0.1")
    settings(
        tmp_path,
        f'cert_file = "{place}"\nkey_file = "{place}"\nclient_ca = "{theirs.file}"\n',
    )
    known, stranger = ssl.create_default_context(cafile=ours.file), ssl.create_default_context(cafile=ours.file)
    known.load_cert_chain(theirs.issue(tmp_path, "tinh.test"))
    with listening(tmp_path) as url:
        assert url.startswith("https://")
        assert pushed(url, [ITEM], tls=known) == 200
        with pytest.raises((urllib.error.URLError, OSError)):
            pushed(url, [ITEM], tls=stranger)
    assert waiting(tmp_path) == ["H26-9"]
