"""The desk knows of a line that is down from what the exchange's worker saw."""

from __future__ import annotations

import threading
from pathlib import Path

from kiosk.domain.event import Actor
from ui.app import open_office
from ui.demo.office import make_office
from ui.desk.office import LiveWatch
from ui.workers import run_workers


def test_the_desk_shows_what_the_worker_saw_of_the_line(tmp_path: Path) -> None:
    make_office(tmp_path)  # its province is not started
    with open_office(tmp_path) as office:
        watch = LiveWatch(office, Actor("lan", "ban-1", "1"))
        assert watch.exchange().line == ""
        stop = threading.Event()
        work = threading.Thread(target=run_workers, args=(office, stop))
        work.start()
        try:
            for _look in range(100):
                if watch.exchange().line:
                    break
                stop.wait(0.1)
            assert watch.exchange().line == "down"
        finally:
            stop.set()
            work.join()
