"""The second stream of a dossier: its steps, append-only, oldest first, at most ten at once, each with its own mark.

A step is marked for the connection that was told of it. A dossier that goes to another connection one day therefore
gives it the whole history, and one that was killed in the middle goes on behind what is marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain import life
from kiosk.domain.job import Job, JobState, Wing
from kiosk.services import exchange
from kiosk.services.exchange import Snapshot
from kiosk.services.jobs import Effect
from kiosk.services.ports import UnitOfWork
from sync.messages.build import codes_of, progress_entry
from sync.messages.canonical import ProgressEntry
from sync.messages.wire import wire_time
from sync.outcome import Outcome, Verdict

if TYPE_CHECKING:
    from sync.sender import Sender

AT_ONCE = 10
PROGRESS, DOSSIER = "progress", "dossier"


@dataclass(frozen=True)
class Steps:
    """Sends the steps that are due with one job. along: the lane's next jobs, whose steps may go with this one's."""

    sender: Sender
    job: Job
    snapshot: Snapshot
    along: tuple[Job, ...]
    marked: frozenset[int]

    def send(self) -> Effect | None:
        """Raises: what stopped it; what was told before that is marked and not told again."""
        entries = self._entries()
        effects: list[Effect] = []
        if self.job.attempts > 1:
            entries = self._without_known(entries)
        if entries:
            self.sender.let_settle(self.snapshot.dossier.key)
        for first in range(0, len(entries), AT_ONCE):
            batch = entries[first : first + AT_ONCE]
            verdict = self._tell(batch)
            if verdict.outcome is Outcome.ABSENT:
                # The province lost the dossier (restored from an old copy, say): give it again, then the steps.
                effects.append(self.sender.dossier(self.job))
                verdict = self._tell(batch)
            if len(batch) > 1 and verdict.outcome in (Outcome.REJECTED, Outcome.EXISTS):
                # One verdict for all of them: only one by one does it say which.
                self._one_by_one(batch)
                return self._then(effects, ())
            self._settle(batch, verdict)
        return self._then(effects, [job.id for job in self.along])

    def _entries(self) -> list[ProgressEntry]:
        """Unmarked steps up to the last one of these jobs: their own, and older ones that another connection has."""
        wanted = {int(job.payload["event"]) for job in (self.job, *self.along)}
        begun = next((e.seq for e in self.snapshot.events if e.kind == life.RECEIVE.event), None)
        own = int(self.job.payload["event"])
        entries = []
        for event in self.snapshot.events:
            is_history = begun is not None and begun <= event.seq < own
            if event.seq in self.marked or not (is_history or event.seq in wanted):
                continue
            entry = progress_entry(self.snapshot.dossier, event, self.sender.connection.agency_code, self.sender.unit)
            if entry is not None:
                entries.append(entry)
        return entries

    def _without_known(self, entries: list[ProgressEntry]) -> list[ProgressEntry]:
        """A province that tells which steps it has is asked before they are sent again."""
        found = self.sender.find(codes_of(self.snapshot.dossier, self.sender.connection.agency_code))
        if found is None or found.steps is None:
            return entries
        known = [e for e in entries if (wire_time(e.at), e.status.value) in found.steps]
        self._mark(known)
        return [e for e in entries if e not in known]

    def _one_by_one(self, batch: Sequence[ProgressEntry]) -> None:
        """Up to this job's own step; the others are left to their own jobs, so that each is blamed for itself."""
        for entry in (e for e in batch if e.seq <= int(self.job.payload["event"])):
            self._settle([entry], self._tell([entry]))

    def _tell(self, batch: Sequence[ProgressEntry]) -> Verdict:
        messages = [self.sender.connection.form.progress(entry) for entry in batch]
        return self.sender.tell(self.job, PROGRESS, lambda: self.sender.client.progress(messages))

    def _settle(self, batch: Sequence[ProgressEntry], verdict: Verdict) -> None:
        """Raises: the failure that the verdict stands for; a step that is there already is there."""
        self.sender.settle(verdict, Outcome.EXISTS)
        self._mark(batch)

    def _then(self, effects: Sequence[Effect], done_along: Sequence[int]) -> Effect | None:
        if not effects and not done_along:
            return None

        def effect(uow: UnitOfWork) -> None:
            for one in effects:
                one(uow)
            uow.jobs.finish(done_along, self.sender.clock())

        return effect

    def _mark(self, entries: Sequence[ProgressEntry]) -> None:
        if not entries:
            return
        with self.sender.units() as uow:
            name, key = self.sender.connection.name, self.snapshot.dossier.key
            uow.exchange.mark_sent(name, key, [e.seq for e in entries], self.sender.clock())
            uow.commit()


def steps_due(sender: Sender, job: Job) -> Steps:
    """What is to be told with a job, as things stand now."""
    key = str(job.payload["dossier"])
    with sender.units() as uow:
        lane = uow.jobs.of_lanes(Wing.SYNC, [key])
        marked = frozenset(uow.exchange.sent_steps(sender.connection.name, key))
    next_ones = along(job, lane, PROGRESS, (PROGRESS,))
    return Steps(sender, job, exchange.snapshot(sender.units, key), next_ones, marked)


def along(job: Job, lane: Sequence[Job], stream: str, passed: Sequence[str]) -> tuple[Job, ...]:
    """The lane's next jobs of a stream, up to the first whose stream may not be passed over: a picture that names a
    file goes after the file, a step after the picture that has it."""
    found = []
    for other in lane:
        if other.id <= job.id:
            continue
        if other.payload["stream"] not in passed or other.state is not JobState.WAITING:
            break
        if other.payload["stream"] == stream:
            found.append(other)
    return tuple(found)
