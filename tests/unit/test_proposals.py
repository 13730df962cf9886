"""Lists from the province: put before a person, compared in words, in force only once somebody has approved them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fakes import FakeOffice
from samples import BIRTH, NOON, OFFICER, a_desk, an_intake

from kiosk.catalogue.errors import CatalogueShapeError
from kiosk.catalogue.pulled import calendar_of, procedures_of, statuses_of
from kiosk.domain.dossier import ReasonRequiredError
from kiosk.domain.procedure import Component, Fee, Procedure, Term, TermUnit
from kiosk.domain.proposal import DecidedProposalError, Proposal, ProposalKind, ProposalState
from kiosk.services import proposals
from kiosk.services.catalogue_diff import compare, differences
from kiosk.services.reception import receive_dossier
from sync.errors import RefusedByProvinceError
from sync.pull import pull

LAY: dict[str, Any] = {
    "MATTHC": "1.001193",
    "TENTTHC": "Đăng ký khai sinh",
    "TRANGTHAI": "1",
    "LINHVUCTHUCHIEN": [{"MALINHVUC": "G15-HT", "TENLINHVUC": "Hộ tịch"}],
    "CACHTHUCTHUCHIEN": [{"KENH": "1", "THOIGIAN": [{"THOIGIANGIAIQUYET": "2", "DONVITINH": "Ngày làm việc"}]}],
}


class Source:
    """A province's catalogue services. missing: codes that it lists and does not give."""

    def __init__(self, *records: Mapping[str, Any], missing: Sequence[str] = ()) -> None:
        self._records, self._missing = records, missing
        self.asked: list[str] = []

    def service(self, name: str, members: Mapping[str, str]) -> Any:
        self.asked.append(name)
        codes = [str(r["MATTHC"]) for r in self._records]
        if name == "LayDanhSachTTHC":
            return [{"MATTHC": code} for code in [*codes, *self._missing]]
        return [r for r in self._records if r["MATTHC"] == members.get("maTTHC")]


def nobody(_done: int, _of: int) -> None:
    pass


def an_office(*procedures: Procedure) -> FakeOffice:
    office = FakeOffice()
    with office.units() as uow:
        for procedure in procedures:
            uow.procedures.add(replace(procedure, source="LayThuTuc"))
        uow.commit()
    return office


def proposed(office: FakeOffice, *records: Mapping[str, Any]) -> Proposal | None:
    content = pull(Source(*records), ProposalKind.PROCEDURES, nobody)
    return proposals.propose_procedures(office.units(), "tinh", content, procedures_of, actor=OFFICER, now=NOON)


def test_a_fetched_list_changes_nothing_until_it_is_approved() -> None:
    office = an_office(BIRTH)
    dossier = receive_dossier(office.units(), a_desk(), an_intake(), actor=OFFICER, now=NOON).dossier
    proposal = proposed(office, LAY)
    assert proposal is not None
    assert "Đổi: 1.001193 Đăng ký khai sinh" in proposal.diff
    assert "    thời hạn tại quầy: 3 ngày làm việc → 2 ngày làm việc" in proposal.diff
    with office.units() as uow:
        assert [p.version for p in uow.procedures.versions(BIRTH.code)] == [1]
    day = NOON.date() + timedelta(days=9)
    report = proposals.approve_procedures(
        office.units(), proposal.id, procedures_of, actor=OFFICER, now=NOON, since=day
    )
    assert report.changed == (BIRTH.code,)
    with office.units() as uow:
        one, two = uow.procedures.versions(BIRTH.code)
        assert (one.valid_to, two.valid_from) == (day, day)
        assert uow.dossiers.get(dossier.key).procedure_version == 1
        assert [e.actor.officer for e in uow.events.after(0) if e.kind == "proposal.approved"] == ["lan"]
    with pytest.raises(DecidedProposalError):
        proposals.approve_procedures(office.units(), proposal.id, procedures_of, actor=OFFICER, now=NOON)


def test_what_the_source_no_longer_shows_is_closed_and_comes_in_as_nothing() -> None:
    other = replace(BIRTH, code="1.004873", name="Cấp giấy xác nhận")
    office = an_office(BIRTH, other)
    never_here = {**LAY, "MATTHC": "1.000656", "TENTTHC": "Đăng ký khai tử", "TRANGTHAI": "0"}
    proposal = proposed(office, LAY, never_here)
    assert proposal is not None
    assert proposal.counts == {"added": 0, "changed": 1, "absent": 1}
    assert "Bãi bỏ: 1.004873 Cấp giấy xác nhận" in proposal.diff
    report = proposals.approve_procedures(office.units(), proposal.id, procedures_of, actor=OFFICER, now=NOON)
    assert report.absent == ("1.004873",)
    with office.units() as uow:
        assert [p.code for p in uow.procedures.all_current(NOON.date())] == [BIRTH.code]
        assert uow.procedures.versions("1.000656") == []


