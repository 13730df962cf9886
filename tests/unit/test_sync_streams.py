"""The two streams of a dossier, batches, budgets, and what is put aside while the others go on."""

from __future__ import annotations

from dataclasses import replace

from samples import OFFICER, a_desk
from sync_fakes import AGENCY, Bench, FakeProvince

from kiosk.domain import life
from kiosk.domain.event import Event
from kiosk.domain.job import Job, JobState
from kiosk.services import exchange, handover
from kiosk.services.reception import queue_exchange
from sync.budget import Budget
from sync.messages.codes import provisional_code
from sync.messages.forms import Message
from sync.outcome import Outcome, Verdict
from sync.parking import Parking

WAITING, DONE, REJECTED = JobState.WAITING, JobState.DONE, JobState.REJECTED


def process(bench: Bench, key: str, times: int) -> None:
    """So many steps, a minute apart: taken up, then asked for money and paid by turns."""
    bench.clock.move(60)
    handover.start_processing(bench.units(), a_desk(), key, actor=OFFICER, now=bench.clock())
    for n in range(1, times):
        bench.clock.move(60)
        move = life.DEMAND_PAYMENT if n % 2 else life.PAYMENT_DONE
        with bench.units() as uow:
            event = uow.events.append(Event(move.event, key, bench.clock(), OFFICER))
            queue_exchange(uow, uow.dossiers.get(key), event, bench.clock())
            uow.commit()


def away_then_back(bench: Bench, dossiers: int) -> list[str]:
    bench.province.is_away = True
    keys = [bench.receive(f"d-{n}").key for n in range(dossiers)]
    bench.rounds(2)
    bench.province.is_away = False
    bench.province.asked.clear()
    return keys


def test_steps_that_waited_go_oldest_first_at_most_ten_at_once_behind_one_picture() -> None:
    bench = Bench()
    bench.province.is_away = True
    dossier = bench.receive()
    process(bench, dossier.key, 12)
    sizes: list[int] = []
    told = bench.province.progress

    def noting(entries: list[Message]) -> Verdict:
        sizes.append(len(entries))
        return told(entries)

    bench.province.progress = noting  # type: ignore[method-assign, assignment]
    bench.province.is_away = False
    bench.rounds(3)
    code = bench.province.codes[0]
    times = [at for at, _status in bench.province.steps[code]]
    assert (sizes, len(times), times) == ([10, 3], 13, sorted(times))
    assert bench.province.asked.count("update") == 0  # one picture, of now, stands for all that waited
    assert not bench.jobs(WAITING, REJECTED)
    with bench.units() as uow:
        assert len(uow.exchange.sent_steps(bench.connection.name, dossier.key)) == 13


def test_a_worker_that_dies_between_two_batches_goes_on_behind_the_mark() -> None:
    bench = Bench()
    bench.province.is_away = True
    dossier = bench.receive()
    process(bench, dossier.key, 12)
    bench.province.is_away = False
    calls: list[int] = []

    def die_on_the_second(name: str) -> None:
        if name == "progress":
            calls.append(1)
            if len(calls) == 2:
                raise KeyboardInterrupt

    bench.province.on_call = die_on_the_second
    try:
        bench.worker.once()
    except KeyboardInterrupt:
        bench.province.on_call = lambda name: None
    bench.clock.move(60)
    bench.worker = bench.a_worker("after")
    bench.rounds(3)
    assert len(bench.province.steps[bench.province.codes[0]]) == 13
    assert bench.province.repeated_steps == 0


def test_a_refused_batch_is_told_one_by_one_and_only_the_bad_step_waits_for_an_officer() -> None:
    bench = Bench()
    bench.province.is_away = True
    dossier = bench.receive()
    process(bench, dossier.key, 3)
    bench.province.is_away = False
    told = bench.province.progress

    def no_payments(entries: list[Message]) -> Verdict:
        if any(e["TrangThai"] == "6" for e in entries):
            return Verdict(Outcome.REJECTED, "Không nhận trạng thái 6")
        return told(entries)

    bench.province.progress = no_payments  # type: ignore[method-assign, assignment]
    bench.rounds(4)
    assert [status for _at, status in bench.province.steps[bench.province.codes[0]]] == ["2", "4"]
    (bad,) = bench.jobs(REJECTED)
    assert (bad.payload["stream"], bad.error) == ("progress", "sync.refused: Không nhận trạng thái 6")


