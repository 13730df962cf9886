"""Several dossiers of one citizen in one go: own codes and dates, one sheet, counted on the ticket."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import FakeOffice
from printing_samples import texts
from samples import BIRTH, KIOSK, MOTHER, NOON, OFFICE, OFFICER, a_desk, an_intake

from kiosk.domain.dossier import Dossier
from kiosk.domain.job import Wing
from kiosk.domain.person import Person
from kiosk.services.groups import AnotherOwnerError, group_of, print_group
from kiosk.services.printing import GroupToPrint, paper_of
from kiosk.services.queueing import issue_ticket
from kiosk.services.reception import receive_dossier
from kiosk.text import tidy
from printing.worker import group_sheet

STATUS = replace(BIRTH, code="1.004873", name="Cấp Giấy xác nhận tình trạng hôn nhân")


@pytest.fixture
def office() -> FakeOffice:
    office = FakeOffice()
    for procedure in (BIRTH, STATUS):
        office.shelf.procedures[procedure.code, 1] = procedure
    return office


def two(office: FakeOffice, ticket: str | None = None) -> tuple[Dossier, Dossier]:
    first = an_intake(ticket_key=ticket)
    one = receive_dossier(office.units(), a_desk(), first, actor=OFFICER, now=NOON).dossier
    second = an_intake(draft="draft-2", procedure_code=STATUS.code, group_key=one.key, ticket_key=ticket)
    return one, receive_dossier(office.units(), a_desk(), second, actor=OFFICER, now=NOON).dossier


def test_each_has_its_own_code_date_and_receipt(office: FakeOffice) -> None:
    one, other = two(office)
    assert one.key != other.key
    with office.units() as look:
        assert [d.key for d in group_of(look, other.key)] == [d.key for d in group_of(look, one.key)]
        assert [len(look.slips.of_dossier(d.key)) for d in (one, other)] == [1, 1]


def test_the_ticket_counts_them(office: FakeOffice) -> None:
    ticket = issue_ticket(office.units(), OFFICE, "ho-tich", actor=KIOSK, now=NOON, touch="t-1")
    two(office, ticket.key)
    with office.units() as look:
        assert look.tickets.get(ticket.key).dossiers == 2


def test_a_ticket_that_says_more_keeps_its_count(office: FakeOffice) -> None:
    ticket = issue_ticket(office.units(), OFFICE, "ho-tich", actor=KIOSK, now=NOON, touch="t-1", dossiers=5)
    two(office, ticket.key)
    with office.units() as look:
        assert look.tickets.get(ticket.key).dossiers == 5


def test_dossiers_of_two_people_are_no_group(office: FakeOffice) -> None:
    one = receive_dossier(office.units(), a_desk(), an_intake(), actor=OFFICER, now=NOON).dossier
    stranger = replace(MOTHER, key="p-2", id_number="001195000008")
    intake = an_intake(draft="draft-2", owner=stranger, group_key=one.key)
    with pytest.raises(AnotherOwnerError):
        receive_dossier(office.units(), a_desk(), intake, actor=OFFICER, now=NOON)


@pytest.mark.parametrize(
    ("first", "other", "is_one"),
    [
        ({"full_name": "Lò Thị Mai"}, {"full_name": "Lò Thị Mai"}, True),
        ({"full_name": "Lò Thị Mai"}, {"full_name": "LÒ  THỊ MAI"}, True),
        ({"full_name": "Lò Thị Mai"}, {"full_name": "Lò Văn Pâng"}, False),
        ({"full_name": "Lò Thị Mai"}, {"full_name": "Lò Thị Mai", "id_number": "001195000008"}, True),
        ({"full_name": "Lò Thị Mai"}, {"full_name": "Lò Văn Pâng", "id_number": "001195000008"}, False),
        (
            {"full_name": "Lò Thị Mai", "born_on": "2019-03-05"},
            {"full_name": "Lò Thị Mai", "born_on": "2021-07-01"},
            False,
        ),
        ({"full_name": "Lò Thị Mai", "born_on": "1950"}, {"full_name": "Lò Thị Mai", "born_on": "1950-03-05"}, True),
        (
            {"full_name": "Lò Thị Mai", "id_number": "001195000008", "old_id_number": "012345678"},
            {"full_name": "Lò Thị Mai", "id_number": "012345678"},
            True,
        ),
    ],
)
def test_owners_without_a_number_are_told_apart_by_name_and_birth(
    office: FakeOffice, first: dict[str, str], other: dict[str, str], is_one: bool
) -> None:
    leads = receive_dossier(
        office.units(), a_desk(), an_intake(owner=Person("p-1", **first)), actor=OFFICER, now=NOON
    ).dossier
    intake = an_intake(draft="draft-2", owner=Person("p-2", **other), group_key=leads.key)
    if is_one:
        came = receive_dossier(office.units(), a_desk(), intake, actor=OFFICER, now=NOON).dossier
        assert came.group_key == leads.key
        return
    with pytest.raises(AnotherOwnerError):
        receive_dossier(office.units(), a_desk(), intake, actor=OFFICER, now=NOON)


def test_one_sheet_names_them_all(office: FakeOffice) -> None:
    one, other = two(office)
    assert print_group(office.units(), a_desk(), other.key, actor=OFFICER, now=NOON) == 2
    job = next(j for j in office.shelf.jobs if j.wing is Wing.PRINT and j.payload["paper"] == "group")
    content = paper_of(office.units, OFFICE, job, NOON)
    assert isinstance(content, GroupToPrint)
    text = tidy(" ".join(texts(group_sheet(content).pdf)))
    for words in (one.key, other.key, BIRTH.name, STATUS.name, MOTHER.full_name, "ngày 26 tháng 11 năm 2026"):
        assert words in text
