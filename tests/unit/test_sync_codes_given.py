"""A province that gives the codes (G2): each dossier gets exactly one, whatever gets lost on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import NOON, OFFICER
from sync_fakes import AGENCY, Bench, FakeProvince

from kiosk.domain.dossier import ResultRecord
from kiosk.domain.job import JobState
from kiosk.domain.scan import ScannedPage
from kiosk.services import handover
from kiosk.services.allotment import CodeTakenError, keep_allotted
from kiosk.services.lookup import look_up
from sync.check import check_dossier
from sync.connection import Connection, Timeouts
from sync.messages.codes import provisional_code
from sync.messages.forms import Generation, Message
from sync.outcome import Verdict
from sync.routes import Routes


@dataclass
class Creations(FakeProvince):
    """Keeps what it was created with; status calls replace only what the dossier is now."""

    created: list[Message] = field(default_factory=list)

    def insert(self, dossiers: Sequence[Message]) -> Verdict:
        self.created += dossiers
        return super().insert(dossiers)


def a_bench(province: FakeProvince | None = None) -> Bench:
    bench = Bench(
        province=province or FakeProvince(),
        connection=Connection("http://tinh.test", AGENCY, generation=Generation.G2, timeouts=Timeouts(settle_s=30)),
    )
    bench.province.allots = True
    return bench


def test_the_code_is_asked_for_first_and_sent_in_the_creation() -> None:
    bench = a_bench()
    key = bench.receive().key
    bench.rounds(3)
    dossier = bench.dossier(key)
    assert bench.province.codes == [dossier.code]
    assert bench.province.allotted == 1
    assert bench.province.asked.index("allot") < bench.province.asked.index("insert")
    assert bench.dossier(str(dossier.code)).key == key
    assert dossier.code in dossier.external_codes


def test_the_slip_printed_offline_and_the_official_code_both_find_it_everywhere() -> None:
    bench = a_bench()
    key = bench.receive().key
    bench.rounds(3)
    code = str(bench.dossier(key).code)
    for scanned in (key, code, code.lower(), f"https://tra-cuu.example/?ma={code}", f"Mã hồ sơ: {code}."):
        assert look_up(bench.units(), scanned).code in (key, code)  # at the kiosk, typed or under the scanner
    with bench.units() as uow:
        assert {uow.dossiers.get(known).key for known in (key, code)} == {key}
        assert {uow.dossiers.search(known)[0].key for known in (key, code)} == {key}


def test_the_code_that_was_sent_first_finds_it_beside_the_official_one() -> None:
    """Where the office makes the code, the province's own comes later: 1:n, and none is forgotten."""
    bench = Bench()
    key = bench.receive().key
    bench.rounds(3)
    ours = provisional_code(AGENCY, key)
    bench.province.decide(ours, "4", "000.03.19.H26-20261123-0000009")
    bench.rounds(2)
    for known in (key, ours, "000.03.19.H26-20261123-0000009"):
        assert look_up(bench.units(), known).code in (key, bench.dossier(key).code)
    assert bench.dossier(key).code == "000.03.19.H26-20261123-0000009"


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from(["line_down", "lost_before", "lost_after", "busy"]), max_size=5))
def test_whatever_is_lost_a_dossier_is_created_once_and_under_one_code(failures: list[str]) -> None:
    bench = a_bench()
    keys = [bench.receive(f"d-{n}").key for n in range(2)]
    bench.province.failures = list(failures)
    bench.rounds(14)
    codes = [bench.dossier(key).code for key in keys]
    assert sorted(bench.province.codes) == sorted(map(str, codes))
    assert len(set(codes)) == 2
    assert bench.jobs(JobState.WAITING, JobState.LEASED, JobState.REJECTED) == []


def test_a_number_lost_on_the_way_leaves_a_gap_and_no_second_dossier() -> None:
    bench = a_bench()
    key = bench.receive().key
    bench.province.on_call = lambda name: bench.province.failures.append("lost_after") if name == "allot" else None
    bench.worker.once()
    assert bench.dossier(key).code is None
    bench.province.on_call = lambda name: None
    bench.province.failures = []
    bench.rounds(4)
    assert len(bench.province.codes) == 1
    assert bench.province.codes == [bench.dossier(key).code]


