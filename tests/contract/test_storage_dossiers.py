from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from samples import BIRTH, MOTHER, NOON

from kiosk.domain.dossier import Dossier, Paper, PaperState, ResultRecord
from kiosk.domain.life import DossierState
from kiosk.domain.person import Person
from kiosk.domain.procedure import Channel
from kiosk.domain.slip import OfficeHead, PaperLine, Slip, SlipKind
from kiosk.errors import NotFoundError, StaleError
from kiosk.services.exchange_ports import Reply
from kiosk.services.ports import Draft, Units

if TYPE_CHECKING:
    from kiosk.storage import Store

TODAY = NOON.date()
FATHER = Person("p-2", "Trần Văn Đặng", "001090000002", "012345678", phone="0987 654 321")


def a_dossier(n: int = 1, owner: Person = MOTHER, **changes: object) -> Dossier:
    papers = [Paper(c, PaperState.ORIGINAL) for c in BIRTH.components]
    dossier = Dossier(
        f"26112310{n:04d}",
        BIRTH.code,
        BIRTH.version,
        BIRTH.name,
        BIRTH.field_name,
        owner,
        papers,
        "lan",
        created_at=NOON,
    )
    return replace(dossier, **changes)  # type: ignore[arg-type]


def a_full_dossier() -> Dossier:
    """Every field away from its default, so that a forgotten column shows."""
    papers = [Paper(BIRTH.components[0], PaperState.CERTIFIED, 2, "bản photo mờ"), Paper(BIRTH.components[3])]
    return Dossier(
        key="261123100078",
        procedure_code="1.001193",
        procedure_version=2,
        procedure_name="Đăng ký khai sinh",
        field_name="Hộ tịch",
        owner=MOTHER,
        papers=papers,
        officer="lan",
        counter="1",
        state=DossierState.RESULT_READY,
        code="H26.107-261123-0001",
        submitter=FATHER,
        channel=Channel.POST,
        case="sinh ở nước ngoài",
        summary="Khai sinh cho con",
        ticket_key="t-1",
        created_at=NOON,
        received_at=NOON + timedelta(minutes=1, microseconds=123456),
        due_at=NOON + timedelta(days=3),
        original_due_at=NOON + timedelta(days=2),
        term="3 working days",
        fee=8000,
        fee_note="miễn",
        sets=2,
        return_by_post=True,
        supplements=1,
        reason="thiếu",
        legal_basis="Điều 16",
        result=ResultRecord("12/KS", NOON, "f-1", "khai-sinh.pdf"),
        returned_at=NOON,
        returned_to="Trần Văn Đặng",
        state_secret=True,
        province_state="Đang xử lý",
        external_codes=["DVC-1", "G22-9"],
        draft_key="draft-9",
    )


def add(units: Units, *dossiers: Dossier) -> None:
    with units() as uow:
        for dossier in dossiers:
            uow.dossiers.add(dossier)
        uow.commit()


def test_a_dossier_is_read_back_whole_by_its_key_and_by_every_code(units: Units) -> None:
    full = a_full_dossier()
    add(units, full, a_dossier(2))
    with units() as uow:
        for key in (full.key, "H26.107-261123-0001", "DVC-1", "G22-9"):
            assert uow.dossiers.get(key) == full
        assert uow.dossiers.by_draft("draft-9") == full
        assert uow.dossiers.by_draft("draft-8") is None
    with units() as uow, pytest.raises(NotFoundError):
        uow.dossiers.get("H26")


def test_a_code_that_came_later_finds_the_dossier_and_an_old_one_no_more(units: Units) -> None:
    add(units, a_dossier(1, external_codes=["tạm-1"]))
    with units() as uow:
        dossier = uow.dossiers.get("tạm-1")
        dossier.code, dossier.external_codes = "H26.107-261123-0001", []
        uow.dossiers.save(dossier)
        uow.commit()
    with units() as uow:
        assert uow.dossiers.get("H26.107-261123-0001") == dossier
    with units() as uow, pytest.raises(NotFoundError):
        uow.dossiers.get("tạm-1")


def test_of_two_officers_who_change_one_dossier_the_second_must_read_again(units: Units) -> None:
    add(units, a_dossier())
    with units() as uow:
        first = uow.dossiers.get(a_dossier().key)
    with units() as uow:
        second = uow.dossiers.get(a_dossier().key)
    first.receive(NOON, NOON + timedelta(days=3))
    with units() as uow:
        uow.dossiers.save(first)
        uow.commit()
    second.refuse("không đúng thẩm quyền")
    with pytest.raises(StaleError), units() as uow:
        uow.dossiers.save(second)
    with units() as uow:
        assert uow.dossiers.get(first.key).state is DossierState.RECEIVED
        assert uow.dossiers.get(first.key).version == 1


