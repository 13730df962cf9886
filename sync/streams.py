"""One to four files at once where a single stream does not fill the line, and no more than the line is better for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

LOOK_S = 6.0  # each count of streams gets so long to show what it carries
AS_GOOD, WORSE = 0.95, 0.88  # of what one more carried: as good as that, fewer will do; worse, and it comes back
PATIENCE = 3  # looks before fewer are tried; twice as many after each time that this was worse
_NEWS = 0.4  # weight of the newest rate


class Climb:
    """How many streams: all at first, then one fewer as long as that carries as much. On a line that loses packets
    each stream brings something; on a clean one the others are a burden for everybody else."""

    def __init__(self, most: int) -> None:
        self.streams, self._most = most, most
        self._rates: dict[int, float] = {}
        self._looks, self._patience = 0, PATIENCE

    def look(self, rate: float) -> int:
        """rate: what the streams of now carried since the last look, bytes/s. Returns how many there shall be."""
        now, known = self.streams, self._rates
        known[now] = rate if now not in known else known[now] + _NEWS * (rate - known[now])
        self._looks += 1
        more = known.get(now + 1, 0.0)
        if now < self._most and known[now] < (AS_GOOD if self._looks == 1 else WORSE) * more:
            self._go(now + 1)
            self._patience *= 2
        elif now > 1 and self._looks >= self._patience:
            known.pop(now - 1, None)
            self._go(now - 1)
        return self.streams

    def _go(self, streams: int) -> None:
        self.streams, self._looks = streams, 0


class Crew:
    """Threads that take one file after another. most: at most so many; 1: the caller's own thread does it all."""

    def __init__(self, most: int, carried: Callable[[], int], look_s: float = LOOK_S) -> None:
        self._climb, self._most, self._carried, self._look_s = Climb(most), most, carried, look_s
        self._over = threading.Event()
        self._failures: list[BaseException] = []

    def run(self, work: Callable[[int], bool]) -> None:
        """Until `work(n)`, which does one file as worker n, finds none left. Raises: what a `work` raised first, after
        the others have ended theirs."""
        if self._most == 1:
            while work(0):
                pass
            return
        threads = [threading.Thread(target=self._toil, args=(work, n), name=f"file-{n}") for n in range(self._most)]
        for thread in threads:
            thread.start()
        self._watch()
        for thread in threads:
            thread.join()
        if self._failures:
            raise self._failures[0]

    def _toil(self, work: Callable[[int], bool], number: int) -> None:
        try:
            while not self._over.is_set():
                if number >= self._climb.streams:
                    self._over.wait(self._look_s / 4)
                elif not work(number):
                    break
        except BaseException as failure:  # noqa: BLE001 - told to whoever started the crew
            self._failures.append(failure)
        finally:
            if number < self._climb.streams:
                self._over.set()  # nothing left, or trouble that is everybody's

    def _watch(self) -> None:
        before, began = self._carried(), time.monotonic()
        while not self._over.wait(self._look_s):
            carried, now = self._carried(), time.monotonic()
            self._climb.look((carried - before) / (now - began))
            before, began = carried, now
