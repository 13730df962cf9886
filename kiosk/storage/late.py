"""A server's store for a station that was started while the server was away: opened, with every check, at first use."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.domain.scan import StoredFile
from kiosk.services.ports import UnitOfWork
from kiosk.storage.feed import PostgresFeed
from kiosk.storage.store import Store


@dataclass
class Late:
    """Opens once; a failure is the caller's, and the next one tries again."""

    open_store: Callable[[], Store]
    opened: Store | None = None
    _one: threading.Lock = field(default_factory=threading.Lock)

    def store(self) -> Store:
        """Raises: as `kiosk.storage.open_store`; StoreOfflineError while the server is away."""
        with self._one:
            if self.opened is None:
                self.opened = self.open_store()
            return self.opened

    def units(self) -> UnitOfWork:
        return self.store().units()

    def reads(self) -> UnitOfWork:
        return self.store().reads()

    def put(self, content: bytes, media_type: str) -> StoredFile:
        return self.store().vault.put(content, media_type)

    def sweep(self) -> None:
        self.store().vault.sweep()

    def get(self, file: StoredFile) -> bytes:
        return self.store().vault.get(file)


@dataclass(frozen=True)
class LateStore(Store):
    late: Late = field(kw_only=True)

    def close(self) -> None:
        super().close()
        if self.late.opened is not None:
            self.late.opened.close()


def late_store(url: str, open_store: Callable[[], Store]) -> Store:
    """Answers StoreOfflineError until the server does."""
    from kiosk.storage.postgres import plain_url, postgres_engine

    late = Late(open_store)
    return LateStore(postgres_engine(url), late.units, late.reads, PostgresFeed(plain_url(url)), late, late=late)
