"""The papers of an intake: what the submitter's standing adds, what the office holds already, what a database gives.

No paper is asked for that is there (docs/legal.md#held-papers); an officer who asks anyway says why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from kiosk.clock import business_day
from kiosk.domain.dossier import Dossier, MissingWordsError, Paper, PaperState
from kiosk.domain.event import Actor, Event
from kiosk.domain.held import HeldPaper, HeldPaperError, NotHeldError, PeopleRules, newest_first, valid_until
from kiosk.domain.life import DossierState
from kiosk.domain.person import Person
from kiosk.domain.procedure import Component, ComponentKind, Procedure
from kiosk.domain.proxy import Proxy, SameSubmitterError, rule_of, same_person, with_proxy_paper
from kiosk.domain.scan import Document
from kiosk.errors import NotFoundError
from kiosk.services.file_jobs import queue_file
from kiosk.services.ports import UnitOfWork

if TYPE_CHECKING:
    from kiosk.services.reception import Intake

LOOKED_AT = 50  # earlier dossiers of one person
TAKEN_IN = frozenset({PaperState.ORIGINAL, PaperState.COPY, PaperState.CERTIFIED})
REUSED = "paper.reused"


def components_of(
    rules: PeopleRules, procedure: Procedure, case: str, proxy: Proxy | None, day: date
) -> tuple[Component, ...]:
    """What has to be brought: the procedure's papers, and the authority of whoever submits for the owner.

    Raises: StandingError.
    """
    rule = rule_of(rules.standings, proxy.standing, procedure.field_name, day) if proxy is not None else None
    return with_proxy_paper(procedure.papers(case), rule)


def check_submitter(rules: PeopleRules, procedure: Procedure, intake: Intake, day: date) -> None:
    """Raises: SameSubmitterError, StandingError, MissingWordsError when nothing tells the authority from another."""
    if intake.submitter is None:
        return
    if not intake.submitter.full_name.strip():
        raise MissingWordsError(what="họ tên người nộp hộ")
    if same_person(intake.owner, intake.submitter):
        raise SameSubmitterError
    if intake.proxy is not None:
        check_proxy(rules, procedure.field_name, intake.proxy, day)


def check_proxy(rules: PeopleRules, field_name: str, proxy: Proxy, day: date) -> None:
    """Raises: StandingError, MissingWordsError."""
    rule = rule_of(rules.standings, proxy.standing, field_name, day)
    if rule.dated and not proxy.paper_number.strip() and proxy.paper_date is None:
        raise MissingWordsError(what="số hoặc ngày của giấy ủy quyền")


def held_papers(
    look: UnitOfWork, rules: PeopleRules, owner: Person, components: Sequence[Component], day: date, besides: str = ""
) -> dict[str, HeldPaper]:
    """Component code -> the best paper that the office has of this owner and that may be used on this day.

    besides: key of the dossier itself. Inside a `with`.
    """
    wanted = {c.code: kind for c in components if (kind := rules.kind_of(c)) is not None}
    number = owner.id_number or owner.old_id_number
    if not wanted or not number:
        return {}
    found: dict[str, list[HeldPaper]] = {}
    for dossier in look.dossiers.of_person(number, limit=LOOKED_AT):
        if dossier.key != besides and not dossier.state_secret and _is_of(dossier, owner):
            for paper in _papers_in(look, rules, dossier):
                if paper.until is None or day <= paper.until:
                    found.setdefault(paper.kind, []).append(paper)
    best = {kind: newest_first(papers)[0] for kind, papers in found.items()}
    return {code: best[kind.code] for code, kind in wanted.items() if kind.code in best}


def _is_of(dossier: Dossier, owner: Person) -> bool:
    """A paper that a person brought for somebody else is not that person's."""
    numbers = {owner.id_number, owner.old_id_number, owner.linked_number} - {""}
    return dossier.state is not DossierState.DRAFT and bool(
        numbers & {dossier.owner.id_number, dossier.owner.old_id_number}
    )


