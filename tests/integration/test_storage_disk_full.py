"""A disk that is full in the middle of a scan, a commit or a first start: told, nothing lost, and on it goes."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from samples import KIOSK, NOON, OFFICE

from kiosk.errors import DiskFullError
from kiosk.services.queueing import issue_ticket
from kiosk.storage import Store, open_store
from kiosk.storage.errors import ReadOnlyFolderError

MEGABYTE = 1_000_000


def fill(folder: Path, leave: int = 0) -> Path:
    """Take all but `leave` bytes of the disk."""
    filler = folder / "filler"
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    with filler.open("wb") as file:
        file.write(b"\0" * max(free - leave, 0))
    return filler


def issue(store: Store, n: int) -> str:
    return issue_ticket(store.units(), OFFICE, "ho-tich", actor=KIOSK, now=NOON, touch=f"touch-{n}").label


def labels(store: Store) -> list[str]:
    with store.reads() as uow:
        return [t.label for t in uow.tickets.of_day(NOON.date())]


def test_a_full_disk_in_the_middle_of_commits_loses_nothing(small_disk: Path) -> None:
    store = open_store(small_disk / "office.db", small_disk)
    given = [issue(store, n) for n in range(5)]
    filler = fill(small_disk, leave=200_000)
    refused = 0
    for n in range(5, 2000):
        try:
            given.append(issue(store, n))
        except DiskFullError:
            refused += 1
            assert labels(store) == given
        if refused == 3:
            break
    assert refused == 3
    assert len(given) > 5
    filler.unlink()
    given.append(issue(store, 3000))
    assert given[-1] == f"A{len(given):03d}"
    assert labels(store) == given
    assert store.first_broken() is None
    store.close()
    again = open_store(small_disk / "office.db", small_disk)
    assert labels(again) == given
    again.close()


def test_a_full_disk_in_the_middle_of_a_scan_keeps_the_pages_before(small_disk: Path) -> None:
    store = open_store(small_disk / "office.db", small_disk)
    kept = store.vault.put(b"page one" * 10_000, "image/png")
    filler = fill(small_disk, leave=MEGABYTE // 2)
    with pytest.raises(DiskFullError):
        store.vault.put(os.urandom(MEGABYTE), "image/png")
    assert list((small_disk / "files" / "incoming").iterdir()) == []
    assert store.vault.get(kept) == b"page one" * 10_000
    filler.unlink()
    second = store.vault.put(os.urandom(MEGABYTE), "image/png")
    assert len(store.vault.get(second)) == MEGABYTE
    store.close()


@pytest.mark.parametrize("small_disk", ["128k"], indirect=True)
def test_an_office_that_finds_no_room_to_begin_leaves_no_half_behind(small_disk: Path) -> None:
    with pytest.raises(DiskFullError):
        open_store(small_disk / "office.db", small_disk)
    assert {p.name for p in small_disk.iterdir()} <= {"office.key", "office.db.lock"}


def test_a_disk_without_room_for_shared_memory_is_called_full_and_not_broken(small_disk: Path) -> None:
    store = open_store(small_disk / "office.db", small_disk)
    issue(store, 1)
    store.close()
    filler = fill(small_disk)
    with pytest.raises(DiskFullError):
        open_store(small_disk / "office.db", small_disk)
    filler.unlink()
    again = open_store(small_disk / "office.db", small_disk)
    assert issue(again, 2) == "A002"
    again.close()


def test_a_disk_locked_against_writing_is_named_and_changes_nothing(small_disk: Path) -> None:
    store = open_store(small_disk / "office.db", small_disk)
    issue(store, 1)
    store.close()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(ReadOnlyFolderError) as told:
        open_store(small_disk / "office.db", small_disk)
    assert told.value.details["folder"] == str(small_disk)
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    again = open_store(small_disk / "office.db", small_disk)
    assert issue(again, 2) == "A002"
    again.close()
