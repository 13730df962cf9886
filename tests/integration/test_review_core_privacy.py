"""What other users of the machine, and readers of a log, get to see: nothing."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from fakes import FakeOffice
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from kiosk.errors import KioskError
from ui.app import open_office
from ui.workers import _listen

if TYPE_CHECKING:
    from kiosk.storage import Store
    from ui.app import OpenedOffice


def open_to_others(root: Path) -> list[str]:
    """Folders that others may enter, and files in none of the closed ones that others may read."""
    if not root.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return []
    return [str(p) for p in (root, *root.rglob("*")) if p.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the user's folders apart by itself")
def test_nobody_else_can_enter_the_data_directory_of_a_new_office(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with open_office(tmp_path / "deep" / "office") as office:
            assert open_to_others(office.paths.root) == []
    finally:
        os.umask(before)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the user's folders apart by itself")
def test_papers_printed_into_a_folder_that_was_there_before_are_closed_too(tmp_path: Path) -> None:
    root = tmp_path / "office"
    root.mkdir(mode=0o755)
    with open_office(root) as office:
        assert not office.paths.papers.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def test_a_failed_statement_tells_no_values(store: Store) -> None:
    with pytest.raises((SQLAlchemyError, KioskError)) as caught, store.engine.begin() as connection:
        connection.execute(text("INSERT INTO people (key, nothing) VALUES (:name, 1)"), {"name": "Nguyễn Thị Ánh"})
    assert "Ánh" not in str(caught.value)


class BrokenFeed:
    """Fails once, as when the database server starts again; then it brings news, and then it is time to stop."""

    def __init__(self, stop: threading.Event) -> None:
        self.asked, self._stop = 0, stop

    def wait(self, after: int, timeout_s: float) -> int:
        self.asked += 1
        if self.asked == 1:
            raise ConnectionError
        self._stop.set()
        return after + 1


def test_the_workers_outlive_a_feed_that_breaks() -> None:
    stop, wake = threading.Event(), threading.Event()
    office = FakeOffice()
    feed = BrokenFeed(stop)
    office.feed = feed  # type: ignore[attr-defined]
    _listen(cast("OpenedOffice", office), [wake], stop)
    assert (feed.asked, wake.is_set()) == (2, True)
