from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import FakeOffice, FakeVault
from samples import BIRTH, NOON, OFFICER, a_desk, an_intake

from kiosk.domain.dossier import Dossier, StateSecretError
from kiosk.domain.job import Job, JobState, Wing
from kiosk.domain.scan import ScannedPage
from kiosk.services import digitisation
from kiosk.services.digitisation import Reading
from kiosk.services.jobs import Effect, drain
from kiosk.services.reception import receive_dossier, request_supplement


@pytest.fixture
def office() -> FakeOffice:
    office = FakeOffice()
    office.shelf.procedures[BIRTH.code, 1] = BIRTH
    return office


@pytest.fixture
def vault() -> FakeVault:
    return FakeVault()


def scan(
    office: FakeOffice, vault: FakeVault, content: bytes, owner: str = "draft-1", page_id: str = ""
) -> ScannedPage:
    return digitisation.keep_page(
        office.units,
        vault,
        owner,
        content,
        "image/png",
        source="test",
        actor=OFFICER,
        now=NOON,
        component="tp-1",
        page_id=page_id,
    )


def receive(office: FakeOffice, *, secret: bool = False) -> Dossier:
    return receive_dossier(office.units(), a_desk(), an_intake(state_secret=secret), actor=OFFICER, now=NOON).dossier


def work(office: FakeOffice, vault: FakeVault) -> None:
    """Do every digitise job that is due."""

    def handle(job: Job) -> Effect | None:
        if job.payload["step"] == "page":
            page = digitisation.page_work(office.units, vault, job)
            return digitisation.keep_reading(
                vault, page, Reading(b"clean", "image/jpeg", b"[]", {"text": "a", "blank": False})
            )
        document = digitisation.document_work(office.units, vault, job)
        if document is None:
            return None
        return digitisation.attach(
            vault, document, b"%PDF", text="a", confidence=1, type_code="", fields={}, actor=OFFICER, now=NOON
        )

    drain(office.units, Wing.DIGITISE, "w", handle, lambda: NOON)


def documents(office: FakeOffice, key: str) -> list[tuple[str, int]]:
    with office.units() as uow:
        return [(d.component, len(d.page_ids)) for d in uow.papers.documents(key)]


def files_sent(office: FakeOffice) -> int:
    return sum(j.wing is Wing.SYNC and j.payload["stream"] == "file" for j in office.shelf.jobs)


@pytest.mark.parametrize("owner", ["the draft", "the dossier"])
def test_a_page_scanned_after_the_receipt_becomes_part_of_its_document_and_is_sent(
    office: FakeOffice, vault: FakeVault, owner: str
) -> None:
    scan(office, vault, b"one")
    dossier = receive(office)
    work(office, vault)
    late = scan(office, vault, b"two", "draft-1" if owner == "the draft" else dossier.key)
    assert (late.owner, late.number) == (dossier.key, 2)
    work(office, vault)
    assert documents(office, dossier.key) == [("tp-1", 2)]
    assert files_sent(office) == 2


def test_a_stack_of_late_pages_makes_one_document_not_one_a_page(office: FakeOffice, vault: FakeVault) -> None:
    dossier = receive(office)
    for n in range(5):
        scan(office, vault, b"%d" % n)
    work(office, vault)
    assert documents(office, dossier.key) == [("tp-1", 5)]
    assert files_sent(office) == 1


def test_a_page_kept_again_after_the_receipt_is_the_same_page(office: FakeOffice, vault: FakeVault) -> None:
    """`motcua dossier receive FILE` repeated after a crash: its scans went to the dossier meanwhile."""
    first = scan(office, vault, b"one", page_id="p-1")
    dossier = receive(office)
    again = scan(office, vault, b"one", page_id="p-1")
    assert (again.id, again.owner) == (first.id, dossier.key)
    assert len(office.shelf.pages) == 1


def test_pages_brought_for_a_supplement_stay_on_the_desk_until_it_is_received(
    office: FakeOffice, vault: FakeVault
) -> None:
    request_supplement(office.units(), a_desk(), an_intake("tp-2"), "Thiếu", actor=OFFICER, now=NOON)
    assert scan(office, vault, b"one").owner == "draft-1"
    dossier = receive(office)
    work(office, vault)
    assert documents(office, dossier.key) == [("tp-1", 1)]


def test_nothing_is_scanned_into_a_secret_dossier_after_its_receipt(office: FakeOffice, vault: FakeVault) -> None:
    receive(office, secret=True)
    with pytest.raises(StateSecretError):
        scan(office, vault, b"one")
    assert not office.shelf.pages


def test_a_page_given_to_another_paper_after_the_receipt_changes_both_documents(
    office: FakeOffice, vault: FakeVault
) -> None:
    scan(office, vault, b"one")
    scan(office, vault, b"two")
    dossier = receive(office)
    work(office, vault)
    digitisation.assign_pages(office.units(), dossier.key, [2], "tp-2", actor=OFFICER, now=NOON)
    work(office, vault)
    assert sorted(documents(office, dossier.key)) == [("tp-1", 1), ("tp-2", 1)]


def test_a_page_set_aside_after_the_receipt_leaves_its_document(office: FakeOffice, vault: FakeVault) -> None:
    scan(office, vault, b"one")
    page = scan(office, vault, b"two")
    dossier = receive(office)
    work(office, vault)
    digitisation.discard_page(office.units(), page.id, True, actor=OFFICER, now=NOON)
    work(office, vault)
    assert documents(office, dossier.key) == [("tp-1", 1)]


def test_a_page_that_cannot_be_read_stops_its_document_with_a_reason_instead_of_waiting_for_ever(
    office: FakeOffice, vault: FakeVault
) -> None:
    scan(office, vault, b"one")
    bad = scan(office, vault, b"two")
    dossier = receive(office)
    office.shelf.jobs[:] = [_rejected(j) if j.payload.get("page") == bad.id else j for j in office.shelf.jobs]
    work(office, vault)
    (stopped,) = [j for j in office.shelf.jobs if j.payload.get("step") == "document"]
    assert (stopped.state, stopped.error.split(":")[0]) == (JobState.REJECTED, "page.unreadable")
    digitisation.discard_page(office.units(), bad.id, True, actor=OFFICER, now=NOON)
    work(office, vault)
    assert documents(office, dossier.key) == [("tp-1", 1)]


def _rejected(job: Job) -> Job:
    return replace(job, state=JobState.REJECTED, error="input.damaged")
