from __future__ import annotations

import json
import unicodedata

import pytest

from sync.outcome import Answer, Outcome, SuccessRule, judge, judge_read

RULE = SuccessRule()


def said(code: object, message: str, status: int = 200, **more: object) -> Answer:
    return Answer(status, "application/json", json.dumps({"error_code": code, "message": message, **more}))


@pytest.mark.parametrize("code", [0, "0", "00", " 0 "])
def test_success_is_zero_in_every_spelling_with_its_words(code: object) -> None:
    assert judge(said(code, "Cập nhật THÀNH CÔNG"), RULE).outcome is Outcome.DONE


@pytest.mark.parametrize(
    ("code", "message", "outcome"),
    [
        (0, "", Outcome.UNKNOWN),
        (0, "OK", Outcome.UNKNOWN),
        (0, "Cập nhật không thành công", Outcome.UNKNOWN),
        (-1, "Không thành công: sai mã lĩnh vực", Outcome.REJECTED),
        (3, "Đồng bộ thành công", Outcome.DONE),
        (3, "Sai mã lĩnh vực", Outcome.REJECTED),
        (-3, "Hồ sơ H26.107-261123-10007 đã tồn tại", Outcome.EXISTS),
        (0, "Hồ sơ đã tồn tại", Outcome.EXISTS),
        (-1, "Hồ sơ đã tồn tại", Outcome.EXISTS),
        (1, "Trùng mã hồ sơ", Outcome.EXISTS),
        (-1, "Hồ sơ không tồn tại", Outcome.ABSENT),
        (-1, "Chưa tìm thấy hồ sơ", Outcome.ABSENT),
        (-1, "Thiếu trường bắt buộc: ChuHoSo", Outcome.REJECTED),
        (-1, "Hệ thống đang bận, vui lòng thử lại sau", Outcome.TRANSIENT),
        (-1, "Session hết hạn", Outcome.SIGNED_OUT),
        (-1, "Phiên làm việc không hợp lệ", Outcome.SIGNED_OUT),
        (None, "thành công", Outcome.UNKNOWN),
        (True, "thành công", Outcome.UNKNOWN),
    ],
)
def test_words_and_code_together_decide(code: object, message: str, outcome: Outcome) -> None:
    assert judge(said(code, message), RULE).outcome is outcome


def test_words_are_understood_in_decomposed_letters() -> None:
    assert judge(said(0, unicodedata.normalize("NFD", "Cập nhật thành công")), RULE).outcome is Outcome.DONE


def test_a_gateway_that_puts_the_answer_into_text_is_unwrapped() -> None:
    inner = json.dumps({"error_code": "00", "message": "Thành công"})
    assert judge(Answer(200, "", json.dumps({"message": inner})), RULE).outcome is Outcome.DONE
    refused = json.dumps({"error_code": -1, "message": "Thiếu trường bắt buộc"})
    verdict = judge(Answer(200, "", json.dumps({"error_code": 0, "message": refused})), RULE)
    assert (verdict.outcome, verdict.reason) == (Outcome.REJECTED, "Thiếu trường bắt buộc")


@pytest.mark.parametrize(
    "body",
    [
        "<html><body>Kết nối thành công, vui lòng đăng nhập</body></html>",
        "",
        '{"error_code": 0, "mess',
        "[]",
        "null",
        "[" * 100_000,
        json.dumps("thành công"),
    ],
)
def test_what_is_no_answer_of_a_province_is_never_success(body: str) -> None:
    assert judge(Answer(200, "text/html", body), RULE).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (302, Outcome.UNKNOWN),
        (400, Outcome.REJECTED),
        (401, Outcome.SIGNED_OUT),
        (403, Outcome.SIGNED_OUT),
        (404, Outcome.TRANSIENT),
        (408, Outcome.UNKNOWN),
        (413, Outcome.REJECTED),
        (429, Outcome.TRANSIENT),
        (500, Outcome.UNKNOWN),
        (502, Outcome.UNKNOWN),
        (503, Outcome.UNKNOWN),
    ],
)
def test_a_bare_http_status(status: int, outcome: Outcome) -> None:
    assert judge(Answer(status, "text/plain", "nginx"), RULE).outcome is outcome


def test_success_words_under_a_failing_http_status_are_no_success() -> None:
    assert judge(said(0, "thành công", 400), RULE).outcome is Outcome.UNKNOWN


def test_a_connection_may_do_without_words() -> None:
    assert judge(said(0, ""), SuccessRule(needs_words=False)).outcome is Outcome.DONE


def test_a_read_needs_only_the_code() -> None:
    verdict = judge_read(said("0", "", result=[{"MaHoSo": "x"}]), RULE)
    assert (verdict.outcome, verdict.result) == (Outcome.DONE, [{"MaHoSo": "x"}])


def test_waiting_time_of_a_busy_server_is_kept() -> None:
    assert judge(Answer(429, "", "", 7.0), RULE).retry_after_s == 7.0
