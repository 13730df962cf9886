"""A process that the storage tests start, and kill: issues tickets or keeps pages, and tells each one once it is safe.

Arguments: address, data directory, act ("tickets", "pages", "open"), how many, name of the worker.
"""

from __future__ import annotations

import sys
from pathlib import Path

from samples import KIOSK, NOON, OFFICE

from kiosk.domain.event import Event
from kiosk.domain.scan import ScannedPage
from kiosk.services.queueing import issue_ticket
from kiosk.storage import Store, open_store


def tell(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def issue(store: Store, name: str, n: int) -> str:
    line = OFFICE.groups[n % len(OFFICE.groups)].code
    return issue_ticket(store.units(), OFFICE, line, actor=KIOSK, now=NOON, touch=f"{name}/{n}").label


def keep_page(store: Store, name: str, n: int) -> str:
    file = store.vault.put(f"{name}/{n}".encode() * 500, "image/png")
    with store.units() as uow:
        uow.papers.add_file(file, "draft-1")
        uow.papers.add_page(ScannedPage(file.id, "draft-1", n, file.id, "test", NOON))
        uow.events.append(Event("page.kept", "draft-1", NOON, KIOSK))
        uow.commit()
    return file.id


def main(address: str, root: str, act: str, count: str, name: str) -> None:
    store = open_store(address, Path(root))
    tell("ready")
    for n in range(int(count)):
        tell((issue if act == "tickets" else keep_page)(store, name, n))
    store.close()


main(*sys.argv[1:])
