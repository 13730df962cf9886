"""`motcua work`: the workers of an office, for systemd and for the demo."""

from __future__ import annotations

import signal
import threading

import typer

from ui.app import open_waiting
from ui.cli.console import frame, tell


def register(app: typer.Typer) -> None:
    app.command("work")(work)


def work() -> None:
    """Chạy các việc nền (số hóa, in, gửi lên tỉnh) đến khi bị dừng."""
    from ui.workers import run_workers

    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    with open_waiting(frame.data) as office:
        tell(f"Đang chạy việc nền cho {office.facts.name}.")
        run_workers(office, stop)