def test_a_code_that_another_dossier_has_is_not_taken() -> None:
    bench = a_bench()
    first, second = bench.receive().key, bench.receive("d-2").key
    assert keep_allotted(bench.units, first, "H26.107-20261123-0000009", actor=OFFICER, now=NOON)
    with pytest.raises(CodeTakenError):
        keep_allotted(bench.units, second, "H26.107-20261123-0000009", actor=OFFICER, now=NOON)
    assert bench.dossier(second).code is None


def test_a_dossier_that_has_its_code_keeps_it() -> None:
    bench = a_bench()
    key = bench.receive().key
    keep_allotted(bench.units, key, "H26.107-20261123-0000009", actor=OFFICER, now=NOON)
    assert keep_allotted(bench.units, key, "H26.107-20261123-0000010", actor=OFFICER, now=NOON).endswith("9")
    bench.rounds(3)
    assert bench.province.allotted == 0
    assert bench.province.codes == ["H26.107-20261123-0000009"]


def test_files_go_up_before_the_creation_that_names_them() -> None:
    province = Creations()
    bench = a_bench(province)
    key = bench.receive().key
    bench.attach(key, "tp-1", b"%PDF one")
    bench.rounds(3)
    asked = bench.province.asked
    assert asked.index("upload") < asked.index("insert")
    (message,) = province.created
    attached = [file for part in message["ThanhPhanHoSo"] for file in part["GiayToDinhKem"]]
    assert [f["IdGiayTo"].startswith("fake://") for f in attached] == [True]
    assert bench.province.uploads == 1


def test_a_creation_waits_for_pages_that_are_being_read_but_not_for_ever() -> None:
    bench = a_bench()
    key = bench.receive().key
    with bench.units() as uow:
        uow.papers.add_page(ScannedPage("page-1", key, 1, "file-1", "test", bench.clock(), "tp-1"))
        uow.commit()
    bench.rounds(2, seconds=60)
    assert bench.province.codes == []
    assert bench.jobs(JobState.REJECTED) == []
    bench.rounds(4, seconds=600)
    assert len(bench.province.codes) == 1


def test_what_a_creation_cannot_say_follows_it_at_once() -> None:
    bench = a_bench()
    key = bench.receive().key
    later = NOON + timedelta(hours=1)
    handover.record_result(bench.units(), key, ResultRecord("01/KS", later), actor=OFFICER, now=later)
    bench.rounds(6)
    (_, message) = bench.province.dossiers[0]
    assert message["TrangThai"] == 9  # the status call, which the fake keeps in place of the creation
    assert len(bench.province.codes) == 1


def test_an_incomplete_dossier_uses_up_no_number() -> None:
    bench = a_bench()
    mother = bench.dossier(bench.receive().key).owner
    bench.province.allotted = 0
    other = a_bench()
    other.receive(owner=replace(mother, id_number="", old_id_number=""))
    other.rounds(3)
    assert other.province.allotted == 0
    assert [j.error.partition(":")[0] for j in other.jobs(JobState.REJECTED)][:1] == ["sync.incomplete"]


def test_a_file_that_came_after_the_creation_is_pointed_out() -> None:
    bench = a_bench()
    key = bench.receive().key
    bench.attach(key, "tp-1", b"%PDF one")
    bench.rounds(3)

    def warnings() -> list[str]:
        checked = check_dossier(bench.units, Routes((bench.connection,)), "UBND xã Mẫu", key)
        assert checked is not None
        return [words for words in checked.warnings if "có sau khi tỉnh đã tạo hồ sơ" in words]

    assert warnings() == []
    bench.attach(key, "tp-2", b"%PDF two")
    bench.rounds(3)
    assert [words[:5] for words in warnings()] == ["1 tệp"]
