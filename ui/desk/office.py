"""The desk's door to the office: services and reads behind the protocols of `ui.desk.model`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.clock import Clock, business_day, office_now
from kiosk.domain.dossier import Dossier, is_dossier_key
from kiosk.domain.event import Actor
from kiosk.domain.fees import work_out
from kiosk.domain.held import PeopleRules
from kiosk.domain.job import JobState, Wing
from kiosk.domain.life import DossierState
from kiosk.domain.person import Person
from kiosk.domain.procedure import Channel, Procedure
from kiosk.domain.ticket import Place, Ticket, TicketState
from kiosk.errors import NotFoundError
from kiosk.services import counters, digitisation, exchange, moving, queueing, reception
from kiosk.services.exchange_view import empty_in_s
from kiosk.services.extra_papers import extra_of
from kiosk.services.first_clock import first_clock
from kiosk.services.groups import print_group
from kiosk.services.help import answer_help, help_after
from kiosk.services.identities import link_old_number
from kiosk.services.label_journal import LastKnown
from kiosk.services.on_the_spot import solve_on_the_spot
from kiosk.services.ports import UnitOfWork
from kiosk.services.printing import slip_print
from kiosk.services.queue_day import queue_day
from kiosk.services.reception import Intake, Outcome
from kiosk.services.stopped import unreadable
from ui.app import OpenedOffice
from ui.desk import words
from ui.desk.capture import no_other_scanner
from ui.desk.card_reads import earlier_of, of_card
from ui.desk.drafts import draft_of, state_of
from ui.desk.known_papers import known_of
from ui.desk.model import (
    AtCounter,
    CardRead,
    Choice,
    DraftState,
    Exchange,
    Known,
    Line,
    PageThumb,
    Promised,
    Queue,
    Recent,
    Saved,
)
from ui.desk.page_thumbs import thumb_of
from ui.desk.stacks import Stacks
from ui.desk.thumbnails import Thumbnails
from ui.papers import keep_sides
from ui.words import TICKET_STATES, due_line

if TYPE_CHECKING:
    from scanner.page import Page

RECENT = 12

Capture = Callable[[], "Iterable[Page]"]


@dataclass
class LiveQueue:
    """One counter's view of the queue."""

    office: OpenedOffice
    counter: str
    actor: Actor
    clock: Clock = office_now

    def queue(self) -> Queue:
        facts, now = self.office.facts, self.clock()
        lines_of = facts.lines_of(facts.counter(self.counter), self.actor.officer)
        served = tuple(g.code for g in facts.groups) if lines_of is None else lines_of
        with self.office.reads() as look:
            active = look.tickets.active_at(self.counter)
            waiting = [
                t.group
                for t in look.tickets.waiting(queue_day(look, now))
                if t.for_counter == self.counter or (t.for_counter is None and t.group in served)
            ]
            parked = queueing.parked(look, facts, self.counter, self.actor.officer, now) if served else []
            pause = look.pauses.of(self.counter)
        listed = (g for g in facts.groups if g.code in served or g.code in waiting)
        lines = tuple(Line(g.code, g.name, waiting.count(g.code)) for g in listed)
        mine = tuple((t.key, t.label) for t in parked)
        return Queue(self._at(active) if active else None, lines, mine, words.paused(pause) if pause else "")

    def line(self) -> LastKnown:
        """What this counter needs to go on by label, should the database go away."""
        facts, now = self.office.facts, self.clock()
        lines = facts.lines_of(facts.counter(self.counter), self.actor.officer)
        with self.office.reads() as look:
            day = queue_day(look, now)
            waiting = [
                t
                for t in look.tickets.waiting(day)
                if t.for_counter == self.counter or (t.for_counter is None and (lines is None or t.group in lines))
            ]
            parked = queueing.parked(look, facts, self.counter, self.actor.officer, now) if lines != () else []
            counted = look.tickets.ordinary_calls(day, lines or ())
            return LastKnown(now, look.tickets.active_at(self.counter), tuple(waiting), tuple(parked), counted)

    def _at(self, ticket: Ticket) -> AtCounter:
        facts = self.office.facts
        group = next((g.name for g in facts.groups if g.code == ticket.group), ticket.group)
        priority = next((p.name for p in facts.priorities if p.code == ticket.priority), "")
        miss_due = ticket.state is TicketState.CALLED and ticket.calls >= facts.calls_before_no_show
        state, calls, dossiers = ticket.state, ticket.calls, ticket.dossiers
        return AtCounter(ticket.key, ticket.label, ticket.group, group, state, calls, priority, miss_due, dossiers)

    def call_next(self, command: str) -> AtCounter:
        facts, now = self.office.facts, self.clock()
        uow = self.office.units()
        return self._at(queueing.call_next(uow, facts, self.counter, actor=self.actor, now=now, command=command))

    def call_back(self, key: str) -> AtCounter:
        facts, now = self.office.facts, self.clock()
        uow = self.office.units()
        return self._at(queueing.call_ticket(uow, facts, key, self.counter, actor=self.actor, now=now))

    def recall(self, key: str) -> None:
        queueing.recall(self.office.units(), key, actor=self.actor, now=self.clock())

    def serve(self, key: str) -> None:
        queueing.serve(self.office.units(), key, actor=self.actor, now=self.clock())

    def park(self, key: str) -> None:
        queueing.park(self.office.units(), key, actor=self.actor, now=self.clock())

    def finish(self, key: str) -> None:
        queueing.finish(self.office.units(), key, actor=self.actor, now=self.clock())

    def miss(self, key: str) -> None:
        needed = queueing.calls_needed(self.office.facts)
        queueing.miss(self.office.units(), key, actor=self.actor, now=self.clock(), calls_needed=needed)

    def targets(self, group: str) -> Sequence[Choice]:
        facts = self.office.facts
        lines = [Choice(f"group:{g.code}", g.name) for g in facts.groups if g.code != group]
        counters = [Choice(f"counter:{c.code}", c.name) for c in facts.counters if c.code != self.counter]
        return [*lines, *counters]

    def transfer(self, key: str, target: str, place: str) -> None:
        kind, _, code = target.partition(":")
        to = {kind: code}
        moving.transfer(
            self.office.units(),
            self.office.facts,
            key,
            group=to.get("group", ""),
            counter=to.get("counter", ""),
            place=Place(place),
            actor=self.actor,
            now=self.clock(),
        )

    def undo(self) -> str:
        back = moving.undo_last(self.office.units(), self.counter, actor=self.actor, now=self.clock())
        return f"{back.label} {TICKET_STATES[back.state]}"

    def pause(self, reason: str, minutes: int) -> None:
        now = self.clock()
        until = now + timedelta(minutes=minutes) if minutes else None
        units, facts = self.office.units(), self.office.facts
        counters.pause_counter(units, facts, self.counter, reason=reason, until=until, actor=self.actor, now=now)

    def open_counter(self) -> None:
        units, facts = self.office.units(), self.office.facts
        counters.open_counter(units, facts, self.counter, actor=self.actor, now=self.clock())