def test_an_entry_that_is_not_public_any_more_is_closed() -> None:
    office = an_office(BIRTH)
    proposal = proposed(office, {**LAY, "TRANGTHAI": "0"})
    assert proposal is not None
    assert proposal.diff == ("Bãi bỏ: 1.001193 Đăng ký khai sinh",)


def test_the_same_list_waits_once_and_a_newer_one_takes_its_place() -> None:
    office = an_office(BIRTH)
    first, again = proposed(office, LAY), proposed(office, LAY)
    assert first is not None
    assert again == first
    newer = proposed(office, {**LAY, "TENTTHC": "Đăng ký khai sinh lần đầu"})
    assert newer is not None
    with office.units() as uow:
        assert [p.id for p in proposals.waiting(uow)] == [newer.id]
        assert uow.proposals.get(first.id).state is ProposalState.REPLACED
    assert proposed(an_office(*procedures_of({"records": [LAY]})), LAY) is None, "nothing new: nothing to approve"


def test_a_rejection_has_a_reason_and_changes_nothing() -> None:
    office = an_office(BIRTH)
    proposal = proposed(office, LAY)
    assert proposal is not None
    with pytest.raises(ReasonRequiredError):
        proposals.reject(office.units(), proposal.id, " ", actor=OFFICER, now=NOON)
    decided = proposals.reject(office.units(), proposal.id, "Chưa có quyết định", actor=OFFICER, now=NOON)
    assert (decided.state, decided.decided_by, decided.reason) == (ProposalState.REJECTED, "lan", "Chưa có quyết định")
    with office.units() as uow:
        assert len(uow.procedures.versions(BIRTH.code)) == 1


def test_half_a_list_or_an_empty_one_is_no_list() -> None:
    with pytest.raises(RefusedByProvinceError):
        pull(Source(LAY, missing=["1.009999"]), ProposalKind.PROCEDURES, nobody)
    with pytest.raises(RefusedByProvinceError):
        pull(Source(), ProposalKind.PROCEDURES, nobody)


def test_two_sources_are_told_apart_field_by_field() -> None:
    other = replace(
        BIRTH,
        options=(
            replace(
                BIRTH.options[0], term=Term(2, TermUnit.WORKING_DAYS), fees=(Fee("Lệ phí", None, "", "", "không"),)
            ),
        ),
        components=(*BIRTH.components[1:], Component("tp-9", "Ảnh", copies=2, originals=0)),
    )
    told = {str(d) for d in differences(BIRTH, other)}
    assert "phí tại quầy, Lệ phí: 8.000 đ → không" in told
    assert "giấy tờ “Tờ khai đăng ký khai sinh”: nộp, bắt buộc, 1 chính, 0 sao → không có" in told
    assert "giấy tờ “Ảnh”: không có → nộp, bắt buộc, 0 chính, 2 sao" in told
    found = compare([BIRTH], [other, replace(BIRTH, code="1.000656", name="Khai tử")])
    assert (found.same, list(found.differing), found.only_second) == (0, [BIRTH.code], ("1.000656 Khai tử",))
    assert compare([BIRTH], [BIRTH]).same == 1


def test_days_off_become_a_pack_and_what_cannot_be_read_is_refused() -> None:
    days = [
        {"NGAY": "20270208", "DENNGAY": "12/02/2027", "LYDO": "Tết", "CANCU": "TB 1"},
        {"NGAY": "2027-02-20", "LOAI": "Làm bù"},
    ]
    pack = calendar_of({"records": days}, "tinh", NOON.date())
    assert [(d["date"], d["kind"]) for d in pack["day"]] == [("2027-02-08", "off"), ("2027-02-20", "work")]
    assert pack["pack"]["scope"] == "province"
    for bad in ({"NGAY": "mai"}, {"NGAY": "20270208", "LOAI": "lạ"}):
        with pytest.raises(CatalogueShapeError):
            calendar_of({"records": [bad]}, "tinh", NOON.date())


def test_names_of_states_need_a_code_and_a_name() -> None:
    office = FakeOffice()
    names = statuses_of({"records": [{"MATRANGTHAI": "11", "TENTRANGTHAI": "Chờ bổ sung qua bưu chính"}]})
    made = proposals.propose(
        office.units(), ProposalKind.STATUSES, "tinh", {"names": names}, ["11"], actor=OFFICER, now=NOON
    )
    assert made is not None
    with office.units() as uow:
        assert proposals.status_names(uow) == {}
    proposals.approve(office.units(), made.id, actor=OFFICER, now=NOON)
    with office.units() as uow:
        assert proposals.status_names(uow) == {"11": "Chờ bổ sung qua bưu chính"}
    with pytest.raises(CatalogueShapeError):
        statuses_of({"records": [{"MA": "", "TEN": "x"}]})
