"""Several dossiers of one citizen, received in one go: each has its own receipt; one sheet names them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kiosk.domain.dossier import Dossier
from kiosk.domain.event import Actor, Event
from kiosk.domain.job import Job, Wing
from kiosk.domain.person import Person
from kiosk.domain.proxy import same_person
from kiosk.errors import NotFoundError, RuleError
from kiosk.services.ports import UnitOfWork
from kiosk.text import fold

if TYPE_CHECKING:
    from kiosk.services.reception import Desk

PAPER = "group"
PRINTED = "group.sheet_asked"
PAPER_LIFE = timedelta(days=1)


@dataclass(frozen=True)
class GroupSheet:
    """A sheet that was asked for. dossier_key: of the group's first dossier; count: of the dossiers on it."""

    dossier_key: str
    applicant: str
    count: int
    issued_at: datetime

    @property
    def key(self) -> str:
        return f"{PAPER}:{self.dossier_key}"


class AnotherOwnerError(RuleError):
    """Dossiers of two people cannot be one group. details: key, of the first one, or its place among new ones."""

    code = "dossier.another_owner"


def check_group(look: UnitOfWork, group_key: str, owner: Person) -> None:
    """Raises: AnotherOwnerError, NotFoundError. Inside a `with`."""
    if not group_key:
        return
    [first, *_] = group_of(look, group_key)
    if not _is_one_owner(first.owner, owner):
        raise AnotherOwnerError(key=first.key)


def check_owners(owners: Sequence[Person]) -> None:
    """Of dossiers that are not received yet, in the order in which they lie on the desk. Raises: AnotherOwnerError."""
    if any(not _is_one_owner(owners[0], other) for other in owners[1:]):
        raise AnotherOwnerError(key="thứ nhất trong lượt")


def _is_one_owner(one: Person, other: Person) -> bool:
    """By number where both have one; a child, or somebody without papers, by name and by what is known of the birth."""
    if one.id_number and other.id_number:
        return same_person(one, other)
    born = (one.born_on, other.born_on)
    # Of an old person only the year may be known: "1950" and "1950-03-05" do not contradict each other.
    agree = not all(born) or born[0].startswith(born[1]) or born[1].startswith(born[0])
    return agree and fold(one.full_name).split() == fold(other.full_name).split()


def group_of(look: UnitOfWork, key: str) -> list[Dossier]:
    """All that came with this dossier, itself included; oldest first. Raises: NotFoundError. Inside a `with`."""
    dossier = look.dossiers.get(key)
    found = look.dossiers.of_group(dossier.group_key or dossier.key)
    if not found:
        raise NotFoundError(what="hồ sơ", key=key)
    return found


def count_on_ticket(uow: UnitOfWork, dossier: Dossier, actor: Actor, now: datetime) -> None:
    """The number at the counter stands for at least the dossiers that were received under it. Part of the reception."""
    if not dossier.ticket_key or not dossier.group_key:
        return
    count = sum(1 for d in uow.dossiers.of_group(dossier.group_key) if d.ticket_key == dossier.ticket_key)
    ticket = uow.tickets.get(dossier.ticket_key)
    if count > ticket.dossiers:
        ticket.dossiers = count
        uow.tickets.save(ticket)
        data = {"label": ticket.label, "dossiers": count}
        uow.events.append(Event("ticket.dossiers", ticket.key, now, actor, data))


def print_group(uow: UnitOfWork, desk: Desk, key: str, *, actor: Actor, now: datetime) -> int:
    """Ask for the sheet that names all dossiers of a group; how many there are. Raises: NotFoundError."""
    with uow:
        uow.lock()
        dossiers = group_of(uow, key)
        first = dossiers[0].key
        event = uow.events.append(Event(PRINTED, first, now, actor, {"dossiers": [d.key for d in dossiers]}))
        payload = {"paper": PAPER, "group": first}
        name, station = f"{PAPER}:{first}:{event.seq}", desk.paper_at or None
        job = Job(Wing.PRINT, name, payload, priority=2, due_at=now, expires_at=now + PAPER_LIFE, station=station)
        uow.jobs.add(job)
        uow.commit()
    return len(dossiers)


def sheet_of(look: UnitOfWork, job: Job) -> GroupSheet:
    """The sheet of a print job of `print_group`. Raises: NotFoundError. Inside a `with`."""
    first, asked = look.dossiers.get(str(job.payload["group"])), int(job.key.rpartition(":")[2])
    event = next((e for e in look.events.of(first.key) if e.seq == asked), None)
    if event is None:
        raise NotFoundError(what="phiếu chung", key=job.key)
    return GroupSheet(first.key, first.owner.full_name, len(event.data["dossiers"]), event.at)
