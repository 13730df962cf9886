"""The exchange's protocol alone, as a game of dice without machines: an office, a line, a province (decision 0004).

It is a model: a thousand lives a second, so that orders of events come up that no run of the real program meets. What
it says holds for the protocol; that the program keeps to it is shown by the other parts of `motcua bench sync`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum, auto
from typing import TypeVar

SETTLE = 12  # ticks after which what was sent has arrived or never will
LATE = (2, 10)  # ticks that the slowest request is under way
ACTS, PATIENCE = 36, 600
HALF = 0.5

T = TypeVar("T")


class Bug(StrEnum):
    """Mistakes that others made; each takes one rule out of the protocol."""

    NONE = auto()
    NEVER_ASKS = auto()
    BELIEVES_NO_AT_ONCE = auto()
    NOTES_AFTER_SENDING = auto()
    SILENCE_IS_YES = auto()
    DONE_BEFORE_SENT = auto()
    EXISTS_IS_REFUSAL = auto()
    STEPS_UNASKED = auto()
    STEPS_UNSETTLED = auto()
    PICTURES_UNSETTLED = auto()
    LANES_IGNORED = auto()
    HIGH_WATER = auto()
    CURSOR_FIRST = auto()
    FILE_BY_BEGINNING = auto()
    HASH_UNCHECKED = auto()
    REFUSED_IS_DROPPED = auto()
    PICTURE_WHEN_QUEUED = auto()


class Killed(Exception):  # noqa: N818 - a moment, not an error
    """The worker's process is gone."""


class Again(Exception):  # noqa: N818
    """The job waits and is tried again."""


@dataclass
class Job:
    dossier: int
    kind: str  # "picture", "step", "file"
    what: int  # number of the step or of the file
    picture: tuple[int, tuple[int, ...]] = (0, ())
    committed_at: int = 0
    attempts: int = 0
    done: bool = False
    due: int = 0


@dataclass
class Known:
    """What the office keeps of one dossier. doubt: when something was sent of which nobody knows what became; is_new:
    that was the dossier itself, for the first time."""

    steps: int = 0
    files: list[str] = field(default_factory=list)
    up: dict[int, str] = field(default_factory=dict)
    is_there: bool = False
    doubt: int = -1
    is_new: bool = False
    status: int = 0


@dataclass
class There:
    """One dossier at the province. status: its own word, told by the news."""

    picture: tuple[int, tuple[int, ...]]
    links: tuple[str, ...]
    steps: list[int] = field(default_factory=list)


