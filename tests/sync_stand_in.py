"""The province stand-in as a real process on a free port, and its admin's hand. Shared by the exchange's tests."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Self

START_S = 20.0
ROOT = Path(__file__).resolve().parents[1]


class StandIn:
    """`with StandIn(folder) as province`; `kill()` is kill -9, `start()` brings it back on the same port."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder, self._options = folder, options
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def start(self) -> None:
        (self.folder / "port").unlink(missing_ok=True)
        command = [sys.executable, "-m", "kiosk", "province", "serve", "--data", str(self.folder)]
        self._process = subprocess.Popen(
            [*command, "--port", str(self.port), *self._options],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )
        end = time.monotonic() + START_S
        while not (self.folder / "port").exists():
            if time.monotonic() > end or self._process.poll() is not None:
                raise RuntimeError("the stand-in does not start")
            time.sleep(0.02)
        self.port = int((self.folder / "port").read_text())

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(START_S)
            self._process = None

    def report(self) -> dict[str, Any]:
        return self._admin("GET", "report")

    def shown(self, code: str) -> dict[str, Any]:
        return self._admin("GET", f"dossiers/{code}")

    def decide(self, code: str, status: str, **more: str) -> None:
        self._admin("POST", "decide", {"code": code, "status": status, **more})

    def misbehave(self, **switches: object) -> None:
        """Everything else is put back first."""
        self.switch(clear=True, **switches)

    def switch(self, **switches: object) -> None:
        """Besides what is switched on already."""
        self._ask("POST", "/_faults", switches)

    def _admin(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        return self._ask(method, f"/_admin/{path}", body)

    def _ask(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}{path}", data, method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            found: dict[str, Any] = json.load(answer)
        return found
