"""From the office's objects to the canonical dossier."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from samples import BIRTH, MOTHER, NOON, OFFICER, a_desk, an_intake
from sync_fakes import AGENCY, Bench

from kiosk.domain.life import DossierState
from kiosk.domain.procedure import ResultType
from kiosk.services import exchange, handover, reception
from kiosk.services.exchange import Snapshot
from sync.messages.build import STATUS_OF_STATE, canonical_dossier, progress_entry
from sync.messages.canonical import CanonicalDossier, FeeLine, Status


def taken(bench: Bench, key: str) -> Snapshot:
    return exchange.snapshot(bench.units, key)


def built(snapshot: Snapshot) -> CanonicalDossier:
    return canonical_dossier(snapshot, AGENCY, "UBND xã Mẫu")


def test_every_state_of_a_dossier_has_its_status() -> None:
    assert set(STATUS_OF_STATE) == set(DossierState)


def test_a_received_dossier_is_told_as_it_is() -> None:
    bench = Bench()
    dossier = bench.receive()
    told = built(taken(bench, dossier.key))
    assert told.code == f"{AGENCY}-{dossier.key[:6]}-{dossier.key[6:11]}"
    assert (told.status, told.received_at, told.submitted_at) == (Status.ACCEPTED, NOON, NOON)
    assert (told.owner.name, told.owner.id_number) == (MOTHER.full_name, MOTHER.id_number)
    assert told.fees == (FeeLine("Lệ phí", 8000),)
    assert (told.finished_at, told.refused_at, told.result, told.files) == (None, None, None, ())
    assert [c.name for c in told.components] == [c.name for c in BIRTH.components[:3]]


def test_a_fee_is_told_line_by_line_as_it_was_worked_out() -> None:
    bench = Bench()
    typed = taken(bench, bench.receive(fee=5000).key)
    assert built(typed).fees == (FeeLine("Lệ phí", 5000),)
    typed.dossier.fee_lines = ()  # of an earlier version
    assert built(typed).fees == (FeeLine("Phí, lệ phí", 5000),)
    free = replace(taken(bench, bench.receive("d-2").key))
    free.dossier.fee = None
    assert built(free).fees == ()


def test_the_official_code_goes_first_and_every_other_is_kept() -> None:
    bench = Bench()
    snapshot = taken(bench, bench.receive().key)
    snapshot.dossier.code, snapshot.dossier.external_codes = "H26.107-20261123-0000001", ["LT-7"]
    told = built(snapshot)
    assert told.codes[0] == "H26.107-20261123-0000001"
    assert set(told.other_codes) == {f"{AGENCY}-261123-{snapshot.dossier.key[6:11]}", "LT-7"}


def test_a_file_that_the_province_does_not_have_yet_is_left_for_later() -> None:
    bench = Bench()
    key = bench.receive().key
    bench.attach(key, "tp-1", b"%PDF")
    bench.attach(key, "", b"%PDF loose")
    assert built(taken(bench, key)).files == ()
    bench.rounds(3)
    told = built(taken(bench, key))
    assert [(c.code, c.name, len(c.files)) for c in told.components if c.files] == [
        ("", BIRTH.components[0].name, 1),
        ("", "Giấy tờ khác", 1),
    ]


def test_a_refusal_has_its_own_time_and_no_result() -> None:
    bench = Bench()
    key = bench.receive().key
    with bench.units() as uow:
        draft = uow.dossiers.get(key).draft_key
    later = NOON + timedelta(hours=1)
    handover.withdraw(bench.units(), key, "đổi ý", actor=OFFICER, now=later)
    told = built(taken(bench, key))
    assert (draft, told.status, told.finished_at, told.note) == ("draft-1", Status.WITHDRAWN, later, "đổi ý")
    reception.refuse_dossier(bench.units(), a_desk(), an_intake(draft="d-2"), "sai nơi", actor=OFFICER, now=later)
    with bench.units() as uow:
        refused = uow.dossiers.by_draft("d-2")
    assert refused is not None
    told = built(taken(bench, refused.key))
    assert (told.status, told.refused_at, told.received_at) == (Status.NOT_ACCEPTED, later, None)


def test_a_code_of_the_result_is_claimed_only_when_there_is_one_kind() -> None:
    bench = Bench()
    key = bench.receive().key
    from kiosk.domain.dossier import ResultRecord

    handover.record_result(bench.units(), key, ResultRecord("01/KS", NOON), actor=OFFICER, now=NOON)
    snapshot = taken(bench, key)
    one, two = ResultType("KQ.G15.000122", "Giấy khai sinh"), ResultType("KQ.G15.000123", "Bản sao")
    for kinds, code in ((), ""), ((one,), "KQ.G15.000122"), ((one, two), ""):
        result = built(replace(snapshot, procedure=replace(BIRTH, results=kinds))).result
        assert result is not None
        assert result.type_code == code


def test_acts_that_concern_only_the_office_are_no_steps() -> None:
    bench = Bench()
    snapshot = taken(bench, bench.receive().key)
    received = snapshot.events[0]
    step = progress_entry(snapshot.dossier, received, AGENCY, "UBND xã Mẫu")
    assert step is not None
    assert (step.status, step.officer, step.content) == (Status.ACCEPTED, "lan", "Được tiếp nhận")
    assert progress_entry(snapshot.dossier, replace(received, kind="page.kept"), AGENCY, "x") is None


def test_a_file_that_was_replaced_is_told_once_more_as_deleted() -> None:
    bench = Bench()
    key = bench.receive().key
    old = bench.attach(key, "tp-1", b"%PDF one")
    bench.rounds(4)
    new = bench.attach(key, "tp-1", b"%PDF two")
    bench.rounds(4)
    ((_, message),) = bench.province.dossiers
    told = {e["TepDinhKemId"]: (e["IsDeleted"], e["DuongDanTaiTepTin"] != "") for e in message["TaiLieuNop"]}
    assert told == {new: ("False", True), old: ("True", True)}
    assert message["HoSoCoThanhPhanSoHoa"] == "1"


def test_a_file_that_the_province_was_never_told_of_is_not_deleted_there() -> None:
    bench = Bench()
    key = bench.receive().key
    bench.attach(key, "tp-1", b"%PDF one")
    new = bench.attach(key, "tp-1", b"%PDF two")
    bench.rounds(6)
    ((_, message),) = bench.province.dossiers
    assert [e["TepDinhKemId"] for e in message["TaiLieuNop"]] == [new]
