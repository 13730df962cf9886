"""What the exchange keeps: marks of steps, conflicts, online dossiers, and jobs that are taken or ended together."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from samples import MOTHER, NOON

from kiosk.domain.conflict import Conflict, ConflictKind
from kiosk.domain.incoming import OnlineDossier, OnlineState, SentFile
from kiosk.domain.job import Job, JobState, Wing
from kiosk.domain.told import ToldFile
from kiosk.errors import NotFoundError, StaleError
from kiosk.services.ports import Units

MINUTE = timedelta(minutes=1)
TOLD = Conflict("261123100078", "tinh", ConflictKind.STATUS, "Đã trả kết quả", "Đang xử lý", NOON, NOON)


def an_online(key: str = "H26-1", minutes: int = 0) -> OnlineDossier:
    files = (SentFile("f1", "Tờ khai", "tp-1", "application/pdf", "ab" * 32, 7, file_id="v1"),)
    at = NOON + timedelta(minutes=minutes)
    return OnlineDossier(key, "tinh", "1.001193", "Đăng ký khai sinh", MOTHER, at, NOON, files=files)


def a_job(key: str, lane: str) -> Job:
    return Job(Wing.SYNC, key, {"dossier": lane}, lane, due_at=NOON, created_at=NOON)


def test_a_step_is_marked_for_its_own_connection_and_once(units: Units) -> None:
    with units() as uow:
        uow.exchange.mark_sent("tinh", "D1", [3, 5], NOON)
        uow.exchange.mark_sent("tinh", "D1", [5], NOON)
        uow.exchange.mark_sent("", "D1", [1], NOON)
        uow.commit()
    with units() as uow:
        assert uow.exchange.sent_steps("tinh", "D1") == {1, 3, 5}
        assert uow.exchange.sent_steps("bo", "D1") == {1}
        assert uow.exchange.sent_steps("tinh", "D2") == set()


def test_a_step_that_the_province_lost_is_told_again_and_the_others_are_not(units: Units) -> None:
    with units() as uow:
        uow.exchange.mark_sent("tinh", "D1", [3, 5], NOON)
        uow.exchange.mark_sent("bo", "D1", [5], NOON)
        uow.exchange.forget_sent("tinh", "D1", [5])
        uow.commit()
    with units() as uow:
        assert uow.exchange.sent_steps("tinh", "D1") == {3}
        assert uow.exchange.sent_steps("bo", "D1") == {5}


def test_files_that_were_told_are_kept_for_each_connection_and_by_id(units: Units) -> None:
    one, two = ToldFile("doc-2", "000.01", "Tờ khai.pdf", "u1", "ab" * 32, 7), ToldFile("doc-1", "", "x", "u2", "c", 1)
    moved = replace(one, url="u3")
    with units() as uow:
        uow.exchange.note_told("tinh", "D1", [one, two])
        uow.exchange.note_told("bo", "D1", [two])
        uow.exchange.note_told("tinh", "D1", [moved])
        uow.exchange.note_told("tinh", "D1", [])
        uow.commit()
    with units() as uow:
        assert uow.exchange.told_files("tinh", "D1") == [two, moved]
        assert uow.exchange.told_files("bo", "D1") == [two]
        assert uow.exchange.told_files("tinh", "D2") == []


def test_the_same_word_of_the_province_is_one_conflict_until_it_says_another(units: Units) -> None:
    with units() as uow:
        assert uow.exchange.add_conflict(TOLD)
        assert not uow.exchange.add_conflict(replace(TOLD, at=NOON + MINUTE))
        assert uow.exchange.add_conflict(replace(TOLD, theirs="Dừng xử lý"))
        uow.commit()
    with units() as uow:
        first, second = uow.exchange.conflicts(unseen=True)
        assert (first.theirs, first.told_at, second.theirs) == (TOLD.theirs, NOON, "Dừng xử lý")
        uow.exchange.note_seen(first.id, "lan", NOON + MINUTE)
        uow.exchange.note_seen(first.id, "hoa", NOON + 2 * MINUTE)
        with pytest.raises(NotFoundError):
            uow.exchange.note_seen(99, "lan", NOON)
        uow.commit()
    with units() as uow:
        assert [c.id for c in uow.exchange.conflicts(unseen=True)] == [second.id]
        kept = uow.exchange.conflicts(unseen=False, dossier_key=TOLD.dossier_key)[0]
        assert (kept.seen_by, kept.seen_at) == ("lan", NOON + MINUTE)
        assert not uow.exchange.conflicts(unseen=False, dossier_key="other")


def test_a_code_of_the_portal_comes_in_once_and_the_oldest_is_first(units: Units) -> None:
    with units() as uow:
        assert uow.online.add(an_online("H26-2", 5))
        assert uow.online.add(an_online())
        assert not uow.online.add(an_online())
        uow.commit()
    with units() as uow:
        assert [o.key for o in uow.online.listed((OnlineState.WAITING,))] == ["H26-1", "H26-2"]
        one = uow.online.get("H26-1")
        assert one == an_online()
        one.state, one.dossier_key = OnlineState.ACCEPTED, "261123100078"
        uow.online.save(one)
        uow.commit()
    with units() as uow:
        assert [o.key for o in uow.online.listed((OnlineState.WAITING,))] == ["H26-2"]
        with pytest.raises(StaleError):
            uow.online.save(an_online())
        with pytest.raises(NotFoundError):
            uow.online.get("nobody")


def test_jobs_are_taken_together_but_never_two_of_a_lane(units: Units) -> None:
    with units() as uow:
        for key, lane in (("a1", "A"), ("a2", "A"), ("b1", "B"), ("c1", "C")):
            uow.jobs.add(a_job(key, lane))
        uow.commit()
    with units() as uow:
        ids = [j.id for j in uow.jobs.listed(Wing.SYNC)]
        taken = uow.jobs.lease_these(ids[:3], "w", NOON, MINUTE)
        assert [(j.key, j.attempts, j.state) for j in taken] == [("a1", 1, JobState.LEASED), ("b1", 1, JobState.LEASED)]
        assert not uow.jobs.lease_these(ids[:3], "v", NOON, MINUTE)
        uow.commit()
    with units() as uow:
        uow.jobs.finish([ids[0], ids[1]], NOON)  # a1 is held and stays so
        uow.jobs.complete(taken[0], NOON)
        uow.commit()
    with units() as uow:
        assert [j.key for j in uow.jobs.listed(Wing.SYNC, (JobState.DONE,))] == ["a1", "a2"]
