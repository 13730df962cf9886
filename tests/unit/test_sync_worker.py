from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from samples import MOTHER, OFFICER, a_desk
from sync_fakes import AGENCY, Bench

from kiosk.domain.dossier import ResultRecord
from kiosk.domain.job import JobState, Wing
from kiosk.services import exchange, handover
from sync.messages.codes import provisional_code
from sync.worker import line_is_up

WAITING, DONE, REJECTED = JobState.WAITING, JobState.DONE, JobState.REJECTED


def test_a_received_dossier_arrives_with_its_step_and_is_known_by_its_code() -> None:
    bench = Bench()
    dossier = bench.receive()
    assert bench.worker.once().sent == 2
    code = provisional_code(AGENCY, dossier.key)
    assert bench.province.codes == [code]
    assert bench.province.steps[code] == [("20261123100000", "2")]
    assert bench.dossier(dossier.key).external_codes == [code]
    assert not bench.jobs(WAITING, REJECTED)
    assert bench.province.asked == ["changes", "insert", "progress"]  # no doubt, so nothing was asked first


def test_each_act_is_an_update_and_a_step_of_its_own_in_order() -> None:
    bench = Bench()
    dossier = bench.receive()
    bench.clock.move(60)
    handover.start_processing(bench.units(), a_desk(), dossier.key, actor=OFFICER, now=bench.clock())
    bench.clock.move(60)
    result = ResultRecord("01/KS", bench.clock())
    handover.record_result(bench.units(), dossier.key, result, actor=OFFICER, now=bench.clock())
    bench.clock.move(60)
    handover.hand_over(
        bench.units(), dossier.key, "mẹ", actor=OFFICER, now=bench.clock(), without_copy="Chỉ có bản giấy"
    )
    bench.rounds(2)
    assert [status for _, status in bench.province.steps[bench.province.codes[0]]] == ["2", "4", "9", "10"]
    sent = bench.province.dossiers[0][1]
    assert (sent["TrangThaiHoSo"], sent["NgayKetThucXuLy"], sent["NgayTra"]) == (
        "10",
        "20261123100200",
        "20261123100300",
    )
    assert len(bench.province.codes) == 1


@pytest.mark.parametrize("naive", [False, True])
@pytest.mark.parametrize("failure", ["lost_before", "lost_after", "line_down", "busy"])
def test_whatever_happens_to_one_answer_there_is_one_dossier(failure: str, naive: bool) -> None:
    for spoiled in range(4):
        bench = Bench()
        bench.province.naive = naive
        bench.province.failures = [*[""] * spoiled, failure]
        dossier = bench.receive()
        bench.rounds()
        assert bench.province.codes == [provisional_code(AGENCY, dossier.key)]
        assert bench.province.repeated_steps == 0
        assert not bench.jobs(WAITING, REJECTED)


def test_after_a_lost_reply_the_province_is_asked_before_anything_is_sent_again() -> None:
    bench = Bench()
    bench.province.failures = ["lost_after"]
    bench.receive()
    bench.rounds(2)
    assert bench.province.asked[:5] == ["changes", "insert", "changes", "lookup", "update"]


def test_a_not_found_soon_after_a_lost_reply_is_not_believed() -> None:
    bench = Bench()
    bench.province.naive = True
    bench.province.failures = ["lost_before"]
    bench.receive()
    bench.worker.once()
    bench.clock.move(10)  # longer than the back-off, shorter than what a slow server may need
    bench.worker.once()
    assert bench.province.asked.count("insert") == 1
    assert bench.province.codes == []
    bench.rounds()
    assert len(bench.province.codes) == 1


def test_a_worker_that_died_after_sending_asks_first() -> None:
    bench = Bench()
    bench.province.naive = True
    bench.receive()

    class Killed(BaseException):
        """Not an Exception: nothing below may catch a kill."""

    def die(name: str) -> None:
        if name == "progress":
            raise Killed

    bench.province.on_call = die
    with pytest.raises(Killed):
        bench.worker.once()
    bench.province.on_call = lambda name: None
    bench.worker = bench.a_worker("sync-2")
    bench.rounds(3)
    assert len(bench.province.codes) == 1
    assert bench.province.repeated_steps == 0
    assert not bench.jobs(WAITING, REJECTED)


def test_a_worker_killed_while_sending_gives_a_slow_province_time_to_finish() -> None:
    bench = Bench()
    bench.province.naive = True
    bench.receive()

    class Killed(BaseException):
        """Not an Exception: nothing below may catch a kill."""

    def die(name: str) -> None:
        if name == "insert":
            raise Killed

    bench.province.on_call = die
    with pytest.raises(Killed):
        bench.worker.once()
    bench.province.on_call = lambda name: None
    with bench.units() as uow:
        uow.jobs.reclaim("sync", bench.clock())  # as after a quick restart
        uow.commit()
    bench.clock.move(1)
    bench.worker.once()
    assert bench.province.asked.count("insert") == 1
    bench.rounds(3)
    assert len(bench.province.codes) == 1


