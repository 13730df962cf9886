"""The reason of a return date, as the receipt and the desk say it."""

from __future__ import annotations

from datetime import datetime

import pytest
from due_packs import calendars

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.due import Due, Stop, StopKind, due
from kiosk.domain.due_words import due_reason, skipped_words
from kiosk.domain.term_words import parse_term

POLICE = "Đăng ký, quản lý cư trú"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


def promised(received: str, term: str, field: str = "", pack: str = "") -> Due:
    return due(calendars(pack).of_field(field), at(received), parse_term(term))


@pytest.mark.parametrize(
    ("received", "term", "words"),
    [
        ("2026-04-29T09:00", "2 ngày làm việc", "trừ lễ 30/4 – 1/5; trừ thứ Bảy, Chủ nhật"),
        (
            "2026-01-01T09:00",
            "5 ngày làm việc",
            "trừ lễ 1/1 (Tết Dương lịch); trừ ngày nghỉ hoán đổi 2/1; trừ thứ Bảy, Chủ nhật; làm bù thứ Bảy 10/1",
        ),
        ("2025-12-31T09:00", "1 ngày làm việc", "trừ lễ 1/1/2026 (Tết Dương lịch); trừ ngày nghỉ hoán đổi 2/1/2026"),
        ("2026-02-13T09:00", "1 ngày làm việc", "trừ Tết 16/2 – 20/2; trừ thứ Bảy, Chủ nhật"),
        ("2027-02-03T09:00", "1 ngày làm việc", "trừ Tết 4/2 – 10/2 (dự kiến)"),
        (
            "2026-04-24T09:00",
            "1 ngày làm việc",
            "trừ lễ 26/4 (Ngày Giỗ Tổ Hùng Vương); trừ ngày nghỉ bù 27/4; trừ thứ Bảy",
        ),
        ("2026-11-23T09:00", "1 ngày làm việc", "trừ lễ 24/11 (Ngày Văn hóa Việt Nam)"),
        ("2026-11-25T09:00", "1 ngày làm việc", ""),
    ],
)
def test_the_days_are_told_as_people_say_them(received: str, term: str, words: str) -> None:
    assert skipped_words(promised(received, term)).startswith(words)


def test_a_day_of_the_office_s_own_says_why_and_a_saturday_of_reception_too() -> None:
    assert skipped_words(promised("2026-09-11T09:00", "1 ngày làm việc", pack="storm")).startswith(
        "trừ 14/9 – 15/9 (Phòng chống bão)"
    )
    assert "thứ Bảy chỉ tiếp nhận" in skipped_words(promised("2026-11-20T09:00", "1 ngày làm việc", POLICE))


@pytest.mark.parametrize(
    ("received", "field", "words"),
    [
        ("2026-11-25T10:00", "", "giải quyết trong ngày"),
        ("2026-11-25T15:30", "", "nhận sau giờ chốt trong ngày, trả trong ngày làm việc tiếp theo"),
        ("2026-11-20T18:00", "", "giải quyết trong ngày; nhận ngoài giờ làm việc, tính từ 23/11"),
        ("2026-11-21T09:00", POLICE, "giải quyết trong ngày làm việc tiếp theo"),
    ],
)
def test_the_same_day_says_whether_it_is(received: str, field: str, words: str) -> None:
    assert due_reason(promised(received, "trong ngày", field)).startswith(words)


def test_waiting_extension_and_another_agency_are_told() -> None:
    answer = due(
        calendars().of_field(""),
        at("2026-11-02T10:00"),
        parse_term("3 working days"),
        competent_at=at("2026-11-03T09:00"),
        stops=[Stop(StopKind.PAYMENT, at("2026-11-05T10:00"), at("2026-11-09T10:00"))],
        extension=parse_term("2 working days"),
    )
    assert due_reason(answer) == (
        "3 ngày làm việc; tính từ lúc cơ quan có thẩm quyền nhận, 09:00 ngày 03/11/2026; "
        "trừ ngày chờ thực hiện nghĩa vụ tài chính 5/11 – 6/11; trừ thứ Bảy, Chủ nhật; "
        "gia hạn thêm 2 ngày làm việc (hẹn trước là 10/11/2026)"
    )
