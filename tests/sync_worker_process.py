"""The exchange's worker of a real office as its own process, so that a test can kill it. Arguments: folder, url."""

from __future__ import annotations

import sys
import threading
from datetime import timedelta
from pathlib import Path

from kiosk.storage import open_store
from sync.connection import Connection, Timeouts
from sync.routes import Routes
from sync.worker import SyncWorker


def main(folder: Path, url: str) -> None:
    store = open_store(folder / "office.db", folder)
    connection = Connection(url, "H26.107", timeouts=Timeouts(2, 2, 0.5))
    worker = SyncWorker(store.units, store.vault, Routes((connection,)), "UBND xã Mẫu", lease_for=timedelta(seconds=1))
    worker.run(threading.Event(), poll_s=0.05)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