def test_one_intake_becomes_one_dossier(units: Units) -> None:
    add(units, a_dossier(1, draft_key="draft-1"))
    with pytest.raises(StaleError), units() as uow:
        uow.dossiers.add(a_dossier(2, draft_key="draft-1"))
    add(units, a_dossier(3), a_dossier(4))


def test_serials_count_by_day_and_station(units: Units) -> None:
    with units() as uow:
        assert [uow.dossiers.next_serial(TODAY, 1) for _ in range(2)] == [1, 2]
        assert uow.dossiers.next_serial(TODAY, 2) == 1
        assert uow.dossiers.next_serial(TODAY + timedelta(days=1), 1) == 1


def test_dossiers_of_a_person_are_found_as_owner_and_as_submitter_newest_first(units: Units) -> None:
    add(units, a_dossier(1), a_dossier(2, FATHER), a_dossier(3, FATHER, submitter=MOTHER), a_dossier(4))
    with units() as uow:
        assert [d.key[-1] for d in uow.dossiers.of_person(MOTHER.id_number)] == ["4", "3", "1"]
        assert [d.key[-1] for d in uow.dossiers.of_person(MOTHER.id_number, limit=1)] == ["4"]
        assert [d.key[-1] for d in uow.dossiers.recent(2)] == ["4", "3"]
        assert uow.dossiers.of_person("000000000000") == []


def test_a_dossier_is_found_by_an_old_identity_number_too(store: Store) -> None:
    add(store.units, a_dossier(1, FATHER))
    with store.reads() as uow:
        assert len(uow.dossiers.of_person("012345678")) == 1


def test_one_official_code_never_stands_on_two_dossiers(store: Store) -> None:
    from kiosk.storage.errors import ConflictError

    add(store.units, a_dossier(1, code="H26-1"))
    with pytest.raises(ConflictError), store.units() as uow:
        uow.dossiers.add(a_dossier(2, code="H26-1"))


def test_a_person_is_found_by_the_new_number_before_an_old_one(units: Units) -> None:
    with units() as uow:
        uow.people.save(replace(FATHER, key="other", id_number="", old_id_number="001090000002"))
        uow.people.save(FATHER)
        uow.people.save(replace(FATHER, phone="0900"))
        uow.commit()
    with units() as uow:
        assert uow.people.by_id_number("001090000002") == replace(FATHER, phone="0900")
        assert uow.people.by_id_number("012345678") == replace(FATHER, phone="0900")
        assert uow.people.by_id_number("") is None
        assert uow.people.by_id_number("1") is None


def test_the_version_in_force_on_a_day_is_the_current_one(units: Units) -> None:
    old = replace(BIRTH, valid_from=None, valid_to=TODAY)
    new = replace(BIRTH, version=2, valid_from=TODAY, name="Đăng ký khai sinh (mới)")
    with units() as uow:
        for procedure in (new, old, replace(BIRTH, code="1.000656", version=1)):
            uow.procedures.add(procedure)
        uow.commit()
    with units() as uow:
        assert uow.procedures.current(BIRTH.code, TODAY - timedelta(days=1)) == old
        assert uow.procedures.current(BIRTH.code, TODAY) == new
        assert uow.procedures.current("9.9", TODAY) is None
        assert uow.procedures.get(BIRTH.code, 1) == old
        assert uow.procedures.versions(BIRTH.code) == [old, new]
        assert uow.procedures.versions("9.9") == []
        assert [(p.code, p.version) for p in uow.procedures.all_current(TODAY)] == [("1.000656", 1), ("1.001193", 2)]
    with units() as uow, pytest.raises(NotFoundError):
        uow.procedures.get(BIRTH.code, 3)


def test_a_version_can_be_ended_on_a_day(units: Units) -> None:
    with units() as uow:
        uow.procedures.add(BIRTH)
        uow.commit()
    with units() as uow:
        uow.procedures.close(BIRTH.code, 1, TODAY)
        uow.commit()
    with units() as uow:
        assert uow.procedures.current(BIRTH.code, TODAY) is None
        assert uow.procedures.get(BIRTH.code, 1).valid_to == TODAY


def test_an_intake_being_typed_is_kept_replaced_and_removed(units: Units) -> None:
    draft = Draft("d-1", "lan", "1", {"họ tên": "Nguyễn Thị Ánh", "papers": {"tp-1": ["original", 1]}}, NOON)
    with units() as uow:
        uow.drafts.save(draft)
        uow.drafts.save(Draft("d-2", "lan", None, {}, NOON + timedelta(minutes=1)))
        uow.drafts.save(Draft("d-3", "hoa", None, {}, NOON))
        uow.drafts.save(replace(draft, data={"họ tên": "Đặng"}))
        uow.commit()
    with units() as uow:
        assert uow.drafts.get("d-1") == replace(draft, data={"họ tên": "Đặng"})
        assert [d.key for d in uow.drafts.of_officer("lan")] == ["d-2", "d-1"]
        uow.drafts.remove("d-1")
        uow.drafts.remove("not there")
        assert uow.drafts.get("d-1") is None