def _papers_in(look: UnitOfWork, rules: PeopleRules, dossier: Dossier) -> list[HeldPaper]:
    since = dossier.received_at or dossier.created_at
    states = {p.component.code: p for p in dossier.papers}
    made: list[HeldPaper] = []
    for document in look.papers.documents(dossier.key):
        paper = states.get(document.component)
        if paper is None or paper.state not in TAKEN_IN or paper.note or since is None:
            continue  # what was itself used again is found where it came from; what has to be mended is no use
        if (kind := rules.kind_of(paper.component)) is not None:
            until = valid_until(business_day(since), kind.months)
            name = paper.component.name
            made.append(HeldPaper(dossier.key, document.component, name, since, kind.code, document.file_id, until))
    if (result := dossier.result) is not None and result.file_id:
        kind = rules.kind_of_result(_result_codes(look, dossier))
        if kind is not None:
            until = valid_until(business_day(result.at), kind.months)
            made.append(
                HeldPaper(dossier.key, "", kind.name, result.at, kind.code, result.file_id, until, result.number)
            )
    return made


def _result_codes(look: UnitOfWork, dossier: Dossier) -> list[str]:
    try:
        procedure = look.procedures.get(dossier.procedure_code, dossier.procedure_version)
    except NotFoundError:
        return []
    return [result.code for result in procedure.results]


def settle_papers(uow: UnitOfWork, rules: PeopleRules, dossier: Dossier, day: date, *, asked: bool) -> None:
    """Name the source of each paper that is used again. asked: also what is missing is asked for (supplement).

    Raises: NotHeldError, HeldPaperError.
    """
    held = held_papers(uow, rules, dossier.owner, [p.component for p in dossier.papers], day, dossier.key)
    gone = [p.component.name for p in dossier.papers if p.state is PaperState.HELD and p.component.code not in held]
    if gone:
        raise NotHeldError(papers="; ".join(gone))
    dossier.papers = [
        replace(p, held=held[p.component.code] if p.state is PaperState.HELD else None) for p in dossier.papers
    ]
    needless = [
        p.component.name
        for p in dossier.papers
        if is_there(p.component, held) and _is_asked(p, asked) and not p.asked.strip()
    ]
    if needless:
        raise HeldPaperError(papers="; ".join(needless))


def is_there(component: Component, held: Mapping[str, HeldPaper]) -> bool:
    """Whether the office or a database has it already; what is only shown is nobody's to give."""
    return component.kind is ComponentKind.SUBMIT and (bool(component.database) or component.code in held)


def _is_asked(paper: Paper, asked: bool) -> bool:
    return paper.state in TAKEN_IN or (asked and paper.component.required and paper.state is PaperState.MISSING)


def link_held(uow: UnitOfWork, dossier: Dossier, actor: Actor, now: datetime) -> None:
    """The files of papers used again become documents of this dossier too: the same file, no copy of it."""
    for paper in dossier.papers:
        held = paper.held
        if held is None:
            continue
        code = paper.component.code
        known = next((d for d in uow.papers.documents(dossier.key) if d.component == code), None)
        if known is not None and known.file_id == held.file_id:
            continue
        source = next((d for d in uow.papers.documents(held.dossier) if d.component == held.component), None)
        document = Document(
            uuid4().hex,
            dossier.key,
            code,
            held.file_id,
            (),
            source.text if source else "",
            now,
            source.confidence if source else 0.0,
            source.type_code if source else "",
            source.fields if source else {},
        )
        uow.papers.add_document(document)
        data = {"component": code, "from": held.dossier, "part": held.component, "kind": held.kind}
        uow.events.append(Event(REUSED, dossier.key, now, actor, data))
        queue_file(uow, dossier, document.id, uow.papers.file(held.file_id), now)


def told_of(dossier: Dossier) -> dict[str, object]:
    """For the event of the reception: what was not asked for, and what was, with the reason."""
    held = [p.component.code for p in dossier.papers if p.held is not None]
    database = [p.component.code for p in dossier.papers if p.state is PaperState.FROM_DATABASE]
    asked = {p.component.code: p.asked for p in dossier.papers if p.asked}
    return {"held": held, "database": database, **({"asked_anyway": asked} if asked else {})}
