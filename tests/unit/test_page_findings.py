"""What the quality gate said stays with its page: replaced in its place, or accepted by an officer."""

from __future__ import annotations

import pytest
from fakes import FakeOffice, FakeVault
from samples import BIRTH, NOON, OFFICER, a_desk, an_intake

from kiosk.domain.scan import Finding, ScannedPage
from kiosk.services.digitisation import Reading as PageReading
from kiosk.services.digitisation import accept_page, keep_page, keep_reading, open_findings, page_work
from kiosk.services.reception import receive_dossier

BLUR = Finding("blur", "Ảnh bị nhòe: quét lại.", (0.1, 0.2, 0.3, 0.4))


@pytest.fixture
def office() -> FakeOffice:
    office = FakeOffice()
    office.shelf.procedures[BIRTH.code, 1] = BIRTH
    return office


@pytest.fixture
def vault() -> FakeVault:
    return FakeVault()


def keep(
    office: FakeOffice,
    vault: FakeVault,
    content: bytes,
    *found: Finding,
    component: str = "tp-1",
    in_place_of: str = "",
    page_id: str = "",
) -> ScannedPage:
    return keep_page(
        office.units,
        vault,
        "draft-1",
        content,
        "image/png",
        source="test",
        actor=OFFICER,
        now=NOON,
        component=component,
        findings=found,
        in_place_of=in_place_of,
        page_id=page_id,
    )


def by_number(office: FakeOffice) -> list[tuple[int, str, bool]]:
    pages = sorted(office.shelf.pages.values(), key=lambda p: p.number)
    return [(p.number, p.component, p.discarded) for p in pages]


def test_findings_outlive_the_reading(office: FakeOffice, vault: FakeVault) -> None:
    page = keep(office, vault, b"one", BLUR)
    (job,) = office.shelf.jobs
    work = page_work(office.units, vault, job)
    effect = keep_reading(vault, work, PageReading(b"clean", "image/jpeg", b"[]", {"warnings": ["khó đọc"]}))
    with office.units() as uow:
        effect(uow)
        uow.commit()
    assert open_findings(office.shelf.pages[page.id]) == (BLUR,)
    assert office.shelf.pages[page.id].meta["warnings"] == ["khó đọc"]


def test_a_page_scanned_again_takes_its_place_and_the_former_is_kept(office: FakeOffice, vault: FakeVault) -> None:
    first, _second = keep(office, vault, b"one", BLUR), keep(office, vault, b"two", component="tp-2")
    again = keep(office, vault, b"better", component="", in_place_of=first.id)
    assert by_number(office) == [(1, "tp-1", False), (2, "tp-2", False), (3, "tp-1", True)]
    assert again.number == 1
    assert office.shelf.pages[first.id].discarded
    assert open_findings(office.shelf.pages[first.id]) == ()
    assert office.shelf.events[-1].data["in_place_of"] == first.id


def test_a_repeat_after_a_crash_replaces_once(office: FakeOffice, vault: FakeVault) -> None:
    first = keep(office, vault, b"one", BLUR)
    for _ in range(2):
        keep(office, vault, b"better", in_place_of=first.id, page_id="again")
    assert by_number(office) == [(1, "tp-1", False), (2, "tp-1", True)]


def test_a_page_of_somebody_else_is_never_replaced(office: FakeOffice, vault: FakeVault) -> None:
    keep(office, vault, b"one")
    page = keep(office, vault, b"two", in_place_of="of-another-dossier")
    assert (page.number, page.component) == (2, "tp-1")


def test_a_draft_received_meanwhile_has_its_page_replaced_in_the_dossier(office: FakeOffice, vault: FakeVault) -> None:
    first = keep(office, vault, b"one", BLUR)
    key = receive_dossier(office.units(), a_desk(), an_intake(), actor=OFFICER, now=NOON).dossier.key
    again = keep(office, vault, b"better", in_place_of=first.id)
    assert (again.owner, again.number, again.component) == (key, 1, "tp-1")
    assert office.shelf.pages[first.id].discarded


def test_who_accepted_a_page_as_it_is_stays_in_the_log(office: FakeOffice, vault: FakeVault) -> None:
    page = keep(office, vault, b"one", BLUR)
    for _ in range(2):
        accept_page(office.units(), page.id, actor=OFFICER, now=NOON)
    assert open_findings(office.shelf.pages[page.id]) == ()
    told = [e for e in office.shelf.events if e.kind == "page.accepted"]
    assert [(e.data, e.actor) for e in told] == [({"page": page.id, "findings": ["blur"]}, OFFICER)]


def test_a_good_page_needs_no_acceptance(office: FakeOffice, vault: FakeVault) -> None:
    page = keep(office, vault, b"one")
    accept_page(office.units(), page.id, actor=OFFICER, now=NOON)
    assert "accepted" not in office.shelf.pages[page.id].meta
    assert all(e.kind != "page.accepted" for e in office.shelf.events)
