"""A kiosk's line to the office: one thread that reports, and answers what somebody at the kiosk may wait a moment for.

Nobody ever waits for it longer than they said; a line that hangs is told from one that is busy by the clock. No Qt.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import structlog

from kiosk.clock import business_day
from kiosk.domain.event import Actor
from kiosk.domain.membership import Membership
from kiosk.domain.office import Office
from kiosk.domain.ticket import Ticket
from kiosk.errors import KioskError, NotFoundError, StorageError
from kiosk.services.carried_numbers import carried_labels, keep_apart
from kiosk.services.catalogue_copy import copy_catalogue
from kiosk.services.comers import ComerWaits, LineByLine
from kiosk.services.membership import membership_of
from kiosk.services.printing import Told
from kiosk.services.pushing import HallSeen, hall_seen
from kiosk.services.queueing import people_ahead
from kiosk.services.reporting import LOGIN_REFUSED, Far, Reporter, Stores, is_refusal
from kiosk.services.waiting import WaitingTimes
from ui.ticketing.retry import Retry

T = TypeVar("T")
BEAT_S = 10.0
LOOK_S = 3.0
LEARN_S = 30.0
CATALOGUE_S = 3600.0
LOOK_FOR_PAIRING_S = 1.0
HANGS_S = 1.0  # a round that takes longer than this is not waited for by anybody
REMEMBERED = 100

log = structlog.get_logger()


class OfficeSilentError(StorageError):
    """The office's database does not answer this kiosk now; numbers are given all the same."""

    code = "kiosk.office_silent"
    exit_code = 1


class FarOffice(Far, Protocol):
    @property
    def waits(self) -> WaitingTimes: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class Ends:
    """Both ends of the line. own: the kiosk's store; open_far: the office's, raises KioskError while it is away.

    may_speak: asked before each round; a copy of a kiosk's disk stays silent.
    """

    own: Stores
    facts: Office
    open_far: Callable[[], FarOffice]
    reporter: Reporter
    may_speak: Callable[[], bool]


