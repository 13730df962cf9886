"""The other processes of the sample office: the workers and a province, each a real process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

READY_S = 30.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Child:
    """One `motcua …` process with its output in a file; killable, and started again by `start`."""

    words: list[str]
    log: Path
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> Self:
        with self.log.open("ab") as out:
            command = [sys.executable, "-m", "kiosk", *self.words]
            self._process = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True)
        return self

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        return None if self._process is None else self._process.poll()

    def kill(self) -> None:
        """As a power cut does it: the process and its helpers, at once, without a word."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def stop(self, patience_s: float = 10.0) -> None:
        """Ask politely, then insist."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(patience_s)
        except subprocess.TimeoutExpired:
            self.kill()


@dataclass(frozen=True)
class ProvinceWatch:
    """Looks into the stand-in province over its admin door."""

    url: str

    def is_up(self) -> bool:
        try:
            self.report()
        except OSError:
            return False
        return True

    def wait_until_up(self) -> None:
        """Raises: TimeoutError."""
        last = time.monotonic() + READY_S
        while not self.is_up():
            if time.monotonic() > last:
                raise TimeoutError(self.url)
            time.sleep(0.1)

    def report(self) -> dict[str, Any]:
        """What has arrived. Raises: OSError while the province is away."""
        return self._ask("/_admin/report")

    def decide(self, body: dict[str, Any]) -> dict[str, Any]:
        """Set a dossier's status at the province."""
        return self._ask("/_admin/decide", body)

    def _ask(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=5) as answer:
            found: dict[str, Any] = json.load(answer)
        return found
