"""How much memory, and time of a processor, the processes that a bench starts take."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

LOOK_EACH_S = 0.01


class Children:
    """mb: the largest resident memory that any one child process has had inside the block; where the system keeps no
    high-water mark (Windows), the largest seen. cpu_s: of all of them together, to within a look each."""

    def __init__(self) -> None:
        self.mb = 0.0
        self._spent: dict[int, tuple[float, float]] = {}  # pid -> before the block, and last seen
        self._stop = threading.Event()
        self._me = psutil.Process()

    @property
    def cpu_s(self) -> float:
        return sum(last - first for first, last in self._spent.values())

    def __enter__(self) -> Self:
        for child in self._me.children(recursive=True):
            self._spent[child.pid] = (_cpu(child),) * 2
            with suppress(OSError):
                Path(f"/proc/{child.pid}/clear_refs").write_text("5")  # the mark of an earlier file
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()
        self._look()

    def _watch(self) -> None:
        while not self._stop.wait(LOOK_EACH_S):
            self._look()

    def _look(self) -> None:
        for child in self._me.children(recursive=True):
            self.mb = max(self.mb, resident_mb(child.pid))
            first, last = self._spent.get(child.pid, (0.0, 0.0))
            self._spent[child.pid] = (first, max(last, _cpu(child)))


def resident_mb(pid: int) -> float:
    """The high-water mark of a process, 0 for one that is gone."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    except OSError:
        with suppress(psutil.Error):
            return float(psutil.Process(pid).memory_info().rss / 2**20)
    return 0.0


def _cpu(process: psutil.Process) -> float:
    try:
        spent = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(spent.user + spent.system)