@dataclass
class LiveIntake:
    """capture: asks the station's scanner for a stack; other: its second one."""

    office: OpenedOffice
    counter: str
    actor: Actor
    capture: Capture
    clock: Clock = office_now
    _thumbnails: Thumbnails = field(default_factory=Thumbnails)
    other: Capture = no_other_scanner

    def procedures(self) -> Sequence[Procedure]:
        with self.office.reads() as look:
            return look.procedures.all_current(business_day(self.clock()))

    def fields_of(self, group: str) -> Sequence[str]:
        return next((g.fields for g in self.office.facts.groups if g.code == group), ())

    def read_card(self, payload: str) -> CardRead:
        from kiosk.identity import read_payload

        text = payload.strip()
        with self.office.reads() as look:
            if text.isdigit() and (known := look.people.by_id_number(text)) is not None:
                return CardRead(known, (), earlier_of(look, text))
            if is_dossier_key(text) and (of_dossier := _dossier(look, text)) is not None:
                owner = of_dossier.owner
                return CardRead(owner, (), earlier_of(look, owner.id_number), of_dossier.key)
            if text.isdigit() and len(text) in (9, 12):
                return CardRead(Person(text, "", text))
            return of_card(look, read_payload(text))

    def rules(self) -> PeopleRules:
        return self.office.people_rules

    def known(self, person: Person, procedure: Procedure, case: str, besides: str) -> Known:
        with self.office.reads() as look:
            return known_of(look, self.rules(), person, procedure, case, besides, business_day(self.clock()))

    def link(self, person: Person) -> Person:
        return link_old_number(self.office.units(), person, actor=self.actor, now=self.clock())

    def print_group(self, key: str) -> int:
        return print_group(self.office.units(), self.office.desk, key, actor=self.actor, now=self.clock())

    def promise(self, procedure: Procedure, case: str, *, elsewhere: bool = False) -> Promised:
        now, desk = self.clock(), self.office.desk
        clock = first_clock(desk, procedure.field_name, now, elsewhere=elsewhere)
        due = reception.promise(desk, procedure, Channel.COUNTER, case, now, clock)
        fee = work_out(procedure, desk.tariff, Channel.COUNTER, business_day(now), case=case)
        return words.promised(procedure, due, fee, case)

    def supplement_of(self, key: str) -> DraftState | None:
        with self.office.reads() as look:
            dossier = _dossier(look, key)
        if dossier is None or dossier.state is not DossierState.WAITING_SUPPLEMENT or not dossier.draft_key:
            return None
        # What was asked for again counts as missing until it is brought.
        marks = {p.component.code: (p.state.value, "") for p in dossier.papers if p.state.is_settled and not p.note}
        return DraftState(
            dossier.draft_key,
            dossier.owner,
            dossier.procedure_code,
            dossier.case,
            marks,
            at=dossier.created_at,
            submitter=dossier.submitter,
            proxy=dossier.proxy,
            competent_agency=dossier.competent_agency,
            extra_papers=extra_of(dossier),
        )

    def save_draft(self, draft: DraftState) -> None:
        reception.save_draft(self.office.units(), draft_of(draft, self.actor.officer, self.counter, self.clock()))

    def last_draft(self) -> DraftState | None:
        today = business_day(self.clock())
        with self.office.reads() as look:
            drafts = look.drafts.of_officer(self.actor.officer)
        mine = [d for d in drafts if d.counter == self.counter and business_day(d.updated_at) == today]
        return state_of(mine[0]) if mine else None

    def pages(self, draft_key: str) -> Sequence[tuple[PageThumb, str]]:
        with self.office.reads() as look:
            pages = look.papers.pages(draft_key)
            files = {p.id: look.papers.file(p.file_id) for p in pages if not self._thumbnails.has(p.id)}
            stopped = unreadable(look, pages)
        for page_id, file in files.items():
            self._thumbnails.make(page_id, self.office.vault.get(file))
        return [(thumb_of(p, self._thumbnails.png(p.id), stopped), p.component) for p in pages]

    def scan(self, draft_key: str) -> int:
        return self.stacks.scanned(draft_key, self.capture())

    def scan_other(self, draft_key: str) -> int:
        return self.other_stacks.scanned(draft_key, self.other())

    def scan_again(self, draft_key: str, page_id: str) -> int:
        sides = keep_sides(self.office, draft_key, self.capture(), self.actor, in_place_of=page_id)
        return sum(1 for _page in sides)

    def import_files(self, draft_key: str, paths: Sequence[Path]) -> int:
        return self.stacks.imported(draft_key, paths)

    def separators(self, draft_key: str, papers: Sequence[tuple[str, str]]) -> str:
        return self.stacks.printed(draft_key, papers)

    @cached_property
    def stacks(self) -> Stacks:
        return Stacks(self.office, self.actor, self.clock)

    @cached_property
    def other_stacks(self) -> Stacks:
        return Stacks(self.office, self.actor, self.clock)  # two stacks at once are divided each by its own sheets

    def assign(self, draft_key: str, number: int, component: str) -> None:
        uow = self.office.units()
        digitisation.assign_pages(uow, draft_key, [number], component, actor=self.actor, now=self.clock())

    def discard(self, page_id: str, discarded: bool) -> None:
        digitisation.discard_page(self.office.units(), page_id, discarded, actor=self.actor, now=self.clock())

    def accept(self, page_id: str) -> None:
        digitisation.accept_page(self.office.units(), page_id, actor=self.actor, now=self.clock())

    def receive(self, intake: Intake) -> Saved:
        outcome = reception.receive_dossier(
            self.office.units(), self.office.desk, intake, actor=self.actor, now=self.clock()
        )
        return _saved("Đã tiếp nhận hồ sơ", outcome)

    def solve(self, intake: Intake, number: str, to: str) -> Saved:
        outcome = solve_on_the_spot(
            self.office.units(), self.office.desk, intake, number, to, actor=self.actor, now=self.clock()
        )
        return _saved("Đã giải quyết và trả ngay", outcome)

    def supplement(self, intake: Intake, reason: str) -> Saved:
        outcome = reception.request_supplement(
            self.office.units(), self.office.desk, intake, reason, actor=self.actor, now=self.clock()
        )
        return _saved("Đã yêu cầu bổ sung", outcome)

    def refuse(self, intake: Intake, reason: str) -> Saved:
        outcome = reception.refuse_dossier(
            self.office.units(), self.office.desk, intake, reason, actor=self.actor, now=self.clock()
        )
        return _saved("Đã từ chối tiếp nhận", outcome)


