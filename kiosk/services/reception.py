"""Reception (tiếp nhận): the draft at the counter, and its three ends: receipt, supplement slip, refusal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from kiosk.clock import business_day
from kiosk.domain import life
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.dossier import Dossier, Paper, PaperState, dossier_key
from kiosk.domain.due import Counting, Due, StopKind
from kiosk.domain.event import Actor, Event
from kiosk.domain.fees import Tariff
from kiosk.domain.held import PeopleRules
from kiosk.domain.job import Job, Wing
from kiosk.domain.life import ON_CLOCK, DossierState
from kiosk.domain.linked import begun, whole_words
from kiosk.domain.office import Office, SupplementClock
from kiosk.domain.person import Person
from kiosk.domain.procedure import Channel, Component, Option, Procedure, Term, TermUnit
from kiosk.domain.proxy import Proxy
from kiosk.domain.slip import Slip, SlipKind
from kiosk.domain.term_clock import TermClock
from kiosk.domain.tracks import UNSETTLED
from kiosk.errors import NotFoundError
from kiosk.services.calendar_mark import heed_older
from kiosk.services.extra_papers import ExtraPaper, extra_components
from kiosk.services.fees import fee_at_reception, is_typed_for, settle_fee
from kiosk.services.first_clock import first_clock
from kiosk.services.groups import check_group, count_on_ticket
from kiosk.services.intake_papers import check_submitter, components_of, link_held, settle_papers, told_of
from kiosk.services.online import told_of_online
from kiosk.services.ports import Draft, UnitOfWork
from kiosk.services.receipt_words import promise_of_all
from kiosk.services.slips import issue_slip
from kiosk.services.state_secret import refuse_scanned
from kiosk.services.supplement_return import told_of_return

# Reception is over, and was no refusal: asked again, it answers with the receipt that was given.
_HAS_RECEIPT = ON_CLOCK | {DossierState.RESULT_READY, DossierState.RETURNED, DossierState.TRANSFERRED}


def eight_hours() -> Term:
    """To accept what was sent online, where no pack says another."""
    return Term(8, TermUnit.HOURS)


@dataclass(frozen=True)
class Desk:
    """What a counter works with. calendar: by name of the procedure's field; form_set: by day, docs/legal.md#forms;
    officer_names: login -> name as it stands on a slip; paper_at: the machine whose printer makes the slips, "" for
    any; pack: fingerprint of the packs behind `calendar`, "" for a calendar without packs; online_accept: time
    to accept what was sent online; people: rules of
    submitters and of papers already held."""

    office: Office
    calendar: Callable[[str], WorkingCalendar]
    form_set: Callable[[date], str]
    counting: Counting = Counting.END_OF_DAY
    officer_names: Mapping[str, str] = field(default_factory=dict)
    paper_at: str = ""
    pack: Callable[[], str] = str
    online_accept: Callable[[], Term] = eight_hours
    tariff: Tariff = Tariff()  # noqa: RUF009 - frozen
    people: PeopleRules = field(default_factory=PeopleRules)


@dataclass(frozen=True)
class PaperMark:
    """What the officer noted for one component. asked: why it is asked for although the office has it."""

    state: PaperState
    count: int = 1
    note: str = ""
    asked: str = ""


@dataclass(frozen=True)
class Intake:
    """One intake as filled in at the counter. draft_key: idempotency key of the whole intake, made with the draft.

    papers: component code -> mark; a component without a mark is missing, or what a database gives. fee: overrides the
    catalogue's. submitter, proxy: who came instead of the owner, and with what right. group_key: key of the dossier
    that this one came with. competent_agency: solves what is only taken in here (phi địa giới), "" for this office.
    submitted_at: when it was sent online. extra_papers: asked for beyond the catalogue, each on its legal basis.
    """

    draft_key: str
    procedure_code: str
    owner: Person
    papers: Mapping[str, PaperMark] = field(default_factory=dict)
    submitter: Person | None = None
    case: str = ""
    channel: Channel = Channel.COUNTER
    summary: str = ""
    ticket_key: str | None = None
    sets: int = 1
    fee: int | None = None
    return_by_post: bool = False
    state_secret: bool = False
    proxy: Proxy | None = None
    group_key: str = ""
    competent_agency: str = ""
    submitted_at: datetime | None = None
    extra_papers: tuple[ExtraPaper, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """dossier as saved; slip: the paper that goes with it (None for an immediate result without a receipt)."""

    dossier: Dossier
    slip: Slip | None
    due: Due | None = None


def save_draft(uow: UnitOfWork, draft: Draft) -> None:
    """Keep what was typed so far; called within a second of every change."""
    with uow:
        uow.drafts.save(draft)
        uow.commit()


def promise(
    desk: Desk, procedure: Procedure, channel: Channel, case: str, received_at: datetime, clock: TermClock | None = None
) -> Due | None:
    """The return date of a dossier received then; None when the procedure has no understood term. clock: of a dossier
    whose term runs already. Raises: as `domain.due.due`."""
    if procedure.steps:
        return promise_of_all(desk, procedure, received_at, clock or TermClock())
    option = procedure.option(channel, case)
    if option is None or not option.term.is_known:
        return None
    return (clock or TermClock()).count(desk.calendar(procedure.field_name), received_at, option.term, desk.counting)


def receive_dossier(uow: UnitOfWork, desk: Desk, intake: Intake, *, actor: Actor, now: datetime) -> Outcome:
    """Receive a complete dossier: key, due date, fee, receipt, and its way to the province, in one transaction.

    Repeating it with the same draft answers with the same dossier and receipt. A dossier that waits for its supplement
    is received by repeating its draft key. Raises: IncompleteDossierError (naming all that is missing; nothing is
    changed), NoApplicantError, NotFoundError, IllegalDossierActError, NotYourActError.
    Source: docs/legal.md#reception
    """
    with uow:
        uow.lock()
        outcome = receive_within(uow, desk, intake, actor=actor, now=now)
        uow.commit()
    return outcome


def receive_within(uow: UnitOfWork, desk: Desk, intake: Intake, *, actor: Actor, now: datetime) -> Outcome:
    """The same as a part of an act, in that act's own locked transaction. Raises: as `receive_dossier`."""
    life.check_role(life.RECEIVE, actor.roles)
    known = uow.dossiers.by_draft(intake.draft_key)
    if known is not None and known.state in _HAS_RECEIPT:
        return Outcome(known, _slip_of(uow, known, SlipKind.RECEIPT))
    procedure = _procedure(uow, intake, known, now)
    dossier = _filled(desk, procedure, intake, known, actor, business_day(now))
    check_group(uow, intake.group_key, dossier.owner)
    settle_papers(uow, desk.people, dossier, business_day(now), asked=False)
    promised = _start_clock(desk, procedure, dossier, now)
    parts = sum(move.amount for move in uow.money.moves_of(dossier.key)) if known is not None else 0
    if dossier.money in UNSETTLED and not parts and not is_typed_for(known, intake):
        # What was paid before a supplement stays paid, of the same fee.
        settle_fee(dossier, fee_at_reception(desk.tariff, procedure, intake, now, known))
    _keep(uow, desk, dossier, known, intake, now)
    heed_older(uow, desk, dossier.key)
    extra: dict[str, object] = {"due_at": dossier.due_at, "supplements": dossier.supplements, **told_of(dossier)}
    extra |= told_of_online(desk, dossier.field_name, intake.submitted_at, now)
    event = _log(uow, life.RECEIVE.event, dossier, actor, now, extra)
    slip = issue_slip(uow, desk, SlipKind.RECEIPT, dossier, now, promised, on_the_spot=not procedure.needs_receipt)
    queue_exchange(uow, dossier, event, now)
    link_held(uow, dossier, actor, now)
    count_on_ticket(uow, dossier, actor, now)
    queue_documents(uow, dossier.key, f"{event.seq}", now)
    uow.drafts.remove(intake.draft_key)
    return Outcome(dossier, slip if procedure.needs_receipt else None, promised)


