"""A kiosk or a hall's screen that nobody has set up asks for a code before it opens."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from pathlib import Path

import typer

from ui.cli.console import frame

MADE = ("config.toml", "office.db", "kiosk.db")  # any of them: somebody has decided what this machine is
LOOK_S = 0.3
JOINED, ALONE = 0, 3  # exit codes of the page (`ui.pairing.window`)


def is_new(root: Path) -> bool:
    return not any((root / name).exists() for name in MADE)


def ask_on_first_run() -> None:
    """Goes on when the machine is set up, or is to be used alone. A machine that became a station opens as what it was
    paired as, whatever command was given, and then the command ends."""
    from ui.app import data_root
    from ui.screen import has_screen

    root = data_root(frame.data)
    if not is_new(root) or not has_screen(os.environ):
        return
    outcome = _ask(root)
    if outcome == ALONE:
        return
    if outcome == JOINED:
        from ui.cli.windows import open_configured_station

        open_configured_station()
    raise typer.Exit(outcome)


def _ask(root: Path) -> int:
    """In a process of its own, so that this one stays without windows, as a kiosk's keeper must."""
    from ui.supervisor import own_command

    stop = threading.Event()
    before = {name: signal.signal(name, lambda *_: stop.set()) for name in (signal.SIGTERM, signal.SIGINT)}
    page = subprocess.Popen(own_command("station", "join", "--window", "--first", "--data", str(root)))
    try:
        while page.poll() is None and not stop.wait(LOOK_S):
            pass
    finally:
        if page.poll() is None:
            page.terminate()
        outcome = page.wait()
        for name, handler in before.items():
            signal.signal(name, handler)
    return outcome if outcome >= 0 else 1