def test_nothing_sent_is_no_doubt() -> None:
    bench = Bench()
    bench.receive()
    bench.province.failures = ["line_down"]
    bench.worker.once()
    bench.clock.move(5)
    bench.worker.once()
    assert len(bench.province.codes) == 1


def test_already_there_turns_the_insert_into_an_update() -> None:
    bench = Bench()
    dossier = bench.receive()
    code = provisional_code(AGENCY, dossier.key)
    bench.province.dossiers.append((code, {"MaHoSo": code, "MaTTHC": "old"}))
    bench.worker.once()
    assert bench.province.asked[:3] == ["changes", "insert", "update"]
    assert bench.province.dossiers[0][1]["ChuHoSo"] == MOTHER.full_name


def test_a_refusal_is_shown_with_the_province_s_own_words_and_holds_only_its_own_lane() -> None:
    bench = Bench()
    first, second = bench.receive("d-1"), bench.receive("d-2")
    bench.province.refusals[provisional_code(AGENCY, first.key)] = "Sai mã lĩnh vực"
    bench.rounds(2)
    refused = bench.jobs(REJECTED)
    assert [(j.lane, j.error) for j in refused] == [(first.key, "sync.refused: Sai mã lĩnh vực")]
    assert bench.province.codes == [provisional_code(AGENCY, second.key)]
    bench.province.refusals.clear()
    exchange.resend(bench.units(), refused[0].id, actor=OFFICER, now=bench.clock())
    bench.rounds(2)
    assert len(bench.province.codes) == 2
    assert not bench.jobs(WAITING, REJECTED)


def test_what_is_missing_is_named_before_anything_is_sent() -> None:
    bench = Bench()
    bench.receive(owner=replace(MOTHER, id_number=""))
    bench.worker.once()
    assert [j.error for j in bench.jobs(REJECTED)] == ["sync.incomplete: Số định danh của chủ hồ sơ"]
    assert bench.province.asked == ["changes"]


def test_a_dead_line_is_tried_by_one_probe_not_by_every_dossier() -> None:
    bench = Bench()
    for n in range(8):
        bench.receive(f"d-{n}")
    bench.province.is_away = True
    for _ in range(50):
        bench.worker.once()
        bench.clock.move(1)
    assert set(bench.province.asked) == {"changes"}
    assert len(bench.province.asked) <= 15
    assert all(j.attempts == 0 for j in bench.jobs(WAITING))
    bench.province.is_away = False
    for _ in range(9):  # within the longest pause of the circuit
        bench.worker.once()
        bench.clock.move(1)
    assert len(bench.province.codes) == 8


def test_the_line_going_down_in_the_middle_stops_the_round() -> None:
    bench = Bench()
    for n in range(5):
        bench.receive(f"d-{n}")
    bench.province.failures = ["", "", "", "line_down"]
    bench.worker.once()
    assert sum(name in ("insert", "progress") for name in bench.province.asked) == 4
    assert [j.error for j in bench.jobs(WAITING) if j.error] == ["sync.line_down"]


def test_a_file_goes_once_before_the_dossier_that_refers_to_it() -> None:
    bench = Bench()
    dossier = bench.receive()
    bench.attach(dossier.key, "tp-1", b"%PDF one")
    bench.attach(dossier.key, "tp-2", b"%PDF one")
    bench.rounds(2)
    assert bench.province.uploads == 1
    assert list(bench.province.files.values()) == [b"%PDF one"]
    entries = bench.province.dossiers[0][1]["TaiLieuNop"]
    assert len(entries) == 2
    assert {e["DuongDanTaiTepTin"] for e in entries} == {f"fake://{hashlib.sha256(b'%PDF one').hexdigest()}"}
    assert bench.province.dossiers[0][1]["HoSoCoThanhPhanSoHoa"] == "1"


def test_a_result_s_file_is_up_before_the_result_is_told() -> None:
    bench = Bench()
    dossier = bench.receive()
    stored = bench.vault.put(b"%PDF result", "application/pdf")
    with bench.units() as uow:
        uow.papers.add_file(stored, dossier.key)
        uow.commit()
    result = ResultRecord("01/KS", bench.clock(), stored.id, "Giấy khai sinh")
    handover.record_result(bench.units(), dossier.key, result, actor=OFFICER, now=bench.clock())
    bench.rounds(2)
    told = bench.province.dossiers[0][1]["DanhSachGiayToKetQua"]
    assert told[0]["DuongDanTepTinKetQua"] == f"fake://{stored.sha256}"


