"""A kiosk keeps the catalogue in its own store: what is in force now, and what will be within thirty days."""

from __future__ import annotations

from datetime import date, timedelta

from kiosk.domain.procedure import Procedure
from kiosk.services.ports import UnitOfWork, Units

AHEAD = timedelta(days=30)

Versions = dict[tuple[str, int], Procedure]


def copy_catalogue(office: UnitOfWork, own_reads: Units, own: Units, day: date) -> int:
    """Bring the kiosk's copy up to date; returns how many versions changed. office: only read.

    The kiosk's store is locked for the changes alone: somebody may be taking a number.
    """
    with office:
        offered = _versions(office, day)
    with own_reads() as look:
        kept = _versions(look, day)
        new = [p for place, p in offered.items() if place not in kept and not _has(look, p)]
    ended = {p: kept[p] for p in kept if p not in offered}
    cut = [p for place, p in offered.items() if place in kept and kept[place].valid_to != p.valid_to]
    if new or ended or cut:
        with own() as uow:
            for procedure in new:
                uow.procedures.add(procedure)
            for procedure in cut:
                uow.procedures.close(procedure.code, procedure.version, procedure.valid_to or date.max)
            for code, version in ended:
                uow.procedures.close(code, version, day)
            uow.commit()
    return len(new) + len(cut) + len(ended)


def _versions(look: UnitOfWork, day: date) -> Versions:
    return {(p.code, p.version): p for on in (day, day + AHEAD) for p in look.procedures.all_current(on)}


def _has(look: UnitOfWork, procedure: Procedure) -> bool:
    return any(p.version == procedure.version for p in look.procedures.versions(procedure.code))
