"""Bundles, proposals and messages, on the fake office and in the real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from samples import NOON

from kiosk.domain.bundle import Bundle, BundleState, Packed, Part
from kiosk.domain.citizen_notice import CitizenNotice, NoticeState, Occasion
from kiosk.domain.job import Job, JobState, Wing
from kiosk.domain.proposal import Proposal, ProposalKind, ProposalState
from kiosk.errors import NotFoundError
from kiosk.services.ports import Units

A_PART = Part("phan-0001.mcb", 42, "ab" * 32, (Packed("261123100018", 3, (1, 2), "cd" * 32, {"7": "x"}, {"d": "y"}),))
A_LIST = Proposal(ProposalKind.PROCEDURES, "tinh", NOON, "d1", {"procedures": []}, ("Mới: 1.001193",))


def a_notice(key: str = "261123100018:result", **changes: object) -> CitizenNotice:
    notice = CitizenNotice(key, "261123100018", Occasion.RESULT, 5, NOON, phone="0912345678", text="Ho so", parts=1)
    return replace(notice, **changes)  # type: ignore[arg-type]


def test_a_bundle_is_kept_whole_and_its_numbers_never_come_twice(units: Units) -> None:
    bundle = Bundle(1, 0, "key", "tinh", NOON)
    with units() as uow:
        first = replace(bundle, sequence=uow.bundles.next_sequence(1)).with_part(A_PART)
        uow.bundles.save(first)
        uow.bundles.save(replace(first, state=BundleState.WRITTEN, digest="ef"))
        uow.commit()
    with units() as uow:
        assert uow.bundles.next_sequence(1) == 2
        assert uow.bundles.next_sequence(2) == 1, "another epoch counts anew"
        assert uow.bundles.all() == [replace(first, state=BundleState.WRITTEN, digest="ef")]
        assert uow.bundles.get(1, 1) == uow.bundles.all()[0]
        assert uow.bundles.get(1, 9) is None


def test_a_proposal_waits_until_it_is_decided(units: Units) -> None:
    with units() as uow:
        kept = uow.proposals.add(A_LIST)
        newer = uow.proposals.add(replace(A_LIST, digest="d2"))
        uow.proposals.save(replace(kept, state=ProposalState.REPLACED))
        uow.commit()
    with units() as uow:
        assert [p.id for p in uow.proposals.listed()] == [newer.id, kept.id]
        assert uow.proposals.listed((ProposalState.OPEN,)) == [newer]
        assert uow.proposals.last(ProposalKind.PROCEDURES, "tinh", ProposalState.OPEN) == newer
        assert uow.proposals.last(ProposalKind.PROCEDURES, "bộ", ProposalState.OPEN) is None
        assert uow.proposals.last(ProposalKind.CALENDAR, "", ProposalState.OPEN) is None
        with pytest.raises(NotFoundError):
            uow.proposals.get(999)


def test_one_occasion_is_one_message(units: Units) -> None:
    with units() as uow:
        assert uow.citizen_notices.add(a_notice())
        assert not uow.citizen_notices.add(a_notice(text="twice"))
        later = a_notice("261123100018:late:9", made_at=NOON + timedelta(hours=1), occasion=Occasion.LATE)
        assert uow.citizen_notices.add(later)
        uow.citizen_notices.save(a_notice(state=NoticeState.HANDED, handed_at=NOON))
        uow.commit()
    with units() as uow:
        assert [n.text for n in uow.citizen_notices.of_dossier("261123100018")] == ["Ho so", "Ho so"]
        assert [n.occasion for n in uow.citizen_notices.listed()] == [Occasion.LATE, Occasion.RESULT]
        assert uow.citizen_notices.listed((NoticeState.WAITING,)) == [later]
        assert uow.citizen_notices.listed(since=later.made_at) == [later]
        assert uow.citizen_notices.get("261123100018:result").handed_at == NOON
        with pytest.raises(NotFoundError):
            uow.citizen_notices.get("none")


def test_a_job_that_another_way_refused_waits_for_an_officer(units: Units) -> None:
    with units() as uow:
        uow.jobs.add(Job(Wing.SYNC, "k", due_at=NOON))
        job = uow.jobs.listed(Wing.SYNC)[0]
        assert uow.jobs.refuse(job.id, NOON, "sync.refused: Thiếu trường")
        uow.commit()
    with units() as uow:
        assert [(j.state, j.error) for j in uow.jobs.listed(Wing.SYNC)] == [
            (JobState.REJECTED, "sync.refused: Thiếu trường")
        ]


def test_a_job_that_another_way_did_is_done_once(units: Units) -> None:
    with units() as uow:
        uow.jobs.add(Job(Wing.SYNC, "k", due_at=NOON))
        uow.commit()
    with units() as uow:
        taken = uow.jobs.lease(Wing.SYNC, "worker", NOON, timedelta(minutes=1))
        assert taken is not None
        assert uow.jobs.confirm(taken.id, NOON)
        assert not uow.jobs.confirm(taken.id, NOON)
        assert not uow.jobs.confirm(999, NOON)
        assert not uow.jobs.refuse(taken.id, NOON, "sync.refused"), "what is done stays done"
        uow.commit()
    with units() as uow:
        assert [j.state for j in uow.jobs.listed(Wing.SYNC)] == [JobState.DONE]
