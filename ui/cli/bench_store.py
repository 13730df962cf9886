"""What the benches of the hall share: an office, a store of their own to fill, and how figures are read off."""

from __future__ import annotations

import math
import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.domain.office import Office, PriorityClass, ServiceGroup
from kiosk.storage.private_cluster import PrivateCluster

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

OFFICE = Office(
    "Xã Mẫu", "UBND", "", "", "",
    groups=(ServiceGroup("ho-tich", "Hộ tịch", "A"), ServiceGroup("chung-thuc", "Chứng thực", "B")),
    priorities=(PriorityClass("cao-tuoi", "Người cao tuổi", 20),),
)  # fmt: skip


class Which(StrEnum):
    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"
    BOTH = "both"

    @property
    def engines(self) -> tuple[Which, ...]:
        return (Which.SQLITE, Which.POSTGRESQL) if self is Which.BOTH else (self,)


@dataclass(frozen=True)
class Times:
    """Milliseconds, nearest rank."""

    p50_ms: float
    p95_ms: float
    p99_ms: float
    max_ms: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Times:
        ordered = sorted(seconds)
        return cls(*(_at(ordered, share) for share in (0.50, 0.95, 0.99, 1.0)))

    def __str__(self) -> str:
        return f"p50 {self.p50_ms} ms, p95 {self.p95_ms} ms, p99 {self.p99_ms} ms, lâu nhất {self.max_ms} ms"


def _at(ordered: Sequence[float], share: float) -> float:
    return round(ordered[max(math.ceil(share * len(ordered)) - 1, 0)] * 1000, 2) if ordered else 0.0


@contextmanager
def fresh_office(which: Which, url: str = "") -> Iterator[tuple[str, Path]]:
    """Address and data directory of an empty office that is thrown away afterwards.

    url: an empty PostgreSQL database; without one a server is started on the loopback. Raises: NoPostgresError.
    """
    folder = Path(tempfile.mkdtemp(prefix="motcua-bench-"))
    try:
        if which is Which.SQLITE:
            yield str(folder / "office.db"), folder
        elif url:
            yield url, folder
        else:
            with PrivateCluster(on_loopback=True) as cluster:
                yield cluster.new_database(), folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def processes(*also: str) -> ForkServerContext | SpawnContext:
    """How processes are started: where the system can, copied from one that has loaded the program already.

    also: modules to load there besides.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    shared = ["kiosk.services.queueing", "kiosk.storage.sqlite", "kiosk.storage.postgres"]
    context.set_forkserver_preload([*shared, *also])
    return context


def busy() -> float:
    """How many processes wanted a processor in the last minute; beside a time, it tells what that time is worth."""
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else 0.0
