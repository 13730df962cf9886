"""Two acts at the same instant: the second sees what the first did, on every engine."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from fakes import FakeVault
from samples import BIRTH, NOON, OFFICE, OFFICER, a_desk, an_intake

from kiosk.domain.dossier import Dossier
from kiosk.domain.job import Job, Wing
from kiosk.domain.scan import Document, ScannedPage
from kiosk.domain.ticket import Ticket
from kiosk.services import digitisation, exchange, queueing
from kiosk.services.digitisation import Reading
from kiosk.services.jobs import drain
from kiosk.services.ports import UnitOfWork, Units
from kiosk.services.reception import receive_dossier
from kiosk.storage import Store

LONG_ENOUGH_S = 0.4  # for the second act to come as far as it can


class Held:
    """Makes units that stop just before their commit until they are let go."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self.there, self.go = threading.Event(), threading.Event()

    def __call__(self) -> UnitOfWork:
        unit = self._units()
        commit = unit.commit

        def held() -> None:
            self.there.set()
            assert self.go.wait(5)
            commit()

        unit.commit = held  # type: ignore[method-assign]
        return unit


def at_once(units: Units, first: Callable[[Units], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """`first` has done everything but commit when `second` begins."""
    held = Held(units)
    with ThreadPoolExecutor(2) as pool:
        one: Future[Any] = pool.submit(first, held)
        assert held.there.wait(5)
        two: Future[Any] = pool.submit(second)
        two_is_waiting = threading.Event()
        two_is_waiting.wait(LONG_ENOUGH_S)
        held.go.set()
        return one.result(10), two.result(10)


@pytest.fixture
def vault() -> FakeVault:
    return FakeVault()


@pytest.fixture
def office(store: Store) -> Units:
    with store.units() as uow:
        uow.procedures.add(BIRTH)
        uow.commit()
    return store.units


def keep(units: Units, vault: FakeVault, content: bytes, page_id: str = "") -> ScannedPage:
    return digitisation.keep_page(
        units,
        vault,
        "draft-1",
        content,
        "image/png",
        source="t",
        actor=OFFICER,
        now=NOON,
        component="tp-1",
        page_id=page_id,
    )


def receive(units: Units) -> Dossier:
    return receive_dossier(units(), a_desk(), an_intake(), actor=OFFICER, now=NOON).dossier


def pages(units: Units, owner: str) -> list[ScannedPage]:
    with units() as uow:
        return uow.papers.pages(owner)


def read_pages(units: Units, vault: FakeVault) -> int:
    def handle(job: Job) -> Any:
        work = digitisation.page_work(units, vault, job)
        return digitisation.keep_reading(vault, work, Reading(b"clean", "image/jpeg", b"[]", {"text": "a"}))

    return drain(units, Wing.DIGITISE, "w", handle, lambda: NOON, limit=1)


def test_two_feeders_of_one_draft_number_their_pages_apart(office: Units, vault: FakeVault) -> None:
    keep(office, vault, b"zero")
    one, two = at_once(office, lambda units: _kept_at_commit(units, vault), lambda: keep(office, vault, b"two"))
    assert sorted([one.number, two.number]) == [2, 3]


def _kept_at_commit(units: Units, vault: FakeVault) -> ScannedPage:
    return keep(units, vault, b"one")


def test_one_page_kept_twice_at_once_is_one_page(office: Units, vault: FakeVault) -> None:
    one, two = at_once(
        office, lambda units: keep(units, vault, b"same", "p-1"), lambda: keep(office, vault, b"same", "p-1")
    )
    assert one == two


def test_a_press_that_arrives_twice_answers_twice_with_the_same_dossier(office: Units) -> None:
    one, two = at_once(office, receive, lambda: receive(office))
    assert one.key == two.key


def test_a_page_read_while_its_dossier_is_received_stays_with_the_dossier(office: Units, vault: FakeVault) -> None:
    keep(office, vault, b"one")
    dossier, done = at_once(office, receive, lambda: read_pages(office, vault))
    assert done == 1
    assert [p.meta["text"] for p in pages(office, dossier.key)] == ["a"]
    assert pages(office, "draft-1") == []


def test_a_page_that_leaves_the_feeder_while_the_dossier_is_received_belongs_to_it(
    office: Units, vault: FakeVault
) -> None:
    keep(office, vault, b"one")
    dossier, page = at_once(office, receive, lambda: keep(office, vault, b"two"))
    assert page.owner == dossier.key
    assert [p.number for p in pages(office, dossier.key)] == [1, 2]


def test_an_upload_that_ends_late_does_not_bring_an_older_document_back(office: Units) -> None:
    key = receive(office).key

    def document(units: Units, name: str) -> None:
        from kiosk.domain.scan import StoredFile

        with units() as uow:
            uow.lock()
            uow.papers.add_file(StoredFile(f"f-{name}", "0", 1, "application/pdf", b"k"), key)
            uow.papers.add_document(Document(name, key, "tp-1", f"f-{name}", (name,), "", NOON))
            uow.commit()

    document(office, "old")
    with office() as uow:
        uow.jobs.add(Job(Wing.DIGITISE, "upload", due_at=NOON, priority=0))
        uow.commit()

    def upload() -> int:
        return drain(
            office,
            Wing.DIGITISE,
            "w",
            lambda _: lambda uow: exchange.uploaded(uow, key, "old", "https://x/old"),
            lambda: NOON,
            limit=1,
        )

    at_once(office, lambda units: document(units, "new"), upload)
    with office() as uow:
        assert [d.id for d in uow.papers.documents(key)] == ["new"]


def test_a_call_that_arrives_twice_at_once_is_one_call(office: Units) -> None:
    for n in range(2):
        queueing.issue_ticket(office(), OFFICE, "ho-tich", actor=OFFICER, now=NOON, touch=f"t-{n}")

    def call(units: Units) -> Ticket:
        return queueing.call_next(units(), OFFICE, "1", actor=OFFICER, now=NOON, command="c-1")

    one, two = at_once(office, call, lambda: call(office))
    assert one.key == two.key
