"""Connections, routes and the circuit."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import ConfigError, read_config
from kiosk.province_config import ProvinceConfig
from sync.circuit import Circuit
from sync.clients import client_of
from sync.connection import Connection, Timeouts, Wrapping
from sync.errors import BadConnectionError, BrokenConnectionError, ByFolderError, NoProvinceError
from sync.messages.canonical import OwnerKind
from sync.outcome import Answer, Outcome, judge
from sync.routes import Routes, routes_of
from sync.settings import connection_of
from sync.tls import verification
from ui.i18n.errors import explain

URL = "https://tinh.example/lgsp/"


class FixedSecrets:
    """Knows one secret for every name."""

    def get(self, name: str) -> str:
        return "mat-khau"

    def put(self, name: str, secret: str) -> None:
        raise AssertionError(name)

    def forget(self, name: str) -> None:
        raise AssertionError(name)


def test_a_connection_takes_what_the_settings_say() -> None:
    config = ProvinceConfig(
        url=URL, headers={"dstcode": "VN:GOV:H26"}, paths={"insert": "/HoSo/ThemMoi"}, timeout_s=5, agency_code="H26.9"
    )
    made = connection_of(config, "H26.107")
    assert (made.base_url, made.agency_code, made.headers["dstcode"]) == (URL[:-1], "H26.9", "VN:GOV:H26")
    assert (made.paths.insert, made.paths.update) == ("/HoSo/ThemMoi", "/DongBoHoSoMC/CapNhat")
    assert (made.timeouts.connect_s, made.timeouts.read_s, made.timeouts.settle_s) == (5, 5, 5)
    assert connection_of(ProvinceConfig(url=URL), "H26.107").agency_code == "H26.107"


def test_success_is_what_the_settings_say() -> None:
    wordless = connection_of(ProvinceConfig(url=URL, success_pattern=""), "H26.107").rule
    assert judge(Answer(200, "", '{"error_code": 0}'), wordless).outcome is Outcome.DONE
    own = connection_of(ProvinceConfig(url=URL, success_codes=(1,), success_pattern="^ok$"), "H26.107").rule
    assert judge(Answer(200, "", '{"error_code": 1, "message": "OK"}'), own).outcome is Outcome.DONE
    assert judge(Answer(200, "", '{"error_code": 0, "message": "OK"}'), own).outcome is not Outcome.DONE


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"url": "tinh.example"}, "url"),
        ({"url": "ftp://tinh.example"}, "url"),
        ({"url": "http://[::1"}, "url"),
        ({"url": URL, "agency_code": "xã Mẫu"}, "agency_code"),
        ({"url": URL, "ca_file": "/nowhere/ca.pem"}, "ca_file"),
        ({"url": URL, "success_pattern": "("}, "success_pattern"),
        ({"url": URL, "paths": {"isnert": "/x"}}, "paths"),
        ({"url": URL, "client_cert": "/nowhere/xa.pem"}, "client_cert"),
        ({"url": URL, "client_key": "/nowhere/xa.key"}, "client_key"),
        ({"url": URL, "flag": "body"}, "flag"),
        ({"url": URL, "auth": "bearer", "secret_file": "/nowhere/token"}, "secret_file"),
    ],
)
def test_a_bad_setting_is_named(changes: dict[str, object], field: str) -> None:
    with pytest.raises(BadConnectionError) as caught:
        connection_of(ProvinceConfig.model_validate(changes), "H26.107")
    assert caught.value.details["field"] == field
    told = explain(caught.value)
    assert f"“{field}”" in told.message
    assert "giá trị không dùng được" not in told.message  # each setting says what it takes
    assert "motcua sync test" in told.fix


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ('generation = "g3"', "generation"),
        ('auth = "basic"', "auth"),
        ('flag = "header"', "flag"),
        ("timeout_s = 0", "timeout_s"),
        ("settle_s = -1", "settle_s"),
        ('token_body = "xml"', "token_body"),
        ('owner_kinds = { robot = "1" }', "robot"),
        ('password = "x"', "password"),
    ],
)
def test_a_setting_of_the_file_that_nobody_knows_is_named(tmp_path: Path, settings: str, key: str) -> None:
    (tmp_path / "config.toml").write_text(f'[[provinces]]\nurl = "{URL}"\n{settings}\n', encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_config(tmp_path / "config.toml")
    assert key in str(caught.value.details["problem"])


def test_files_that_are_no_certificates_are_named_before_anything_is_sent(tmp_path: Path) -> None:
    file = tmp_path / "x.pem"
    file.write_text("không phải PEM", encoding="utf-8")
    for field in ("ca_file", "client_cert"):
        made = connection_of(ProvinceConfig.model_validate({"url": URL, field: str(file)}), "H26.107")
        with pytest.raises(BadConnectionError) as caught:
            verification(made)
        assert caught.value.details["field"] == field


@pytest.mark.parametrize(
    ("generation", "auth", "wrapping", "insert"),
    [
        ("g1", "session", Wrapping(envelope=True, flag="body"), "/integration"),
        ("g15", "none", Wrapping(), "/DongBoHoSoMC/ThemMoi"),
        ("g2", "oauth", Wrapping(), "/DongBoHoSoMC/ThemMoi"),
    ],
)
def test_a_generation_brings_its_own_habits(generation: str, auth: str, wrapping: Wrapping, insert: str) -> None:
    config = ProvinceConfig.model_validate({"url": URL, "generation": generation, "secret_name": "x"})
    made = connection_of(config, "H26.107", FixedSecrets())
    assert (made.auth.kind, made.wrapping, made.paths.insert) == (auth, wrapping, insert)


def test_a_connection_s_own_words_win_over_the_generation_s() -> None:
    config = ProvinceConfig.model_validate(
        {
            "url": URL,
            "generation": "g1",
            "auth": "none",
            "envelope": False,
            "owner_kinds": {"citizen": "0"},
            "databases": {"dan-cu": "7"},
            "timeout_s": 5,
            "connect_s": 2,
            "settle_s": 1,
        }
    )
    made = connection_of(config, "H26.107")
    assert (made.auth.kind, made.wrapping) == ("none", Wrapping(envelope=False, flag="url"))
    assert made.profile.owner_kind(OwnerKind.CITIZEN) == "0"
    assert made.profile.owner_kind(OwnerKind.COMPANY) == "2"
    assert made.timeouts == Timeouts(2, 5, 1)


def test_a_folder_needs_no_address_and_no_password() -> None:
    routes = routes_of(
        [
            ProvinceConfig(name="usb", generation="files", procedures=("2.",)),
            ProvinceConfig(name="trong"),
            ProvinceConfig(name="tinh", url=URL),
        ],
        "H26.107",
    )
    assert [c.name for c in routes.connections] == ["usb", "tinh"]
    assert [c.name for c in routes.lines] == ["tinh"]
    assert routes.connection("2.000635").name == "usb"
    with pytest.raises(ByFolderError) as caught:
        routes.line("2.000635")
    assert "motcua sync export" in explain(caught.value).fix
    with pytest.raises(ByFolderError):
        client_of(routes.connection("2.000635"))


def test_a_secret_comes_from_its_file_and_is_never_shown(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("t0ken\n")
    made = connection_of(ProvinceConfig(url=URL, auth="bearer", secret_file=str(file)), "H26.107")
    assert made.auth.secret == "t0ken"
    assert "t0ken" not in repr(made)


def test_a_procedure_goes_to_the_connection_that_names_it_and_the_rest_to_the_province() -> None:
    province = Connection("http://tinh.test", "H26.107")
    justice = Connection("http://tuphap.test", "H26.107", procedures=("1.001193", "2."))
    routes = Routes((province, justice))
    assert routes.connection("1.001193") is justice
    assert routes.connection("2.000635") is justice
    assert routes.connection("1.000894") is province


def test_a_procedure_that_nobody_takes_is_said_so() -> None:
    with pytest.raises(NoProvinceError):
        Routes((Connection("http://tuphap.test", "H26.107", procedures=("2.",)),)).connection("1.001193")
    with pytest.raises(NoProvinceError):
        routes_of([ProvinceConfig()], "H26.107").connection("1.001193")


def test_pauses_grow_to_a_few_seconds_and_end_at_once_when_the_line_is_back() -> None:
    now = [0.0]
    circuit = Circuit(lambda: now[0], lambda: 1.0, first_s=0.5, last_s=8.0)
    assert circuit.wait_s == 0
    waits = []
    for _ in range(7):
        circuit.failed()
        waits.append(circuit.wait_s)
        now[0] += circuit.wait_s
        assert circuit.wait_s == 0
        assert not circuit.is_up
    assert waits == [0.5, 1, 2, 4, 8, 8, 8]
    circuit.failed()
    circuit.worked()
    assert (circuit.is_up, circuit.wait_s) == (True, 0)


def test_offices_that_wait_together_do_not_call_together() -> None:
    soon, late = Circuit(lambda: 0.0, lambda: 0.0), Circuit(lambda: 0.0, lambda: 1.0)
    soon.failed()
    late.failed()
    assert soon.wait_s == late.wait_s / 2


def test_a_broken_connection_stops_nobody_else_and_gives_its_dossiers_to_nobody() -> None:
    routes = routes_of(
        [
            ProvinceConfig(name="tinh", url=URL),
            ProvinceConfig(name="tu-phap", url="tinh.example", procedures=("2.",)),
        ],
        "H26.107",
    )
    assert [c.name for c in routes.lines] == ["tinh"]
    assert routes.connection("1.001193").name == "tinh"
    with pytest.raises(BrokenConnectionError) as caught:
        routes.line("2.000635")
    assert not routes.takes(routes.lines[0], "2.000635")
    assert "motcua sync test" in explain(caught.value).fix


def test_a_certificate_that_cannot_be_read_breaks_its_connection_only(tmp_path: Path) -> None:
    (tmp_path / "x.pem").write_text("không phải PEM", encoding="utf-8")
    routes = routes_of([ProvinceConfig(url=URL, ca_file=str(tmp_path / "x.pem"))], "H26.107")
    assert (routes.connections, [b.problem.code for b in routes.broken]) == ((), ["sync.bad_connection"])


def test_two_connections_of_one_name_are_not_mixed_up() -> None:
    both = [ProvinceConfig(url=URL), ProvinceConfig(url="https://tu-phap.example", procedures=("2.",))]
    routes = routes_of(both, "H26.107")
    assert [c.base_url for c in routes.lines] == [URL[:-1]]
    assert "tên riêng" in explain(routes.broken[0].problem).message
    with pytest.raises(BrokenConnectionError):
        routes.line("2.000635")
