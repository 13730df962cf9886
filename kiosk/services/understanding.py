"""Papers and what they say: an officer confirms or corrects a proposal, and the program learns from it.

What was learned is in the log: `paper.learned` with hashed counts (never a name or a value), `paper.forgotten` where
it is taken back. Reading those lines again always gives the same model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from kiosk.domain.confirmed import KEY, Confirmed
from kiosk.domain.event import Actor, Event
from kiosk.domain.job import Job, Wing
from kiosk.domain.scan import ScannedPage
from kiosk.services.digitisation import home_of, make_again
from kiosk.services.jobs import Effect
from kiosk.services.ports import UnitOfWork, Units, Vault

SUBJECT = "papers"  # of the log's lines about what was learned
LEARNED, FORGOTTEN = "paper.learned", "paper.forgotten"
BATCH = 500


@dataclass(frozen=True)
class Taught:
    """What one confirmed paper teaches. page: id of its first page; buckets: hashed words (`scanner.papers.traits`);
    anchors: where corrected fields stood (`scanner.papers.anchors`), JSON values."""

    page: str
    code: str
    buckets: tuple[int, ...]
    anchors: tuple[Mapping[str, Any], ...] = ()
    officer: str = ""
    at: datetime | None = None

    def data(self) -> dict[str, Any]:
        return {
            "page": self.page,
            "code": self.code,
            "buckets": list(self.buckets),
            "anchors": [dict(a) for a in self.anchors],
        }


@dataclass(frozen=True)
class LearnWork:
    """A confirmed paper: its pages with their words, as `scanner.pipeline` keeps them."""

    confirmed: Confirmed
    pages: tuple[tuple[ScannedPage, bytes], ...]
    actor: Actor


@dataclass
class LessonLog:
    """Lessons in force, by page; `read` brings it up to date. seq: how far the log was read."""

    lessons: dict[str, Taught] = field(default_factory=dict)
    seq: int = -1

    def read(self, uow: UnitOfWork) -> tuple[list[Taught], list[Taught]]:
        """What came and what went since the last time."""
        before = dict(self.lessons)
        if self.seq < 0:
            self.seq = uow.events.last_seq()
            self._take(uow.events.of(SUBJECT))
        else:
            while events := uow.events.after(self.seq, BATCH, (LEARNED, FORGOTTEN)):
                self._take(events)
                self.seq = events[-1].seq
        went = [t for page, t in before.items() if self.lessons.get(page) != t]
        return [t for page, t in self.lessons.items() if before.get(page) != t], went

    def _take(self, events: Iterable[Event]) -> None:
        for event in events:
            if event.kind == LEARNED:
                data = event.data
                page = str(data["page"])
                anchors = tuple(data["anchors"])
                who, code = event.actor.officer, str(data["code"])
                self.lessons[page] = Taught(page, code, tuple(data["buckets"]), anchors, who, event.at)
            else:
                for page in event.data["pages"]:
                    self.lessons.pop(page, None)


def confirm_paper(
    uow: UnitOfWork, owner: str, confirmed: Confirmed, component: str, *, actor: Actor, now: datetime
) -> None:
    """Take a paper's kind and fields as the officer says, give its pages to a component ("" leaves them where they
    are), and queue what is to be learned. Confirming again replaces what was confirmed before."""
    with uow:
        uow.lock()
        dossier = home_of(uow, owner)
        owner = dossier.key if dossier else owner
        pages = [p for p in uow.papers.pages(owner) if p.id in confirmed.pages]
        if not pages:
            return
        for n, page in enumerate(pages):
            meta = {k: v for k, v in page.meta.items() if k != KEY} | ({} if n else {KEY: confirmed.data()})
            uow.papers.save_page(replace(page, meta=meta, component=component or page.component))
        # Names of fields, never their values: the log holds no personal data.
        data = {"page": pages[0].id, "pages": len(pages), "type": confirmed.type, "fields": sorted(confirmed.fields)}
        event = uow.events.append(Event("paper.confirmed", owner, now, actor, data))
        payload = {"step": "learn", "page": pages[0].id, "officer": actor.officer, "station": actor.station}
        uow.jobs.add(Job(Wing.DIGITISE, f"learn:{pages[0].id}:{event.seq}", payload, priority=8, due_at=now))
        changed = {component, *(p.component for p in pages)}
        make_again(uow, dossier, [c for c in changed if c or not component], event, now)
        uow.commit()


def take_back(uow: UnitOfWork, page_id: str, *, actor: Actor, now: datetime) -> None:
    """A paper was not what somebody confirmed: nothing is confirmed of it any more, and nothing learned."""
    with uow:
        uow.lock()
        page = uow.papers.page(page_id)
        if KEY in page.meta:
            uow.papers.save_page(replace(page, meta={k: v for k, v in page.meta.items() if k != KEY}))
        event = uow.events.append(Event("paper.taken_back", page.owner, now, actor, {"page": page_id}))
        uow.events.append(Event(FORGOTTEN, SUBJECT, now, actor, {"pages": [page_id]}))
        make_again(uow, home_of(uow, page.owner), [page.component], event, now)
        uow.commit()


def forget(uow: UnitOfWork, wrong: Callable[[Taught], bool], *, actor: Actor, now: datetime) -> tuple[Taught, ...]:
    """Forget every lesson that is wrong: those of one officer, of one kind, since a day. Papers stay as confirmed."""
    with uow:
        uow.lock()
        log = LessonLog()
        log.read(uow)
        gone = tuple(t for t in log.lessons.values() if wrong(t))
        if gone:
            uow.events.append(Event(FORGOTTEN, SUBJECT, now, actor, {"pages": [t.page for t in gone]}))
            uow.commit()
    return gone


def learn_work(units: Units, vault: Vault, job: Job) -> LearnWork | None:
    """What to learn from; None when the paper is no longer confirmed, or a page of it was never read."""
    with units() as uow:
        first = uow.papers.page(str(job.payload["page"]))
        confirmed = Confirmed.of(first)
        if confirmed is None:
            return None
        pages = [p for p in uow.papers.pages(first.owner) if p.id in confirmed.pages and "words_file" in p.meta]
        files = [(p, uow.papers.file(p.meta["words_file"])) for p in pages]
    if not files or files[0][0].id != first.id:
        return None
    actor = Actor(str(job.payload["officer"]), str(job.payload["station"]))
    return LearnWork(confirmed, tuple((p, vault.get(f)) for p, f in files), actor)


def keep_lesson(work: LearnWork, taught: Taught, now: datetime) -> Effect:
    """Write the lesson into the log, unless the officer has changed his mind meanwhile."""

    def effect(uow: UnitOfWork) -> None:
        if Confirmed.of(uow.papers.page(taught.page)) == work.confirmed:
            uow.events.append(Event(LEARNED, SUBJECT, now, work.actor, taught.data()))

    return effect


def corrected(work: LearnWork, proposed: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Fields that the officer changed or added. proposed: the fields of the guess."""
    known = {str(f["name"]): str(f["value"]) for f in proposed}
    return {name: value for name, value in work.confirmed.fields.items() if value and known.get(name) != value}
