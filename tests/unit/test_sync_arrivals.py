"""What a province sends of itself: statuses, results and online dossiers, by polling or by push, once or often."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest
from samples import BIRTH, NOON, OFFICER, a_desk
from sync_fakes import AGENCY, Bench

from kiosk.domain.conflict import ConflictKind
from kiosk.domain.dossier import IncompleteDossierError, ResultRecord
from kiosk.domain.event import Actor
from kiosk.domain.incoming import OnlineState
from kiosk.domain.job import JobState
from kiosk.domain.life import DossierState
from kiosk.errors import InputError
from kiosk.services import arrivals, handover, online_inbox
from kiosk.services.online_inbox import OnlineHereAlreadyError, OnlineSettledError, PapersStillComingError
from sync.hearing import Hearing
from sync.messages.codes import provisional_code
from sync.reading import change_of

PDF = b"%PDF-1.7 result %%EOF"
SHA = hashlib.sha256(PDF).hexdigest()
PORTAL = "H26.107-261120-0042"


def item(**members: Any) -> dict[str, Any]:
    return members


def a_status(code: str, status: str, at: str = "20261123110000", **more: str) -> dict[str, Any]:
    return item(MaHoSo=code, MaHoSoDonVi=code, TrangThai=status, NgayXuLy=at, **more)


def a_result(code: str, url: str = "http://tinh.test/kq/1", **more: Any) -> dict[str, Any]:
    paper = {
        "GiayToId": "kq-1",
        "TenGiayTo": "Giấy khai sinh",
        "SoKyHieu": "12/2026",
        "NgayCap": "20261123093000",
        "DuongDanTepTinKetQua": url,
        "MaBam": SHA,
        "KichThuoc": str(len(PDF)),
    }
    return item(LoaiTin="KetQua", MaHoSoDonVi=code, NgayXuLy="20261123093000", DanhSachGiayToKetQua=[{**paper, **more}])


def an_online(code: str = PORTAL, *components: str, **more: Any) -> dict[str, Any]:
    papers = [
        {
            "TepDinhKemId": f"f-{c}",
            "TenTepDinhKem": f"{c}.pdf",
            "MaThanhPhanHoSo": c,
            "Base64": base64.b64encode(PDF + c.encode()).decode(),
        }
        for c in (components or ("tp-1", "tp-2", "tp-3"))
    ]
    told = {
        "LoaiTin": "HoSoTrucTuyen",
        "MaHoSo": code,
        "MaTTHC": BIRTH.code,
        "TenTTHC": BIRTH.name,
        "ChuHoSo": "Nguyễn Thị Ánh",
        "SoGiayToChuHoSo": "001195000007",
        "NgaySinh": "19950302",
        "NgayNopHoSo": "20261123080000",
        "TrichYeuHoSo": "Đăng ký khai sinh cho con",
        "TaiLieuNop": papers,
    }
    return {**told, **more}


def told(bench: Bench, *items: dict[str, Any], cursor: str | None = None) -> int:
    hearing = Hearing(bench.units, bench.vault, bench.connection, bench.province, bench.clock)
    return hearing.take([change_of(i) for i in items], cursor)


def received(bench: Bench) -> tuple[str, str]:
    key = bench.receive().key
    bench.rounds(2)
    return key, provisional_code(AGENCY, key)


def conflicts(bench: Bench) -> list[tuple[ConflictKind, str, str]]:
    with bench.units() as uow:
        return [(c.kind, c.theirs, c.ours) for c in uow.exchange.conflicts(unseen=True)]


# --- statuses ----------------------------------------------------------------------------------------------------


def test_a_word_that_comes_twice_or_late_sets_nothing_back() -> None:
    bench = Bench()
    key, code = received(bench)
    assert told(bench, a_status(code, "4", "20261123110000")) == 1
    assert told(bench, a_status(code, "6", "20261123120000")) >= 1
    for _ in range(3):
        assert told(bench, a_status(code, "4", "20261123110000"), a_status(code, "6", "20261123120000")) == 0
    assert bench.dossier(key).province_state == "Yêu cầu thực hiện nghĩa vụ tài chính"


def test_a_status_that_the_office_never_had_is_a_conflict_told_once_and_changes_no_work_here() -> None:
    bench = Bench()
    key, code = received(bench)
    for _ in range(2):
        told(bench, a_status(code, "10"))
    assert conflicts(bench) == [(ConflictKind.STATUS, "Đã trả kết quả", "received")]
    assert bench.dossier(key).state is DossierState.RECEIVED  # the office's word on what it does
    assert bench.dossier(key).province_state == "Đã trả kết quả"  # the server's on its own status


def test_the_echo_of_what_the_office_told_is_no_conflict() -> None:
    bench = Bench()
    key, code = received(bench)
    handover.withdraw(bench.units(), key, "Theo đơn", actor=OFFICER, now=bench.clock())
    told(bench, a_status(code, "2"), a_status(code, "7", "20261123120000"))
    assert conflicts(bench) == []


def test_another_owner_s_name_is_told_and_not_taken_over() -> None:
    bench = Bench()
    key, code = received(bench)
    told(bench, a_status(code, "4", ChuHoSo="nguyễn thị  ánh"))
    assert conflicts(bench) == []
    told(bench, a_status(code, "4", "20261123120000", ChuHoSo="Trần Văn Bình"))
    assert conflicts(bench) == [(ConflictKind.OWNER, "Trần Văn Bình", "Nguyễn Thị Ánh")]
    assert bench.dossier(key).owner.full_name == "Nguyễn Thị Ánh"


def test_what_nobody_can_read_is_kept_as_it_came() -> None:
    bench = Bench()
    for _ in range(2):
        assert told(bench, item(LoaiTin="ThuMoi", MaHoSo="X-1", NoiDung="?"), cursor="9") == 0
    with bench.units() as uow:
        (kept,) = uow.exchange.replies("X-1")
        assert "ThuMoi" in kept.body
        assert uow.exchange.cursor(bench.connection.name) == "9"


# --- results -----------------------------------------------------------------------------------------------------


def test_a_result_is_fetched_checked_and_attached_and_waits_to_be_handed_over() -> None:
    bench = Bench()
    key, code = received(bench)
    bench.province.shelf["http://tinh.test/kq/1"] = PDF
    for _ in range(3):
        told(bench, a_result(code))
    bench.rounds(2)
    dossier = bench.dossier(key)
    assert dossier.result is not None
    assert (dossier.state, dossier.result.number) == (DossierState.RESULT_READY, "12/2026")
    with bench.units() as uow:
        assert bench.vault.get(uow.papers.file(dossier.result.file_id)) == PDF
        assert [d.key for d in uow.dossiers.ready()] == [key]
    assert bench.province.asked.count("fetch") == 1
    assert not bench.jobs(JobState.REJECTED)


def test_a_result_without_a_number_is_known_by_the_province_s_own_id_of_it() -> None:
    bench = Bench()
    key, code = received(bench)
    bench.province.shelf["http://tinh.test/kq/1"] = PDF
    told(bench, a_status(code, "9"), a_result(code, SoKyHieu=""))
    bench.rounds(2)
    kept = bench.dossier(key).result
    assert kept is not None
    assert (kept.number, kept.name) == ("kq-1", "Giấy khai sinh")
    assert conflicts(bench) == []  # done there, and its result came


def test_a_result_never_goes_over_one_of_the_office() -> None:
    bench = Bench()
    key, code = received(bench)
    own = bench.vault.put(b"%PDF own %%EOF", "application/pdf")
    record = ResultRecord("77/UBND", bench.clock())
    handover.record_result(bench.units(), key, record, actor=OFFICER, now=bench.clock(), file=own)
    bench.province.shelf["http://tinh.test/kq/1"] = PDF
    told(bench, a_result(code))
    bench.rounds(3)
    kept = bench.dossier(key).result
    assert kept is not None
    assert (kept.number, kept.file_id) == ("77/UBND", own.id)
    with bench.units() as uow:
        (conflict,) = uow.exchange.conflicts(unseen=True)
        assert (conflict.kind, conflict.theirs, conflict.ours) == (
            ConflictKind.RESULT,
            "kết quả số 12/2026",
            "kết quả số 77/UBND",
        )
        assert bench.vault.get(uow.papers.file(conflict.file_id)) == PDF  # kept beside, for an officer to look at


def test_a_result_on_paper_gets_its_electronic_copy() -> None:
    bench = Bench()
    key, code = received(bench)
    handover.record_result(bench.units(), key, ResultRecord("12/2026", bench.clock()), actor=OFFICER, now=bench.clock())
    bench.province.shelf["http://tinh.test/kq/1"] = PDF
    told(bench, a_result(code))
    bench.rounds(3)
    kept = bench.dossier(key).result
    assert kept is not None
    assert kept.file_id
    assert conflicts(bench) == []


def test_a_result_whose_bytes_are_not_as_announced_is_never_attached() -> None:
    bench = Bench()
    key, code = received(bench)
    bench.province.shelf["http://tinh.test/kq/1"] = b"%PDF another %%EOF"
    told(bench, a_result(code))
    bench.rounds(8)
    assert bench.dossier(key).result is None
    (bad,) = bench.jobs(JobState.REJECTED)
    assert bad.error == "sync.corrupted_download: Giấy khai sinh"


def test_a_result_that_cannot_be_opened_waits_for_an_officer_and_holds_up_nothing() -> None:
    class BrokenPdfError(InputError):
        code = "test.broken"

    def check(content: bytes, name: str) -> str:
        raise BrokenPdfError

    bench = Bench()
    bench.check = check
    bench.worker = bench.a_worker()
    key, code = received(bench)
    bench.province.shelf["http://tinh.test/kq/1"] = PDF
    told(bench, a_result(code))
    handover.start_processing(bench.units(), a_desk(), key, actor=OFFICER, now=bench.clock())
    bench.rounds(3)
    assert bench.dossier(key).result is None
    assert [j.error for j in bench.jobs(JobState.REJECTED)] == ["test.broken"]
    assert [s for _at, s in bench.province.steps[code]] == ["2", "4"]


def test_a_result_for_a_dossier_that_can_have_none_is_kept_and_told() -> None:
    bench = Bench()
    key, code = received(bench)
    handover.withdraw(bench.units(), key, "Theo đơn", actor=OFFICER, now=bench.clock())
    told(bench, a_result(code, DuongDanTepTinKetQua="", Base64=base64.b64encode(PDF).decode()))
    bench.rounds(2)
    assert conflicts(bench) == [(ConflictKind.RESULT_STATE, "kết quả số 12/2026", "withdrawn")]
    assert bench.dossier(key).state is DossierState.WITHDRAWN


# --- online dossiers ---------------------------------------------------------------------------------------------


def accept(bench: Bench, code: str = PORTAL) -> str:
    units = bench.units()
    return online_inbox.accept(units, a_desk(), code, actor=OFFICER, now=bench.clock()).dossier.key


def test_an_online_dossier_becomes_one_dossier_under_the_portal_s_code_however_often_it_comes() -> None:
    bench = Bench()
    for _ in range(3):
        told(bench, an_online())
    with bench.units() as uow:
        (waiting,) = online_inbox.in_line(uow, a_desk(), bench.clock())
    assert waiting.until is not None
    assert waiting.until > waiting.dossier.submitted_at
    key = accept(bench)
    assert accept(bench) == key
    told(bench, an_online())
    bench.rounds(3)
    dossier = bench.dossier(PORTAL)
    assert (dossier.key, dossier.code, dossier.external_codes[0]) == (key, PORTAL, PORTAL)
    assert len(bench.office.shelf.dossiers) == 1
    assert bench.province.codes == [PORTAL]  # told under the code that the citizen has
    assert [s for _at, s in bench.province.steps[PORTAL]] == ["2"]
    with bench.units() as uow:
        event = next(e for e in uow.events.of(key) if e.kind == "dossier.received")
        assert event.data["accepted_in_time"]
        assert uow.online.get(PORTAL).state is OnlineState.ACCEPTED


def test_the_log_of_an_online_dossier_names_nobody() -> None:
    bench = Bench()
    told(bench, an_online())
    with bench.units() as uow:
        assert "Ánh" not in "".join(str(dict(e.data)) for e in uow.events.of(PORTAL))


def test_what_is_lacking_is_asked_for_through_the_portal_and_comes_back_to_the_same_dossier() -> None:
    bench = Bench()
    told(bench, an_online(PORTAL, "tp-1"))
    with pytest.raises(IncompleteDossierError):
        accept(bench)
    now = bench.clock()
    asked = online_inbox.ask_supplement(
        bench.units(), a_desk(), PORTAL, "Thiếu giấy chứng sinh", actor=OFFICER, now=now
    )
    online_inbox.ask_supplement(bench.units(), a_desk(), PORTAL, "Thiếu giấy chứng sinh", actor=OFFICER, now=now)
    bench.rounds(3)
    assert [s for _at, s in bench.province.steps[PORTAL]] == ["5"]
    with bench.units() as uow:
        assert not online_inbox.in_line(uow, a_desk(), bench.clock())
    told(bench, an_online(PORTAL, "tp-1", "tp-2", "tp-3", NgayNopHoSo="20261123090000"))
    assert accept(bench) == asked.dossier.key
    assert len(bench.office.shelf.dossiers) == 1
    bench.rounds(3)
    assert [s for _at, s in bench.province.steps[PORTAL]] == ["5", "2"]


def test_a_refusal_reaches_the_portal_and_is_the_end() -> None:
    bench = Bench()
    told(bench, an_online())
    online_inbox.refuse(bench.units(), a_desk(), PORTAL, "Không thuộc thẩm quyền", actor=OFFICER, now=bench.clock())
    bench.rounds(3)
    assert [s for _at, s in bench.province.steps[PORTAL]] == ["3"]
    with pytest.raises(OnlineSettledError):
        accept(bench)
    told(bench, an_online(PORTAL, "tp-4"))
    with bench.units() as uow:
        assert uow.online.get(PORTAL).state is OnlineState.REFUSED


def test_one_that_was_typed_in_at_the_counter_is_not_taken_in_again() -> None:
    bench = Bench()
    key = bench.receive().key
    with bench.units() as uow:
        dossier = uow.dossiers.get(key)
        dossier.external_codes.append(PORTAL)
        uow.dossiers.save(dossier)
        uow.commit()
    told(bench, an_online())
    with pytest.raises(OnlineHereAlreadyError):
        accept(bench)
    assert len(bench.office.shelf.dossiers) == 1


def test_files_by_address_come_through_the_line_before_it_is_accepted_and_a_missing_one_is_told() -> None:
    bench = Bench()
    papers = [
        {"TepDinhKemId": f"f{n}", "MaThanhPhanHoSo": f"tp-{n}", "DuongDanTaiTepTin": f"http://tinh.test/{n}"}
        for n in (1, 2, 3)
    ]
    bench.province.shelf = {"http://tinh.test/1": PDF, "http://tinh.test/2": PDF + b"2"}
    told(bench, an_online(PORTAL, TaiLieuNop=papers))
    with pytest.raises(PapersStillComingError):
        accept(bench)
    bench.rounds(2)
    with bench.units() as uow:
        files = uow.online.get(PORTAL).files
    assert [bool(f.file_id) for f in files] == [True, True, False]
    assert files[2].problem == "sync.refused"
    with pytest.raises(IncompleteDossierError):
        accept(bench)


def test_push_and_poll_share_one_way() -> None:
    bench = Bench()
    key, code = received(bench)
    pushed = [change_of(a_status(code, "4")), change_of(an_online())]
    bench.province.news = pushed
    assert Hearing(bench.units, bench.vault, bench.connection, bench.province, bench.clock).take(pushed, None) == 2
    assert bench.worker.once().news == 0  # the same again, polled
    assert bench.dossier(key).province_state == "Đang xử lý"
    with bench.units() as uow:
        assert len(uow.online.listed((OnlineState.WAITING,))) == 1


def test_an_arrival_and_the_place_in_the_feed_go_together_or_not_at_all() -> None:
    bench = Bench()

    def fails(_uow: object) -> bool:
        raise RuntimeError

    change = arrivals.Change("x", "4", NOON)
    with pytest.raises(RuntimeError):
        arrivals.apply_news(bench.units, "tinh", [arrivals.of_change(change, Actor("", "tinh"), NOON), fails], "7")
    with bench.units() as uow:
        assert uow.exchange.cursor("tinh") == ""
        assert not uow.events.of("x")
