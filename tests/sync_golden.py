"""Dossiers with everything that the messages can carry, for the golden files and the properties of the tables."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from samples import NOON

from sync.messages.canonical import (
    CanonicalDossier,
    Collected,
    CopyKind,
    FeeLine,
    FileRef,
    OtherPaper,
    Owner,
    OwnerKind,
    ProgressEntry,
    SentComponent,
    SentResult,
    Status,
    Supplement,
)
from sync.messages.profile import Profile

GOLDEN = Path(__file__).with_name("golden")
PROFILE = Profile(databases={"dan-cu": "7"}, services={"1.001193": "DVC-KS-01"})
FORM = FileRef("doc-1", "Tờ khai.pdf", "ab" * 32, 12345, "http://tinh.test/TepTin/ab")
OLD_FORM = FileRef("doc-0", "Tờ khai.pdf", "ba" * 32, 99, "http://tinh.test/TepTin/ba", is_gone=True)
HELD = FileRef("doc-9", "Giấy chứng nhận kết hôn.pdf", "cd" * 32, 777, "http://tinh.test/TepTin/cd")
RESULT = FileRef("file-5", "Giấy khai sinh.pdf", "ef" * 32, 4242, "http://tinh.test/TepTin/ef")
HOUR = timedelta(hours=1)
# 31 December, 18:00 in Greenwich, is the next year at the desk.
NEW_YEAR = datetime(2026, 12, 31, 18, 0, 5, 250_000, tzinfo=UTC)

FULL = CanonicalDossier(
    key="261123100078",
    code="H26.107-20261123-0000009",
    other_codes=("H26.107-261123-10007",),
    procedure_code="1.001193",
    procedure_name="Đăng ký khai sinh",
    field_code="G15-HT",
    field_name="Hộ tịch",
    channel="2",
    owner=Owner(
        "Nguyễn Thị Ánh",
        "001195000007",
        OwnerKind.CITIZEN,
        "0912000111",
        "anh@vidu.vn",
        "Thôn Đông, xã Mẫu",
        "1995-03-07",
        "Nữ",
    ),
    summary="Đăng ký khai sinh cho con",
    status=Status.RETURNED,
    handling_unit="UBND xã Mẫu",
    submitted_at=NOON - 2 * HOUR,
    received_at=NOON,
    due_at=NOON + 24 * HOUR,
    finished_at=NOON + 20 * HOUR,
    returned_at=NEW_YEAR,
    returned_to="Nguyễn Thị Ánh",
    by_post=True,
    note="Trả qua bưu chính",
    agency="H26.107",
    submitter=Owner("Trần Văn Bình", "001093000012", born_on="1993"),
    standing="Người được ủy quyền",
    is_vneid=True,
    is_paid_online=True,
    databases=("dan-cu", "khong-khai-bao"),
    other_papers=(OtherPaper("Giấy chứng sinh", 1),),
    supplements=(
        Supplement(
            id="12",
            asked_by="lan",
            content="Thiếu giấy chứng sinh",
            asked_at=NOON + HOUR,
            taken_by="minh",
            came_at=NOON + 2 * HOUR,
            due_before=NOON + 22 * HOUR,
            due_after=NOON + 24 * HOUR,
            papers=(SentComponent("KQ.1", "Tờ khai", 1, (FORM,)),),
        ),
    ),
    components=(
        SentComponent("000.01", "Tờ khai", 1, (FORM, OLD_FORM), copy=CopyKind.ORIGINAL),
        SentComponent("", "Giấy chứng nhận kết hôn", 1, (HELD,), "KQ.G15.000009", is_reused=True),
    ),
    fees=(FeeLine("Lệ phí hộ tịch", 8000, "LP-01", Collected.AT_RETURN, is_paid=True), FeeLine("Phí bản sao", 0)),
    result=SentResult("01/KS", "Giấy khai sinh", NOON + 20 * HOUR, "KQ.G15.000122", RESULT),
)
REFUSED = CanonicalDossier(
    key="261123100086",
    code="H26.107-261123-10008",
    other_codes=(),
    procedure_code="1.001193.000.00.00.H26",
    procedure_name="Đăng ký khai sinh",
    field_code="",
    field_name="Hộ tịch",
    channel="1",
    owner=Owner("Lê Văn Cường", "012345678"),
    summary="Đăng ký khai sinh",
    status=Status.NOT_ACCEPTED,
    handling_unit="UBND xã Mẫu",
    submitted_at=NOON,
    finished_at=NOON,
    refused_at=NOON,
    note="Không thuộc thẩm quyền",
    agency="H26.107",
)
NO_CODE = replace(PROFILE, field_codes={"Hộ tịch": "G15-HT01"})
STEP = ProgressEntry(
    FULL.code, 5, NEW_YEAR, Status.IN_PROGRESS, "lan", "Đang xử lý", "UBND xã Mẫu", "Công chức tư pháp"
)


def golden(name: str) -> Any:
    return json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