def a_slip(dossier: Dossier, number: int) -> Slip:
    return Slip(
        id=f"s-{number}",
        kind=SlipKind.RECEIPT,
        form_set="TT03-2025",
        number=number,
        year=2026,
        issued_at=NOON + timedelta(minutes=number),
        office=OfficeHead("UBND XÃ MẪU", "TRUNG TÂM", "Xã Mẫu"),
        dossier_key=dossier.key,
        dossier_code=None,
        procedure_code=BIRTH.code,
        procedure_name=BIRTH.name,
        applicant=MOTHER.full_name,
        address="",
        phone="",
        email="",
        officer="Lan",
        papers=(PaperLine("Tờ khai", "Bản chính"), PaperLine("Giấy chứng sinh", "Bản sao", 2, "mờ")),
        due_at=NOON,
        fee=8000,
    )


def test_slips_are_numbered_kept_whole_and_their_prints_counted(units: Units) -> None:
    dossier = a_dossier()
    add(units, dossier)
    with units() as uow:
        assert [uow.slips.next_number(SlipKind.RECEIPT, 2026) for _ in range(2)] == [1, 2]
        assert uow.slips.next_number(SlipKind.REFUSAL, 2026) == 1
        assert uow.slips.next_number(SlipKind.RECEIPT, 2027) == 1
        uow.slips.add(a_slip(dossier, 1))
        uow.slips.add(a_slip(dossier, 2))
        uow.commit()
    with units() as uow:
        assert uow.slips.get("s-1") == a_slip(dossier, 1)
        assert [s.id for s in uow.slips.of_dossier(dossier.key)] == ["s-1", "s-2"]
        assert [uow.slips.count_print("s-1"), uow.slips.count_print("s-1"), uow.slips.count_print("s-2")] == [1, 2, 1]
    with units() as uow, pytest.raises(NotFoundError):
        uow.slips.get("s-9")


def test_a_slip_for_a_dossier_that_was_not_saved_is_never_committed(store: Store) -> None:
    from sqlalchemy.exc import IntegrityError

    with store.units() as uow:
        uow.slips.add(a_slip(a_dossier(), 1))
        with pytest.raises(IntegrityError):
            uow.commit()


def test_where_an_upload_goes_on_is_kept_until_it_is_done(units: Units) -> None:
    for url in ("https://tinh.test/tep/1", "https://tinh.test/tep/2"):
        with units() as uow:
            assert uow.exchange.upload_place("b") == ""
            uow.exchange.keep_upload_place("a", url)
            uow.commit()
        with units() as uow:
            assert uow.exchange.upload_place("a") == url
    with units() as uow:
        uow.exchange.keep_upload_place("a", "")
        uow.commit()
    with units() as uow:
        assert uow.exchange.upload_place("a") == ""


def test_replies_are_kept_as_they_came_and_cursors_move(units: Units) -> None:
    replies = [Reply(n, "d-1", NOON, "gui-ho-so", "ok", f"{{'lần': {n}}}") for n in (1, 2)]
    with units() as uow:
        for reply in (*replies, replace(replies[0], subject="d-2")):
            uow.exchange.keep_reply(reply)
        assert uow.exchange.cursor("status") == ""
        uow.exchange.set_cursor("status", "17")
        uow.exchange.set_cursor("status", "18")
        uow.commit()
    with units() as uow:
        assert uow.exchange.replies("d-1") == replies
        assert uow.exchange.cursor("status") == "18"


def test_what_is_not_committed_never_happened(units: Units) -> None:
    with units() as uow:
        uow.dossiers.add(a_dossier())
        uow.drafts.save(Draft("d-1", "lan", None, {}, NOON))
    with units() as uow:
        assert uow.dossiers.recent() == []
        assert uow.drafts.get("d-1") is None


def test_a_unit_of_work_may_be_used_again_after_its_end(units: Units) -> None:
    uow = units()
    for n in (1, 2):
        with uow:
            uow.dossiers.add(a_dossier(n))
            uow.commit()
    with uow:
        assert len(uow.dossiers.recent()) == 2


def test_a_screen_reads_a_snapshot_and_cannot_write(store: Store) -> None:
    from sqlalchemy.exc import DBAPIError

    with store.reads() as screen:
        assert screen.dossiers.recent() == []
        add(store.units, a_dossier())
        assert screen.dossiers.recent() == []
        with pytest.raises(DBAPIError):
            screen.drafts.save(Draft("d-1", "lan", None, {}, NOON))
    with store.reads() as screen:
        assert len(screen.dossiers.recent()) == 1


def test_a_screen_never_waits_for_a_writer(store: Store) -> None:
    with store.units() as writer:
        writer.dossiers.add(a_dossier())
        with store.reads() as screen:
            assert screen.dossiers.recent() == []
