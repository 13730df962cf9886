"""Papers that the workers could not digest: what stopped, and what an officer may do about each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.domain.event import Actor, Event
from kiosk.domain.job import Job, JobState, Wing
from kiosk.domain.scan import ScannedPage
from kiosk.errors import NotFoundError, RuleError
from kiosk.services.digitisation import AS_IT_IS, home_of, is_read, make_again
from kiosk.services.ports import UnitOfWork

LISTED = 200


class NoReasonGivenError(RuleError):
    """A page is left out of a dossier only with a reason."""

    code = "page.reason"


@dataclass(frozen=True)
class StoppedPaper:
    """A page that cannot be read, or (page None) a document that cannot be made. owner: dossier or draft key.

    error: "code" or "code: reason" as the job keeps it; component: code of the paper, "" where none is known.
    """

    job: int
    owner: str
    component: str
    error: str
    at: datetime | None
    page: ScannedPage | None = None


def stopped_papers(look: UnitOfWork) -> list[StoppedPaper]:
    """Oldest first; pages that were left out since, and documents that have a newer job, are settled."""
    jobs = look.jobs.listed(Wing.DIGITISE, [JobState.WAITING, JobState.LEASED, JobState.REJECTED], LISTED)
    found = []
    for job in jobs:
        if job.state is not JobState.REJECTED:
            continue
        if job.payload["step"] == "page":
            page = _page(look, str(job.payload["page"]))
            if page is not None and not page.discarded:
                found.append(StoppedPaper(job.id, page.owner, page.component, job.error, job.done_at, page))
        elif job.payload["step"] == "document" and not _has_newer(jobs, job) and not _is_made(look, job):
            owner, component = str(job.payload["owner"]), str(job.payload["component"])
            found.append(StoppedPaper(job.id, owner, component, job.error, job.done_at))
    # A document that only waits for its unreadable page is settled with that page.
    waiting = {(paper.owner, paper.component) for paper in found if paper.page is not None}
    return [p for p in found if p.page is not None or (p.owner, p.component) not in waiting]


def unreadable(look: UnitOfWork, pages: Sequence[ScannedPage]) -> set[str]:
    """Ids of those pages whose reading was given up."""
    jobs = ((page.id, look.jobs.by_key(Wing.DIGITISE, f"page:{page.id}")) for page in pages if not is_read(page))
    return {page for page, job in jobs if job is not None and job.state is JobState.REJECTED}


def try_again(uow: UnitOfWork, job_id: int, *, as_it_is: bool = False, actor: Actor, now: datetime) -> None:
    """Read a page, or make a document, once more. as_it_is: keep the page as the picture it is, neither cleaned nor
    read. Raises: NotFoundError, StaleError when somebody else did something about it."""
    with uow:
        uow.lock()
        job = _rejected(uow, job_id)
        uow.jobs.release(job_id, now)
        if job.payload["step"] == "page":
            page = uow.papers.page(str(job.payload["page"]))
            if as_it_is:
                uow.papers.save_page(replace(page, meta={**page.meta, AS_IT_IS: True}))
            data = {"page": page.id, "as_it_is": as_it_is}
            event = uow.events.append(Event("page.again", page.owner, now, actor, data))
            make_again(uow, home_of(uow, page.owner), [page.component], event, now)
        uow.commit()


def leave_out(uow: UnitOfWork, job_id: int, reason: str, *, actor: Actor, now: datetime) -> None:
    """Settle a page by leaving it out of its document; its picture stays, who left it out and why stays in the log.

    Raises: NoReasonGivenError, NotFoundError (also for a document, which is made of its other pages).
    """
    if not reason.strip():
        raise NoReasonGivenError
    with uow:
        uow.lock()
        job = _rejected(uow, job_id)
        if job.payload["step"] != "page":
            raise NotFoundError(what="trang", key=str(job_id))
        page = uow.papers.page(str(job.payload["page"]))
        uow.papers.save_page(replace(page, discarded=True))
        data = {"page": page.id, "reason": reason.strip()}
        event = uow.events.append(Event("page.discarded", page.owner, now, actor, data))
        make_again(uow, home_of(uow, page.owner), [page.component], event, now)
        uow.commit()


def _rejected(uow: UnitOfWork, job_id: int) -> Job:
    found = (j for j in uow.jobs.listed(Wing.DIGITISE, [JobState.REJECTED], LISTED) if j.id == job_id)
    job = next(found, None)
    if job is None:
        raise NotFoundError(what="việc", key=str(job_id))
    return job


def _has_newer(jobs: Sequence[Job], job: Job) -> bool:
    mine = (job.payload["owner"], job.payload["component"])
    same = (j for j in jobs if j.payload["step"] == "document" and j.id > job.id)
    return any((j.payload["owner"], j.payload["component"]) == mine for j in same)


def _is_made(look: UnitOfWork, job: Job) -> bool:
    """Whether a later job of the same paper came to its end."""
    documents = look.papers.documents(str(job.payload["owner"]))
    made = next((d for d in documents if d.component == job.payload["component"]), None)
    return made is not None and job.done_at is not None and made.at > job.done_at


def _page(look: UnitOfWork, page_id: str) -> ScannedPage | None:
    try:
        return look.papers.page(page_id)
    except NotFoundError:
        return None
