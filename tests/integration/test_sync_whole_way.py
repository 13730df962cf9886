"""One dossier's whole way by the worker, in every generation, to the stand-in's own process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from samples import OFFICER
from sync_fakes import AGENCY, Bench
from sync_stand_in import StandIn

from kiosk.domain.dossier import ResultRecord
from kiosk.domain.job import JobState
from kiosk.province_config import ProvinceConfig
from kiosk.services import handover
from sync.clients import client_of
from sync.settings import connection_of

PLACES = {"g1": "/G1", "g15": "", "g2": "/G2"}


@pytest.fixture
def province(tmp_path: Path) -> Iterator[StandIn]:
    with StandIn(tmp_path / "province") as running:
        yield running


def an_office(generation: str, province: StandIn, folder: Path) -> Bench:
    (folder / "secret").write_text("mat-khau")
    settings = {
        "generation": generation,
        "url": province.url + PLACES[generation],
        "username": "xa-mau",
        "secret_file": str(folder / "secret"),
        "timeout_s": 10,
    }
    return Bench(connection=connection_of(ProvinceConfig.model_validate(settings), AGENCY), connect=client_of)


def with_result(bench: Bench, key: str, content: bytes) -> None:
    stored = bench.vault.put(content, "application/pdf")
    with bench.units() as uow:
        uow.papers.add_file(stored, key)
        uow.commit()
    result = ResultRecord("01/KS", bench.clock(), stored.id)
    handover.record_result(bench.units(), key, result, actor=OFFICER, now=bench.clock())


@pytest.mark.parametrize("generation", ["g1", "g15", "g2"])
def test_dossier_steps_files_and_result_arrive_once(generation: str, province: StandIn, tmp_path: Path) -> None:
    bench = an_office(generation, province, tmp_path)
    key = bench.receive().key
    bench.attach(key, "tp-1", b"%PDF one")
    bench.rounds(4)
    bench.attach(key, "tp-1", b"%PDF two")
    bench.rounds(3)
    with_result(bench, key, b"%PDF result")
    bench.rounds(5)
    bench.worker.close()

    assert bench.jobs(JobState.WAITING, JobState.LEASED, JobState.REJECTED) == []
    report = province.report()
    assert (report["dossiers"], report["doubled"], report["files"]) == (1, [], 3)
    assert [status for _, _, status in report["steps"]] == ["2", "9"]
    dossier = bench.dossier(key)
    there = province.shown(dossier.code or dossier.external_codes[0])
    assert there["TrangThaiHoSo"] == "9"
    assert told_files(there) == {"g1": ["False", "True"], "g15": ["False", "True"], "g2": ["first"]}[generation]


def told_files(there: dict[str, Any]) -> list[str]:
    """Of the older generations which stand and which were taken away; of a creation, what it took along."""
    if "TaiLieuNop" in there:
        return sorted(entry["IsDeleted"] for entry in there["TaiLieuNop"])
    return ["first" for part in there["ThanhPhanHoSo"] for _ in part["GiayToDinhKem"]]
