"""One slow upload of a real office as its own process, so that a test can kill it. Arguments: folder, url, file."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from kiosk.storage import open_store
from sync.clients import client_of
from sync.connection import Connection, Paths, Timeouts
from sync.pace import Bucket
from sync.upload_places import StorePlaces
from sync.uploaders import Uploaders
from sync.uploads import Upload


def to_the_province(url: str) -> Connection:
    return Connection(url, "H26.107", paths=Paths(tus="/tus"), timeouts=Timeouts(5, 5, 1))


def a_paper(file: Path) -> Upload:
    content = file.read_bytes()
    return Upload("d-1", hashlib.sha256(content).hexdigest(), "application/pdf", content)


def main(folder: Path, url: str, file: Path) -> None:
    store = open_store(folder / "office.db", folder)
    uploaders, connection = Uploaders(StorePlaces(store.units), bucket=Bucket(400_000)), to_the_province(url)
    uploaders.send(connection, client_of(connection), a_paper(file))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