def test_another_connection_is_told_the_whole_history_and_the_first_nothing_twice() -> None:
    bench = Bench()
    dossier = bench.receive()
    bench.rounds(2)
    first, bench.province = bench.province, FakeProvince()
    bench.connection = replace(bench.connection, name="bộ")
    bench.worker = bench.a_worker()
    process(bench, dossier.key, 1)
    bench.rounds(3)
    (code,) = bench.province.codes
    assert [status for _at, status in bench.province.steps[code]] == ["2", "4"]
    assert (first.repeated_steps, [s for _at, s in first.steps[code]]) == (0, ["2"])


def test_after_an_outage_new_dossiers_go_in_few_calls() -> None:
    bench = Bench()
    bench.connection = replace(bench.connection, dossiers_at_once=20)
    bench.worker = bench.a_worker()
    keys = away_then_back(bench, 45)
    bench.rounds(2)
    assert sorted(bench.province.codes) == sorted(provisional_code(AGENCY, key) for key in keys)
    assert bench.province.asked.count("insert") == 3
    assert all(bench.dossier(key).external_codes for key in keys)
    assert not bench.jobs(WAITING, REJECTED)


def test_a_batch_with_a_bad_entry_proves_nothing_so_each_goes_alone() -> None:
    bench = Bench()
    keys = away_then_back(bench, 5)
    bench.province.refusals = {provisional_code(AGENCY, keys[2]): "Sai mã lĩnh vực"}
    bench.rounds(4)
    good = [provisional_code(AGENCY, key) for key in keys if key != keys[2]]
    assert sorted(bench.province.codes) == sorted(good)
    (bad,) = bench.jobs(REJECTED)
    assert (bad.payload["dossier"], bad.error) == (keys[2], "sync.refused: Sai mã lĩnh vực")


def test_a_batch_whose_answer_is_lost_is_asked_for_and_never_doubled() -> None:
    for failure in ("lost_before", "lost_after"):
        bench = Bench()
        bench.province.naive = True
        keys = away_then_back(bench, 6)
        bench.province.failures = [failure]
        bench.rounds(6)
        assert sorted(bench.province.codes) == sorted(provisional_code(AGENCY, key) for key in keys), failure
        assert not bench.jobs(WAITING, REJECTED)


def test_a_worker_killed_after_a_batch_left_asks_for_each_of_it() -> None:
    bench = Bench()
    bench.province.naive = True
    keys = away_then_back(bench, 4)
    insert = bench.province.insert

    def stored_then_killed(dossiers: list[Message]) -> Verdict:
        insert(dossiers)
        bench.province.insert = insert  # type: ignore[method-assign]
        raise KeyboardInterrupt

    bench.province.insert = stored_then_killed  # type: ignore[method-assign, assignment]
    try:
        bench.worker.once()
    except KeyboardInterrupt:
        bench.worker = bench.a_worker("after")
    bench.clock.move(60)
    bench.rounds(4)
    assert sorted(bench.province.codes) == sorted(provisional_code(AGENCY, key) for key in keys)
    assert not bench.jobs(WAITING, REJECTED)