def test_other_bytes_at_the_province_are_never_taken_for_ours() -> None:
    bench = Bench()
    dossier = bench.receive()
    bench.worker.once()
    document = bench.attach(dossier.key, "tp-1", b"%PDF one")
    bench.province.on_call = lambda name: bench.province.files.clear()  # it never keeps what it says it keeps
    bench.province.failures = ["", "wrong_hash"] * 10
    bench.rounds(6)
    assert [j.error for j in bench.jobs(REJECTED)] == [f"sync.corrupted_upload: {document}"]


def test_one_wrong_copy_is_sent_again() -> None:
    bench = Bench()
    dossier = bench.receive()
    bench.worker.once()
    bench.attach(dossier.key, "tp-1", b"%PDF one")
    bench.province.failures = ["", "wrong_hash"]
    bench.rounds(3)
    assert not bench.jobs(WAITING, REJECTED)


def test_news_is_applied_once_with_its_cursor_and_both_codes_find_the_dossier() -> None:
    bench = Bench()
    dossier = bench.receive()
    bench.worker.once()
    code = provisional_code(AGENCY, dossier.key)
    bench.province.decide(code, "4", "H26.107-20261123-0000001")
    assert bench.worker.once().news == 1
    assert bench.worker.once().news == 0
    now = bench.dossier(code)
    assert (now.code, now.province_state) == ("H26.107-20261123-0000001", "Đang xử lý")
    assert bench.dossier("H26.107-20261123-0000001").key == dossier.key


def test_news_that_comes_before_we_know_that_the_dossier_arrived_is_not_lost() -> None:
    bench = Bench()
    dossier = bench.receive()
    bench.province.decide(provisional_code(AGENCY, dossier.key), "4")
    bench.worker.once()
    assert bench.dossier(dossier.key).province_state == "Đang xử lý"


def test_news_and_cursor_go_together_or_not_at_all() -> None:
    bench = Bench()
    dossier = bench.receive()
    bench.worker.once()
    bench.province.decide(provisional_code(AGENCY, dossier.key), "4")
    bench.office.fail_commit = RuntimeError("power cut")
    with pytest.raises(RuntimeError):
        bench.worker.once()
    bench.office.fail_commit = None
    assert bench.dossier(dossier.key).province_state == ""
    assert bench.worker.once().news == 1


def test_news_of_an_unknown_dossier_is_kept_as_an_event() -> None:
    bench = Bench()
    bench.province.decide("H99-261123-10001", "4")
    bench.worker.once()
    assert [e.kind for e in bench.office.shelf.events] == ["province.unknown"]


def test_a_province_that_lost_the_dossier_gets_it_again() -> None:
    bench = Bench()
    dossier = bench.receive()
    bench.worker.once()
    bench.province.dossiers.clear()
    handover.start_processing(bench.units(), a_desk(), dossier.key, actor=OFFICER, now=bench.clock())
    bench.rounds(2)
    assert bench.province.codes == [provisional_code(AGENCY, dossier.key)]


def test_a_secret_dossier_never_leaves_even_if_somebody_queued_it() -> None:
    bench = Bench()
    dossier = bench.receive(state_secret=True)
    assert bench.jobs() == []
    with bench.units() as uow:
        from sync_fakes import queue_exchange

        open_one = replace(dossier, state_secret=False)
        queue_exchange(uow, open_one, uow.events.of(dossier.key)[0], bench.clock())
        uow.commit()
    bench.rounds(2)
    assert bench.province.codes == []
    assert [j.error for j in bench.jobs(REJECTED)] == ["dossier.state_secret"]


def test_every_raw_answer_is_kept() -> None:
    bench = Bench()
    dossier = bench.receive()
    bench.rounds(1)
    kept = [(r.operation, r.outcome) for r in bench.office.shelf.replies if r.subject == dossier.key]
    assert kept == [("insert", "sending"), ("insert", "done"), ("progress", "sending"), ("progress", "done")]


def test_status_counts_what_waits_and_since_when() -> None:
    bench = Bench()
    bench.receive()
    bench.clock.move(42)
    with bench.units() as uow:
        before = exchange.status(uow, bench.clock())
    assert (before.waiting, before.sent, before.oldest_waiting_seconds) == (2, 0, 42)
    bench.worker.once()
    with bench.units() as uow:
        assert exchange.status(uow, bench.clock()).sent == 2
        assert uow.jobs.counts(Wing.SYNC)[DONE] == 2


def test_the_line_is_asked_without_changing_anything() -> None:
    bench = Bench()
    assert line_is_up([bench.connection], lambda c: bench.province)
    bench.province.is_away = True
    assert not line_is_up([bench.connection], lambda c: bench.province)
    assert not line_is_up([], lambda c: bench.province)