class OfficeLink:
    """seen: what was last heard of the hall, None before the first time."""

    def __init__(self, ends: Ends) -> None:
        self._ends = ends
        self._far: FarOffice | None = None
        self._wake, self._stop = threading.Event(), threading.Event()
        self._news = threading.Condition()
        self._asked: deque[tuple[Callable[[FarOffice], Any], Future[Any]]] = deque()
        self._awaited: set[str] = set()
        self._told: dict[str, Told] = {}
        self._up, self._retry = False, Retry()
        self._said: Membership | None = None
        self._round_began: float | None = None
        self._next_beat = self._next_look = self._next_learn = self._next_copy = self._next_comer = 0.0
        self._lines = LineByLine(ends.facts)
        self._thread = threading.Thread(target=self._run, name="office-link", daemon=True)
        self.seen: HallSeen | None = None

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Ends the thread; a connection attempt under way is waited for."""
        self._stop.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()
        self._hang_up()

    @property
    def comers(self) -> ComerWaits:
        return self._lines.waits

    @property
    def is_up(self) -> bool:
        """Whether the office answered a moment ago, and the line does not hang now."""
        began = self._round_began
        return self._up and not (began is not None and time.monotonic() - began > HANGS_S)

    def hear_of(self, key: str, within_s: float) -> Told | None:
        """What the office says of a number of this kiosk, once it has it; None when it does not answer in time."""
        with self._news:
            if key not in self._told and self.is_up:
                self._awaited.add(key)
                self._wake.set()
                self._news.wait_for(lambda: key in self._told or not self._up, within_s)
                self._awaited.discard(key)
            found = self._told.get(key)
        if found is None:
            self._wake.set()  # it is tried all the same
        return found

    def ask(self, work: Callable[[FarOffice], T], within_s: float) -> T:
        """Do something at the office, after everything that it does not know yet. Raises: OfficeSilentError, and what
        the work itself raises."""
        if not self.is_up:
            self._wake.set()
            raise OfficeSilentError
        answer: Future[T] = Future()
        self._asked.append((work, answer))
        self._wake.set()
        try:
            return answer.result(within_s)
        except StorageError:
            raise OfficeSilentError from None
        except (TimeoutError, CancelledError):
            answer.cancel()
            raise OfficeSilentError from None

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            self._round_began = time.monotonic()
            try:
                up = self._round()
            except KioskError as error:
                if error.code == LOGIN_REFUSED and self._said is not None:
                    self._ends.reporter.shut_out(self._said)
                self._failed(error.code, self._said if is_refusal(error) else None)
            except Exception as error:  # the end of a worker: the kiosk goes on without the office
                log.warning("office.link_fault", error=type(error).__name__, exc_info=True)
                self._failed(type(error).__name__)
            else:
                self._set_up(up)
            self._round_began = None
            self._rest()

    def _rest(self) -> None:
        """Until the next round. Whoever was refused is not woken by somebody at the glass, only by a new pairing."""
        if self._retry.refused is None:
            self._wake.wait(
                self._retry.pause_s() or max(0.05, min(self._next_beat, self._next_look) - time.monotonic())
            )
            return
        until = time.monotonic() + self._retry.pause_s()
        while time.monotonic() < until and not self._stop.wait(LOOK_FOR_PAIRING_S):
            if self._is_paired_again():
                return

    def _is_paired_again(self) -> bool:
        try:
            with self._ends.own.reads() as own:
                return self._retry.is_over(membership_of(own))
        except KioskError:
            return False  # a store that is busy or full for a moment must not end the line

    def _failed(self, why: str, refused: Membership | None = None) -> None:
        if self._up or not self._retry.failures:
            log.info("office.silent", why=why)
        self._retry.failed(refused)
        self._next_beat = self._next_learn = 0.0  # the first word after a silence is a heartbeat
        self._hang_up()
        self._set_up(False)

    def _hang_up(self) -> None:
        """The next round opens the office's store anew: a new pairing gives this kiosk another login."""
        far, self._far = self._far, None
        if far is not None:
            far.close()

    def _set_up(self, up: bool) -> None:
        with self._news:
            self._up = up
            if up:
                self._retry.answered()
            self._news.notify_all()
        while not up and self._asked:
            self._asked.popleft()[1].cancel()

    def _round(self) -> bool:
        """Whether the office was spoken to. Raises: KioskError."""
        if not self._ends.may_speak():
            self._next_beat = time.monotonic() + BEAT_S
            self._next_look = self._next_beat
            return False
        with self._ends.own.reads() as own:
            self._said = membership_of(own)  # before the line is opened: a new pairing is not blamed for the old login
        far = self._far = self._far or self._ends.open_far()
        now = time.monotonic()
        if now >= self._next_beat:
            self._ends.reporter.beat(far)
            self._next_beat = time.monotonic() + BEAT_S
        pushed = self._ends.reporter.push(far)
        self._tell(far)
        self._answer(far)
        if pushed or now >= self._next_look:
            self._look(far)
            self._next_look = time.monotonic() + LOOK_S
        if now >= self._next_learn:
            with far.reads() as look:
                far.waits.look(look, far.now())  # the past is read now, not while somebody waits for a number
            self._next_learn = time.monotonic() + LEARN_S
        if now >= self._next_comer:
            self._lines.step(far.waits, far.now())
            self._next_comer = time.monotonic() + self._lines.pause_s
        if now >= self._next_copy:
            copy_catalogue(far.reads(), self._ends.own.reads, self._ends.own.units, business_day(far.now()))
            self._next_copy = time.monotonic() + CATALOGUE_S
        return True

    def _tell(self, far: FarOffice) -> None:
        """Tell who stands at the kiosk, and the paper, how many are ahead and how long it may take."""
        with self._news:
            awaited = tuple(self._awaited)
        for key in awaited:
            with far.reads() as look:
                try:
                    ticket = look.tickets.get(key)
                except NotFoundError:
                    continue
                ahead = people_ahead(look, self._ends.facts, ticket, far.now())
            told = Told(ahead, self._wait(far, ticket))
            with self._news:
                self._told[key] = told
                while len(self._told) > REMEMBERED:
                    del self._told[next(iter(self._told))]
                self._news.notify_all()

    def _wait(self, far: FarOffice, ticket: Ticket) -> tuple[int, int] | None:
        with self._ends.own.reads() as look:
            known = membership_of(look)
        return far.waits.tell(ticket, actor=Actor("", known.name if known else ""), now=far.now())

    def _answer(self, far: FarOffice) -> None:
        while self._asked:
            work, answer = self._asked.popleft()
            if not answer.set_running_or_notify_cancel():
                continue
            try:
                answer.set_result(work(far))
            except Exception as error:  # noqa: BLE001 - one question: whoever asked gets the failure
                answer.set_exception(error)

    def _look(self, far: FarOffice) -> None:
        with self._ends.own.reads() as own:
            today = business_day(self._ends.reporter.clock())
            known = membership_of(own)
            mine = {t.epoch for t in own.tickets.of_day(today)} | ({known.series.epoch} if known else set())
        letter = known.series.letter if known else ""
        with far.reads() as look:
            seen = hall_seen(look, self._ends.facts, tuple(mine), far.now())
            carried = carried_labels(look, self._ends.facts, letter, seen.day)
        keep_apart(self._ends.own.reads, self._ends.own.units, self._ends.facts, seen.day, carried)
        self.seen = seen