def test_an_entry_that_never_gets_through_is_put_aside_while_others_arrive() -> None:
    bench = Bench()
    poison = bench.receive("poison")
    code = provisional_code(AGENCY, poison.key)
    insert = bench.province.insert

    def always_500(dossiers: list[Message]) -> Verdict:
        return Verdict(Outcome.UNKNOWN) if any(d["MaHoSo"] == code for d in dossiers) else insert(dossiers)

    bench.province.insert = always_500  # type: ignore[method-assign, assignment]
    for n in range(20):
        bench.receive(f"good-{n}")
        bench.rounds(20, 3)
    assert len(bench.province.codes) == 20
    (parked,) = bench.jobs(REJECTED)
    assert (parked.payload["dossier"], parked.error) == (poison.key, "sync.parked: sync.reply_lost")
    bench.province.insert = insert  # type: ignore[method-assign]
    exchange.resend(bench.units(), parked.id, actor=OFFICER, now=bench.clock())
    bench.rounds(4)
    assert code in bench.province.codes
    assert not bench.jobs(WAITING, REJECTED)


def test_a_province_that_answers_nobody_parks_nothing() -> None:
    bench = Bench()
    bench.province.insert = lambda dossiers: Verdict(Outcome.UNKNOWN)  # type: ignore[method-assign]
    bench.receive("one")
    bench.receive("two")
    bench.rounds(40)
    assert not bench.jobs(REJECTED)


def test_parking_counts_only_failures_between_which_something_arrived() -> None:
    parking = Parking(tries=2)
    assert not parking.failed(1)
    assert not parking.failed(1)
    parking.worked(2)
    assert parking.failed(1)
    assert not parking.failed(1)  # an officer sent it again: it has its tries anew


def test_a_budget_bounds_the_calls_of_any_minute() -> None:
    now = [0.0]
    budget = Budget(3, lambda: now[0])
    for _ in range(3):
        assert budget.wait_s == 0
        budget.spend()
        now[0] += 10
    assert budget.wait_s == 30
    now[0] += 30
    assert budget.wait_s == 0
    assert Budget(0).wait_s == 0


def test_a_worker_keeps_to_the_budget_and_loses_nothing_by_it() -> None:
    bench = Bench()
    bench.connection = replace(bench.connection, calls_per_minute=6)
    bench.worker = bench.a_worker()
    for n in range(6):
        bench.receive(f"d-{n}", summary=f"{n}")
    minutes: list[int] = []
    for _ in range(12):
        before = len(bench.province.asked)
        for _second in range(60):
            bench.worker.once()
            bench.clock.move(1)
        minutes.append(len(bench.province.asked) - before)
    assert max(minutes) <= 8  # an entry that was begun is finished
    assert len(bench.province.codes) == 6
    assert not bench.jobs(WAITING, REJECTED)


def test_the_province_is_asked_for_news_no_oftener_than_it_allows() -> None:
    bench = Bench()
    bench.connection = replace(bench.connection, news_every_s=30)
    bench.worker = bench.a_worker()
    for _ in range(60):
        bench.worker.once()
        bench.clock.move(1)
    assert bench.province.asked == ["changes", "changes"]


def test_pressing_send_twenty_times_sends_one_message() -> None:
    bench = Bench()
    dossier = bench.receive()
    code = provisional_code(AGENCY, dossier.key)
    bench.province.refusals = {code: "Thiếu trích yếu"}
    bench.rounds(2)
    bench.province.refusals = {}
    (bad,) = bench.jobs(REJECTED)
    bench.province.asked.clear()
    for _ in range(20):
        exchange.resend(bench.units(), bad.id, actor=OFFICER, now=bench.clock())
    bench.rounds(3)
    assert bench.province.asked.count("insert") == 1
    assert bench.province.codes == [code]


def test_what_was_sent_goes_again_only_with_a_reason_and_as_the_same_message() -> None:
    bench = Bench()
    dossier = bench.receive()
    bench.rounds(2)
    jobs: list[Job] = bench.jobs(DONE)
    bench.province.asked.clear()
    for _ in range(20):
        exchange.send_again(bench.units(), dossier.key, "Tỉnh báo chưa thấy", actor=OFFICER, now=bench.clock())
    bench.rounds(3)
    assert [n for n in bench.province.asked if n != "changes"] == ["update"]
    assert len(bench.jobs(DONE)) == len(jobs) + 1
    assert bench.province.codes == [provisional_code(AGENCY, dossier.key)]