@dataclass
class LiveWatch:
    office: OpenedOffice
    actor: Actor
    clock: Clock = office_now

    def recent(self) -> Sequence[Recent]:
        with self.office.reads() as look:
            dossiers = look.dossiers.recent(RECENT)
            jobs = look.jobs.of_lanes(Wing.SYNC, [d.key for d in dossiers])
        training = self.office.config.training
        mine = {d.key: [j for j in jobs if j.payload.get("dossier") == d.key] for d in dossiers}
        return [words.recent_of(d, mine[d.key], training=training) for d in dossiers]

    def exchange(self) -> Exchange:
        if self.office.config.training:
            return Exchange(0, 0, 0, is_training=True)
        with self.office.reads() as look:
            status = exchange.status(look, self.clock())
            line, conflicts = exchange.line(look), len(look.exchange.conflicts(unseen=True))
            empty_in = empty_in_s(look, status.waiting, self.clock()) if status.waiting else None
        oldest_s = status.oldest_waiting_seconds
        return Exchange(status.waiting, status.sent, status.rejected, oldest_s, line, conflicts, empty_in)

    def printing(self, slip: str) -> str:
        with self.office.reads() as look:
            job = slip_print(look, slip)
        if job is None or job.state is JobState.DONE:
            return "printed"
        return "failed" if job.state is JobState.REJECTED or job.error else "pending"

    def resend(self, job: int) -> None:
        exchange.resend(self.office.units(), job, actor=self.actor, now=self.clock())

    def answer_help(self, station: str) -> None:
        answer_help(self.office.units(), station, actor=self.actor, now=self.clock())

    def help_asked(self, after: int) -> tuple[int, str]:
        with self.office.reads() as look:
            if after < 0:
                return look.events.last_seq(), ""
            return help_after(look, after)


def _saved(title: str, outcome: Outcome) -> Saved:
    dossier = outcome.dossier
    slip = outcome.slip.id if outcome.slip else ""
    due = due_line(dossier)
    sent = dossier.received_at is not None and not dossier.state_secret
    return Saved(title, dossier.key, dossier.code or "", due, dossier.owner.full_name, slip, dossier.ticket_key, sent)


def _dossier(look: UnitOfWork, key: str) -> Dossier | None:
    try:
        return look.dossiers.get(key)
    except NotFoundError:
        return None
