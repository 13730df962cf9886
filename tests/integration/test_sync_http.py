"""The HTTP client against a province that answers in all the odd ways of the field."""

from __future__ import annotations

import hashlib
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from sync_fakes import AGENCY
from sync_samples import a_message, a_step
from sync_stand_in import StandIn

from kiosk.errors import TransientSyncError
from sync.connection import Auth, Connection, Timeouts
from sync.errors import LineDownError, RefusedByProvinceError, ReplyLostError, SignedOutError
from sync.http_province import HttpProvince
from sync.outcome import Outcome

_numbers = count(1)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    with StandIn(tmp_path_factory.mktemp("province"), "--allocate") as stand_in:
        yield stand_in


@pytest.fixture
def province(running: StandIn) -> StandIn:
    running.misbehave()
    return running


@pytest.fixture
def client(province: StandIn) -> Iterator[HttpProvince]:
    made = HttpProvince(Connection(province.url, AGENCY, timeouts=Timeouts(2, 2, 0)))
    yield made
    made.close()


@pytest.fixture
def code() -> str:
    return f"{AGENCY}-261124-{next(_numbers):05d}"


@pytest.mark.parametrize("fault", ["http500", "http500_after_commit", "captive_portal", "half_body", "garbage"])
def test_no_odd_answer_is_taken_for_success(province: StandIn, client: HttpProvince, code: str, fault: str) -> None:
    province.misbehave(**{fault: 1})
    assert client.insert([a_message(code)]).outcome is Outcome.UNKNOWN
    province.misbehave(**{"http500" if "500" in fault else fault: 1})
    with pytest.raises(ReplyLostError):
        client.lookup(code)


@pytest.mark.parametrize("form", ["0", "00", "number"])
@pytest.mark.parametrize("double", [False, True])
def test_every_spelling_of_success_is_understood(
    province: StandIn, client: HttpProvince, code: str, form: str, double: bool
) -> None:
    province.misbehave(code_form=form, double_encoded=double)
    assert client.insert([a_message(code)]).outcome is Outcome.DONE
    assert client.insert([a_message(code)]).outcome is Outcome.EXISTS
    assert client.lookup(code) is not None
    assert client.lookup(f"{code}9") is None
    assert client.progress([a_step(code)]).outcome is Outcome.DONE
    assert client.changes("").items


def test_success_without_its_words_is_asked_about(province: StandIn, client: HttpProvince, code: str) -> None:
    province.misbehave(no_words=True)
    assert client.insert([a_message(code)]).outcome is Outcome.UNKNOWN
    assert client.lookup(code) is not None


def test_a_slow_province_is_given_up_on_but_may_have_stored_it(
    province: StandIn, client: HttpProvince, code: str
) -> None:
    hasty = HttpProvince(Connection(province.url, AGENCY, timeouts=Timeouts(2, 0.3, 0)))
    province.misbehave(slow_s=0.8)
    assert hasty.insert([a_message(code)]).outcome is Outcome.UNKNOWN
    hasty.close()
    province.misbehave()
    end = time.monotonic() + 10
    while client.lookup(code) is None:
        assert time.monotonic() < end
        time.sleep(0.05)


def test_nobody_there_means_nothing_was_sent(code: str) -> None:
    client = HttpProvince(Connection("http://127.0.0.1:9", AGENCY))
    with pytest.raises(LineDownError):
        client.insert([a_message(code)])
    with pytest.raises(LineDownError):
        client.lookup(code)
    client.close()


