"""A paper comes out of the machine where it was asked for; an officer may send it to another; it comes out once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from samples import BIRTH, NOON, OFFICE, OFFICER, a_desk, an_intake

from kiosk.domain.job import Job, JobState, Wing
from kiosk.domain.slip import Slip
from kiosk.domain.station import StationKind
from kiosk.errors import NotFoundError, StaleError
from kiosk.services.groups import print_group
from kiosk.services.jobs import drain
from kiosk.services.ports import Units
from kiosk.services.reception import receive_dossier
from kiosk.services.stations import enrol, revoke
from kiosk.services.unprinted import MOVED, print_here, unprinted_slips

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def ask(units: Units, draft: str, station: str) -> Slip:
    """A dossier is received at a desk, whose machine prints the receipt."""
    with units() as uow:
        if uow.procedures.current(BIRTH.code, NOON.date()) is None:
            uow.procedures.add(BIRTH)
            uow.commit()
    desk = replace(a_desk(), paper_at=station)
    slip = receive_dossier(units(), desk, replace(an_intake(), draft_key=draft), actor=OFFICER, now=NOON).slip
    assert slip is not None
    return slip


def leased(units: Units, station: str | None, after: timedelta = timedelta(0), owner: str = "w") -> Job | None:
    with units() as uow:
        job = uow.jobs.lease(Wing.PRINT, owner, NOON + after, MINUTE, station)
        uow.commit()
    return job


def slip_of(job: Job | None) -> str:
    return str(job.payload["slip"]) if job is not None else ""


def printed(units: Units, station: str, after: timedelta = timedelta(0)) -> list[str]:
    """The slips that a machine's worker prints until none is left."""
    out: list[str] = []

    def handle(job: Job) -> None:
        out.append(slip_of(job))

    drain(units, Wing.PRINT, f"{station}:print", handle, lambda: NOON + after, station=station)
    return out


def moved(units: Units, slip: Slip, station: str, after: timedelta = timedelta(0)) -> None:
    print_here(units(), f"slip:{slip.id}:1", station, actor=OFFICER, now=NOON + after)


def test_each_machine_prints_its_own_slips_and_those_of_no_machine(units: Units) -> None:
    first, second, anybodys = ask(units, "d-1", "quay-1"), ask(units, "d-2", "quay-2"), ask(units, "d-3", "")
    assert printed(units, "quay-2") == [second.id, anybodys.id]
    assert printed(units, "quay-1") == [first.id]


def test_jobs_of_other_wings_are_taken_whatever_machine_they_name(units: Units) -> None:
    with units() as uow:
        uow.jobs.add(Job(Wing.SYNC, "a", due_at=NOON, station="quay-1"))
        job = uow.jobs.lease(Wing.SYNC, "w", NOON, MINUTE)
        assert job is not None
        assert job.station == "quay-1"


def test_a_job_of_another_machine_holds_nobody_up_and_expires_all_the_same(units: Units) -> None:
    ask(units, "d-1", "quay-1")
    assert leased(units, "quay-2", after=2 * DAY) is None
    with units() as uow:
        (job,) = uow.jobs.listed(Wing.PRINT, prefix="slip:")
    assert job.state is JobState.REJECTED


def test_a_slip_of_a_machine_that_was_shut_out_is_listed_and_printed_where_an_officer_says(units: Units) -> None:
    enrol(units(), OFFICE, "quay-2", StationKind.DESK, "may-2", "L0", actor=OFFICER, now=NOON)
    slip = ask(units, "d-1", "quay-2")
    revoke(units(), "quay-2", actor=OFFICER, now=NOON)
    assert printed(units, "quay-1", after=MINUTE) == []
    with units() as look:
        (lying,) = unprinted_slips(look, NOON + MINUTE)
    assert lying.slip == slip
    assert lying.station is not None
    assert lying.station.revoked_at == NOON
    moved(units, slip, "quay-1", after=MINUTE)
    assert (printed(units, "quay-2", after=MINUTE), printed(units, "quay-1", after=MINUTE)) == ([], [slip.id])
    with units() as look:
        assert unprinted_slips(look, NOON + MINUTE) == []
        assert [e.data for e in look.events.of(slip.dossier_key) if e.kind == MOVED] == [
            {"slip": slip.id, "from": "quay-2", "to": "quay-1"}
        ]


