"""A commune without a line: out on a stick, taken in, and the receipt home; nothing lost, nothing twice."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from folder_samples import BY_FOLDER, Carrying, PulledStick
from samples import MOTHER, NOON, OFFICER, a_desk
from sync_fakes import AGENCY

from kiosk.domain.bundle import BundleState
from kiosk.domain.job import JobState
from kiosk.services import folder_wait
from kiosk.services.handover import start_processing
from sync.circuit import Circuit
from sync.folder.answer import News
from sync.folder.contents import BadContentError, carried, packed, unpacked
from sync.folder.errors import (
    AlteredBundleError,
    NotForUsError,
    OldEpochError,
    StickFullError,
    StickGoneError,
    StrangeSenderError,
    UnfinishedBundleError,
    WrongFormError,
)
from sync.folder.keys import OwnKeys
from sync.folder.plain import export_plain
from sync.folder.sealed import MANIFEST
from sync.folder.stick import Stick
from sync.messages.forms import Generation
from sync.routes import Routes
from sync.worker import SyncWorker

SMALL_PART = 40_000


@pytest.fixture
def way(tmp_path: Path) -> Iterator[Carrying]:
    carrying = Carrying(tmp_path)
    yield carrying
    carrying.close()


def received(way: Carrying, count: int = 1, pages: int = 2) -> list[str]:
    keys = []
    for n in range(count):
        dossier = way.bench.receive(f"draft-{n}")
        keys.append(dossier.key)
        for page in range(pages):
            way.bench.attach(dossier.key, f"tp-{page + 1}", f"{dossier.key}/{page} ".encode() * 900)
    return keys


def open_jobs(way: Carrying) -> int:
    return len(way.bench.jobs(JobState.WAITING, JobState.LEASED, JobState.REJECTED))


def test_what_the_receipt_names_is_sent_and_nothing_waits(way: Carrying) -> None:
    [key] = received(way)
    brought = way.out()
    assert (brought.dossiers, brought.steps, brought.files) == (1, 1, 2)
    assert open_jobs(way) > 0, "on a stick is not at the province yet"
    [taken] = way.taken()
    [heard] = way.home()
    assert not taken.refused
    assert heard.settled.sent > 0
    assert open_jobs(way) == 0
    [message] = way.shelf.dossiers.values()
    kept = {entry["DuongDanTaiTepTin"] for entry in message["TaiLieuNop"]}
    assert kept == {f"far://{sha256}" for sha256 in way.shelf.files}
    assert way.bench.dossier(key).external_codes == [message["MaHoSo"]]
    with way.bench.units() as uow:
        assert all(d.remote.startswith("far://") for d in uow.papers.documents(key))
        assert [b.state for b in uow.bundles.all()] == [BundleState.RECEIVED]


def test_a_dossier_on_a_stick_is_not_packed_again_unless_the_stick_was_lost(way: Carrying) -> None:
    received(way)
    way.out()
    assert way.out().bundle is None
    lost = way.out(again=True)
    assert lost.bundle is not None
    assert lost.bundle.sequence == 2


def test_interrupted_five_times_delivered_twice_and_online_too_nothing_is_there_twice(way: Carrying) -> None:
    keys = received(way, count=12)
    for pulled_at in (1, 2, 3, 1, 2):
        with pytest.raises(StickGoneError):
            way.out(PulledStick(way.stick, pulled_at=pulled_at), part_size=SMALL_PART)
        assert not way.far_end.bundles(way.stick), "half a bundle never looks like one"
    # One of them reaches the province by the line as well, before the stick does.
    brought = way.out(part_size=SMALL_PART)
    assert brought.kept > 0
    assert brought.dossiers == 12
    way.taken()
    again = way.taken()
    assert all(t.again for t in again)
    way.home()
    [twice] = way.home()
    assert twice.again
    assert twice.settled.sent == 0
    assert way.shelf.inserts == len(keys) == len(way.shelf.dossiers)
    assert way.shelf.repeated_steps == 0
    assert len(way.shelf.files) == 24
    assert open_jobs(way) == 0


def test_a_dossier_that_also_came_by_the_line_stays_as_the_line_told_it_last(way: Carrying) -> None:
    [key] = received(way, pages=0)
    way.out()
    way.bench.clock.move(3600)
    start_processing(way.bench.units(), a_desk(), key, actor=OFFICER, now=way.bench.clock())
    code = f"{AGENCY}-{key[:6]}-{key[6:-1]}"
    way.shelf.insert(AGENCY, {"MaHoSo": code, "ChuHoSo": "x", "TrangThaiHoSo": "4"}, "g15")
    way.shelf.steps[code] = [("20261123110000", "4")]
    [taken] = way.taken()
    assert taken.receipts[0].older
    assert way.shelf.dossiers[code]["TrangThaiHoSo"] == "4"
    assert way.shelf.inserts == 1
    assert ("20261123100000", "2") in way.shelf.steps[code], "a step that was missing comes in all the same"
    way.home()
    left = [j.payload["stream"] for j in way.bench.jobs(JobState.WAITING)]
    assert left == ["dossier", "progress"], "what came after the packing goes on waiting"


def test_sticks_that_arrive_in_the_wrong_order_leave_the_newer_picture(way: Carrying) -> None:
    [key] = received(way, pages=0)
    first = way.out()
    shutil.move(way.stick / first.folder, way.root / first.folder)
    way.bench.clock.move(60)
    start_processing(way.bench.units(), a_desk(), key, actor=OFFICER, now=way.bench.clock())
    way.out()
    way.taken()
    [after] = way.shelf.dossiers.values()
    assert after["TrangThaiHoSo"] == "4"
    shutil.move(way.root / first.folder, way.stick / first.folder)
    assert [t.receipts[0].older for t in way.taken()] == [True, False]
    assert [m["TrangThaiHoSo"] for m in way.shelf.dossiers.values()] == ["4"]
    way.home()
    assert open_jobs(way) == 0


def test_only_what_fits_is_taken_along_and_the_rest_is_named(way: Carrying) -> None:
    keys = received(way, count=3, pages=2)
    one = way.out(max_size=256 * 1024 + 45_000)
    assert one.dossiers == 1
    assert list(one.left) == keys[1:]
    rest = way.out()
    assert rest.dossiers == 2
    assert not rest.left


def test_a_stick_without_room_is_refused_before_anything_is_written(way: Carrying) -> None:
    received(way)
    with pytest.raises(StickGoneError):
        way.out(Stick(way.root / "none"))

    class FullStick(Stick):
        def free(self) -> int:
            return 270 * 1024

    with pytest.raises(StickFullError) as caught:
        way.out(FullStick(way.stick))
    assert caught.value.details["needed_mb"] == 1
    assert list(way.stick.iterdir()) == []


def test_a_dossier_with_missing_fields_stays_and_says_what_is_missing(way: Carrying) -> None:
    way.bench.receive("draft-x", owner=replace(MOTHER, id_number=""))
    brought = way.out()
    assert brought.bundle is None
    assert list(brought.problems.values()) == [("Số định danh của chủ hồ sơ",)]


def test_the_provinces_refusal_comes_back_as_the_officers_work(way: Carrying) -> None:
    received(way, pages=0)
    way.shelf.faults["Nguyễn Thị Ánh"] = "Sai mã thủ tục"
    way.out()
    way.taken()
    [heard] = way.home()
    assert len(heard.settled.refused) == 1
    [job] = way.bench.jobs(JobState.REJECTED)
    assert job.error == "sync.refused: Sai mã thủ tục"


def test_news_travel_home_once_whatever_the_line_told_meanwhile(way: Carrying) -> None:
    received(way, pages=0)
    way.out()
    way.shelf.feed = [News(str(n), {"MaHoSo": f"x{n}"}) for n in (1, 2, 3)]
    way.taken()
    with way.bench.units() as uow:
        uow.exchange.set_cursor("tinh", "1")  # the line was up for a moment
        uow.commit()
    way.home()
    way.home()
    assert way.heard == [("tinh", [{"MaHoSo": "x2"}, {"MaHoSo": "x3"}], "3")]


def part_of(way: Carrying) -> Path:
    [place] = way.far_end.bundles(way.stick)
    return next(place.glob("phan-*.mcb"))


def spoil_a_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def test_a_changed_cut_or_missing_part_is_refused_and_nothing_is_stored(way: Carrying) -> None:
    received(way)
    way.out()
    part = part_of(way)
    whole = part.read_bytes()
    spoil_a_bit(part)
    with pytest.raises(AlteredBundleError) as caught:
        way.taken()
    assert "phan-0001.mcb" in str(caught.value.details["reason"])
    part.write_bytes(whole[:-10])
    with pytest.raises(UnfinishedBundleError):
        way.taken()
    part.unlink()
    with pytest.raises(UnfinishedBundleError):
        way.taken()
    assert not way.shelf.dossiers
    part.write_bytes(whole)
    assert not way.taken()[0].again


def test_a_changed_list_a_stranger_and_a_bundle_for_another_are_refused(way: Carrying) -> None:
    received(way)
    way.out()
    [place] = way.far_end.bundles(way.stick)
    manifest = place / MANIFEST
    good = manifest.read_text()
    manifest.write_text(good.replace('dossiers\\": 1', 'dossiers\\": 2'))
    with pytest.raises(AlteredBundleError):
        way.taken()
    manifest.write_text("{}")
    with pytest.raises(WrongFormError):
        way.taken()
    manifest.write_text(good.replace(AGENCY, "H26.108"))
    with pytest.raises(StrangeSenderError) as caught:
        way.taken()
    assert "H26.108" in str(caught.value.details["reason"])
    manifest.write_text(good)
    way.far = OwnKeys(b"q" * 32, "Tỉnh khác")
    with pytest.raises(NotForUsError):
        way.taken()
    assert not way.shelf.dossiers


def test_another_offices_key_under_our_code_signs_for_nothing(way: Carrying) -> None:
    received(way)
    way.own = OwnKeys(b"z" * 32, "Kẻ giả danh", AGENCY)
    way.out()
    with pytest.raises(AlteredBundleError):
        way.taken()


def test_a_renamed_bundle_and_parts_of_another_bundle_are_refused(way: Carrying) -> None:
    received(way, count=2)
    way.out(max_size=256 * 1024 + 45_000)
    way.out()
    first, second = way.far_end.bundles(way.stick)
    shutil.copytree(first, way.root / "kept")
    body = json.loads((second / MANIFEST).read_text())
    part_1, part_2 = next(first.glob("phan-*")), next(second.glob("phan-*"))
    part_2.write_bytes(part_1.read_bytes())
    assert body["chu_ky"]
    with pytest.raises((AlteredBundleError, UnfinishedBundleError)):
        way.far_end.take(second)
    first.rename(way.stick / "motcua-goi-H26.107-1-000009")
    with pytest.raises(AlteredBundleError):
        way.far_end.take(way.stick / "motcua-goi-H26.107-1-000009")


def test_a_bundle_of_before_a_restore_and_a_number_used_twice_are_refused(way: Carrying) -> None:
    received(way)
    old = way.out()
    shutil.move(way.stick / old.folder, way.root / "old")
    folder_wait.raise_epoch(way.bench.units(), actor=OFFICER, now=NOON)
    assert way.out(again=True).folder == "motcua-goi-H26.107-2-000001"
    way.taken()
    shutil.move(way.root / "old", way.stick / old.folder)
    with pytest.raises(OldEpochError) as caught:
        way.taken()
    assert "kỳ 1" in str(caught.value.details["reason"])


def test_a_restored_office_that_reuses_a_number_is_told(tmp_path: Path, way: Carrying) -> None:
    received(way)
    way.out()
    way.taken()
    (tmp_path / "twin").mkdir()
    twin = Carrying(tmp_path / "twin")
    received(twin, count=2)
    twin.out()
    shutil.rmtree(way.stick)
    shutil.copytree(twin.stick, way.stick)
    twin.close()
    with pytest.raises(OldEpochError) as caught:
        way.taken()
    assert "đã nhận với nội dung khác" in str(caught.value.details["reason"])


def test_a_forged_or_foreign_answer_marks_nothing_as_sent(way: Carrying) -> None:
    received(way)
    way.out()
    way.far = OwnKeys(b"f" * 32, "Tỉnh giả")
    forger = way.far_end
    with pytest.raises(NotForUsError):
        way.taken()
    assert forger.own.name == "Tỉnh giả"
    way.far = OwnKeys(b"p" * 32, "Tỉnh Mẫu")
    way.taken()
    [answer] = [p for p in way.stick.iterdir() if p.name.startswith("motcua-tra-loi")]
    before = open_jobs(way)
    spoil_a_bit(answer / "phan-0001.mcb")
    with pytest.raises(AlteredBundleError):
        way.home()
    assert open_jobs(way) == before
    way.taken()
    way.home()
    assert open_jobs(way) == 0


def test_the_desk_is_told_how_much_waits_for_the_stick(way: Carrying) -> None:
    received(way, count=2, pages=1)
    way.bench.clock.move(7200)
    with way.bench.units() as uow:
        wait = folder_wait.waiting(uow, lambda code: True, way.bench.clock())
        assert (wait.dossiers, wait.on_sticks) == (2, 0)
        assert wait.oldest_seconds == 7200
        assert wait.size > 0
        assert folder_wait.waiting(uow, lambda code: False, way.bench.clock()).dossiers == 0
    way.out()
    with way.bench.units() as uow:
        assert folder_wait.waiting(uow, lambda code: True, way.bench.clock()).on_sticks == 2


def test_a_route_by_folder_waits_and_never_goes_over_a_line(way: Carrying) -> None:
    received(way, pages=0)
    way.bench.rounds(3)
    assert way.bench.province.asked == []
    assert open_jobs(way) == 2
    assert not BY_FOLDER.is_line


def test_readable_files_for_a_province_without_a_program_count_as_nothing_sent(way: Carrying) -> None:
    [key] = received(way, pages=1)
    for _ in range(2):  # a second time over the first is harmless
        done = export_plain(
            way.bench.units, way.bench.vault, [key], Stick(way.stick), BY_FOLDER, "UBND xã Mẫu", way.bench.clock
        )
    assert (done.dossiers, done.progress, done.files) == (1, 1, 1)
    [sent] = json.loads((way.stick / "DongBoHoSoMC.json").read_text(encoding="utf-8"))
    place = sent["TaiLieuNop"][0]["DuongDanTaiTepTin"]
    content = (way.stick / place).read_bytes()
    [listed] = json.loads((way.stick / "danh-sach-tep.json").read_text(encoding="utf-8"))
    assert (listed["DuongDan"], listed["MaBam"]) == (place, hashlib.sha256(content).hexdigest())
    steps = json.loads((way.stick / "CapNhatTienDoHoSoMC.json").read_text(encoding="utf-8"))
    assert [s["TrangThai"] for s in steps] == ["2"]
    assert open_jobs(way) > 0


def test_beside_a_line_what_goes_by_folder_is_looked_at_seldom_and_sent_by_nobody(way: Carrying) -> None:
    received(way, pages=0)
    line = replace(BY_FOLDER, base_url="http://bo.test", name="bo", generation=Generation.G15, procedures=("9.",))
    way.bench.connection = line
    worker = SyncWorker(
        way.bench.units,
        way.bench.vault,
        Routes((BY_FOLDER, line)),
        "UBND xã Mẫu",
        connect=lambda connection: way.bench.province,
        clock=way.bench.clock,
        make_circuit=lambda: Circuit(way.bench.clock.monotonic),
    )
    for _ in range(5):
        worker.once()
        way.bench.clock.move(60)
    assert {name for name in way.bench.province.asked if name != "changes"} == set()
    [first, _] = way.bench.jobs(JobState.WAITING)
    assert (first.attempts, first.error.split(":")[0]) == (1, "sync.by_folder")
    assert way.out().dossiers == 1


def test_no_office_touches_another_offices_dossier(way: Carrying) -> None:
    [key] = received(way, pages=0)
    theirs = "H26.108-261123-10001"
    way.shelf.dossiers[theirs] = {"MaHoSo": theirs, "ChuHoSo": "Trần Văn Khác"}
    with way.bench.units() as uow:
        dossier = uow.dossiers.get(key)
        dossier.external_codes.append(theirs)  # as a changed program would claim
        uow.dossiers.save(dossier)
        uow.commit()
    way.out()
    [taken] = way.taken()
    assert "không phải của đơn vị" in taken.receipts[0].refused
    assert way.shelf.dossiers == {theirs: {"MaHoSo": theirs, "ChuHoSo": "Trần Văn Khác"}}


def test_a_message_that_names_a_file_which_is_not_there_is_refused() -> None:
    message = {"MaHoSo": "1", "GhiChu": "tep/note", "TaiLieuNop": [{"DuongDanTaiTepTin": "tep/x"}]}
    whole = carried("k", 1, "20261123100000", ["1"], message, [], [("x", "application/pdf", b"%PDF")])
    assert next(unpacked(packed([whole]))).files == {"x": b"%PDF"}
    with pytest.raises(BadContentError) as caught:
        list(unpacked(packed([carried("k", 1, "20261123100000", ["1"], message, [], [])])))
    assert "tep/x" in str(caught.value)
