"""Many new dossiers in one call, as after an outage, where the generation takes arrays.

One verdict stands for all. "Done" ends every one of them; anything else proves nothing about any: each is then asked
for and sent alone. Only dossiers that were never tried go this way, so nothing is ever sent here in doubt.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from kiosk.clock import Clock
from kiosk.domain.job import Job, JobState, Wing
from kiosk.errors import KioskError, StaleError
from kiosk.services.jobs import pause, set_aside
from kiosk.services.ports import Units
from sync.errors import LineDownError
from sync.outcome import Outcome, Verdict
from sync.sender import INSERT, NOT_SENT, SENDING, Picture, Sender, last_doubt
from sync.steps import DOSSIER
from sync.talk import problem_of

log = structlog.get_logger()

LOOKED_AT = 2000  # waiting jobs; the rest is seen when these have gone
LONGEST_PAUSE_S = 60.0


@dataclass(frozen=True)
class Batches:
    """Over one connection. is_mine: whether a procedure goes there."""

    units: Units
    sender: Sender
    is_mine: Callable[[str], bool]
    owner: str
    lease_for: timedelta
    clock: Clock

    def once(self) -> int:
        """Send one batch; returns how many dossiers arrived. Raises: LineDownError; they wait, untouched."""
        if self.sender.connection.form.allots:
            return 0  # whoever gives codes takes one dossier at a time
        pictures = [(job, picture) for job in self._leased() if (picture := self._picture(job)) is not None]
        return self._send(pictures) if pictures else 0

    def _leased(self) -> list[Job]:
        now = self.clock()
        with self.units() as uow:
            waiting = uow.jobs.listed(Wing.SYNC, (JobState.WAITING,), LOOKED_AT)
            untried = {j.lane: j for j in reversed(waiting) if j.payload.get("stream") == DOSSIER and not j.attempts}
            fit: list[int] = []
            for job in sorted(untried.values(), key=lambda j: j.id):
                dossier = uow.dossiers.get(str(job.payload["dossier"]))
                is_new = not (dossier.external_codes or dossier.state_secret) and self.is_mine(dossier.procedure_code)
                if is_new and last_doubt(uow.exchange.replies(dossier.key)) is None:
                    fit.append(job.id)
                if len(fit) == self.sender.connection.dossiers_at_once:
                    break
            # Alone it goes the ordinary way.
            taken = uow.jobs.lease_these(fit, self.owner, now, self.lease_for) if len(fit) > 1 else []
            uow.commit()
        return taken

    def _picture(self, job: Job) -> Picture | None:
        """None for one that must be mended first, which is then told to an officer."""
        try:
            return self.sender.picture(job)
        except KioskError as problem:
            set_aside(self.units, job, problem, self.clock, None, LONGEST_PAUSE_S)
            return None

    def _send(self, pictures: list[tuple[Job, Picture]]) -> int:
        form, profile = self.sender.connection.form, self.sender.connection.profile
        messages = [form.insertion(picture.canonical, profile) for _job, picture in pictures]
        self._note(pictures, SENDING)
        try:
            verdict = self.sender.client.insert(messages)
        except LineDownError as problem:
            self._note(pictures, NOT_SENT)
            self._give_back(pictures, problem)
            raise
        self._note(pictures, verdict.outcome.value, verdict.body)
        if verdict.outcome is Outcome.DONE:
            return sum(self._complete(job, picture) for job, picture in pictures)
        self._each_alone(pictures, verdict)
        return 0

    def _complete(self, job: Job, picture: Picture) -> int:
        try:
            with self.units() as uow:
                uow.lock()
                picture.arrived(picture.canonical.code)(uow)
                uow.jobs.complete(job, self.clock())
                uow.commit()
        except StaleError:
            return 0  # the lease ran out: whoever has it now asks first
        return 1

    def _each_alone(self, pictures: list[tuple[Job, Picture]], verdict: Verdict) -> None:
        log.info("batch not taken", connection=self.sender.connection.name, outcome=verdict.outcome.value)
        problem = problem_of(verdict, self.sender.connection.name)
        at_once = verdict.outcome in (Outcome.REJECTED, Outcome.EXISTS, Outcome.ABSENT)
        self._give_back(pictures, problem, at_once=at_once)

    def _give_back(self, pictures: list[tuple[Job, Picture]], problem: KioskError, *, at_once: bool = False) -> None:
        """They wait again, having been tried: whoever takes one now asks for it first."""
        with self.units() as uow:
            for job, _picture in pictures:
                later = timedelta(0) if at_once else pause(job.attempts, problem, LONGEST_PAUSE_S)
                try:
                    uow.jobs.retry(job, self.clock() + later, "" if at_once else problem.code)
                except StaleError:
                    log.info("lease lost", job=job.id)
            uow.commit()

    def _note(self, pictures: list[tuple[Job, Picture]], outcome: str, body: str = "") -> None:
        """On each of them: should this process be killed now, the next one knows that it may have arrived."""
        for job, _picture in pictures:
            self.sender.note(job, INSERT, outcome, body[:2000])
