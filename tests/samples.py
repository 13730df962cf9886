"""Sample facts that the tests share: one small office, one procedure, one citizen, one noon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.dossier import PaperState
from kiosk.domain.event import Actor
from kiosk.domain.office import Counter, Office, PriorityClass, ServiceGroup
from kiosk.domain.person import Person
from kiosk.domain.procedure import Channel, Component, Fee, Option, Procedure, Term, TermUnit
from kiosk.services.reception import Desk, Intake, PaperMark

NOON = datetime(2026, 11, 23, 10, 0, tzinfo=OFFICE_ZONE)  # a Monday
OFFICER = Actor("lan", "ban-1", "1")
KIOSK = Actor("", "kiosk-1")

OFFICE = Office(
    name="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ MẪU",
    parent="UBND XÃ MẪU",
    agency_code="H26.107",
    province="Tỉnh Mẫu",
    place="Xã Mẫu",
    phone="0240 000 000",
    groups=(
        ServiceGroup("ho-tich", "Hộ tịch", "A", ("Hộ tịch",)),
        ServiceGroup("chung-thuc", "Chứng thực", "B", ("Chứng thực",)),
    ),
    priorities=(PriorityClass("cao-tuoi", "Người từ 60 tuổi", 20), PriorityClass("mang-thai", "Phụ nữ mang thai", 20)),
    counters=(Counter("1", "Quầy 1"), Counter("2", "Quầy 2", ("chung-thuc",))),
)

BIRTH = Procedure(
    code="1.001193",
    version=1,
    name="Đăng ký khai sinh",
    field_code="G15-HT",
    field_name="Hộ tịch",
    options=(Option(Channel.COUNTER, Term(3, TermUnit.WORKING_DAYS, "3 ngày làm việc"), (Fee("Lệ phí", 8000),)),),
    components=(
        Component("tp-1", "Tờ khai đăng ký khai sinh"),
        Component("tp-2", "Giấy chứng sinh"),
        Component("tp-3", "Giấy chứng nhận kết hôn của cha mẹ", originals=0, copies=1),
        Component("tp-4", "Văn bản ủy quyền", required=False),
    ),
    mnemonic="ks",
)

MOTHER = Person("p-1", "Nguyễn Thị Ánh", "001195000007", "", "1995-03-02", "Nữ", "Thôn 1, Xã Mẫu", "0912000111")


def a_desk() -> Desk:
    return Desk(OFFICE, lambda field: WorkingCalendar(), lambda day: "TT03-2025")


def marks(*present: str) -> Mapping[str, PaperMark]:
    """The named components are there as originals."""
    return {code: PaperMark(PaperState.ORIGINAL) for code in present}


def an_intake(*present: str, draft: str = "draft-1", **changes: object) -> Intake:
    """A birth registration with the named papers; the three required ones by default."""
    papers = marks(*(present or ("tp-1", "tp-2", "tp-3")))
    return replace(Intake(draft, BIRTH.code, MOTHER, papers), **changes)  # type: ignore[arg-type]
