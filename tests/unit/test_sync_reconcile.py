"""A province that came back from an old copy is found out and given what it lost, once, without touching the rest."""

from __future__ import annotations

from samples import OFFICER, a_desk
from sync_fakes import Bench

from kiosk.domain.job import JobState
from kiosk.services import handover
from sync.reconcile import Gap, Reconciled, Reconciliation


def a_sent_dossier(bench: Bench, draft: str) -> str:
    key = bench.receive(draft).key
    bench.attach(key, "tp-1", f"%PDF {draft}".encode())
    handover.start_processing(bench.units(), a_desk(), key, actor=OFFICER, now=bench.clock())
    bench.rounds(6)
    assert not bench.jobs(JobState.WAITING, JobState.LEASED, JobState.REJECTED)
    return key


def compared(bench: Bench, *keys: str, repair: bool = True) -> Reconciled:
    asking = Reconciliation(bench.units, bench.connection, bench.province, "UBND xã Mẫu", OFFICER, bench.clock)
    return asking.run(keys, repair=repair)


def test_a_province_that_has_everything_is_sent_nothing() -> None:
    bench = Bench()
    key = a_sent_dossier(bench, "draft-1")
    assert compared(bench, key) == Reconciled(1, 0, ())
    assert not bench.jobs(JobState.WAITING)


def test_what_an_old_copy_lost_is_sent_again_and_nothing_else() -> None:
    bench = Bench()
    kept = a_sent_dossier(bench, "draft-1")
    lost = a_sent_dossier(bench, "draft-2")
    province = bench.province
    before = (
        list(province.dossiers),
        {code: list(steps) for code, steps in province.steps.items()},
        dict(province.files),
    )
    code = province.codes[1]
    province.dossiers.pop()
    del province.steps[code], province.files[next(reversed(province.files))]
    found = compared(bench, kept, lost)
    assert [(gap.key, gap.lost, len(gap.steps), len(gap.files)) for gap in found.gaps] == [(lost, True, 2, 1)]
    asked = len(province.asked)
    bench.rounds(8)
    assert not bench.jobs(JobState.WAITING, JobState.LEASED, JobState.REJECTED)
    assert [c for c, _ in province.dossiers] == [c for c, _ in before[0]]
    assert (province.steps, province.files, province.repeated_steps) == (before[1], before[2], 0)
    assert province.dossiers[1][1]["TaiLieuNop"][0]["DuongDanTaiTepTin"]
    assert "insert" in province.asked[asked:]
    assert compared(bench, kept, lost).gaps == ()


def test_a_lost_step_is_told_again_with_the_picture_it_came_with() -> None:
    bench = Bench()
    key = a_sent_dossier(bench, "draft-1")
    code = bench.province.codes[0]
    steps = list(bench.province.steps[code])
    bench.province.steps[code].pop()
    found = compared(bench, key)
    assert [(gap.lost, len(gap.steps), gap.files) for gap in found.gaps] == [(False, 1, ())]
    asked = len(bench.province.asked)
    bench.rounds(4)
    assert bench.province.steps[code] == steps
    assert {"insert", "upload"}.isdisjoint(bench.province.asked[asked:])
    assert bench.province.asked[asked:].count("update") == 1


def test_without_repair_it_only_tells() -> None:
    bench = Bench()
    key = a_sent_dossier(bench, "draft-1")
    bench.province.files.clear()
    (gap,) = compared(bench, key, repair=False).gaps
    assert gap == Gap(key, lost=False, steps=(), files=gap.files)
    assert not bench.jobs(JobState.WAITING)


def test_all_news_is_heard_again_when_a_dossier_was_lost() -> None:
    bench = Bench()
    key = a_sent_dossier(bench, "draft-1")
    bench.province.decide(bench.province.codes[0], "4")
    bench.rounds(1)
    bench.province.dossiers.clear()
    bench.province.news.clear()  # the old copy: its next news will have numbers that were heard already
    compared(bench, key)
    bench.rounds(4)
    bench.province.decide(bench.province.codes[0], "9")
    bench.rounds(2)
    assert bench.dossier(key).province_state == "Đã xử lý xong"


def test_what_still_waits_or_never_went_is_left_to_its_turn() -> None:
    bench = Bench()
    bench.province.is_away = True
    key = bench.receive("draft-1").key
    bench.rounds(1)
    bench.province.is_away = False
    assert compared(bench, key) == Reconciled(0, 1, ())
