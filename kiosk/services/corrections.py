"""Mending what was typed wrong after reception: name, numbers, address, telephone, the submitter, papers' counts.

The law leaves these to the office; procedure, date and fee are not mended but done again. What stood before and the
reason are kept beside the log, which names the fields and a mark of the record: so it can be erased one day and the log
stays whole. The receipt is printed anew under a mark. Source: docs/legal.md#corrections
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import uuid4

from kiosk.clock import business_day
from kiosk.domain import life
from kiosk.domain.correction import Changes, CorrectionRecord
from kiosk.domain.dossier import Dossier, NoApplicantError, ReasonRequiredError
from kiosk.domain.event import Actor, Event
from kiosk.domain.job import JobState, Wing
from kiosk.domain.life import ON_CLOCK, DossierState, Role
from kiosk.domain.person import Person
from kiosk.domain.proxy import Proxy, SameSubmitterError, same_person
from kiosk.domain.slip import Slip, SlipKind
from kiosk.errors import InputError, RuleError, StaleError
from kiosk.services.intake_papers import check_proxy
from kiosk.services.ports import UnitOfWork
from kiosk.services.reception import Desk, Outcome, queue_snapshot
from kiosk.services.slips import issue_slip

CORRECTED = "dossier.corrected"
BY = frozenset({Role.RECEPTION, Role.HEAD})
CORRECTABLE = frozenset({"full_name", "id_number", "old_id_number", "born_on", "sex", "address", "phone", "email"})
SALT_BYTES = 16
HAS_RECEIPT = ON_CLOCK | {DossierState.RESULT_READY}


class UnknownFieldError(InputError):
    """A person has no such field, or none that may be mended; the dossier has no such paper. details: fields."""

    code = "dossier.unknown_field"


class NothingChangedError(RuleError):
    """Everything stands already as it was given."""

    code = "dossier.nothing_changed"


@dataclass(frozen=True)
class Correction:
    """owner, submitter: new values by field of `Person`; proxy: standing and paper of the submitter, None to leave
    them; counts: new number of sheets by component code; seen: what stood there when the officer began, by name
    ("owner.phone"; "proxy": as `standing_words`), for those whose change rests on it."""

    owner: Mapping[str, str] = field(default_factory=dict)
    submitter: Mapping[str, str] = field(default_factory=dict)
    proxy: Proxy | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    seen: Mapping[str, str] = field(default_factory=dict)


def correct_dossier(
    uow: UnitOfWork, desk: Desk, key: str, correction: Correction, reason: str, *, actor: Actor, now: datetime
) -> Outcome:
    """Mend a dossier in any state; what the province refused of it is sent again. While it is being solved its receipt
    is issued anew, "Sửa đổi lần n", naming the one that it takes the place of.

    Raises: ReasonRequiredError for a dossier that has a receipt, NothingChangedError, NoApplicantError,
    UnknownFieldError, SameSubmitterError, StandingError, MissingWordsError, NotYourActError; StaleError when another
    desk mended the same meanwhile.
    """
    life.check_trust("sửa hồ sơ đã tiếp nhận", BY, actor.roles)
    with uow:
        uow.lock()
        dossier = uow.dossiers.get(key)
        changes = _apply(dossier, correction)
        if correction.proxy is not None:
            check_proxy(desk.people, dossier.field_name, correction.proxy, business_day(now))
        receipt = _receipt(uow, dossier)
        if receipt is not None and not reason.strip():
            raise ReasonRequiredError
        uow.dossiers.save(dossier)
        uow.people.save(dossier.owner)
        if dossier.submitter is not None:
            uow.people.save(dossier.submitter)
        record = CorrectionRecord(
            uuid4().hex, dossier.key, now, actor.officer, reason.strip(), changes, secrets.token_hex(SALT_BYTES)
        )
        uow.corrections.add(record)
        data = {"fields": sorted(changes), "correction": record.key, "digest": record.digest}
        event = uow.events.append(Event(CORRECTED, dossier.key, now, actor, data))
        slip = issue_slip(uow, desk, SlipKind.RECEIPT, dossier, now, None, after=receipt) if receipt else None
        for job in uow.jobs.of_lanes(Wing.SYNC, [dossier.key]):
            if job.state is JobState.REJECTED:
                uow.jobs.release(job.id, now)
        if dossier.received_at is not None and not dossier.state_secret:
            queue_snapshot(uow, dossier.key, f"{event.seq}", now)
        uow.commit()
    return Outcome(dossier, slip)


@dataclass(frozen=True)
class Mended:
    """One correction as it can be told today. changes: None once it was erased; is_whole: as the log's mark says."""

    at: datetime
    officer: str
    fields: tuple[str, ...]
    reason: str = ""
    changes: Changes | None = None
    is_whole: bool = True


