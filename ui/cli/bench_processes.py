"""What a program takes with all its processes, told apart by what each of them is for."""

from __future__ import annotations

import os
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import psutil

from kiosk.errors import StorageError

LOOK_EACH_S = 0.1
# What stands in a process's command line, and what the process is for; any other goes by its own name.
KINDS = {
    "scanner.devices.unpack": "mở tệp",
    "scanner.loaded_child": "Tesseract",
    "spawn_main": "xử lý trang",
    "resource_tracker": "dọn dẹp",
    "-m kiosk": "chương trình",
}


@dataclass(frozen=True)
class Part:
    """Processes of one kind. cpu_s: of all of them, to within a look; mb: theirs when all processes together had most,
    what they share counted once."""

    cpu_s: float
    mb: float


@dataclass(frozen=True)
class Spent:
    """peak_mb: of all processes together; parts: by kind."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    parts: Mapping[str, Part]


def ran(words: Sequence[str]) -> Spent:
    """Run a program to its end, with all its processes looked at now and then. Raises: StorageError."""
    began, cpu = time.perf_counter(), _children_cpu()
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watch = _Watch(psutil.Process(process.pid))
    while process.poll() is None:
        watch.look()
        time.sleep(LOOK_EACH_S)
    if process.returncode != 0:
        raise StorageError(program=words[0], code=process.returncode)
    wall = time.perf_counter() - began
    most = sum(watch.at_most.values())
    return Spent(round(wall, 2), round(_children_cpu() - cpu, 2), round(most / 2**20, 1), watch.parts())


@dataclass
class _Watch:
    """cpu: by process, its kind and its seconds when it was last seen; at_most: bytes by kind, at the worst look."""

    tree: psutil.Process
    cpu: dict[int, tuple[str, float]] = field(default_factory=dict)
    at_most: dict[str, int] = field(default_factory=dict)

    def look(self) -> None:
        now: defaultdict[str, int] = defaultdict(int)
        for process in self._all():
            with suppress(psutil.Error):  # ended between the two questions
                kind = _kind(process) or self.cpu.get(process.pid, (process.name(), 0.0))[0]
                spent, memory = process.cpu_times(), process.memory_full_info()
                # What processes share is counted once, where the system tells (Linux).
                now[kind] += getattr(memory, "pss", memory.rss)
                self.cpu[process.pid] = kind, spent.user + spent.system
        if sum(now.values()) > sum(self.at_most.values()):
            self.at_most = dict(now)

    def parts(self) -> dict[str, Part]:
        seconds: defaultdict[str, float] = defaultdict(float)
        for kind, spent in self.cpu.values():
            seconds[kind] += spent
        return {kind: Part(round(s, 2), round(self.at_most.get(kind, 0) / 2**20, 1)) for kind, s in seconds.items()}

    def _all(self) -> Iterator[psutil.Process]:
        yield self.tree
        with suppress(psutil.Error):
            yield from self.tree.children(recursive=True)


def _kind(process: psutil.Process) -> str:
    """ "" for one that has ended and is not yet taken away: it has no command line any more."""
    line = " ".join(process.cmdline())
    return next((kind for part, kind in KINDS.items() if part in line), process.name() if line else "")


def _children_cpu() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system
