"""What the stand-in's store promises on SQLite and on PostgreSQL, also to many who come at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sync_samples import a_message, a_step

from sync.reference.database import Database, ProvinceDatabaseError
from sync.reference.store import Arrival, KnownDossierError, News, ProvinceStore, Result, Step, UnknownDossierError

OFFICE = "H26.107"


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    if request.param == "sqlite":
        yield tmp_path / "received.db"
        return
    cluster = request.getfixturevalue("cluster")
    url = cluster.new_database()
    yield url
    cluster.drop(url)


@pytest.fixture
def store(where: Path | str) -> Iterator[ProvinceStore]:
    database = Database(where)
    yield ProvinceStore(database)
    database.close()


def an_arrival(code: str, office: str = OFFICE) -> Arrival:
    return Arrival(office, code, "2", "G1.5", a_message(code), "20261123100000")


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """What each returned, or the exception that it raised."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        gate.wait()
        try:
            return act()
        except (KnownDossierError, UnknownDossierError) as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_many_at_once_with_one_code_one_is_kept(store: ProvinceStore) -> None:
    code = f"{OFFICE}-261123-00001"
    told = at_once([lambda: store.insert([an_arrival(code)], naive=False, allocate=True)] * 8)
    assert sum(isinstance(t, KnownDossierError) for t in told) == 7
    report = store.report()
    assert (report["codes"], report["doubled"], report["inserted_again"]) == ([code], [], 0)


def test_a_naive_store_takes_the_same_code_twice_and_says_so(store: ProvinceStore) -> None:
    arrival = an_arrival(f"{OFFICE}-261123-00001")
    for _ in range(2):
        store.insert([arrival], naive=True, allocate=False)
    report = store.report()
    assert (report["dossiers"], report["doubled"], report["inserted_again"]) == (2, [arrival.code], 1)


def test_official_codes_have_no_gap_and_no_twin(store: ProvinceStore) -> None:
    def take(n: int) -> list[int]:
        return store.insert([an_arrival(f"{OFFICE}-261123-{n:05d}")], naive=False, allocate=True)

    at_once([lambda n=n: take(n) for n in range(8)])  # type: ignore[misc]
    official = sorted(store.report()["official"].values())
    assert official == [f"{OFFICE}-20261123-{n:07d}" for n in range(1, 9)]


def test_all_of_a_batch_or_none(store: ProvinceStore) -> None:
    codes = [f"{OFFICE}-261123-{n:05d}" for n in range(3)]
    store.insert([an_arrival(codes[2])], naive=False, allocate=False)
    with pytest.raises(KnownDossierError):
        store.insert([an_arrival(c) for c in codes], naive=False, allocate=False)
    assert store.report()["codes"] == [codes[2]]
    with pytest.raises(UnknownDossierError):
        store.add_steps([Step(codes[2], "1", "2", {}), Step(codes[0], "1", "2", {})])
    assert store.report()["progress"] == 0


def test_a_step_that_comes_again_is_counted_not_added(store: ProvinceStore) -> None:
    code = f"{OFFICE}-261123-00001"
    store.insert([an_arrival(code)], naive=False, allocate=False)
    step = Step(code, "20261123100000", "2", a_step(code))
    at_once([lambda: store.add_steps([step])] * 5)
    report = store.report()
    assert (report["progress"], report["progress_repeated"]) == (1, 4)


def test_whoever_reads_the_news_while_it_is_made_misses_nothing(store: ProvinceStore) -> None:
    codes = [f"{OFFICE}-261123-{n:05d}" for n in range(6)]
    store.insert([an_arrival(c) for c in codes], naive=False, allocate=False)
    done = threading.Event()
    read: list[int] = []

    def follow() -> None:
        cursor = 0
        while True:
            is_last = done.is_set()
            for row in store.changes(cursor, 5, OFFICE):
                read.append(row.seq)
                cursor = row.seq
            if is_last and not store.changes(cursor, 1, OFFICE):
                return

    def decide(code: str) -> None:
        for status in ("4", "5", "4", "9"):
            store.decide(code, News(status, "20261123110000", result=Result("ab" * 32, {"TenGiayTo": "x"})))

    reader = threading.Thread(target=follow)
    reader.start()
    at_once([lambda c=c: decide(c) for c in codes])  # type: ignore[misc]
    done.set()
    reader.join(30)
    written = [row.seq for row in store.changes(0, 1000)]
    assert len(written) == 6 * 4 * 2  # each decision, and its result behind it
    assert read == written


def test_each_office_hears_its_own_news_only(store: ProvinceStore) -> None:
    for office in ("H26.107", "H26.108"):
        code = f"{office}-261123-00001"
        store.insert([an_arrival(code, office)], naive=False, allocate=False)
        store.decide(code, News("4", "20261123110000"))
    assert [row.office for row in store.changes(0, 10, "H26.108")] == ["H26.108"]
    assert len(store.changes(0, 10)) == 2


def test_a_citizens_second_click_is_no_second_dossier(store: ProvinceStore) -> None:
    dossier = {"MaHoSo": "G22.99-20261123-0000001"}
    at_once([lambda: store.hand_in(OFFICE, dossier, "20261123110000")] * 4)
    assert len(store.changes(0, 10, OFFICE)) == 1


def test_what_was_kept_is_there_after_a_restart(where: Path | str) -> None:
    first = Database(where)
    ProvinceStore(first).insert([an_arrival(f"{OFFICE}-261123-00001")], naive=False, allocate=False)
    first.close()
    again = Database(where)
    assert ProvinceStore(again).find(f"{OFFICE}-261123-00001") is not None
    again.close()


def test_a_database_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(ProvinceDatabaseError) as caught:
        Database("postgresql://tinh:bi-mat@127.0.0.1:1/tinh")
    assert "bi-mat" not in str(caught.value.details["url"])
    with pytest.raises(ProvinceDatabaseError):
        Database("http//?")