def _start_clock(desk: Desk, procedure: Procedure, dossier: Dossier, now: datetime) -> Due | None:
    """From now on; after a supplement from zero, or from where it stood (docs/legal.md#supplement)."""
    stood = desk.office.supplement_clock is SupplementClock.STAND and dossier.clock.stands
    since = dossier.received_at if stood and dossier.received_at is not None else now
    if stood:
        dossier.clock = dossier.clock.resumed(now)
    else:
        dossier.clock = first_clock(desk, dossier.field_name, now, elsewhere=bool(dossier.competent_agency))
    promised = promise(desk, procedure, dossier.channel, dossier.case, since, dossier.clock)
    dossier.receive(now, promised.due_at if promised else None, goes_on=stood)
    return promised


def request_supplement(
    uow: UnitOfWork, desk: Desk, intake: Intake, reason: str, legal_basis: str = "", *, actor: Actor, now: datetime
) -> Outcome:
    """One slip naming everything that is missing or must be mended, with the reason; allowed once.

    Raises: ReasonRequiredError, NothingMissingError, SupplementOnceError. Source: docs/legal.md#supplement
    """
    return _decline(uow, desk, intake, SlipKind.SUPPLEMENT, reason, legal_basis, actor, now)


def refuse_dossier(
    uow: UnitOfWork, desk: Desk, intake: Intake, reason: str, legal_basis: str = "", *, actor: Actor, now: datetime
) -> Outcome:
    """Not acceptable: a slip with the reason. Raises: ReasonRequiredError. Source: docs/legal.md#refusal"""
    return _decline(uow, desk, intake, SlipKind.REFUSAL, reason, legal_basis, actor, now)