def corrections_of(look: UnitOfWork, key: str) -> list[Mended]:
    """What was mended of a dossier, oldest first. Those that an older version wrote into the log are read from there.
    Reads only; inside a `with`."""
    kept = {record.key: record for record in look.corrections.of_dossier(key)}
    return [_mended(event, kept) for event in look.events.of(key) if event.kind == CORRECTED]


def _mended(event: Event, kept: Mapping[str, CorrectionRecord]) -> Mended:
    data, officer = event.data, event.actor.officer
    if "changes" in data:
        changes = data["changes"]
        return Mended(event.at, officer, tuple(sorted(changes)), str(data.get("reason", "")), changes)
    fields, record = tuple(data["fields"]), kept.get(str(data["correction"]))
    if record is None:
        return Mended(event.at, officer, fields)
    return Mended(event.at, officer, fields, record.reason, record.changes, record.digest == data["digest"])


def _apply(dossier: Dossier, correction: Correction) -> dict[str, list[object]]:
    """Change the dossier; what stood and what stands now, by name: {"owner.phone": ["0912", "0913"]}."""
    codes = {p.component.code for p in dossier.papers}
    unknown = sorted({*correction.owner, *correction.submitter} - CORRECTABLE | set(correction.counts) - codes)
    if unknown:
        raise UnknownFieldError(fields=", ".join(unknown))
    before = _facts(dossier)
    if any(before.get(name) != stood for name, stood in correction.seen.items()):
        raise StaleError
    dossier.owner = replace(dossier.owner, **correction.owner)
    if correction.submitter:
        known = dossier.submitter or Person(correction.submitter.get("id_number", "") or f"{dossier.key}-s", "")
        dossier.submitter = replace(known, **correction.submitter)
    dossier.proxy = correction.proxy or dossier.proxy
    dossier.papers = [replace(p, count=correction.counts.get(p.component.code, p.count)) for p in dossier.papers]
    people = [dossier.owner, *([dossier.submitter] if dossier.submitter else [])]
    if not all(p.full_name.strip() for p in people):
        raise NoApplicantError
    if dossier.submitter is not None and same_person(dossier.owner, dossier.submitter):
        raise SameSubmitterError
    after = _facts(dossier)
    changes: dict[str, list[object]] = {
        name: [before.get(name), after.get(name)] for name in {**before, **after} if before.get(name) != after.get(name)
    }
    if not changes:
        raise NothingChangedError
    return changes


def _facts(dossier: Dossier) -> dict[str, object]:
    """Whatever may be mended, by name, as the log can keep it."""
    facts: dict[str, object] = {}
    for who, person in (("owner", dossier.owner), ("submitter", dossier.submitter)):
        if person is not None:
            facts |= {f"{who}.{name}": getattr(person, name) for name in sorted(CORRECTABLE)}
    if dossier.proxy is not None:
        facts["proxy"] = standing_words(dossier.proxy)
    return facts | {f"papers.{p.component.code}.count": p.count for p in dossier.papers}


def standing_words(proxy: Proxy) -> str:
    """Of who submits, with what the slips do not say: that the result is for the owner alone."""
    return proxy.words if proxy.collects else f"{proxy.words}, không nhận kết quả thay"


def _receipt(uow: UnitOfWork, dossier: Dossier) -> Slip | None:
    """The receipt that the citizen holds, while it still promises something."""
    if dossier.state not in HAS_RECEIPT:
        return None
    slips = [s for s in uow.slips.of_dossier(dossier.key) if s.kind is SlipKind.RECEIPT and not s.on_the_spot]
    return slips[-1] if slips else None
