"""What goes back from the stand-in: decisions by command, results, online dossiers, pushes; and what its pages show."""

from __future__ import annotations

import gzip
import hashlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
from office_commands import commands_in
from sync_samples import a_message, a_step
from sync_stand_in import StandIn
from sync_tls import Authority

from kiosk.errors import KioskError
from kiosk.storage.private_cluster import PrivateCluster
from sync.listening import Door
from sync.messages.incoming import kind_of, online_of, results_of
from sync.province import Change
from sync.reference.database import Database
from sync.reference.store import ProvinceStore

OFFICE = "H26.107"
PATIENCE_S = 30.0
_numbers = count(1)

Told = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    folder = tmp_path_factory.mktemp("province")
    (folder / "catalogue").mkdir()
    (folder / "catalogue" / "LayNgayNghi.json").write_text('[{"NGAY": "20270217"}]')
    with StandIn(folder) as stand_in:
        yield stand_in


@pytest.fixture
def province(running: StandIn) -> StandIn:
    running.misbehave()
    return running


@pytest.fixture
def line(province: StandIn) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=province.url, trust_env=False, timeout=10) as client:
        yield client


@pytest.fixture
def code(line: httpx2.Client) -> str:
    """Of a dossier that has arrived."""
    code = f"{OFFICE}-261125-{next(_numbers):05d}"
    line.post("/DongBoHoSoMC/ThemMoi", json=[a_message(code)])
    line.post("/CapNhatTienDoHoSoMC", json=[a_step(code)])
    return code


@pytest.fixture
def told(province: StandIn, capsys: pytest.CaptureFixture[str]) -> Told:
    """Runs a command of `motcua province` beside the stand-in: what it told."""
    run = commands_in(province.folder, capsys)
    return lambda *words: run("province", *words)[1]


def news(line: httpx2.Client, cursor: str = "", office: str = OFFICE) -> dict[str, Any]:
    found: dict[str, Any] = line.get("/TrangThaiHoSo", params={"contro": cursor, "madonvi": office}).json()
    return found


def cursor_now(line: httpx2.Client) -> str:
    page = news(line)
    while page["con_nua"]:
        page = news(line, page["contro"])
    return str(page["contro"])


def test_an_officer_decides_by_command_and_the_result_can_be_read(
    told: Told, line: httpx2.Client, code: str, tmp_path: Path
) -> None:
    start, result = cursor_now(line), tmp_path / "giay-khai-sinh.pdf"
    result.write_bytes(b"%PDF kq")
    told("decide", code, "9", "--note", "Xong", "--result", str(result))
    status, outcome = news(line, start)["result"]
    assert (kind_of(status), status["TrangThai"], status["NoiDung"]) == ("TrangThai", "9", "Xong")
    (sent,) = results_of(outcome)
    assert (sent.outcome.code, sent.outcome.name) == (code, "giay-khai-sinh.pdf")
    assert sent.outcome.file.sha256 == hashlib.sha256(b"%PDF kq").hexdigest()
    assert line.get(sent.outcome.file.url).content == b"%PDF kq"
    refused = told("decide", code, "77")
    assert refused["error"]["code"] == "province.refused"
    nowhere = told("decide", code, "4", "--url", "http://127.0.0.1:1")
    assert nowhere["error"]["code"] == "province.not_running"


def test_an_online_dossier_is_read_by_the_office_as_it_was_handed_in(told: Told, line: httpx2.Client) -> None:
    start = cursor_now(line)
    handed = told("hand-in", OFFICE, "--owner", "Trần Văn Mẫu")
    (item,) = news(line, start)["result"]
    online = online_of(item)
    assert online is not None
    assert (online.code, online.owner.full_name, online.procedure_code) == (
        handed["MaHoSo"],
        "Trần Văn Mẫu",
        "1.001193",
    )
    assert [f.content is not None and f.content.startswith(b"%PDF") for f in online.files] == [True, True]
    assert news(line, start, "H26.108")["result"] == []


def test_a_paper_of_an_online_dossier_can_be_fetched(line: httpx2.Client, told: Told) -> None:
    start = cursor_now(line)
    told("hand-in", OFFICE, "--by-url")
    online = online_of(news(line, start)["result"][0])
    assert online is not None
    form, paper = online.files
    assert (form.content is None, paper.content) == (False, None)
    assert hashlib.sha256(line.get(paper.file.url).content).hexdigest() == paper.file.sha256