def _decline(
    uow: UnitOfWork,
    desk: Desk,
    intake: Intake,
    kind: SlipKind,
    reason: str,
    legal_basis: str,
    actor: Actor,
    now: datetime,
) -> Outcome:
    with uow:
        uow.lock()
        outcome = decline_within(uow, desk, intake, kind, reason, legal_basis, actor, now)
        uow.commit()
    return outcome


def decline_within(
    uow: UnitOfWork,
    desk: Desk,
    intake: Intake,
    kind: SlipKind,
    reason: str,
    legal_basis: str,
    actor: Actor,
    now: datetime,
) -> Outcome:
    """A supplement or a refusal as a part of an act, in that act's own locked transaction. Raises: as those two."""
    move = life.SUPPLEMENT if kind is SlipKind.SUPPLEMENT else life.REFUSE
    life.check_role(move, actor.roles)
    known = uow.dossiers.by_draft(intake.draft_key)
    if known is not None and known.state is move.target and (slip := _slip_of(uow, known, kind)) is not None:
        return Outcome(known, slip)
    procedure = _procedure(uow, intake, known, now)
    dossier = _filled(desk, procedure, intake, known, actor, business_day(now))
    was_received = dossier.received_at is not None
    if kind is SlipKind.SUPPLEMENT:
        settle_papers(uow, desk.people, dossier, business_day(now), asked=True)
        most = desk.office.limits_on(business_day(now)).supplements
        dossier.ask_supplement(reason, legal_basis.strip() or procedure.published_in, most)
        if was_received and desk.office.supplement_clock is SupplementClock.STAND and not dossier.clock.stands:
            dossier.clock = dossier.clock.stopped(StopKind.SUPPLEMENT, now, SlipKind.SUPPLEMENT.value)
    else:
        dossier.refuse(reason, legal_basis)
    _keep(uow, desk, dossier, known, intake, now)
    extra: dict[str, object] = {"missing": [c.code for c in dossier.missing()]}
    extra |= told_of_return(desk, dossier, now) if kind is SlipKind.SUPPLEMENT else {}
    extra |= told_of_online(desk, dossier.field_name, intake.submitted_at, now)
    event = _log(uow, move.event, dossier, actor, now, extra)
    slip = issue_slip(uow, desk, kind, dossier, now, None)
    if was_received:
        queue_exchange(uow, dossier, event, now)
    uow.drafts.remove(intake.draft_key)
    return Outcome(dossier, slip)


def _procedure(uow: UnitOfWork, intake: Intake, known: Dossier | None, now: datetime) -> Procedure:
    """The version in force today; a dossier already taken in keeps its own."""
    if known is not None:
        return uow.procedures.get(known.procedure_code, known.procedure_version)
    procedure = uow.procedures.current(intake.procedure_code, business_day(now))
    if procedure is None:
        raise NotFoundError(what="thủ tục", key=intake.procedure_code)
    return procedure


