"""The kiosk's keeper: replaces what dies or hangs, never gives up, says when there is nothing to keep."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass, field

import pytest

from ui.supervisor import PAUSES_S, Child, Patience, Pauses, Supervisor, keep

PATIENCE = Patience(start=30, silent=8, calm=60)


@dataclass
class FakeProgram:
    """Dies when told, beats when told."""

    hall: Hall
    beats: int = 0
    beat_at: float = 0.0
    shown: bool = False
    code: int | None = None
    stopped: bool = False

    def go(self) -> None:
        self.shown, self.beat_at = True, self.hall.now

    def beat(self) -> None:
        self.beats, self.beat_at = self.beats + 1, self.hall.now

    def exit_code(self) -> int | None:
        return self.code

    def kill(self) -> None:
        self.code = -9 if self.code is None else self.code

    def stop(self) -> None:
        self.stopped, self.code = True, 0


@dataclass
class Hall:
    """A keeper with its programs, on a clock of its own."""

    now: float = 100.0
    windows: list[FakeProgram] = field(default_factory=list)
    curtains: list[FakeProgram] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keeper = Supervisor(self._window, self._curtain, PATIENCE, lambda: self.now)

    def _window(self) -> FakeProgram:
        self.windows.append(FakeProgram(self))
        return self.windows[-1]

    def _curtain(self) -> FakeProgram:
        self.curtains.append(FakeProgram(self))
        return self.curtains[-1]

    @property
    def front(self) -> FakeProgram:
        return next(w for w in reversed(self.windows) if w.shown)

    def pass_s(self, seconds: float, *, beating: bool = True) -> None:
        for _look in range(round(seconds * 10)):
            self.now += 0.1
            shown = [w for w in self.windows if w.shown and w.code is None]
            if beating and shown:
                shown[-1].beat()
            assert self.keeper.look() is None


def test_the_spare_waits_until_the_window_lives() -> None:
    hall = Hall()
    hall.pass_s(1, beating=False)
    assert [w.shown for w in hall.windows] == [True]
    hall.pass_s(1)
    assert [w.shown for w in hall.windows] == [True, False]
    assert len(hall.curtains) == 1


@pytest.mark.parametrize("code", [-9, -11, 1, 0])
def test_whatever_ends_the_window_the_spare_stands_there_at_the_next_look(code: int) -> None:
    hall = Hall()
    hall.pass_s(100)
    hall.front.code = code
    hall.pass_s(0.1)
    assert [w.shown for w in hall.windows] == [True, True]
    assert hall.keeper.restarts == 1


def test_a_window_without_a_sign_of_life_is_killed_and_replaced() -> None:
    hall = Hall()
    hall.pass_s(100)
    stuck = hall.front
    hall.pass_s(PATIENCE.silent - 0.5, beating=False)
    assert stuck.exit_code() is None
    hall.pass_s(1, beating=False)
    assert stuck.exit_code() == -9
    assert hall.front is not stuck


def test_a_spare_that_died_meanwhile_is_not_waited_for() -> None:
    hall = Hall()
    hall.pass_s(100)
    hall.windows[-1].code = -9
    hall.pass_s(0.1)
    hall.front.code = -9
    hall.windows[-1].code = -9
    hall.pass_s(0.2)
    assert hall.front.code is None


def test_a_spare_that_dies_while_it_loads_is_not_started_all_the_time() -> None:
    hall = Hall()
    hall.pass_s(1)
    for _look in range(600):
        hall.windows[-1].code = 1 if not hall.windows[-1].shown else None
        hall.pass_s(0.1)
    assert len(hall.windows) - 1 <= 60 / PATIENCE.spare + 1
    assert hall.front.code is None


def test_one_that_keeps_dying_is_tried_ever_more_rarely_and_for_ever() -> None:
    hall = Hall()
    hall.pass_s(70)
    shows = []
    for _death in range(12):
        hall.front.code = -11
        before = hall.now
        while hall.front.exit_code() is not None:
            hall.pass_s(0.1)
        shows.append(hall.now - before)
    assert shows[0] < 0.3
    assert shows[-1] == pytest.approx(PAUSES_S[-1], abs=0.5)
    assert [round(s) for s in shows] == sorted(round(s) for s in shows)


def test_a_calm_minute_makes_the_next_restart_immediate_again() -> None:
    pauses = Pauses(60)
    assert [pauses.after(1) for _death in range(4)] == list(PAUSES_S[:4])
    assert pauses.after(61) == PAUSES_S[0]


def test_a_program_that_refuses_to_start_at_all_is_left_to_its_own_words() -> None:
    hall = Hall()
    hall.pass_s(0.2, beating=False)
    hall.front.code = 2
    assert hall.keeper.look() == 2


def test_the_curtain_is_hung_again_but_not_in_a_hurry() -> None:
    hall = Hall()
    hall.pass_s(10)
    for _look in range(100):
        hall.curtains[-1].code = 1
        hall.pass_s(0.1)
    assert 2 <= len(hall.curtains) <= 4


def test_to_stop_ends_window_spare_and_curtain() -> None:
    hall = Hall()
    hall.pass_s(10)
    stop = threading.Event()
    stop.set()
    assert keep(hall.keeper, stop) == 0
    assert all(p.stopped for p in (*hall.windows, *hall.curtains))


BEATING = (
    "import sys, time\n"
    "sys.stdin.readline()\n"
    "print('a word of its own', flush=True)\n"
    "while True: print('beat', flush=True); time.sleep(0.05)\n"
)


def test_a_real_process_waits_for_its_turn_beats_and_ends_when_its_keeper_lets_go(
    capsys: pytest.CaptureFixture[str],
) -> None:
    child = Child([sys.executable, "-c", BEATING])
    time.sleep(0.2)
    assert child.beats == 0
    child.go()
    last = time.monotonic() + 20
    while child.beats < 3 and time.monotonic() < last:
        time.sleep(0.02)
    assert child.beats >= 3
    child.kill()
    assert child.exit_code() == -9
    assert "a word of its own" in capsys.readouterr().out