def test_an_official_code_finds_and_updates_the_same_dossier(
    province: StandIn, client: HttpProvince, code: str
) -> None:
    client.insert([a_message(code)])
    found = client.lookup(code)
    assert found is not None
    assert found.official_code.startswith(f"{AGENCY}-2")
    assert client.update([a_message(found.official_code, TrichYeuHoSo="mới")]).outcome is Outcome.DONE
    assert province.shown(code)["TrichYeuHoSo"] == "mới"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"ChuHoSo": ""}, "Thiếu trường bắt buộc: ChuHoSo"),
        ({"NgayTiepNhan": ""}, "Thiếu trường bắt buộc: NgayTiepNhan"),
        ({"NgayHenTra": "26/11/2026"}, "Sai định dạng yyyyMMddHHmmss: NgayHenTra"),
        ({"TrangThaiHoSo": "11"}, "Trạng thái không có trong danh mục: 11"),
        ({"TrichYeuHoSo": "x" * 1001}, "Quá độ dài cho phép: TrichYeuHoSo"),
        ({"HinhThuc": 0}, "Thiếu trường bắt buộc: HinhThuc"),
        ({"LoaiDoiTuong": 1}, "Trường phải là chuỗi: LoaiDoiTuong"),
        ({"MaTTHC": "1.001193.000.00.00.H26"}, "Giá trị không hợp lệ: MaTTHC"),
        ({"TaiLieuNop": [{"TenTepDinhKem": "Tờ khai.pdf"}]}, "Thiếu đường dẫn tệp: Tờ khai.pdf"),
    ],
)
def test_the_stand_in_checks_what_it_is_given(
    client: HttpProvince, code: str, changes: dict[str, object], reason: str
) -> None:
    verdict = client.insert([a_message(code, **changes)])
    assert (verdict.outcome, verdict.reason) == (Outcome.REJECTED, reason)


def test_eleven_steps_at_once_are_too_many(client: HttpProvince, code: str) -> None:
    client.insert([a_message(code)])
    steps = [a_step(code, ThoiDiemXuLy=f"202611231000{n:02d}") for n in range(11)]
    assert client.progress(steps).outcome is Outcome.REJECTED
    assert client.progress(steps[:10]).outcome is Outcome.DONE


def test_a_large_file_arrives_byte_for_byte(province: StandIn, client: HttpProvince) -> None:
    content = bytes(range(256)) * 20_000
    sha256 = hashlib.sha256(content).hexdigest()
    receipt = client.upload_file("doc-1", content, sha256, "application/pdf")
    with urllib.request.urlopen(receipt.url, timeout=10) as answer:
        assert answer.read() == content
    with pytest.raises(RefusedByProvinceError):
        client.upload_file("doc-2", content, "0" * 64, "application/pdf")


def test_a_login_that_ran_out_is_renewed_and_a_wrong_one_is_reported(tmp_path: Path, code: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("mật khẩu\n", encoding="utf-8")
    with StandIn(tmp_path / "p", "--auth", "session", "--secret-file", str(secret)) as province:
        connection = Connection(province.url, AGENCY, auth=Auth("session", "xa", "mật khẩu"))
        client = HttpProvince(connection)
        assert client.insert([a_message(code)]).outcome is Outcome.DONE
        province.misbehave(sign_out=1)
        assert client.lookup(code) is not None
        client.close()
        wrong = HttpProvince(replace(connection, auth=Auth("session", "xa", "sai")))
        with pytest.raises(SignedOutError):
            wrong.lookup(code)
        wrong.close()


def test_a_bearer_token_is_sent_and_a_missing_one_stops_nobody_s_dossier(tmp_path: Path, code: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("t0ken", encoding="utf-8")
    with StandIn(tmp_path / "p", "--auth", "bearer", "--secret-file", str(secret)) as province:
        client = HttpProvince(Connection(province.url, AGENCY, auth=Auth("bearer", secret="t0ken")))
        assert client.insert([a_message(code)]).outcome is Outcome.DONE
        client.close()
        unknown = HttpProvince(Connection(province.url, AGENCY))
        assert unknown.insert([a_message(code)]).outcome is Outcome.SIGNED_OUT
        with pytest.raises(TransientSyncError):
            unknown.lookup(code)
        unknown.close()