def test_news_can_come_twice_and_out_of_order_but_none_is_left_out(
    province: StandIn, line: httpx2.Client, code: str
) -> None:
    start = cursor_now(line)
    for status in ("4", "5", "4", "6", "4", "9"):
        province.decide(code, status)
    straight = [item["TrangThai"] for item in news(line, start)["result"]]
    province.misbehave(repeat_news=3, shuffle_news=True, seed=3)
    page = news(line, start)
    odd = [item["TrangThai"] for item in page["result"] if item.get("MaHoSoDonVi") == code]
    assert sorted(odd) == sorted(straight)
    assert odd != straight
    assert len(news(line, page["contro"])["result"]) == 3
    province.misbehave()
    assert news(line, page["contro"])["result"] == []


def test_the_catalogue_folder_answers_both_forms_of_the_question(line: httpx2.Client) -> None:
    wanted = [{"NGAY": "20270217"}]
    assert line.get("/KetNoiMotCuaQuocGia/LayNgayNghi").json()["result"] == wanted
    session = line.post("/G1/auth", json={"username": "xa", "password": "x"}).json()["session"]
    asked = {"session": session, "madonvi": OFFICE, "service": "LayNgayNghi"}
    assert line.post("/G1/share", json=asked).json()["result"] == wanted
    statuses = line.get("/KetNoiMotCuaQuocGia/LayDanhMucTrangThai").json()["result"]
    assert statuses[8] == {"MA": "9", "TEN": "Đã xử lý xong"}
    refused = line.post("/G1/share", json={**asked, "session": "x"}).json()
    assert refused["error_code"] == "-1"


def test_one_fault_switch_turns_by_command_and_is_not_for_others(told: Told, line: httpx2.Client, code: str) -> None:
    assert told("faults", "http500=1", "shape=STATUS")["http500"] == 1
    assert line.post("/TraCuuHoSo", json={"mahoso": code}).status_code == 500
    assert line.post("/TraCuuHoSo", json={"mahoso": code}).json()["STATUS"] == "0"
    assert told("faults", "--clear")["shape"] == "error_code"
    assert told("faults", "nobody=1")["error"]["code"] == "province.refused"


def test_a_packed_envelope_meets_the_faults_of_what_is_in_it(province: StandIn, line: httpx2.Client) -> None:
    session = line.post("/G1/auth", json={"username": "xa", "password": "x"}).json()["session"]
    province.misbehave(drop_reply_after_commit=1)

    def ask(**members: object) -> httpx2.Response:
        body = json.dumps({"session": session, "madonvi": OFFICE, **members}).encode()
        return line.post("/G1/integration", content=gzip.compress(body), headers={"Content-Encoding": "gzip"})

    assert ask(service="TraCuuHoSo", mahoso="x").json()["result"] == []
    with pytest.raises(httpx2.HTTPError):
        ask(service="DongBoHoSoMC", data=[])
    bad = line.post("/G1/integration", content=b"\x1f\x8b", headers={"Content-Encoding": "gzip"})
    assert bad.status_code == 400


def test_a_token_is_given_for_a_form_too(line: httpx2.Client) -> None:
    form = {"grant_type": "client_credentials", "client_id": "xa", "client_secret": "x"}
    token = line.post("/G2/token", data=form).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    given = line.get("/G2/GetNextValue", params={"code": OFFICE}, headers=headers).json()["value"]
    assert given.startswith(f"{OFFICE}-20")
    assert line.get("/G2/GetNextValue", params={"code": OFFICE}).status_code == 401


def test_what_came_is_kept_in_the_database_that_was_named(tmp_path: Path, cluster: PrivateCluster) -> None:
    url, code = cluster.new_database(), f"{OFFICE}-261123-00001"
    with StandIn(tmp_path / "province", "--database", url) as province:
        httpx2.post(f"{province.url}/DongBoHoSoMC/ThemMoi", json=[a_message(code)])
        province.kill()
    database = Database(url)
    assert ProvinceStore(database).report()["codes"] == [code]
    database.close()
    assert not (tmp_path / "province" / "received.db").exists()
    cluster.drop(url)


