from __future__ import annotations

import pytest
from fakes import FakeOffice, FakeVault
from samples import BIRTH, NOON, OFFICE, OFFICER, a_desk, an_intake

from kiosk.domain.dossier import Dossier
from kiosk.domain.job import BULK, Job, Wing, files_lane
from kiosk.domain.scan import ScannedPage
from kiosk.domain.ticket import PrintState
from kiosk.errors import DamagedFileError, DiskFullError
from kiosk.services import arrivals, digitisation, exchange, printing, queueing
from kiosk.services.digitisation import Reading
from kiosk.services.jobs import PostponedError
from kiosk.services.reception import receive_dossier


@pytest.fixture
def office() -> FakeOffice:
    office = FakeOffice()
    office.shelf.procedures[BIRTH.code, 1] = BIRTH
    return office


@pytest.fixture
def vault() -> FakeVault:
    return FakeVault()


def scan(
    office: FakeOffice, vault: FakeVault, content: bytes, component: str = "tp-1", page_id: str = ""
) -> ScannedPage:
    return digitisation.keep_page(
        office.units,
        vault,
        "draft-1",
        content,
        "image/png",
        source="test",
        actor=OFFICER,
        now=NOON,
        component=component,
        page_id=page_id,
    )


def receive(office: FakeOffice) -> Dossier:
    return receive_dossier(office.units(), a_desk(), an_intake(), actor=OFFICER, now=NOON).dossier


def wing(office: FakeOffice, which: Wing, step: str) -> list[Job]:
    return [j for j in office.shelf.jobs if j.wing is which and step in j.payload.values()]


def read_all(office: FakeOffice, vault: FakeVault, blank: tuple[int, ...] = ()) -> None:
    for job in wing(office, Wing.DIGITISE, "page"):
        work = digitisation.page_work(office.units, vault, job)
        reading = Reading(
            b"clean " + work.content, "image/jpeg", b"[]", {"blank": work.page.number in blank, "text": "a"}
        )
        effect = digitisation.keep_reading(vault, work, reading)
        with office.units() as uow:
            effect(uow)
            uow.commit()


def attach_all(office: FakeOffice, vault: FakeVault) -> None:
    for job in wing(office, Wing.DIGITISE, "document"):
        work = digitisation.document_work(office.units, vault, job)
        assert work is not None
        effect = digitisation.attach(
            vault, work, b"%PDF", text="TỜ KHAI", confidence=0.9, type_code="", fields={}, actor=OFFICER, now=NOON
        )
        with office.units() as uow:
            effect(uow)
            uow.commit()


def test_a_page_is_kept_with_its_reading_queued_and_a_repeat_is_kept_once(office: FakeOffice, vault: FakeVault) -> None:
    first = scan(office, vault, b"one", page_id="p-1")
    assert scan(office, vault, b"one", page_id="p-1") == first
    second = scan(office, vault, b"two")
    assert [first.number, second.number] == [1, 2]
    assert len(wing(office, Wing.DIGITISE, "page")) == 2


def test_the_same_sheet_scanned_twice_is_kept_and_marked(office: FakeOffice, vault: FakeVault) -> None:
    scan(office, vault, b"same")
    assert scan(office, vault, b"same").meta == {"same_as_earlier": True}


def test_a_full_disk_in_the_middle_of_a_scan_keeps_the_earlier_pages(office: FakeOffice, vault: FakeVault) -> None:
    scan(office, vault, b"one")
    vault.fail_put = DiskFullError()
    with pytest.raises(DiskFullError):
        scan(office, vault, b"two")
    assert [p.number for p in office.shelf.pages.values()] == [1]


def test_a_damaged_file_is_noticed_and_never_used(office: FakeOffice, vault: FakeVault) -> None:
    page = scan(office, vault, b"one")
    vault.files[page.file_id] = b"0ne"
    with pytest.raises(DamagedFileError):
        digitisation.page_work(office.units, vault, wing(office, Wing.DIGITISE, "page")[0])


def test_pages_follow_their_draft_into_the_dossier_and_become_one_document_each(
    office: FakeOffice, vault: FakeVault
) -> None:
    for content, component in ((b"one", "tp-1"), (b"two", "tp-1"), (b"three", "tp-2")):
        scan(office, vault, content, component)
    dossier = receive(office)
    assert {p.owner for p in office.shelf.pages.values()} == {dossier.key}
    with pytest.raises(PostponedError):
        digitisation.document_work(office.units, vault, wing(office, Wing.DIGITISE, "document")[0])
    read_all(office, vault)
    attach_all(office, vault)
    documents = sorted(office.shelf.documents.values(), key=lambda d: d.component)
    assert [(d.component, len(d.page_ids)) for d in documents] == [("tp-1", 2), ("tp-2", 1)]