def test_who_prints_it_at_this_moment_keeps_it(units: Units) -> None:
    slip = ask(units, "d-1", "quay-2")
    job = leased(units, "quay-2")
    assert job is not None
    with pytest.raises(StaleError):
        moved(units, slip, "quay-1", after=MINUTE / 2)
    with units() as uow:
        uow.jobs.complete(job, NOON)
        uow.commit()
    with pytest.raises(StaleError):
        moved(units, slip, "quay-1", after=2 * MINUTE)
    assert printed(units, "quay-1", after=2 * MINUTE) == []


def test_what_a_dead_worker_held_can_be_moved_and_its_late_word_no_longer_counts(units: Units) -> None:
    slip = ask(units, "d-1", "quay-2")
    dead = leased(units, "quay-2", owner="quay-2:print")
    assert dead is not None
    moved(units, slip, "quay-1", after=2 * MINUTE)
    with units() as uow:
        assert uow.jobs.reclaim("quay-2:print", NOON + 2 * MINUTE) == 0
        with pytest.raises(StaleError):
            uow.jobs.complete(dead, NOON + 2 * MINUTE)
    heir = leased(units, "quay-1", after=2 * MINUTE)
    assert heir is not None
    assert (slip_of(heir), heir.attempts) == (slip.id, 2)


def test_a_slip_that_ran_out_of_time_gets_a_new_day(units: Units) -> None:
    slip = ask(units, "d-1", "quay-2")
    assert printed(units, "quay-2", after=3 * DAY) == []
    moved(units, slip, "quay-1", after=3 * DAY)
    assert printed(units, "quay-1", after=3 * DAY + MINUTE) == [slip.id]


def test_the_list_is_of_slips_of_the_last_week_the_newest_first(units: Units) -> None:
    first, second = ask(units, "d-1", "quay-1"), ask(units, "d-2", "quay-1")
    with units() as uow:
        uow.jobs.add(Job(Wing.PRINT, "ticket:x", {"paper": "ticket", "ticket": "x"}, due_at=NOON))
        uow.commit()
    with units() as look:
        assert [u.job.payload["slip"] for u in unprinted_slips(look, NOON)] == [second.id, first.id]
        assert unprinted_slips(look, NOON + 8 * DAY) == []


def test_what_was_never_asked_for_cannot_be_moved(units: Units) -> None:
    with pytest.raises(NotFoundError):
        print_here(units(), "slip:none:1", "quay-1", actor=OFFICER, now=NOON)
    with pytest.raises(NotFoundError), units() as uow:
        uow.jobs.move(99, "quay-1", NOON, NOON + DAY)


def test_a_group_s_sheet_that_did_not_come_out_is_offered_again(units: Units) -> None:
    first = ask(units, "d-1", "quay-2")
    with units() as look:
        owner = look.dossiers.get(first.dossier_key).owner
    together = replace(an_intake(), draft_key="d-2", group_key=first.dossier_key, owner=owner)
    receive_dossier(units(), replace(a_desk(), paper_at="quay-2"), together, actor=OFFICER, now=NOON)
    for _slip in printed(units, "quay-2"):
        pass  # the receipts came out, then the printer went
    print_group(units(), replace(a_desk(), paper_at="quay-2"), first.dossier_key, actor=OFFICER, now=NOON + MINUTE)
    with units() as look:
        (lying,) = unprinted_slips(look, NOON + 2 * MINUTE)
    assert (lying.whose, lying.called) == (owner.full_name, "phiếu chung 2 hồ sơ")
    assert (lying.slip.dossier_key, lying.slip.issued_at) == (first.dossier_key, NOON + MINUTE)
    print_here(units(), lying.job.key, "quay-1", actor=OFFICER, now=NOON + 2 * MINUTE)
    job = leased(units, "quay-1", after=3 * MINUTE)
    assert job is not None
    assert job.payload == {"paper": "group", "group": first.dossier_key}
    with units() as look:
        moves = [e.data for e in look.events.of(first.dossier_key) if e.kind == MOVED]
    assert moves == [{"slip": f"group:{first.dossier_key}", "from": "quay-2", "to": "quay-1"}]