def test_a_request_done_twice_and_one_done_late_show_in_what_arrived(province: StandIn, line: httpx2.Client) -> None:
    twice, late = (f"{OFFICE}-261126-{n:05d}" for n in (1, 2))
    province.misbehave(naive=True, duplicate=1)
    line.post("/DongBoHoSoMC/ThemMoi", json=[a_message(twice)])
    assert twice in province.report()["doubled"]
    province.misbehave(late=1, late_s=0.1)
    with pytest.raises(httpx2.HTTPError):
        line.post("/DongBoHoSoMC/ThemMoi", json=[a_message(late)])
    end = time.monotonic() + PATIENCE_S
    while late not in province.report()["codes"]:
        assert time.monotonic() < end
        time.sleep(0.02)


def test_the_pages_say_what_this_is_and_show_what_arrived(province: StandIn, line: httpx2.Client, code: str) -> None:
    line.post("/DongBoHoSoMC/CapNhat", json=[a_message(code, ChuHoSo="<script>alert(1)</script>")])
    province.decide(code, "4", note="Đang thẩm định")
    pages = [line.get(p) for p in ("/", "/trang/tep", "/trang/tin", "/trang/nhat-ky", "/trang/cong-tac")]
    for page in pages:
        assert "KHÔNG PHẢI HỆ THỐNG CỦA TỈNH" in page.text
        assert "<script" not in page.text
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert code in pages[0].text
    assert "Đang thẩm định" in pages[2].text
    assert "thành công" in pages[3].text
    row = pages[0].text.split(f">{code}<")[0].rpartition("/trang/ho-so/")[2].rstrip('">')
    own = line.get(f"/trang/ho-so/{row}").text
    assert "2 Được tiếp nhận" in own
    assert "4 Đang xử lý" in own
    assert line.get("/trang/ho-so/999999").status_code == 404


def test_the_description_names_every_address_that_offices_use(line: httpx2.Client) -> None:
    paths = line.get("/openapi.json").json()["paths"]
    assert {"/tus", "/tus/{upload}", "/TepTin/{sha256}", "/G1/integration", "/G2/NoiHoSo", "/TraCuuHoSo"} <= set(paths)
    for path, methods in paths.items():
        for method in methods:
            asked = line.request(method.upper(), path.replace("{", "").replace("}", ""))
            assert asked.status_code != 405, (method, path)


@dataclass
class OfficeDoor:
    """The office's own door, over TLS; what it was brought is kept but for the first time, as with a full disk."""

    certificate: Path
    brought: list[dict[str, Any]] = field(default_factory=list)
    knocks: int = 0

    def take(self, news: Sequence[Change]) -> int:
        self.knocks += 1
        if self.knocks == 1:
            raise KioskError
        self.brought += [dict(change.raw or {}) for change in news]
        return len(news)

    @contextmanager
    def opened(self) -> Iterator[str]:
        """Its URL."""
        app = Door(self.take, "khoa-chung", 2**20).app()
        listener = socket.create_server(("127.0.0.1", 0))
        settings = uvicorn.Config(app, ws="none", lifespan="off", log_level="error", ssl_certfile=self.certificate)
        server = uvicorn.Server(settings)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"https://localhost:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
            listener.close()


def test_its_own_officers_decide_and_the_news_is_carried_to_the_door_once(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("khoa-chung\n")
    authority = Authority.made(tmp_path)
    door = OfficeDoor(authority.issue(tmp_path, "localhost"))

    def wait_for(n: int) -> None:
        end = time.monotonic() + PATIENCE_S
        while len(door.brought) < n:
            assert time.monotonic() < end
            time.sleep(0.02)

    with door.opened() as url:
        signs = ("--push-secret-file", str(tmp_path / "secret"), "--push-ca", str(authority.file))
        with StandIn(tmp_path / "province", "--auto", "0.1", "--push", f"{OFFICE}={url}", *signs) as province:
            httpx2.post(f"{province.url}/DongBoHoSoMC/ThemMoi", json=[a_message(f"{OFFICE}-261123-00001")])
            wait_for(3)
            (sent,) = results_of(door.brought[2])
            content = httpx2.get(sent.outcome.file.url).content
            province.stop()
            province.start()
            province.decide(f"{OFFICE}-261123-00001", "10")
            wait_for(4)
    assert [(kind_of(i), i.get("TrangThai", "")) for i in door.brought] == [
        ("TrangThai", "4"),
        ("TrangThai", "9"),
        ("KetQua", ""),
        ("TrangThai", "10"),
    ]
    assert hashlib.sha256(content).hexdigest() == sent.outcome.file.sha256
