"""One loop for all workers: lease a job, do it, and record its effect and its end in one transaction."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

import structlog

from kiosk.clock import Clock
from kiosk.domain.job import Job, Wing
from kiosk.errors import (
    DeviceError,
    InputError,
    KioskError,
    RejectedSyncError,
    RuleError,
    StaleError,
    TransientSyncError,
)
from kiosk.services.ports import UnitOfWork, Units

log = structlog.get_logger()

LEASE = timedelta(seconds=60)
BACK_OFF_FIRST_S, BACK_OFF_LAST_S = 2.0, 600.0
BUG_ATTEMPTS = 5

Effect = Callable[[UnitOfWork], None]
Handle = Callable[[Job], Effect | None]
OnProblem = Callable[[UnitOfWork, Job, KioskError], None]


class PostponedError(KioskError):
    """What the job needs is not there yet; not a failure. details: seconds."""

    code = "job.postponed"

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds=seconds)
        self.seconds = seconds


class BugInJobError(KioskError):
    """A job met a bug of ours; it is tried a few times, then put before a person. details: kind."""

    code = "job.bug"


def drain(
    units: Units,
    wing: Wing,
    owner: str,
    handle: Handle,
    clock: Clock,
    *,
    on_problem: OnProblem | None = None,
    limit: int | None = None,
    lease_for: timedelta = LEASE,
    longest_wait_s: float = BACK_OFF_LAST_S,
    go_on: Callable[[], bool] = lambda: True,
    station: str | None = None,
    bulk: bool | None = None,
) -> int:
    """Do the due jobs of a wing until none is left (or `limit`); returns how many were completed.

    go_on: asked before each job, so that a dead line or a stopping worker leaves the others untouched. station,
    bulk: as in `Jobs.lease`.

    `handle` works outside any transaction and must be harmless when repeated: a worker may die between its end and
    the commit. The effect that it returns is applied in the transaction that completes the job. Transient and device
    trouble waits with growing, jittered pauses; what an officer must mend is rejected, with its code, for the screen.
    """
    done = 0
    while (limit is None or done < limit) and go_on():
        with units() as uow:
            job = uow.jobs.lease(wing, owner, clock(), lease_for, station, bulk=bulk)
            uow.commit()
        if job is None:
            return done
        done += carry_out(units, job, handle, clock, on_problem, longest_wait_s)
    return done


def carry_out(
    units: Units, job: Job, handle: Handle, clock: Clock, on_problem: OnProblem | None, longest_wait_s: float
) -> int:
    """One leased job; 1 when it was completed."""
    try:
        effect = handle(job)
        with units() as uow:
            if effect is not None:
                uow.lock()  # before it reads what it changes: a page may be on its way into a dossier
                effect(uow)
            uow.jobs.complete(job, clock())
            uow.commit()
    except StaleError:
        return 0  # the lease ran out and another worker has it, or the row moved on: it will be seen again
    except KioskError as problem:
        set_aside(units, job, problem, clock, on_problem, longest_wait_s)
        return 0
    except Exception as bug:  # one job: its bug must not stop the others
        log.exception("job failed", wing=job.wing.value, job=job.id)
        set_aside(units, job, BugInJobError(kind=type(bug).__name__), clock, on_problem, longest_wait_s)
        return 0
    return 1


def set_aside(
    units: Units, job: Job, problem: KioskError, clock: Clock, on_problem: OnProblem | None, longest_wait_s: float
) -> None:
    """Wait or be rejected, as the problem says."""
    gives_up = isinstance(problem, RejectedSyncError | RuleError | InputError) or (
        isinstance(problem, BugInJobError) and job.attempts >= BUG_ATTEMPTS
    )
    reason = str(problem.details.get("reason", ""))
    error = f"{problem.code}: {reason}" if reason else problem.code
    if problem.code == PostponedError.code:
        error = job.error or error  # why it waits is what stopped it before
    try:
        with units() as uow:
            uow.lock()
            if gives_up:
                uow.jobs.reject(job, clock(), error)
            else:
                uow.jobs.retry(job, clock() + pause(job.attempts, problem, longest_wait_s), error)
            if on_problem is not None and not isinstance(problem, PostponedError):
                on_problem(uow, job, problem)
            uow.commit()
    except StaleError:
        log.info("lease lost", wing=job.wing.value, job=job.id)


def pause(attempts: int, problem: KioskError, longest_s: float = BACK_OFF_LAST_S) -> timedelta:
    """Full-jitter exponential back-off; devices are looked at again within a minute, a postponed job when it said."""
    if isinstance(problem, PostponedError):
        return timedelta(seconds=problem.seconds)
    if isinstance(problem, TransientSyncError) and problem.look_again_s is not None:
        return timedelta(seconds=problem.look_again_s)
    longest = min(longest_s, 30.0) if isinstance(problem, DeviceError) else longest_s
    ceiling = min(longest, BACK_OFF_FIRST_S * 2 ** min(attempts, 12))
    return timedelta(seconds=random.uniform(min(1.0, ceiling / 2), ceiling))