def _filled(
    desk: Desk, procedure: Procedure, intake: Intake, known: Dossier | None, actor: Actor, day: date
) -> Dossier:
    """The dossier as the intake describes it now: a new one, or the known one with its papers looked at again."""
    check_submitter(desk.people, procedure, intake, day)
    proxy = intake.proxy if intake.submitter is not None else None
    components = components_of(desk.people, procedure, intake.case, proxy, day)
    components += extra_components(procedure, intake.extra_papers, known)
    papers = [_paper(component, intake) for component in components]
    option = procedure.option(intake.channel, intake.case)
    if known is not None:
        return replace(
            known,
            papers=papers,
            owner=intake.owner,
            officer=actor.officer or known.officer,
            counter=actor.counter or known.counter,
            submitter=intake.submitter,
            proxy=proxy,
            channel=intake.channel,
            case=intake.case,
            ticket_key=intake.ticket_key or known.ticket_key,
            term=_term_words(procedure, option),
            sets=intake.sets,
            return_by_post=intake.return_by_post or known.return_by_post,
            state_secret=intake.state_secret or known.state_secret,
        )
    return Dossier(
        key="",
        procedure_code=procedure.code,
        procedure_version=procedure.version,
        procedure_name=procedure.name,
        field_name=procedure.field_name,
        owner=intake.owner,
        papers=papers,
        officer=actor.officer,
        counter=actor.counter,
        submitter=intake.submitter,
        proxy=proxy,
        group_key=intake.group_key,
        channel=intake.channel,
        case=intake.case,
        summary=intake.summary or procedure.name,
        ticket_key=intake.ticket_key,
        term=_term_words(procedure, option),
        sets=intake.sets,
        return_by_post=intake.return_by_post,
        state_secret=intake.state_secret,
        draft_key=intake.draft_key,
        steps=begun(procedure.steps),
        competent_agency=intake.competent_agency.strip(),
    )


def _paper(component: Component, intake: Intake) -> Paper:
    nothing_said = PaperState.FROM_DATABASE if component.database else PaperState.MISSING
    mark = intake.papers.get(component.code, PaperMark(nothing_said))
    return Paper(component, mark.state, mark.count, mark.note, asked=mark.asked)


def _keep(uow: UnitOfWork, desk: Desk, dossier: Dossier, known: Dossier | None, intake: Intake, now: datetime) -> None:
    """Write the dossier; a new one gets its key here, from the counter row of the day."""
    if known is not None:
        uow.dossiers.save(dossier)
        uow.papers.move(intake.draft_key, dossier.key)
    else:
        day = business_day(now)
        serial = uow.dossiers.next_serial(day, desk.office.station_digit)
        dossier.key = dossier_key(desk.office.key_day(day), desk.office.station_digit, serial)
        dossier.created_at = now
        uow.dossiers.add(dossier)
        uow.papers.move(intake.draft_key, dossier.key)
    refuse_scanned(dossier, uow.papers.pages(dossier.key))
    uow.people.save(intake.owner)
    if intake.submitter is not None:
        uow.people.save(intake.submitter)


def _term_words(procedure: Procedure, option: Option | None) -> str:
    if procedure.steps:
        return whole_words(procedure.steps)
    return "" if option is None else (option.term.verbatim or str(option.term))


def _slip_of(uow: UnitOfWork, dossier: Dossier, kind: SlipKind) -> Slip | None:
    slips = [s for s in uow.slips.of_dossier(dossier.key) if s.kind is kind and not s.on_the_spot]
    return slips[-1] if slips else None


def _log(
    uow: UnitOfWork, kind: str, dossier: Dossier, actor: Actor, now: datetime, extra: Mapping[str, object]
) -> Event:
    data = {
        "procedure": dossier.procedure_code,
        "version": dossier.procedure_version,
        "channel": dossier.channel.value,
        "ticket": dossier.ticket_key,
        **{k: v.isoformat() if isinstance(v, datetime) else v for k, v in extra.items()},
    }
    return uow.events.append(Event(kind, dossier.key, now, actor, data))


def queue_exchange(uow: UnitOfWork, dossier: Dossier, event: Event, now: datetime) -> None:
    """The dossier's picture, then this step of its progress, in the dossier's own lane to the province."""
    if dossier.state_secret:
        return  # never through a network: docs/legal.md#state-secret
    queue_snapshot(uow, dossier.key, f"{event.seq}", now)
    payload = {"stream": "progress", "dossier": dossier.key, "event": event.seq}
    uow.jobs.add(Job(Wing.SYNC, f"{dossier.key}:progress:{event.seq}", payload, lane=dossier.key, due_at=now))


def queue_snapshot(uow: UnitOfWork, key: str, mark: str, now: datetime) -> None:
    payload = {"stream": "dossier", "dossier": key}
    uow.jobs.add(Job(Wing.SYNC, f"{key}:dossier:{mark}", payload, lane=key, due_at=now))


def queue_documents(uow: UnitOfWork, key: str, mark: str, now: datetime, only: Collection[str] | None = None) -> None:
    """One document to make for each component that has pages; only: of these components."""
    components = {p.component for p in uow.papers.pages(key) if not p.discarded}
    for component in sorted(components if only is None else components & set(only)):
        payload = {"step": "document", "owner": key, "component": component}
        uow.jobs.add(Job(Wing.DIGITISE, f"document:{key}:{component}:{mark}", payload, priority=6, due_at=now))
