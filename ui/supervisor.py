"""Keeps a kiosk's window on the screen: a program that dies, or stops giving signs of life, is replaced at once.

No Qt and nothing of the office here, so that what breaks the window does not break its keeper. A spare, already loaded,
waits for its turn, because loading takes longer than a citizen should look at an empty screen; a curtain lies under the
window and says in plain words what to do.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import structlog

BEAT = b"beat\n"
GO = b"go\n"
LOOK_S = 0.1
POLITE_S = 5.0
PAUSES_S = (0.0, 0.0, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)  # before the next start, while it keeps dying


@dataclass(frozen=True)
class Patience:
    """Seconds. start: until the first sign of life; silent: between two; calm: a life after which former deaths are
    forgotten; curtain: between two tries to hang it again; spare: between two starts of one that does not stay."""

    start: float = 30.0
    silent: float = 8.0
    calm: float = 60.0
    curtain: float = 5.0
    spare: float = 10.0


class Pauses:
    """How long to wait before the next start."""

    def __init__(self, calm_s: float) -> None:
        self._calm_s, self._deaths = calm_s, 0

    def after(self, lived_s: float) -> float:
        self._deaths = 0 if lived_s >= self._calm_s else self._deaths
        pause = PAUSES_S[min(self._deaths, len(PAUSES_S) - 1)]
        self._deaths += 1
        return pause


class Program(Protocol):
    """One process. Beats count from `go`."""

    beats: int
    beat_at: float

    def go(self) -> None:
        """Let it show its window."""

    def exit_code(self) -> int | None: ...

    def kill(self) -> None: ...

    def stop(self) -> None:
        """Ask, then insist."""


class Child:
    """A process that waits for GO on its stdin, ends when that is closed, and writes BEAT to its stdout."""

    def __init__(self, command: Sequence[str]) -> None:
        self.beats, self.beat_at = 0, time.monotonic()
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line == BEAT:
                self.beats, self.beat_at = self.beats + 1, time.monotonic()
            else:  # its own words, such as an error as JSON
                sys.stdout.write(line.decode("utf-8", "replace"))
                sys.stdout.flush()

    def go(self) -> None:
        assert self._process.stdin is not None
        self.beat_at = time.monotonic()
        with contextlib.suppress(OSError):
            self._process.stdin.write(GO)

    def exit_code(self) -> int | None:
        return self._process.poll()

    def kill(self) -> None:
        self._process.kill()
        self._end()

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(POLITE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._end()

    def _end(self) -> None:
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


@dataclass
class Supervisor:
    """start: a new program, loaded but not shown; curtain: the plain words under it. restarts: how often the window was
    replaced."""

    start: Callable[[], Program]
    curtain: Callable[[], Program]
    patience: Patience = Patience()
    now: Callable[[], float] = time.monotonic
    restarts: int = 0
    _front: Program | None = None
    _spare: Program | None = None
    _under: Program | None = None
    _shown_at: float = 0.0
    _due_at: float = 0.0
    _curtain_due_at: float = 0.0
    _spare_due_at: float = 0.0
    _lived: bool = False
    _pauses: Pauses = field(init=False)

    def __post_init__(self) -> None:
        self._pauses = Pauses(self.patience.calm)

    def look(self) -> int | None:
        """Called a few times a second. An exit code when there is nothing to keep: the very first program refused to
        start and has said why."""
        self._hang_curtain()
        if self._front is None:
            if self.now() >= self._due_at:
                self._show()
            return None
        code = self._front.exit_code()
        if code is not None and code > 0 and not self._lived:
            return code
        if code is None and not self._hangs(self._front):
            self._while_well(self._front)
        else:
            self._replace(self._front, code)
        return None

    def _hang_curtain(self) -> None:
        gone = self._under is None or self._under.exit_code() is not None
        if gone and self.now() >= self._curtain_due_at:
            self._under, self._curtain_due_at = self.curtain(), self.now() + self.patience.curtain

    def _show(self) -> None:
        ready = self._spare if self._spare is not None and self._spare.exit_code() is None else None
        self._front, self._spare = ready or self.start(), None
        self._front.go()
        self._shown_at = self._spare_due_at = self.now()

    def _hangs(self, front: Program) -> bool:
        limit = self.patience.silent if front.beats else self.patience.start
        return self.now() - front.beat_at > limit

    def _while_well(self, front: Program) -> None:
        if front.beats:
            self._lived = True
            gone = self._spare is None or self._spare.exit_code() is not None
            if gone and self.now() >= self._spare_due_at:
                # Only now: two that load at once would both be slow. And not in a hurry: one that dies while it loads
                # would take the machine from the window that lives.
                self._spare, self._spare_due_at = self.start(), self.now() + self.patience.spare

    def _replace(self, front: Program, code: int | None) -> None:
        front.kill()
        lived = self.now() - self._shown_at
        pause = self._pauses.after(lived)
        structlog.get_logger().error(
            "kiosk.died", exit_code=code, hung=code is None, lived_s=round(lived), pause_s=pause
        )
        self._front, self.restarts = None, self.restarts + 1
        self._due_at = self.now() + pause
        if not pause:
            self._show()

    def close(self) -> None:
        for program in (self._front, self._spare, self._under):
            if program is not None:
                program.stop()
        self._front = self._spare = self._under = None


def keep(supervisor: Supervisor, stop: threading.Event) -> int:
    """Until told to stop; returns the exit code."""
    try:
        while not stop.wait(LOOK_S):
            code = supervisor.look()
            if code is not None:
                return code
        return 0
    finally:
        supervisor.close()


def own_command(*words: str) -> list[str]:
    """This program once more, installed or frozen."""
    start = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "kiosk"]
    return [*start, *words]


def wait_for_go() -> None:
    """In the child: block until it is its turn; end without a word when the keeper has gone."""
    if os.read(0, len(GO)) == b"":
        raise SystemExit(0)


def send_beat() -> bool:
    """In the child: one sign of life; False when the keeper has gone. Never blocks: a keeper that is busy must not stop
    the window."""
    try:
        os.write(1, BEAT)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return True


def beats_never_block() -> None:
    if hasattr(os, "set_blocking"):
        os.set_blocking(1, False)
