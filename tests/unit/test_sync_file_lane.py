"""Files beside messages: neither waits for the other, the urgent and the small go first, and quiet hours are kept."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sync_fakes import AGENCY, Bench

from kiosk.domain.job import BULK, JobState
from kiosk.domain.scan import Document
from kiosk.services.file_jobs import queue_file
from sync.circuit import Circuit
from sync.connection import Connection
from sync.pace import Bucket, Courtesy, hours_of
from sync.routes import Routes
from sync.upload_places import StorePlaces
from sync.uploaders import Uploaders
from sync.uploads import UploadSettings
from sync.worker import SyncWorker


@pytest.fixture
def bench() -> Bench:
    return Bench()


def attach(bench: Bench, key: str, content: bytes, component: str = "tp-1") -> str:
    stored = bench.vault.put(content, "application/pdf")
    document = Document(f"doc-{stored.id}", key, component, stored.id, (), "", bench.clock())
    with bench.units() as uow:
        uow.papers.add_file(stored, key)
        uow.papers.add_document(document)
        queue_file(uow, uow.dossiers.get(key), document.id, stored, bench.clock())
        uow.commit()
    return document.id


def files_sent(bench: Bench) -> list[bytes]:
    return list(bench.province.files.values())


def test_a_dossier_and_its_steps_do_not_wait_for_pages(bench: Bench) -> None:
    first = bench.receive("draft-1")
    attach(bench, first.key, b"pages " * 1000)
    bench.worker.messages()
    second = bench.receive("draft-2")
    bench.worker.messages()
    assert files_sent(bench) == []
    assert len(bench.province.codes) == 2
    assert bench.worker.files() == 1
    assert files_sent(bench) == [b"pages " * 1000]
    assert bench.dossier(second.key).external_codes


def test_after_the_last_file_one_more_picture_tells_where_they_lie(bench: Bench) -> None:
    key = bench.receive().key
    ids = [attach(bench, key, content, part) for part, content in (("tp-1", b"one"), ("tp-2", b"two"))]
    bench.worker.messages()
    pictures = bench.province.asked.count("update")
    bench.worker.files()
    bench.worker.messages()
    assert bench.province.asked.count("update") == pictures + 1
    with bench.units() as uow:
        documents = uow.papers.documents(key)
    assert {d.id for d in documents if d.remote} == set(ids)
    assert not bench.jobs(JobState.WAITING, JobState.LEASED)


def test_one_round_of_all_leaves_nothing_behind(bench: Bench) -> None:
    attach(bench, bench.receive().key, b"one")
    bench.worker.once()
    assert not bench.jobs(JobState.WAITING, JobState.LEASED, JobState.REJECTED)


def test_small_files_go_before_large_ones_and_urgent_ones_before_all(bench: Bench) -> None:
    calm, late = bench.receive("draft-1"), bench.receive("draft-2")
    with bench.units() as uow:
        urgent = uow.dossiers.get(late.key)
        urgent.due_at = bench.clock() + timedelta(hours=5)
        uow.dossiers.save(urgent)
        calm = uow.dossiers.get(calm.key)
        calm.due_at = bench.clock() + timedelta(days=9)
        uow.dossiers.save(calm)
        uow.commit()
    large, small, soon = b"l" * 3_000_000, b"s" * 1_000, b"u" * 2_500_000
    attach(bench, bench_dossier(bench, "draft-3"), large)
    attach(bench, calm.key, small)
    attach(bench, late.key, soon)
    bench.worker.files()
    assert files_sent(bench) == [soon, small, large]
    assert sorted(j.priority for j in bench.jobs() if j.payload["stream"] == "file") == [BULK, BULK + 1, BULK + 3]


def bench_dossier(bench: Bench, draft: str) -> str:
    key = bench.receive(draft).key
    with bench.units() as uow:
        dossier = uow.dossiers.get(key)
        dossier.due_at = bench.clock() + timedelta(days=9)
        uow.dossiers.save(dossier)
        uow.commit()
    return key


def test_pages_wait_for_their_hours_but_urgent_ones_and_messages_do_not(bench: Bench) -> None:
    uploaders = Uploaders(StorePlaces(bench.units), UploadSettings(), Courtesy(hours_of("18:00-06:00")))
    worker = SyncWorker(
        bench.units,
        bench.vault,
        Routes((Connection("http://tinh.test", AGENCY),)),
        "UBND xã Mẫu",
        connect=lambda connection: bench.province,
        clock=bench.clock,
        make_circuit=lambda: Circuit(bench.clock.monotonic),
        uploaders=uploaders,
    )
    attach(bench, bench_dossier(bench, "draft-1"), b"page")
    worker.once()
    assert bench.province.codes
    assert files_sent(bench) == []
    (waiting,) = [j for j in bench.jobs(JobState.WAITING) if j.payload["stream"] == "file"]
    assert waiting.due_at is not None
    assert waiting.due_at.hour == 18
    bench.clock.move((waiting.due_at - bench.clock()).total_seconds() + 60)
    worker.once()
    assert files_sent(bench) == [b"page"]


def test_a_worker_whose_program_ends_begins_nothing(bench: Bench) -> None:
    attach(bench, bench.receive("draft-1").key, b"page")
    bench.worker.give_way()
    bench.worker.once()
    assert files_sent(bench) == []
    assert len(bench.jobs(JobState.WAITING)) == 3
    bench.a_worker("the next one").once()
    assert files_sent(bench) == [b"page"]


def test_the_dossiers_of_an_outage_have_the_line_for_themselves(bench: Bench) -> None:
    bucket = Bucket(0.0)
    worker = SyncWorker(
        bench.units,
        bench.vault,
        Routes((bench.connection,)),
        "UBND xã Mẫu",
        connect=lambda connection: bench.province,
        clock=bench.clock,
        make_circuit=lambda: Circuit(bench.clock.monotonic),
        uploaders=Uploaders(StorePlaces(bench.units), bucket=bucket),
    )
    pages = threading.Thread(target=bucket.take, args=(1_000,))
    passed: list[int] = []

    def look(name: str) -> None:
        if name == "insert":
            pages.start()
            pages.join(0.05)
            passed.append(bucket.passed)

    bench.receive("draft-1")
    bench.receive("draft-2")
    bench.province.on_call = look
    worker.messages()
    pages.join(30)
    assert passed == [0]
    assert bucket.passed == 1_000


def test_who_holds_the_line_may_send_a_file_of_its_own() -> None:
    bucket = Bucket(0)

    def send_with_its_result() -> None:
        with bucket.held():
            bucket.take(10)

    sending = threading.Thread(target=send_with_its_result, daemon=True)
    sending.start()
    sending.join(30)
    assert not sending.is_alive()
    assert bucket.passed == 10