class Life:
    """One life of both sides under one seed."""

    def __init__(self, seed: int, bug: Bug = Bug.NONE) -> None:
        self.dice, self.bug, self.now = random.Random(seed), bug, 0
        self.naive = self.dice.random() < HALF
        self.office: list[Known] = []
        self.jobs: list[Job] = []
        self.province: dict[int, list[There]] = {}
        self.kept: dict[str, str] = {}  # address of a file -> its bytes
        self.news: list[tuple[int, int]] = []
        self.cursor = self.seen = 0
        self.late: list[tuple[int, Callable[[], object]]] = []
        self.names: dict[tuple[str, int], str] = {}
        self.trouble = 0.35

    # The office

    def act(self) -> None:
        roll = self.dice.random()
        if roll < 0.3 or not self.office:
            self.office.append(Known())
            self._queue(len(self.office) - 1, "picture")
            self._step(len(self.office) - 1)
        elif roll < 0.7:
            self._step(self.dice.randrange(len(self.office)))
        else:
            n = self.dice.randrange(len(self.office))
            # All scans begin alike and many are as long as another.
            self.office[n].files.append(f"head{len(self.jobs) % 2}:{self.dice.randrange(10**6)}")
            self._queue(n, "file", len(self.office[n].files) - 1)
            self._queue(n, "picture")

    def _step(self, n: int) -> None:
        self.office[n].steps += 1
        self._queue(n, "picture")
        self._queue(n, "step", self.office[n].steps)

    def _queue(self, n: int, kind: str, what: int = 0) -> None:
        # Two counters write at once: a row's number does not say when it can be seen.
        seen_from = self.now + self.dice.choice((0, 0, 1))
        lane = [j.committed_at for j in self.jobs if j.dossier == n]
        self.jobs.append(Job(n, kind, what, self._picture(n), max([seen_from, *lane])))

    def _picture(self, n: int) -> tuple[int, tuple[int, ...]]:
        return self.office[n].steps, tuple(self.office[n].up)

    # The worker

    def work(self) -> None:
        try:
            self._hear()
            while (job := self._next()) is not None:
                self._do(job)
        except Killed:
            pass

    def _next(self) -> Job | None:
        lanes: set[int] = set()
        for number, job in enumerate(self.jobs):
            if job.done or (self.bug is Bug.HIGH_WATER and number < self.seen):
                continue
            held = job.dossier in lanes and self.bug is not Bug.LANES_IGNORED
            lanes.add(job.dossier)
            if job.committed_at <= self.now and job.due <= self.now and not held:
                if self.bug is Bug.HIGH_WATER:
                    self.seen = number
                return job
        return None

    def _do(self, job: Job) -> None:
        job.attempts += 1
        job.due = self.now + 1  # the lease
        if self.bug is Bug.DONE_BEFORE_SENT:
            job.done = True
        self._may_die()
        try:
            effect = {"picture": self._send_picture, "step": self._send_step, "file": self._send_file}[job.kind](job)
        except Again:
            job.due = max(job.due, self.now + self.dice.randint(1, 3))
            return
        self._may_die()
        if effect is not None:
            effect()
        job.done = True

    def _send_picture(self, job: Job) -> Callable[[], None]:
        mine = self.office[job.dossier]
        self._let_settle(mine, Bug.PICTURES_UNSETTLED)
        is_there = mine.is_there or ((mine.doubt >= 0 or job.attempts > 1) and self._found(job.dossier))
        if not is_there and self.bug is not Bug.BELIEVES_NO_AT_ONCE:
            self._wait_for(mine)
        picture = job.picture if self.bug is Bug.PICTURE_WHEN_QUEUED else self._picture(job.dossier)
        answer = "absent"
        if is_there:
            answer = self._write(job.dossier, lambda: self._replace(job.dossier, picture))
        if answer == "absent":
            answer = self._write(job.dossier, lambda: self._insert(job.dossier, picture), is_new=True)
            if answer == "exists" and self.bug is not Bug.EXISTS_IS_REFUSAL:
                answer = self._write(job.dossier, lambda: self._replace(job.dossier, picture))
        self._settle(job, answer)
        return lambda: setattr(mine, "is_there", True)

    def _send_step(self, job: Job) -> None:
        mine = self.office[job.dossier]
        self._let_settle(mine, Bug.STEPS_UNSETTLED)
        if job.attempts > 1 and self.bug is not Bug.STEPS_UNASKED and job.what in self._steps_there(job.dossier):
            return
        self._settle(job, self._write(job.dossier, lambda: self._add_step(job.dossier, job.what), twice=False))

    def _send_file(self, job: Job) -> Callable[[], None]:
        mine, content = self.office[job.dossier], self.office[job.dossier].files[job.what]
        name, wanted = (content[:5], len(content)), f"sha:{content}"
        address = self._asked(lambda: wanted if self.kept.get(wanted) == content else "")
        if self.bug is Bug.FILE_BY_BEGINNING:
            address = self.names.get(name, "")
        if not address:
            address = str(self._sent(lambda: self._keep(wanted, content)) or "")
            if not address or (self.kept[address] != content and self.bug is not Bug.HASH_UNCHECKED):
                raise Again
            self.names.setdefault(name, address)
        return lambda: mine.up.__setitem__(job.what, address)

    def _let_settle(self, mine: Known, unless: Bug) -> None:
        """Nothing more is sent of a dossier while something older may still arrive, and undo it.

        A new dossier needs no waiting where it is found: then it has arrived.
        """
        if not mine.is_new and self.bug is not unless:
            self._wait_for(mine)

    def _wait_for(self, mine: Known) -> None:
        if mine.doubt >= 0 and self.now < mine.doubt + SETTLE:
            raise Again

    def _write(self, n: int, act: Callable[[], str], *, is_new: bool = False, twice: bool = True) -> str:
        mine = self.office[n]
        if self.bug is not Bug.NOTES_AFTER_SENDING:
            mine.doubt, mine.is_new = self.now, is_new
        self._may_die()
        answer = self._sent(act, twice=twice)
        self._may_die()
        mine.doubt, mine.is_new = self.now if answer is None else -1, is_new
        return answer or "unknown"

    def _settle(self, job: Job, answer: str) -> None:
        if answer == "unknown" and self.bug is Bug.SILENCE_IS_YES:
            return
        if answer == "refused" and self.bug is Bug.REFUSED_IS_DROPPED:
            job.done = True
        if answer == "exists" and self.bug is Bug.EXISTS_IS_REFUSAL:
            job.due = 10**9  # an officer looks at it, and can do nothing
        if answer != "done":
            raise Again

    def _found(self, n: int) -> bool:
        if self.bug is Bug.NEVER_ASKS:
            return False
        return bool(self._asked(lambda: self.province.get(n)))

    def _steps_there(self, n: int) -> list[int]:
        return list(self._asked(lambda: self.province[n][0].steps if n in self.province else []) or ())

    def _hear(self) -> None:
        for at, (n, status) in list(enumerate(self.news))[self.cursor :]:
            if self.bug is Bug.CURSOR_FIRST:
                self.cursor = at + 1
            self._may_die()
            self.office[n].status, self.cursor = status, at + 1

    def _may_die(self) -> None:
        if self.dice.random() < self.trouble / 12:
            raise Killed

    # The line

    def _sent(self, act: Callable[[], str], *, twice: bool = True) -> str | None:
        """The answer; None when nobody knows. twice: it may be delivered so, where the province looks for the code.

        Raises: Again when it did not leave.
        """
        roll = self.dice.random()
        if roll >= self.trouble:
            return act()
        match self.dice.randrange(6):
            case 0:
                raise Again  # no line; that it was not sent is not made use of
            case 1:
                return None  # lost on the way there
            case 2:
                act()
                return None  # the answer was lost
            case 3:
                self.late.append((self.now + self.dice.randint(*LATE), act))
                return None
            case 4:
                if twice and not self.naive:
                    act()
                return act()
        return act()

    def _asked(self, question: Callable[[], T]) -> T:
        if self.dice.random() < self.trouble / 2:
            raise Again
        return question()

    # The province

    def _insert(self, n: int, picture: tuple[int, tuple[int, ...]]) -> str:
        rows = self.province.setdefault(n, [])
        if rows and not self.naive:
            return "exists"
        if self.dice.random() < self.trouble / 8:
            if not rows:
                del self.province[n]
            return "refused"
        rows.append(There(picture, self._links(n, picture)))
        return "done"

    def _replace(self, n: int, picture: tuple[int, tuple[int, ...]]) -> str:
        if n not in self.province:
            return "absent"
        there = self.province[n][0]
        there.picture, there.links = picture, self._links(n, picture)
        return "done"

    def _links(self, n: int, picture: tuple[int, tuple[int, ...]]) -> tuple[str, ...]:
        return tuple(self.office[n].up[file] for file in picture[1])

    def _add_step(self, n: int, step: int) -> str:
        if n not in self.province:
            return "absent"
        self.province[n][0].steps.append(step)  # whatever comes is added: no rule of its own helps
        return "done"

    def _keep(self, address: str, content: str) -> str:
        if self.kept.get(address) != content:
            self.kept[address] = content if self.dice.random() > self.trouble / 4 else "rotten"
        return address

    def decide(self) -> None:
        if self.province:
            n = self.dice.choice(list(self.province))
            self.news.append((n, self.dice.randrange(10**6)))

    # Time

    def live(self) -> list[str]:
        """A bad day, then calm; returns every broken promise."""
        for _ in range(ACTS):
            self._tick()
            self.dice.choice((self.act, self.act, self.work, self.work, self.work, self.decide))()
        self.trouble = 0.0
        for _ in range(PATIENCE):
            self._tick()
            self.work()
            if not self.late and all(job.done for job in self.jobs) and self.cursor == len(self.news):
                break
        return self.broken()

    def _tick(self) -> None:
        self.now += self.dice.choice((1, 1, 2, 5))
        due = [act for at, act in self.late if at <= self.now]
        self.late = [(at, act) for at, act in self.late if at > self.now]
        for act in due:
            act()

    def broken(self) -> list[str]:
        found = ["waits for ever" for job in self.jobs if not job.done]
        last = dict(self.news)
        for n, mine in enumerate(self.office):
            rows = self.province.get(n, [])
            if len(rows) != 1:
                found.append(f"{n}: there {len(rows)} times")
                continue
            there = rows[0]
            if there.steps != list(range(1, mine.steps + 1)):
                found.append(f"{n}: steps {there.steps} of {mine.steps}")
            if there.picture != (mine.steps, tuple(mine.up)) or len(mine.up) != len(mine.files):
                found.append(f"{n}: picture {there.picture} of {mine.steps}, {len(mine.files)} files")
            if [self.kept.get(link) for link in there.links] != [mine.files[f] for f in there.picture[1]]:
                found.append(f"{n}: other bytes")
            if mine.status != last.get(n, 0):
                found.append(f"{n}: heard {mine.status}, told {last.get(n, 0)}")
        return found
