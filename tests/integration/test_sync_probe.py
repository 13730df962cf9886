"""What whoever sets up a connection sees, step by step, against real TLS servers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sync_tls import DAY, Authority, Heard, SmallProvince, said

from kiosk.clock import office_now
from sync.connection import Auth, Connection, Timeouts, Tls
from sync.errors import ClockOffError, LineDownError
from sync.http_province import HttpProvince
from sync.probe import Step, try_line
from ui.i18n.errors import explain

AGENCY = "H26.107"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tls")


@pytest.fixture(scope="module")
def authority(folder: Path) -> Authority:
    return Authority.made(folder, "CA tinh")


@pytest.fixture(scope="module")
def pem(folder: Path, authority: Authority) -> Path:
    return authority.issue(folder, "127.0.0.1")


def line_to(province: SmallProvince, ca: Path | None = None, **more: object) -> Connection:
    connection = Connection(province.url, AGENCY, timeouts=Timeouts(3, 5, 0), tls=Tls(str(ca or "")))
    return replace(connection, **more)  # type: ignore[arg-type]


def tried(connection: Connection) -> list[Step]:
    return list(try_line(connection, office_now))


def failed(connection: Connection) -> tuple[str, str]:
    """The step that failed, and its code; every failure has words that say what to do."""
    wrong = [s for s in tried(connection) if s.failure is not None]
    assert len(wrong) == 1
    assert wrong[0].failure is not None
    told = explain(wrong[0].failure)
    assert told.message
    assert told.fix
    assert "{" not in told.message + told.fix
    return wrong[0].name, told.code


def test_a_connection_in_order_passes_every_step(pem: Path, authority: Authority) -> None:
    with SmallProvince(pem=pem) as province:
        steps = tried(line_to(province, authority.file))
    assert [s.name for s in steps] == ["host", "port", "tls", "clock", "login", "ask", "news"]
    assert all(s.is_ok and not s.is_warning for s in steps)
    assert "còn hạn đến" in next(s.detail for s in steps if s.name == "tls")


def test_an_expired_certificate_is_told_with_its_dates(folder: Path, authority: Authority) -> None:
    ended = datetime(2026, 1, 31, 10, 0, tzinfo=UTC)
    pem = authority.issue(folder, "127.0.0.1", valid_from=ended - 30 * DAY, valid_to=ended)
    with SmallProvince(pem=pem) as province:
        connection = line_to(province, authority.file)
        assert failed(connection) == ("tls", "sync.certificate_time")
        detail = next(s.detail for s in tried(connection) if s.failure)
        assert "17:00 31/01/2026" in detail
        assert "CA tinh" in detail
        assert all(h.method == "HEAD" for h in province.heard)  # nothing of the office was sent


def test_a_clock_off_by_an_hour_is_named_where_the_certificate_seems_too_young(
    folder: Path, authority: Authority
) -> None:
    """This machine is an hour behind: to it, a certificate made half an hour ago is not valid yet."""
    now = datetime.now(UTC)
    pem = authority.issue(folder, "127.0.0.1", valid_from=now + timedelta(minutes=30))
    with SmallProvince(pem=pem, clock=lambda: datetime.now(UTC) + timedelta(hours=1)) as province:
        connection = line_to(province, authority.file)
        assert failed(connection) == ("tls", "sync.clock_off")
        failure = next(s.failure for s in tried(connection) if s.failure)
        assert failure is not None
        assert explain(failure).message == "Đồng hồ máy này chậm 60 phút so với máy chủ của tỉnh."


@pytest.mark.parametrize(("off", "words"), [(timedelta(hours=-1), "nhanh"), (timedelta(hours=1), "chậm")])
def test_a_clock_off_by_an_hour_is_seen_by_the_server_s_own_time(
    pem: Path, authority: Authority, off: timedelta, words: str
) -> None:
    with SmallProvince(pem=pem, clock=lambda: datetime.now(UTC) + off) as province:
        connection = line_to(province, authority.file)
        assert failed(connection) == ("clock", "sync.clock_off")
        assert next(s.failure.details["reason"] for s in tried(connection) if s.failure) == f"{words} 60 phút"


def test_a_certificate_of_another_host_is_not_taken(folder: Path, authority: Authority) -> None:
    pem = authority.issue(folder, "tinh-khac.gov.vn")
    with SmallProvince(pem=pem) as province:
        connection = line_to(province, authority.file)
        assert failed(connection) == ("tls", "sync.certificate_host")
        assert "tinh-khac.gov.vn" in next(s.detail for s in tried(connection) if s.failure)


def test_another_authority_is_not_believed(folder: Path, pem: Path) -> None:
    other = Authority.made(folder, "CA khac")
    with SmallProvince(pem=pem) as province:
        assert failed(line_to(province, other.file)) == ("tls", "sync.certificate_ca")
        assert failed(line_to(province)) == ("tls", "sync.certificate_ca")  # the system's do not know it either


def test_a_province_that_asks_who_calls_gets_the_office_s_certificate(
    folder: Path, pem: Path, authority: Authority
) -> None:
    ours = authority.issue(folder, "xa-mau")
    foreign = Authority.made(folder, "CA la").issue(folder, "xa-mau")
    with SmallProvince(pem=pem, wants=authority.file) as province:
        right = line_to(province, tls=Tls(str(authority.file), str(ours)))
        assert all(s.is_ok for s in tried(right))
        assert failed(line_to(province, authority.file))[1] == "sync.client_certificate"
        wrong = line_to(province, tls=Tls(str(authority.file), str(foreign)))
        assert failed(wrong)[1] == "sync.client_certificate"


def test_a_certificate_of_the_office_that_ends_soon_is_pointed_out(
    folder: Path, pem: Path, authority: Authority
) -> None:
    ours = authority.issue(folder, "xa-mau", valid_to=datetime.now(UTC) + 5 * DAY)
    with SmallProvince(pem=pem, wants=authority.file) as province:
        step = next(s for s in tried(line_to(province, tls=Tls(str(authority.file), str(ours)))) if s.name == "tls")
    assert step.is_warning
    assert "chứng thư của xã chỉ còn 4 ngày" in step.detail


def test_nothing_is_sent_to_whom_is_not_trusted(folder: Path, pem: Path) -> None:
    other = Authority.made(folder, "CA nao")
    with SmallProvince(pem=pem) as province:
        client = HttpProvince(line_to(province, other.file, auth=Auth("session", "xa", "mat-khau")))
        try:
            with pytest.raises(LineDownError) as caught:
                client.insert([{"MaHoSo": "x"}])
        finally:
            client.close()
        assert caught.value.code == "sync.certificate_ca"
        assert province.heard == []


def test_a_name_that_leads_nowhere_and_a_closed_port_are_told_apart() -> None:
    assert failed(Connection("https://khong-co.invalid/lgsp", AGENCY)) == ("host", "sync.unknown_host")
    assert failed(Connection("https://127.0.0.1:9/lgsp", AGENCY)) == ("port", "sync.line_down")


def test_a_web_site_is_not_taken_for_a_province() -> None:
    def page(_: Heard) -> tuple[int, str, str]:
        return 200, "text/html; charset=utf-8", "<!DOCTYPE html><h1>Kết nối thành công</h1>"

    with SmallProvince(page) as province:
        assert failed(line_to(province)) == ("clock", "sync.not_a_province")


def test_a_wrong_password_is_told_at_the_login() -> None:
    def gate(request: Heard) -> tuple[int, str, str]:
        return said(-1, "Sai tên đăng nhập hoặc mật khẩu") if request.path == "/DangNhap" else said(0, "", result=[])

    with SmallProvince(gate) as province:
        assert failed(line_to(province, auth=Auth("session", "xa", "sai"))) == ("login", "sync.signed_out")


def test_a_login_that_fails_beside_a_wrong_clock_is_the_clock_s_fault() -> None:
    """To the worker too, which does not try a connection step by step."""
    with SmallProvince(
        lambda _: said(401, "Token không hợp lệ", status=401), clock=lambda: datetime.now(UTC) + timedelta(hours=1)
    ) as province:
        client = HttpProvince(line_to(province, auth=Auth("session", "xa", "dung")))
        with pytest.raises(ClockOffError) as caught:
            client.insert([{"MaHoSo": "x"}])
        client.close()
    assert caught.value.details["reason"] == "chậm 60 phút"


@pytest.mark.parametrize(
    "words",
    ["Mã đơn vị không đúng", "Mã định danh cơ quan H26.107 không tồn tại", "Đơn vị gửi chưa được đăng ký"],
)
def test_a_wrong_agency_code_is_told_and_refuses_nobody_s_dossier(words: str) -> None:
    with SmallProvince(lambda _: said(106, words)) as province:
        connection = line_to(province)
        assert failed(connection) == ("ask", "sync.wrong_agency")
        client = HttpProvince(connection)
        verdict = client.insert([{"MaHoSo": "H26.107-261123-10007"}])
        client.close()
    assert verdict.outcome == "signed_out"


def test_a_line_without_encryption_is_pointed_out() -> None:
    with SmallProvince() as province:
        steps = tried(line_to(province, auth=Auth("bearer", secret="t")))
    step = next(s for s in steps if s.name == "tls")
    assert (step.is_ok, step.is_warning) == (True, True)
    assert "mật khẩu" in step.detail


def test_a_province_without_a_feed_still_takes_dossiers() -> None:
    def no_feed(request: Heard) -> tuple[int, str, str]:
        missing = request.path.startswith("/TrangThaiHoSo")
        return said(404, "Not Found", status=404) if missing else said(0, "", result=[])

    with SmallProvince(no_feed) as province:
        steps = tried(line_to(province))
    assert all(s.is_ok for s in steps)
    assert steps[-1].is_warning
