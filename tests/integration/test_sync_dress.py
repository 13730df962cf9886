"""What connections differ in, as it arrives: envelope, flag, headers, logins, tokens; and how replies are read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sync_golden import FULL, PROFILE, STEP
from sync_tls import Answered, Heard, SmallProvince, said

from kiosk.province_config import ProvinceConfig
from sync.clients import client_of
from sync.connection import Connection
from sync.errors import NotAProvinceError, ReplyLostError, SignedOutError
from sync.messages import g1_table
from sync.messages.forms import FORMS, Generation
from sync.messages.table import malformed, missing
from sync.outcome import Outcome
from sync.province import ProvinceClient
from sync.settings import connection_of

AGENCY = "H26.107"
DONE = "Cập nhật thành công"


def connection(province: SmallProvince, folder: Path, **settings: Any) -> Connection:
    """As the settings describe it; whoever has to log in does so with "mat-khau"."""
    (folder / "secret").write_text("mat-khau", encoding="utf-8")
    config = ProvinceConfig(url=province.url, secret_file=str(folder / "secret"), timeout_s=5, settle_s=0, **settings)
    return connection_of(config, AGENCY)


@contextmanager
def client(connected: Connection) -> Iterator[ProvinceClient]:
    made = client_of(connected)
    try:
        yield made
    finally:
        made.close()


class Bus:
    """A province that gives sessions and tokens that end after `lives` calls, and takes everything."""

    def __init__(self, lives: int = 100, expires_in: object = 3600) -> None:
        self.lives, self.expires_in = lives, expires_in
        self.logins, self.left, self.token = 0, 0, ""

    def __call__(self, request: Heard) -> Answered:
        if request.path in ("/auth", "/DangNhap", "/token"):
            self.logins += 1
            self.left, self.token = self.lives, f"phien-{self.logins}"
            body = {"access_token": self.token, "expires_in": self.expires_in, "token_type": "Bearer"}
            is_token = request.path == "/token"
            return (
                (200, "application/json", json.dumps(body)) if is_token else said(0, "Thành công", session=self.token)
            )
        if self.token and (self.left == 0 or self.token not in str(request.headers) + request.body.decode()):
            self.token = ""
            return said(401, "Phiên làm việc đã hết hạn", status=401)
        self.left -= 1
        return said(0, DONE, result=[], value="H26.107-20261123-0000009", data={"idHoSo": "id-1", "maHoSo": "x"})


def test_g1_goes_in_an_envelope_with_its_session_inside(tmp_path: Path) -> None:
    with SmallProvince(Bus()) as province:
        connected = connection(province, tmp_path, generation="g1", username="xa", headers={"dstcode": "VN:GOV:H26"})
        form = connected.form
        with client(connected) as talk:
            assert talk.insert([form.insertion(FULL, PROFILE)]).outcome is Outcome.DONE
            assert talk.update([form.insertion(FULL, PROFILE)]).outcome is Outcome.DONE
            assert talk.progress([form.progress(STEP)]).outcome is Outcome.DONE
            assert talk.lookup(FULL.code) is None
            talk.changes("7")
    login, insert, update, progress, lookup, news = province.heard
    assert (login.path, login.json) == ("/auth", {"username": "xa", "password": "mat-khau"})
    assert {h.path for h in province.heard[1:]} == {"/integration"}
    assert {h.headers["dstcode"] for h in province.heard} == {"VN:GOV:H26"}
    for sent, flag in ((insert, "False"), (update, "True")):
        assert sent.json["isUpdating"] == flag
        assert list(missing(sent.json, g1_table.DOSSIERS_SENT, PROFILE)) == []
        assert list(malformed(sent.json, g1_table.DOSSIERS_SENT, PROFILE)) == []
    assert list(malformed(progress.json, g1_table.PROGRESS_SENT, PROFILE)) == []
    assert {h.json["session"] for h in province.heard[1:]} == {"phien-1"}
    assert (lookup.json["service"], lookup.json["mahoso"]) == ("TraCuuHoSo", FULL.code)
    assert (news.json["service"], news.json["contro"]) == ("TrangThaiHoSo", "7")


@pytest.mark.parametrize(
    ("settings", "paths"),
    [
        ({}, ["/DongBoHoSoMC/ThemMoi", "/DongBoHoSoMC/CapNhat"]),
        (
            {"flag": "query", "agency_query": "MaDinhDanhDV", "paths": {"insert": "/DongBoHoSoMC"}},
            [
                "/DongBoHoSoMC?MaDinhDanhDV=H26.107&isUpdating=False",
                "/DongBoHoSoMC?MaDinhDanhDV=H26.107&isUpdating=True",
            ],
        ),
    ],
)
def test_g15_goes_as_a_bare_array_with_its_flag_in_the_address(
    tmp_path: Path, settings: dict[str, Any], paths: list[str]
) -> None:
    with SmallProvince(Bus()) as province:
        connected = connection(province, tmp_path, auth="none", **settings)
        message = connected.form.insertion(FULL, PROFILE)
        with client(connected) as talk:
            talk.insert([message])
            talk.update([message])
    assert [h.path for h in province.heard] == paths
    assert [h.json for h in province.heard] == [[message], [message]]


def test_the_fields_of_g15_travel_in_an_envelope_too(tmp_path: Path) -> None:
    with SmallProvince(Bus()) as province:
        connected = connection(province, tmp_path, envelope=True, auth="none")
        with client(connected) as talk:
            talk.insert([connected.form.insertion(FULL, PROFILE)])
    (sent,) = (h.json for h in province.heard)
    assert (sent["service"], sent["isUpdating"], sent["madonvi"]) == ("DongBoHoSoMC", "False", AGENCY)
    assert sent["data"][0]["KenhThucHien"] == "2"


@pytest.mark.parametrize(("generation", "login"), [("g1", "/auth"), ("g2", "/token")])
def test_a_session_that_ran_out_is_renewed_once_and_kept(tmp_path: Path, generation: str, login: str) -> None:
    bus = Bus(lives=2)
    with (
        SmallProvince(bus) as province,
        client(connection(province, tmp_path, generation=generation, username="xa")) as talk,
    ):
        for _ in range(5):
            talk.changes("")
    assert bus.logins == 3  # two calls each, and a renewal whenever one was turned away
    assert [h.path for h in province.heard].count(login) == 3


def test_a_token_is_asked_for_once_and_again_before_it_ends(tmp_path: Path) -> None:
    for expires_in, logins in ((3600, 1), ("3600", 1), (None, 1), (0.000001, 4)):
        bus = Bus(expires_in=expires_in)
        with (
            SmallProvince(bus) as province,
            client(connection(province, tmp_path, generation="g2", username="ma-xa")) as talk,
        ):
            for _ in range(4):
                talk.changes("")
        assert bus.logins == logins


def test_a_token_is_asked_for_in_json_or_as_a_form(tmp_path: Path) -> None:
    asked = {}
    for body in ("json", "form"):
        with (
            SmallProvince(Bus()) as province,
            client(connection(province, tmp_path, generation="g2", username="ma-xa", token_body=body)) as talk,
        ):
            talk.changes("")
        asked[body] = province.heard[0]
        assert province.heard[1].headers["authorization"] == "Bearer phien-1"
    assert asked["json"].json == {"client_id": "ma-xa", "client_secret": "mat-khau"}
    assert asked["form"].body == b"grant_type=client_credentials&client_id=ma-xa&client_secret=mat-khau"


def test_g2_asks_for_a_code_creates_and_names_the_dossier_by_its_id(tmp_path: Path) -> None:
    form = FORMS[Generation.G2]
    with (
        SmallProvince(Bus()) as province,
        client(connection(province, tmp_path, generation="g2", username="ma-xa")) as talk,
    ):
        assert talk.allot("1.001193") == "H26.107-20261123-0000009"
        talk.insert([form.insertion(FULL, PROFILE)])
        talk.update(form.replacements(FULL, PROFILE))
        talk.progress([form.progress(STEP)])
    _, allot, create, status, progress = province.heard
    assert allot.path == "/GetNextValue?code=H26.107"
    assert create.json == form.insertion(FULL, PROFILE)
    assert [(e["IdHoSo"], e["TrangThai"]) for e in status.json] == [("id-1", 9), ("id-1", 10)]
    assert [e["IDHoSo"] for e in progress.json] == ["id-1"]


def test_g2_asks_for_the_id_after_a_restart(tmp_path: Path) -> None:
    def there(request: Heard) -> Answered:
        if request.path == "/TraCuuHoSo":
            return said(0, "", data={"IdHoSo": "id-7", "MaHoSo": FULL.code, "TrangThai": 4})
        return Bus()(request)

    with SmallProvince(there) as province, client(connection(province, tmp_path, generation="g2", auth="none")) as talk:
        assert talk.progress([FORMS[Generation.G2].progress(STEP)]).outcome is Outcome.DONE
    assert province.heard[-1].json[0]["IDHoSo"] == "id-7"


def test_g2_tells_nothing_about_a_dossier_that_is_not_there(tmp_path: Path) -> None:
    with (
        SmallProvince(lambda _: said(0, "", data=None)) as province,
        client(connection(province, tmp_path, generation="g2", auth="none")) as talk,
    ):
        verdict = talk.update(FORMS[Generation.G2].replacements(FULL, PROFILE))
    assert verdict.outcome is Outcome.ABSENT
    assert [h.path for h in province.heard] == ["/TraCuuHoSo"]


def test_g2_sends_a_file_as_a_form_and_believes_only_the_hash_that_comes_back(tmp_path: Path) -> None:
    def store(request: Heard) -> Answered:
        assert request.headers["content-type"].startswith("multipart/form-data")
        assert b'name="files"; filename="doc-1.pdf"' in request.body
        assert b"%PDF" in request.body
        return said(0, "", data=[{"IdTepTin": "tep-1", "HashTepTin": "AB" * 32}])

    with SmallProvince(store) as province, client(connection(province, tmp_path, generation="g2", auth="none")) as talk:
        assert talk.find_file("ab" * 32) is None
        receipt = talk.upload_file("doc-1", b"%PDF", "ab" * 32, "application/pdf")
    assert (receipt.url, receipt.sha256) == ("tep-1", "ab" * 32)


def test_a_code_that_does_not_come_is_asked_for_again(tmp_path: Path) -> None:
    with (
        SmallProvince(lambda _: said(0, "Thành công")) as province,
        client(connection(province, tmp_path, generation="g2", auth="none")) as talk,
        pytest.raises(ReplyLostError),
    ):
        talk.allot("1.001193")


def test_a_wrong_secret_is_told_and_sends_nothing(tmp_path: Path) -> None:
    def gate(request: Heard) -> Answered:
        return 401, "application/json", '{"error": "invalid_client"}'

    with (
        SmallProvince(gate) as province,
        client(connection(province, tmp_path, generation="g2", username="xa")) as talk,
        pytest.raises(SignedOutError),
    ):
        talk.insert([FORMS[Generation.G2].insertion(FULL, PROFILE)])
    assert {h.path for h in province.heard} == {"/token"}


def test_a_web_page_at_the_login_is_no_wrong_password(tmp_path: Path) -> None:
    with (
        SmallProvince(lambda _: (200, "text/html", "<html>Wi-Fi</html>")) as province,
        client(connection(province, tmp_path, generation="g1", username="xa")) as talk,
        pytest.raises(NotAProvinceError),
    ):
        talk.insert([FORMS[Generation.G1].insertion(FULL, PROFILE)])
    assert len(province.heard) == 1


@pytest.mark.parametrize(
    ("settings", "body", "outcome"),
    [
        ({"success_pattern": ""}, {"error_code": "00"}, Outcome.DONE),
        ({"success_codes": (200,), "success_pattern": ""}, {"error_code": 200}, Outcome.DONE),
        ({"success_codes": (200,), "success_pattern": ""}, {"error_code": 0}, Outcome.REJECTED),
        ({"success_pattern": "^ok$"}, {"error_code": 0, "message": "OK"}, Outcome.DONE),
        ({"success_pattern": "^ok$"}, {"error_code": 0, "message": DONE}, Outcome.UNKNOWN),
        (
            {"code_names": ("STATUS",), "message_names": ("DESCRIPTION",)},
            {"STATUS": "0", "DESCRIPTION": DONE},
            Outcome.DONE,
        ),
        ({}, {"message": json.dumps({"error_code": "00", "message": DONE})}, Outcome.DONE),
        (
            {"wrapped_in": ("Data",)},
            {"Data": json.dumps({"error_code": -1, "message": "Sai dữ liệu"})},
            Outcome.REJECTED,
        ),
    ],
)
def test_success_is_what_the_connection_s_rule_says(
    tmp_path: Path, settings: dict[str, Any], body: dict[str, Any], outcome: Outcome
) -> None:
    answer = (200, "application/json", json.dumps(body))
    with (
        SmallProvince(lambda _: answer) as province,
        client(connection(province, tmp_path, auth="none", **settings)) as talk,
    ):
        assert talk.insert([{"MaHoSo": "x"}]).outcome is outcome


def test_a_slow_province_is_given_up_and_asked_about(tmp_path: Path) -> None:
    import threading

    done = threading.Event()

    def hang(_: Heard) -> Answered:
        done.wait(10)
        return said(0, DONE)

    with SmallProvince(hang) as province:
        hasty = replace(connection(province, tmp_path, auth="none"))
        hasty = replace(hasty, timeouts=replace(hasty.timeouts, read_s=0.3))
        with client(hasty) as talk:
            assert talk.insert([{"MaHoSo": "x"}]).outcome is Outcome.UNKNOWN
        done.set()