def test_files_have_a_lane_of_their_own_beside_the_dossier_s(office: FakeOffice, vault: FakeVault) -> None:
    for component in ("tp-1", "tp-2"):
        scan(office, vault, component.encode(), component)
    dossier = receive(office)
    read_all(office, vault)
    attach_all(office, vault)
    sent = [j for j in office.shelf.jobs if j.wing is Wing.SYNC]
    assert [j.payload["stream"] for j in sent if j.lane == dossier.key] == ["dossier", "progress"]
    files = [j for j in sent if j.lane == files_lane(dossier.key)]
    assert [j.payload["stream"] for j in files] == ["file", "file"]
    assert all(j.priority > BULK for j in files)


def test_blank_backs_are_left_out_of_the_document_but_stay_in_the_store(office: FakeOffice, vault: FakeVault) -> None:
    scan(office, vault, b"front")
    scan(office, vault, b"back")
    receive(office)
    read_all(office, vault, blank=(2,))
    work = digitisation.document_work(office.units, vault, wing(office, Wing.DIGITISE, "document")[0])
    assert work is not None
    assert [r.page.number for r in work.pages] == [1]
    assert len(office.shelf.pages) == 2


def test_a_side_thought_blank_is_taken_back_and_stays_so_when_it_is_read_again(
    office: FakeOffice, vault: FakeVault
) -> None:
    scan(office, vault, b"front")
    back = scan(office, vault, b"back")
    receive(office)
    read_all(office, vault, blank=(2,))
    assert office.shelf.pages[back.id].blank
    digitisation.discard_page(office.units(), back.id, False, actor=OFFICER, now=NOON)
    read_all(office, vault, blank=(2,))
    assert not office.shelf.pages[back.id].blank
    work = digitisation.document_work(office.units, vault, wing(office, Wing.DIGITISE, "document")[0])
    assert work is not None
    assert [r.page.number for r in work.pages] == [1, 2]


def test_pages_can_be_assigned_discarded_and_taken_back(office: FakeOffice, vault: FakeVault) -> None:
    page = scan(office, vault, b"one", "")
    digitisation.assign_pages(office.units(), "draft-1", [1, 7], "tp-2", actor=OFFICER, now=NOON)
    digitisation.discard_page(office.units(), page.id, True, actor=OFFICER, now=NOON)
    assert office.shelf.pages[page.id].discarded
    digitisation.discard_page(office.units(), page.id, False, actor=OFFICER, now=NOON)
    kept = office.shelf.pages[page.id]
    assert (kept.component, kept.discarded) == ("tp-2", False)


def test_a_ticket_job_prints_its_number_and_remembers_what_became_of_the_paper(office: FakeOffice) -> None:
    issued = queueing.issue_ticket(office.units(), OFFICE, "ho-tich", actor=OFFICER, now=NOON, touch="t")
    job = office.shelf.jobs[0]
    paper = printing.paper_of(office.units, OFFICE, job, NOON)
    assert isinstance(paper, printing.TicketToPrint)
    assert (paper.ticket.label, paper.group_name, paper.ahead) == ("A001", "Hộ tịch", 0)
    with office.units() as uow:
        printing.not_printed(uow, job, OFFICER, NOON)
        uow.commit()
    assert office.shelf.tickets[issued.key].print_state is PrintState.FAILED
    with office.units() as uow:
        printing.printed(job, OFFICER, NOON, "máy in")(uow)
        uow.commit()
    assert office.shelf.tickets[issued.key].print_state is PrintState.PRINTED


def test_a_second_print_of_a_slip_is_marked_as_such(office: FakeOffice) -> None:
    outcome = receive_dossier(office.units(), a_desk(), an_intake(), actor=OFFICER, now=NOON)
    assert outcome.slip is not None
    printing.reprint_slip(office.units(), outcome.slip.id, 1, actor=OFFICER, now=NOON)
    again = printing.paper_of(office.units, OFFICE, office.shelf.jobs[-1], NOON)
    assert isinstance(again, printing.SlipToPrint)
    assert (again.print_no, again.copies) == (2, 1)


def test_the_word_of_the_province_changes_status_and_code_and_moves_the_cursor(office: FakeOffice) -> None:
    dossier = receive(office)
    with office.units() as uow:
        exchange.known_as(uow, dossier.key, "H26.107-261123-10001")
        uow.commit()
    news = [
        arrivals.Change("H26.107-261123-10001", "4", NOON, "H26.107-261123-0009"),
        arrivals.Change("khác", "2", NOON),
    ]
    assert arrivals.apply_changes(office.units, "tinh", news, "7", actor=OFFICER, now=NOON) == 1
    assert arrivals.apply_changes(office.units, "tinh", news[:1], "8", actor=OFFICER, now=NOON) == 0
    kept = office.shelf.dossiers[dossier.key]
    assert (kept.province_state, kept.code) == ("4", "H26.107-261123-0009")
    assert office.shelf.cursors == {"tinh": "8"}
    assert [e.kind for e in office.shelf.events][-2:] == ["province.status", "province.unknown"]


def test_the_state_of_the_exchange_says_what_waits_and_since_when(office: FakeOffice) -> None:
    receive(office)
    with office.units() as uow:
        now = exchange.status(uow, NOON.replace(hour=11))
    assert (now.waiting, now.sent, now.rejected, now.oldest_waiting_seconds) == (2, 0, 0, 3600)
