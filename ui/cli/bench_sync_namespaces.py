"""Two network namespaces, an office's and a province's, with the emulated line between them; gone when it closes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from kiosk.errors import InputError
from ui.cli.bench_sync_emulator import DEVICE, Weather, enter

OFFICE_END, PROVINCE_END = "10.77.0.1", "10.77.0.2"
START_S = 20.0

T = TypeVar("T")


class NeedsRootError(InputError):
    """Namespaces and TUN devices need root, Linux and the `ip` command. details: problem."""

    code = "bench.needs_root"


class TwoEnds:
    """`with TwoEnds() as ends: ends.weather(...)`; several may stand side by side, for the names carry the process."""

    def __init__(self) -> None:
        self.office, self.province = f"mc-{os.getpid()}-a", f"mc-{os.getpid()}-b"
        self._emulator: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        _need_root()
        try:
            for name in (self.office, self.province):
                _ip("netns", "add", name)
            command = [sys.executable, "-m", "ui.cli.bench_sync_emulator", self.office, self.province]
            self._emulator = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_with_path())
            self.weather(Weather(10_000_000))  # its devices are there when it has answered
            for name, address in ((self.office, OFFICE_END), (self.province, PROVINCE_END)):
                _ip("-n", name, "link", "set", "lo", "up")
                _ip("-n", name, "addr", "add", f"{address}/30", "dev", DEVICE)
                _ip("-n", name, "link", "set", DEVICE, "mtu", "1500", "up")
                self._set(name, "net.ipv4.tcp_no_metrics_save", "1")  # no run profits from the one before
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._emulator is not None and self._emulator.stdin is not None:
            self._emulator.stdin.close()
            self._emulator.wait(START_S)
            if self._emulator.stdout is not None:
                self._emulator.stdout.close()
        for name in (self.office, self.province):
            subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)

    def weather(self, weather: Weather) -> None:
        """From now on; what is under way vanishes."""
        emulator = self._emulator
        if emulator is None or emulator.stdin is None or emulator.stdout is None:
            raise NeedsRootError(problem="the emulator does not run")
        emulator.stdin.write(weather.line().encode())
        emulator.stdin.flush()
        if emulator.stdout.readline() != b"ok\n":
            raise NeedsRootError(problem="the emulator has ended")

    def in_province(self, command: Sequence[str], folder: Path) -> subprocess.Popen[bytes]:
        """A process at the far end, in `folder`."""
        return subprocess.Popen(
            ["ip", "netns", "exec", self.province, *command], cwd=folder, stdout=subprocess.DEVNULL, env=_with_path()
        )

    def in_office(self, act: Callable[[], T]) -> T:
        """Run `act` in a thread whose sockets, and those of threads that it starts, are at the office's end."""
        done: list[T] = []
        failed: list[BaseException] = []

        def run() -> None:
            try:
                enter(self.office)
                done.append(act())
            except BaseException as error:  # noqa: BLE001 - told to whoever waits
                failed.append(error)

        thread = threading.Thread(target=run, name="office-end")
        thread.start()
        thread.join()
        if failed:
            raise failed[0]
        return done[0]

    @staticmethod
    def _set(namespace: str, name: str, value: str) -> None:
        command = ["ip", "netns", "exec", namespace, "sysctl", "-qw", f"{name}={value}"]
        subprocess.run(command, check=True, capture_output=True)


def _need_root() -> None:
    if not sys.platform.startswith("linux") or shutil.which("ip") is None:
        raise NeedsRootError(problem="cần Linux và lệnh ip (gói iproute2)")
    if os.geteuid() != 0:
        raise NeedsRootError(problem="cần quyền root")


def _ip(*words: str) -> None:
    done = subprocess.run(["ip", *words], check=False, capture_output=True, text=True)
    if done.returncode:
        raise NeedsRootError(problem=done.stderr.strip())


def _with_path() -> dict[str, str]:
    """The program itself must be found from any folder."""
    here = str(Path(__file__).resolve().parents[2])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH", ""))))}
