"""The catalogue of procedures (danh mục thủ tục): bring a new one in, compare, settle what the source left unclear.

A version is never changed: new content makes a new version, and dossiers keep theirs (docs/legal.md#catalogue).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum

from kiosk.clock import business_day
from kiosk.domain.event import Actor, Event
from kiosk.domain.procedure import Channel, Option, Procedure, Term, Unclear
from kiosk.errors import NotFoundError
from kiosk.services.ports import UnitOfWork

SUBJECT = "catalogue"
TERM = "Thời hạn"  # where an unclear term is listed; settled ones leave the list
_NOT_CONTENT = {"code", "version", "valid_from", "valid_to"}


class ChangeKind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    ABSENT = "absent"


@dataclass(frozen=True)
class Change:
    """What one procedure of a list would do to the office's catalogue. fields: names of what differs.

    ABSENT: in the office from the same source, but not in the list; nothing is done to it.
    """

    kind: ChangeKind
    procedure: Procedure
    former: Procedure | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportReport:
    """Codes by what was done with them; unclear: how many points of the list wait for an officer."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    absent: tuple[str, ...]
    unclear: int


def import_catalogue(uow: UnitOfWork, procedures: Sequence[Procedure], *, actor: Actor, now: datetime) -> ImportReport:
    """Add a version of every procedure whose content is new, end the former one, and log it: one transaction."""
    with uow:
        uow.lock()
        report = import_within(uow, procedures, actor=actor, now=now)
        uow.commit()
    return report


def import_within(uow: UnitOfWork, procedures: Sequence[Procedure], *, actor: Actor, now: datetime) -> ImportReport:
    """The same as a part of an act, in that act's own locked transaction."""
    today = business_day(now)
    changes = planned(uow, procedures, today)
    for change in changes:
        if change.kind in (ChangeKind.ADDED, ChangeKind.CHANGED):
            _add_version(uow, change, today)
    report = _report(changes)
    data = {
        "added": len(report.added),
        "changed": list(report.changed),
        "unchanged": len(report.unchanged),
        "unclear": report.unclear,
    }
    uow.events.append(Event("catalogue.imported", SUBJECT, now, actor, data))
    return report


def compare_catalogue(uow: UnitOfWork, procedures: Sequence[Procedure], now: datetime) -> list[Change]:
    """What an import would do; nothing is changed."""
    with uow:
        return planned(uow, procedures, business_day(now))


def settle_term(
    uow: UnitOfWork,
    code: str,
    term: Term,
    *,
    actor: Actor,
    now: datetime,
    channels: Sequence[Channel] = tuple(Channel),
    case: str | None = None,
) -> Procedure:
    """An officer decides a term that the source left unclear; options that are already known stay as they are.

    The source's own words are kept, so that the same words in a later import stay settled.
    Raises: NotFoundError for an unknown code, or when nothing of it is unclear.
    """
    today = business_day(now)
    with uow:
        uow.lock()
        former = uow.procedures.current(code, today)
        if former is None:
            raise NotFoundError(what="thủ tục", key=code)
        options = tuple(
            _settled(o, term) if o.channel in channels and case in (None, o.case) else o for o in former.options
        )
        if options == former.options:
            raise NotFoundError(what="thời hạn chưa rõ của thủ tục", key=code)
        settled = replace(former, options=options, unclear=_still_unclear(former.unclear, options))
        added = _add_version(uow, Change(ChangeKind.CHANGED, settled, former), today)
        data = {"version": added.version, "term": str(term)}
        uow.events.append(Event("catalogue.settled", code, now, actor, data))
        uow.commit()
    return added


def planned(uow: UnitOfWork, procedures: Sequence[Procedure], today: date) -> list[Change]:
    """What an import would do to each procedure. Inside a `with`."""
    wanted = {p.code: p for p in procedures}
    changes = [_change(_last(uow, p.code), p) for p in wanted.values()]
    sources = {p.source for p in wanted.values()}
    absent = [p for p in uow.procedures.all_current(today) if p.source in sources and p.code not in wanted]
    return changes + [Change(ChangeKind.ABSENT, p, p) for p in absent]


def _last(uow: UnitOfWork, code: str) -> Procedure | None:
    versions = uow.procedures.versions(code)
    return versions[-1] if versions else None


def _change(former: Procedure | None, new: Procedure) -> Change:
    if former is None:
        return Change(ChangeKind.ADDED, new)
    new = _with_office_s_own(former, new)
    differing = _differing(former, new)
    if not differing and former.valid_to is None:
        return Change(ChangeKind.UNCHANGED, new, former)
    return Change(ChangeKind.CHANGED, new, former, differing)


def _differing(former: Procedure, new: Procedure) -> tuple[str, ...]:
    names = [f.name for f in fields(Procedure) if f.name not in _NOT_CONTENT]
    return tuple(name for name in names if getattr(former, name) != getattr(new, name))


def _with_office_s_own(former: Procedure, new: Procedure) -> Procedure:
    """Keep what the office decided itself: the mnemonic, no receipt, linked steps, and terms settled from the very same
    words."""
    settled = {(o.channel, o.case, o.term.verbatim): o.term for o in former.options if o.term.is_known}
    options = tuple(_resettled(o, settled) for o in new.options)
    return replace(
        new,
        mnemonic=new.mnemonic or former.mnemonic,
        needs_receipt=new.needs_receipt and former.needs_receipt,
        options=options,
        steps=new.steps or former.steps,  # national lists name none
        unclear=_still_unclear(new.unclear, options) if options != new.options else new.unclear,
    )


def _resettled(option: Option, settled: Mapping[tuple[Channel, str, str], Term]) -> Option:
    term = settled.get((option.channel, option.case, option.term.verbatim))
    return replace(option, term=term) if term is not None and not option.term.is_known else option


def _settled(option: Option, term: Term) -> Option:
    if option.term.is_known:
        return option
    return replace(option, term=replace(term, verbatim=option.term.verbatim))


def _still_unclear(unclear: Iterable[Unclear], options: Iterable[Option]) -> tuple[Unclear, ...]:
    """Without the terms that are known now."""
    open_words = {o.term.verbatim for o in options if not o.term.is_known}
    return tuple(u for u in unclear if not u.where.startswith(TERM) or u.verbatim in open_words)


def _add_version(uow: UnitOfWork, change: Change, today: date) -> Procedure:
    """From today, or from the list's own later date; the former version ends on that day."""
    former, given = change.former, change.procedure.valid_from
    since = given if given is not None and (former is None or given > today) else today
    if former is not None and former.valid_to is None:
        uow.procedures.close(former.code, former.version, since)
    version = former.version + 1 if former is not None else 1
    added = replace(change.procedure, version=version, valid_from=since, valid_to=None)
    uow.procedures.add(added)
    return added


def _report(changes: Sequence[Change]) -> ImportReport:
    codes = {kind: tuple(c.procedure.code for c in changes if c.kind is kind) for kind in ChangeKind}
    unclear = sum(len(c.procedure.unclear) for c in changes if c.kind is not ChangeKind.ABSENT)
    return ImportReport(
        codes[ChangeKind.ADDED],
        codes[ChangeKind.CHANGED],
        codes[ChangeKind.UNCHANGED],
        codes[ChangeKind.ABSENT],
        unclear,
    )
